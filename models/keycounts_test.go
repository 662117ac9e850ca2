package models

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// TestSkews holds the keys of many writes against the popularity that each
// skew promises, by Pearson's χ² test at a level of 1 in 1000: the sum of
// (observed - expected)²/expected over classes of keys is χ² with one degree
// of freedom less than there are classes (Pearson 1900).
func TestSkews(t *testing.T) {
	zipf := func(s float64, space int) func(k int) float64 {
		sum := 0.0
		for k := 1; k <= space; k++ {
			sum += math.Pow(float64(k), -s)
		}
		return func(k int) float64 { return math.Pow(float64(k), -s) / sum }
	}
	for _, c := range []struct {
		skew        string
		space       int
		probability func(k int) float64
	}{
		{"uniform", 1000, func(int) float64 { return 1e-3 }},
		{"zipf(0)", 1000, func(int) float64 { return 1e-3 }},
		{"zipf(0.5)", 100_000, zipf(0.5, 100_000)},
		{"zipf(0.99)", 100_000, zipf(0.99, 100_000)},
		{"zipf(1)", 1000, zipf(1, 1000)},
		{"zipf(1.2)", 100_000, zipf(1.2, 100_000)},
		{"zipf(3)", 1000, zipf(3, 1000)},
		// Half of the writes go to 4 keys, the rest to the other 996.
		{"hot(share=0.5, count=4)", 1000, func(k int) float64 {
			if k <= 4 {
				return 0.5 / 4
			}
			return 0.5 / 996
		}},
		// All keys are hot: the share is without meaning.
		{"hot(share=0.5, count=10)", 10, func(int) float64 { return 0.1 }},
		{"hot(share=1, count=3)", 100, func(k int) float64 {
			if k <= 3 {
				return 1.0 / 3
			}
			return 0
		}},
	} {
		t.Run(c.skew, func(t *testing.T) {
			t.Parallel()
			s := source(t, "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1M/s", "duration", "200ms", "lanes.w.keys.skew", c.skew)
			s.Lanes[0].Keys.Space = c.space
			all := offered(t, s, 0)
			observed := make([]int, c.space+1)
			for _, a := range all {
				if a.key < 1 || int(a.key) > c.space {
					t.Fatalf("key %d of %d", a.key, c.space)
				}
				observed[a.key]++
			}
			fits(t, observed, func(k int) float64 { return c.probability(k) * float64(len(all)) })
		})
	}
}

// fits fails unless observed counts of keys fit the expected ones. Neighbouring
// keys are put in one class until at least ten writes are expected in it.
func fits(t *testing.T, observed []int, expected func(k int) float64) {
	t.Helper()
	chi2, classes := 0.0, 0
	seen, want := 0, 0.0
	for k := 1; k < len(observed); k++ {
		seen += observed[k]
		want += expected(k)
		if want >= 10 {
			chi2 += (float64(seen) - want) * (float64(seen) - want) / want
			classes++
			seen, want = 0, 0
		}
	}
	if want > 0 || seen > 0 {
		if want < 1e-6 && seen > 0 {
			t.Errorf("%d writes of keys that should have none", seen)
		}
		if want >= 1 {
			chi2 += (float64(seen) - want) * (float64(seen) - want) / want
			classes++
		}
	}
	if classes < 2 {
		t.Fatalf("%d classes of keys: nothing to test", classes)
	}
	if limit := (distuv.ChiSquared{K: float64(classes - 1)}).Quantile(0.999); chi2 > limit {
		t.Errorf("χ² of %d classes is %.1f, want at most %.1f", classes, chi2, limit)
	}
}

func TestOneKey(t *testing.T) {
	for _, a := range offered(t, source(t, "lanes.w.keys.skew", "one", "duration", "1s"), 0) {
		if a.key != 1 {
			t.Fatalf("key %d", a.key)
		}
	}
}

func TestKeyNames(t *testing.T) {
	for key, want := range map[uint32]string{1: "k1", 12: "k12"} {
		if got := KeyName(key); got != want {
			t.Errorf("KeyName(%d) = %s, want %s", key, got, want)
		}
	}
}
