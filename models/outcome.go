package models

// commit ends an attempt that its operation has stored.
func (l *lane) commit(i uint32, w *write, o *operation, spans *operationSpans) {
	now := l.y.sim.Now()
	l.inFlight--
	if l.y.onCommit != nil {
		l.y.onCommit(w, o)
	}
	offered := w.offered
	if w.has(stateClient) {
		if stored, recognised := l.known(w); stored {
			l.repeat(i, w, o, spans, recognised)
			return
		}
		offered = l.y.clients.at(w.owner).offered
	}
	l.sequence(w)
	l.leave(w)
	l.tally.counts.Committed++
	if !l.givenUp(w) {
		l.tally.counts.Good++
	}
	l.commits.Record(now - offered)
	l.tally.parts.add(w, o, spans)
	l.tally.parts[StageBackoff].add(w.offered - offered)
	if l.y.watch != nil {
		l.y.passed(l, w, o, spans, offered)
	}
	if l.config.Ack != AckVisible && !w.has(stateAcked) {
		l.acknowledge(w)
	}
	l.show(i, w)
}

// givenUp reports whether the writer of an attempt has given it up.
func (l *lane) givenUp(w *write) bool {
	return w.has(stateAbandoned) || w.has(stateClient) && l.y.clients.at(w.owner).failed
}

// fail refuses an attempt that its operation has failed to store.
func (l *lane) fail(i uint32, w *write, o *operation, spans *operationSpans) {
	l.tally.counts.Erred++
	l.lost.add(w, o, spans)
	l.giveUp(i, w)
}

// sequence notes that an attempt is stored, and whether out of order.
func (l *lane) sequence(w *write) {
	if l.order.store(w.key, w.n&^(0xff<<attemptShift)) {
		l.tally.counts.Inversions++
		if l.config.Order == OrderKey {
			l.tally.counts.OutOfOrder++
		}
	}
}

// leave notes that a write is no longer under way. One that has a client is
// under way until the client has done with it.
func (l *lane) leave(w *write) {
	if !w.has(stateClient) {
		l.order.leave(w.key)
	}
}

// repeat ends an attempt whose write is stored already. Whether the store
// recognises it or stores it twice, its writer has the answer it waits for.
func (l *lane) repeat(i uint32, w *write, o *operation, spans *operationSpans, recognised bool) {
	if recognised {
		l.tally.counts.Suppressed++
	} else {
		l.tally.counts.Duplicates++
		l.sequence(w)
	}
	l.lost.add(w, o, spans)
	if !w.has(stateAcked) {
		l.acknowledge(w)
	}
	l.remove(i, w)
}

// stageTotals adds up the time that writes spend in each stage.
type stageTotals [NumStages]total

// add adds the time of a write that its operation has stored.
func (t *stageTotals) add(w *write, o *operation, spans *operationSpans) {
	t[StageAllocator].add(w.allocated - w.offered)
	t[StageQueue].add(w.released - w.allocated)
	t[StageLinger].add(o.dispatched - w.released)
	t[StageLine].add(spans.line)
	t[StageKeyLock].add(spans.lock)
	t[StageService].add(spans.service)
	t[StageReplication].add(spans.replication)
}

// reject refuses a write that has its ID.
func (l *lane) reject(i uint32, w *write) {
	l.tally.counts.Rejected++
	l.lost[StageAllocator].add(w.allocated - w.offered)
	l.giveUp(i, w)
}

// drop takes a write out of the queue for good.
func (l *lane) drop(i uint32, w *write) {
	now := l.y.sim.Now()
	l.tally.counts.Dropped++
	l.stages[StageQueue].add(now, -1)
	l.lost[StageAllocator].add(w.allocated - w.offered)
	l.lost[StageQueue].add(now - w.allocated)
	l.giveUp(i, w)
}

// expire discards the writes of an operation that nobody waits for.
func (l *lane) expire(o *operation) {
	now := l.y.sim.Now()
	spans := operationSpans{line: now - o.dispatched}
	for i := o.head; i != none; {
		w := l.y.writes.at(i)
		next := w.next
		l.tally.counts.Expired++
		l.lost.add(w, o, &spans)
		l.giveUp(i, w)
		i = next
	}
	o.count = 0
}

// giveUp ends an attempt that was not stored, and answers its writer with a
// no unless it has been answered. Whatever way an attempt ends without being
// stored, it ends here, so that no broken promise goes uncounted.
func (l *lane) giveUp(i uint32, w *write) {
	l.inFlight--
	l.leave(w)
	if l.forsaken(w) {
		l.tally.counts.AckedLost++
	}
	switch {
	case w.has(stateClient):
		l.disappoint(w)
	case !w.has(stateAcked):
		l.tally.counts.Failed++ // its writer tries once
		l.refuse(w.owner)
	}
	l.remove(i, w)
}

// forsaken reports whether an attempt that ends without being stored is the
// last hope of a write that was answered with a yes. A client's write is lost
// only if no attempt at it was stored and no other one is in flight; an
// attempt that was accepted after its client had stopped waiting promised
// nothing.
func (l *lane) forsaken(w *write) bool {
	if !w.has(stateClient) {
		return w.has(stateAcked)
	}
	c := l.y.clients.at(w.owner)
	return c.answered && !c.stored && c.inFlight == 1
}

// remove takes a write out of memory.
func (l *lane) remove(i uint32, w *write) {
	if w.has(stateClient) {
		l.dismiss(w)
	}
	w.state = stateFree
	l.y.writes.put(i)
}
