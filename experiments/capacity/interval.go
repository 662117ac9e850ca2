package capacity

import (
	"math"

	"onepen/sim"
)

// skewed returns the 95 % interval of the mean of x, corrected for their
// skewness γ: the t statistic is transformed to one whose law is close to
// Student's,
//
//	g(t) = t + γt²/(3√n) + γ²t³/(27n) + γ/(6√n),
//
// and the ends are where g⁻¹ of its quantiles lies (Hall 1992, "On the removal of
// skewness by transformation", J. R. Statist. Soc. B 54, eq. 2.4),
//
//	g⁻¹(u) = 3/a · (∛(1 + a(u - a/6)) - 1),  a = γ/√n.
//
// A run that meets a rare long line has a share of late writes many times the
// usual one: most sets of a few runs have none of these, and a mean and a spread
// that are both too small.
func skewed(x []float64) (low, high float64) {
	v := sim.StudentInterval(x, sim.Confidence)
	variance, third := 0.0, 0.0
	for _, value := range x {
		d := value - v.Mean
		variance += d * d
		third += d * d * d
	}
	n := float64(len(x))
	variance, third = variance/n, third/n
	if !(variance > 0) {
		return v.Low(), v.High()
	}
	a := third / (variance * math.Sqrt(variance)) / math.Sqrt(n)
	standardError := math.Sqrt(variance / (n - 1))
	quantile := v.HalfWidth / standardError
	back := func(u float64) float64 {
		if math.Abs(a) < 1e-6 {
			return u
		}
		return 3 / a * (math.Cbrt(1+a*(u-a/6)) - 1)
	}
	return v.Mean - standardError*back(quantile), v.Mean - standardError*back(-quantile)
}
