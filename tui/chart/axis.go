package chart

import (
	"math"
	"unicode/utf8"
)

// minTickGap is the number of columns between two labels of a horizontal axis.
const minTickGap = 3

// yTicks reports how many ticks a vertical axis of h rows takes: at most one in
// two rows, as labels closer than that look uneven.
func yTicks(h int) int { return min((h-1)/2+1, 6) }

// gutter reports the columns of the vertical axis of h rows: its labels, a
// blank and the line.
func (l LineChart) gutter(h int) int {
	var ticks [maxTicks]float64
	widest := 0
	for _, v := range l.Y.appendTicks(ticks[:0], yTicks(h)) {
		var buf [32]byte
		widest = max(widest, utf8.RuneCount(l.Unit.appendTick(buf[:0], v, 0)))
	}
	return max(widest+2, l.Gutter)
}

// drawYAxis draws labels and line into r.
func (l LineChart) drawYAxis(c *Canvas, r Rect, g Glyphs) {
	view := c.view(r)
	if view.w == 0 || view.h == 0 {
		return
	}
	x := view.w - 1
	for y := range view.h {
		view.put(x, y, Axis, g.Vertical)
	}
	var ticks [maxTicks]float64
	dots := 1
	if g.Braille {
		dots = 4
	}
	rows := view.h * dots
	for _, v := range l.Y.appendTicks(ticks[:0], yTicks(view.h)) {
		y := round((1-l.Y.Position(v))*float64(rows-1)) / dots
		var buf [32]byte
		label := l.Unit.appendTick(buf[:0], v, 0)
		view.put(x, y, Axis, g.RightTee)
		view.bytes(x-1-utf8.RuneCount(label), y, Axis, label)
	}
}

// drawXAxis draws labels below the plot, with a line between them if asked.
func (l LineChart) drawXAxis(c *Canvas, plot Rect, line bool, g Glyphs) {
	y := plot.Y + plot.H
	if line {
		if plot.X > 0 {
			c.put(plot.X-1, y, Axis, g.BottomLeft)
		}
		for x := range plot.W {
			c.put(plot.X+x, y, Axis, g.Horizontal)
		}
	}
	view := c.view(plot)
	p, ok := newPlotter(view, l.X, Scale{Max: 1}, g)
	if !ok {
		return
	}
	step := l.xStep(p.step * float64(p.dotsX))
	first := math.Ceil(math.Max(l.X.Min, l.xOrigin()) / step)
	last := math.Floor(l.X.Max / step)
	free := 0 // the first column a label may take
	for i := 0; i < maxTicks && first+float64(i) <= last; i++ {
		t := (first + float64(i)) * step
		col, ok := p.cellColumn(t)
		if !ok {
			continue
		}
		if line {
			c.put(plot.X+col, y, Axis, g.BottomTee)
		}
		var buf [32]byte
		label := l.XUnit.appendTick(buf[:0], t, step)
		n := utf8.RuneCount(label)
		at := col - n/2
		if at < free || plot.X+at+n > c.w {
			continue
		}
		labelRow := y
		if line {
			labelRow++
		}
		c.bytes(plot.X+at, labelRow, Axis, label)
		free = at + n + 1
	}
}

// xOrigin reports where the labels begin: simulated time has none before 0.
func (l LineChart) xOrigin() float64 {
	if l.XUnit == UnitClock {
		return 0
	}
	return math.Inf(-1)
}

// clockSteps are the steps of a time axis between a second and a day [s]:
// people cut minutes and hours by 15, not by 20 hundredths.
var clockSteps = [...]float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400}

// xStep reports the step between labels of a horizontal axis that covers
// perCell of it in a cell.
func (l LineChart) xStep(perCell float64) float64 {
	var buf [32]byte
	widest := utf8.RuneCount(l.XUnit.appendTick(buf[:0], l.X.Max, 1))
	least := perCell * float64(widest+minTickGap)
	if l.XUnit == UnitClock && least > 0.5 && least <= 86400 {
		for _, s := range clockSteps {
			if s >= least {
				return s
			}
		}
	}
	return niceStep(least)
}
