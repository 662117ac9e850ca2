package truth

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"onepen/sim"
)

// familyError is the probability that a suite without a fault fails at all, if
// its seed were drawn at random.
const familyError = 0.01

// power is the probability with which Outcome.Detects is detected.
const power = 0.9

// resolution is the relative difference below which values are the same: times
// are whole nanoseconds, and some exact values are given to six digits.
const resolution = 1e-5

// Verdict is what came of a row.
type Verdict uint8

// The verdicts.
const (
	Passed Verdict = iota
	Failed
	NotCovered
)

var verdicts = []string{"pass", "FAIL", "skip"}

func (v Verdict) String() string { return verdicts[v] }

// Outcome is a row beside what we make of it.
type Outcome struct {
	Case, Family string
	Row
	Method    Method
	Simulated float64 // in the unit of the row; NaN if there is none
	HalfWidth float64 // at 95 %; NaN without chance
	Z         float64 // distance from the exact value in standard errors, as a normal deviate; NaN without chance
	Detects   float64 // relative error of the measure that would fail the row with probability 0.9; NaN without chance
	Verdict   Verdict
	Remark    string // why it is skipped, or what is particular
}

// perRow returns the probability with which one of m rows may fail by chance if
// all of them together may with probability family (Šidák 1967, "Rectangular
// confidence regions for the means of multivariate normal distributions"):
//
//	1 - (1-family)^(1/m)
//
// Rows of a case depend on each other, which makes the true probability smaller.
func perRow(family float64, m int) float64 { return -math.Expm1(math.Log1p(-family) / float64(m)) }

// judge compares what replications say about a row with its exact value. The
// row may fail by chance with probability level.
func judge(c *Case, r Row, a answer, s sample, level float64) Outcome {
	o := Outcome{
		Case: c.ID, Family: c.Family, Row: r, Method: a.method, Remark: a.reason,
		Simulated: math.NaN(), HalfWidth: math.NaN(), Z: math.NaN(), Detects: math.NaN(),
	}
	switch a.method {
	case Skipped:
		o.Verdict = NotCovered
		return o
	case Computed:
		o.Simulated = a.value
		o.Verdict = verdict(near(a.value, r.Exact, 1e-9))
		return o
	}
	e := estimate(a, s)
	o.Simulated = a.show(e.ratio)
	if s.law != nil {
		// Where the law of all replications has the share that is estimated.
		o.Simulated = a.show(s.law.Quantile(min(max(a.level+e.shift, 0), 1))) * s.bent
	}
	same := near(o.Simulated, r.Exact, resolution)
	if e.se == 0 { // nothing in it is random
		o.Method = Exactly
	}
	if o.Method == Exactly {
		o.Verdict = verdict(same)
		return o
	}
	degrees := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: e.degrees}
	spread := a.spread(e, s.law)
	o.HalfWidth = degrees.Quantile((1+sim.Confidence)/2) * spread
	below, above := degrees.CDF(e.t), degrees.CDF(-e.t)
	if a.yesNo {
		below, above = e.atMost, e.atLeast
	}
	tail := min(below, above)
	o.Z = math.Copysign(distuv.UnitNormal.Quantile(tail), below-above)
	critical, fails := -degrees.Quantile(level/2), 2*tail < level
	if a.method == Bounded {
		critical = -degrees.Quantile(level)
		fails = above < level // above an upper bound
	}
	o.Detects = detects(critical, e.degrees) * spread / math.Abs(r.Exact)
	o.Verdict = verdict(same || !fails)
	return o
}

// detects returns the difference, in standard errors, that exceeds a critical
// value of Student's t with the probability power, where the standard error is
// estimated as well (Johnson and Welch 1940, "Applications of the non-central
// t-distribution", Biometrika 31):
//
//	critical + z √(1 + critical²/2ν)
func detects(critical, degrees float64) float64 {
	return critical + float64(distuv.UnitNormal.Quantile(power)*math.Sqrt(1+critical*critical/(2*degrees)))
}

func verdict(good bool) Verdict {
	if good {
		return Passed
	}
	return Failed
}

// near reports whether two values agree but for a relative error.
func near(x, exact, tolerance float64) bool {
	return math.Abs(x-exact) <= tolerance*math.Abs(exact) || math.Abs(x-exact) < 1e-15
}

// spread returns the standard error of what a row shows. That of a quantile is
// the one of the share beyond it, divided by the density there.
func (a answer) spread(e estimation, law *sim.Histogram) float64 {
	if law == nil {
		return math.Abs(a.show(e.ratio+e.se)-a.show(e.ratio-e.se)) / 2
	}
	const around = 0.02
	low, high := a.edge*(1-around), a.edge*(1+around)
	density := (law.Above(low) - law.Above(high)) / float64(law.N()) / (high - low)
	return a.show(e.se / density)
}
