package sim

import (
	"fmt"
	"math"
)

// Hyperexponential is the distribution of a span that is, with probability p,
// exponential of mean a and otherwise exponential of mean b:
//
//	F(x) = 1 - p·e^(-x/a) - (1-p)·e^(-x/b)    x ≥ 0
//
// It describes two kinds of work in one line, such as hits and misses.
type Hyperexponential struct {
	p, q float64 // q = 1 - p, kept apart as it may be too small to subtract
	a, b float64 // [ns]

	text string // the form it was given in
}

// NewHyperexponential returns the mixture of an exponential of mean a, with
// probability p in [0,1], and an exponential of mean b. Both means are in
// (0, 73 years].
func NewHyperexponential(p float64, a, b Time) (Hyperexponential, error) {
	if err := firstError(
		checkNumber("hyperexp", "p", p, p >= 0 && p <= 1, "0 to 1"),
		checkSpan("hyperexp", "a", a),
		checkSpan("hyperexp", "b", b),
	); err != nil {
		return Hyperexponential{}, err
	}
	text := fmt.Sprintf("hyperexp(p=%v, a=%v, b=%v)", p, a, b)
	return Hyperexponential{p, 1 - p, float64(a), float64(b), text}, nil
}

// NewBalancedHyperexponential returns the hyperexponential distribution of the
// given mean, in (0, 73 years], and squared coefficient of variation scv, in
// [1, 1e9], whose two kinds of work contribute equally to the mean:
//
//	p = (1 + √((scv-1)/(scv+1)))/2    a = mean/(2p)    b = mean/(2(1-p))
//
// (Tijms 2003, "A first course in stochastic models", appendix B).
func NewBalancedHyperexponential(mean Time, scv float64) (Hyperexponential, error) {
	if err := firstError(
		checkSpan("hyperexp", "mean", mean),
		checkNumber("hyperexp", "scv", scv, scv >= 1, "≥ 1"),
		checkNumber("hyperexp", "scv", scv, scv <= 1e9, "at most 1e9"),
	); err != nil {
		return Hyperexponential{}, err
	}
	root := math.Sqrt((scv - 1) / (scv + 1))
	p := (1 + root) / 2
	q := 1 / (scv + 1) / (1 + root) // (1 - root)/2 without cancellation
	m := float64(mean)
	text := fmt.Sprintf("hyperexp(mean=%v, scv=%v)", mean, scv)
	return Hyperexponential{p, q, m / (2 * p), m / (2 * q), text}, nil
}

// Mean returns p·a + (1-p)·b. [s]
func (d Hyperexponential) Mean() float64 { return seconds(d.mean()) }

// mean returns the mean. [ns]
func (d Hyperexponential) mean() float64 { return float64(d.p*d.a) + float64(d.q*d.b) }

// SCV returns 2·(p·a² + (1-p)·b²)/mean² - 1.
func (d Hyperexponential) SCV() float64 {
	a, b := d.a/d.mean(), d.b/d.mean()
	return float64(2*(float64(d.p*a*a)+float64(d.q*b*b))) - 1
}

// Quantile solves F(x) = p by bisection, to the precision of float64. [s]
func (d Hyperexponential) Quantile(p float64) float64 {
	mustProbability(p)
	if p == 0 || p == 1 {
		return -math.Log1p(-p) // 0 or +Inf
	}
	// The mixture's quantile lies between those of its two parts.
	lo := -math.Log1p(-p) * min(d.a, d.b)
	hi := -math.Log1p(-p) * max(d.a, d.b)
	for {
		middle := lo + (hi-lo)/2
		if middle <= lo || middle >= hi {
			return seconds(middle)
		}
		// Written with expm1 the comparison keeps its digits for small p.
		below := -d.p*math.Expm1(-middle/d.a) - d.q*math.Expm1(-middle/d.b)
		if below < p {
			lo = middle
		} else {
			hi = middle
		}
	}
}

// Sample draws the kind of work, then its span.
func (d Hyperexponential) Sample(s *Stream) Time {
	mean := d.a
	if s.Float64() < d.q {
		mean = d.b
	}
	return span(mean * s.Exp())
}

// String returns text such as hyperexp(p=0.9, a=1ms, b=10ms) or
// hyperexp(mean=2ms, scv=5), as it was given.
func (d Hyperexponential) String() string { return d.text }

// hyperexponentialForm says how the distribution is written by its parts.
func hyperexponentialForm() DistForm {
	return DistForm{
		Name: "hyperexp",
		Args: []DistArg{
			{Name: "p", Kind: NumberArg, Meaning: "probability of the first kind, 0 to 1"},
			{Name: "a", Kind: SpanArg, Meaning: "mean of the first kind, > 0"},
			{Name: "b", Kind: SpanArg, Meaning: "mean of the second kind, > 0"},
		},
		Meaning: "exponential of mean a with probability p, else of mean b",
		Example: "hyperexp(p=0.9, a=1ms, b=10ms)",
		build: func(a distArgs) (Dist, error) {
			return NewHyperexponential(a.number("p"), a.span("a"), a.span("b"))
		},
	}
}

// balancedHyperexponentialForm says how it is written by its moments.
func balancedHyperexponentialForm() DistForm {
	return DistForm{
		Name: "hyperexp",
		Args: []DistArg{
			meanArg(),
			{Name: "scv", Kind: NumberArg, Meaning: "squared coefficient of variation, 1 to 1e9"},
		},
		Meaning: "two exponential kinds that contribute equally to the mean",
		Example: "hyperexp(mean=2ms, scv=5)",
		build: func(a distArgs) (Dist, error) {
			return NewBalancedHyperexponential(a.span("mean"), a.number("scv"))
		},
	}
}
