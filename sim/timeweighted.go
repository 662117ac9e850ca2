package sim

import (
	"fmt"
	"math"
)

// A TimeWeighted keeps the statistics of a level over time, such as a queue
// length or the number of busy servers: each level counts for as long as it
// lasted.
//
//	level │      ┌───┐
//	      │  ┌───┘   │   ┌──      Mean = area / time watched
//	      │──┘ area  └───┘
//	      └────────────────▶ time
//
// The area is an integer of 128 bits, level × nanoseconds: it is exact,
// whatever the length of the run, and cannot overflow. Levels are counts and
// never negative.
//
// The zero TimeWeighted watches a level of zero from instant zero; a copy is
// independent.
type TimeWeighted struct {
	area  uint128 // from start up to last [level·ns]
	start Time    // earlier by the time that was merged into area
	last  Time    // instant of the last change
	level int64   // since last; Invariant: 0 ≤ level ≤ max
	max   int64
}

// Set records that the level is level from now on. It panics if now is before
// an earlier change or if the level is negative.
func (w *TimeWeighted) Set(now Time, level int64) {
	if now < w.last || level < 0 {
		w.refuse(now, level)
	}
	w.area.addProduct(uint64(w.level), uint64(now-w.last))
	w.last = now
	w.level = level
	if level > w.max {
		w.max = level
	}
}

// Add records that the level changes by delta now. It panics as Set does.
func (w *TimeWeighted) Add(now Time, delta int64) { w.Set(now, w.level+delta) }

// refuse panics for what Set was given. It stands apart to keep Set small.
func (w *TimeWeighted) refuse(now Time, level int64) {
	if level < 0 {
		panic(fmt.Sprintf("sim: level %d at %v is negative", level, now))
	}
	panic(fmt.Sprintf("sim: level changes at %v, before its last change at %v", now, w.last))
}

// Reset forgets the time before now, for instance the warm-up. The level
// stays, and is the maximum so far.
func (w *TimeWeighted) Reset(now Time) {
	w.Set(now, w.level)
	w.area, w.start, w.max = uint128{}, now, w.level
}

// Level returns the level since the last change.
func (w *TimeWeighted) Level() int64 { return w.level }

// Max returns the greatest level, however short it lasted.
func (w *TimeWeighted) Max() int64 { return w.max }

// Mean returns the mean level up to now, weighted by duration; NaN if no time
// has passed.
func (w *TimeWeighted) Mean(now Time) float64 {
	c := w.at(now)
	if c.watched() == 0 {
		return math.NaN()
	}
	return c.area.float() / float64(c.watched())
}

// Area returns the level integrated over time up to now [level·s]. Two areas,
// or an area and a Histogram.Sum, that agree to the nanosecond return the same
// float64: Little's law over a run can be checked with ==.
func (w *TimeWeighted) Area(now Time) float64 {
	c := w.at(now)
	return c.area.float() / float64(Second)
}

// Merge adds the time that o has watched up to end, for instance in another
// replication: the mean is then taken over the time of both. The level of w
// goes on as before.
func (w *TimeWeighted) Merge(o *TimeWeighted, end Time) {
	c := o.at(end)
	w.area = w.area.plus(c.area)
	w.start -= c.watched()
	w.max = max(w.max, c.max)
}

// watched returns the time covered by the area.
func (w *TimeWeighted) watched() Time { return w.last - w.start }

// at returns w as it would be after a change to the same level at now.
func (w *TimeWeighted) at(now Time) TimeWeighted {
	c := *w
	c.Set(now, c.level)
	return c
}
