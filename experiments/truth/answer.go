package truth

import (
	"math"
	"regexp"
	"strings"

	"onepen/sim"
)

// Method is how a row is answered.
type Method uint8

const (
	Sampled   Method = iota // estimated from runs, and tested against the exact value
	Bounded                 // estimated from runs, and tested to be on the right side of the value
	Exactly                 // read from a run without chance, and compared
	Estimator               // a statistic of ours applied to random numbers of ours, no system run
	Computed                // a formula of ours, compared
	Skipped                 // not covered
)

var methods = []string{"run", "bound", "exact run", "estimator", "formula", "skipped"}

func (m Method) String() string { return methods[m] }

// tested reports whether chance has a part in the row.
func (m Method) tested() bool { return m == Sampled || m == Bounded || m == Estimator }

// reading is what one replication says about a row: a sum and what it is to be
// divided by, such as time waited and writes. Sums over replications are divided
// last, since a mean of ratios is biased while, in a steady state, the
// expectation of
//
//	over - ratio·per
//
// is exactly 0 for the true ratio, however short the run (the ratio estimator:
// Cochran 1977, "Sampling Techniques", 3rd ed., ch. 6).
type reading struct {
	over, per float64
	law       *sim.Histogram // of a quantile's row, in place of the sums
}

// answer says how a row is answered. Ratios are in base units, [s].
type answer struct {
	method Method
	read   func([]observation) reading // one replication
	target float64                     // what the ratio should be
	show   func(ratio float64) float64 // the value that a ratio stands for, in the row's unit
	level  float64                     // of a quantile; 0 = the row is none
	edge   float64                     // of a quantile: the exact one [s]
	vague  float64                     // standard error of the target
	yesNo  bool                        // each replication says yes or no, and the ratio is the share that says yes
	value  float64                     // Computed, in the row's unit
	reason string                      // Skipped: why; others: what is particular
}

// unit returns how many of the unit of a measure make a base unit.
func unit(measure string) float64 {
	switch {
	case strings.HasSuffix(measure, "_ms"):
		return 1e3
	case strings.HasSuffix(measure, "_us"), strings.HasSuffix(measure, "_ms2"):
		return 1e6
	}
	return 1
}

// ratio answers a row by a quotient that is 1 ∶ 1 its value.
func ratio(r Row, read func([]observation) reading) answer {
	u := unit(r.Measure)
	return answer{method: Sampled, read: read, target: r.Exact / u, show: func(x float64) float64 { return x * u }}
}

// first is ratio for plans of one trial.
func first(r Row, read func(*observation) reading) answer {
	return ratio(r, func(o []observation) reading { return read(&o[0]) })
}

// lawOf is a source of distributions.
type lawOf func(*observation) *sim.Histogram

// exceeds answers a row by the share of a law above an exact value [s].
func exceeds(r Row, threshold float64, of lawOf) answer {
	return first(r, func(o *observation) reading {
		h := of(o)
		return reading{over: h.Above(threshold), per: float64(h.N())}
	})
}

// quantile answers a row by the share of a law above the exact quantile: a
// share has no bias, while a quantile of a sample has.
func quantile(r Row, p float64, of lawOf) answer {
	u := unit(r.Measure)
	return answer{
		method: Sampled, target: 1 - p, level: p, edge: r.Exact / u,
		read: func(o []observation) reading { return reading{law: of(&o[0])} },
		show: func(x float64) float64 { return x * u },
	}
}

// deviation answers a row that is a standard deviation, by the mean square
// distance from the exact mean [s].
func deviation(r Row, mean float64, of lawOf) answer {
	u := unit(r.Measure)
	exact := r.Exact / u
	return answer{
		method: Sampled, target: exact * exact,
		read: func(o []observation) reading {
			h := of(&o[0])
			return reading{over: squares(h, mean), per: float64(h.N())}
		},
		show: func(x float64) float64 { return math.Sqrt(x) * u },
	}
}

// bounded makes a row's exact value an upper bound of what is measured.
func (a answer) bounded() answer {
	a.method = Bounded
	return a
}

// asked marks a row of which each replication is a yes or a no.
func (a answer) asked() answer {
	a.yesNo = true
	return a
}

// computed answers a row by a formula of ours.
func computed(value float64) answer { return answer{method: Computed, value: value} }

// skipped says why a row is not answered.
func skipped(reason string) answer { return answer{method: Skipped, reason: reason} }

// squares sums the squared distances of the spans of a histogram from a mean
// [s²], each span taken to lie in the middle of its bucket.
func squares(h *sim.Histogram, mean float64) float64 {
	sum := 0.0
	for b := range h.Buckets() {
		d := (float64(b.Low)+float64(b.High))/2/float64(sim.Second) - mean
		sum += float64(b.Count) * d * d
	}
	return sum
}

// zeros counts the spans of a histogram that are nothing at all.
func zeros(h *sim.Histogram) float64 {
	for b := range h.Buckets() {
		if b.Low == 0 {
			return float64(b.Count)
		}
		break
	}
	return 0
}

// Patterns of measures.
var (
	quantileName  = regexp.MustCompile(`^p([0-9.]+)_(\w+?)(_accepted)?_[mu]s$`)
	thresholdName = regexp.MustCompile(`^P_(\w+)_gt_([0-9.]+ms)$`)
	deviationName = regexp.MustCompile(`^sd_(\w+)_ms$`)
)
