package compare

import (
	"math"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Verdict says what an interval shows of a difference.
type Verdict uint8

// What a difference may turn out to be.
const (
	Unmeasured Verdict = iota // in fewer than two pairs of replications
	NotShown                  // the interval holds zero
	Lower
	Higher
	Better // Lower or Higher, where one of them is what is wished
	Worse
)

var verdicts = []string{"not measured", "no difference shown", "lower", "higher", "better", "worse"}

func (v Verdict) String() string { return verdicts[v] }

// Row is what one move does to one response.
type Row struct {
	Response   response.Response
	Base, Move response.Summary // each alone, at 95 %

	// Difference is the move's response less the base's, over the replications
	// in which both were measured, at Study.Each.
	Difference sim.Interval
	Verdict    Verdict
	Warnings   response.Warnings // against the base, the move, or their difference
}

// Change returns the difference relative to the base: -0.5 for half of it; NaN
// if the base's mean is 0.
func (r *Row) Change() float64 {
	if r.Base.Mean == 0 {
		return math.NaN()
	}
	return r.Difference.Mean / math.Abs(r.Base.Mean)
}

// series is a response of a system, by replication; NaN where it was not
// measured.
type series struct {
	values []float64
	sample *response.Sample
}

// paired returns the interval of the differences of two series, over the
// replications in which both were measured.
func paired(moved, base []float64, confidence float64) sim.Interval {
	var a, b []float64
	for i := range base {
		if !math.IsNaN(base[i]) && !math.IsNaN(moved[i]) {
			a, b = append(a, moved[i]), append(b, base[i])
		}
	}
	return sim.PairedInterval(a, b, confidence)
}

// newRow compares a response of a move with that of the base.
func newRow(of response.Response, moved, base *series, confidence float64) Row {
	r := Row{Response: of, Base: base.sample.Summary(), Move: moved.sample.Summary()}
	r.Difference = paired(moved.values, base.values, confidence)
	r.Verdict = judge(r.Difference, of.Better)
	// How wide the intervals of the two are is beside the point: what pairs
	// have in common does not blur their difference.
	r.Warnings = (r.Base.Warnings | r.Move.Warnings) &^ response.WideInterval
	return r
}

// judge says what an interval of a difference shows.
func judge(d sim.Interval, better models.Better) Verdict {
	switch {
	case d.N < 2:
		return Unmeasured
	case d.Contains(0):
		return NotShown
	case better == models.EitherWay && d.Mean < 0:
		return Lower
	case better == models.EitherWay:
		return Higher
	case (d.Mean < 0) == (better == models.BetterLow):
		return Better
	}
	return Worse
}
