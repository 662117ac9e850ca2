package models

import (
	"math"

	"onepen/sim"
)

// client is a writer's care for one write that may take several attempts:
//
//	            ┌──────── refused, or no answer within the timeout ────────┐
//	            ▼                                                          │
//	attempt ─▶ waiting ──▶ answered          backoff ──▶ attempt ──▶ waiting
//	                                             ▲             │ attempts or budget used up
//	                                             └─────────────┴──▶ failed
//
// An abandoned attempt stays in the system and may still be stored. The client
// lives until it has its answer or has failed, and no attempt is in flight.
type client struct {
	offered  sim.Time // the write's first attempt
	storedAt sim.Time // meaningful if stored
	timer    sim.Timer
	n        uint64
	key      uint32
	writer   uint32
	current  uint32 // the attempt that it waits for, or none
	inFlight uint16 // attempts
	attempts uint8  // made so far
	again    uint8  // attempts that a queue has delivered again
	lane     uint8
	pausing  bool // in a backoff
	answered bool
	failed   bool
	stored   bool
}

// attemptShift places the number of an attempt in the highest byte of a
// write's number, so that each attempt has draws of its own.
const attemptShift = 56

// budgetMemory is the number of writes whose unused retries a budget keeps.
const budgetMemory = 1000

// patient reports whether writers wait for their first answer, whatever it
// is and however long it takes: such writes need no client.
func (l *lane) patient() bool { return l.config.Timeout == nil && l.config.Retry.Attempts == 1 }

// care brings a new write into the system under the care of a client.
func (l *lane) care(writer uint32) {
	c := l.y.clients.take()
	*l.y.clients.at(c) = client{offered: l.y.sim.Now(), n: l.offered, key: l.keys.draw(l.offered), writer: writer, lane: l.index}
	l.order.enter(ofClient|c, l.y.clients.at(c).key)
	l.offered++
	l.tally.counts.Offered++
	l.earn()
	l.attempt(c)
}

// attempt offers a client's write, for the first time or again.
func (l *lane) attempt(number uint32) {
	c := l.y.clients.at(number)
	now := l.y.sim.Now()
	i := l.y.writes.take()
	w := l.y.writes.at(i)
	*w = write{offered: now, n: c.next(), key: c.key, owner: number, lane: l.index, state: stateClient}
	c.attempts++
	c.inFlight++
	c.current = i
	c.timer = sim.Timer{}
	if l.config.Timeout != nil {
		c.timer = l.y.sim.ScheduleTimer(now+l.y.drawOf(l.patience, w.n, l.config.Timeout), l.timedOut, number)
	}
	l.inFlight++
	l.enterPath(i, w)
}

// next is the number of the client's next attempt.
func (c *client) next() uint64 { return c.n | uint64(c.attempts+c.again)<<attemptShift }

// timeOut lets a client stop waiting for its attempt.
func (l *lane) timeOut(number uint32) {
	c := l.y.clients.at(number)
	l.tally.counts.TimedOut++
	l.y.writes.at(c.current).mark(stateAbandoned)
	c.current = none
	l.again(number, c)
}

// again lets a client without an answer try once more after a pause, or give up.
func (l *lane) again(number uint32, c *client) {
	retry := &l.config.Retry
	if int(c.attempts) >= retry.Attempts || !l.persists(c) || !l.spend() {
		c.failed = true
		l.tally.counts.Failed++
		if c.stored { // by an attempt that the client had given up
			l.tally.counts.Ambiguous++
		}
		l.refuse(c.writer)
		l.forget(number, c)
		return
	}
	c.pausing = true
	l.y.draw = l.jitters.At(c.n | uint64(c.attempts)<<attemptShift)
	pause := retry.Jitter.spread(retry.Backoff.before(int(c.attempts)), &l.y.draw)
	now := l.y.sim.Now()
	l.stages[StageBackoff].add(now, 1)
	l.y.sim.Schedule(now+pause, l.resumed, number)
}

// persists reports whether a client cares enough for its write to try again.
func (l *lane) persists(c *client) bool {
	if l.config.Retry.Persistence == 1 {
		return true
	}
	draw := l.persistence.At(c.n | uint64(c.attempts)<<attemptShift)
	return draw.Float64() < l.config.Retry.Persistence
}

// resume ends a client's pause with its next attempt.
func (l *lane) resume(number uint32) {
	if l.y.full() {
		return
	}
	l.y.clients.at(number).pausing = false
	l.stages[StageBackoff].add(l.y.sim.Now(), -1)
	l.tally.counts.Retried++
	l.attempt(number)
}

// earn adds to the retry budget what a first attempt allows.
func (l *lane) earn() {
	if budget := l.config.Retry.Budget; !math.IsInf(budget, 1) {
		l.budget = min(l.budget+budget, budget*budgetMemory)
	}
}

// spend takes a retry from the budget and reports whether there was one.
func (l *lane) spend() bool {
	if math.IsInf(l.config.Retry.Budget, 1) {
		return true
	}
	if l.budget < 1 {
		return false
	}
	l.budget--
	return true
}

// forget frees a client that nothing refers to any more.
func (l *lane) forget(number uint32, c *client) {
	if c.inFlight == 0 && (c.answered || c.failed) {
		l.order.leave(c.key)
		l.y.clients.put(number)
	}
}

// awaits reports whether a client waits for the answer to an attempt.
func (l *lane) awaits(c *client, w *write) bool {
	return c.current != none && l.y.writes.at(c.current) == w
}

// satisfy gives a client its answer, if it still waits for this attempt.
func (l *lane) satisfy(w *write) bool {
	c := l.y.clients.at(w.owner)
	if !l.awaits(c, w) {
		return false
	}
	c.answered = true
	c.current = none
	l.y.sim.Cancel(c.timer)
	l.ack.Record(l.y.sim.Now() - c.offered)
	l.answer(c.writer)
	return true
}

// disappoint tells a client that its attempt was refused, if it still waits
// for it.
func (l *lane) disappoint(w *write) {
	c := l.y.clients.at(w.owner)
	if !l.awaits(c, w) {
		return
	}
	w.mark(stateAbandoned)
	c.current = none
	l.y.sim.Cancel(c.timer)
	l.again(w.owner, c)
}

// dismiss takes an attempt that has ended from its client.
func (l *lane) dismiss(w *write) {
	c := l.y.clients.at(w.owner)
	c.inFlight--
	if !c.pausing {
		l.forget(w.owner, c)
	}
}

// known reports whether the write of an attempt is stored already, and if so
// whether the store recognises it; if not, it is stored now.
func (l *lane) known(w *write) (stored, recognised bool) {
	c := l.y.clients.at(w.owner)
	now := l.y.sim.Now()
	if !c.stored {
		c.stored, c.storedAt = true, now
		if c.failed {
			l.tally.counts.Ambiguous++
		}
		return false, false
	}
	return true, l.config.Retry.Idempotent && now-c.storedAt <= l.config.Retry.Window
}

// pointless reports whether a store that is about to take up an operation is to
// discard it instead.
func (l *lane) pointless(o *operation) bool {
	return l.config.Expired == DiscardExpired && l.abandoned(o)
}

// abandoned reports whether no client waits for any write of an operation.
func (l *lane) abandoned(o *operation) bool {
	for i := o.head; i != none; {
		w := l.y.writes.at(i)
		if !w.has(stateAbandoned) {
			return false
		}
		i = w.next
	}
	return true
}
