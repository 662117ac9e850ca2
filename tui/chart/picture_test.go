package chart

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// cellsOf counts the cells of row y whose foreground has the role.
func cellsOf(c *Canvas, y int, role Style) int {
	w, _ := c.Size()
	n := 0
	for x := range w {
		if c.At(x, y).Style.Role() == role {
			n++
		}
	}
	return n
}

// A bar is as long as its load, to an eighth of a cell.
func TestBarLength(t *testing.T) {
	for _, tc := range []struct {
		load float64
		want string
	}{
		{0, "░░░░░░░░"}, {0.5, "████░░░░"}, {1, "████████"}, {1.7, "████████"}, {-1, "░░░░░░░░"},
		{5.0 / 64, "▋░░░░░░░"}, {63.0 / 64, "███████▉"}, {math.NaN(), "░░░░░░░░"},
		{math.Inf(1), "████████"},
	} {
		c := NewCanvas(8, 1)
		drawBar(c, c.Bounds(), tc.load, Text, Unicode())
		if got := c.String(); got != tc.want {
			t.Errorf("bar of %g is %s, want %s", tc.load, got, tc.want)
		}
	}
}

// Whatever part of the bars is shown, the last row tells of the others, and of
// a hot one among them.
func TestHotBarCannotHide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := heatBars()
		b.Bars[3].Note = ""
		hot := rapid.IntRange(0, 7).Draw(t, "hot")
		b.Bars[3].State, b.Bars[5].State = StateCalm, StateCalm
		b.Bars[hot].State = StateHot
		b.First = rapid.IntRange(-2, 12).Draw(t, "first")
		c := NewCanvas(40, rapid.IntRange(1, 9).Draw(t, "h"))
		b.Draw(c, Unicode())
		if n := strings.Count(c.String(), "▲"); n != 1 {
			t.Fatalf("%d hot signs, want 1\n%s", n, c)
		}
	})
}

func TestBarsHit(t *testing.T) {
	b := heatBars() // bar 3 has a note below it
	for _, tc := range []struct{ first, h, y, want int }{
		{0, 9, 0, 0}, {0, 9, 3, 3}, {0, 9, 4, 3}, {0, 9, 5, 4}, {0, 9, 9, -1}, {0, 9, -1, -1},
		{0, 8, 4, 4}, {2, 5, 0, 2}, {2, 5, 4, -1}, {99, 5, 0, 4},
	} {
		b.First = tc.first
		if got := b.Hit(tc.h, tc.y); got != tc.want {
			t.Errorf("first %d, %d rows: Hit(%d) = %d, want %d", tc.first, tc.h, tc.y, got, tc.want)
		}
	}
}

// Every partition is under some cell, in order, and the hottest of a cell is
// what the cell shows.
func TestStripShowsEveryPartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 600).Draw(t, "n")
		s := HeatStrip{Prefix: "P", Loads: make([]float64, n), States: make([]State, n)}
		hot := rapid.IntRange(0, n-1).Draw(t, "hot")
		s.Loads[hot], s.States[hot] = 0.95, StateHot
		w, h := rapid.IntRange(1, 200).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h")
		c := NewCanvas(w, h)
		s.Draw(c, Unicode())
		found := false
		for y := range h {
			for x := range w {
				at := s.Hit(w, h, x, y)
				if at == hot {
					found = true
					if x > 0 && s.Hit(w, h, x-1, y) == hot {
						continue // the blank that ends a cell
					}
					if got := c.At(x, y); got.Rune != '▲' {
						t.Fatalf("hot partition %d shows as %q\n%s", hot, got.Rune, c)
					}
				}
			}
		}
		if !found {
			t.Fatalf("hot partition %d of %d is nowhere on %d by %d\n%s", hot, n, w, h, c)
		}
	})
}

// Segments are as long as their shares, to a cell, and leave no gap.
func TestStackSegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := StackBar{Parts: Stages()}
		total := 0.0
		for i := range s.Parts {
			s.Parts[i].Value = rapid.Float64Range(0, 5).Draw(t, "value")
			total += s.Parts[i].Value
		}
		if total == 0 {
			return
		}
		w := rapid.IntRange(1, 150).Draw(t, "w")
		c := NewCanvas(w, 1)
		s.drawSegments(c, 0, w, total, false, Unicode())
		sum := 0
		for i := range s.Parts {
			got := cellsOf(c, 0, s.Parts[i].Style)
			if want := s.Parts[i].Value / total * float64(w); math.Abs(float64(got)-want) >= 1+1e-9 {
				t.Fatalf("%s has %d cells, want %.2f\n%s", s.Parts[i].Name, got, want, c)
			}
			sum += got
		}
		if sum != w {
			t.Fatalf("segments fill %d of %d cells\n%s", sum, w, c)
		}
	})
}

// A bar and its twin share a scale: a quarter of the time is a quarter of the
// length.
func TestStackTwinScale(t *testing.T) {
	s := StackBar{ShowTwin: true, Parts: []Part{{Name: "queue", Key: 'Q', Style: StageQueue, Value: 1, Twin: 4}}}
	c := NewCanvas(86, 3) // 80 for the bar, 1 blank and 5 for the number
	s.Draw(c, Unicode())
	if now, twin := cellsOf(c, 0, StageQueue), cellsOf(c, 1, StageQueue); now != 20 || twin != 80 {
		t.Errorf("bars of %d and %d cells, want 20 and 80\n%s", now, twin, c)
	}
}

// The columns of a stack chart are as high as the sums of their parts, and the
// cells in which two parts meet show both.
func TestStackChartColumns(t *testing.T) {
	s := StackChart{X: Range{0, 4}, Y: Scale{Max: 24}, Parts: Stages()[:2]}
	s.Times = []float64{1, 2, 3, 4}
	s.Values = [][]float64{{3, 8, 12, math.NaN()}, {2, 5, 20, 9}} // in eighths of a cell
	c := NewCanvas(4, 3)
	p, _ := newPlotter(*c, s.X, s.Y, Glyphs{Rise: Unicode().Rise, Full: '█'})
	p.held(s.Times, func(x, i int) { s.drawColumn(&p, x, i) })
	a, q := StageAllocator, StageQueue
	for x, want := range [4][3]Cell{ // from the bottom
		{{'▅', a}, blank, blank},
		{{'█', a}, {'▅', q}, blank},
		{{'█', a}, {'▄', a.On(q)}, {'█', q}},
		{{'█', q}, {'▁', q}, blank},
	} {
		for row, cell := range want {
			if got := c.At(x, 2-row); got != cell {
				t.Errorf("column %d, row %d is %q in %v, want %q in %v", x, row, got.Rune, got.Style, cell.Rune, cell.Style)
			}
		}
	}
}

// A mark keeps what fills a cell as its background, and nothing else: neither
// another mark nor the edge of an area becomes an area.
func TestMarkKeepsAreas(t *testing.T) {
	g := Unicode()
	a, q := StageAllocator, StageQueue
	for _, test := range []struct {
		name string
		cell Cell
		want Style
	}{
		{"nothing", blank, Marker},
		{"an area", Cell{g.Full, a}, Marker.On(a)},
		{"the key of an area", Cell{'A', a | Reverse | Bold}, Marker.On(a)},
		{"an area below a larger", Cell{g.Rise[2], a.On(q)}, Marker.On(q)},
		{"an area above a larger", Cell{g.Rise[4], a.On(q)}, Marker.On(a)},
		{"the edge of an area", Cell{g.Rise[3], a}, Marker},
		{"a mark", Cell{g.MarkLine, Marker}, Marker},
		{"a mark over an area", Cell{g.MarkLine, Marker.On(a)}, Marker.On(a)},
	} {
		c := NewCanvas(1, 1)
		c.put(0, 0, test.cell.Style, test.cell.Rune)
		p, _ := newPlotter(*c, Range{0, 1}, Scale{Max: 1}, g)
		p.mark(Mark{X: 1})
		if got := c.At(0, 0); got != (Cell{g.MarkLine, test.want}) {
			t.Errorf("over %s: %q in %v, want %v", test.name, got.Rune, got.Style, test.want)
		}
	}
}

// Nodes never overlap, stay on the canvas, keep their order and are where Hit
// finds them.
func TestPathLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := genPath().Draw(t, "path").(Path)
		w, h := rapid.IntRange(0, 250).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
		l := p.layout(w, h)
		if need := l.n*(minNodeCols+minGap) - minGap; w < need {
			return // too narrow even for cut nodes: clipped at the right
		}
		for i := range l.n {
			if l.w[i] < 0 || l.x[i] < 0 || l.x[i]+l.w[i] > w {
				t.Fatalf("node %d at %d, %d wide, leaves %d columns", i, l.x[i], l.w[i], w)
			}
			if i > 0 && l.x[i] < l.x[i-1]+l.w[i-1]+minGap {
				t.Fatalf("node %d at %d touches the one before, at %d, %d wide", i, l.x[i], l.x[i-1], l.w[i-1])
			}
			if got := p.Hit(w, h, l.x[i], 0); l.w[i] > 0 && got != i {
				t.Fatalf("Hit on node %d reports %d", i, got)
			}
		}
	})
}

// Becoming hot changes signs and styles, not places.
func TestPathStaysWhenHot(t *testing.T) {
	for _, s := range []size{{78, 1}, {78, 2}, {118, 2}, {198, 4}} {
		calm, hot := path(), path()
		for i := range calm.Nodes {
			calm.Nodes[i].State, hot.Nodes[i].State = StateCalm, StateHot
		}
		if a, b := calm.layout(s.w, s.h), hot.layout(s.w, s.h); a != b {
			t.Errorf("%v: layout %v becomes %v", s, a, b)
		}
		c := NewCanvas(s.w, s.h)
		hot.Draw(c, Unicode())
		if n := strings.Count(c.String(), "▲"); n != len(hot.Nodes) {
			t.Errorf("%v: %d hot signs for %d hot nodes\n%s", s, n, len(hot.Nodes), c)
		}
	}
}

// A path fills its width exactly: the last node ends at the right edge.
func TestPathFillsItsWidth(t *testing.T) {
	for w := 78; w <= 200; w++ {
		c := NewCanvas(w, 4)
		p := path()
		p.Draw(c, Unicode())
		l := p.layout(w, 4)
		end := l.x[l.n-1] + l.w[l.n-1]
		if l.boxes {
			end += 2
		}
		if end != w {
			t.Fatalf("width %d: the path ends at %d\n%s", w, end, c)
		}
	}
}

func TestSpark(t *testing.T) {
	for _, tc := range []struct {
		spark Spark
		want  string
	}{
		{Spark{Values: []float64{0, 1, 2, 4, 8}}, "    ▁▂▄█"},
		{Spark{Values: []float64{8, 0.001}, Max: 16}, "      ▄▁"},
		{Spark{Values: []float64{1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8}}, "▅▆▇█████"},
		{Spark{Values: []float64{1, math.NaN(), -1, math.Inf(1)}, Max: 2}, "    ▄  █"},
		{Spark{}, ""},
		// On an axis: two samples in the second column, none in the fourth, an
		// absent one in the fifth, nothing after the last; the window ends later.
		{Spark{Values: []float64{1, 8, 2, 4, math.NaN(), 8}, Times: []float64{0.5, 1.2, 1.8, 2.5, 4.5, 5.5}, X: Range{0, 8}}, "▁▂▄▄ █"},
	} {
		c := NewCanvas(8, 1)
		tc.spark.Draw(c, Unicode())
		if got := c.String(); got != tc.want {
			t.Errorf("%v: got %q (%d), want %q", tc.spark, got, utf8.RuneCountInString(got), tc.want)
		}
	}
}

func TestHeatLimits(t *testing.T) {
	for _, tc := range []struct {
		load float64
		want Style
	}{
		{-1, Heat0}, {0, Heat0}, {0.29, Heat0}, {0.3, Heat1}, {0.5, Heat2}, {0.7, Heat3}, {0.9, Heat4},
		{7, Heat4}, {math.Inf(1), Heat4}, {math.NaN(), Dim},
	} {
		if got := Heat(tc.load); got != tc.want {
			t.Errorf("Heat(%g) = %v, want %v", tc.load, got, tc.want)
		}
	}
}

// What is hot or down is so in style as well as by its sign.
func TestStatesHaveStyles(t *testing.T) {
	c := NewCanvas(60, 9)
	heatBars().Draw(c, Unicode())
	for _, tc := range []struct {
		x, y int
		want Style
	}{
		{0, 0, Text}, {4, 0, Heat1}, {0, 3, Hot | Bold}, {0, 6, Broken | Bold},
	} {
		if got := c.At(tc.x, tc.y).Style; got != tc.want {
			t.Errorf("bars: style at %d,%d is %v, want %v\n%s", tc.x, tc.y, got, tc.want, c)
		}
	}
	c = NewCanvas(118, 2)
	p := path()
	p.Nodes[2].Selected = true
	p.Draw(c, Unicode())
	l := p.layout(118, 2)
	for _, tc := range []struct {
		node, y int
		want    Style
	}{
		{0, 0, Text | Bold}, {0, 1, Text}, {1, 0, Hot | Bold}, {1, 1, Hot | Bold},
		{2, 0, Hot | Bold | Reverse}, {4, 1, Broken | Bold}, {6, 1, Good},
	} {
		if got := c.At(l.x[tc.node], tc.y).Style; got != tc.want {
			t.Errorf("path: style of node %d in row %d is %v, want %v\n%s", tc.node, tc.y, got, tc.want, c)
		}
	}
	c = NewCanvas(32, 2)
	s := heatStrip(16)
	s.ShowCursor, s.Cursor = true, 10
	s.Draw(c, Unicode())
	if got, want := c.At(len("P00-15 ")+10, 0), (Cell{'▲', Hot | Bold | Reverse}); got != want {
		t.Errorf("strip: partition 10 is %q in %v, want %q in %v\n%s", got.Rune, got.Style, want.Rune, want.Style, c)
	}
}
