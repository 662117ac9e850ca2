package sim

import "fmt"

// Uniform is the distribution in which every value of [lo, hi) is equally
// likely.
type Uniform struct {
	lo, hi Time
}

// NewUniform returns the uniform distribution over [lo, hi), where
// 0 ≤ lo < hi ≤ 73 years.
func NewUniform(lo, hi Time) (Uniform, error) {
	if lo < 0 {
		return Uniform{}, fmt.Errorf("uniform: lo must be ≥ 0, got %v", lo)
	}
	if hi <= lo {
		return Uniform{}, fmt.Errorf("uniform: hi must be above lo = %v, got %v", lo, hi)
	}
	return Uniform{lo, hi}, checkSpan("uniform", "hi", hi)
}

// Mean returns (lo + hi)/2. [s]
func (d Uniform) Mean() float64 { return (d.lo.Seconds() + d.hi.Seconds()) / 2 }

// SCV returns (hi - lo)²/12 over the squared mean.
func (d Uniform) SCV() float64 {
	ratio := (d.hi - d.lo).Seconds() / d.Mean()
	return ratio * ratio / 12
}

// Quantile returns lo + p·(hi - lo). [s]
func (d Uniform) Quantile(p float64) float64 {
	mustProbability(p)
	return d.lo.Seconds() + p*(d.hi-d.lo).Seconds()
}

// Sample draws a point of the interval.
func (d Uniform) Sample(s *Stream) Time {
	return d.lo + span(float64(d.hi-d.lo)*s.Float64())
}

// String returns text such as uniform(1ms, 3ms).
func (d Uniform) String() string { return fmt.Sprintf("uniform(%v, %v)", d.lo, d.hi) }

// uniformForm says how the distribution is written.
func uniformForm() DistForm {
	return DistForm{
		Name: "uniform",
		Args: []DistArg{
			{Name: "lo", Kind: SpanArg, Meaning: "least value, ≥ 0"},
			{Name: "hi", Kind: SpanArg, Meaning: "greatest value, > lo"},
		},
		Meaning: "every value between two bounds equally likely",
		Example: "uniform(1ms, 3ms)",
		build:   func(a distArgs) (Dist, error) { return NewUniform(a.span("lo"), a.span("hi")) },
	}
}
