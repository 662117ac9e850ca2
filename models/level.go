package models

import "onepen/sim"

// level integrates a number of things over time, in a window that can begin
// anew and, for the invariants, over the whole run.
type level struct {
	window  sim.TimeWeighted
	earlier sim.TimeWeighted // before the window
	sampled float64          // area of the window at the last sample [s]
}

func (v *level) add(now sim.Time, delta int) { v.window.Add(now, int64(delta)) }
func (v *level) set(now sim.Time, n int)     { v.window.Set(now, int64(n)) }
func (v *level) n() int                      { return int(v.window.Level()) }

// reset begins a new window.
func (v *level) reset(now sim.Time) {
	v.earlier.Merge(&v.window, now)
	v.window.Reset(now)
	v.sampled = 0
}

// whole is the area over the whole run [s].
func (v *level) whole(now sim.Time) float64 {
	all := v.earlier
	all.Merge(&v.window, now)
	return all.Area(0)
}

// sample is the area since the last sample [s].
func (v *level) sample(now sim.Time) float64 {
	area := v.window.Area(now)
	since := area - v.sampled
	v.sampled = area
	return since
}
