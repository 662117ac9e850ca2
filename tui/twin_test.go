package tui

import (
	"math"
	"testing"

	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// TestDifference: what chance explains, and what is too small to matter, is not
// told as if it were a gain.
func TestDifference(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		mean, half, twin float64
		want             string
		style            chart.Style
	}{
		{-0.212, 0.03, 0.3, "p99 −212 ms, 182 to 242", chart.Good},
		{0.02, 0.0001, 0.0017, "p99 +20.0 ms, 19.9 to 20.1", chart.Hot},
		{-0.00023, 0.0001, 0.045, "p99 equal within 1 %", chart.Dim},
		{-0.00044, 0.0001, 0.045, "p99 −440 µs, 340 to 540", chart.Good}, // up to 1.2 %
		{-3.9, 4, 8, "p99 −3.90 s, may be chance", chart.Dim},
		{-3.9, nan, 8, "p99 −3.90 s, may be chance", chart.Dim},
		{0, 0, 0, "p99 the same", chart.Dim},
		{nan, nan, nan, "p99 not measured yet", chart.Dim},
	} {
		p := &picture{look: newLook(PaletteDark, false)}
		d := live.Difference{Measure: "p99", Unit: chart.UnitSpan, Twin: test.twin, Interval: sim.Interval{Mean: test.mean, HalfWidth: test.half, N: 31}}
		if got := p.difference(&d); got != test.want || differenceStyle(&d) != test.style {
			t.Errorf("%v ± %v beside %v: %q in style %v; want %q in %v", test.mean, test.half, test.twin, got, differenceStyle(&d), test.want, test.style)
		}
	}
}
