package fit

import "math"

// distance is the Kolmogorov-Smirnov distance of ascending samples from a law:
// the largest difference between their distribution function and its own, on
// either side of each step.
func distance(x []float64, cdf func(float64) float64) float64 {
	n, largest := float64(len(x)), 0.0
	for i := 0; i < len(x); {
		same := i + 1
		for same < len(x) && x[same] == x[i] {
			same++
		}
		at := cdf(x[i])
		largest = max(largest, at-float64(i)/n, float64(same)/n-at)
		i = same
	}
	return largest
}

// Probability is the chance of a distance at least as large if the law were the
// one that the samples were drawn from, from the limit law of Kolmogorov (1933):
//
//	2 Σ (-1)^(j-1) exp(-2 j² n d²)
//
// As the law was fitted to the same samples the true chance is smaller: a law
// that is refused is refused for good.
func Probability(distance float64, n int) float64 {
	z := distance * (math.Sqrt(float64(n)) + 0.12 + 0.11/math.Sqrt(float64(n))) // Stephens 1970
	if z < 0.2 {
		return 1
	}
	sum := 0.0
	for j := 1.0; j <= 100; j++ {
		sum += math.Pow(-1, j-1) * math.Exp(-2*j*j*z*z)
	}
	return min(max(2*sum, 0), 1)
}
