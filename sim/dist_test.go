package sim

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// distCase is a distribution with formulas of its own, independent of its
// methods, in milliseconds.
type distCase struct {
	text   string
	cdf    func(x float64) float64 // P(X ≤ x)
	moment func(k float64) float64 // E[X^k]
	steps  bool                    // the distribution function is not continuous
}

// distCases covers every distribution, and every branch of its sampling.
var distCases = []distCase{
	constantCase("2ms", 2),
	constantCase("lognormal(mean=2ms, cv=0)", 2),
	exponentialCase("exponential(1ms)", 1),
	exponentialCase("erlang(k=1, mean=3ms)", 3),
	uniformCase("uniform(1ms, 3ms)", 1, 3),
	uniformCase("uniform(0, 20us)", 0, 0.02),
	erlangCase("erlang(k=3, mean=2ms)", 3, 2),
	erlangCase("erlang(k=4, mean=2ms)", 4, 2),
	erlangCase("erlang(k=50, mean=2ms)", 50, 2),
	erlangCase("erlang(k=1000000, mean=1s)", 1e6, 1000),
	lognormalCase("lognormal(mean=2ms, cv=0.7)", 2, 0.7),
	lognormalCase("lognormal(mean=2ms, cv=0.001)", 2, 0.001),
	lognormalCase("lognormal(mean=10ms, cv=2)", 10, 2),
	hyperexpCase("hyperexp(p=0.9, a=1ms, b=10ms)", 0.9, 1, 10),
	hyperexpCase("hyperexp(p=0.2, a=10ms, b=2ms)", 0.2, 10, 2),
	hyperexpCase("hyperexp(p=1, a=3ms, b=1h)", 1, 3, 3.6e6),
	hyperexpCase("hyperexp(mean=2ms, scv=1)", 0.5, 2, 2),
	// Balanced means with scv = 5/3: √((scv-1)/(scv+1)) = 1/2, so p = 3/4.
	hyperexpCase("hyperexp(mean=3ms, scv=1.6666666666666667)", 0.75, 2, 6),
	paretoCase("pareto(alpha=1.5, lo=1ms, hi=1s)", 1.5, 1, 1000),
	paretoCase("pareto(alpha=1, lo=1ms, hi=100ms)", 1, 1, 100),
	paretoCase("pareto(alpha=2, lo=1ms, hi=20ms)", 2, 1, 20),
	paretoCase("pareto(alpha=0.3, lo=1ms, hi=20ms)", 0.3, 1, 20),
	paretoCase("pareto(alpha=30, lo=5ms, hi=1h)", 30, 5, 3.6e6),
	{
		text: "empirical(file=five.csv)",
		cdf: func(x float64) float64 {
			below := 0.0
			for _, v := range []float64{1, 2, 2, 5, 10} {
				if v <= x+1e-9 {
					below += 0.2
				}
			}
			return below
		},
		moment: func(k float64) float64 {
			return (1 + 2*math.Pow(2, k) + math.Pow(5, k) + math.Pow(10, k)) / 5
		},
		steps: true,
	},
}

func constantCase(text string, value float64) distCase {
	return distCase{text, func(x float64) float64 {
		if x < value-1e-9 {
			return 0
		}
		return 1
	}, func(k float64) float64 { return math.Pow(value, k) }, true}
}

func exponentialCase(text string, mean float64) distCase {
	return distCase{text,
		func(x float64) float64 { return -math.Expm1(-x / mean) },
		func(k float64) float64 { return math.Pow(mean, k) * math.Gamma(k+1) }, false}
}

func uniformCase(text string, lo, hi float64) distCase {
	return distCase{text,
		func(x float64) float64 { return min(max((x-lo)/(hi-lo), 0), 1) },
		func(k float64) float64 { return (math.Pow(hi, k+1) - math.Pow(lo, k+1)) / (k + 1) / (hi - lo) }, false}
}

// E[X^k] = (m/n)^k·n(n+1)…(n+k-1) for n steps.
func erlangCase(text string, n, mean float64) distCase {
	return distCase{text,
		func(x float64) float64 { return mathext.GammaIncReg(n, n*x/mean) },
		func(k float64) float64 {
			product := 1.0
			for i := 0.0; i < k; i++ {
				product *= mean * (n + i) / n
			}
			return product
		}, false}
}

// E[X^k] = m^k·(1 + c²)^(k(k-1)/2).
func lognormalCase(text string, mean, cv float64) distCase {
	variance := math.Log1p(cv * cv)
	law := distuv.LogNormal{Mu: math.Log(mean) - variance/2, Sigma: math.Sqrt(variance)}
	return distCase{text, law.CDF,
		func(k float64) float64 { return math.Pow(mean, k) * math.Exp(variance*k*(k-1)/2) }, false}
}

func hyperexpCase(text string, p, a, b float64) distCase {
	return distCase{text,
		func(x float64) float64 { return -p*math.Expm1(-x/a) - (1-p)*math.Expm1(-x/b) },
		func(k float64) float64 {
			return math.Gamma(k+1) * (p*math.Pow(a, k) + (1-p)*math.Pow(b, k))
		}, false}
}

// E[X^k] = α·lo^α/(1 - (lo/hi)^α) · (hi^(k-α) - lo^(k-α))/(k-α), and the
// logarithm of hi/lo for the last factor when k = α.
func paretoCase(text string, alpha, lo, hi float64) distCase {
	kept := 1 - math.Pow(lo/hi, alpha)
	return distCase{text,
		func(x float64) float64 { return min(max((1-math.Pow(lo/x, alpha))/kept, 0), 1) },
		func(k float64) float64 {
			integral := math.Log(hi / lo)
			if k != alpha {
				integral = (math.Pow(hi, k-alpha) - math.Pow(lo, k-alpha)) / (k - alpha)
			}
			return alpha * math.Pow(lo, alpha) / kept * integral
		}, false}
}

// eachDist runs f for every case.
func eachDist(t *testing.T, f func(t *testing.T, c distCase, d Dist)) {
	for _, c := range distCases {
		t.Run(c.text, func(t *testing.T) { f(t, c, mustParse(t, c.text)) })
	}
}

// mustParse parses text or fails t.
func mustParse(t testing.TB, text string) Dist {
	t.Helper()
	d, err := ParseDist(text, openSamples)
	if err != nil {
		t.Fatalf("ParseDist(%q): %v", text, err)
	}
	return d
}

func TestDistMoments(t *testing.T) {
	eachDist(t, func(t *testing.T, c distCase, d Dist) {
		mean := c.moment(1)
		if got := d.Mean() * 1e3; math.Abs(got-mean) > 1e-12*mean {
			t.Errorf("Mean() = %v ms, want %v", got, mean)
		}
		// E[X²]/E[X]² - 1 from the two moments loses what exceeds 1e-16 of 1.
		scv := c.moment(2)/(mean*mean) - 1
		if got := d.SCV(); math.Abs(got-scv) > 1e-12*(1+scv) {
			t.Errorf("SCV() = %v, want %v", got, scv)
		}
	})
}

// The mean and the variance of samples are within their standard errors of the
// truth: σ/√n, and √((μ₄ - σ⁴)/n) with μ₄ the fourth central moment (Cramér
// 1946, "Mathematical methods of statistics", section 27.4).
func TestDistSampleMoments(t *testing.T) {
	const n = 200_000
	eachDist(t, func(t *testing.T, c distCase, d Dist) {
		m := c.moment(1)
		variance := c.moment(2) - m*m
		fourth := c.moment(4) - 4*m*c.moment(3) + 6*m*m*c.moment(2) - 3*m*m*m*m
		s := NewStream(21, 0, c.text, "moments")
		sum, squares := 0.0, 0.0
		for range n {
			deviation := d.Sample(&s).Seconds()*1e3 - m
			sum += deviation
			squares += deviation * deviation
		}
		if d.SCV() == 0 {
			if sum != 0 || squares != 0 {
				t.Errorf("samples of a constant are off by %v ms in all", sum)
			}
			return
		}
		wantNormal(t, "mean", sum/math.Sqrt(n*variance))
		if spread := fourth/(variance*variance) - 1; spread < 1e4 { // else n is too small for normality
			if math.Abs(variance) > 1e-9*m*m { // else the formulas above cancel
				wantNormal(t, "variance", (squares/n-variance)/(variance*math.Sqrt(spread/n)))
			}
		}
	})
}

func TestDistQuantiles(t *testing.T) {
	eachDist(t, func(t *testing.T, c distCase, d Dist) {
		before := d.Quantile(0)
		if !(before >= 0) {
			t.Errorf("Quantile(0) = %v", before)
		}
		for _, p := range []float64{1e-9, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6, 1} {
			q := d.Quantile(p)
			if q < before {
				t.Errorf("Quantile(%v) = %v, below that of a smaller p, %v", p, q, before)
			}
			before = q
			if c.steps {
				// The smallest value not exceeded with probability p.
				if at, below := c.cdf(q*1e3), c.cdf(q*1e3-1e-6); at < p-1e-12 || below >= p {
					t.Errorf("Quantile(%v) = %v s, where the distribution function steps from %v to %v", p, q, below, at)
				}
			} else if got := c.cdf(q * 1e3); math.Abs(got-p) > 1e-9*min(p, 1-p)+1e-12 {
				t.Errorf("F(Quantile(%v)) = %v", p, got)
			}
		}
	})
}

// Samples follow the distribution function as a whole, and as many as should
// lie below each of several quantiles.
func TestDistSamples(t *testing.T) {
	const n = 100_000
	levels := []float64{0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999}
	eachDist(t, func(t *testing.T, c distCase, d Dist) {
		s := NewStream(22, 0, c.text, "samples")
		samples := make([]float64, n)
		quantiles, below := make([]Time, len(levels)), make([]float64, len(levels))
		for j, p := range levels {
			quantiles[j] = span(d.Quantile(p) * 1e9)
		}
		for i := range samples {
			x := d.Sample(&s)
			if x < 0 || x > maxSpan {
				t.Fatalf("sample %v", x)
			}
			samples[i] = x.Seconds() * 1e3
			for j, q := range quantiles {
				if x <= q {
					below[j]++
				}
			}
		}
		for j, level := range levels {
			p := c.cdf(d.Quantile(level) * 1e3) // level itself, unless there are steps
			if p > 1-1e-9 {
				if below[j] != n {
					t.Errorf("%v of %d samples at or below the greatest value", below[j], n)
				}
				continue
			}
			wantNormal(t, fmt.Sprintf("below the quantile of %v", level), (below[j]-n*p)/math.Sqrt(n*p*(1-p)))
		}
		if !c.steps {
			wantDistributed(t, "samples", samples, c.cdf)
		}
	})
}

func TestDistRoundTrip(t *testing.T) {
	eachDist(t, func(t *testing.T, _ distCase, d Dist) {
		again := mustParse(t, d.String())
		if !sameDist(d, again) {
			t.Errorf("%v reads back as %v", d, again)
		}
		if again.String() != d.String() {
			t.Errorf("%v reads back and prints as %v", d, again)
		}
	})
}

// sameDist reports whether two distributions are equal in every field.
func sameDist(a, b Dist) bool {
	return cmp.Equal(a, b, cmp.AllowUnexported(
		Deterministic{}, Exponential{}, Uniform{}, Erlang{}, Lognormal{}, Hyperexponential{}, Pareto{},
		Empirical{}), cmpopts.EquateNaNs())
}

func TestDistQuantilePanics(t *testing.T) {
	eachDist(t, func(t *testing.T, _ distCase, d Dist) {
		for _, p := range []float64{-1e-9, 1 + 1e-9, math.NaN()} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("Quantile(%v) did not panic", p)
					}
				}()
				d.Quantile(p)
			}()
		}
	})
}

// Spans too long for the clock are cut off rather than wrapped.
func TestDistLongest(t *testing.T) {
	for _, text := range []string{
		"exponential(600000h)", "lognormal(mean=600000h, cv=1000)", "erlang(k=5, mean=600000h)",
		"hyperexp(mean=600000h, scv=100)", "uniform(0, 600000h)", "pareto(alpha=0.01, lo=1ns, hi=600000h)",
	} {
		d := mustParse(t, text)
		s := NewStream(1, 0, text, "")
		for range 10_000 {
			if x := d.Sample(&s); x < 0 || x > maxSpan {
				t.Fatalf("%s: sample %d", text, int64(x))
			}
		}
	}
}

func TestSamplingDoesNotAllocate(t *testing.T) {
	s := NewStream(1, 0, "allocations", "")
	eachDist(t, func(t *testing.T, _ distCase, d Dist) {
		if n := testing.AllocsPerRun(1000, func() { d.Sample(&s) }); n != 0 {
			t.Errorf("Sample allocates %v times", n)
		}
	})
	z := NewZipf(1e6, 0.9)
	if n := testing.AllocsPerRun(1000, func() { z.Sample(&s) }); n != 0 {
		t.Errorf("Zipf.Sample allocates %v times", n)
	}
}

// Rounding is to the nearest nanosecond, and ends at the longest span.
func TestDistRounding(t *testing.T) {
	for _, test := range []struct {
		ns   float64
		want Time
	}{{0, 0}, {0.49, 0}, {0.5, 1}, {2.4, 2}, {2.6, 3}, {float64(maxSpan), maxSpan}, {math.Inf(1), maxSpan}} {
		if got := span(test.ns); got != test.want {
			t.Errorf("span(%v) = %v, want %v", test.ns, got, test.want)
		}
	}
}
