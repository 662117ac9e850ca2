package models

// chain is the operations that waited for a lock when it was given back, under
// the handover recheck. They look at it one after another: the next is woken
// when the one before has looked. Who finds the lock free has it; who does not
// lines up again, behind those that came first meanwhile. So the order of the
// line is lost, somebody who never waited may be faster, and all who wait pay
// for every unlock with CPU that the owner lacks.
//
// That is what PostgreSQL does with a row that others change: each update
// makes a new version of it, to which those that waited for the old one follow
// through the queue of its tuple lock (heap_update, EvalPlanQual).
type chain struct{ rest line }

// arouse begins a chain of those that waited for a lock which is free now.
func (s *store) arouse(waiting line) {
	at := s.locks.chains.take()
	s.locks.chains.at(at).rest = waiting
	s.arouseNext(at)
}

// arouseNext wakes the next of a chain.
func (s *store) arouseNext(at uint32) {
	c := s.locks.chains.at(at)
	if c.rest.n == 0 {
		s.locks.chains.put(at)
		return
	}
	i := c.rest.pop(&s.y.operations)
	d := s.y.details.at(i)
	d.chain, d.locks = at, false
	s.await(i, s.y.operations.at(i), stepLook)
}

// look ends an operation's look at a lock for which it waited: it goes on to its
// work if it has all its locks, perhaps only since it looked, or else lines up
// again.
func (s *store) look(i uint32, o *operation) bool {
	d := s.y.details.at(i)
	chain, has := d.chain, d.locks || s.lockFrom(i, o, d.cursor)
	if has {
		s.locked(i, o)
	}
	if chain != none {
		s.arouseNext(chain)
	}
	return has
}

// locked ends an operation's wait for its locks, and begins its work.
func (s *store) locked(i uint32, o *operation) {
	now := s.y.sim.Now()
	l := s.y.lanes[o.lane]
	s.y.details.at(i).locked = now
	l.stages[StageKeyLock].add(now, -int(o.count))
	l.stages[StageService].add(now, int(o.count))
	s.beginWork(i, o)
}
