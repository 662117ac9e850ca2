package sim

import (
	"fmt"
	"math"
)

// Exponential is the distribution of memoryless spans, with density and
// distribution function
//
//	f(x) = e^(-x/m)/m    F(x) = 1 - e^(-x/m)    x ≥ 0
//
// where m > 0 is the mean.
type Exponential struct {
	mean Time
}

// NewExponential returns the exponential distribution of the given mean, in
// (0, 73 years].
func NewExponential(mean Time) (Exponential, error) {
	return Exponential{mean}, checkSpan("exponential", "mean", mean)
}

// Mean returns m. [s]
func (d Exponential) Mean() float64 { return d.mean.Seconds() }

// SCV returns 1.
func (d Exponential) SCV() float64 { return 1 }

// Quantile returns -m·ln(1-p). [s]
func (d Exponential) Quantile(p float64) float64 {
	mustProbability(p)
	return d.mean.Seconds() * -math.Log1p(-p)
}

// Sample draws m times a standard exponential number.
func (d Exponential) Sample(s *Stream) Time { return span(float64(d.mean) * s.Exp()) }

// String returns text such as exponential(1ms).
func (d Exponential) String() string { return fmt.Sprintf("exponential(%v)", d.mean) }

// exponentialForm says how the distribution is written.
func exponentialForm() DistForm {
	return DistForm{
		Name:    "exponential",
		Args:    []DistArg{meanArg()},
		Meaning: "memoryless, SCV 1",
		Example: "exponential(1ms)",
		build:   func(a distArgs) (Dist, error) { return NewExponential(a.span("mean")) },
	}
}
