package chart

import "math"

// plotter turns samples into dots of a canvas. Dots are counted from the top
// left; a cell has dotsX by dotsY of them.
type plotter struct {
	c            Canvas
	g            Glyphs
	scale        Scale
	step         float64 // length of the horizontal axis per dot column
	origin       float64 // number of the column left of the canvas, see axisColumn
	cols, rows   int     // dots
	dotsX, dotsY int
	low, span    float64 // of the scale, as logarithms where it is logarithmic
}

// newPlotter reports false when there is nothing to plot on.
func newPlotter(c Canvas, x Range, y Scale, g Glyphs) (plotter, bool) {
	p := plotter{c: c, g: g, scale: y, dotsX: 1, dotsY: 1}
	if g.Braille {
		p.dotsX, p.dotsY = 2, 4
	}
	p.cols, p.rows = c.w*p.dotsX, c.h*p.dotsY
	p.low, p.span = y.Min, y.Max-y.Min
	if y.Log {
		p.low = math.Log10(y.Min)
		p.span = math.Log10(y.Max) - p.low
	}
	if p.cols == 0 || p.rows == 0 || !y.valid() {
		return p, false
	}
	// A window that slides along keeps its length only up to rounding, and a
	// column width that differs in its last bit would make samples hop between
	// two columns: single precision hides the difference.
	p.step = float64(float32((x.Max - x.Min) / float64(p.cols)))
	if !(p.step > 0) || math.IsInf(p.step, 0) {
		return p, false
	}
	// A cell holds the same part of the axis whether dots fill it or not, so that
	// charts above each other agree on where an instant is.
	p.origin = math.Ceil(p.axisColumn(x.Max)/float64(p.dotsX))*float64(p.dotsX) - float64(p.cols)
	return p, !math.IsNaN(p.origin) && !math.IsInf(p.origin, 0)
}

// axisColumn reports the number of the dot column that holds x: number k holds
// what lies above (k-1) steps up to k steps from 0. It depends on the width of
// a column but not on where the window begins, so a moving window shifts the
// picture and does not reshape it. What ends a column up to the precision of the
// step lies in it: the end of the axis must not need a column of its own.
func (p *plotter) axisColumn(x float64) float64 {
	const precision = 1e-7 // of the step, a single
	return math.Ceil(x/p.step*(1-precision) - 1e-6*float64(p.dotsX))
}

// column reports the dot column of x: 0 to cols-1 inside the canvas. Far
// outside it is cut off where it cannot overflow.
func (p *plotter) column(x float64) int {
	const far = 1 << 30
	return int(min(max(p.axisColumn(x)-p.origin-1, -far), far))
}

// cellColumn reports the column of cells that holds x, and whether it is on
// the canvas.
func (p *plotter) cellColumn(x float64) (int, bool) {
	if math.IsNaN(x) {
		return 0, false
	}
	col := p.column(x)
	return col / p.dotsX, col >= 0 && col < p.cols
}

// held calls draw for each column with the number of the newest sample up to
// it. A column without a sample of its own repeats the one before, but not
// beyond the last sample.
func (p *plotter) held(times []float64, draw func(x, i int)) {
	next, held := 0, -1
	for x := range p.cols {
		for next < len(times) && !(p.column(times[next]) > x) { // NaN: passed over
			if !math.IsNaN(times[next]) {
				held = next
			}
			next++
		}
		if held < 0 || next == len(times) && p.column(times[held]) < x {
			continue
		}
		draw(x, held)
	}
}

// height reports the dot row of a value, not yet rounded; rows grow downward.
// It is Scale.Position with what does not depend on the value done before.
func (p *plotter) height(v float64) float64 {
	v = min(max(v, p.scale.Min), p.scale.Max)
	if p.scale.Log {
		v = math.Log10(v)
	}
	return (1 - (v-p.low)/p.span) * float64(p.rows-1)
}

// line draws a series: straight from each sample to the next, nothing over a
// gap, a single dot for a sample between two gaps.
func (p *plotter) line(s *Series) {
	n := min(len(s.Times), len(s.Values))
	dotted := s.Style.Role() == Twin
	sign := p.sign(s.Style)
	joined := false
	var x0 int
	var y0 float64
	for i := range n {
		t, v := s.Times[i], s.Values[i]
		if math.IsNaN(t) || math.IsNaN(v) {
			joined = false
			continue
		}
		x1, y1 := p.column(t), p.height(v)
		if joined && x1 >= x0 { // else time runs backward: not a line
			p.segment(x0, y0, x1, y1, s.Style, sign, dotted)
		}
		p.run(x1, round(y1), round(y1), s.Style, sign, dotted)
		x0, y0, joined = x1, y1, true
	}
}

// segment draws from (x0, y0) up to, not including, (x1, y1). Each column owns
// the dots from the line's height there to just before its height at the next
// column, so the line is one dot thin and without holes.
func (p *plotter) segment(x0 int, y0 float64, x1 int, y1 float64, s Style, sign rune, dotted bool) {
	if x0 == x1 {
		p.run(x0, round(y0), round(y1), s, sign, dotted)
		return
	}
	slope := (y1 - y0) / float64(x1-x0)
	from, to := max(x0, 0), min(x1, p.cols)
	at := round(y0 + slope*float64(from-x0))
	for x := from; x < to; x++ {
		next := round(y0 + slope*float64(x+1-x0))
		last := next
		if next > at {
			last = next - 1
		} else if next < at {
			last = next + 1
		}
		p.run(x, at, last, s, sign, dotted)
		at = next
	}
}

// run sets the dots of column x from row a to row b, both included and in any
// order. A dotted run keeps every other dot of both directions.
func (p *plotter) run(x, a, b int, s Style, sign rune, dotted bool) {
	if x < 0 || x >= p.cols {
		return
	}
	if a > b {
		a, b = b, a
	}
	off := dotted && p.dotsX > 1 && (int64(p.origin)+int64(x))&1 != 0
	for y := max(a, 0); y <= min(b, p.rows-1); y++ {
		if dotted && (off || a != b) && (a == b || y&1 != 0) {
			continue
		}
		p.dot(x, y, s, sign)
	}
}

const brailleBlank = 0x2800

// brailleBit is the bit of the dot at [row][column] within a braille rune.
var brailleBit = [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

// dot sets one dot. A cell belongs to the series drawn last in it, whose dots
// replace those of others: two lines in one cell would look like one thick
// line in the wrong colour.
func (p *plotter) dot(x, y int, s Style, sign rune) {
	cell := &p.c.cells[y/p.dotsY*p.c.stride+x/p.dotsX]
	if sign != 0 {
		*cell = Cell{Rune: sign, Style: s}
		return
	}
	bit := brailleBit[y&3][x&1]
	if cell.Style == s && cell.Rune >= brailleBlank && cell.Rune < brailleBlank+0x100 {
		cell.Rune |= bit
		return
	}
	*cell = Cell{Rune: brailleBlank | bit, Style: s}
}

// sign reports the sign that draws a series where there is no braille, else 0.
func (p *plotter) sign(s Style) rune {
	if p.g.Braille {
		return 0
	}
	return p.g.point(s)
}

// point reports the sign of a line of style s without braille.
func (g Glyphs) point(s Style) rune {
	switch s.Role() {
	case Series2:
		return g.Point2
	case Twin:
		return g.PointTwin
	}
	return g.Point
}

func round(v float64) int { return int(math.Floor(v + 0.5)) }
