package models

import (
	"errors"
	"slices"

	"onepen/sim"
)

// Make makes a change now, whatever its At says: it sets its parameters, lets
// its fault happen, and sees to it that both are undone when its span is over.
// If it returns an error, nothing has changed.
func (y *System) Make(c Change) error {
	if c.Fault.Kind != NoFault {
		if err := y.scenario.CheckFault(c.Fault); err != nil {
			return err
		}
	}
	back := Change{At: y.sim.Now() + c.For}
	for _, a := range c.Set {
		value, _ := y.scenario.Value(a.Path) // a path that is wrong is refused by Apply
		back.Set = append(back.Set, Assignment{a.Path, value})
	}
	if len(c.Set) > 0 {
		if err := y.Apply(c.Set); err != nil {
			return err
		}
		if c.For > 0 {
			y.plan(pendingChange{Change: back})
		}
	}
	if c.Fault.Kind != NoFault {
		target, _ := y.scenario.faultTarget(c.Fault.Target)
		y.inflict(c.Fault)
		if span := y.Lasting(c.Fault, c.For); span > 0 {
			y.plan(pendingChange{Change: Change{At: y.sim.Now() + span, Fault: c.Fault}, over: true, target: target})
		}
	}
	return nil
}

// pendingChange is a change to come, or the end of a fault.
type pendingChange struct {
	Change
	over   bool // the fault ends
	target faultTarget
}

// carryOut makes a planned change.
func (y *System) carryOut(p pendingChange) error {
	if p.over {
		y.recover(p.Fault, p.target)
		return nil
	}
	return y.Make(p.Change)
}

// plan adds a change to those to come, before all others of its instant: what
// ends at an instant ends before what begins there, by hand as by the timeline.
func (y *System) plan(c pendingChange) {
	at, _ := slices.BinarySearchFunc(y.changes, c.At, func(d pendingChange, at sim.Time) int {
		if d.At < at {
			return -1
		}
		return 1
	})
	y.changes = slices.Insert(slices.Clip(y.changes), at, c)
}

// Apply changes parameters now, between two events, all or none: if it
// returns an error, which joins a *ParamError for each value refused, nothing
// has changed. Writes in flight are treated so:
//
//   - a queue that is switched off lets out what it holds, in order, and only
//     then do new writes pass it by;
//   - an open batch that exceeds the new size closes at once;
//   - a new ID strategy serves new requests; those at the counter are served by
//     it still;
//   - writes that wait in a queue go to the partitions that now own their keys;
//     operations at a partition stay there;
//   - a key that another partition shall own belongs to the old one until it
//     has moved; owners that change again meanwhile send each key from where it
//     is straight to its new owner.
func (y *System) Apply(set []Assignment) error {
	next := y.scenario.Clone()
	next.Timeline = nil // its changes were checked when the run began
	var problems []error
	for _, a := range set {
		if err := next.setLive(a); err != nil {
			problems = append(problems, err)
		}
	}
	if len(problems) == 0 {
		problems = append(next.Validate(), y.keyless(next)...)
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	old := y.scenario.Clone()
	copy(y.scenario.Lanes, next.Lanes)
	copy(y.scenario.Allocators, next.Allocators)
	copy(y.scenario.Stores, next.Stores)
	y.configure(old)
	return nil
}

// keyless finds the lanes of changed parameters that ask for the keys of a
// trace which has none.
func (y *System) keyless(next *Scenario) []error {
	var problems []error
	for i, l := range y.lanes {
		if tr := l.keys.trace; next.Lanes[i].Keys.Skew.Kind == SkewTrace && tr != nil && tr.keys == nil {
			problems = append(problems, &ParamError{Path: "lanes." + l.config.Name + ".keys.skew", Problem: noKeys(l.config.Arrivals.Trace)})
		}
	}
	return problems
}

// setLive sets a parameter that may change while the system runs.
func (s *Scenario) setLive(a Assignment) error {
	p, err := s.Declaration(a.Path)
	if err != nil {
		return err
	}
	if !p.Live {
		return &ParamError{Path: a.Path, Problem: "cannot change while the system runs"}
	}
	return s.Set(a.Path, a.Value)
}

// configure lets every component follow the change from the old parameters,
// in the direction of the flow but for the stores, whose partitions the others
// build on.
func (y *System) configure(old *Scenario) {
	for _, s := range y.stores {
		s.configure()
	}
	for i, a := range y.allocators {
		a.configure(&old.Allocators[i])
	}
	for i, l := range y.lanes {
		l.configure(&old.Lanes[i])
		if l.config.Queue.Lines != old.Lanes[i].Queue.Lines || l.store.router.changed {
			l.rearrange()
		}
	}
	for _, l := range y.lanes {
		l.pump()
	}
}
