package sweep

import (
	"context"
	"fmt"

	"onepen/experiments"
	"onepen/experiments/trial"
	"onepen/models"
)

// PointError is the number of a point, or of a replication, that a design does
// not have.
type PointError struct{ Problem string }

func (e *PointError) Error() string { return e.Problem }

// Point returns the scenario of one point of a design as a sweep runs it, its
// warm-up found if the design asks for that, and with which warnings.
func Point(ctx context.Context, d *experiments.Design, point int) (trial.Trial, error) {
	if point < 0 || point >= len(d.Points) {
		return trial.Trial{}, &PointError{fmt.Sprintf("there is no point %d; the design has %d, from 0 to %d", point, len(d.Points), len(d.Points)-1)}
	}
	t := trial.Trial{Scenario: d.Scenario(point), Point: point}
	if !d.DetectWarmup {
		return t, nil
	}
	for warmup, err := range (trial.Runner{}).Settle(ctx, []*models.Scenario{t.Scenario}) {
		if err != nil {
			return t, err
		}
		t.Scenario.Warmup, t.Against = warmup.At, unsettled(warmup)
		return t, nil
	}
	return t, ctx.Err()
}
