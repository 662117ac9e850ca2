package capacity

import (
	"math"

	"onepen/sim"
)

// estimate is where the border lies, and what binds there.
type estimate struct {
	sim.Interval
	low, high float64 // ends of the interval, which need not be symmetric
	there     *probe  // next to the border
	binding   int     // objective
	slope     float64 // of its mean excess over the parameter; NaN if unknown
}

// slopeStep is how far from the border, relative to it, its slope is taken.
const slopeStep = 0.005

// estimate locates the border in a narrow bracket, with its interval. Near the
// border the binding objective's excess d(x) is close to a line, so that each
// replication has a border of its own,
//
//	x(r) = x - d(x, r) / d̄'(x),
//
// and the mean of these has an interval: the delta method (Oehlert 1992, "A note
// on the delta method", American Statistician 46) for the root of a mean. Common
// random numbers let the slope d̄' be taken across so little that a bend does not
// matter.
func (s *search) estimate(lo, hi *probe) (estimate, error) {
	there, err := s.border(lo, hi)
	if err != nil {
		return estimate{}, err
	}
	e := estimate{there: there, Interval: sim.Interval{Mean: there.x, HalfWidth: math.NaN(), N: s.n}, low: math.NaN(), high: math.NaN(), slope: math.NaN()}
	e.binding, _ = there.worst(s.Objectives)
	if s.axis.whole {
		err := s.counts(&e)
		return e, err
	}
	step := slopeStep * math.Abs(there.x)
	if step == 0 {
		step = slopeStep * (s.high.x - s.low.x)
	}
	slope, err := s.slope(there, e.binding, step)
	if along, ok := s.along(there, slope); ok && err == nil {
		// What lies outside the bracket is the line's error, not the border's.
		along.Mean = math.Min(math.Max(along.Mean, lo.x), hi.x)
		return along, nil
	}
	return e, err
}

// along estimates the border from a probe near it and a slope; false if a run
// had nothing to say there, or the slope is none.
func (s *search) along(p *probe, slope float64) (estimate, bool) {
	e := estimate{there: p, slope: slope}
	e.binding, _ = p.worst(s.Objectives)
	x, measured := p.excess(s.Objectives[e.binding], e.binding)
	if !measured || !(math.Abs(slope) > 0) {
		return e, false
	}
	for i := range x {
		x[i] = p.x - x[i]/slope
	}
	e.Interval = sim.StudentInterval(x, sim.Confidence)
	e.low, e.high = skewed(x)
	e.low, e.high = s.within(e.low), s.within(e.high)
	e.HalfWidth = (e.high - e.low) / 2
	return e, true
}

// within returns an end of an interval, or that of the range that was searched
// if the parameter does not go as far, as none does below 0.
func (s *search) within(end float64) float64 {
	if s.axis.allowed(end) {
		return end
	}
	return math.Min(math.Max(end, s.low.x), s.high.x)
}

// mostCounts is how many counts an interval extends to either side.
const mostCounts = 5

// counts gives a border of whole numbers its interval: the counts that may be
// the last good one. It may be a worse one as long as the next worse is not
// shown to break an objective, and a better one as long as the count itself is
// not shown to keep them all.
func (s *search) counts(e *estimate) error {
	worse := -1.0
	if s.rising {
		worse = 1
	}
	bad, good := e.there.x, e.there.x
	for range mostCounts {
		p, err := s.at(bad + worse)
		if err != nil || s.anyBroken(p) {
			break // not allowed, or shown to be on the other side
		}
		bad = p.x
	}
	for p := e.there; !s.allKept(p) && math.Abs(p.x-e.there.x) < mostCounts; {
		better, err := s.at(p.x - worse)
		if err != nil {
			break
		}
		p, good = better, better.x
	}
	e.low, e.high = math.Min(bad, good), math.Max(bad, good)
	e.HalfWidth = (e.high - e.low) / 2
	return s.ctx.Err()
}

// anyBroken reports whether an objective is shown to be broken.
func (s *search) anyBroken(p *probe) bool {
	for i, o := range s.Objectives {
		if p.verdict(o, i) == Broken {
			return true
		}
	}
	return false
}

// border returns the probe that is nearest to where the score would be 0
// between the ends of a bracket; of whole numbers, the end that keeps the
// objectives.
func (s *search) border(lo, hi *probe) (*probe, error) {
	a, b := s.score(lo), s.score(hi)
	switch {
	case s.axis.whole || a <= 0 == (b <= 0):
		if s.isKept(lo) || !s.isKept(hi) {
			return lo, nil
		}
		return hi, nil
	case lo == hi:
		return lo, nil
	}
	return s.at(lo.x + (hi.x-lo.x)*a/(a-b))
}

// slope returns how the mean excess of an objective changes with the
// parameter, about a probe; NaN if it cannot be told.
func (s *search) slope(p *probe, objective int, step float64) (float64, error) {
	var x, y []float64
	for _, at := range []float64{p.x - step, p.x + step} {
		if !s.axis.allowed(at) {
			continue
		}
		q, err := s.at(at)
		if err != nil {
			return math.NaN(), err
		}
		if d, ok := q.excess(s.Objectives[objective], objective); ok {
			x, y = append(x, q.x), append(y, mean(d))
		}
	}
	if len(x) == 1 { // the other side ended early, or is not allowed
		if d, ok := p.excess(s.Objectives[objective], objective); ok {
			x, y = append(x, p.x), append(y, mean(d))
		}
	}
	if len(x) < 2 {
		return math.NaN(), nil
	}
	return (y[1] - y[0]) / (x[1] - x[0]), nil
}

func mean(x []float64) float64 {
	var t sim.Tally
	for _, v := range x {
		t.Add(v)
	}
	return t.Mean()
}
