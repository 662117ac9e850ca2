package tui

import (
	"math"
	"testing"

	"github.com/gdamore/tcell/v2"

	"onepen/tui/chart"
)

// backgrounds are what the palettes with colours are made for.
var backgrounds = map[Palette]tcell.Color{
	PaletteDark:  tcell.NewRGBColor(0, 0, 0),
	PaletteLight: tcell.NewRGBColor(255, 255, 255),
}

// luminance is the relative luminance of a colour (WCAG 2.2, definitions).
func luminance(c tcell.Color) float64 {
	linear := func(v int32) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b := c.RGB()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast is the contrast ratio of two colours, 1 to 21 (same source).
func contrast(a, b tcell.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// TestContrast holds the formula against the two ratios that everybody quotes.
func TestContrast(t *testing.T) {
	white, black, grey := tcell.NewRGBColor(255, 255, 255), tcell.NewRGBColor(0, 0, 0), tcell.NewRGBColor(0x76, 0x76, 0x76)
	if got := contrast(black, white); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white: %.3f, want 21", got)
	}
	if got := contrast(grey, white); math.Abs(got-4.54) > 0.005 { // the lightest grey that passes
		t.Errorf("#767676 on white: %.3f, want 4.54", got)
	}
}

// TestColoursCanBeRead: every role may be that of letters, which need this
// contrast (WCAG 2.2, 1.4.3). The colours that a theme defines promise none.
func TestColoursCanBeRead(t *testing.T) {
	for of, background := range backgrounds {
		inks := newInkwell(palettes[of])
		for role, ink := range palettes[of] {
			if ink.colour == own {
				continue
			}
			if got := contrast(inks.colour(ink.colour), background); ink.colour < 16 || got < 4.5 {
				t.Errorf("%v: colour %d of %v has a contrast of %.2f, want 4.5 of a colour from 16 on", of, ink.colour, chart.Style(role), got)
			}
			if _, ok := sixteen[ink.colour]; !ok {
				t.Errorf("%v: nothing stands for colour %d of %v where there are sixteen", of, ink.colour, chart.Style(role))
			}
		}
	}
}

// TestRedIsTrouble: what is hot is red, and nothing else is.
func TestRedIsTrouble(t *testing.T) {
	for of := range backgrounds {
		for _, few := range []bool{false, true} {
			inks := newInkwell(palettes[of])
			inks.few = few
			for role := range palettes[of] {
				s := chart.Style(role)
				c, _, _ := inks.style(s).Decompose()
				if red, want := c.Valid() && isRed(c), s == chart.Hot || s == chart.Heat4; red != want {
					t.Errorf("%v, sixteen colours %v: %v red: %v, want %v", of, few, s, red, want)
				}
			}
		}
	}
}

// isRed reports whether people call a colour red: its red is twice what it has
// of any other, and the others are about as much.
func isRed(c tcell.Color) bool {
	r, g, b := c.RGB()
	return r >= 2*max(g, b) && max(g, b)-min(g, b) < r/4
}

// TestStagesDiffer: what lies upon one another in a chart has different colours,
// as have the steps of the heat scale.
func TestStagesDiffer(t *testing.T) {
	for of := range backgrounds {
		for _, roles := range [][2]chart.Style{{chart.Heat0, chart.Heat4}, {chart.StageAllocator, chart.StageBackoff}, {chart.Series1, chart.Series2}} {
			seen := map[int16]chart.Style{}
			for role := roles[0]; role <= roles[1]; role++ {
				c := palettes[of][role].colour
				if other, taken := seen[c]; taken {
					t.Errorf("%v: %v and %v have one colour", of, other, role)
				}
				seen[c] = role
			}
		}
	}
}
