package models

import "onepen/sim"

// replicate keeps an operation that the leader has stored in flight until a
// quorum has it: W of N copies, the leader's own among them. Followers confirm
// independently of each other, so the wait is the (W-1)-th smallest of N-1
// draws (David and Nagaraja 2003, "Order Statistics", § 2.1).
func (s *store) replicate(l *lane, i uint32, o *operation) {
	now := s.y.sim.Now()
	l.stages[StageReplication].add(now, int(o.count))
	s.y.details.reach(i).served = now
	o.marks |= replicating
	s.y.sim.Schedule(now+s.quorumTime(l, o), s.replicated, i)
}

// followerTime draws the time until a follower has confirmed.
func (s *store) followerTime(follower int) sim.Time {
	time := s.config.Replication.Sample(&s.y.draw)
	if follower == 0 {
		return scaled(time, s.config.SlowReplica)
	}
	return time
}

// maxReplicas is the largest number of copies.
const maxReplicas = 99

// quorumTime draws the time until a quorum has confirmed.
func (s *store) quorumTime(l *lane, o *operation) sim.Time {
	var fastest [maxReplicas]sim.Time // the smallest so far, ascending
	need := s.config.Quorum - 1
	s.y.draw = l.replication.At(s.y.writes.at(o.head).n)
	for follower := range s.config.Replicas - 1 {
		time := s.followerTime(follower)
		at := min(follower, need)
		if follower >= need && time >= fastest[need-1] {
			continue
		}
		for at > 0 && fastest[at-1] > time {
			fastest[at] = fastest[at-1]
			at--
		}
		fastest[at] = time
	}
	return fastest[need-1]
}
