package sim

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"
)

// Confidence is the customary confidence of an Interval.
const Confidence = 0.95

// An Interval is an estimate of a mean with its precision: at the confidence it
// was computed for, Mean ± HalfWidth holds the true mean.
type Interval struct {
	Mean      float64
	HalfWidth float64 // NaN for fewer than two observations
	N         int     // observations
}

// Low returns the lower end, Mean - HalfWidth.
func (v Interval) Low() float64 { return v.Mean - v.HalfWidth }

// High returns the upper end, Mean + HalfWidth.
func (v Interval) High() float64 { return v.Mean + v.HalfWidth }

// Contains reports whether x lies in the interval, ends included; false if the
// half-width is NaN.
func (v Interval) Contains(x float64) bool { return v.Low() <= x && x <= v.High() }

// RelHalfWidth returns HalfWidth/|Mean|; +Inf or NaN if the mean is zero.
func (v Interval) RelHalfWidth() float64 { return v.HalfWidth / math.Abs(v.Mean) }

// StudentInterval returns the confidence interval of the mean of x, whose
// elements must be independent, such as the results of replications:
//
//	h = t(n-1, (1+confidence)/2) · s / √n
//
// with s the sample standard deviation and t(df, p) the p-quantile of Student's
// distribution (Student 1908, "The probable error of a mean"). It is exact if
// the elements are normal. Confidence lies in (0,1), or StudentInterval panics.
// Without elements the mean is NaN, and with fewer than two the half-width.
func StudentInterval(x []float64, confidence float64) Interval {
	if !(confidence > 0 && confidence < 1) {
		panic(fmt.Sprintf("sim: interval at confidence %v, must be in (0,1)", confidence))
	}
	var t Tally
	for _, v := range x {
		t.Add(v)
	}
	v := Interval{Mean: t.Mean(), HalfWidth: math.NaN(), N: len(x)}
	if v.N >= 2 {
		v.HalfWidth = studentQuantile(v.N-1, (1+confidence)/2) * t.SD() / math.Sqrt(float64(v.N))
	}
	return v
}

// PairedInterval returns the confidence interval of the mean of a[i] - b[i]. With
// common random numbers, a[i] and b[i] rise and fall together, and the interval
// is much narrower than those of a and b. It panics if the lengths differ, and
// as StudentInterval does.
func PairedInterval(a, b []float64, confidence float64) Interval {
	if len(a) != len(b) {
		panic(fmt.Sprintf("sim: pairs of %d and %d observations", len(a), len(b)))
	}
	differences := make([]float64, len(a))
	for i := range a {
		differences[i] = a[i] - b[i]
	}
	return StudentInterval(differences, confidence)
}

// studentQuantile returns the p-quantile of Student's distribution with df
// degrees of freedom. It is rounded to 12 digits, as the last bits of the
// iteration behind it depend on whether a machine fuses multiply-adds, and
// results must not.
func studentQuantile(df int, p float64) float64 {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}.Quantile(p)
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(t, 'e', 11, 64), 64)
	if err != nil {
		panic(err) // a formatted float always parses
	}
	return rounded
}
