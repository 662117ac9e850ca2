package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// genNumber draws any float64, the troublesome ones often.
func genNumber() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64(),
		rapid.Float64Range(0, 1),
		rapid.Float64Range(-10, 1e6),
		rapid.SampledFrom([]float64{
			0, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64,
			math.SmallestNonzeroFloat64, 1e18, 0.9995, 999.5,
		}),
	)
}

func genNumbers() *rapid.Generator[[]float64] { return rapid.SliceOfN(genNumber(), 0, 40) }

// genText draws names with wide, combining, control and foreign runes.
func genText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "p99", "allocator", "写入", "e\u0301", "a\x1b[31mb", "🙂🙂", "\xff", "a\tb\n"}),
		rapid.StringN(0, 12, -1),
	)
}

func genState() *rapid.Generator[State] {
	return rapid.SampledFrom([]State{StateCalm, StateHot, StateDown})
}

func genScale() *rapid.Generator[Scale] {
	return rapid.Custom(func(t *rapid.T) Scale {
		if rapid.Bool().Draw(t, "auto") {
			return Scale{}
		}
		return Scale{genNumber().Draw(t, "min"), genNumber().Draw(t, "max"), rapid.Bool().Draw(t, "log")}
	})
}

func genUnit() *rapid.Generator[Unit] {
	return rapid.Custom(func(t *rapid.T) Unit { return Unit(rapid.IntRange(0, 6).Draw(t, "unit")) })
}

func genMarks() *rapid.Generator[[]Mark] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Mark {
		return Mark{genNumber().Draw(t, "x"), genText().Draw(t, "label")}
	}), 0, 4)
}

func genRange() *rapid.Generator[Range] {
	return rapid.Custom(func(t *rapid.T) Range {
		if rapid.Bool().Draw(t, "usual") {
			return Range{0, rapid.SampledFrom([]float64{1, 60, 1e6}).Draw(t, "span")}
		}
		return Range{genNumber().Draw(t, "from"), genNumber().Draw(t, "to")}
	})
}

func genLine() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		l := LineChart{
			X: genRange().Draw(t, "x"), XUnit: genUnit().Draw(t, "xunit"),
			Y: genScale().Draw(t, "y"), Unit: genUnit().Draw(t, "unit"),
			Marks:  genMarks().Draw(t, "marks"),
			Gutter: rapid.IntRange(-3, 60).Draw(t, "gutter"),
		}
		for range rapid.IntRange(0, 10).Draw(t, "series") {
			l.Series = append(l.Series, Series{
				Name: genText().Draw(t, "name"), Label: genText().Draw(t, "label"),
				Times: genNumbers().Draw(t, "times"), Values: genNumbers().Draw(t, "values"),
				Style: rapid.SampledFrom([]Style{Series1, Series2, Twin, Hot | Bold}).Draw(t, "style"),
			})
		}
		return l
	})
}

func genParts() *rapid.Generator[[]Part] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Part {
		return Part{
			genText().Draw(t, "name"), rapid.Rune().Draw(t, "key"), StageQueue,
			genNumber().Draw(t, "value"), genNumber().Draw(t, "twin"),
		}
	}), 0, 10)
}

func genStackChart() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return StackChart{
			X: genRange().Draw(t, "x"), XUnit: genUnit().Draw(t, "xunit"),
			Y: genScale().Draw(t, "y"), Unit: genUnit().Draw(t, "unit"),
			Share: rapid.Bool().Draw(t, "share"), Parts: genParts().Draw(t, "parts"),
			Times:  genNumbers().Draw(t, "times"),
			Values: rapid.SliceOfN(genNumbers(), 0, 10).Draw(t, "values"),
			Twin:   Series{Times: genNumbers().Draw(t, "twin times"), Values: genNumbers().Draw(t, "twin")},
			Marks:  genMarks().Draw(t, "marks"),
			Gutter: rapid.IntRange(-3, 60).Draw(t, "gutter"),
		}
	})
}

func genHeatMap() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return HeatMap{
			X: genRange().Draw(t, "x"), XUnit: genUnit().Draw(t, "xunit"), BareX: rapid.Bool().Draw(t, "bare"),
			Prefix: genText().Draw(t, "prefix"), Count: rapid.IntRange(-2, 300).Draw(t, "count"),
			Times: genNumbers().Draw(t, "times"), Loads: rapid.SliceOfN(genNumbers(), 0, 40).Draw(t, "loads"),
			Marks: genMarks().Draw(t, "marks"), Gutter: rapid.IntRange(-3, 60).Draw(t, "gutter"),
			ShowCursor: rapid.Bool().Draw(t, "cursor"), Cursor: rapid.IntRange(-3, 300).Draw(t, "at"),
		}
	})
}

func genBig() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return Big{Text: rapid.OneOf(genText(), rapid.StringMatching(`[0-9 .]{0,8}( ms|/s)?`)).Draw(t, "text")}
	})
}

func genBars() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return HeatBars{
			Bars: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Bar {
				return Bar{
					genText().Draw(t, "name"), genNumber().Draw(t, "load"), genNumber().Draw(t, "twin"),
					genState().Draw(t, "state"), genText().Draw(t, "value"), genText().Draw(t, "note"),
					rapid.Bool().Draw(t, "selected"),
				}
			}), 0, 20).Draw(t, "bars"),
			ShowTwin:  rapid.Bool().Draw(t, "twin"),
			First:     rapid.IntRange(-3, 30).Draw(t, "first"),
			NameWidth: rapid.IntRange(-3, 30).Draw(t, "names"), ValueWidth: rapid.IntRange(-3, 30).Draw(t, "values"),
		}
	})
}

func genStrip() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return HeatStrip{
			Prefix: genText().Draw(t, "prefix"),
			Loads:  rapid.SliceOfN(genNumber(), 0, 300).Draw(t, "loads"),
			States: rapid.SliceOfN(genState(), 0, 300).Draw(t, "states"),

			ShowCursor: rapid.Bool().Draw(t, "cursor"), Cursor: rapid.IntRange(-1, 300).Draw(t, "at"),
		}
	})
}

func genPath() *rapid.Generator[drawer] {
	return rapid.Custom(func(t *rapid.T) drawer {
		return Path{Nodes: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Node {
			return Node{
				genText().Draw(t, "name"), genText().Draw(t, "value"),
				genText().Draw(t, "short"), genText().Draw(t, "shortvalue"),
				rapid.IntRange(-3, 30).Draw(t, "width"), Text, genState().Draw(t, "state"),
				rapid.Bool().Draw(t, "selected"),
			}
		}), 0, maxNodes+2).Draw(t, "nodes")}
	})
}

// pictures are the generators of every picture.
var pictures = map[string]*rapid.Generator[drawer]{
	"line": genLine(), "stack chart": genStackChart(), "heat map": genHeatMap(), "big": genBig(), "bars": genBars(),
	"strip": genStrip(), "path": genPath(),
	"stack bar": rapid.Custom(func(t *rapid.T) drawer {
		return StackBar{
			genParts().Draw(t, "parts"), genUnit().Draw(t, "unit"), rapid.Bool().Draw(t, "twin"), rapid.Bool().Draw(t, "legend first"),
		}
	}),
	"spark": rapid.Custom(func(t *rapid.T) drawer {
		return Spark{
			Values: genNumbers().Draw(t, "values"), Max: genNumber().Draw(t, "max"), Style: Series1,
			Times: rapid.SampledFrom([][]float64{nil, genNumbers().Draw(t, "times")}).Draw(t, "timed"), X: Range{0, 60},
		}
	}),
	"frame": rapid.Custom(func(t *rapid.T) drawer {
		title := genText().Draw(t, "title")
		return drawFunc(func(c *Canvas, g Glyphs) { Frame(c, title, Dim, g) })
	}),
}

// TestAnyData draws pictures of any data at any size on a view of a canvas and
// checks what holds for all of them: no panic, nothing outside the view, the
// same cells again, ASCII where promised, halves of wide runes in pairs.
func TestAnyData(t *testing.T) {
	for name, picture := range pictures {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := picture.Draw(t, "picture")
				before := fmt.Sprintf("%v", p)
				w := rapid.IntRange(0, 130).Draw(t, "w")
				h := rapid.IntRange(0, 20).Draw(t, "h")
				if rapid.Bool().Draw(t, "tiny") {
					w, h = w%5, h%4
				}
				ascii := rapid.Bool().Draw(t, "ascii")
				g := Unicode()
				if ascii {
					g = ASCII()
				}

				const margin = 2
				c := NewCanvas(w+2*margin, h+2*margin)
				c.Fill(c.Bounds(), marginStyle, '¤')
				view := c.Sub(Rect{margin, margin, w, h})
				view.Fill(view.Bounds(), Text, ' ')
				p.Draw(view, g)
				checkMargin(t, c, Rect{margin, margin, w, h})
				checkCells(t, view, ascii)

				again := NewCanvas(w, h)
				p.Draw(again, g)
				for y := range h {
					for x := range w {
						if got, want := again.At(x, y), view.At(x, y); got != want {
							t.Fatalf("second drawing differs at %d,%d: %v, was %v", x, y, got, want)
						}
					}
				}
				if _, ok := p.(drawFunc); !ok && fmt.Sprintf("%v", p) != before {
					t.Fatalf("Draw changed its data\n was %s\n now %v", before, p)
				}
			})
		})
	}
}

// marginStyle is the style of the margin around a view under test.
const marginStyle = Broken

// checkMargin checks that nothing outside r was touched.
func checkMargin(t *rapid.T, c *Canvas, r Rect) {
	t.Helper()
	w, h := c.Size()
	for y := range h {
		for x := range w {
			inside := x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
			if cell := c.At(x, y); !inside && cell != (Cell{'¤', marginStyle}) {
				t.Fatalf("drew %q outside its view at %d,%d", cell.Rune, x, y)
			}
		}
	}
}

// checkCells checks that every cell can be shown.
func checkCells(t *rapid.T, c *Canvas, ascii bool) {
	t.Helper()
	w, h := c.Size()
	for y := range h {
		for x := range w {
			r := c.At(x, y).Rune
			switch {
			case ascii && (r < 0x20 || r > 0x7e):
				t.Fatalf("%q at %d,%d is not ASCII", r, x, y)
			case r == 0 && (x == 0 || runeWidth(c.At(x-1, y).Rune) != 2):
				t.Fatalf("right half of nothing at %d,%d", x, y)
			case r != 0 && runeWidth(r) == 0:
				t.Fatalf("%q at %d,%d has no width", r, x, y)
			case runeWidth(r) == 2 && c.At(x+1, y).Rune != 0:
				t.Fatalf("left half of %q alone at %d,%d", r, x, y)
			}
		}
	}
}

// TestAnyText draws texts over each other anywhere on a canvas: wide runes
// stay whole or vanish.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := NewCanvas(rapid.IntRange(0, 12).Draw(t, "w"), rapid.IntRange(0, 2).Draw(t, "h"))
		for range rapid.IntRange(0, 8).Draw(t, "texts") {
			x, y := rapid.IntRange(-5, 14).Draw(t, "x"), rapid.IntRange(-1, 2).Draw(t, "y")
			s := genText().Draw(t, "text")
			if end := c.Text(x, y, Text, s); end-x != Width(s) {
				t.Fatalf("Text(%q) took %d columns, Width says %d", s, end-x, Width(s))
			}
			checkCells(t, c, false)
		}
	})
}

// TestFormatFitsItsWidth checks the promise of the width constants over the
// values a run can show.
func TestFormatFitsItsWidth(t *testing.T) {
	for unit, top := range map[Unit]float64{
		UnitNone: 9.99e20, UnitCount: 1e20, UnitRate: 9.99e20, UnitPercent: 9.99, UnitSpan: 86400 * 999, UnitClock: 99 * 3600,
	} {
		rapid.Check(t, func(t *rapid.T) {
			v := rapid.Float64Range(0, top).Draw(t, "v")
			if s := unit.Format(v); Width(s) > unit.Width() {
				t.Fatalf("%v: %q is wider than %d", unit, s, unit.Width())
			}
		})
	}
}

// TestScaleHoldsItsData checks both scales against any history of data.
func TestScaleHoldsItsData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var linear, log Scale
		for range rapid.IntRange(1, 20).Draw(t, "frames") {
			lo := math.Pow(10, rapid.Float64Range(-9, 9).Draw(t, "lo"))
			hi := lo * math.Pow(10, rapid.Float64Range(0, 6).Draw(t, "span"))
			linear, log = NiceScale(linear, hi), NiceLogScale(log, lo, hi)
			if !linear.valid() || linear.Min != 0 || linear.Max < hi*(1-1e-9) || linear.Max > 6*hi {
				t.Fatalf("NiceScale(%g) = %v", hi, linear)
			}
			const ulps = 1 + 1e-8
			if !log.valid() || log.Min > lo*ulps || log.Max*ulps < hi || log.Min < lo/100 || log.Max > hi*100 {
				t.Fatalf("NiceLogScale(%g, %g) = %v", lo, hi, log)
			}
			if again := NiceScale(linear, hi); again != linear {
				t.Fatalf("NiceScale moves without cause: %v to %v", linear, again)
			}
			if again := NiceLogScale(log, lo, hi); again != log {
				t.Fatalf("NiceLogScale moves without cause: %v to %v", log, again)
			}
		}
	})
}

// TestTicksAreInOrder checks number, order and range of the ticks of any
// scale.
func TestTicksAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := genScale().Draw(t, "scale")
		n := rapid.IntRange(-1, 80).Draw(t, "n")
		ticks := s.appendTicks(nil, n)
		if len(ticks) > max(n, 0) {
			t.Fatalf("%d ticks, asked for %d", len(ticks), n)
		}
		for i, v := range ticks {
			if i > 0 && !(v > ticks[i-1]) {
				t.Fatalf("ticks do not rise: %v", ticks)
			}
			if pos := s.Position(v); !(pos >= 0 && pos <= 1) {
				t.Fatalf("tick %g of %v stands at %g", v, s, pos)
			}
		}
	})
}

// TestWindowSlidesRigidly moves the window by whole cells: the picture must
// shift, not change shape, or a moving chart shimmers.
func TestWindowSlidesRigidly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const w, h = 40, 6
		var s Series
		s.Style = rapid.SampledFrom([]Style{Series1, Twin}).Draw(t, "style")
		at := 0.0
		for range 150 {
			at += rapid.SampledFrom([]float64{0.1, 0.25, 0.5, 1}).Draw(t, "gap")
			s.Times = append(s.Times, at)
			s.Values = append(s.Values, rapid.Float64Range(0, 10).Draw(t, "value"))
		}
		const span = 40.0 // one per cell
		from := rapid.Float64Range(0, 20).Draw(t, "from")
		shift := rapid.IntRange(1, w-1).Draw(t, "shift")
		a := plotOnly(s, Range{from, from + span}, w, h)
		b := plotOnly(s, Range{from + float64(shift), from + float64(shift) + span}, w, h)
		// At the edges a cell can lose the half of its line that is outside.
		for y := range h {
			for x := shift + 1; x < w-1; x++ {
				if a.At(x, y) != b.At(x-shift, y) {
					t.Fatalf("shift %d changes the picture\n%s\n\n%s", shift, a, b)
				}
			}
		}
	})
}

// plotOnly draws a series without axes, from 0 to 10.
func plotOnly(s Series, x Range, w, h int) *Canvas {
	c := NewCanvas(w, h)
	p, _ := newPlotter(*c, x, Scale{Max: 10}, Unicode())
	p.line(&s)
	return c
}

// TestCutIsALongestHead checks cut against the definition.
func TestCutIsALongestHead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := genText().Draw(t, "s"), rapid.IntRange(0, 15).Draw(t, "w")
		head, used := cut(s, w)
		if used > w || !strings.HasPrefix(s, head) || Width(head) != used {
			t.Fatalf("cut(%q, %d) = %q, %d", s, w, head, used)
		}
		if head == s {
			return
		}
		if next, _ := utf8.DecodeRuneInString(s[len(head):]); used+runeWidth(next) <= w {
			t.Fatalf("cut(%q, %d) = %q leaves out %q, which fits", s, w, head, next)
		}
	})
}
