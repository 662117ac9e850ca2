package sim

import (
	"math"
	"testing"
)

func TestSectionedInterval(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		name  string
		whole float64
		x     []float64
		want  Interval
	}{
		{"nothing", nan, nil, Interval{nan, nan, 0}},
		{"too few", 2, []float64{1, 3}, Interval{2, nan, 2}},
		{"unknown", nan, []float64{1, 2, 3, 4}, Interval{nan, nan, 4}},
		{"all the same", 5, []float64{5, 5, 5, 5, 5}, Interval{5, 0, 5}},
		// A line has no doubt about its mean.
		{"a trend", 3, []float64{1, 2, 3, 4, 5}, Interval{3, 0, 5}},
		// e = 1 -1 -1 1: squares 4, products -1, r = -1/4 + 1/4 = 0, A = 1,
		// t(2, 0.975) = 4.30265, h = t · √(4/8).
		{"by hand", 0, []float64{1, -1, nan, -1, 1}, Interval{0, 4.30265 * math.Sqrt(0.5), 4}},
		// Sections may be off all alike: what holds is the whole.
		{"a biased middle", 7, []float64{2, 2, 2, 2}, Interval{7, 0, 4}},
	} {
		got := SectionedInterval(test.whole, test.x, 0.95)
		same := func(a, b float64) bool {
			return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-4*math.Max(1, math.Abs(b))
		}
		if !same(got.Mean, test.want.Mean) || !same(got.HalfWidth, test.want.HalfWidth) || got.N != test.want.N {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

// TestSectionedIntervalCovers: of many series whose mean is known, about as many
// intervals hold it as they promise. With few sections that depend on their
// neighbours fewer do, which is known of all such intervals (Law 2015,
// "Simulation Modeling and Analysis", 5th ed., § 9.5.3); without the correction
// for what neighbours have in common, hardly half would.
func TestSectionedIntervalCovers(t *testing.T) {
	const series = 1000
	for _, test := range []struct {
		name     string
		sections int
		common   float64 // correlation of neighbours
		trend    float64 // per section
		least    float64
	}{
		// 0.95 less three standard errors, √(0.95·0.05/1000) each.
		{"independent", 20, 0, 0, 0.929},
		{"independent, with a trend", 20, 0, 1, 0.929},
		{"dependent", 40, 0.5, 0, 0.88},
		{"strongly dependent", 40, 0.8, 0.5, 0.78},
	} {
		t.Run(test.name, func(t *testing.T) {
			stream := NewStream(11, 0, "section", test.name)
			held := 0
			for range series {
				x := autoregression(&stream, test.sections, test.common)
				mean := 0.0
				for i := range x {
					x[i] += test.trend * float64(i)
					mean += x[i] / float64(len(x))
				}
				truth := test.trend * float64(len(x)-1) / 2
				if SectionedInterval(mean, x, 0.95).Contains(truth) {
					held++
				}
			}
			if share := float64(held) / series; share < test.least || share > 0.975 {
				t.Errorf("%.3f of the intervals hold the mean, want %.3f to 0.975", share, test.least)
			} else {
				t.Logf("%.3f of the intervals hold the mean", share)
			}
		})
	}
}

// autoregression returns n elements of a stationary first-order autoregression
// with mean 0.
func autoregression(s *Stream, n int, common float64) []float64 {
	x := make([]float64, n)
	last := s.Normal() / math.Sqrt(1-common*common)
	for i := range x {
		last = common*last + s.Normal()
		x[i] = last
	}
	return x
}
