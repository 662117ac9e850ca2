package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// spans draws spans of every magnitude, from 0 to Never. The generator prefers
// small numbers, which have buckets of their own or lie on an edge, so a
// product with the golden ratio of 2^64 scatters them over wide buckets.
func spans() *rapid.Generator[[]Time] {
	anywhere := rapid.Custom(func(t *rapid.T) Time {
		v := rapid.Uint64().Draw(t, "span") * 0x9E3779B97F4A7C15
		return Time(v >> rapid.IntRange(1, 63).Draw(t, "shift"))
	})
	edge := rapid.SampledFrom([]Time{0, 1, 511, 512, 513, 1023, 1024, 1 << 40, Never})
	return rapid.SliceOf(rapid.OneOf(anywhere, anywhere, anywhere, edge))
}

func histogramOf(x []Time) *Histogram {
	h := new(Histogram)
	for _, d := range x {
		h.Record(d)
	}
	return h
}

// checkHistogram fails t if h breaks an invariant.
func checkHistogram(t interface{ Fatalf(string, ...any) }, h *Histogram) {
	var n uint64
	for i, c := range h.counts {
		n += c
		low, high := bucketEdges(uint(i))
		if c > 0 && (high < h.min || low > h.max) {
			t.Fatalf("bucket [%v, %v] is used, outside [%v, %v]", low, high, h.min, h.max)
		}
	}
	if n != h.n {
		t.Fatalf("buckets hold %d spans, n = %d", n, h.n)
	}
	if n > 0 && (h.counts[bucketOf(h.min)] == 0 || h.counts[bucketOf(h.max)] == 0) {
		t.Fatalf("bucket of the minimum %v or the maximum %v is empty", h.min, h.max)
	}
	if n == 0 && *h != (Histogram{}) {
		t.Fatalf("empty histogram is not the zero one")
	}
}

// Buckets tile the whole range: each begins where the one below ends, and is no
// wider than HistogramError of its lower edge.
func TestHistogramBucketsTile(t *testing.T) {
	next := Time(0)
	for i := range uint(histogramBuckets) {
		low, high := bucketEdges(i)
		if low != next || high < low {
			t.Fatalf("bucket %d is [%d, %d], want it to begin at %d", i, low, high, next)
		}
		if bucketOf(low) != i || bucketOf(high) != i {
			t.Fatalf("edges %d and %d of bucket %d are counted in %d and %d",
				low, high, i, bucketOf(low), bucketOf(high))
		}
		if width := float64(high-low) + 1; width > 1 && width > HistogramError*float64(low) {
			t.Fatalf("bucket %d, [%d, %d], is wider than %v of its lower edge", i, low, high, HistogramError)
		}
		next = high + 1 // wraps after the last
	}
	if next != math.MinInt64 {
		t.Errorf("the last bucket ends at %d, want the greatest Time", next-1)
	}
}

// orderStatistic returns the k-th smallest of sorted x, k = ⌈p·n⌉, with p given
// as a fraction so that the product is exact.
func orderStatistic(x []Time, num, den int) Time {
	k := (num*len(x) + den - 1) / den
	return x[max(k, 1)-1]
}

func TestHistogramMatchesSortedSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := spans().Draw(t, "x")
		h := histogramOf(x)
		checkHistogram(t, h)
		if len(x) == 0 {
			return
		}
		slices.Sort(x)
		if h.Min() != x[0].Seconds() || h.Max() != x[len(x)-1].Seconds() {
			t.Fatalf("min %v, max %v, want %v and %v", h.Min(), h.Max(), x[0].Seconds(), x[len(x)-1].Seconds())
		}
		var sum uint128
		for _, d := range x {
			sum.add(uint64(d))
		}
		if h.sum != sum {
			t.Fatalf("sum = %v, want %v", h.sum, sum)
		}
		for _, per10000 := range []int{0, 1, 100, 700, 2500, 5000, 9000, 9900, 9990, 10000} {
			want := orderStatistic(x, per10000, 10000).Seconds()
			got := h.Quantile(float64(per10000) / 10000)
			if math.Abs(got-want) > HistogramError*want {
				t.Fatalf("Quantile(%v) = %v s, want %v s within %v", float64(per10000)/10000, got, want, HistogramError)
			}
		}
	})
}

func TestHistogramRecordNIsRecordNTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := spans().Draw(t, "x")
		d := Time(rapid.Int64Range(0, int64(Hour)).Draw(t, "d"))
		n := rapid.Uint64Range(0, 20).Draw(t, "n")
		once, each := histogramOf(x), histogramOf(x)
		once.RecordN(d, n)
		for range n {
			each.Record(d)
		}
		checkHistogram(t, once)
		if *once != *each {
			t.Fatalf("RecordN(%v, %d) differs from as many calls of Record", d, n)
		}
	})
}

// Of exponential spans of mean 10 ms, the even spread inside buckets leaves an
// error far below the bucket's width. The exact quantile is that of the sorted
// sample; 0.0004 is a tenth of a bucket.
func TestHistogramInterpolates(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	x := make([]Time, 1_000_000)
	for i := range x {
		x[i] = Time(random.ExpFloat64() * float64(10*Millisecond))
	}
	h := histogramOf(x)
	slices.Sort(x)
	for _, per1000 := range []int{10, 100, 500, 900, 990, 999} {
		want := orderStatistic(x, per1000, 1000).Seconds()
		got := h.Quantile(float64(per1000) / 1000)
		if e := math.Abs(got-want) / want; e > 0.0004 {
			t.Errorf("Quantile(%v) = %v s, want %v s: relative error %.2g", float64(per1000)/1000, got, want, e)
		}
	}
}

func TestHistogramWithoutSpansIsAbsent(t *testing.T) {
	var h Histogram
	for name, got := range map[string]float64{
		"Mean": h.Mean(), "Min": h.Min(), "Max": h.Max(), "Quantile(0.5)": h.Quantile(0.5),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s of nothing = %v, want NaN", name, got)
		}
	}
	if h.Sum() != 0 || h.N() != 0 {
		t.Errorf("empty: sum %v, n %v, want 0 and 0", h.Sum(), h.N())
	}
	for range h.Buckets() {
		t.Errorf("Buckets of nothing yields one")
	}
}

// One value repeated is known exactly, however wide its bucket; so are the
// extremes of the range, and a sum beyond 64 bits.
func TestHistogramIsExactAtExtremes(t *testing.T) {
	for _, d := range []Time{0, 1, 511, 512, 513, 1_234_567_891, 100 * Hour, Never} {
		h := histogramOf([]Time{d, d, d, d, d})
		for _, p := range []float64{0, 0.3, 0.5, 0.99, 1} {
			if got := h.Quantile(p); got != d.Seconds() {
				t.Errorf("Quantile(%v) of five times %d ns = %v, want %v", p, d, got, d.Seconds())
			}
		}
		if h.Mean() != d.Seconds() && math.Abs(h.Mean()/d.Seconds()-1) > 1e-15 {
			t.Errorf("Mean of five times %d ns = %v, want %v", d, h.Mean(), d.Seconds())
		}
	}
	h := histogramOf([]Time{0, Never})
	if h.Quantile(0.5) != 0 || h.Quantile(0.51) != Never.Seconds() {
		t.Errorf("of 0 and Never: median %v, above it %v", h.Quantile(0.5), h.Quantile(0.51))
	}
}

// In floating point 0.07·100 is just above 7; the quantile is the 7th value all
// the same.
func TestHistogramRankIsNotOffByRounding(t *testing.T) {
	for n := uint64(1); n <= 1000; n++ {
		for percent := uint64(0); percent <= 100; percent++ {
			want := max((percent*n+99)/100, 1)
			if got := orderOf(float64(percent)/100, n); got != want {
				t.Fatalf("orderOf(%d%%, %d) = %d, want %d", percent, n, got, want)
			}
		}
	}
}

func TestHistogramBuckets(t *testing.T) {
	h := histogramOf([]Time{3, 3, 1000, 1001, 1002, Never})
	var got []Bucket
	for b := range h.Buckets() {
		got = append(got, b)
	}
	// From 512 to 1023 ns buckets are 2 ns wide; the last octave, from 2^62,
	// is divided into 256.
	want := []Bucket{{3, 3, 2}, {1000, 1001, 2}, {1002, 1003, 1}, {Never - 1<<54 + 1, Never, 1}}
	if !slices.Equal(got, want) {
		t.Errorf("Buckets = %v, want %v", got, want)
	}
	for range h.Buckets() {
		break // leaving early must not panic
	}
}

func TestHistogramRefuses(t *testing.T) {
	var h Histogram
	mustPanic(t, "a negative span", func() { h.Record(-1) })
	mustPanic(t, "the most negative span", func() { h.Record(math.MinInt64) })
	checkHistogram(t, &h)
	for _, p := range []float64{-0.1, 1.1, math.NaN()} {
		mustPanic(t, "a p outside [0,1]", func() { h.Quantile(p) })
	}
}

// benchmarkSpans are spans around 10 ms, all within 10 % of it or exponential.
func benchmarkSpans(spread bool) []Time {
	random := rand.New(rand.NewPCG(1, 2))
	x := make([]Time, 1<<16)
	for i := range x {
		if spread {
			x[i] = Time(random.ExpFloat64() * 10e6)
		} else {
			x[i] = Time(10e6 + random.NormFloat64()*0.3e6)
		}
	}
	return x
}

func BenchmarkHistogramRecord(b *testing.B) {
	for _, shape := range []struct {
		name   string
		spread bool
	}{{"narrow", false}, {"spread", true}} {
		b.Run(shape.name, func(b *testing.B) {
			x := benchmarkSpans(shape.spread)
			h := new(Histogram)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				h.Record(x[i&(len(x)-1)])
				i++
			}
		})
	}
}

func BenchmarkHistogramQuantile(b *testing.B) {
	h := histogramOf(benchmarkSpans(true))
	b.ReportAllocs()
	for b.Loop() {
		h.Quantile(0.99)
	}
}

// BenchmarkHistogramWindow is the cost of a window of a running histogram, from
// copy to quantile.
func BenchmarkHistogramWindow(b *testing.B) {
	x := benchmarkSpans(true)
	before := histogramOf(x[:len(x)/2])
	total := histogramOf(x)
	window := new(Histogram)
	b.ReportAllocs()
	for b.Loop() {
		window.CopyFrom(total)
		window.Sub(before)
		window.Quantile(0.99)
	}
}

// TestHistogramAbove: half of what lies in the bucket of the limit is above its
// middle, and all of nothing is nothing.
func TestHistogramAbove(t *testing.T) {
	h := new(Histogram)
	for i := range Time(1000) {
		h.Record(i * Millisecond)
	}
	for _, c := range []struct{ limit, want float64 }{{-1, 1000}, {0.75, 249}, {0.25, 749}, {0.999, 0}, {5, 0}} {
		if got := h.Above(c.limit); math.Abs(got-c.want) > 2 { // a bucket is 2 to 4 ms wide
			t.Errorf("above %v s: %v, want %v", c.limit, got, c.want)
		}
	}
	single := histogramOf([]Time{1000, 1001}) // one bucket, of 2 ns
	if got := single.Above(1001e-9); got != 1 {
		t.Errorf("above the middle of a bucket of two: %v, want 1", got)
	}
	if got := new(Histogram).Above(0); got != 0 {
		t.Errorf("an empty histogram has %v above 0", got)
	}
}
