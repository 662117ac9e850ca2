package sweep

import (
	"fmt"
	"math"
)

// Progress is how far a sweep is.
type Progress struct {
	Settled, ToSettle int // points whose warm-up was found, of those where it is to be

	Done, Of int // runs whose outcome is known, and how many there will be at most
	Kept     int // of those done, runs that were there before

	// Worst is the largest half-width over its mean, of all points that are done:
	// of the responses that are aimed at, or of all if none is. It is 0 before
	// there is one; means of 0 have none.
	Worst   float64
	WorstOf string // "lanes.writes.ack_p99_s at point 3"

	judged int // points from the first on that Worst knows
}

// advance takes note of what the schedule knows.
func (p *Progress) advance(s *schedule) {
	p.Done, p.Of = 0, 0
	for i := range s.points {
		one := &s.points[i]
		p.Done += one.taken
		p.Of += one.taken
		if !one.done {
			p.Of += s.design.Replications.Max - one.taken
		}
	}
	for ; p.judged < s.first; p.judged++ {
		p.judge(s, p.judged)
	}
}

// judge looks for the widest interval of a point.
func (p *Progress) judge(s *schedule, i int) {
	aims := s.design.Responses
	if targets := s.design.Replications.Targets; targets != nil {
		aims = nil
		for _, t := range targets {
			aims = append(aims, t.Response)
		}
	}
	for _, r := range aims {
		width := s.points[i].summary(s.design, r).RelHalfWidth()
		if !math.IsInf(width, 0) && width > p.Worst {
			p.Worst, p.WorstOf = width, fmt.Sprintf("%s at point %d", r.Name(), i)
		}
	}
}

// tell says how far the sweep is, if anybody wants to know.
func (w *work) tell() {
	if w.options.OnProgress != nil {
		w.options.OnProgress(w.progress)
	}
}
