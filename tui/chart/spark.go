package chart

import "math"

// Spark draws values as columns: ▁▂▂▃▅▇█. Without Times the newest values stand
// at the right edge, one per column; with Times each column holds the newest
// value of its part of X, so that a spark can share the axis of a chart. A value
// above 0 shows at least its lowest step; NaN is a gap.
type Spark struct {
	Values []float64
	Max    float64 // the value that fills the height; 0: the largest drawn
	Style  Style
	Times  []float64 // of the values, rising; nil: they stand side by side
	X      Range     // the part of the horizontal axis shown, if there are Times
}

// Draw draws the columns over the whole height of c.
func (s Spark) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	values := s.Values[max(len(s.Values)-w, 0):]
	if s.Times != nil {
		values = s.columns(*c, g)
	}
	top := s.Max
	if !(top > 0) || math.IsInf(top, 0) {
		_, top, _ = Extent(values)
	}
	for i, v := range values {
		if !(v > 0) || !(top > 0) {
			continue
		}
		eighths := int(math.Round(math.Min(v/top, 1) * float64(8*h)))
		drawColumn(c, w-len(values)+i, h, max(eighths, 1), s.Style, g)
	}
	g.finish(c)
}

// columns returns the value of each column; NaN where there is no sample.
func (s Spark) columns(c Canvas, g Glyphs) []float64 {
	byCell := g
	byCell.Braille = false
	columns := make([]float64, c.w)
	for x := range columns {
		columns[x] = math.NaN()
	}
	p, ok := newPlotter(c, s.X, Scale{Max: 1}, byCell)
	if !ok {
		return columns
	}
	last := -1 // column of the sample before
	for i := range min(len(s.Times), len(s.Values)) {
		x, on := p.cellColumn(s.Times[i])
		if !on {
			continue
		}
		for gap := last + 1; last >= 0 && gap < x; gap++ {
			columns[gap] = columns[last] // samples further apart than columns
		}
		columns[x], last = s.Values[i], x
	}
	return columns
}

// drawColumn fills column x upward from the row above bottom, in eighths of a
// cell.
func drawColumn(c *Canvas, x, bottom, eighths int, s Style, g Glyphs) {
	for y := bottom - 1; eighths > 0; y-- {
		sign := g.Full
		if eighths < 8 {
			sign = g.Rise[eighths-1]
		}
		c.put(x, y, s, sign)
		eighths -= 8
	}
}
