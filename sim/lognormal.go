package sim

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Lognormal is the distribution of e^(μ + σ·N) with N standard normal, given
// by its mean m and its coefficient of variation c:
//
//	σ² = ln(1 + c²)    μ = ln m - σ²/2
//
// (Johnson, Kotz and Balakrishnan 1994, "Continuous univariate distributions",
// vol. 1, chapter 14). It describes work of many multiplied causes: most
// operations quick, a few very slow.
type Lognormal struct {
	mean Time
	cv   float64

	mu, sigma float64 // of the logarithm of nanoseconds
}

// NewLognormal returns the lognormal distribution of the given mean, in
// (0, 73 years], and coefficient of variation cv, in [0, 1e6]. With cv 0 it is
// a constant.
func NewLognormal(mean Time, cv float64) (Lognormal, error) {
	if err := firstError(
		checkSpan("lognormal", "mean", mean),
		checkNumber("lognormal", "cv", cv, cv >= 0, "≥ 0"),
		checkNumber("lognormal", "cv", cv, cv <= 1e6, "at most 1e6"),
	); err != nil {
		return Lognormal{}, err
	}
	variance := log1p(float64(cv * cv))
	return Lognormal{
		mean: mean, cv: cv,
		mu:    log(float64(mean)) - variance/2,
		sigma: math.Sqrt(variance),
	}, nil
}

// Mean returns m. [s]
func (d Lognormal) Mean() float64 { return d.mean.Seconds() }

// SCV returns c².
func (d Lognormal) SCV() float64 { return d.cv * d.cv }

// Quantile returns e^(μ + σ·z) with z the quantile of the standard normal. [s]
func (d Lognormal) Quantile(p float64) float64 {
	mustProbability(p)
	if d.sigma == 0 {
		return d.mean.Seconds()
	}
	return seconds(math.Exp(d.mu + d.sigma*mathext.NormalQuantile(p)))
}

// Sample draws e^(μ + σ·N).
func (d Lognormal) Sample(s *Stream) Time {
	return span(exp(d.mu + float64(d.sigma*s.Normal())))
}

// String returns text such as lognormal(mean=2ms, cv=0.7).
func (d Lognormal) String() string { return fmt.Sprintf("lognormal(mean=%v, cv=%v)", d.mean, d.cv) }

// lognormalForm says how the distribution is written.
func lognormalForm() DistForm {
	return DistForm{
		Name: "lognormal",
		Args: []DistArg{
			meanArg(),
			{Name: "cv", Kind: NumberArg, Meaning: "coefficient of variation, 0 to 1e6"},
		},
		Meaning: "mostly quick, a few very slow; SCV cv²",
		Example: "lognormal(mean=2ms, cv=0.7)",
		build:   func(a distArgs) (Dist, error) { return NewLognormal(a.span("mean"), a.number("cv")) },
	}
}
