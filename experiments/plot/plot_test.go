package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// small is the look of the goldens.
var small = Look{Width: 90, Height: 60}

func mustSVG(t *testing.T, f Figure, l Look) []byte {
	t.Helper()
	svg, err := f.SVG(l)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

func TestGolden(t *testing.T) {
	all := examples()
	for _, name := range []string{"line", "forest", "bars", "heat", "steps", "equal"} {
		t.Run(name, func(t *testing.T) {
			got := mustSVG(t, all[name], small)
			file := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(file, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the drawing differs from %s; look at it, then run with -update", file)
			}
		})
	}
}

// label is a piece of text in a drawing.
type label struct {
	text             string
	x, y, size, wide float64
}

// labels reads the texts of a drawing, and checks that it is well formed and
// that no number in it is none.
func labels(t *testing.T, svg []byte) []label {
	t.Helper()
	if i := bytes.Index(svg, []byte("NaN")); i >= 0 {
		t.Fatalf("NaN in the drawing: %s", svg[max(0, i-60):i+3])
	}
	if bytes.Contains(svg, []byte("Inf")) {
		t.Fatal("Inf in the drawing")
	}
	fonts := newFonts(Light.inks())
	var all []label
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "text" {
			continue
		}
		var l label
		style := fonts.small
		for _, a := range start.Attr {
			v, _ := strconv.ParseFloat(a.Value, 64)
			switch a.Name.Local {
			case "x":
				l.x = v
			case "y":
				l.y = v
			case "font-size":
				l.size = v
			case "font-weight":
				style = fonts.title
			}
		}
		if err := d.DecodeElement(&l.text, &start); err != nil {
			t.Fatal(err)
		}
		style.Font.Size = vg.Length(l.size)
		l.wide = float64(style.Width(l.text))
		all = append(all, l)
	}
}

// overlap reports whether two texts run into each other. The height of capitals
// is about 0.7 of the size of a font.
func (l label) overlap(m label) bool {
	const high = 0.7
	return l.x < m.x+m.wide && m.x < l.x+l.wide && l.y-high*l.size < m.y && m.y-high*m.size < l.y
}

func TestTextsStandClear(t *testing.T) {
	all := examples()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			for _, look := range []Look{{}, small, {Width: 60, Height: 200}} {
				texts := labels(t, mustSVG(t, all[name], look))
				checkClear(t, look, texts)
				if look.Width == 0 {
					checkNamed(t, name, all[name], texts)
				}
			}
		})
	}
}

// checkClear checks that all texts are on the page and apart.
func checkClear(t *testing.T, look Look, texts []label) {
	t.Helper()
	width, _, _ := look.size()
	for i, a := range texts {
		if a.x < 0 || a.x+a.wide > width.Points()+0.1 || -a.y < 0 {
			t.Errorf("at %v: %q leaves the page", look, a.text)
		}
		for _, b := range texts[:i] {
			if a.overlap(b) {
				t.Errorf("at %v: %q runs into %q", look, a.text, b.text)
			}
		}
	}
}

// checkNamed checks that a figure says what it shows.
func checkNamed(t *testing.T, name string, f Figure, texts []label) {
	t.Helper()
	var all []string
	for _, l := range texts {
		all = append(all, l.text)
	}
	page := strings.Join(all, " ")
	for _, word := range append(strings.Fields(f.Title), f.X.Label, f.Y.Label) {
		if !strings.Contains(page, word) {
			t.Errorf("%s: %q is missing in %q", name, word, page)
		}
	}
	for _, s := range f.Series {
		if len(f.Series)+len(f.Refs) > 1 && !strings.Contains(page, s.Name) {
			t.Errorf("%s: series %q is not named", name, s.Name)
		}
	}
}

func TestSameFigureSameBytes(t *testing.T) {
	for name, f := range examples() {
		if !bytes.Equal(mustSVG(t, f, Look{}), mustSVG(t, f, Look{})) {
			t.Errorf("%s: two drawings differ", name)
		}
	}
	f := examples()["line"]
	a, err := f.PNG(small)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := f.PNG(small)
	if !bytes.Equal(a, b) {
		t.Error("two pictures differ")
	}
	picture, err := png.DecodeConfig(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	if want := int(math.Round(90 / 25.4 * resolution)); math.Abs(float64(picture.Width-want)) > 1 {
		t.Errorf("the picture is %d dots wide, want %d", picture.Width, want)
	}
}

func TestGapsSplitLines(t *testing.T) {
	f := Figure{Series: []Series{{X: []float64{0, 1, 2, 3, 4}, Y: []float64{1, 2, math.NaN(), 2, 1}}}}
	svg := string(mustSVG(t, f, Look{}))
	if n := strings.Count(svg, `stroke-width="1.4"`); n != 2 {
		t.Errorf("a line with a gap is drawn in %d pieces, want 2", n)
	}
}

func TestTextIsInert(t *testing.T) {
	f := examples()["line"]
	f.Title = "<script>alert(1)</script> & \x00\"quotes\""
	f.Series[0].Name = "</svg>"
	svg := string(mustSVG(t, f, Look{Inline: true, ID: `a"b`}))
	if strings.Contains(svg, "<script") || strings.Count(svg, "</svg>") != 1 || strings.Contains(svg, `a"b`) {
		t.Errorf("text is markup:\n%s", svg)
	}
	labels(t, []byte(svg)) // well formed
	if !strings.Contains(svg, "var(--plot-blue,#0072B2)") {
		t.Error("the colours of an inline figure are not those of the page")
	}
}

func TestRefused(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		f    Figure
		want string
	}{
		"no series":     {Figure{}, "nothing to draw"},
		"no value":      {Figure{Series: []Series{{X: []float64{1}, Y: []float64{nan}}}}, "nothing to draw"},
		"not positive":  {Figure{Y: Axis{Scale: Log}, Series: []Series{{X: []float64{1}, Y: []float64{0}}}}, "nothing to draw"},
		"lengths":       {Figure{Series: []Series{{Name: "a", X: []float64{1}, Y: nil}}}, `series "a" has 1 values of X and 0 of Y`},
		"intervals":     {Figure{Series: []Series{{Name: "a", X: []float64{1}, Y: []float64{1}, Low: []float64{}}}}, "ends of intervals"},
		"heat rows":     {Figure{Y: Axis{Names: []string{"a"}}, Heat: &Heat{}}, "0 rows for 1 names"},
		"heat, nothing": {Figure{X: Axis{Names: []string{"a"}}, Y: Axis{Names: []string{"a"}}, Heat: &Heat{Values: [][]float64{{nan}}}}, "nothing to draw"},
	} {
		if _, err := c.f.SVG(Look{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
		if _, err := c.f.PNG(Look{}); err == nil {
			t.Errorf("%s: drawn as a picture", name)
		}
	}
	if _, err := examples()["line"].SVG(Look{Width: 3}); err == nil || !strings.Contains(err.Error(), "40 to 2000 mm, got 3") {
		t.Errorf("a width of 3 mm: %v", err)
	}
	if _, err := (Figure{}).SVG(Look{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("no series: %v, want ErrEmpty", err)
	}
}

func TestDescribe(t *testing.T) {
	f := examples()["line"]
	got := f.Describe()
	want := "Offer to ack: 99th percentile (ms) over offered load (/s)." +
		" 4 partitions: from 4.44 ms at 100 /s to 40.0 ms at 900 /s, largest 40.0 ms at 900 /s." +
		" 8 partitions: from 4.31 ms at 100 /s to 11.2 ms at 900 /s, largest 11.2 ms at 900 /s."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		value float64
		unit  Unit
		want  string
	}{
		{0.004, Seconds, "4 ms"},
		{1500, PerSecond, "1\u00a0500/s"},
		{64, "", "64"},
		{math.Inf(1), "", "unlimited"},
	} {
		if got := Word(c.value, c.unit); got != c.want {
			t.Errorf("Word(%v, %q) is %q, want %q", c.value, c.unit, got, c.want)
		}
	}
}
