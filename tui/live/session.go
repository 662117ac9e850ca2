package live

import (
	"slices"

	"onepen/models"
	"onepen/sim"
)

// Session is what somebody did to a run: the scenario it began with and the
// changes made on the way. It is a value; a Session taken from a frame stays
// as it was.
type Session struct {
	start *models.Scenario // not to be changed
	deeds []*deed          // ordered by the instants at which they were done
	until sim.Time
}

// Timeline returns the changes made so far, in order. The scenario's own
// timeline is not among them.
func (s Session) Timeline() []models.Change {
	timeline := make([]models.Change, len(s.deeds))
	for i, d := range s.deeds {
		timeline[i] = d.change
		timeline[i].Set = slices.Clone(d.change.Set)
	}
	return timeline
}

// Replay returns a scenario that runs without a screen to the instant the
// session has come to, at least a millisecond, with the same numbers.
func (s Session) Replay() *models.Scenario {
	replay := s.start.Clone()
	own := slices.DeleteFunc(replay.Timeline, func(c models.Change) bool { return c.At > s.until })
	replay.Timeline = append(own, s.Timeline()...)
	// The scenario's own changes at an instant are made on the way to it, before
	// anybody can interfere: a stable sort keeps them first.
	slices.SortStableFunc(replay.Timeline, func(a, b models.Change) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	replay.Duration = max(s.until, sim.Millisecond)
	replay.Warmup = 0 // the screen counts from the start as well
	for i := range replay.Timeline {
		// What outlasts the session cannot end in it.
		if c := &replay.Timeline[i]; c.For > replay.Duration {
			c.For = 0
		}
	}
	return replay
}

// add records what was done. Sessions that share its past are not affected.
func (s *Session) add(d *deed) { s.deeds = append(slices.Clip(s.deeds), d) }

// until returns what was done up to an instant.
func until(deeds []*deed, at sim.Time) []*deed {
	n := 0
	for n < len(deeds) && deeds[n].change.At <= at {
		n++
	}
	return deeds[:n:n]
}
