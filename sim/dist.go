package sim

import (
	"fmt"
	"math"
)

// Dist is the distribution of a span of time: a service time, a think time, a
// round trip. Its values do not change after construction and may be shared by
// simulations that run side by side. [ParseDist] reads one from text;
// [DistForms] lists what there is.
//
// Moments and quantiles are those of the distribution before samples are
// rounded to whole nanoseconds.
type Dist interface {
	// Mean returns the expectation. [s]
	Mean() float64

	// SCV returns the squared coefficient of variation, variance/mean²: 0 for
	// a constant, 1 for the exponential, more for what is burstier than that.
	SCV() float64

	// Quantile returns the smallest value that a sample does not exceed with
	// probability p, in [0,1]; it may be +Inf at 1. It panics outside that
	// range. It is meant for display: unlike Sample it may differ between
	// machines in the last bits. [s]
	Quantile(p float64) float64

	// Sample draws a value, rounded to the nearest nanosecond: the same on
	// every machine, never negative and at most 2^61 ns (73 years), so that it
	// can be added to an instant without overflow.
	Sample(s *Stream) Time

	// String returns text that ParseDist reads back to the same distribution.
	String() string
}

// maxSpan is the longest sample and the longest span a distribution accepts as
// a parameter: 73 years.
const maxSpan Time = 1 << 61

// span returns the Time nearest to ns ≥ 0 nanoseconds, at most maxSpan.
func span(ns float64) Time {
	if ns < float64(maxSpan) {
		return Time(float64(ns) + 0.5) // float64 keeps a product from being fused
	}
	return maxSpan
}

// seconds converts nanoseconds to seconds.
func seconds(ns float64) float64 { return ns / 1e9 }

// checkSpan returns an error that says what a span parameter must be, unless
// it is in (0, maxSpan].
func checkSpan(dist, parameter string, t Time) error {
	switch {
	case t <= 0:
		return fmt.Errorf("%s: %s must be > 0, got %v", dist, parameter, t)
	case t > maxSpan:
		return fmt.Errorf("%s: %s must be at most 73 years, got %v", dist, parameter, t)
	}
	return nil
}

// checkNumber returns an error that says what a number must be, unless it
// satisfies ok and is finite.
func checkNumber(dist, parameter string, x float64, ok bool, must string) error {
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Errorf("%s: %s must be %s, got %v", dist, parameter, must, x)
	}
	return nil
}

// mustProbability panics unless p is in [0,1].
func mustProbability(p float64) {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("sim: quantile of probability %v, outside [0,1]", p))
	}
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
