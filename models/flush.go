package models

import "onepen/sim"

// A sync of a store whose operations go in steps is led by one of them, as a
// commit is in PostgreSQL (XLogFlush): it takes all that wait at that moment,
// writes their log with its CPU and syncs it. Then it wakes them, and the first
// that has come since, which leads the next.

// log makes the work of an operation durable: it leads a sync, for which it
// keeps its CPU, or waits for one if another leads.
func (s *store) log(i uint32, o *operation) bool {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	if n.working {
		n.pending.push(&s.y.operations, i)
		return false
	}
	s.y.details.at(i).step, n.working, n.leader = stepLog, true, i
	s.y.sim.Schedule(s.y.sim.Now()+s.gather(o), s.stepped, i)
	return true
}

// gather takes into a sync all that wait for one and draws the CPU time that
// writing their log costs the leader.
func (s *store) gather(o *operation) sim.Time {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	n.syncing, n.pending = n.pending, line{}
	n.syncs++
	return s.config.SyncCPU.Sample(&n.stream)
}

// beginFlush lets the device sync what the leader has written.
func (s *store) beginFlush(o *operation) {
	number, now := s.nodeOf(s.partitionOf(o)), s.y.sim.Now()
	s.nodes[number].logging.set(now, 1)
	s.y.sim.Schedule(now+s.config.Sync.Sample(&s.nodes[number].stream), s.flushed, number)
}

// leaderBack gives the leader of a sync that is over a CPU to go on with.
func (s *store) leaderBack(number uint32) {
	s.nodes[number].logging.set(s.y.sim.Now(), 0)
	i := s.nodes[number].leader
	s.await(i, s.y.operations.at(i), stepDone)
}

// endFlush lets the leader of a sync wake those that it synced for, hand the log
// to the next, and go on itself.
func (s *store) endFlush(i uint32, o *operation) bool {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	durable := n.syncing
	for durable.n > 0 {
		other := durable.pop(&s.y.operations)
		s.await(other, s.y.operations.at(other), stepWake)
	}
	n.working = n.pending.n > 0
	if n.working {
		n.leader = n.pending.pop(&s.y.operations)
		s.await(n.leader, s.y.operations.at(n.leader), stepLog)
	}
	return s.durable(i, o)
}

// durable lets an operation go on after a sync: that of its preparation, or the
// one that stores it.
func (s *store) durable(i uint32, o *operation) bool {
	if !s.y.details.at(i).ready {
		return s.claim(i, o)
	}
	s.store(i, o)
	return false
}
