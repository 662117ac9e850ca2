package sim

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// summary is what a Tally reports, for comparison as one value.
type summary struct {
	N                            uint64
	Mean, Variance, SD, Min, Max float64
}

func summaryOf(t Tally) summary {
	return summary{t.N(), t.Mean(), t.Variance(), t.SD(), t.Min(), t.Max()}
}

// directSummary computes a summary of x in two passes.
func directSummary(x []float64) summary {
	nan := math.NaN()
	s := summary{uint64(len(x)), nan, nan, nan, nan, nan}
	if len(x) == 0 {
		return s
	}
	sum := 0.0
	s.Min, s.Max = x[0], x[0]
	for _, v := range x {
		sum += v
		s.Min = math.Min(s.Min, v)
		s.Max = math.Max(s.Max, v)
	}
	s.Mean = sum / float64(len(x))
	if len(x) < 2 {
		return s
	}
	m2 := 0.0
	for _, v := range x {
		m2 += (v - s.Mean) * (v - s.Mean)
	}
	s.Variance = m2 / float64(len(x)-1)
	s.SD = math.Sqrt(s.Variance)
	return s
}

// near compares floats to a relative error of 1e-9. Values of the tests lie in
// [-1000, 1000], hence the absolute margin for what cancels to zero.
var near = cmp.Options{cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-9, 1e-5)}

func values() *rapid.Generator[[]float64] {
	return rapid.SliceOf(rapid.Float64Range(-1000, 1000))
}

func tallyOf(x []float64) (t Tally) {
	for _, v := range x {
		t.Add(v)
	}
	return t
}

func TestTallyMatchesTwoPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := values().Draw(t, "x")
		if diff := cmp.Diff(directSummary(x), summaryOf(tallyOf(x)), near); diff != "" {
			t.Fatalf("Tally of %v (-direct +tally):\n%s", x, diff)
		}
	})
}

func TestTallyMergeEqualsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(values()).Draw(t, "parts")
		var merged, whole Tally
		for _, x := range parts {
			merged.Merge(tallyOf(x))
			for _, v := range x {
				whole.Add(v)
			}
		}
		if diff := cmp.Diff(summaryOf(whole), summaryOf(merged), near); diff != "" {
			t.Fatalf("merged %v (-whole +merged):\n%s", parts, diff)
		}
	})
}

func TestTallyWithoutValuesIsAbsent(t *testing.T) {
	var empty Tally
	if diff := cmp.Diff(directSummary(nil), summaryOf(empty), near); diff != "" {
		t.Errorf("empty Tally (-want +got):\n%s", diff)
	}
	one := tallyOf([]float64{-3})
	if one.Mean() != -3 || one.Min() != -3 || one.Max() != -3 {
		t.Errorf("Tally of -3: mean %v, min %v, max %v, want -3 each", one.Mean(), one.Min(), one.Max())
	}
	if !math.IsNaN(one.Variance()) || !math.IsNaN(one.SCV()) {
		t.Errorf("Tally of one value: variance %v, SCV %v, want NaN", one.Variance(), one.SCV())
	}
}

// A variance of 1 on top of a mean of 1e9 is lost entirely by the textbook
// sum(x²) - n·mean²; Welford's recurrence keeps it. Three values a-1, a, a+1
// have variance exactly 1.
func TestTallyDoesNotCancel(t *testing.T) {
	const a = 1e9
	tally := tallyOf([]float64{a - 1, a, a + 1})
	if got := tally.Variance(); got != 1 {
		t.Errorf("variance of 1e9-1, 1e9, 1e9+1 = %v, want 1", got)
	}
	constant := tallyOf([]float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1})
	if constant.Mean() != 0.1 || constant.Variance() != 0 {
		t.Errorf("seven times 0.1: mean %v, variance %v, want 0.1 and 0 exactly",
			constant.Mean(), constant.Variance())
	}
}

// For 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squared deviations 32.
func TestTallySCV(t *testing.T) {
	tally := tallyOf([]float64{2, 4, 4, 4, 5, 5, 7, 9})
	if got, want := tally.SCV(), 32.0/7/25; math.Abs(got-want) > 1e-15 {
		t.Errorf("SCV = %v, want %v", got, want)
	}
}

func BenchmarkTallyAdd(b *testing.B) {
	b.ReportAllocs()
	var t Tally
	x := 0.0
	for b.Loop() {
		t.Add(x)
		x++
	}
}
