package sweep

import (
	"iter"
	"math"
	"slices"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
)

// schedule decides which run is made next, and when a point has enough of them.
// The latter depends only on the runs before it at the same point, in their
// order; the former on what is known by then, so that no worker is idle while a
// point waits for its last run to decide.
type schedule struct {
	design  *experiments.Design
	columns []experiments.FactorColumn
	points  []point
	first   int // the first point that is not done
}

// point is the state of a design point.
type point struct {
	scenario *models.Scenario // as it is run; nil before it is needed
	against  response.Warnings
	begun    int // replications handed out
	taken    int // replications whose outcome is known, all before them too
	done     bool
	samples  []*response.Sample // of the design's responses
	settling settling
}

// window is the number of points, from the first that is not done, of which runs
// may be begun before they are certainly needed.
const window = 16

func newSchedule(d *experiments.Design) *schedule {
	s := &schedule{design: d, columns: d.Columns(), points: make([]point, len(d.Points))}
	for i := range s.points {
		for _, r := range d.Responses {
			s.points[i].samples = append(s.points[i].samples, response.NewSample(r))
		}
	}
	return s
}

// trials yields the runs to make, for as long as there may be any.
func (s *schedule) trials() iter.Seq[trial.Trial] {
	return func(yield func(trial.Trial) bool) {
		for {
			i := s.next()
			if i < 0 || !yield(s.begin(i)) {
				return
			}
		}
	}
}

// next returns the point whose next run should be made: one that certainly or
// probably needs it, or else the first that might; -1 if none does.
func (s *schedule) next() int {
	might := -1
	for i := s.first; i < len(s.points); i++ {
		p := &s.points[i]
		switch {
		case p.done || p.begun >= s.design.Replications.Max:
		case p.begun < s.needed(p):
			return i
		case might < 0:
			might = i
		}
		if might >= 0 && i-s.first >= window {
			break
		}
	}
	return might
}

// needed is the number of replications that a point will need by what is known
// of it. After n of them with half-width h, one of H takes about n (h/H)², as
// it shrinks with the root of n.
func (s *schedule) needed(p *point) int {
	r := s.design.Replications
	if p.taken < r.Min {
		return r.Min
	}
	most := 0.0
	for _, t := range r.Targets {
		most = max(most, t.Needs(p.summary(s.design, t.Response)))
	}
	if math.IsNaN(most) {
		return p.taken + 1
	}
	// One in ten less than estimated: what turns out to be too much is wasted.
	return min(max(p.taken+1, int(min(0.9*most, float64(r.Max)))), r.Max)
}

// settle notes the warm-up of a point, and what is to be held against it.
func (s *schedule) settle(i int, warmup sim.Time, against response.Warnings) {
	p := &s.points[i]
	if p.scenario == nil {
		p.scenario = s.design.Scenario(i)
	}
	p.scenario.Warmup, p.against = warmup, against
}

// begin hands out the next run of a point.
func (s *schedule) begin(i int) trial.Trial {
	p := &s.points[i]
	if p.scenario == nil {
		p.scenario = s.design.Scenario(i)
	}
	t := trial.Trial{Scenario: p.scenario, Point: i, Replication: p.begun, Against: p.against}
	p.begun++
	return t
}

// take hands the outcome of a run to its point, and reports whether it counts:
// whether its point was not done without it. Outcomes of a point come in the
// order of their replications.
func (s *schedule) take(report *experiments.Report) bool {
	p := &s.points[report.Point]
	if p.done {
		return false
	}
	if report.Failure == "" {
		for _, sample := range p.samples {
			sample.Add(report)
		}
		p.settling.add(report.Levels)
	}
	s.count(report.Point)
	return true
}

// count notes that one more replication of a point is known.
func (s *schedule) count(i int) {
	p := &s.points[i]
	p.taken++
	p.begun = max(p.begun, p.taken)
	p.done = p.taken >= s.design.Replications.Max || p.taken >= s.design.Replications.Min && s.precise(p)
	for s.first < len(s.points) && s.points[s.first].done {
		s.first++
	}
}

// precise reports whether a point meets all targets; without targets it does
// when it has been run often enough.
func (s *schedule) precise(p *point) bool {
	for _, t := range s.design.Replications.Targets {
		if !t.Met(p.summary(s.design, t.Response)) {
			return false
		}
	}
	return true
}

// over reports whether all points are done.
func (s *schedule) over() bool { return s.first == len(s.points) }

// summary returns what the point's replications say of a response of the design.
func (p *point) summary(d *experiments.Design, r response.Response) response.Summary {
	i := slices.IndexFunc(d.Responses, func(o response.Response) bool { return o.Name() == r.Name() })
	return p.summaries()[i]
}

// summaries returns what they say of all responses.
func (p *point) summaries() []response.Summary {
	list := make([]response.Summary, len(p.samples))
	for i, sample := range p.samples {
		list[i] = sample.Summary()
		if list[i].N > 0 && !p.settling.reached() {
			list[i].Warnings |= response.WarmupNotReached
		}
	}
	return list
}
