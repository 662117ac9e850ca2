package bench

import (
	"math"
	"slices"
)

// Spread is a sample of figures: its least, its middle, and between which two
// its middle half lies. All are NaN if there is no sample.
type Spread struct {
	Least, Low, Median, High float64
}

// Width is the width of the middle half, relative to the median.
func (s Spread) Width() float64 { return (s.High - s.Low) / s.Median }

// spreadOf returns the quartiles of a sample, which is left as it is.
func spreadOf(sample []float64) Spread {
	sorted := slices.Sorted(slices.Values(sample))
	return Spread{
		Least: quantile(sorted, 0), Low: quantile(sorted, 0.25),
		Median: quantile(sorted, 0.5), High: quantile(sorted, 0.75),
	}
}

// quantile returns a quantile of a sorted sample, interpolated between
// neighbours: definition 7 of Hyndman and Fan (1996, "Sample quantiles in
// statistical packages", Am. Stat. 50).
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	next := min(i+1, len(sorted)-1)
	return sorted[i] + (at-float64(i))*(sorted[next]-sorted[i])
}

// ratio returns the time of one workload in times of another, round by round;
// NaN if one of them was not measured.
func ratio(subjects []*subject, name, other string) Spread {
	find := func(name string) []float64 {
		for _, u := range subjects {
			if u.name == name {
				return u.times
			}
		}
		return nil
	}
	var ratios []float64
	others := find(other)
	for i, time := range find(name) {
		if i < len(others) {
			ratios = append(ratios, time/others[i])
		}
	}
	return spreadOf(ratios)
}
