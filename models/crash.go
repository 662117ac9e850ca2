package models

import "onepen/sim"

// each calls do for the partition that a fault befalls, or for all of a node.
func (s *store) each(t faultTarget, do func(p *partition, number uint16)) {
	for i := range s.partitions {
		number := uint16(i)
		if t.part == "partitions" && i == t.number || t.part == "nodes" && s.nodeOf(number) == uint32(t.number) {
			do(&s.partitions[i], number)
		}
	}
}

// inflict makes a fault of one of the store's parts happen now.
func (s *store) inflict(f Fault, t faultTarget) {
	if t.part == "followers" {
		if f.Kind == Slow {
			s.followers[t.number].slow.begin(f.By)
		} else {
			s.followers[t.number].down++
		}
		return
	}
	s.each(t, func(p *partition, number uint16) {
		if f.Kind == Slow {
			p.slow.begin(f.By)
		} else {
			s.crash(p, number)
		}
	})
}

// recover ends a fault. Partitions that have become fewer since it began recover
// as well; those that came during the fault of their node know nothing of it.
func (s *store) recover(f Fault, t faultTarget) {
	if t.part == "followers" {
		if f.Kind == Slow {
			s.followers[t.number].slow.end(f.By)
		} else {
			s.restart(&s.followers[t.number])
		}
		return
	}
	s.each(t, func(p *partition, _ uint16) {
		if f.Kind == Slow {
			p.slow.end(f.By)
		} else if p.down > 0 {
			p.down--
		}
	})
	s.offerRoom()
}

// crash takes a partition down. What waits in its line is lost with its
// memory and refused at once; what it works on fails, and the writers learn of
// that when their answer would have come. Followers carry on with what waits
// for their quorum. A leader that commits without a quorum takes with it what no
// follower has yet.
func (s *store) crash(p *partition, number uint16) {
	p.down++
	for p.line.n() > 0 {
		i := s.pop(p)
		s.refuse(i, s.y.operations.at(i))
	}
	for i := range s.y.operations.used {
		o := s.y.operations.at(i)
		inService := o.count > 0 && o.started != notStarted && o.marks&replicating == 0
		if inService && s.partitionOf(o) == number && s.y.lanes[o.lane].store == s {
			o.marks |= doomed
		}
	}
	if !s.succeeded() {
		return // the leader comes back with all it has
	}
	now := s.y.sim.Now()
	for _, u := range p.ahead {
		if u.until > now {
			l := s.y.lanes[u.lane]
			l.tally.counts.AckedLost += uint64(u.acked)
			l.undone += uint64(u.acked)
		}
	}
	p.ahead = p.ahead[:0]
}

// refuse fails an operation that no server has taken up.
func (s *store) refuse(i uint32, o *operation) {
	l := s.y.lanes[o.lane]
	spans := operationSpans{line: s.y.sim.Now() - o.dispatched}
	for j := o.head; j != none; {
		w := s.y.writes.at(j)
		next := w.next
		l.fail(j, w, o, &spans)
		j = next
	}
	queue := o.keeper()
	o.count = 0
	s.y.operations.put(i)
	l.release(queue)
}

// crashQueue takes the queues of a lane down. In memory, all that they hold is
// lost. A log keeps what it had synced; what waits for an append was never
// accepted. Workers finish what they have taken.
func (l *lane) crashQueue() {
	l.queueDown++
	synced := sim.Never
	if l.config.Queue.Mode == QueueDurable {
		synced = l.syncedUntil()
	}
	var again []uint32
	if l.config.Queue.Mode == QueueDurable && l.config.Queue.Redeliver {
		again = l.unconfirmed(synced)
	}
	for number := range l.queues {
		q := &l.queues[number]
		var kept list
		for q.line.n > 0 {
			i := q.line.pop(&l.y.writes)
			w := l.y.writes.at(i)
			if l.config.Queue.Mode == QueueDurable && w.released <= synced {
				kept.push(&l.y.writes, i)
				continue
			}
			l.drop(i, w)
		}
		q.line = kept
		for _, lost := range []*list{&q.appending, &q.log, &q.outside} {
			for lost.n > 0 {
				i := lost.pop(&l.y.writes)
				l.drop(i, l.y.writes.at(i))
			}
		}
	}
	l.redeliver(again)
}

// syncedUntil is the instant up to which what the log has accepted is safe:
// that of its last sync.
func (l *lane) syncedUntil() sim.Time {
	now := l.y.sim.Now()
	if every := l.config.Queue.SyncEvery; every > 0 {
		return now - now%every
	}
	return now
}
