package sim

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestHistogramMergeEqualsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(spans(), 0, 4).Draw(t, "parts")
		var merged, whole Histogram
		for _, x := range parts {
			merged.Merge(histogramOf(x))
			for _, d := range x {
				whole.Record(d)
			}
		}
		if merged != whole {
			t.Fatalf("merging %v differs from recording all", parts)
		}
	})
}

func TestHistogramCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := histogramOf(spans().Draw(t, "h"))
		old := histogramOf(spans().Draw(t, "old"))
		clone := h.Clone()
		old.CopyFrom(h)
		if *clone != *h || *old != *h {
			t.Fatalf("Clone or CopyFrom differs from the original")
		}
		h.CopyFrom(h)
		if *clone != *h {
			t.Fatalf("CopyFrom itself changed a histogram")
		}
		h.Record(1)
		if clone.N() == h.N() {
			t.Fatalf("recording changed the clone")
		}
		h.Reset()
		checkHistogram(t, h)
		if h.N() != 0 {
			t.Fatalf("after Reset, n = %d", h.N())
		}
	})
}

// A window holds the counts and the sum of what was recorded since; its extremes
// lie in the buckets of the true ones.
func TestHistogramSubLeavesTheWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := spans().Draw(t, "first")
		since := spans().Draw(t, "since")
		before := histogramOf(first)
		window := histogramOf(append(first[:len(first):len(first)], since...))
		window.Sub(before)
		checkHistogram(t, window)
		want := histogramOf(since)
		if window.n != want.n || window.sum != want.sum || window.counts != want.counts {
			t.Fatalf("window of %d spans, sum %v, want %d and %v", window.n, window.sum, want.n, want.sum)
		}
		if want.n == 0 {
			return
		}
		if window.min > want.min || window.max < want.max {
			t.Fatalf("window spans [%v, %v], want it to cover [%v, %v]", window.min, window.max, want.min, want.max)
		}
		if bucketOf(window.min) != bucketOf(want.min) || bucketOf(window.max) != bucketOf(want.max) {
			t.Fatalf("window spans [%v, %v], beyond the buckets of [%v, %v]", window.min, window.max, want.min, want.max)
		}
		if len(first) > 0 && want.max > before.max && window.max != want.max {
			t.Fatalf("a new maximum %v is known as %v", want.max, window.max)
		}
		if len(first) > 0 && want.min < before.min && window.min != want.min {
			t.Fatalf("a new minimum %v is known as %v", want.min, window.min)
		}
	})
}

// Counts are of 64 bits: what would wrap in 32 does not.
func TestHistogramCountsBeyond32Bits(t *testing.T) {
	var h Histogram
	h.Record(5)
	for range 33 { // doubles the count 33 times
		h.Merge(h.Clone())
	}
	h.Record(7)
	if want := uint64(1<<33 + 1); h.N() != want || h.counts[5] != 1<<33 {
		t.Errorf("n = %d with %d in the bucket of 5, want %d and %d", h.N(), h.counts[5], want, uint64(1)<<33)
	}
	if got := h.Quantile(0.5); got != Time(5).Seconds() {
		t.Errorf("median = %v, want 5 ns", got)
	}
	if want := (5.0*(1<<33) + 7) / (1<<33 + 1) / 1e9; math.Abs(h.Mean()-want) > 1e-15*want {
		t.Errorf("mean = %v s, want %v s", h.Mean(), want)
	}
}

func TestHistogramSubRefusesWhatItNeverHeld(t *testing.T) {
	h := histogramOf([]Time{1, 2, 3})
	before := h.Clone()
	mustPanic(t, "subtracting more than was recorded", func() { h.Sub(histogramOf([]Time{2, 2})) })
	if *h != *before {
		t.Errorf("a refused Sub changed the histogram")
	}
}

func TestHistogramOperationsDoNotAllocate(t *testing.T) {
	total := histogramOf(benchmarkSpans(true))
	window, before := new(Histogram), histogramOf([]Time{total.max})
	allocs := testing.AllocsPerRun(10, func() {
		total.Record(Millisecond)
		window.CopyFrom(total)
		window.Sub(before)
		window.Merge(before)
		window.Quantile(0.99)
		window.Reset()
	})
	if allocs != 0 {
		t.Errorf("recording, windows and quantiles allocate %v times, want 0", allocs)
	}
}
