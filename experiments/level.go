package experiments

import (
	"onepen/models"
	"onepen/sim"
)

// Level is the mean number of writes of a lane in flight at the begin of the
// window and later. Where the load is steady and the warm-up long enough, they
// differ by chance alone.
type Level struct {
	First float64 // over the first fifth of the window; NaN if it is too short to have samples
	Late  float64 // over its second half
}

// firstPart is the part of the window that Level.First is over: 1/firstPart.
const firstPart = 5

// steadyLoad reports whether a scenario means to offer the same load from begin
// to end: nothing changes on the way, and no lane varies by itself for longer
// than from write to write. Only then does it have a state to settle in.
func steadyLoad(s *models.Scenario) bool {
	if len(s.Timeline) > 0 {
		return false
	}
	for i := range s.Lanes {
		a := &s.Lanes[i].Arrivals
		if a.Process == models.OnOff || a.Process == models.Trace || a.Profile.Kind != models.ProfileConstant {
			return false
		}
	}
	return true
}

// levels returns what was seen of all lanes; nil where the load was not steady.
func (w *watcher) levels(s *models.Scenario) []Level {
	if !steadyLoad(s) {
		return nil
	}
	list := make([]Level, len(w.lanes))
	for i := range w.lanes {
		list[i] = Level{First: w.lanes[i].first.value(), Late: w.lanes[i].late.value()}
	}
	return list
}

// firstUntil is the end of the first part of a window.
func firstUntil(s *models.Scenario) sim.Time {
	return s.Warmup + (s.Duration-s.Warmup)/firstPart
}
