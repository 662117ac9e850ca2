package sim

import "math"

// mserBatch is the number of observations averaged into one by MSER5.
const mserBatch = 5

// MSER5 returns how many observations to cut from the start of x so that the
// rest is least marred by the initial transient: the length of the warm-up. It
// averages x in batches of five, z(1) … z(m), and cuts the d batches that
// minimise the marginal standard error of the mean of the rest, squared,
//
//	MSER(d) = Σ (z(i) - z̄(d))² / (m-d)²,  i = d+1 … m
//
// with z̄(d) the mean over the same i (White 1997, "An effective truncation
// heuristic for bias reduction in simulation output", Simulation 69(6); in
// batches of five: White, Cobb and Spratt 2000, "A comparison of five
// steady-state truncation heuristics for simulation", Proc. Winter Simulation
// Conference). Of equal minima the smallest cut is taken. Up to four
// observations that fill no batch are left out.
//
// At least five batches are kept in the search, as one or two happen to agree
// too easily. If the minimum still lies in the second half of x, x is too
// short to tell: ok is false. It is false too for fewer than ten batches.
// MSER5 does not change x. A NaN, for a measure absent at the time, can only be
// cut.
func MSER5(x []float64) (cut int, ok bool) {
	const kept = 5
	m := len(x) / mserBatch
	if m < 2*kept {
		return 0, false
	}
	best := math.Inf(1)
	var rest Tally
	for d := m - 1; d >= 0; d-- {
		rest.Add(batchAverage(x[d*mserBatch : (d+1)*mserBatch]))
		if d > m-kept {
			continue
		}
		n := float64(m - d)
		if mser := rest.m2 / (n * n); mser <= best {
			best, cut = mser, d
		}
	}
	return cut * mserBatch, 2*cut <= m
}

// batchAverage returns the mean of the observations of one batch.
func batchAverage(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
