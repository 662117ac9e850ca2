package experiments

import (
	"fmt"
	"math"

	"onepen/experiments/breach"
	"onepen/experiments/human"
	"onepen/experiments/verdict"
	"onepen/models"
	"onepen/sim"
)

// watcher gathers from the samples of a run what its result does not tell.
type watcher struct {
	warmup, middle sim.Time // of the window: its begin and its middle
	first          sim.Time // the end of its first part
	lanes          []laneWatch
	breaches       *breach.Watcher
}

type laneWatch struct {
	busy          sampleMean // fraction of the queue's workers
	early, late   sampleMean // writes in flight in the halves of the window
	first         sampleMean // and in its first part
	largestGroups int        // of writes that arrive together
}

// sampleMean is the mean of what equally spaced samples show.
type sampleMean struct {
	sum float64
	n   int
}

func (m *sampleMean) add(x float64) {
	m.sum += x
	m.n++
}

// value is the mean, NaN of nothing.
func (m *sampleMean) value() float64 { return m.sum / float64(m.n) }

func newWatcher(s *models.Scenario) *watcher {
	w := &watcher{warmup: s.Warmup, middle: s.Warmup + (s.Duration-s.Warmup)/2, first: firstUntil(s), lanes: make([]laneWatch, len(s.Lanes)), breaches: breach.New(s)}
	for i := range w.lanes {
		w.lanes[i].largestGroups = s.Lanes[i].Arrivals.Group
	}
	return w
}

// see takes note of a sample, and of the scenario as it is then.
func (w *watcher) see(now *models.Scenario, s *models.Snapshot) {
	w.breaches.See(now, s)
	if s.Time <= w.warmup {
		return
	}
	for i := range s.Lanes {
		l, seen := &s.Lanes[i], &w.lanes[i]
		if l.Workers > 0 {
			seen.busy.add(float64(l.Busy) / float64(l.Workers))
		}
		half := &seen.early
		if s.Time > w.middle {
			half = &seen.late
		}
		half.add(float64(l.InFlight))
		if s.Time <= w.first {
			seen.first.add(float64(l.InFlight))
		}
	}
}

// What makes a growing backlog worth a warning. The number of writes in flight
// of a path that keeps up wanders within bounds, and may be high at the end of
// the window by chance, in the middle of a burst. That of an overloaded one
// grows all the time: by G over the window, and so by G/2 from the mean over the
// first half to that over the second.
const (
	steady = 0.25 // of the growth, from half to half, at least
	backed = 0.01 // share of the attempts of the window, at least
	sure   = 4    // standard deviations of the difference of two Poisson counts, at least
)

// backlogs says which lanes did not keep up: those whose writes in flight grew
// through the window by more than chance explains.
func (w *watcher) backlogs(r *models.Result) []string {
	var warnings []string
	for i := range r.Lanes {
		l, seen := &r.Lanes[i], &w.lanes[i]
		attempts := float64(l.Counts.Attempts())
		grew := attempts - float64(l.Counts.Ended())
		chance := math.Sqrt(2 * attempts * float64(seen.largestGroups))
		if grew < sure*chance || grew < backed*attempts || !(seen.late.value()-seen.early.value() >= steady*grew) {
			continue
		}
		warnings = append(warnings, fmt.Sprintf("lane %s did not keep up: while it was measured, %s more attempts began than ended, and at the end %s are in flight",
			l.Name, human.Count(uint64(grew)), human.Count(uint64(l.InFlight))))
	}
	return warnings
}

// contention says what the writers fought over in the window of a result;
// nil if nothing was measured.
func (w *watcher) contention(s *models.Scenario, r *models.Result) []string {
	if r.To <= r.From {
		return nil
	}
	p := w.path(s, r)
	return p.Explain(p.Verdict())
}

// path is what was measured of the write path, whose parameters are those at
// the end.
func (w *watcher) path(s *models.Scenario, r *models.Result) *verdict.Path {
	p := &verdict.Path{}
	for i := range r.Lanes {
		l, config := &r.Lanes[i], &s.Lanes[i]
		p.Lanes = append(p.Lanes, verdict.Lane{
			Name: l.Name, IDs: config.IDs, Store: config.Store,
			Queued: config.Queue.Mode != models.QueueNone, Workers: config.Queue.Workers,
			Busy: w.lanes[i].busy.value(), Depth: l.Depth, Parts: l.Parts, Done: float64(l.Counts.Committed), Late: float64(l.Counts.Committed - l.Counts.Good),
		})
	}
	for i := range r.Allocators {
		a := &r.Allocators[i]
		p.Allocators = append(p.Allocators, verdict.Allocator{Name: a.Name, Utilization: a.Utilization, Waiting: a.WaitingMean})
	}
	for i := range r.Stores {
		p.Stores = append(p.Stores, storePath(&s.Stores[i], &r.Stores[i]))
	}
	return p
}

func storePath(config *models.Store, r *models.StoreResult) verdict.Store {
	s := verdict.Store{Name: r.Name, Route: config.Route}
	for i := range r.Partitions {
		p := &r.Partitions[i]
		if p.Utilization > s.HotLoad {
			s.Hot, s.HotLoad = i, p.Utilization
		}
		if i < r.Active {
			s.Partitions = append(s.Partitions, verdict.Partition{Utilization: p.Utilization, TopKey: p.TopKey, TopShare: p.TopShare})
		}
	}
	for i := range r.Nodes {
		n := &r.Nodes[i]
		s.Nodes = append(s.Nodes, verdict.Node{Utilization: n.Utilization, Waiting: n.LineMean})
	}
	return s
}
