package models

import "onepen/sim"

// step is what an operation is at, in a store whose operations take their CPU
// in steps:
//
//	prepare ─▶ key locks ─▶ work ─▶ … ─▶ work ─▶ write the log ─▶ sync ─▶ stored
//	               │ taken        (steps)             ▲   │ another leads       ▲
//	               ▼                                  │   ▼                     │
//	              wait ─▶ look ─▶ work or wait      lead ◀─ wait ───────────▶ wake
//
// Between two steps an operation goes to the end of the line for a CPU, unless
// it goes on with the same one. Waiting has a price besides time: an operation
// that is woken spends CPU on that before it goes on.
//
// That is how a database on few CPUs fares. A hot row gets slower with more
// writers, because those that wait take CPU from the one that has the row; rows
// that are spread scale, because what they wait for is a sync that they share.
type step uint8

const (
	stepPrepare step = iota // works before it asks for its locks
	stepLook                // has been woken by an unlock, and looks whether it gets the lock
	stepWork                // does a part of its work
	stepLog                 // writes the log for all that wait, and itself, before the sync
	stepDone                // has led a sync, which is over
	stepWake                // has been woken by a sync that another led
)

// stepwise reports whether the operations of a store go through steps. They do
// if it asks for anything that the direct way from lock to work to sync to the
// end has not.
func (c *Store) stepwise() bool {
	return c.Prepare.Mean() > 0 || c.Steps > 1 || c.Wake.Mean() > 0 || c.SyncCPU.Mean() > 0 || c.Cold > 1 || c.Handover == Recheck
}

// enter begins an operation that has its server.
func (s *store) enter(i uint32, o *operation) {
	s.y.lanes[o.lane].stages[StageService].add(s.y.sim.Now(), int(o.count))
	*s.y.details.reach(i) = details{}
	s.await(i, o, stepPrepare)
}

// await gives an operation a CPU of its node for a step, or a place in the line
// for one. A CPU that idled is cold.
func (s *store) await(i uint32, o *operation, next step) {
	d := s.y.details.at(i)
	d.step, d.cold = next, s.shared
	if !s.shared || s.takeCPU(i, o) {
		s.take(i, o)
	}
}

// take begins the step of an operation that has a CPU.
func (s *store) take(i uint32, o *operation) {
	d := s.y.details.at(i)
	l, n := s.y.lanes[o.lane], s.y.writes.at(o.head).n
	var time sim.Time
	switch d.step {
	case stepPrepare:
		time = s.worked(d, s.y.drawOf(l.prepares, n, s.config.Prepare))
	case stepLook:
		if !d.locks {
			d.cursor = s.lockUpTo(o, d.cursor)
			d.locks = d.cursor == none
		}
		time = s.wake(o)
	case stepWork:
		time = s.worked(d, d.part)
	case stepLog:
		time = sum(s.wake(o), s.gather(o))
	case stepWake:
		time = s.wake(o)
	}
	s.y.sim.Schedule(s.y.sim.Now()+time, s.stepped, i)
}

// worked returns how long a work takes on the operation's CPU.
func (s *store) worked(d *details, work sim.Time) sim.Time {
	if d.cold {
		return scaled(work, s.config.Cold)
	}
	return work
}

// wake draws the CPU time that being woken costs.
func (s *store) wake(o *operation) sim.Time {
	return s.config.Wake.Sample(&s.nodes[s.nodeOf(s.partitionOf(o))].stream)
}

// endStep ends a step and lets the operation go on: with its CPU, or without it
// to where it waits for something else.
func (s *store) endStep(i uint32) {
	o := s.y.operations.at(i)
	node := s.nodeOf(s.partitionOf(o))
	if s.goOn(i, o) || !s.shared {
		return
	}
	// Whom the operation has let go on is to find the CPU still warm: first
	// comes what happens in this instant, then the CPU is free.
	s.y.sim.Schedule(s.y.sim.Now(), s.freed, node)
}

// goOn begins what comes after a step and reports whether it keeps the CPU.
func (s *store) goOn(i uint32, o *operation) bool {
	d := s.y.details.at(i)
	switch d.step {
	case stepPrepare:
		if s.config.PrepareSync && s.synced {
			return s.log(i, o)
		}
		return s.claim(i, o)
	case stepLook:
		return s.look(i, o)
	case stepWork:
		return s.endPart(i, o)
	case stepLog:
		s.beginFlush(o)
	case stepDone:
		return s.endFlush(i, o)
	case stepWake:
		return s.durable(i, o)
	}
	return false
}

// claim asks for the locks of a prepared operation, which goes on to its work
// if it gets them all at once.
func (s *store) claim(i uint32, o *operation) bool {
	d := s.y.details.at(i)
	d.ready, d.prepared = true, s.y.sim.Now()-o.started
	if s.config.KeyLock && !s.lock(i, o) {
		l, now := s.y.lanes[o.lane], s.y.sim.Now()
		l.stages[StageService].add(now, -int(o.count))
		l.stages[StageKeyLock].add(now, int(o.count))
		return false
	}
	return s.beginWork(i, o)
}

// beginWork divides the work of an operation into its steps and begins the
// first.
func (s *store) beginWork(i uint32, o *operation) bool {
	d := s.y.details.at(i)
	d.part = s.serviceTime(o) / sim.Time(s.config.Steps)
	d.parts = uint16(s.config.Steps)
	d.step = stepWork
	s.take(i, o)
	return true
}

// endPart ends a step of the work. Others get their turn at a CPU before the
// next; after the last, the operation is stored, or leads a sync, or waits for
// one.
func (s *store) endPart(i uint32, o *operation) bool {
	d := s.y.details.at(i)
	d.parts--
	if d.parts > 0 {
		s.await(i, o, stepWork)
		return false
	}
	if !s.synced {
		s.store(i, o)
		return false
	}
	return s.log(i, o)
}
