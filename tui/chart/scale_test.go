package chart

import (
	"math"
	"slices"
	"testing"
)

func TestNiceScaleEndsAtNiceNumbers(t *testing.T) {
	for _, tc := range []struct{ max, want float64 }{
		{0.3, 0.3}, {0.31, 0.5}, {1, 1}, {1.01, 2}, {2.2, 3}, {4, 5}, {5.5, 10}, {99, 100},
		{0, 1}, {-3, 1}, {math.NaN(), 1}, {math.Inf(1), 1},
	} {
		got := NiceScale(Scale{}, tc.max)
		if got.Min != 0 || math.Abs(got.Max-tc.want) > 1e-12 {
			t.Errorf("NiceScale(Scale{}, %g) = %v, want 0 to %g", tc.max, got, tc.want)
		}
	}
}

// Data that swing around a bound must not make the axis swing with them.
func TestNiceScaleIsCalm(t *testing.T) {
	s := NiceScale(Scale{}, 101)
	changes := 0
	for i := range 200 {
		next := NiceScale(s, 100*(1+0.3*math.Sin(float64(i))))
		if next != s {
			changes++
		}
		s = next
	}
	if changes != 0 {
		t.Errorf("%d changes for data that swing by 30 %% around 100, want none", changes)
	}
	if got := NiceScale(s, 10); got.Max >= 100 {
		t.Errorf("NiceScale(%v, 10) = %v: does not follow data that fell to a tenth", s, got)
	}
	if got := NiceScale(s, math.NaN()); got != s {
		t.Errorf("NiceScale(%v, NaN) = %v, want no change without data", s, got)
	}
}

func TestNiceLogScale(t *testing.T) {
	unset := Scale{}
	three := Scale{Min: 1e-3, Max: 1, Log: true}
	for _, tc := range []struct {
		name     string
		prev     Scale
		min, max float64
		want     Range
	}{
		{"whole decades", unset, 0.002, 0.4, Range{1e-3, 1}},
		{"at least one", unset, 0.01, 0.01, Range{1e-2, 1e-1}},
		{"no data", unset, math.NaN(), math.NaN(), Range{1e-3, 1}},
		{"no data keeps", Scale{Min: 1, Max: 100, Log: true}, 0, 0, Range{1, 100}},
		{"grows at once", three, 0.002, 1.01, Range{1e-3, 10}},
		{"stays, one decade and a half free", three, 0.002, 0.04, Range{1e-3, 1}},
		{"shrinks beyond that", three, 0.002, 0.03, Range{1e-3, 1e-1}},
		{"linear before", Scale{Max: 1}, 0.02, 0.03, Range{1e-2, 1e-1}},
	} {
		got := NiceLogScale(tc.prev, tc.min, tc.max)
		if !got.Log || math.Abs(got.Min/tc.want.Min-1) > 1e-9 || math.Abs(got.Max/tc.want.Max-1) > 1e-9 {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestPosition(t *testing.T) {
	linear, log := Scale{Min: 0, Max: 10}, Scale{Min: 1, Max: 100, Log: true}
	for _, tc := range []struct {
		s       Scale
		v, want float64
	}{
		{linear, 0, 0}, {linear, 2.5, 0.25}, {linear, 10, 1}, {linear, 11, 1}, {linear, -1, 0},
		{linear, math.Inf(1), 1}, {linear, math.Inf(-1), 0},
		{log, 1, 0}, {log, 10, 0.5}, {log, 100, 1}, {log, 0, 0}, {log, -5, 0},
	} {
		if got := tc.s.Position(tc.v); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%v.Position(%g) = %g, want %g", tc.s, tc.v, got, tc.want)
		}
	}
	for _, s := range []Scale{{}, {Min: 1, Max: 1}, {Min: 2, Max: 1}, {Min: 0, Max: 1, Log: true}} {
		if got := s.Position(1); !math.IsNaN(got) {
			t.Errorf("%v.Position(1) = %g, want NaN: there is no range", s, got)
		}
	}
	if got := linear.Position(math.NaN()); !math.IsNaN(got) {
		t.Errorf("Position(NaN) = %g, want NaN", got)
	}
}

func TestTicks(t *testing.T) {
	for _, tc := range []struct {
		s    Scale
		n    int
		want []float64
	}{
		{Scale{Max: 10}, 6, []float64{0, 2, 4, 6, 8, 10}},
		{Scale{Max: 10}, 5, []float64{0, 5, 10}},
		{Scale{Max: 3}, 4, []float64{0, 1, 2, 3}},
		// 1.5 is no nice step: the ends alone.
		{Scale{Max: 3}, 3, []float64{0, 3}},
		{Scale{Min: 3, Max: 11}, 5, []float64{4, 6, 8, 10}},
		{Scale{Max: 10}, 1, nil},
		{Scale{Min: 1, Max: 1000, Log: true}, 4, []float64{1, 10, 100, 1000}},
		{Scale{Min: 1, Max: 1000, Log: true}, 2, []float64{1, 100}},
		{Scale{Min: 1, Max: 10, Log: true}, 6, []float64{1, 2, 5, 10}},
	} {
		got := tc.s.appendTicks(nil, tc.n)
		if !slices.EqualFunc(got, tc.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("%v, at most %d ticks: got %v, want %v", tc.s, tc.n, got, tc.want)
		}
	}
}

func TestExtent(t *testing.T) {
	lo, hi, ok := Extent([]float64{math.NaN(), 3, -1, math.Inf(1), 2})
	if lo != -1 || hi != 3 || !ok {
		t.Errorf("Extent = %g, %g, %v, want -1, 3, true", lo, hi, ok)
	}
	if _, _, ok := Extent([]float64{math.NaN()}); ok {
		t.Error("Extent of nothing is ok, want not")
	}
}
