package trial

import (
	"context"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/models"
)

// Trial is one run to be made.
type Trial struct {
	Scenario    *models.Scenario // with everything decided; it is read only, and trials may share it
	Point       int              // number of the design point, from 0
	Replication int              // from 0

	Series  bool              // keep the time series
	Against response.Warnings // what is known to be held against the run before it is made
}

// Outcome is what came of a trial.
type Outcome struct {
	Trial
	Report experiments.Report // of no use if Err is not nil
	Err    error              // why there is no result, or nil
}

// Run makes one trial, the same one whoever makes it: what a Runner yields for
// it can be made again alone. If the context ends first, the outcome's error is
// the context's.
func Run(ctx context.Context, t Trial) Outcome {
	report, err := experiments.Run(ctx, t.Scenario, experiments.Options{Replication: t.Replication, Series: t.Series})
	report.Point = t.Point
	report.Against |= t.Against
	return Outcome{Trial: t, Report: report, Err: err}
}
