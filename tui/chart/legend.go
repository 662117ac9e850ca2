package chart

import "math"

// maxLegend is the number of series a legend names.
const maxLegend = 8

// legendKey is the columns of a line sample in a legend, with its blank.
const legendKey = 3

// hasLegend reports whether any series has a name.
func (l LineChart) hasLegend() bool {
	for i := range l.Series {
		if l.Series[i].Name != "" {
			return true
		}
	}
	return false
}

// legendWidth reports the columns of a legend beside the plot: a blank, the
// longest name, a blank and the widest value, so that it does not move.
func (l LineChart) legendWidth() int {
	name := 0
	for i := range l.Series {
		name = max(name, Width(l.Series[i].Name))
	}
	return 1 + min(name, 12) + 1 + l.Unit.Width()
}

// last reports the newest value of a series inside X, NaN when there is none.
func (l LineChart) last(s *Series) float64 {
	for i := min(len(s.Times), len(s.Values)) - 1; i >= 0; i-- {
		if t := s.Times[i]; t <= l.X.Max {
			if t < l.X.Min {
				break
			}
			return s.Values[i]
		}
	}
	return math.NaN()
}

// drawLegendRow writes line sample, name and newest value of the series into
// the first row of r: the one on top first, as many as fit, the last perhaps
// without its value.
func (l LineChart) drawLegendRow(c *Canvas, r Rect, g Glyphs) {
	x := r.X
	for i := len(l.Series) - 1; i >= 0; i-- {
		s := &l.Series[i]
		if s.Name == "" {
			continue
		}
		if x > r.X {
			x++
		}
		end := x + legendKey + Width(s.Name)
		if end > r.X+r.W {
			return
		}
		drawLegendKey(c, x, r.Y, s.Style, g)
		c.Text(x+legendKey, r.Y, s.Style, s.Name)
		if value := 1 + l.Unit.Width(); end+value <= r.X+r.W {
			var buf [32]byte
			c.bytes(end+1, r.Y, s.Style, l.Unit.append(buf[:0], l.last(s)))
			end += value
		}
		x = end
	}
}

// drawLegendKey draws two cells of a line of style s.
func drawLegendKey(c *Canvas, x, y int, s Style, g Glyphs) {
	sign := g.point(s)
	if g.Braille {
		sign = brailleBlank | 0x02 | 0x10
		if s.Role() == Twin {
			sign = brailleBlank | 0x02
		}
	}
	for i := range legendKey - 1 {
		c.put(x+i, y, s, sign)
	}
}

// drawLegendBeside writes name and newest value of each series to the right
// of the plot, at the height of its value as far as the others leave room.
func (l LineChart) drawLegendBeside(c *Canvas, plot Rect, g Glyphs) {
	type entry struct {
		series *Series
		value  float64
		row    int
	}
	var entries [maxLegend]entry
	n := 0
	for i := len(l.Series) - 1; i >= 0; i-- { // the one on top first
		s := &l.Series[i]
		if s.Name == "" || n == len(entries) || n == plot.H {
			continue
		}
		e := entry{series: s, value: l.last(s), row: plot.H - 1}
		if pos := l.Y.Position(e.value); !math.IsNaN(pos) {
			e.row = round((1 - pos) * float64(plot.H-1))
		}
		at := n
		for at > 0 && entries[at-1].row > e.row {
			entries[at] = entries[at-1]
			at--
		}
		entries[at] = e
		n++
	}
	// Push overlapping entries down, then what fell off the bottom back up.
	for i := 1; i < n; i++ {
		entries[i].row = max(entries[i].row, entries[i-1].row+1)
	}
	for i := n - 1; i >= 0; i-- {
		entries[i].row = min(entries[i].row, plot.H-n+i)
	}
	view := c.view(Rect{X: plot.X + plot.W + 1, Y: plot.Y, W: l.legendWidth() - 1, H: plot.H})
	for _, e := range entries[:n] {
		nameWidth := view.w - 1 - l.Unit.Width()
		x := view.Fit(0, e.row, nameWidth, e.series.Style, e.series.Name, g)
		var buf [32]byte
		view.bytes(x+1, e.row, e.series.Style, l.Unit.append(buf[:0], e.value))
	}
}
