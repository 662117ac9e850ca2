package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var (
	zipfExponents = []float64{0, 0.5, 0.9, 0.99, 1, 1.2, 2}
	zipfRanks     = []uint64{1, 2, 10, 1000, 1_000_000}
)

// eachZipf runs f for every exponent and number of ranks.
func eachZipf(t *testing.T, f func(t *testing.T, n uint64, s float64)) {
	for _, n := range zipfRanks {
		for _, s := range zipfExponents {
			t.Run(fmt.Sprintf("n=%d/s=%v", n, s), func(t *testing.T) { f(t, n, s) })
		}
	}
}

// The frequencies of ranks, gathered to cells of 20 expected samples or more,
// follow the law computed term by term.
func TestZipfFrequencies(t *testing.T) {
	eachZipf(t, func(t *testing.T, n uint64, s float64) {
		const samples = 200_000
		z, stream := NewZipf(n, s), NewStream(5, 0, "zipf", "")
		counts := make([]float64, n)
		for range samples {
			counts[z.Sample(&stream)]++
		}
		total := 0.0
		for k := range n {
			total += math.Pow(float64(k+1), -s)
		}
		var observed, expected []float64
		o, e, left := 0.0, 0.0, float64(samples)
		for k := range n {
			p := math.Pow(float64(k+1), -s) / total
			o, e, left = o+counts[k], e+samples*p, left-samples*p
			if e >= 20 && left >= 20 || k == n-1 {
				observed, expected = append(observed, o), append(expected, e)
				o, e = 0, 0
			}
		}
		wantChiSquare(t, "ranks", observed, expected, 1)
	})
}

func TestZipfProbability(t *testing.T) {
	eachZipf(t, func(t *testing.T, n uint64, s float64) {
		z := NewZipf(n, s)
		total := 0.0
		for k := n; k > 0; k-- { // the smallest terms first lose least
			total += math.Pow(float64(k), -s)
		}
		for _, k := range []uint64{0, n / 3, n - 1} {
			want := math.Pow(float64(k+1), -s) / total
			if got := z.Probability(k); math.Abs(got-want) > 1e-12*want {
				t.Errorf("Probability(%d) = %v, want %v", k, got, want)
			}
		}
		for _, k := range []uint64{n, n + 1, math.MaxUint64} {
			if got := z.Probability(k); got != 0 {
				t.Errorf("Probability(%d) = %v, want 0 beyond the last rank", k, got)
			}
		}
	})
}

// The tables themselves, without sampling: the probability with which they
// yield each rank is the law, for any number of ranks and any exponent.
func TestZipfTablesAreExact(t *testing.T) {
	eachZipf(t, checkZipfTables)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Range(1, 5000).Draw(t, "n")
		s := rapid.Float64Range(0, 12).Draw(t, "s")
		checkZipfTables(t, n, s)
	})
}

// Inside a bin the law falls by 3 %, which frequencies of ranks hardly show:
// the mean place of all samples in their bins does. The variance of a place is
// below that of the uniform distribution, 1/12, by less than 1 %.
func TestZipfWithinBins(t *testing.T) {
	const samples = 3_000_000
	z, stream := NewZipf(1_000_000, 0.9), NewStream(6, 0, "zipf", "")
	expected := make([]float64, len(z.bins)) // place in the bin, -½ to ½
	for i, bin := range z.bins {
		total := 0.0
		for k := bin.first; k < bin.first+bin.width; k++ {
			expected[i] += z.Probability(k) * zipfPlace(bin, k)
			total += z.Probability(k)
		}
		expected[i] /= total
	}
	sum, n := 0.0, 0
	for range samples {
		k := z.Sample(&stream)
		i, found := slices.BinarySearchFunc(z.bins, k, func(bin zipfBin, k uint64) int { return cmp.Compare(bin.first, k) })
		if !found {
			i--
		}
		if bin := z.bins[i]; bin.width >= 16 {
			sum += zipfPlace(bin, k) - expected[i]
			n++
		}
	}
	wantNormal(t, "place within the bin", sum/math.Sqrt(float64(n)/12))
}

// zipfPlace returns the place of rank k in its bin, from -½ to ½.
func zipfPlace(bin zipfBin, k uint64) float64 {
	return (float64(k-bin.first)+0.5)/float64(bin.width) - 0.5
}

func checkZipfTables[T interface {
	Errorf(string, ...any)
	Fatalf(string, ...any)
}](t T, n uint64, s float64) {
	z := NewZipf(n, s)
	hat := make([]float64, len(z.bins)) // probability of proposing each bin
	next := uint64(0)
	for i, bin := range z.bins {
		if bin.first != next || bin.width == 0 {
			t.Fatalf("bin %d covers %d ranks from %d, want some from %d", i, bin.width, bin.first, next)
		}
		next += bin.width
		keep := float64(bin.keep) * 0x1p-64 / float64(len(z.bins))
		hat[i] += keep
		hat[bin.alias] += 1/float64(len(z.bins)) - keep
	}
	if next != n && z.Probability(next)*float64(n-next) > 0x1p-60 {
		t.Fatalf("the bins end at rank %d of %d", next, n)
	}
	accepted := 0.0
	yields := make([]float64, next)
	for i, bin := range z.bins {
		last := z.weight(bin.first, bin.first+bin.width-1)
		if squeeze := float64(bin.squeeze) * 0x1p-64; squeeze > last*(1+1e-15) {
			t.Fatalf("bin %d: squeeze %v above the weight %v of the last rank", i, squeeze, last)
		}
		for k := bin.first; k < bin.first+bin.width; k++ {
			yields[k] = hat[i] / float64(bin.width) * math.Pow(float64(bin.first+1)/float64(k+1), s)
			accepted += yields[k]
		}
	}
	for k, p := range yields {
		want := z.Probability(uint64(k))
		if math.Abs(p/accepted-want) > 1e-11*want+1e-18 {
			t.Fatalf("rank %d of %d with s = %v comes up with probability %v, want %v", k, n, s, p/accepted, want)
		}
	}
	if accepted < 0.95 {
		t.Errorf("only %v of the proposals are accepted", accepted)
	}
}

// Huge key spaces and steep laws keep their tables small and their samples in
// range.
func TestZipfExtremes(t *testing.T) {
	for _, n := range []uint64{1, 2, 1e6, 1e12, maxZipfRanks} {
		for _, s := range []float64{0, 1e-300, 1e-9, 1 - 1e-9, 1, 1 + 1e-9, 3, 5, 50, 1e4, 1e300} {
			z := NewZipf(n, s)
			if len(z.bins) > 4000 {
				t.Errorf("n = %d, s = %v takes %d bins", n, s, len(z.bins))
			}
			stream := NewStream(1, 0, "zipf", "")
			for range 1000 {
				if k := z.Sample(&stream); k >= n {
					t.Fatalf("n = %d, s = %v: sample %d", n, s, k)
				}
			}
			if p := z.Probability(0); !(p > 0 && p <= 1+1e-12) {
				t.Errorf("n = %d, s = %v: Probability(0) = %v", n, s, p)
			}
		}
	}
}

// Known sums: H(n,0) = n; H(10^6,1) = ln n + γ + 1/(2n) - 1/(12n²)
// (Graham, Knuth and Patashnik 1994, eq. 9.88); Σ j^-2 = π²/6 - 1/n + 1/(2n²)
// - 1/(6n³); H(n,-) is continuous at s = 1.
func TestHarmonic(t *testing.T) {
	const n, gamma = 1e6, 0.57721566490153286060651209
	for _, test := range []struct {
		s, want float64
	}{
		{0, n},
		{1, math.Log(n) + gamma + 1/(2*n) - 1/(12*n*n)},
		{2, math.Pi*math.Pi/6 - 1/n + 1/(2*n*n) - 1/(6*n*n*n)},
		{1 + 1e-13, math.Log(n) + gamma + 1/(2*n)},
	} {
		if got := harmonic(n, test.s); math.Abs(got-test.want) > 1e-12*test.want {
			t.Errorf("harmonic(%v, %v) = %.17g, want %.17g", n, test.s, got, test.want)
		}
	}
}

func TestNewZipfPanics(t *testing.T) {
	for _, test := range []struct {
		n uint64
		s float64
	}{{0, 1}, {maxZipfRanks + 1, 1}, {10, -0.1}, {10, math.NaN()}, {10, math.Inf(1)}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("NewZipf(%d, %v) did not panic", test.n, test.s)
				}
			}()
			NewZipf(test.n, test.s)
		}()
	}
}
