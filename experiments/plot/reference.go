package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// referenceDashes distinguish lines to compare with, which are grey, from one
// another.
var referenceDashes = [...][]vg.Length{{4, 2}, {1, 1.5}, {6, 1.5, 1, 1.5}, {2, 1}}

// referencePlotter draws a line to compare with, where both axes show it.
type referencePlotter struct {
	ground
	ref Reference
	nth int // among the references
}

func (p referencePlotter) style() draw.LineStyle {
	return draw.LineStyle{Color: p.inks.dim, Width: 0.9, Dashes: referenceDashes[p.nth%len(referenceDashes)]}
}

// Plot implements gonum's Plotter.
func (p referencePlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	var points []vg.Point
	// Enough pieces to look straight or round, whichever it is on these axes.
	const pieces = 128
	for i := range pieces + 1 {
		x := p.x.lo + (p.x.hi-p.x.lo)*float64(i)/pieces
		if p.x.scale == Log {
			x = p.x.lo * math.Pow(p.x.hi/p.x.lo, float64(i)/pieces)
		}
		if y := p.y.at(p.ref.Level + p.ref.Slope*x); !math.IsNaN(y) {
			points = append(points, vg.Point{X: tx(x), Y: ty(y)})
		}
	}
	c.StrokeLines(p.style(), c.ClipLinesXY(points)...)
}

// gridPlotter draws the grid: lines at the labelled ticks.
type gridPlotter struct{ ground }

// Plot implements gonum's Plotter.
func (p gridPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	style := draw.LineStyle{Color: p.inks.grid, Width: ruleWidth}
	for _, t := range p.y.ticks {
		if y := ty(t.Value); t.Label != "" && c.ContainsY(y) {
			c.StrokeLine2(style, c.Min.X, y, c.Max.X, y)
		}
	}
	for _, t := range p.x.ticks {
		if x := tx(t.Value); t.Label != "" && p.x.names == nil && c.ContainsX(x) {
			c.StrokeLine2(style, x, c.Min.Y, x, c.Max.Y)
		}
	}
}
