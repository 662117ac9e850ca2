package prediction

import (
	"fmt"

	"onepen/models"
)

// What the formulas assume: arrivals are Poisson at a constant rate and are
// spread over partitions by chance; each waits for a server and for nothing
// else; a server works at the same speed whatever happens.

// alreadyChanged says that a run is not the same from start to end.
func alreadyChanged(s *models.Scenario) []string {
	if len(s.Timeline) > 0 {
		return []string{"the timeline changes the system during the run"}
	}
	return nil
}

// notPoisson says why the writes of a lane do not arrive as a Poisson process.
func notPoisson(l *models.Lane) []string {
	var not []string
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			not = append(not, fmt.Sprintf(format, args...))
		}
	}
	a := &l.Arrivals
	say(a.Process != models.Poisson, "the arrivals of %s are %s", l.Name, a.Process)
	say(a.Profile.Kind != models.ProfileConstant, "the load of %s varies", l.Name)
	say(a.Group > 1, "the writes of %s arrive %d at a time", l.Name, a.Group)
	say(l.Retry.Attempts > 1, "the writers of %s try again", l.Name)
	say(l.Timeout != nil && l.Expired == models.DiscardExpired, "the writers of %s do not wait for ever", l.Name)
	return not
}

// storeNot says what the formula for the partitions of a store assumes that is
// not so.
func storeNot(s *models.Scenario, st *models.Store, r *models.Result, of *models.StoreResult) []string {
	not := alreadyChanged(s)
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			not = append(not, fmt.Sprintf(format, args...))
		}
	}
	rank := make(map[models.Priority]bool)
	for i := range s.Lanes {
		l := &s.Lanes[i]
		if l.Store != st.Name {
			continue
		}
		not = append(not, notPoisson(l)...)
		say(l.Queue.Mode != models.QueueNone, "the queue of %s lets through what its workers take", l.Name)
		say(l.Batch.Size > 1, "the writes of %s come in batches", l.Name)
		say(r.Lanes[i].Counts.Rejected > 0, "some writes of %s are refused", l.Name)
		not = append(not, shaped(s, l)...)
		rank[l.Priority] = true
	}
	say(len(rank) > 1, "some writes pass others in line")
	say(!byChance(st.Route), "the route %s does not spread writes by chance alone", st.Route)
	say(st.KeyLock, "servers wait for key locks")
	say(st.Nodes > 0, "partitions share CPUs")
	say(st.Sync.Mean() > 0, "servers wait for log syncs")
	say(st.Contention > 0 || st.Crosstalk > 0, "operations slow each other down")
	say(st.Stall.Mean() > 0 && st.StallAfter < never, "partitions stall")
	say(of.Migrations > 0, "keys moved during the run")
	return not
}

// never is more writes than a run has: what comes after so many does not come.
const never = 1 << 40

// shaped says how the allocator changes the arrivals of a lane at its store.
// What leaves a counter with exponential service is Poisson again (Burke 1956,
// "The output of a queuing system").
func shaped(s *models.Scenario, l *models.Lane) []string {
	a := s.Allocator(l.IDs)
	if a == nil {
		return nil
	}
	switch {
	case a.Strategy == models.Central && a.Service.Mean() > 0 && a.Service.SCV() != 1,
		a.Strategy == models.Random && a.Checked && a.Service.Mean() > 0:
		return []string{fmt.Sprintf("the allocator %s spaces the writes of %s", a.Name, l.Name)}
	case a.Strategy == models.Range:
		return []string{fmt.Sprintf("the writes of %s wait together for blocks of IDs", l.Name)}
	case a.Strategy == models.Snowflake:
		return []string{fmt.Sprintf("the writes of %s wait together when a tick's IDs are used up", l.Name)}
	}
	return nil
}

// byChance reports whether a route gives each write a partition that depends on
// its key alone, so that a Poisson process splits into Poisson processes.
func byChance(r models.Route) bool {
	switch r {
	case models.RouteHash, models.RouteRing, models.RouteRange, models.RouteTenant:
		return true
	}
	return false
}
