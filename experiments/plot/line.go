package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ground is where plotters draw: the axes give positions, gonum places them.
type ground struct {
	x, y *axis
	inks inks
}

// curvePlotter draws a series of form Line, Points or Steps.
type curvePlotter struct {
	ground
	series Series
	pen    pen
	nth    int  // among the series
	alone  bool // there is no other to be told from
}

// Widths of lines [pt].
const (
	lineWidth     = vg.Length(1.4)
	intervalWidth = vg.Length(0.9)
	ruleWidth     = vg.Length(0.5)
)

// Up to manyPoints, each point of a line has its marker; of more, aFew have, so
// that a line keeps its shape and can still be told from others by its marker.
const (
	manyPoints = 25
	aFew       = 6
)

// Plot implements gonum's Plotter.
func (p curvePlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	tx, ty := g.Transforms(&c)
	for _, run := range p.runs() {
		points := make([]vg.Point, len(run))
		for i, at := range run {
			points[i] = vg.Point{X: tx(p.x.at(p.series.X[at])), Y: ty(p.y.at(p.series.Y[at]))}
		}
		p.drawRun(&c, run, points)
	}
}

func (p curvePlotter) drawRun(c *draw.Canvas, run []int, points []vg.Point) {
	switch p.series.Form {
	case Line:
		c.StrokeLines(p.pen.stroke(lineWidth), c.ClipLinesXY(points)...)
	case Steps:
		c.StrokeLines(p.pen.stroke(lineWidth), c.ClipLinesXY(stairs(points))...)
	}
	for i, at := range points {
		// A point between two gaps has no line to be seen by.
		if len(run) == 1 || p.marked(run[i]) {
			c.DrawGlyph(p.pen.marker(), at)
		}
	}
}

// marked reports whether a point has a marker.
func (p curvePlotter) marked(i int) bool {
	n := len(p.series.X)
	if p.series.Form == Points || n <= manyPoints {
		return true
	}
	every := n / aFew
	// Series side by side do not mark the same points.
	return !p.alone && i%every == (every/2+p.nth*every/5)%every
}

// runs returns the stretches of points without a gap, by their indices.
func (p curvePlotter) runs() [][]int {
	var all [][]int
	var run []int
	for i := range p.series.X {
		if math.IsNaN(p.x.at(p.series.X[i])) || math.IsNaN(p.y.at(p.series.Y[i])) {
			if run != nil {
				all = append(all, run)
			}
			run = nil
			continue
		}
		run = append(run, i)
	}
	if run != nil {
		all = append(all, run)
	}
	return all
}

// stairs turns points into steps.
func stairs(points []vg.Point) []vg.Point {
	var path []vg.Point
	for i, p := range points {
		if i > 0 {
			path = append(path, vg.Point{X: p.X, Y: points[i-1].Y})
		}
		path = append(path, p)
	}
	return path
}
