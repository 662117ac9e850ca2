package sim

import (
	"fmt"
	"math"
)

// SectionedInterval returns the confidence interval of a measure of a series
// whose elements depend on their neighbours, such as a quantile of the latencies
// of successive writes, from its value over the whole series and its values
// x(1) … x(k) over sections of equal length:
//
//	h = t(k-2, (1+confidence)/2) · √(A · Σ e(i)² / (k(k-2))),   A = max(1, (1+r)/(1-r))
//
// The middle is the value over the whole and not the mean of the sections,
// which for a quantile is biased: sectioning (Asmussen and Glynn 2007,
// "Stochastic Simulation", ch. III; for quantiles Nakayama 2014, "Confidence
// intervals for quantiles using sectioning when applying variance-reduction
// techniques", ACM TOMACS 24(4)).
//
// The e(i) are what is left of the x(i) without their mean and linear trend: a
// queue that grows all the time has no mean that holds for ever, but one of the
// time that was watched, and the trend is no doubt about that.
//
// A corrects for what neighbouring sections have in common: r is the correlation
// of neighbours among the e(i), which are taken to be a first-order
// autoregression (Tafazzoli, Wilson, Lada and Steiger 2011, "Performance of
// Skart", INFORMS Journal on Computing 23(2)). It is freed of its bias,
// -(2+4r)/k (Shaman and Stine 1988, "The bias of autoregressive coefficient
// estimators", JASA 83).
//
// Sections whose value is NaN, for nothing happened in them, are left out. The
// half-width is NaN for fewer than three sections or an unknown whole. It
// panics for a confidence outside (0,1).
func SectionedInterval(whole float64, x []float64, confidence float64) Interval {
	if !(confidence > 0 && confidence < 1) {
		panic(fmt.Sprintf("sim: interval at confidence %v, must be in (0,1)", confidence))
	}
	e := make([]float64, 0, len(x))
	for _, value := range x {
		if !math.IsNaN(value) {
			e = append(e, value)
		}
	}
	v := Interval{Mean: whole, HalfWidth: math.NaN(), N: len(e)}
	if v.N < 3 || math.IsNaN(whole) {
		return v
	}
	detrend(e)
	var squares, products float64
	for i := range e {
		squares += e[i] * e[i]
		if i > 0 {
			products += e[i] * e[i-1]
		}
	}
	k := float64(v.N)
	spread := squares / (k * (k - 2))
	if squares > 0 {
		r := products / squares
		r = min(r+(2+4*r)/k, maxCorrelation)
		spread *= max(1, (1+r)/(1-r))
	}
	v.HalfWidth = studentQuantile(v.N-2, (1+confidence)/2) * math.Sqrt(spread)
	return v
}

// maxCorrelation bounds the correlation of neighbours, which an estimate freed
// of its bias may exceed. There, an interval is 14 times as wide as without it.
const maxCorrelation = 0.99

// detrend subtracts from e its mean and its linear trend, by least squares.
func detrend(e []float64) {
	middle := float64(len(e)-1) / 2
	var mean, slope, squares float64
	for i := range e {
		at := float64(i) - middle
		mean += e[i] / float64(len(e))
		slope += at * e[i]
		squares += at * at
	}
	slope /= squares
	for i := range e {
		e[i] -= mean + slope*(float64(i)-middle)
	}
}
