package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/palette/brewer"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// heatScale gives values colours: light for little, dark for much, so that the
// order is seen without colour too.
type heatScale struct {
	lo, hi float64
	unit   scaled
	colors []color.Color
}

// heatColors is the number of steps of the scale.
const heatColors = 9

func (h *Heat) scale() heatScale {
	seen := nothing()
	for _, row := range h.Values {
		seen.see(row...)
	}
	seen.see(0)
	if seen.hi == seen.lo {
		seen.hi++
	}
	colors, err := brewer.GetPalette(brewer.TypeSequential, "Blues", heatColors)
	if err != nil {
		panic(err) // there is one of that name and size
	}
	return heatScale{seen.lo, seen.hi, h.Unit.scaleFor(math.Max(-seen.lo, seen.hi)), colors.Colors()}
}

// level returns the step of a value, from 0.
func (s heatScale) level(v float64) int {
	return min(int(float64(len(s.colors))*(v-s.lo)/(s.hi-s.lo)), len(s.colors)-1)
}

// heatPlotter draws a heat map, with its values where there is room for them.
type heatPlotter struct {
	picture *picture
	scale   heatScale
}

// Plot implements gonum's Plotter.
func (k heatPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	p, h := k.picture, k.picture.figure.Heat
	tx, ty := g.Transforms(&c)
	for row, values := range h.Values {
		for column, v := range values {
			if !finite(v) {
				continue
			}
			x0, x1 := tx(float64(column)-0.5), tx(float64(column)+0.5)
			y0, y1 := ty(float64(row)+0.5), ty(float64(row)-0.5)
			level := k.scale.level(v)
			c.FillPolygon(k.scale.colors[level], []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
			k.write(&c, p, v, level, vg.Rectangle{Min: vg.Point{X: x0, Y: y0}, Max: vg.Point{X: x1, Y: y1}})
		}
	}
}

// write writes a value into its cell, if it fits.
func (k heatPlotter) write(c *draw.Canvas, p *picture, v float64, level int, cell vg.Rectangle) {
	style := p.fonts.tick
	style.Color = color.Color(Light.inks().text)
	if level > heatColors/2 {
		style.Color = Light.inks().paper
	}
	label := tickText(v/k.scale.unit.factor, k.step())
	size := cell.Size()
	if width := style.Width(label); width+4 <= size.X && style.Font.Size+2 <= size.Y {
		p.text(c, style, vg.Point{X: (cell.Min.X + cell.Max.X - width) / 2, Y: (cell.Min.Y+cell.Max.Y)/2 - style.Font.Size*0.35}, label)
	}
}

// step is the last digit worth writing, in the unit that is shown.
func (k heatPlotter) step() float64 {
	return linearStep((k.scale.hi-k.scale.lo)/k.scale.unit.factor, 100)
}

// Sizes of the scale beside a heat map [pt].
const (
	heatKeyWidth = vg.Length(10)
	heatKeyRoom  = keyGap + heatKeyWidth + 36
)

// drawHeatKey draws the scale beside the frame.
func (k heatPlotter) drawHeatKey(c *draw.Canvas, frame draw.Canvas) {
	p, s := k.picture, k.scale
	left := frame.Max.X + keyGap
	height := min(frame.Size().Y, 120)
	base := frame.Max.Y - height
	at := func(share float64) vg.Length { return base + height*vg.Length(share) }
	n := float64(len(s.colors))
	for i, color := range s.colors {
		y0, y1 := at(float64(i)/n), at(float64(i+1)/n)
		c.FillPolygon(color, []vg.Point{{X: left, Y: y0}, {X: left + heatKeyWidth, Y: y0}, {X: left + heatKeyWidth, Y: y1}, {X: left, Y: y1}})
	}
	step := linearStep((s.hi-s.lo)/s.unit.factor, 5) * s.unit.factor
	for _, t := range linearTicks(s.lo, s.hi, step, s.unit) {
		y := at((t.Value - s.lo) / (s.hi - s.lo))
		p.text(c, p.fonts.tick, vg.Point{X: left + heatKeyWidth + 4, Y: y - p.fonts.tick.Font.Size*0.35}, t.Label)
	}
}
