package models

import "fmt"

// readWidth is the mean number of partitions that a read must ask, over the
// keys of the writes routed since an earlier tally; NaN if there were none.
func (t *routerTally) readWidth(since *routerTally) float64 {
	routed := t.routed - since.routed
	return ratio(float64(routed+t.widened-since.widened), routed)
}

// sample notes what happened since the last sample.
func (r *router) sample(into *StoreSample) {
	into.Progress = r.move.progress()
	into.MovedShare = r.move.share
	into.KeysMoved = r.tally.moved - r.before.moved
	into.ReadWidth = r.tally.readWidth(&r.before)
	r.before = r.tally
}

// result notes what happened in the window.
func (r *router) result(into *StoreResult) {
	into.Migrations = r.tally.moves
	into.MovedShare = r.move.share
	into.KeysMoved = r.tally.moved
	into.Moving = r.move.time.window.Area(r.s.y.sim.Now())
	into.ReadWidth = r.tally.readWidth(&routerTally{})
}

// active is the number of partitions that may own keys.
func (r *router) active() int {
	n := r.current.partitions
	if r.move.underWay() {
		for _, o := range r.move.homes {
			n = max(n, o.partitions)
		}
	}
	return n
}

// check returns what must not be between two events.
func (r *router) check() []error {
	var violations []error
	report := func(format string, args ...any) {
		violations = append(violations, fmt.Errorf("store %s at %s, router: "+format, append([]any{r.s.config.Name, r.s.y.sim.Now()}, args...)...))
	}
	if r.current.routing != r.s.config.routing() {
		report("routes as %+v, configured as %+v", r.current.routing, r.s.config.routing())
	}
	if plain := !r.move.underWay() && r.current.route == RouteHash && r.current.by == ByKey; r.plain != plain || r.count != r.current.count {
		report("plain is %v, should be %v, for %d of %d partitions", r.plain, plain, r.count, r.current.count)
	}
	for c, o := range r.move.homes {
		switch {
		case !r.move.underWay() && o != nil:
			report("nothing moves, but chunk %d has owners of its own", c)
		case r.move.underWay() && (o == nil || c < r.move.next && o != r.current):
			report("chunk %d, before %d on the move, is not with its new owners", c, r.move.next)
		}
	}
	for i := range r.s.partitions {
		if r.s.partitions[i].moving && !r.move.underWay() {
			report("nothing moves, but partition %d gives or takes keys", i)
		}
	}
	return violations
}
