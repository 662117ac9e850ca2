package sim

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// directDispersion is what a Dispersion should report, from stored instants.
func directDispersion(at []Time, start, window, now Time) (idc, scv, r1 float64) {
	var counts, gaps Tally
	i := 0
	for end := start + window; end <= now; end += window {
		n := 0
		for ; i < len(at) && at[i] < end; i++ {
			n++
		}
		counts.Add(float64(n))
	}
	var g []float64
	for j := 1; j < len(at); j++ {
		gap := float64(at[j] - at[j-1])
		gaps.Add(gap)
		g = append(g, gap)
	}
	return counts.Variance() / counts.Mean(), gaps.SCV(), Autocorrelation(g, 1)
}

// Gaps are drawn from nothing to many windows.
func TestDispersionMatchesStoredInstants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := Time(rapid.Int64Range(0, 1000).Draw(t, "start"))
		window := Time(rapid.Int64Range(1, 100).Draw(t, "window"))
		gaps := rapid.SliceOf(rapid.Int64Range(0, 1000)).Draw(t, "gaps")
		rest := Time(rapid.Int64Range(0, 1000).Draw(t, "rest"))
		d := NewDispersion(start, window)
		now := start
		var at []Time
		for _, g := range gaps {
			now += Time(g)
			at = append(at, now)
			d.Record(now)
		}
		now += rest
		idc, scv, r1 := directDispersion(at, start, window, now)
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"IndexOfDispersion", d.IndexOfDispersion(now), idc},
			{"SCV", d.SCV(), scv},
			{"Autocorrelation", d.Autocorrelation(), r1},
		} {
			if !(math.Abs(c.got-c.want) <= 1e-9*max(1, math.Abs(c.want))) && !(math.IsNaN(c.got) && math.IsNaN(c.want)) {
				t.Fatalf("%s = %v, want %v (start %d, window %d, now %d, instants %v)",
					c.name, c.got, c.want, start, window, now, at)
			}
		}
		if d.N() != uint64(len(at)) {
			t.Fatalf("N() = %d, want %d", d.N(), len(at))
		}
	})
}

// within fails t unless got is within 4 standard errors of want.
func within(t *testing.T, what string, got, want, se float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 4*se) {
		t.Errorf("%s = %v, want %v ± 4·%.3g", what, got, want, se)
	}
}

// Instants 1 ms apart, ten to a window: nothing varies, to the last bit.
func TestDispersionOfDeterministicStream(t *testing.T) {
	d := NewDispersion(0, 10*Millisecond)
	now := Time(0)
	for range 100_000 {
		d.Record(now)
		now += Millisecond
	}
	if idc, scv := d.IndexOfDispersion(now), d.SCV(); idc != 0 || scv != 0 {
		t.Errorf("IDC %v, SCV %v, want 0 exactly", idc, scv)
	}
	if r1 := d.Autocorrelation(); !math.IsNaN(r1) {
		t.Errorf("autocorrelation of equal gaps = %v, want NaN", r1)
	}
}

// For a Poisson stream IDC = SCV = 1 and r(1) = 0. Over m windows (m-1)·IDC is
// about chi-square with m-1 degrees of freedom (Cox and Lewis 1966), so
// its standard error is √(2/(m-1)). For n exponential gaps the delta method
// with central moments 1, 1, 2, 9 gives Var SCV = 4/n.
func TestDispersionOfPoissonStream(t *testing.T) {
	const n = 200_000
	random := rand.New(rand.NewPCG(3, 1))
	const window = 10 * Millisecond
	d := NewDispersion(0, window)
	now := Time(0)
	for range n {
		now += Time(random.ExpFloat64() * float64(Millisecond))
		d.Record(now)
	}
	m := float64(now / window)
	within(t, "IDC", d.IndexOfDispersion(now), 1, math.Sqrt(2/(m-1)))
	within(t, "SCV", d.SCV(), 1, 2/math.Sqrt(n))
	within(t, "autocorrelation", d.Autocorrelation(), 0, 1/math.Sqrt(n))
}

// Four instants at each of a Poisson stream: a compound Poisson process has
// IDC = E B² / E B, here 4 (Cox and Isham 1980, "Point Processes"). Of the
// gaps three in four are zero and the fourth is exponential of mean 1: mean
// 1/4, mean square 1/2, hence SCV 7; no two successive gaps are positive, hence
// r(1) = -(1/4)² / (7/16) = -1/7.
//
// SCV + 1 is four times that of n/4 exponential gaps, of standard error
// 4·2/√(n/4); r(1) = -1/SCV here, of standard error that over 7².
func TestDispersionOfBatches(t *testing.T) {
	const n = 400_000
	random := rand.New(rand.NewPCG(3, 2))
	const window = 10 * Millisecond
	d := NewDispersion(0, window)
	now := Time(0)
	for range n / 4 {
		now += Time(random.ExpFloat64() * float64(Millisecond))
		for range 4 {
			d.Record(now)
		}
	}
	m := float64(now / window)
	within(t, "IDC", d.IndexOfDispersion(now), 4, 4*math.Sqrt(2/(m-1)))
	se := 16 / math.Sqrt(n)
	within(t, "SCV", d.SCV(), 7, se)
	within(t, "autocorrelation", d.Autocorrelation(), -1.0/7, se/49)
}

func TestDispersionResetBeginsAnew(t *testing.T) {
	d := NewDispersion(0, Second)
	for i := range Time(50) {
		d.Record(i * i * Millisecond)
	}
	d.Reset(10 * Second)
	fresh := NewDispersion(10*Second, Second)
	if d != fresh {
		t.Errorf("after Reset %+v, want %+v", d, fresh)
	}
}

// Two windows are complete and alike; the burst in the third is not counted yet.
func TestDispersionCountsCompleteWindows(t *testing.T) {
	d := NewDispersion(0, Second)
	d.Record(0)
	d.Record(Second) // at the edge: in the second window
	for range 5 {
		d.Record(2 * Second)
	}
	if got := d.IndexOfDispersion(2 * Second); got != 0 {
		t.Errorf("IDC at 2 s = %v, want 0", got)
	}
	// Counts 1, 1, 5: mean 7/3, variance 16/3.
	if got, want := d.IndexOfDispersion(3*Second), 16.0/7; got != want {
		t.Errorf("IDC at 3 s = %v, want %v", got, want)
	}
}

func TestDispersionRefuses(t *testing.T) {
	mustPanic(t, "a window of no width", func() { NewDispersion(0, 0) })
	mustPanic(t, "an instant before the start", func() {
		d := NewDispersion(Second, Second)
		d.Record(0)
	})
	mustPanic(t, "an instant before another", func() {
		d := NewDispersion(0, Second)
		d.Record(2)
		d.Record(1)
	})
}

// An AR(1) series x(t) = φ·x(t-1) + e(t) has r(k) = φ^k; the standard error of
// r(1) is √((1-φ²)/n) (Bartlett 1946, "On the theoretical specification and
// sampling properties of autocorrelated time-series").
// That of r(2) is below √((1+2φ²+…)/n) < √((1+φ²)/(1-φ²)/n).
func TestAutocorrelationOfAR1(t *testing.T) {
	const n = 100_000
	for _, phi := range []float64{-0.5, 0, 0.6, 0.9} {
		random := rand.New(rand.NewPCG(3, 3))
		x := make([]float64, n)
		for i := 1; i < n; i++ {
			x[i] = phi*x[i-1] + random.NormFloat64()
		}
		within(t, "r(1)", Autocorrelation(x, 1), phi, math.Sqrt((1-phi*phi)/n))
		within(t, "r(2)", Autocorrelation(x, 2), phi*phi, math.Sqrt((1+phi*phi)/(1-phi*phi)/n))
	}
}

// By hand: 1, 2, 3, 4 has deviations ∓1.5, ∓0.5, sum of squares 5, and at lag 1
// products 0.75 - 0.25 + 0.75 = 1.25.
func TestAutocorrelation(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		x    []float64
		lag  int
		want float64
	}{
		{"lag 0 is 1", []float64{1, 2, 3, 4}, 0, 1},
		{"lag 1", []float64{1, 2, 3, 4}, 1, 0.25},
		{"lag 3", []float64{1, 2, 3, 4}, 3, -0.45},
		{"lag of the length", []float64{1, 2, 3, 4}, 4, nan},
		{"nothing varies", []float64{0.1, 0.1, 0.1}, 1, nan},
		{"nothing", nil, 0, nan},
	} {
		got := Autocorrelation(c.x, c.lag)
		if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s: Autocorrelation(%v, %d) = %v, want %v", c.name, c.x, c.lag, got, c.want)
		}
	}
	mustPanic(t, "a negative lag", func() { Autocorrelation([]float64{1, 2}, -1) })
}

func BenchmarkDispersionRecord(b *testing.B) {
	b.ReportAllocs()
	d := NewDispersion(0, Millisecond)
	now := Time(0)
	for b.Loop() {
		d.Record(now)
		now += 1 + now&1023*100
	}
}
