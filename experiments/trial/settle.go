package trial

import (
	"context"
	"iter"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// Warmup is how long a system takes to settle.
type Warmup struct {
	At      sim.Time // when statistics should begin
	Settled bool     // false if the run is too short to tell; At is then half of it
}

// Of the pilot runs by which a warm-up is found. They are not those that are
// measured: their numbers are far beyond any that is.
const (
	pilots      = 3
	firstPilot  = 1 << 30
	pilotLooks  = 1000 // samples of a run: 200 batches of MSER-5
	leastSample = sim.Microsecond
)

// Settle finds how long each of the scenarios takes to settle, in their order.
// Of each it makes three pilot runs from the empty system and looks at the
// number of writes in flight of each lane, averaged over the pilots: what
// sim.MSER5 would cut of the lane that takes longest is the warm-up (White, Cobb
// and Spratt 2000; averaging over runs after Welch 1983, "The statistical
// analysis of simulation results").
//
// The sequence ends early if the context does. An error is that of a pilot.
func (r Runner) Settle(ctx context.Context, scenarios []*models.Scenario) iter.Seq2[Warmup, error] {
	return func(yield func(Warmup, error) bool) {
		var levels [][]float64 // by lane and sample, summed over pilots
		for o := range r.Run(ctx, pilotTrials(scenarios)) {
			if o.Err != nil {
				yield(Warmup{}, o.Err)
				return
			}
			levels = addLevels(levels, o.Report.Series)
			if o.Replication < firstPilot+pilots-1 {
				continue
			}
			if !yield(settled(levels, o.Scenario), nil) {
				return
			}
			levels = nil
		}
	}
}

// pilotTrials yields the pilots of one scenario after the other.
func pilotTrials(scenarios []*models.Scenario) iter.Seq[Trial] {
	return func(yield func(Trial) bool) {
		for i, s := range scenarios {
			s = s.Clone()
			s.Warmup = 0
			s.Sample = max(s.Duration/pilotLooks, leastSample)
			for p := range pilots {
				if !yield(Trial{Scenario: s, Point: i, Replication: firstPilot + p, Series: true}) {
					return
				}
			}
		}
	}
}

// addLevels adds the writes in flight of a run to those of runs before. One that
// ended early shortens the sum.
func addLevels(levels [][]float64, series []experiments.Sample) [][]float64 {
	if len(series) == 0 {
		return levels
	}
	first := levels == nil
	if first {
		levels = make([][]float64, len(series[0].Lanes))
	}
	for lane := range levels {
		if first {
			levels[lane] = make([]float64, len(series))
		}
		levels[lane] = levels[lane][:min(len(levels[lane]), len(series))]
		for i := range levels[lane] {
			levels[lane][i] += float64(series[i].Lanes[lane].InFlight)
		}
	}
	return levels
}

// settled returns the warm-up of the lane that takes longest.
func settled(levels [][]float64, s *models.Scenario) Warmup {
	w := Warmup{Settled: len(levels) > 0}
	for _, level := range levels {
		cut, ok := sim.MSER5(level)
		w.At = max(w.At, sim.Time(cut)*s.Sample)
		w.Settled = w.Settled && ok
	}
	if !w.Settled {
		w.At = s.Duration / 2
	}
	return w
}
