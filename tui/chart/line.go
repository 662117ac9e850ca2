package chart

import "math"

// Series is one line of a [LineChart]. Times rise; both slices are read only
// during Draw, up to the shorter of them.
type Series struct {
	Name   string    // for the legend; empty: not in it
	Label  string    // written beside the line's newest sample; empty: none
	Times  []float64 // where the samples stand on the horizontal axis
	Values []float64 // the samples; NaN is absent and leaves a gap
	Style  Style     // a line in the role Twin is dotted
}

// LineChart draws series over one horizontal axis, in braille dots (two by
// four per cell) or in one sign per cell. Series are drawn in their order, the
// last one on top.
//
//	10 ms ┤            ┊batch off     ⣠⠤⠒⠉⠉  p99 8.10 ms
//	      │       ⣀⡠⠔⠒⠊┊⠉⠒⠤⣀⡠⠔⠒⠊⠉⠉⠉
//	 1 ms ┤⣀⠤⠔⠒⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉  p50 1.20 ms
//	          00:20     00:30     00:40
//
// What the canvas has no room for is left out in this order: the legend, the
// horizontal axis, the vertical axis.
type LineChart struct {
	X     Range // the part of the horizontal axis shown, above Min up to Max
	XUnit Unit  // UnitClock for simulated time
	BareX bool  // no labels below: a chart underneath has them
	// Y is the vertical scale. The zero Scale fits the data of this one
	// drawing; a chart that is redrawn keeps a Scale to stay calm.
	Y      Scale
	Unit   Unit
	Series []Series
	Marks  []Mark // the newest last
	// Gutter is the least number of columns kept for the labels on the left,
	// so that charts above each other share their axis.
	Gutter int
}

// The least sizes at which the parts of a chart are worth their room.
const (
	minColsForGutter = 20 // vertical axis with labels
	minRowsForXAxis  = 4  // labels of the horizontal axis
	minRowsForXLine  = 10 // and a line with ticks above them
	minRowsForLegend = 5  // legend above the plot
	minColsBeside    = 50 // plot and legend beside each other
)

// Draw draws the chart over the whole of c.
func (l LineChart) Draw(c *Canvas, g Glyphs) {
	if c.w == 0 || c.h == 0 {
		return
	}
	if !l.Y.valid() {
		l.Y = l.fitScale()
	}
	plot := l.drawAxes(c, g)
	l.drawPlot(c, plot, g)
	g.finish(c)
}

// drawAxes draws legend and axes, as far as there is room for them, and
// reports the rectangle they leave for the plot.
func (l LineChart) drawAxes(c *Canvas, g Glyphs) Rect {
	plot := c.Bounds()
	xRows := 0
	switch {
	case l.BareX:
	case plot.H >= minRowsForXLine:
		xRows = 2
	case plot.H >= minRowsForXAxis:
		xRows = 1
	}
	enough := plot.H >= minRowsForLegend
	plot.H -= xRows

	gutter := 0
	if plot.W >= minColsForGutter {
		gutter = min(l.gutter(plot.H), plot.W)
	}
	legend := l.hasLegend()
	beside := legend && plot.W-gutter >= minColsBeside
	if legend && !beside && enough {
		l.drawLegendRow(c, plot, g)
		plot.Y++
		plot.H--
	}
	if gutter > 0 {
		l.drawYAxis(c, Rect{Y: plot.Y, W: gutter, H: plot.H}, g)
		plot.X, plot.W = gutter, plot.W-gutter
	}
	if beside {
		plot.W -= l.legendWidth()
		l.drawLegendBeside(c, plot, g)
	}
	if xRows > 0 {
		l.drawXAxis(c, plot, xRows == 2, g)
	}
	return plot
}

// fitScale chooses a scale from 0 for the samples inside X.
func (l LineChart) fitScale() Scale {
	top := math.Inf(-1)
	for _, s := range l.Series {
		for i, n := 0, min(len(s.Times), len(s.Values)); i < n; i++ {
			t, v := s.Times[i], s.Values[i]
			if t >= l.X.Min && t <= l.X.Max && v > top && !math.IsInf(v, 0) {
				top = v
			}
		}
	}
	return NiceScale(Scale{}, top)
}

// drawPlot draws marks, then lines over them, then the labels of the marks
// where they hide neither.
func (l LineChart) drawPlot(c *Canvas, plot Rect, g Glyphs) {
	p, ok := newPlotter(c.view(plot), l.X, l.Y, g)
	if !ok {
		return
	}
	for _, m := range l.Marks {
		p.mark(m)
	}
	for i := range l.Series {
		p.line(&l.Series[i])
	}
	p.markLabels(l.Marks)
	for i := range l.Series {
		p.seriesLabel(&l.Series[i], l.Series)
	}
}
