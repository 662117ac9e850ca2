package models

import (
	"slices"

	"onepen/sim"
)

// follower is a copy of the data of every partition, besides the leader's.
type follower struct {
	down int      // crashes not yet over
	slow slowness // of its confirmations
	back sim.Time // when it came, or last came back; what was sent before is sent again
}

// replicate keeps an operation that the leader has stored in flight until a
// quorum has it: W of N copies, the leader's own among them.
func (s *store) replicate(l *lane, i uint32, o *operation) {
	now := s.y.sim.Now()
	l.stages[StageReplication].add(now, int(o.count))
	s.y.details.reach(i).served = now
	o.marks |= replicating
	s.awaitQuorum(l, i, o, now)
}

// awaitQuorum schedules the commit of an operation that was sent to the
// followers at an instant. Where too few of them are up, it waits for one.
func (s *store) awaitQuorum(l *lane, i uint32, o *operation, sent sim.Time) {
	at := s.confirmed(l, s.y.writes.at(o.head).n, sent, s.config.Quorum-1)
	if at == sim.Never {
		s.short = append(s.short, i)
		return
	}
	s.y.sim.Schedule(max(at, s.y.sim.Now()), s.replicated, i)
}

// reassemble looks whether operations that were short of followers have enough
// of them now.
func (s *store) reassemble() {
	waiting := s.short
	s.short = nil
	for _, i := range waiting {
		o := s.y.operations.at(i)
		s.awaitQuorum(s.y.lanes[o.lane], i, o, s.y.details.at(i).served)
	}
}

// maxReplicas is the largest number of copies.
const maxReplicas = 99

// confirmed is the instant at which a number of followers have confirmed what
// was sent to them when the n-th write of a lane was stored: Never while too few
// are up. They confirm independently of each other, so the wait is an order
// statistic of as many draws as there are followers (David and Nagaraja 2003,
// "Order Statistics", § 2.1).
func (s *store) confirmed(l *lane, n uint64, sent sim.Time, by int) sim.Time {
	switch {
	case by == 0:
		return sent
	case by >= s.config.Replicas:
		return sim.Never // there are fewer now
	}
	var first [maxReplicas]sim.Time // the earliest so far, ascending
	s.y.draw = l.replication.At(n)
	for number := range s.config.Replicas - 1 {
		at := s.followers[number].confirms(sent, s.followerTime(number))
		place := min(number, by)
		if number >= by && at >= first[by-1] {
			continue
		}
		for place > 0 && first[place-1] > at {
			first[place] = first[place-1]
			place--
		}
		first[place] = at
	}
	return first[by-1]
}

// followerTime draws the time until a follower has confirmed.
func (s *store) followerTime(number int) sim.Time {
	time := s.config.Replication.Sample(&s.y.draw)
	if number == 0 {
		time = scaled(time, s.config.SlowReplica)
	}
	return time
}

// confirms is the instant at which a follower confirms what was sent to it, if
// that takes it a time.
func (f *follower) confirms(sent, time sim.Time) sim.Time {
	if f.down > 0 {
		return sim.Never
	}
	return max(sent, f.back) + f.slow.stretch(time)
}

// succeeded reports whether somebody takes over from a leader that crashes.
func (s *store) succeeded() bool {
	return slices.ContainsFunc(s.followers[:s.config.Replicas-1], func(f follower) bool { return f.down == 0 })
}

// restart ends a crash of a follower.
func (s *store) restart(f *follower) {
	f.down--
	if f.down > 0 {
		return
	}
	f.back = s.y.sim.Now()
	s.resend()
}

// resend sends to followers that have come what none of them, or too few, had.
func (s *store) resend() {
	for i := range s.partitions {
		s.catchUp(s.partitions[i].ahead)
	}
	s.reassemble()
}

// unreplicated is what a leader has committed on its own: until then, no
// follower has it.
type unreplicated struct {
	until sim.Time
	sent  sim.Time
	n     uint64 // of its first write
	lane  uint8
	acked uint32 // writes
}

// runAhead notes an operation that the leader alone has committed, of a store
// with replicas that waits for none.
func (s *store) runAhead(l *lane, o *operation) {
	now := s.y.sim.Now()
	p := &s.partitions[s.partitionOf(o)]
	for len(p.ahead) > 0 && p.ahead[0].until <= now {
		p.ahead = p.ahead[1:]
	}
	n := s.y.writes.at(o.head).n
	p.ahead = append(p.ahead, unreplicated{s.confirmed(l, n, now, 1), now, n, o.lane, o.count})
}

// catchUp notes when a follower that has come will have what none had.
func (s *store) catchUp(ahead []unreplicated) {
	for i := range ahead {
		if u := &ahead[i]; u.until == sim.Never {
			u.until = s.confirmed(s.y.lanes[u.lane], u.n, u.sent, 1)
		}
	}
}
