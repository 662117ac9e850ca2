package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bandCover is how much a band covers what is behind it.
const bandCover = 0.18

// bandPlotter draws the intervals of a line as a band.
type bandPlotter struct{ curvePlotter }

// Plot implements gonum's Plotter.
func (p bandPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	for _, run := range p.runs() {
		// A band has its own gaps: where there is one replication only.
		var upper, lower []vg.Point
		flush := func() {
			if len(upper) > 1 {
				for i := len(lower) - 1; i >= 0; i-- {
					upper = append(upper, lower[i])
				}
				c.FillPolygon(p.pen.ink.faded(bandCover), c.ClipPolygonXY(upper))
			}
			upper, lower = nil, nil
		}
		for _, i := range run {
			low, high := p.y.atEnd(p.series.Low[i]), p.y.atEnd(p.series.High[i])
			if math.IsNaN(low) || math.IsNaN(high) {
				flush()
				continue
			}
			x := tx(p.x.at(p.series.X[i]))
			upper = append(upper, vg.Point{X: x, Y: ty(high)})
			lower = append(lower, vg.Point{X: x, Y: ty(low)})
		}
		flush()
	}
}

// whiskerPlotter draws the intervals of points as bars with caps.
type whiskerPlotter struct{ curvePlotter }

// Plot implements gonum's Plotter.
func (p whiskerPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	style := draw.LineStyle{Color: p.pen.ink, Width: intervalWidth}
	const cap = markerRadius
	for _, run := range p.runs() {
		for _, i := range run {
			x, y := tx(p.x.at(p.series.X[i])), ty(p.y.at(p.series.Y[i]))
			if low, high, ok := ends(p.y, p.series.Low, p.series.High, i); ok {
				lo, hi := inside(ty(low), c.Min.Y, c.Max.Y), inside(ty(high), c.Min.Y, c.Max.Y)
				c.StrokeLines(style, []vg.Point{{X: x, Y: lo}, {X: x, Y: hi}},
					[]vg.Point{{X: x - cap, Y: lo}, {X: x + cap, Y: lo}}, []vg.Point{{X: x - cap, Y: hi}, {X: x + cap, Y: hi}})
			}
			if low, high, ok := ends(p.x, p.series.XLow, p.series.XHigh, i); ok {
				lo, hi := inside(tx(low), c.Min.X, c.Max.X), inside(tx(high), c.Min.X, c.Max.X)
				c.StrokeLines(style, []vg.Point{{X: lo, Y: y}, {X: hi, Y: y}},
					[]vg.Point{{X: lo, Y: y - cap}, {X: lo, Y: y + cap}}, []vg.Point{{X: hi, Y: y - cap}, {X: hi, Y: y + cap}})
			}
		}
	}
}

// ends returns the positions of the ends of an interval, if there is one.
func ends(a *axis, low, high []float64, i int) (lo, hi float64, ok bool) {
	if low == nil || high == nil {
		return 0, 0, false
	}
	lo, hi = a.atEnd(low[i]), a.atEnd(high[i])
	return lo, hi, !math.IsNaN(lo) && !math.IsNaN(hi)
}

func inside(v, lo, hi vg.Length) vg.Length { return min(max(v, lo), hi) }
