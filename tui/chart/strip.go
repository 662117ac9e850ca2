package chart

import (
	"math"
	"strconv"
)

// HeatStrip shows the load of many partitions in few rows: one cell each, or
// the hottest of several where there are more partitions than cells.
//
//	P000 ▂▁▂▃▁▁▂▂▁▃▂▁▁▂▂▁▂▁▂▃▁▁▂▂▁▃▂▁▁▂▂▁
//	P032 ▂▁▂▃▁▁▂▂▁▃▲▁▁▂▂▁▂▁▂▃▁▁▂▂▁▃▂▁▁▂▂▁
//	peak P042 99 % ▲                   ▁ <30 ▃ <50 ▅ <70 ▇ <90 █ 90 %+ ▲ hot
type HeatStrip struct {
	Prefix string    // before the number of a partition: "P"
	Loads  []float64 // busy fractions [0,1]; NaN unknown
	States []State   // of the partitions, as far as it goes; the rest is calm

	ShowCursor bool // draws the cell of partition Cursor in reverse
	Cursor     int
}

// stripCols are the numbers of cells a row may have: a reader can count on
// where a partition stands.
var stripCols = [...]int{1, 2, 4, 5, 8, 10, 16, 20, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512}

// maxStripCell is the widest cell of a partition [columns].
const maxStripCell = 3

// stripLayout is where the partitions stand.
type stripLayout struct {
	label int  // columns of the names on the left, with a blank; 0: none
	whole bool // one row, named by its first and its last partition
	cols  int  // cells in a row
	group int  // partitions in a cell
	cell  int  // columns of a cell, the last of them blank unless it is the only one
	rows  int  // rows of cells
}

// layout finds the finest arrangement of the partitions on w by h: as few
// partitions per cell as possible, then as few cells per row.
func (s HeatStrip) layout(w, h int) stripLayout {
	n := len(s.Loads)
	l := stripLayout{label: Width(s.Prefix) + s.digits() + 1, group: 1, cell: 1}
	if long := l.label + 1 + s.digits(); n > 1 && n <= w-long {
		l.label, l.whole = long, true
	}
	if w < l.label+8 {
		l.label, l.whole = 0, false
	}
	w -= l.label
	rows := max(h-1, 1) // the last is the legend's
	for ; ; l.group++ {
		cells := (n + l.group - 1) / l.group
		l.cols = cells
		if cells > w {
			l.cols = stripColumns(cells, w, rows)
		}
		if l.cols > 0 {
			l.rows = (cells + l.cols - 1) / l.cols
			l.cell = min(max(w/l.cols, 1), maxStripCell)
			return l
		}
	}
}

// Rows reports how many rows the strip takes on w columns and h rows with its
// legend: no more than needed for the partitions to have a cell each.
func (s HeatStrip) Rows(w, h int) int {
	for rows := 2; rows < h; rows++ {
		if l := s.layout(w, rows); l.group == 1 {
			return rows
		}
	}
	return h
}

// stripColumns reports the least of stripCols that brings the cells into the
// rows and does not exceed w, or 0.
func stripColumns(cells, w, rows int) int {
	for _, cols := range stripCols {
		if cols <= w && cols*rows >= cells {
			return cols
		}
	}
	return 0
}

// Draw draws the strip and, when there is a row left, its legend.
func (s HeatStrip) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	n := len(s.Loads)
	if w == 0 || h == 0 || n == 0 {
		return
	}
	l := s.layout(w, h)
	for i := 0; i*l.group < n; i++ {
		x, y := i%l.cols*l.cell, i/l.cols
		if x == 0 && l.label > 0 {
			end := s.drawNumber(c, 0, y, i*l.group, Axis)
			if l.whole {
				end = c.Text(end, y, Axis, "–")
				s.drawDigits(c, end, y, n-1, Axis)
			}
		}
		s.drawCell(c, Rect{X: l.label + x, Y: y, W: max(l.cell-1, 1), H: 1},
			i*l.group, min((i+1)*l.group, n), g)
	}
	if l.rows < h {
		s.drawLegend(c, l.rows, l.group, g)
	}
	g.finish(c)
}

// Hit reports the partition under the cell at column x of row y when the strip
// is drawn on a canvas of w by h, or -1: for the mouse. In a cell of several
// it is the hottest.
func (s HeatStrip) Hit(w, h, x, y int) int {
	n := len(s.Loads)
	if n == 0 || w <= 0 || h <= 0 {
		return -1
	}
	l := s.layout(w, h)
	x -= l.label
	if x < 0 || x >= l.cols*l.cell || y < 0 || y >= l.rows {
		return -1
	}
	lo := (y*l.cols + x/l.cell) * l.group
	if lo >= n {
		return -1
	}
	return s.hottest(lo, min(lo+l.group, n))
}

// drawCell draws the partitions from lo up to hi as one: the highest load and
// the gravest state.
func (s HeatStrip) drawCell(c *Canvas, r Rect, lo, hi int, g Glyphs) {
	load, state := s.Loads[s.hottest(lo, hi)], s.gravest(lo, hi)
	sign, style := levelSign(load, g), Heat(load)
	if state != StateCalm {
		sign, style = g.sign(state), state.style(style)
	}
	if s.ShowCursor && s.Cursor >= lo && s.Cursor < hi {
		style |= Reverse
	}
	for i := range r.W {
		c.put(r.X+i, r.Y, style, sign)
	}
}

// hottest reports the partition of the highest load from lo up to hi.
func (s HeatStrip) hottest(lo, hi int) int {
	best := lo
	for i := lo + 1; i < hi; i++ {
		if s.Loads[i] > s.Loads[best] || math.IsNaN(s.Loads[best]) {
			best = i
		}
	}
	return best
}

// gravest reports the gravest state from lo up to hi.
func (s HeatStrip) gravest(lo, hi int) State {
	state := StateCalm
	for i := lo; i < min(hi, len(s.States)); i++ {
		state = max(state, s.States[i])
	}
	return state
}

// levelSign reports the block that stands for a load; it rises with the heat.
func levelSign(load float64, g Glyphs) rune { return g.rise(heatLevel(load)) }

// heatLevel reports how high the block is that stands for a load [eighths of a
// cell].
func heatLevel(load float64) int {
	switch Heat(load) {
	case Heat0:
		return 1
	case Heat1:
		return 3
	case Heat2:
		return 5
	case Heat3:
		return 7
	case Heat4:
		return 8
	}
	return 0
}

// rise reports the block that fills a number of eighths of a cell from below.
func (g Glyphs) rise(eighths int) rune {
	switch {
	case eighths <= 0:
		return ' '
	case eighths >= 8:
		return g.Full
	}
	return g.Rise[eighths-1]
}

// drawNumber writes the name of partition i, its number as wide as the widest,
// and reports the column after it.
func (s HeatStrip) drawNumber(c *Canvas, x, y, i int, style Style) int {
	return s.drawDigits(c, c.Text(x, y, style, s.Prefix), y, i, style)
}

// drawDigits writes a number as wide as the widest, and reports the column
// after it.
func (s HeatStrip) drawDigits(c *Canvas, x, y, i int, style Style) int {
	for pad := s.digits() - decimals(i); pad > 0; pad-- {
		c.put(x, y, style, '0')
		x++
	}
	var buf [20]byte
	return c.bytes(x, y, style, strconv.AppendInt(buf[:0], int64(i), 10))
}

// digits reports how many digits all numbers of partitions are written with:
// two at least, as everywhere.
func (s HeatStrip) digits() int { return max(decimals(len(s.Loads)-1), 2) }

// decimals reports the digits of n.
func decimals(n int) int {
	d := 1
	for ; n >= 10; n /= 10 {
		d++
	}
	return d
}
