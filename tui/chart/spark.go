package chart

import "math"

// Spark draws the newest values as columns, one per value, ending at the right
// edge: ▁▂▂▃▅▇█. A value above 0 shows at least its lowest step; NaN is a gap.
type Spark struct {
	Values []float64
	Max    float64 // the value that fills the height; 0: the largest drawn
	Style  Style
}

// Draw draws the columns over the whole height of c.
func (s Spark) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	values := s.Values[max(len(s.Values)-w, 0):]
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
