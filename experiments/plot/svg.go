package plot

import (
	"fmt"
	"html"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	gonumfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// svgCanvas writes what is drawn as SVG. The canvas that comes with gonum/plot
// would either embed whole fonts, half a megabyte in each figure, or name one
// that few machines have; it cannot name what it draws for those who listen,
// nor leave the colours to the page. Text is set in the sans-serif of the
// machine that has the widths of the font that the layout was measured with:
// Liberation Sans, Arial and Helvetica do.
type svgCanvas struct {
	body   strings.Builder
	inline bool // colours are variables of the page
	states []svgState
}

// svgState is what Push saves.
type svgState struct {
	color  color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
	groups int // open for transformations
}

const svgFonts = "Liberation Sans, Arial, Helvetica, sans-serif"

func newSVG(inline bool) *svgCanvas {
	c := &svgCanvas{inline: inline, states: []svgState{{}}}
	vg.Initialize(c)
	return c
}

func (c *svgCanvas) state() *svgState { return &c.states[len(c.states)-1] }

// SetLineWidth implements vg.Canvas.
func (c *svgCanvas) SetLineWidth(w vg.Length) { c.state().width = w }

// SetLineDash implements vg.Canvas.
func (c *svgCanvas) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.state().dashes, c.state().offset = dashes, offset
}

// SetColor implements vg.Canvas.
func (c *svgCanvas) SetColor(k color.Color) {
	if k == nil {
		k = color.Black
	}
	c.state().color = k
}

// Rotate implements vg.Canvas.
func (c *svgCanvas) Rotate(rad float64) {
	c.transform("rotate(" + decimal(-rad*180/math.Pi) + ")")
}

// Translate implements vg.Canvas.
func (c *svgCanvas) Translate(p vg.Point) {
	c.transform("translate(" + decimal(p.X.Points()) + " " + decimal(-p.Y.Points()) + ")")
}

// Scale implements vg.Canvas.
func (c *svgCanvas) Scale(x, y float64) {
	c.transform("scale(" + decimal(x) + " " + decimal(y) + ")")
}

func (c *svgCanvas) transform(by string) {
	c.body.WriteString(`<g transform="` + by + "\">\n")
	c.state().groups++
}

// Push implements vg.Canvas.
func (c *svgCanvas) Push() {
	top := *c.state()
	top.groups = 0
	c.states = append(c.states, top)
}

// Pop implements vg.Canvas.
func (c *svgCanvas) Pop() {
	c.body.WriteString(strings.Repeat("</g>\n", c.state().groups))
	c.states = c.states[:len(c.states)-1]
}

// Stroke implements vg.Canvas.
func (c *svgCanvas) Stroke(p vg.Path) {
	s := c.state()
	if s.width <= 0 {
		return
	}
	fmt.Fprintf(&c.body, `<path d="%s" fill="none"%s stroke-width="%s" stroke-linejoin="round"`,
		pathData(p), c.paint("stroke"), decimal(s.width.Points()))
	if len(s.dashes) > 0 {
		lengths := make([]string, len(s.dashes))
		for i, d := range s.dashes {
			lengths[i] = decimal(d.Points())
		}
		fmt.Fprintf(&c.body, ` stroke-dasharray="%s"`, strings.Join(lengths, " "))
		if s.offset != 0 {
			fmt.Fprintf(&c.body, ` stroke-dashoffset="%s"`, decimal(s.offset.Points()))
		}
	}
	c.body.WriteString("/>\n")
}

// Fill implements vg.Canvas.
func (c *svgCanvas) Fill(p vg.Path) {
	fmt.Fprintf(&c.body, "<path d=\"%s\"%s/>\n", pathData(p), c.paint("fill"))
}

// FillString implements vg.Canvas.
func (c *svgCanvas) FillString(f gonumfont.Face, p vg.Point, text string) {
	weight := ""
	if f.Font.Weight == font.WeightBold {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(&c.body, "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s>%s</text>\n",
		decimal(p.X.Points()), decimal(-p.Y.Points()), decimal(f.Font.Size.Points()), weight, c.paint("fill"), escape(text))
}

// DrawImage implements vg.Canvas; figures hold no images.
func (c *svgCanvas) DrawImage(vg.Rectangle, image.Image) {
	panic("plot: a figure with an image")
}

// paint returns the attributes that give a fill or a stroke the current colour.
func (c *svgCanvas) paint(what string) string {
	v := color.NRGBAModel.Convert(c.state().color).(color.NRGBA)
	hex := ink{NRGBA: v}.hex()
	attributes := fmt.Sprintf(` %s="%s"`, what, hex)
	if k, ok := c.state().color.(ink); ok && c.inline && k.name != "" {
		attributes = fmt.Sprintf(` style="%s:var(%s,%s)"`, what, k.variable(), hex)
	}
	if v.A != 255 {
		attributes += fmt.Sprintf(` %s-opacity="%s"`, what, decimal(float64(v.A)/255))
	}
	return attributes
}

// decimal writes a number with at most two decimals: a hundredth of a point is
// finer than any print, and hides the last bits in which machines differ.
func decimal(v float64) string {
	text := strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0")
	text = strings.TrimSuffix(text, ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// escape makes a text fit to stand in XML: what XML forbids even when escaped
// is left out.
func escape(text string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
}
