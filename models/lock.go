package models

import "slices"

// lockTable holds the key locks of a store. An operation takes the locks of
// all its keys, one after the other in ascending order, so that no two
// operations can wait for each other, and keeps its server while it waits
// (conservative two-phase locking with ordered resources: Havender 1968,
// "Avoiding deadlock in multitasking systems").
//
// Locks belong to a key in a partition: the sub-keys of a salted key have one
// each.
type lockTable struct {
	held   map[lockName]uint32 // index of the lock
	locks  arena[keyLock]
	chains arena[chain]
	sort   []uint32 // scratch
}

type lockName struct {
	key       uint32
	partition uint16
}

// keyLock is a lock that is held, with the operations that wait for it.
type keyLock struct{ waiting line }

// lock takes the locks of an operation and reports whether it has them all.
// If not, it waits in the line of the first that is taken.
func (s *store) lock(i uint32, o *operation) bool {
	s.orderByKey(o)
	o.marks |= holdsLocks
	return s.lockFrom(i, o, o.head)
}

// lockFrom takes the locks of an operation's writes from one on, and lines it
// up for the first that is taken.
func (s *store) lockFrom(i uint32, o *operation, from uint32) bool {
	w := s.lockUpTo(o, from)
	if w == none {
		return true
	}
	d := s.y.details.reach(i)
	d.cursor = w
	d.locked = notStarted
	o.marks |= waitedForLock
	s.locks.locks.at(s.locks.held[lockName{s.y.writes.at(w).key, s.partitionOf(o)}]).waiting.push(&s.y.operations, i)
	return false
}

// lockUpTo takes the locks of an operation's writes from one on, up to the first
// that is taken: it returns the write that has it, or none.
func (s *store) lockUpTo(o *operation, from uint32) uint32 {
	t := &s.locks
	if t.held == nil {
		t.held = map[lockName]uint32{}
	}
	for w := from; w != none; w = s.afterKey(w) {
		name := lockName{s.y.writes.at(w).key, s.partitionOf(o)}
		if _, taken := t.held[name]; taken {
			return w
		}
		at := t.locks.take()
		*t.locks.at(at) = keyLock{}
		t.held[name] = at
	}
	return none
}

// unlock gives back the locks of an operation, each to the first that waits
// for it, and lets those go on that now have all. Under the handover recheck,
// those that wait have to see to it themselves.
func (s *store) unlock(o *operation) {
	t := &s.locks
	for w := o.head; w != none; w = s.afterKey(w) {
		name := lockName{s.y.writes.at(w).key, s.partitionOf(o)}
		at := t.held[name]
		l := t.locks.at(at)
		if l.waiting.n == 0 || s.config.Handover == Recheck {
			waiting := l.waiting
			delete(t.held, name)
			t.locks.put(at)
			if waiting.n > 0 {
				s.arouse(waiting)
			}
			continue
		}
		i := l.waiting.pop(&s.y.operations)
		next := s.y.operations.at(i)
		d := s.y.details.at(i)
		if s.lockFrom(i, next, s.afterKey(d.cursor)) {
			if s.stepwise {
				d.chain, d.locks = none, true
				s.await(i, next, stepLook)
				continue
			}
			now := s.y.sim.Now()
			d.locked = now
			s.y.lanes[next.lane].stages[StageKeyLock].add(now, -int(next.count))
			s.process(i, next)
		}
	}
}

// afterKey returns the next write of an operation that has another key.
func (s *store) afterKey(w uint32) uint32 {
	first := s.y.writes.at(w)
	next := first.next
	for next != none && s.y.writes.at(next).key == first.key {
		next = s.y.writes.at(next).next
	}
	return next
}

// orderByKey links the writes of an operation in ascending order of their
// keys; writes to one key keep their order.
func (s *store) orderByKey(o *operation) {
	if o.count == 1 {
		return
	}
	writes := s.locks.sort[:0]
	for w := o.head; w != none; w = s.y.writes.at(w).next {
		writes = append(writes, w)
	}
	slices.SortStableFunc(writes, func(a, b uint32) int {
		return int(int64(s.y.writes.at(a).key) - int64(s.y.writes.at(b).key))
	})
	for j, w := range writes {
		s.y.writes.at(w).next = none
		if j > 0 {
			s.y.writes.at(writes[j-1]).next = w
		}
	}
	o.head = writes[0]
	s.locks.sort = writes
}
