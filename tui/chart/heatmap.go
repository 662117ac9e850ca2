package chart

import "math"

// HeatMap shows how the loads of partitions develop: a row for each, or for
// the hottest of several where there are more partitions than rows, along one
// horizontal axis.
//
//	P00 ┤▁▁▁▁▁▃▃▁▁▁▁
//	P01 ┤▁▁▃▅▇████▇▅
//	P02 ┤▁▁▁▁▁▁▁▁▁▁▁
//	      00:02  00:04
type HeatMap struct {
	X      Range
	XUnit  Unit
	BareX  bool   // no labels below: a chart underneath has them
	Prefix string // before the number of a partition: "P"
	Count  int    // partitions; those of Loads beyond it are not shown
	Times  []float64
	Loads  [][]float64 // busy fractions [0,1] of the partitions at Times[i]
	Marks  []Mark
	Gutter int // least columns kept for the names on the left

	ShowCursor bool // draws the name of partition Cursor in reverse
	Cursor     int
}

// mapLayout is how rows are shared out: each cell row stands for group
// partitions, and is height rows high.
type mapLayout struct{ group, height, rows int }

// layout finds the finest arrangement on h rows without the axis.
func (m HeatMap) layout(h int) mapLayout {
	l := mapLayout{group: 1, height: 1}
	if m.Count <= 0 || h <= 0 {
		return l
	}
	l.group = (m.Count + h - 1) / h
	l.rows = (m.Count + l.group - 1) / l.group
	l.height = max(h/l.rows, 1)
	return l
}

// sign reports what stands for a load in a cell, y cells below the top of its
// row: together they are one block. Without blocks each cell that it reaches has
// the sign of the load.
func (l mapLayout) sign(load float64, y int, g Glyphs) rune {
	rise := l.eighths(load) - 8*(l.height-1-y)
	if g.Fold && (rise > 0 || l.height <= maxStepRow) {
		return levelSign(load, g)
	}
	return g.rise(rise)
}

// maxStepRow is the highest row in which the block of a load is one of a few
// steps, easily told apart. A higher one has room for a scale.
const maxStepRow = 3

// eighths reports how high the block is that stands for a load [eighths of a
// cell].
func (l mapLayout) eighths(load float64) int {
	if l.height <= maxStepRow || math.IsNaN(load) {
		return heatLevel(load) * l.height
	}
	return max(int(math.Ceil(8*load*float64(l.height))), 1)
}

// axisRows returns the rows that the horizontal axis takes of h.
func (m HeatMap) axisRows(h int) int {
	if m.BareX || h < minRowsForXAxis {
		return 0
	}
	return 1
}

// Draw draws the map from the top of c.
func (m HeatMap) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 || m.Count <= 0 {
		return
	}
	axis := m.axisRows(h)
	l := m.layout(h - axis)
	names := HeatStrip{Prefix: m.Prefix, Loads: make([]float64, m.Count)}
	gutter := 0
	if w >= minColsForGutter {
		gutter = min(max(Width(m.Prefix)+names.digits()+2, m.Gutter), w)
	}
	plot := Rect{X: gutter, W: w - gutter, H: l.rows * l.height}
	m.drawNames(c, names, l, gutter, g)
	byCell := g
	byCell.Braille = false // columns are cells, not dots
	if p, ok := newPlotter(c.view(plot), m.X, Scale{Max: 1}, byCell); ok {
		p.held(m.Times, func(x, i int) { m.drawColumn(&p, x, i, l) })
		for _, k := range m.Marks {
			p.mark(k)
		}
	}
	if axis > 0 {
		LineChart{X: m.X, XUnit: m.XUnit}.drawXAxis(c, plot, false, byCell)
	}
	g.finish(c)
}

// drawNames writes the name of the first partition of each row, and the line
// of the axis.
func (m HeatMap) drawNames(c *Canvas, names HeatStrip, l mapLayout, gutter int, g Glyphs) {
	if gutter == 0 {
		return
	}
	for y := range l.rows * l.height {
		c.put(gutter-1, y, Axis, g.Vertical)
	}
	for row := range l.rows {
		style, first := Axis, row*l.group
		if m.ShowCursor && m.Cursor >= first && m.Cursor < first+l.group {
			style, first = Key|Reverse, m.Cursor
		}
		y := row*l.height + l.height/2
		c.put(gutter-1, y, Axis, g.RightTee)
		names.drawNumber(c, gutter-2-Width(m.Prefix)-names.digits(), y, first, style)
	}
}

// drawColumn draws the loads of sample i into column x.
func (m HeatMap) drawColumn(p *plotter, x, i int, l mapLayout) {
	if i >= len(m.Loads) {
		return
	}
	for row := range l.rows {
		load := math.NaN()
		for k := row * l.group; k < min((row+1)*l.group, m.Count, len(m.Loads[i])); k++ {
			if v := m.Loads[i][k]; math.IsNaN(load) || v > load {
				load = v
			}
		}
		for y := range l.height {
			p.c.put(x, row*l.height+y, Heat(load), l.sign(load, y, p.g))
		}
	}
}

// Hit reports the partition in row y when the map is drawn on a canvas of h
// rows, or -1: for the mouse. In a row of several it is the hottest of the
// newest sample.
func (m HeatMap) Hit(h, y int) int {
	l := m.layout(h - m.axisRows(h))
	if m.Count <= 0 || y < 0 || y >= l.rows*l.height {
		return -1
	}
	best, n := y/l.height*l.group, len(m.Loads)
	for k := best; n > 0 && k < min((y/l.height+1)*l.group, m.Count, len(m.Loads[n-1])); k++ {
		if m.Loads[n-1][k] > m.Loads[n-1][best] {
			best = k
		}
	}
	return best
}
