package sim

import "math"

// A Tally keeps the statistics of a sequence of values, each of the same
// weight: waiting times, batch sizes, one result per replication. For a level
// that lasts, such as a queue length, use TimeWeighted.
//
// Moments are updated one value at a time after Welford (1962), "Note on a
// method for calculating corrected sums of squares and products",
// Technometrics 4(3):
//
//	d     = x - mean(n-1)
//	mean += d / n
//	m2   += d · (x - mean(n))
//
// which avoids the cancellation of sum(x²) - n·mean². What nothing was
// recorded for is NaN, not zero. Values should be finite: a NaN or an
// infinity makes the moments NaN.
//
// The zero Tally is empty and ready for use; a copy is independent.
type Tally struct {
	n        uint64
	mean, m2 float64 // m2 = sum of squared deviations from mean
	min, max float64 // meaningful if n > 0
}

// Add records x.
func (t *Tally) Add(x float64) {
	if t.n == 0 {
		t.min, t.max = x, x
	}
	t.n++
	d := x - t.mean
	t.mean += d / float64(t.n)
	// The conversion forbids fusing into a multiply-add, which would round
	// differently from machine to machine.
	t.m2 += float64(d * (x - t.mean))
	t.min = min(t.min, x)
	t.max = max(t.max, x)
}

// Merge adds all that o has recorded, as if every value had been added to t,
// up to rounding. It combines the moments after Chan, Golub and LeVeque
// (1983), "Algorithms for computing the sample variance", The American
// Statistician 37(3):
//
//	m2 = m2a + m2b + d² · na·nb / (na+nb),  d = meanb - meana
func (t *Tally) Merge(o Tally) {
	if o.n == 0 {
		return
	}
	if t.n == 0 {
		*t = o
		return
	}
	na, nb := float64(t.n), float64(o.n)
	d := o.mean - t.mean
	share := nb / (na + nb)
	t.n += o.n
	t.mean += float64(d * share)
	t.m2 += o.m2 + float64(float64(d*d)*float64(na*share))
	t.min = min(t.min, o.min)
	t.max = max(t.max, o.max)
}

// N returns the number of values recorded.
func (t *Tally) N() uint64 { return t.n }

// Mean returns the arithmetic mean; NaN without values.
func (t *Tally) Mean() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	return t.mean
}

// Variance returns the unbiased sample variance, m2/(n-1); NaN for fewer than
// two values.
func (t *Tally) Variance() float64 {
	if t.n < 2 {
		return math.NaN()
	}
	return t.m2 / float64(t.n-1)
}

// SD returns the sample standard deviation, the square root of Variance.
func (t *Tally) SD() float64 { return math.Sqrt(t.Variance()) }

// SCV returns the squared coefficient of variation, Variance/Mean². It is NaN
// for fewer than two values and +Inf or NaN if the mean is zero.
func (t *Tally) SCV() float64 { return t.Variance() / (t.mean * t.mean) }

// Min returns the least value; NaN without values.
func (t *Tally) Min() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	return t.min
}

// Max returns the greatest value; NaN without values.
func (t *Tally) Max() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	return t.max
}
