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

// maxBarGroup is the greatest width of the columns of one place together.
const maxBarGroup = vg.Length(60)

// column draws a filled rectangle with an outline. Every other pen fills it
// lightly, so that neighbours differ without their colours.
func (p pen) column(c *draw.Canvas, r vg.Rectangle) {
	const line = vg.Length(0.8)
	fill := p.ink
	if p.dashes != nil {
		fill = p.ink.faded(0.3)
	}
	x0, x1, y0, y1 := r.Min.X+line/2, r.Max.X-line/2, r.Min.Y, r.Max.Y
	corners := []vg.Point{{X: x0, Y: y0}, {X: x0, Y: y1}, {X: x1, Y: y1}, {X: x1, Y: y0}}
	c.FillPolygon(fill, corners)
	outline := p.stroke(line)
	c.StrokeLines(outline, append(corners, corners[0]))
}

// Plot implements gonum's Plotter.
func (p barPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	width := min(p.spacing(tx)*barShare, maxBarGroup) / vg.Length(p.of)
	base := inside(ty(p.y.atEnd(0)), c.Min.Y, c.Max.Y)
	for _, run := range p.runs() {
		for _, i := range run {
			left := tx(p.x.at(p.series.X[i])) + width*(vg.Length(p.nth)-vg.Length(p.of)/2)
			top := inside(ty(p.y.at(p.series.Y[i])), c.Min.Y, c.Max.Y)
			p.pen.column(&c, vg.Rectangle{Min: vg.Point{X: left, Y: base}, Max: vg.Point{X: left + width, Y: top}})
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
