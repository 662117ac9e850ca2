package chart

import (
	"math"
	"math/bits"
	"strings"
	"testing"
)

// dotsPerColumn counts the dots of a braille canvas in every dot column.
func dotsPerColumn(c *Canvas) []int {
	w, h := c.Size()
	dots := make([]int, 2*w)
	for y := range h {
		for x := range w {
			if r := c.At(x, y).Rune; r > brailleBlank && r < brailleBlank+0x100 {
				left := uint(r-brailleBlank) & 0x47 // dots 1, 2, 3 and 7
				dots[2*x] += bits.OnesCount(left)
				dots[2*x+1] += bits.OnesCount(uint(r-brailleBlank) &^ 0x47)
			}
		}
	}
	return dots
}

// ramp is a series from (0, from) to (n, to) with a sample per unit.
func ramp(n int, from, to float64, s Style) Series {
	r := Series{Style: s}
	for i := range n + 1 {
		r.Times = append(r.Times, float64(i))
		r.Values = append(r.Values, from+(to-from)*float64(i)/float64(n))
	}
	return r
}

// A straight line that rises less than a dot per column has one dot in each,
// from the bottom left to the top right.
func TestLineIsThinAndWhole(t *testing.T) {
	c := plotOnly(ramp(20, 0, 10, Series1), Range{0, 20}, 40, 5)
	for x, n := range dotsPerColumn(c) {
		if n != 1 {
			t.Errorf("dot column %d has %d dots, want 1\n%s", x, n, c)
		}
	}
	if bottom, top := c.At(0, 4).Rune, c.At(39, 0).Rune; bottom == ' ' || top == ' ' {
		t.Errorf("a line from corner to corner misses them\n%s", c)
	}
}

// A jump is a vertical line without holes.
func TestLineJump(t *testing.T) {
	s := Series{Times: []float64{1, 5, 5, 10}, Values: []float64{0, 0, 10, 10}, Style: Series1}
	c := plotOnly(s, Range{0, 10}, 10, 4)
	total := 0
	for _, n := range dotsPerColumn(c) {
		total += n
	}
	// 16 rows of dots in the column of the jump and one dot in each of the 18
	// others from t = 1 on; two columns are a unit wide, and number 0 ends there.
	if want := 16 + 18; total != want {
		t.Errorf("%d dots, want %d\n%s", total, want, c)
	}
}

func TestLineGap(t *testing.T) {
	s := ramp(20, 5, 5, Series1)
	for i := 8; i < 13; i++ {
		s.Values[i] = math.NaN()
	}
	s.Values[10] = 5 // alone between two gaps
	c := plotOnly(s, Range{0, 20}, 10, 1)
	// Columns are a unit wide and sample k ends column k-1: samples 1 to 7, 10
	// and 13 to 20 are there.
	want := "1111111" + "00" + "1" + "00" + "11111111"
	var got strings.Builder
	for _, n := range dotsPerColumn(c) {
		got.WriteByte(byte('0' + n))
	}
	if got.String() != want {
		t.Errorf("dots %s, want %s\n%s", &got, want, c)
	}
}

// The twin is dotted, so it differs from the main line without colour.
func TestTwinIsDotted(t *testing.T) {
	solid := plotOnly(ramp(20, 2, 8, Series1), Range{0, 20}, 40, 5)
	dotted := plotOnly(ramp(20, 2, 8, Twin), Range{0, 20}, 40, 5)
	s, d := 0, 0
	for x := range 80 {
		s += dotsPerColumn(solid)[x]
		d += dotsPerColumn(dotted)[x]
	}
	if d*2 != s {
		t.Errorf("twin has %d dots, solid line %d, want half\n%s", d, s, dotted)
	}
}

// In a cell shared by two lines the one drawn last is seen, alone.
func TestLastSeriesOnTop(t *testing.T) {
	c := NewCanvas(10, 1)
	LineChart{
		X: Range{0, 20}, Y: Scale{Max: 10},
		Series: []Series{ramp(20, 2, 2, Twin), ramp(20, 8, 8, Series1)},
	}.Draw(c, Unicode())
	for x := range 10 {
		if got := c.At(x, 0); got.Style != Series1 || got.Rune != '⠉' && got.Rune != '⠒' {
			t.Fatalf("cell %d is %q in %v, want the upper line alone\n%s", x, got.Rune, got.Style, c)
		}
	}
}

func TestMarks(t *testing.T) {
	c := NewCanvas(60, 8)
	chart := LineChart{
		X: Range{0, 60}, XUnit: UnitClock, Y: Scale{Max: 10},
		Series: []Series{ramp(60, 1, 1, Series1)},
		Marks:  []Mark{{30, "batch 64"}, {59.5, "burst"}, {90, "later"}, {math.NaN(), "never"}},
	}
	chart.Draw(c, Unicode())
	for _, want := range []string{"┊batch 64", "burst┊"} {
		if !strings.Contains(c.String(), want) {
			t.Errorf("%q is not in the chart\n%s", want, c)
		}
	}
	for _, not := range []string{"later", "never"} {
		if strings.Contains(c.String(), not) {
			t.Errorf("%q is in the chart, but not in its range\n%s", not, c)
		}
	}
	if got := strings.Count(c.String(), "┊"); got < 2*5 {
		t.Errorf("%d cells of mark lines, want two lines over all rows but the one with data\n%s", got, c)
	}
}

// Charts above each other line up when they share a gutter.
func TestGutterAlignsCharts(t *testing.T) {
	for _, max := range []float64{1, 1000} {
		c := NewCanvas(40, 6)
		LineChart{X: Range{0, 10}, Y: Scale{Max: max}, Unit: UnitCount, Gutter: 9}.Draw(c, Unicode())
		if got := c.At(8, 0).Rune; got != '┤' {
			t.Errorf("axis to %g: column 8 holds %q, want the axis\n%s", max, got, c)
		}
	}
}

// Charts above each other agree on the cell of an instant, whether they draw
// dots or cells; an axis begins in the first cell and ends in the last.
func TestDotsAndCellsAgree(t *testing.T) {
	dots, cells := Unicode(), Unicode()
	cells.Braille = false
	for _, x := range []Range{{0, 10}, {0, 20}, {0, 30}, {0, 60}, {1.3, 61.3}, {47.1, 107.1}, {3540.7, 3600.7}} {
		for w := 10; w <= 200; w++ {
			c := NewCanvas(w, 3)
			p, _ := newPlotter(*c, x, Scale{Max: 1}, dots)
			q, _ := newPlotter(*c, x, Scale{Max: 1}, cells)
			for at := x.Max; at > x.Min; at -= 0.5 {
				a, onA := p.cellColumn(at)
				b, onB := q.cellColumn(at)
				if onA != onB || onA && a != b {
					t.Fatalf("%g s of %v is in cell %d (%t) of %d among dots and in %d (%t) among cells", at, x, a, onA, w, b, onB)
				}
			}
			if last, _ := q.cellColumn(x.Max); last != w-1 {
				t.Fatalf("the end of %v is in cell %d of %d", x, last, w)
			}
			if x.Min == 0 && (p.origin != 0 || q.origin != 0) {
				t.Fatalf("%v begins %g dots and %g cells before the first of %d", x, p.origin, q.origin, w)
			}
		}
	}
}

// Legends name every series when there is room, and never overlap.
func TestLegendNamesAll(t *testing.T) {
	l := LineChart{X: Range{0, 10}, Y: Scale{Max: 10}, Unit: UnitCount}
	for _, name := range []string{"one", "two", "three", "four"} {
		s := ramp(10, 5, 5, Series1) // all end at the same height
		s.Name = name
		l.Series = append(l.Series, s)
	}
	for _, s := range []size{{100, 5}, {100, 20}, {90, 6}} {
		c := NewCanvas(s.w, s.h)
		l.Draw(c, Unicode())
		for i := range l.Series {
			if !strings.Contains(c.String(), l.Series[i].Name) {
				t.Errorf("%v: legend does not name %s\n%s", s, l.Series[i].Name, c)
			}
		}
	}
}

// The plotter's shortcut agrees with the scale.
func TestHeightIsPosition(t *testing.T) {
	for _, s := range []Scale{{Max: 10}, {Min: 0.001, Max: 10, Log: true}} {
		p, _ := newPlotter(*NewCanvas(10, 5), Range{0, 1}, s, Unicode())
		for _, v := range []float64{math.Inf(-1), -1, 0, 0.001, 0.5, 3, 10, 11, math.Inf(1)} {
			if got, want := p.height(v), (1-s.Position(v))*19; math.Abs(got-want) > 1e-9 {
				t.Errorf("%v: height of %g is %g dots, want %g", s, v, got, want)
			}
		}
	}
}

// Two lines that only their colours tell apart carry their labels: beside the
// newest sample where there is room, else before it, and neither over a line.
func TestSeriesLabels(t *testing.T) {
	for _, tc := range []struct {
		name string
		x    Range
		want string
	}{
		{"right of the newest sample", Range{0, 40}, "⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉p99\n\n\n⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀p50"},
		{"no room there", Range{0, 20}, "⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉\n                p99\n                p50\n⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀"},
	} {
		high, low := ramp(20, 10, 10, Series2), ramp(20, 0, 0, Series1)
		high.Label, low.Label = "p99", "p50"
		c := NewCanvas(20, 4)
		l := LineChart{X: tc.x, Y: Scale{Max: 10}, Series: []Series{high, low}}
		l.drawPlot(c, c.Bounds(), Unicode())
		if got := strings.TrimRight(c.String(), "\n"); got != tc.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

// Labels of marks that stand close: none is lost as long as there are rows, and
// no two read as one.
func TestLabelsOfNearMarks(t *testing.T) {
	c := NewCanvas(24, 4)
	l := LineChart{X: Range{0, 24}, Y: Scale{Max: 1}, Marks: []Mark{{10, "ids range"}, {13, "batch 64"}, {15, "over"}}}
	l.drawPlot(c, c.Bounds(), ASCII())
	for _, label := range []string{"ids range", "batch 64", "over"} {
		if !strings.Contains(c.String(), label) {
			t.Errorf("%q is lost:\n%s", label, c)
		}
	}
	for _, joined := range []string{"rangeover", "rangebatch", "64over", "overbatch"} {
		if strings.Contains(c.String(), joined) {
			t.Errorf("%q reads as one:\n%s", joined, c)
		}
	}
}
