package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// pen is how a series looks: what distinguishes it besides its colour too.
type pen struct {
	ink    ink
	dashes []vg.Length
	glyph  draw.GlyphDrawer
}

// dashPatterns go round with another period than the inks, so that series of
// one colour differ in their dashes.
var dashPatterns = [...][]vg.Length{
	nil, {5, 2.5}, {1.5, 2}, {7, 2, 1.5, 2}, {3, 1.5}, {9, 3}, {1, 1.2},
}

// Glyphs go round with yet another period.
func glyphs() [8]draw.GlyphDrawer {
	return [...]draw.GlyphDrawer{
		draw.CircleGlyph{}, draw.SquareGlyph{}, draw.PyramidGlyph{}, draw.RingGlyph{},
		draw.BoxGlyph{}, draw.TriangleGlyph{}, draw.CrossGlyph{}, draw.PlusGlyph{},
	}
}

// pens returns a pen for each series.
func pens(series []Series, of inks) []pen {
	list := make([]pen, len(series))
	shapes := glyphs()
	n := 0
	for i, s := range series {
		if s.Muted {
			list[i] = pen{of.dim, dashPatterns[2], draw.RingGlyph{}}
			continue
		}
		list[i] = pen{of.series[n%len(of.series)], dashPatterns[n%len(dashPatterns)], shapes[n%len(shapes)]}
		n++
	}
	return list
}

// stroke returns the style of the lines of a pen.
func (p pen) stroke(width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: p.ink, Width: width, Dashes: p.dashes}
}

// markerRadius is half the size of a marker.
const markerRadius = vg.Length(2.1)

func (p pen) marker() draw.GlyphStyle {
	return draw.GlyphStyle{Color: p.ink, Radius: markerRadius, Shape: p.glyph}
}
