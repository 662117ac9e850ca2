package plot

import (
	"fmt"
	"image/color"
	"strings"
)

// Theme is the ground that a figure is made for.
type Theme uint8

const (
	Light Theme = iota // white paper: print, most documents
	Dark               // a dark page
)

// An ink is a colour with a name, by which a page can give it another value.
type ink struct {
	color.NRGBA
	name string
}

// faded returns the ink with a share of its cover.
func (k ink) faded(share float64) ink {
	k.A = uint8(share*255 + 0.5)
	return k
}

func (k ink) hex() string { return fmt.Sprintf("#%02X%02X%02X", k.R, k.G, k.B) }

// inks are the colours of a theme.
type inks struct {
	paper, text, dim, grid ink
	series                 []ink
}

// tones are the inks of both themes, in the order light, dark: the only place
// where a colour stands. Those of series are the colours of Okabe and Ito (2008,
// "Color Universal Design"), which people with any kind of colour vision can
// tell apart, darkened for paper and lightened for dark pages until each has a
// contrast of 3:1 with its ground, as WCAG 2.1 (1.4.11) asks of graphics.
var tones = [...]struct {
	name string
	rgb  [2]uint32
}{
	{"paper", [2]uint32{0xFFFFFF, 0x16181D}},
	{"text", [2]uint32{0x1B1F24, 0xE6E8EB}},
	{"dim", [2]uint32{0x5A626C, 0xA3ABB5}},
	{"grid", [2]uint32{0xE3E6EA, 0x31363E}},
	{"blue", [2]uint32{0x0072B2, 0x4FA8E0}},
	{"vermilion", [2]uint32{0xD55E00, 0xEE7A2B}},
	{"green", [2]uint32{0x00845F, 0x2BBE95}},
	{"purple", [2]uint32{0xB8568F, 0xDB93BB}},
	{"orange", [2]uint32{0xA87000, 0xE69F00}},
	{"black", [2]uint32{0x3A3F47, 0xC9CED6}},
}

// firstSeries is the index in tones of the first ink of series.
const firstSeries = 4

func (t Theme) inks() inks {
	all := make([]ink, len(tones))
	for i, tone := range tones {
		v := tone.rgb[t]
		all[i] = ink{color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}, tone.name}
	}
	return inks{paper: all[0], text: all[1], dim: all[2], grid: all[3], series: all[firstSeries:]}
}

// variable is the name of the CSS variable of an ink.
func (k ink) variable() string { return "--plot-" + k.name }

// Variables returns the declarations of the CSS variables that inline figures
// take their colours from: "--plot-paper:#FFFFFF;--plot-text:…".
func (t Theme) Variables() string {
	var b strings.Builder
	all := t.inks()
	for _, k := range append([]ink{all.paper, all.text, all.dim, all.grid}, all.series...) {
		fmt.Fprintf(&b, "%s:%s;", k.variable(), k.hex())
	}
	return b.String()
}
