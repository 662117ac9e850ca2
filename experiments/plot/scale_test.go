package plot

import (
	"math"
	"slices"
	"strings"
	"testing"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

func texts(ticks []gonum.Tick) string {
	var list []string
	for _, t := range ticks {
		if t.Label != "" {
			list = append(list, t.Label)
		}
	}
	return strings.ReplaceAll(strings.Join(list, " "), "\u00a0", "_")
}

func TestAxes(t *testing.T) {
	for _, c := range []struct {
		axis         Axis
		lo, hi       float64
		label, ticks string
	}{
		{Axis{Label: "ack", Unit: Seconds}, 0.002, 0.019, "ack (ms)", "0 5 10 15 20"},
		{Axis{Label: "ack", Unit: Seconds}, 2e-6, 19e-6, "ack (us)", "0 5 10 15 20"},
		{Axis{Label: "time", Unit: Seconds}, 0, 60, "time (s)", "0 20 40 60"},
		{Axis{Label: "time", Unit: Seconds}, 0, 7200, "time (min)", "0 50 100 150"},
		{Axis{Label: "load", Unit: PerSecond}, 100, 1900, "load (/s)", "0 500 1_000 1_500 2_000"},
		{Axis{Label: "load", Unit: PerSecond}, 100, 19000, "load (/s)", "100 1_000 10_000"},
		{Axis{Label: "load", Unit: PerSecond, Scale: Linear}, 100, 19000, "load (k/s)", "0 5 10 15 20"},
		{Axis{Label: "busy", Unit: Percent}, 0.2, 0.98, "busy (%)", "0 50 100"},
		{Axis{Label: "writes", Unit: "writes"}, 0, 3e6, "writes (M writes)", "0 1 2 3"},
		{Axis{Label: "skew"}, -1.1, 1.4, "skew", "−2 −1 0 1 2"},
		{Axis{Label: "batch size", Scale: Log}, 1, 1000, "batch size", "1 10 100 1_000"},
		{Axis{Label: "skew", Scale: Log}, 1.1, 1.8, "skew", "1 2"},
	} {
		seen := extent{c.lo, c.hi}
		a := c.axis.ready(c.axis.Scale.resolve(seen), seen, 150, 30, true, true)
		if a.label != c.label || texts(a.ticks) != c.ticks {
			t.Errorf("%+v from %v to %v: %q with ticks %q, want %q with %q", c.axis, c.lo, c.hi, a.label, texts(a.ticks), c.label, c.ticks)
		}
	}
}

// Between two multiples of a decade a logarithmic axis has ticks as well.
func TestNarrowLogAxis(t *testing.T) {
	a := Axis{Scale: Log}.ready(Log, extent{1.1, 1.8}, 150, 30, false, false)
	if got := texts(a.ticks); got != "1.2 1.4 1.6 1.8" {
		t.Errorf("ticks %q", got)
	}
}

// Whatever the values, an axis holds them, and its ticks lie on it in order.
func TestAxesHoldTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Axis{
			Unit:  rapid.SampledFrom([]Unit{Seconds, PerSecond, Percent, "writes", ""}).Draw(t, "unit"),
			Scale: rapid.SampledFrom([]Scale{Auto, Linear, Log}).Draw(t, "scale"),
		}
		number := rapid.Float64Range(-1e12, 1e12)
		if a.Scale == Log {
			number = rapid.Float64Range(1e-12, 1e12)
		}
		seen := nothing()
		seen.see(rapid.SliceOfN(number, 1, 5).Draw(t, "values")...)
		even := rapid.Bool().Draw(t, "even")
		r := a.ready(a.Scale.resolve(seen), seen, vg.Length(rapid.Float64Range(20, 500).Draw(t, "room")), 30, rapid.Bool().Draw(t, "zero"), even)
		slack := 1e-9 * math.Max(math.Abs(r.lo), math.Abs(r.hi))
		if !(r.lo < r.hi) || r.lo > seen.lo+slack || r.hi < seen.hi-slack {
			t.Fatalf("axis from %v to %v does not hold %v", r.lo, r.hi, seen)
		}
		labelled := 0
		for i, tick := range r.ticks {
			if tick.Value < r.lo-slack || tick.Value > r.hi+slack || i > 0 && tick.Value <= r.ticks[i-1].Value {
				t.Fatalf("tick %d at %v of an axis from %v to %v: %v", i, tick.Value, r.lo, r.hi, r.ticks)
			}
			if tick.Label != "" {
				labelled++
			}
		}
		if labelled < 2 {
			t.Fatalf("%d labels on an axis from %v to %v", labelled, r.lo, r.hi)
		}
	})
}

// TestIntervalsOfShares: an interval may say less than nothing or more than the
// whole, but the axis does not.
func TestIntervalsOfShares(t *testing.T) {
	for _, form := range []Form{Line, Points} {
		f := Figure{Y: Axis{Unit: Percent}, Series: []Series{
			{Form: form, X: []float64{1, 2}, Y: []float64{0.1, 0.9}, Low: []float64{-0.4, 0.5}, High: []float64{0.6, 1.3}},
		}}
		if _, ys := f.positions(Linear, Linear); ys.lo != 0 || ys.hi != 1 {
			t.Errorf("form %v: from %v to %v", form, ys.lo, ys.hi)
		}
	}
}

func TestTickText(t *testing.T) {
	for _, c := range []struct {
		v, step float64
		want    string
	}{
		{0, 1, "0"}, {1.5, 0.5, "1.5"}, {-20, 10, "−20"}, {12000, 2000, "12_000"}, {1234567.5, 0.5, "1_234_567.5"},
		{0.1 + 0.2, 0.1, "0.3"}, {-0.0001, 0.1, "0.0"}, {1e9, 1e9, "1e+09"}, {1e-9, 1e-9, "1e−09"},
	} {
		if got := strings.ReplaceAll(tickText(c.v, c.step), "\u00a0", "_"); got != c.want {
			t.Errorf("tickText(%v, %v) = %q, want %q", c.v, c.step, got, c.want)
		}
	}
}

// Names beside the data keep their distance and their order, and do not move
// without need.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const gap, lo, hi = 11, 0, 200
		wanted := rapid.SliceOfN(rapid.Float64Range(lo, hi), 1, 18).Draw(t, "wanted")
		slices.Sort(wanted)
		slices.Reverse(wanted)
		in := make([]vg.Length, len(wanted))
		free := true
		for i, y := range wanted {
			in[i] = vg.Length(y)
			free = free && (i == 0 || wanted[i-1]-y >= gap)
		}
		placed := spread(in, gap, lo, hi)
		for i, y := range placed {
			if y < lo-1e-9 || y > hi+1e-9 {
				t.Fatalf("%v leaves %v to %v: %v", y, lo, hi, placed)
			}
			if i > 0 && placed[i-1]-y < gap-1e-9 {
				t.Fatalf("closer than %v: %v", gap, placed)
			}
			if free && math.Abs(float64(y-in[i])) > 1e-9 {
				t.Fatalf("moved without need: %v to %v", in, placed)
			}
		}
	})
}
