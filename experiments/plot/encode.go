package plot

import (
	"bytes"
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Look says how a figure is drawn. The zero value is made for a document: 160
// by 100 mm on white. A figure with many words becomes higher than it should.
type Look struct {
	Width, Height float64 // [mm]; 0 = the usual size
	Theme         Theme

	// Inline makes an SVG that is a part of an HTML page: its colours are the
	// CSS variables of Theme.Variables, so that the page can give them other
	// values in the dark. ID is then the prefix of the names that it has on the
	// page.
	Inline bool
	ID     string
}

// The usual size [mm], and the resolution of a PNG [dots per inch].
const (
	usualWidth  = 160
	usualHeight = 100
	resolution  = 220
)

// Smallest and largest sides of a figure [mm].
const (
	minSide = 40
	maxSide = 2000
)

// size returns the sides of a figure.
func (l Look) size() (width, height vg.Length, err error) {
	w, h := l.Width, l.Height
	if w == 0 {
		w = usualWidth
	}
	if h == 0 {
		h = usualHeight
	}
	for _, side := range []float64{w, h} {
		if !(side >= minSide && side <= maxSide) {
			return 0, 0, fmt.Errorf("the sides of a figure must be %d to %d mm, got %g", minSide, maxSide, side)
		}
	}
	return vg.Length(w) * vg.Millimeter, vg.Length(h) * vg.Millimeter, nil
}

// SVG draws a figure. The error is ErrEmpty if there is nothing to draw, or says
// what does not fit together. The drawing has a title and a description for
// those who do not see it.
func (f Figure) SVG(l Look) ([]byte, error) {
	width, height, err := l.size()
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	p := newPicture(&f, l.Theme, width, height)
	canvas := newSVG(l.Inline)
	p.draw(draw.NewCanvas(canvas, p.width, p.height))

	var b bytes.Buffer
	name := func(part string) string { return escape(strings.TrimPrefix(l.ID+"-"+part, "-")) }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%smm" height="%smm" viewBox="0 0 %s %s" role="img" aria-labelledby="%s %s" font-family="%s">`,
		decimal(float64(p.width/vg.Millimeter)), decimal(float64(p.height/vg.Millimeter)), decimal(p.width.Points()), decimal(p.height.Points()),
		name("title"), name("desc"), svgFonts)
	fmt.Fprintf(&b, "\n<title id=\"%s\">%s</title>\n<desc id=\"%s\">%s</desc>\n",
		name("title"), escape(f.Title), name("desc"), escape(f.Describe()))
	// The origin of gonum's canvas is at the bottom.
	fmt.Fprintf(&b, "<g transform=\"translate(0 %s)\">\n%s</g>\n</svg>\n", decimal(p.height.Points()), canvas.body.String())
	return b.Bytes(), nil
}

// PNG draws a figure as SVG does; Inline does not matter.
func (f Figure) PNG(l Look) ([]byte, error) {
	width, height, err := l.size()
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	p := newPicture(&f, l.Theme, width, height)
	canvas := vgimg.NewWith(vgimg.UseWH(p.width, p.height), vgimg.UseDPI(resolution))
	p.draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&b); err != nil {
		return nil, fmt.Errorf("cannot encode the picture: %w", err)
	}
	return b.Bytes(), nil
}
