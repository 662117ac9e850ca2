package response

import (
	"math"

	"onepen/models"
	"onepen/sim"
)

// Run is a run that was made, such as an *experiments.Report.
type Run interface {
	// Measured returns what was measured, and what is to be held against all
	// of it.
	Measured() (*models.Result, Warnings)
}

// Sample is what the replications of one design point say about a response.
type Sample struct {
	Response Response
	values   []float64
	warnings Warnings // of single runs
}

// NewSample returns a sample without replications.
func NewSample(r Response) *Sample { return &Sample{Response: r} }

// Add takes what one more replication says. What it did not measure is left out
// and does not count.
func (s *Sample) Add(run Run) { s.AddValue(s.Response.Observe(run)) }

// AddValue takes what one more replication says, from wherever it is known.
func (s *Sample) AddValue(x float64, warnings Warnings) {
	if math.IsNaN(x) {
		return
	}
	s.values = append(s.values, x)
	s.warnings |= warnings
}

// Values returns what the replications said, in their order. It belongs to the
// sample and is not to be changed.
func (s *Sample) Values() []float64 { return s.values }

// Summary returns what the replications say together.
func (s *Sample) Summary() Summary {
	summary := Summarize(s.values)
	if summary.N > 0 {
		summary.Warnings |= s.warnings
	}
	return summary
}

// Summary is an estimate with its precision and with what is to be held against
// it. The zero N has neither mean nor half-width, which are NaN.
type Summary struct {
	sim.Interval
	Warnings Warnings
}

// Summarize returns the mean of independent values, such as the results of
// replications or their paired differences, with its 95 % interval by Student's
// t. A half-width is NaN for fewer than two values. Of no values nothing is
// said, so nothing is held against it.
func Summarize(values []float64) Summary {
	s := Summary{Interval: sim.StudentInterval(values, sim.Confidence)}
	if s.N == 0 {
		return s
	}
	if s.N < enoughReplications {
		s.Warnings |= FewReplications
	}
	if s.HalfWidth > wideInterval*math.Abs(s.Mean) {
		s.Warnings |= WideInterval
	}
	return s
}
