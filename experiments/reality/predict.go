package reality

import (
	"context"
	"fmt"
	"path"
	"strings"

	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
	"onepen/sim/names"
)

// A run is long enough that chance is small beside the spread of the
// measurements: thousands of transactions of the slowest workload.
const (
	duration = 2 * sim.Second
	warmup   = 500 * sim.Millisecond
)

// Options says what to predict, and how.
type Options struct {
	Case    string // only workloads of this name, in which * stands for anything
	Workers int    // runs at a time; 0 = as many as there are processors
	Short   bool   // runs of a quarter of the time, for fits

	OnProgress func(done, of int) // called after each run
}

// Prediction is what a workload's scenario says of a number of clients, beside
// what was measured.
type Prediction struct {
	Workload   *Workload
	Measured   Measurement
	Scenario   *models.Scenario
	Throughput float64 // transactions [1/s]
	Mean, P50  float64 // latency [s]
	P99        float64
}

// Foretold reports whether the measurement had no part in the calibration, and
// is one to be judged by: more than one client, and a repetition that nothing
// disturbed.
func (p *Prediction) Foretold() bool { return p.Measured.Clients > 1 && p.Measured.Clean > 0 }

// Predict runs the scenarios of all measurements on a machine, in their order.
// The predictions do not depend on the number of workers.
func Predict(ctx context.Context, m Machine, o Options) ([]Prediction, error) {
	predictions, err := plan(m, o)
	if err != nil {
		return nil, err
	}
	trials := func(yield func(trial.Trial) bool) {
		for i := range predictions {
			if !yield(trial.Trial{Scenario: predictions[i].Scenario, Point: i}) {
				return
			}
		}
	}
	done := 0
	for outcome := range (trial.Runner{Workers: o.Workers}).Run(ctx, trials) {
		if outcome.Err != nil {
			return nil, outcome.Err
		}
		predictions[done].take(&outcome.Report.Result)
		done++
		if o.OnProgress != nil {
			o.OnProgress(done, len(predictions))
		}
	}
	return predictions, ctx.Err()
}

// plan makes the scenarios of all measurements that are asked for.
func plan(m Machine, o Options) ([]Prediction, error) {
	e := gather()
	var planned []Prediction
	workloads := Workloads()
	for i := range workloads {
		w := &workloads[i]
		if fits, err := path.Match(o.Case, w.Name); o.Case != "" && (err != nil || !fits) {
			continue
		}
		c := e.calibrate(w, m)
		for _, row := range w.Rows {
			s := w.scenario(row.Clients, c, m)
			if o.Short {
				s.Duration, s.Warmup = s.Duration/4, s.Warmup/4
			}
			planned = append(planned, Prediction{Workload: w, Measured: row, Scenario: s})
		}
	}
	if len(planned) == 0 {
		return nil, &NoWorkloadError{o.Case}
	}
	return planned, nil
}

// Scenarios returns the calibrated scenarios of all measurements that are asked
// for.
func Scenarios(m Machine, o Options) ([]*models.Scenario, error) {
	planned, err := plan(m, o)
	var scenarios []*models.Scenario
	for i := range planned {
		scenarios = append(scenarios, planned[i].Scenario)
	}
	return scenarios, err
}

// NoWorkloadError says that no workload is what was asked for.
type NoWorkloadError struct{ Case string }

func (e *NoWorkloadError) Error() string {
	var known []string
	for _, w := range Workloads() {
		known = append(known, w.Name)
	}
	text := fmt.Sprintf("no workload fits %q", e.Case)
	if near := names.Nearest(e.Case, known); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	return text + "\nworkloads are: " + strings.Join(known, ", ")
}

// take reads a prediction from the result of a run. A client's sleep is a pause
// between writes in the scenario and part of the latency as it was measured.
func (p *Prediction) take(r *models.Result) {
	lane := &r.Lanes[0]
	sleep := p.Scenario.Lanes[0].Arrivals.Think.Mean()
	p.Throughput = float64(lane.Counts.Acked) / lane.Window.Seconds()
	p.Mean = lane.Ack.Mean() + sleep
	p.P50 = lane.Ack.Quantile(0.5) + sleep
	p.P99 = lane.Ack.Quantile(0.99) + sleep
}
