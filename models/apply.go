package models

import "errors"

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
//     operations at a partition stay there.
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
		problems = next.Validate()
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
