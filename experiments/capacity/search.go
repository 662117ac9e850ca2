package capacity

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"

	"onepen/experiments/compare"
	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
)

// Options says what to search, and how.
type Options struct {
	Path       string      // of the parameter
	Objectives []Objective // at least one; all are to be kept
	From, To   string      // the range to search, as values; "" = found from the base's value

	Precision    float64 // of the result: half-width relative to it; 0 = UsualPrecision
	Replications int     // the fewest of a value; 0 = UsualReplications
	Most         int     // the most; 0 = UsualMost

	Workers int // runs at a time; 0 = as many as there are processors

	// OnOutcome is told each outcome in the order of the search. An error ends
	// it. Nil = nobody is told.
	OnOutcome func(*trial.Outcome) error
	// OnProbe is told each value that is looked at, as people read it, and with
	// how many replications.
	OnProbe func(value string, replications int)
}

// Usual values of Options.
const (
	UsualPrecision    = 0.01
	UsualReplications = 10
	UsualMost         = 400
)

// RunError says which run of a search failed.
type RunError struct {
	Run string
	Err error
}

func (e *RunError) Error() string { return e.Run + ": " + e.Err.Error() }

// Unwrap returns why it failed.
func (e *RunError) Unwrap() error { return e.Err }

// search is a search under way.
type search struct {
	Options
	ctx       context.Context
	axis      *axis
	responses []response.Response
	n         int // replications of each value that is looked at
	probes    []*probe
	low, high *probe // the range in which the border lies
	rising    bool   // more of the parameter makes things worse
}

// Run searches the value of a parameter at which the objectives are just kept:
// the largest if more of it makes things worse, else the smallest. The result
// does not depend on the number of workers.
//
// The error is an *experiments.InputError or another one about the options, the
// context's if it ended first, or a *RunError.
func Run(ctx context.Context, base *models.Scenario, o Options) (*Result, error) {
	s, err := newSearch(ctx, base, o)
	if err != nil {
		return nil, err
	}
	r, err := s.locate()
	if err != nil || r.Border != Found {
		return r, err
	}
	r.Knee, err = s.knee(r.Value.Mean)
	r.Points = s.points()
	return r, err
}

func newSearch(ctx context.Context, base *models.Scenario, o Options) (*search, error) {
	a, err := newAxis(base, o.Path)
	if err != nil {
		return nil, err
	}
	s := &search{Options: o.filled(), ctx: ctx, axis: a, responses: responsesOf(base, o.Objectives)}
	s.n = s.Replications
	return s, nil
}

// locate finds the border, or that there is none.
func (s *search) locate() (*Result, error) {
	var err error
	if s.low, s.high, err = s.bracket(); err != nil {
		return nil, err
	}
	if s.low == nil || s.high == nil { // one side of the border was not found
		return s.onesided(), nil
	}
	s.rising = s.isKept(s.low)
	return s.narrow()
}

func (o Options) filled() Options {
	if o.Precision == 0 {
		o.Precision = UsualPrecision
	}
	if o.Replications == 0 {
		o.Replications = UsualReplications
	}
	if o.Most == 0 {
		o.Most = max(UsualMost, o.Replications)
	}
	return o
}

// responsesOf returns what is told of each value: what the objectives are about,
// and what most want to know.
func responsesOf(base *models.Scenario, objectives []Objective) []response.Response {
	var all []response.Response
	add := func(r response.Response) {
		if !slices.ContainsFunc(all, func(x response.Response) bool { return x.Name() == r.Name() }) {
			all = append(all, r)
		}
	}
	for _, o := range objectives {
		add(o.Response)
	}
	for _, r := range compare.Usual(base) {
		add(r)
	}
	return all
}

// at returns the probe of a value, with as many replications as are wanted
// now.
func (s *search) at(x float64) (*probe, error) {
	scenario, exact, err := s.axis.at(x)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.probes, func(p *probe) bool { return p.x == exact })
	if i < 0 {
		i = len(s.probes)
		s.probes = append(s.probes, newProbe(i, exact, scenario, s.Objectives, s.responses))
	}
	return s.probes[i], s.replicate(s.probes[i])
}

// replicate makes the replications that a probe lacks.
func (s *search) replicate(p *probe) error {
	if s.OnProbe != nil && p.n < s.n {
		s.OnProbe(valueOf(s.axis.param, p.x), s.n)
	}
	for o := range (trial.Runner{Workers: s.Workers}).Run(s.ctx, s.trials(p)) {
		if o.Err != nil {
			return &RunError{Run: fmt.Sprintf("%s=%s, replication %d", s.Path, s.axis.param.Text(p.x), o.Replication), Err: o.Err}
		}
		p.add(&o, s.Objectives)
		if s.OnOutcome != nil {
			if err := s.OnOutcome(&o); err != nil {
				return err
			}
		}
	}
	return s.ctx.Err()
}

func (s *search) trials(p *probe) iter.Seq[trial.Trial] {
	first := p.n
	return func(yield func(trial.Trial) bool) {
		for r := first; r < s.n; r++ {
			if !yield(trial.Trial{Scenario: p.scenario, Point: p.point, Replication: r}) {
				return
			}
		}
	}
}

func (s *search) score(p *probe) float64 {
	_, score := p.worst(s.Objectives)
	return score
}

// isKept reports whether all objectives are kept on average.
func (s *search) isKept(p *probe) bool { return s.score(p) <= 0 }

// narrow finds the border in the range, first with few
// replications and then with as many as the precision needs: the estimate of
// one round is where the next one begins. This is retrospective approximation
// (Chen and Schmeiser 2001, "Stochastic root finding via retrospective
// approximation", IIE Transactions 33): under common random numbers, the mean
// of a fixed set of replications is a function like any other, and its root is
// found as such.
func (s *search) narrow() (*Result, error) {
	e, err := s.bracketed(s.low, s.high)
	for err == nil {
		target := s.Precision * math.Abs(e.Mean)
		if s.axis.whole {
			target = math.Max(target, 0.25) // a single count
		}
		if e.HalfWidth <= target || s.n >= s.Most || math.IsNaN(e.HalfWidth) {
			return s.found(e, e.HalfWidth <= target), nil
		}
		s.n = min(compare.NextLook(s.n, e.HalfWidth, target), s.Most)
		e, err = s.refine(e)
	}
	return nil, err
}

// bracketed locates the border between two probes, one on each side.
func (s *search) bracketed(low, high *probe) (estimate, error) {
	lo, hi, err := s.solve(low, high)
	if err != nil {
		return estimate{}, err
	}
	return s.estimate(lo, hi)
}

// refine locates the border again after replications were added. It goes along
// the slope that is known, as the border has moved by about its half-width, and
// brackets it anew only if that does not lead there.
func (s *search) refine(e estimate) (estimate, error) {
	const steps = 3
	for range steps {
		if math.IsNaN(e.slope) || !s.axis.allowed(e.Mean) {
			break
		}
		p, err := s.at(e.Mean)
		if err != nil {
			return e, err
		}
		moved, ok := s.along(p, e.slope)
		if !ok || moved.binding != e.binding {
			break
		}
		e = moved
		if math.Abs(e.Mean-p.x) <= e.HalfWidth/2 {
			return e, nil
		}
	}
	lo, hi, err := s.around(e.Interval)
	if err != nil {
		return e, err
	}
	return s.bracketed(lo, hi)
}

// around returns a bracket of the border after replications were added: a few
// half-widths about the estimate, or more where that does not hold it.
func (s *search) around(e sim.Interval) (lo, hi *probe, err error) {
	for width := 3 * e.HalfWidth; ; width *= 4 {
		from, to := math.Max(e.Mean-width, s.low.x), math.Min(e.Mean+width, s.high.x)
		if lo, err = s.at(from); err != nil {
			return nil, nil, err
		}
		if hi, err = s.at(to); err != nil {
			return nil, nil, err
		}
		if s.isKept(lo) != s.isKept(hi) || from == s.low.x && to == s.high.x {
			return lo, hi, nil
		}
	}
}

// solve narrows a bracket of the border until it is much narrower than the
// precision, or holds no value between its ends. It draws a line between the
// scores of the ends (regula falsi), halving the score of an end that stays
// (Dowell and Jarratt 1971, "A modified regula falsi method for computing the
// root of an equation", BIT 11), and halves the bracket every third time, lest a
// bend makes it creep.
func (s *search) solve(lo, hi *probe) (*probe, *probe, error) {
	a, b := s.score(lo), s.score(hi)
	if a <= 0 == (b <= 0) {
		return lo, hi, nil // the noise of more replications has moved the border out
	}
	stays := 0 // how often in a row the lower end has stayed, or, below 0, the upper
	for step := 1; hi.x-lo.x > s.finest(hi.x); step++ {
		x := lo.x + (hi.x-lo.x)*a/(a-b)
		if step%3 == 0 {
			x = (lo.x + hi.x) / 2
		}
		p, err := s.at(s.inside(x, lo, hi))
		if err != nil {
			return nil, nil, err
		}
		if p == lo || p == hi {
			break // no value lies between
		}
		if c := s.score(p); (c <= 0) == (a <= 0) {
			lo, a = p, c
			stays = min(stays, 0) - 1
		} else {
			hi, b = p, c
			stays = max(stays, 0) + 1
		}
		switch {
		case stays >= 2:
			a /= 2
		case stays <= -2:
			b /= 2
		}
	}
	return lo, hi, nil
}

// finest is the width of a bracket that is narrow enough.
func (s *search) finest(x float64) float64 {
	if s.axis.whole {
		return 1
	}
	return s.Precision / 4 * math.Abs(x)
}

// inside returns a value between the ends of a bracket, not too near to them:
// a twentieth of its width at least.
func (s *search) inside(x float64, lo, hi *probe) float64 {
	margin := (hi.x - lo.x) / 20
	x = math.Min(math.Max(x, lo.x+margin), hi.x-margin)
	if s.axis.whole {
		return math.Min(math.Max(math.Round(x), lo.x+1), hi.x-1)
	}
	return x
}
