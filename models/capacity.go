package models

import (
	"fmt"
	"slices"

	"onepen/sim"
)

// Warnings tells which components are over capacity by the scenario's own
// numbers, when, and by how much: the run is possible, but their lines grow for
// as long as that lasts. Offered work is
//
//	counter     ρ = Σ lanes rate / IDs per request · E[service]
//	partition   ρ = Σ lanes rate · largest share of a partition · (E[overhead] / batch size + E[per_record]) / servers
//
// (traffic intensity, as in Kleinrock 1975, "Queueing Systems" vol. 1, § 2.1).
// Batches are taken to be full, so a warning about a store is certain while
// none is no promise. Closed loops wait for their answers and are left out.
// Changes of the timeline are looked at one by one; faults are not.
func (s *Scenario) Warnings() []string {
	var warnings []string
	for _, o := range s.overloads() {
		warnings = append(warnings, o.text(s.Duration))
	}
	return warnings
}

// Unstable reports whether a component is over capacity to the end of the run by
// the scenario's own numbers: its line then grows for as long as one looks,
// and no longer run would bring means nearer to a limit.
func (s *Scenario) Unstable() bool {
	return slices.ContainsFunc(s.overloads(), func(o overload) bool { return !o.rotates && o.to == s.Duration })
}

// overloads returns what is over capacity, and from when to when.
func (s *Scenario) overloads() []overload {
	traces := s.readableTraces()
	var found []overload
	for _, p := range s.periods() {
		d := demand{p.scenario, traces}
		for _, o := range d.overloads() {
			o.from, o.to = p.from, p.to
			found = lengthen(found, o)
		}
	}
	return found
}

// PartitionName is how a partition is written for people.
func PartitionName(number int) string { return fmt.Sprintf("P%02d", number) }

// overload is a component that is offered more than it can do.
type overload struct {
	component string   // "store orders, P02"
	load      float64  // over capacity
	rotates   bool     // the next partition takes over with the next bucket, and all together keep up
	bucket    sim.Time // of a rotating one
	from, to  sim.Time
}

// lengthen adds an overload to those found before: to the one of the same
// component that it goes on with, if there is one.
func lengthen(found []overload, o overload) []overload {
	for i := range found {
		if f := &found[i]; f.component == o.component && f.rotates == o.rotates && f.to == o.from {
			f.to = o.to
			f.load = max(f.load, o.load)
			return found
		}
	}
	return append(found, o)
}

// text writes an overload of a run of some length as a warning.
func (o *overload) text(duration sim.Time) string {
	text := fmt.Sprintf("%s is offered %.0f %% of its capacity", o.component, o.load*100)
	if o.rotates {
		text += fmt.Sprintf(": its line piles up while its bucket lasts (%s) and drains afterwards", o.bucket)
		if o.from > 0 || o.to < duration {
			text += ", " + fromTo(o.from, o.to)
		}
		return text
	}
	switch {
	case o.from == 0 && o.to == duration:
		return text + ": its line will grow as long as the run lasts"
	case o.to == duration:
		return text + fmt.Sprintf(" from %s on: its line will grow as long as the run lasts", rounded(o.from))
	}
	return text + " " + fromTo(o.from, o.to) + ": its line will grow meanwhile"
}

// fromTo tells of a stretch of time; one that rounding would leave nothing of is
// told as it is.
func fromTo(from, to sim.Time) string {
	if rounded(from) < rounded(to) {
		from, to = rounded(from), rounded(to)
	}
	return fmt.Sprintf("from %s to %s", from, to)
}

// rounded cuts an instant for people, to milliseconds from a second on and to
// microseconds before: a change that was made at a screen came at any nanosecond.
func rounded(t sim.Time) sim.Time {
	unit := sim.Millisecond
	if t < sim.Second {
		unit = sim.Microsecond
	}
	return t / unit * unit
}

// period is a part of the run in which no parameter changes.
type period struct {
	scenario *Scenario // as it is then
	from, to sim.Time
}

// periods splits the run at the changes of its timeline, temporary ones at
// both ends.
func (s *Scenario) periods() []period {
	now := s.Clone()
	now.Timeline = nil
	found := []period{{now, 0, s.Duration}}
	steps := slices.Clone(s.Timeline)
	for len(steps) > 0 {
		step := steps[0]
		steps = steps[1:]
		if len(step.Set) == 0 || step.At >= s.Duration {
			continue
		}
		now = now.Clone()
		back := Change{At: step.At + step.For}
		for _, a := range step.Set {
			value, err := now.Value(a.Path)
			if err != nil || now.Set(a.Path, a.Value) != nil {
				continue // Validate complains of it
			}
			back.Set = append(back.Set, Assignment{a.Path, value})
		}
		if step.For > 0 {
			at, _ := slices.BinarySearchFunc(steps, back.At, notAfter)
			steps = slices.Insert(steps, at, back)
		}
		last := &found[len(found)-1]
		if last.from == step.At {
			last.scenario = now
			continue
		}
		last.to = step.At
		found = append(found, period{now, step.At, s.Duration})
	}
	return found
}

// notAfter compares for a search behind all changes at or before an instant.
func notAfter(c Change, at sim.Time) int {
	if c.At <= at {
		return -1
	}
	return 1
}
