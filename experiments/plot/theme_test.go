package plot

import (
	"math"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(k ink) float64 {
	linear := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(k.R) + 0.7152*linear(k.G) + 0.0722*linear(k.B)
}

func contrast(a, b ink) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		of := theme.inks()
		for _, k := range of.series {
			if c := contrast(k, of.paper); c < 3 {
				t.Errorf("theme %d: %s has a contrast of %.2f with the paper, want 3", theme, k.name, c)
			}
		}
		for _, k := range []ink{of.text, of.dim} {
			if c := contrast(k, of.paper); c < 4.5 {
				t.Errorf("theme %d: text in %s has a contrast of %.2f with the paper, want 4.5", theme, k.name, c)
			}
		}
	}
}

// Twelve series differ without their colours.
func TestPensDiffer(t *testing.T) {
	shapes := glyphs()
	seen := map[string]int{}
	for i, p := range pens(make([]Series, 12), Light.inks()) {
		look := ""
		for _, d := range p.dashes {
			look += decimal(d.Points()) + " "
		}
		look += strings.Repeat("g", i%len(shapes[:]))
		if j, met := seen[look]; met {
			t.Errorf("series %d and %d look the same in grey", j, i)
		}
		seen[look] = i
	}
}

func TestVariables(t *testing.T) {
	light, dark := Light.Variables(), Dark.Variables()
	if !strings.HasPrefix(light, "--plot-paper:#FFFFFF;--plot-text:#1B1F24;") {
		t.Errorf("light: %s", light)
	}
	if strings.Count(light, "--plot-") != len(tones) || strings.Count(dark, "--plot-") != len(tones) {
		t.Errorf("not every ink has its variable:\n%s\n%s", light, dark)
	}
}
