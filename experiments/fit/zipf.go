package fit

import (
	"math"
	"slices"
)

// frequencies returns how often each different key occurs, the most frequent
// first.
func frequencies(keys []string) []int {
	counted := map[string]int{}
	for _, k := range keys {
		counted[k]++
	}
	var counts []int
	for _, n := range counted { // in any order: sorted below
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	return counts
}

// mostZipf is the largest exponent that is looked for.
const mostZipf = 10

// zipf estimates the exponent of a Zipf law over the keys seen, whose ranks are
// those of their frequencies, by maximum likelihood: the mean logarithm of the
// rank is as the law has it,
//
//	Σ ln r · r^-s / Σ r^-s = mean of ln r over the arrivals
//
// (Clauset, Shalizi and Newman 2009, "Power-law distributions in empirical
// data", eq. B.5 for a law that ends). It is NaN for a single key. Ranks by
// frequency flatter the popular keys: where most keys were seen a few times
// only, the exponent is too large.
func zipf(counts []int) float64 {
	if len(counts) < 2 {
		return math.NaN()
	}
	logs := make([]float64, len(counts))
	sum, n := 0.0, 0.0
	for i, c := range counts {
		logs[i] = math.Log(float64(i + 1))
		sum += float64(c) * logs[i]
		n += float64(c)
	}
	mean := sum / n
	excess := func(s float64) float64 {
		weights, weighted := 0.0, 0.0
		for _, l := range logs {
			w := math.Exp(-s * l)
			weights += w
			weighted += w * l
		}
		return weighted/weights - mean
	}
	if s, found := falls(excess, 0, mostZipf); found {
		return s
	}
	if excess(0) < 0 {
		return 0
	}
	return mostZipf
}
