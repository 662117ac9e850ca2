package sim

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Critical values of Student's distribution as published, to the three digits
// printed there: NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2,
// columns 0.95, 0.975 and 0.995.
func TestStudentQuantileMatchesTable(t *testing.T) {
	for _, c := range []struct {
		df   int
		p    float64
		want float64
	}{
		{1, 0.95, 6.314}, {1, 0.975, 12.706}, {1, 0.995, 63.657},
		{2, 0.95, 2.920}, {2, 0.975, 4.303}, {2, 0.995, 9.925},
		{5, 0.95, 2.015}, {5, 0.975, 2.571}, {5, 0.995, 4.032},
		{10, 0.95, 1.812}, {10, 0.975, 2.228}, {10, 0.995, 3.169},
		{30, 0.95, 1.697}, {30, 0.975, 2.042}, {30, 0.995, 2.750},
		{100, 0.95, 1.660}, {100, 0.975, 1.984}, {100, 0.995, 2.626},
	} {
		if got := studentQuantile(c.df, c.p); math.Abs(got-c.want) > 0.0005001 {
			t.Errorf("studentQuantile(%d, %v) = %.5f, want %.3f", c.df, c.p, got, c.want)
		}
	}
}

// With 1 and 2 degrees of freedom the quantile has a closed form: tan(π(p-½))
// and (2p-1)/√(2p(1-p)) (Shaw 2006, "Sampling Student's T distribution").
func TestStudentQuantileMatchesClosedForms(t *testing.T) {
	for _, p := range []float64{0.6, 0.9, 0.975, 0.999} {
		if got, want := studentQuantile(1, p), math.Tan(math.Pi*(p-0.5)); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("studentQuantile(1, %v) = %.12g, want %.12g", p, got, want)
		}
		if got, want := studentQuantile(2, p), (2*p-1)/math.Sqrt(2*p*(1-p)); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("studentQuantile(2, %v) = %.12g, want %.12g", p, got, want)
		}
	}
}

// Student's own data: additional hours of sleep of ten patients gained by two
// drugs (Student 1908; the data set sleep of R). The paired difference has
// mean 1.58 and, as t.test(paired = TRUE) of R prints, the 95 % interval
// 0.7001142 to 2.4598858.
func TestPairedIntervalOfStudentsSleepData(t *testing.T) {
	first := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	second := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	got := PairedInterval(second, first, Confidence)
	if got.N != 10 || math.Abs(got.Mean-1.58) > 1e-12 {
		t.Errorf("mean %v of %d, want 1.58 of 10", got.Mean, got.N)
	}
	if math.Abs(got.Low()-0.7001142) > 5e-8 || math.Abs(got.High()-2.4598858) > 5e-8 {
		t.Errorf("interval %.7f to %.7f, want 0.7001142 to 2.4598858", got.Low(), got.High())
	}
}

func TestStudentIntervalOfFew(t *testing.T) {
	none := StudentInterval(nil, Confidence)
	if !math.IsNaN(none.Mean) || !math.IsNaN(none.HalfWidth) || none.N != 0 {
		t.Errorf("interval of nothing = %+v, want NaN ± NaN of 0", none)
	}
	one := StudentInterval([]float64{3}, Confidence)
	if one.Mean != 3 || !math.IsNaN(one.HalfWidth) || one.N != 1 || one.Contains(3) {
		t.Errorf("interval of one = %+v, want 3 ± NaN of 1", one)
	}
	same := StudentInterval([]float64{3, 3, 3}, Confidence)
	if same != (Interval{Mean: 3, HalfWidth: 0, N: 3}) || !same.Contains(3) {
		t.Errorf("interval of three equal values = %+v, want 3 ± 0 of 3", same)
	}
}

func TestIntervalRelHalfWidth(t *testing.T) {
	if got := (Interval{Mean: -4, HalfWidth: 1}).RelHalfWidth(); got != 0.25 {
		t.Errorf("RelHalfWidth of -4 ± 1 = %v, want 0.25", got)
	}
	if got := (Interval{Mean: 0, HalfWidth: 1}).RelHalfWidth(); !math.IsInf(got, 1) {
		t.Errorf("RelHalfWidth of 0 ± 1 = %v, want +Inf", got)
	}
}

// Of intervals from normal samples the stated share holds the true mean: the
// number that do is binomial.
func TestStudentIntervalCoverage(t *testing.T) {
	const trials = 4000
	for _, confidence := range []float64{0.8, 0.95, 0.99} {
		for _, n := range []int{2, 5, 20} {
			random := rand.New(rand.NewPCG(5, uint64(n)))
			x := make([]float64, n)
			held := 0
			for range trials {
				for i := range x {
					x[i] = 7 + 3*random.NormFloat64()
				}
				if StudentInterval(x, confidence).Contains(7) {
					held++
				}
			}
			within(t, "coverage", float64(held)/trials, confidence,
				math.Sqrt(confidence*(1-confidence)/trials))
		}
	}
}

// Pairs that share their noise have a far narrower interval than the two
// samples apart: the point of common random numbers.
func TestPairedIntervalCancelsSharedNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 1))
	a, b := make([]float64, 10), make([]float64, 10)
	for i := range a {
		shared := random.NormFloat64()
		a[i] = shared + 0.01*random.NormFloat64()
		b[i] = shared + 0.01*random.NormFloat64() - 1
	}
	paired := PairedInterval(a, b, Confidence)
	if !paired.Contains(1) || paired.HalfWidth > StudentInterval(a, Confidence).HalfWidth/10 {
		t.Errorf("paired interval %+v, want it narrow around 1", paired)
	}
}

func TestIntervalsRefuse(t *testing.T) {
	for _, confidence := range []float64{0, 1, -0.5, 95, math.NaN()} {
		mustPanic(t, "a confidence outside (0,1)", func() { StudentInterval([]float64{1, 2}, confidence) })
	}
	mustPanic(t, "pairs of unequal number", func() { PairedInterval([]float64{1}, []float64{1, 2}, Confidence) })
}
