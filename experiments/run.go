package experiments

import (
	"context"
	"fmt"
	"slices"

	"onepen/experiments/breach"
	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Options says how to run a scenario. The zero value runs replication 0 and
// keeps no time series.
type Options struct {
	Replication int  // from 0; another one has other random numbers under the same seed
	Series      bool // keep the time series: about 500 bytes for each lane and sample

	// OnSample is called with each sample, if it is not nil. The snapshot is
	// overwritten by the next one. Watching does not change the run.
	OnSample func(*models.Snapshot)
}

// Report is what one run measured.
type Report struct {
	Scenario    *models.Scenario // as it was at the start
	Point       int              // of a design; 0 of a run that stands alone
	Factors     []FactorColumn   // of the design; nil of a run that stands alone
	Replication int
	Result      models.Result
	Series      []Sample // empty unless asked for
	Warnings    []string // what cannot keep up by the scenario's numbers, and what did not

	// Failure says why there is no result; "" if there is one.
	Failure string

	// Against is what is to be held against all of its numbers.
	Against response.Warnings

	// Levels tells, by lane, whether the number of writes in flight had settled
	// when the window began; nil where the load is not meant to be steady.
	Levels []Level

	// Contention says, in clauses, what the writers fought over in the window;
	// nil if the run did not get there.
	Contention []string

	// Breaches says what broke, the first time of each kind, the earliest first.
	Breaches []breach.Breach
}

// Measured returns what the run measured, and what is to be held against it.
func (r *Report) Measured() (*models.Result, response.Warnings) { return &r.Result, r.Against }

// Sample is one point of the time series of all lanes.
type Sample struct {
	Time  sim.Time
	Span  sim.Time // what rates and latencies are over
	Lanes []models.LaneSample
}

// stride is the longest stretch of simulated time between two looks at the
// context: short enough that an interrupt is answered at once.
const stride = 10 * sim.Millisecond

// Run runs a scenario from its start to its duration, or to where it cannot go
// on; Result.Halted then says why.
//
// The error is an *InputError if the scenario cannot run, the context's if it
// ended first, or else says which invariant the run broke; in the last two
// cases the report is of what was run.
func Run(ctx context.Context, scenario *models.Scenario, o Options) (Report, error) {
	if o.Replication < 0 {
		return Report{}, fmt.Errorf("replication must be 0 or more, got %d", o.Replication)
	}
	system, err := models.New(scenario, o.Replication)
	if err != nil {
		return Report{}, refused(scenario.Name, err)
	}
	report := Report{Scenario: scenario.Clone(), Replication: o.Replication, Warnings: scenario.Warnings()}
	w := newWatcher(scenario)
	err = advance(ctx, system, &report, w, o)
	report.Result = system.Result()
	report.Breaches = w.breaches.Breaches()
	if err != nil {
		return report, err
	}
	report.Levels = w.levels(scenario)
	backlogs := w.backlogs(&report.Result)
	report.Warnings = append(report.Warnings, backlogs...)
	if backlogs != nil || scenario.Unstable() {
		report.Against |= response.Unstable
	}
	report.Contention = w.contention(system.Scenario(), &report.Result)
	if err := system.Check(); err != nil {
		return report, fmt.Errorf("the run broke what must hold in every run: %w", err)
	}
	return report, nil
}

// advance runs a system to the end, sample by sample.
func advance(ctx context.Context, system *models.System, report *Report, w *watcher, o Options) error {
	var snapshot models.Snapshot
	end, spacing := report.Scenario.Duration, report.Scenario.Sample
	for next := sim.Time(0); next < end && system.Halted() == ""; {
		next = min(next+spacing, end)
		for now := system.Now(); now < next && system.Halted() == ""; now = system.Now() {
			if err := ctx.Err(); err != nil {
				return err
			}
			system.RunUntil(min(now+stride, next))
		}
		system.Sample(&snapshot)
		w.see(system.Scenario(), &snapshot)
		if o.Series {
			report.Series = append(report.Series, Sample{Time: snapshot.Time, Span: snapshot.Span, Lanes: slices.Clone(snapshot.Lanes)})
		}
		if o.OnSample != nil {
			o.OnSample(&snapshot)
		}
	}
	return nil
}

// refused turns the joined errors of models.New into an *InputError.
func refused(name string, err error) error {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	var problems []Problem
	for _, err := range all {
		message, suggestion := explain(err)
		problems = append(problems, Problem{File: name, Path: pathOf(err), Message: message, Suggestion: suggestion})
	}
	return &InputError{Problems: problems}
}
