package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// batches returns five observations for each average, spread around it.
func batches(averages ...float64) (x []float64) {
	for _, z := range averages {
		x = append(x, z-1, z+2, z, z+1, z-2)
	}
	return x
}

// Worked by hand. With averages 9, 5, 1, 3, 1, 3, 1, 3, 1, 3:
//
//	d  sum of squares  kept²  MSER
//	0       56          100   0.560
//	1       16           81   0.198
//	2        8           64   0.125   ← least
//	3       48/7         49   0.140
//	4        6           36   0.167
//	5       24/5         25   0.192
func TestMSER5ByHand(t *testing.T) {
	rising := make([]float64, 100)
	for i := range rising {
		rising[i] = float64(i)
	}
	constant := slices.Repeat([]float64{0.1}, 100)
	absent := batches(9, 5, 1, 3, 1, 3, 1, 3, 1, 3)
	absent[0] = math.NaN()
	for _, c := range []struct {
		name string
		x    []float64
		cut  int
		ok   bool
	}{
		{"two high batches", batches(9, 5, 1, 3, 1, 3, 1, 3, 1, 3), 10, true},
		// 99 fills no batch.
		{"a remainder is left out", append(batches(9, 5, 1, 3, 1, 3, 1, 3, 1, 3), 99, 99, 99), 10, true},
		{"a measure absent at first", absent, 10, true},
		{"constant: nothing to cut", constant, 0, true},
		// The sum of squares of a ramp grows with the cube of its length, so the
		// fewest batches allowed, 5 of 20, are best: not steady yet.
		{"rising throughout", rising, 75, false},
		{"fewer than ten batches", batches(9, 5, 1, 3, 1, 3, 1, 3, 1), 0, false},
		{"nothing", nil, 0, false},
	} {
		if cut, ok := MSER5(c.x); cut != c.cut || ok != c.ok {
			t.Errorf("%s: MSER5 = %d, %v, want %d, %v", c.name, cut, ok, c.cut, c.ok)
		}
	}
}

// A transient 20·0.95^t on top of independent noise of standard deviation 1
// shifts the mean of 2000 observations by 20/(1-0.95)/2000 = 0.2, nine standard
// errors. After the cut c the shift left is 20·0.95^c/(1-0.95)/(2000-c): it is
// below one standard error, 1/√(2000-c), and most observations are kept.
func TestMSER5FindsATransient(t *testing.T) {
	const n = 2000
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(4, seed))
		x := make([]float64, n)
		for i := range x {
			x[i] = 100 + 20*math.Pow(0.95, float64(i)) + random.NormFloat64()
		}
		cut, ok := MSER5(x)
		rest := float64(n - cut)
		shift := 20 * math.Pow(0.95, float64(cut)) / 0.05 / rest
		se := 1 / math.Sqrt(rest)
		if !ok || cut > n/2 || shift > se {
			t.Errorf("seed %d: MSER5 = %d, %v: a shift of %.3f is left, standard error %.3f", seed, cut, ok, shift, se)
			continue
		}
		tail := tallyOf(x[cut:])
		within(t, "mean after the cut", tail.Mean(), 100+shift, se)
	}
}

// directMSER5 follows the definition, in time quadratic in the length.
func directMSER5(x []float64) (cut int, least float64) {
	var z []float64
	for i := 0; i+5 <= len(x); i += 5 {
		z = append(z, (x[i]+x[i+1]+x[i+2]+x[i+3]+x[i+4])/5)
	}
	least = math.Inf(1)
	for d := 0; d <= len(z)-5; d++ {
		s := directSummary(z[d:])
		n := float64(s.N)
		if mser := s.Variance * (n - 1) / (n * n); mser < least {
			cut, least = 5*d, mser
		}
	}
	return cut, least
}

func TestMSER5MatchesDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), 50, 200).Draw(t, "x")
		before := slices.Clone(x)
		cut, ok := MSER5(x)
		if !slices.Equal(x, before) {
			t.Fatalf("MSER5 changed its argument")
		}
		want, least := directMSER5(x)
		if cut != want {
			// Nearly equal minima may be told apart by rounding alone.
			_, atCut := directMSER5(x[cut:])
			if !(math.Abs(atCut-least) <= 1e-9*max(least, 1)) {
				t.Fatalf("MSER5 cuts %d, want %d with MSER %v", cut, want, least)
			}
		}
		if ok != (cut/5*2 <= len(x)/5) {
			t.Fatalf("cut %d of %d: ok = %v", cut, len(x), ok)
		}
	})
}

func BenchmarkMSER5(b *testing.B) {
	x := make([]float64, 10_000)
	for i := range x {
		x[i] = float64(i % 97)
	}
	b.ReportAllocs()
	for b.Loop() {
		MSER5(x)
	}
}
