package fit

import (
	"fmt"
	"math"
)

// The exponents that package sim takes for a bounded Pareto law.
const (
	leastAlpha = 0.01
	mostAlpha  = 100
)

// pareto fits the bounded Pareto law. The smallest and the largest sample are
// the estimates of its ends, and the exponent solves
//
//	1/α + r^α ln r / (1 - r^α) = mean of ln(x/lo)      r = lo/hi
//
// (Aban, Meerschaert and Panorska 2006, "Parameter estimation for the truncated
// Pareto distribution", theorem 2). The left side falls in α.
func pareto(m *moments) (estimate, bool) {
	lo, hi := m.x[0], m.x[len(m.x)-1]
	if !(hi > lo) {
		return estimate{}, false
	}
	logR, want := math.Log(lo/hi), m.meanLog-math.Log(lo)
	excess := func(alpha float64) float64 {
		power := alpha * logR
		return 1/alpha - logR*math.Exp(power)/math.Expm1(power) - want
	}
	alpha, found := falls(excess, leastAlpha, mostAlpha)
	if !found {
		return estimate{}, false
	}
	kept := -math.Expm1(alpha * logR)
	logScale := math.Log(alpha) + alpha*math.Log(lo) - math.Log(kept)
	text := fmt.Sprintf("pareto(alpha=%.4g, lo=%s, hi=%s)", alpha, span(lo), span(hi))
	return estimate{text, 3,
		func(x float64) float64 { return logScale - (alpha+1)*math.Log(x) },
		func(x float64) float64 { return min(max(-math.Expm1(alpha*math.Log(lo/x))/kept, 0), 1) },
	}, true
}

// falls returns where a falling function is 0 between two places, by bisection,
// and whether it is.
func falls(f func(float64) float64, lo, hi float64) (float64, bool) {
	if !(f(lo) >= 0 && f(hi) <= 0) {
		return 0, false
	}
	for range 200 {
		middle := lo + (hi-lo)/2
		if middle <= lo || middle >= hi {
			break
		}
		if f(middle) > 0 {
			lo = middle
		} else {
			hi = middle
		}
	}
	return lo, true
}
