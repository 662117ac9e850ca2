package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// barPlotter draws a series of form Bars. Several stand side by side.
type barPlotter struct {
	curvePlotter
	of int // series of bars
}

// barShare is the part of the distance between two bars that they fill.
const barShare = 0.72

// Plot implements gonum's Plotter.
func (p barPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	width := p.spacing(tx) * barShare / vg.Length(p.of)
	base := inside(ty(p.y.atEnd(0)), c.Min.Y, c.Max.Y)
	for _, run := range p.runs() {
		for _, i := range run {
			left := tx(p.x.at(p.series.X[i])) + width*(vg.Length(p.nth)-vg.Length(p.of)/2)
			top := inside(ty(p.y.at(p.series.Y[i])), c.Min.Y, c.Max.Y)
			c.FillPolygon(p.pen.ink, []vg.Point{
				{X: left, Y: base}, {X: left, Y: top}, {X: left + width, Y: top}, {X: left + width, Y: base},
			})
		}
	}
}

// spacing returns the least distance between two bars.
func (p barPlotter) spacing(tx func(float64) vg.Length) vg.Length {
	least := math.Inf(1)
	for i := 1; i < len(p.series.X); i++ {
		if d := math.Abs(p.series.X[i] - p.series.X[i-1]); d > 0 {
			least = math.Min(least, d)
		}
	}
	if math.IsInf(least, 1) {
		least = (p.x.hi - p.x.lo) / 4
	}
	return tx(p.x.lo+least) - tx(p.x.lo)
}
