package models

import (
	"cmp"
	"slices"

	"onepen/sim"
)

// reference is a second, simple-minded simulation of the path without an
// allocator, batches and consumers: constant times, one lane, clients, a queue,
// partitions, and faults. It plans closures, keeps everything in plain slices,
// decides what was lost or ambiguous only when all is over, and shares no code
// with the first.
type reference struct {
	arrivals []arrivalOf
	crashes  []crashOf

	partitions, servers, backlog int
	service                      sim.Time

	mode                     string // of the queue
	perPartition             bool
	workers, capacity        int
	whenFull                 string
	appendTime, syncEvery    sim.Time
	redeliver                bool
	onAccept, discardExpired bool

	timeout         sim.Time // 0 = none
	attempts        int
	backoff, window sim.Time
	idempotent      bool

	now     sim.Time
	agenda  []plan
	plans   int
	down    int // crashes of the queue not over
	lines   []refLine
	stores  []refPartition
	writes  []*refWrite
	highest map[uint32]int // by key: the latest write stored
	counts  Counts
	stored  map[uint64]sim.Time // by attempt: when it was stored
}

// crashOf is a crash of a partition, or of the queue where it is -1.
type crashOf struct {
	at, span  sim.Time
	partition int
}

type plan struct {
	at    sim.Time
	order int
	do    func()
}

// refWrite is what a writer wants stored, and refAttempt one attempt at it.
type refWrite struct {
	number           int
	key              uint32
	tries            []*refAttempt // those that the queue made included
	own              int           // tries that the writer made
	current          *refAttempt   // for whose answer the writer waits
	answered, failed bool
	stored           bool
	storedAt         sim.Time
}

type refAttempt struct {
	write        *refWrite
	number       int
	partition    int
	offeredAt    sim.Time
	acceptedAt   sim.Time
	hopeless     bool // its writer waits for it no more
	queued       bool // a worker of its line keeps it
	replaced     bool // the line will deliver it again
	doomed, over bool
}

// refLine is a queue: what is accepted, what is in the log's append, what waits
// for the next one, and whose writers are blocked.
type refLine struct {
	accepted, appending, log, blocked []*refAttempt
	writing                           bool
	busy                              int
}

func (q *refLine) inside() int { return len(q.accepted) + len(q.appending) + len(q.log) }

type refPartition struct {
	line, service []*refAttempt
	down          int
}

// run simulates until nothing is left to happen.
func (r *reference) run() {
	r.lines, r.stores = make([]refLine, r.partitions), make([]refPartition, r.partitions)
	r.highest, r.stored = map[uint32]int{}, map[uint64]sim.Time{}
	for number, a := range r.arrivals {
		r.at(a.at, func() { r.offer(number, a.key) })
	}
	for _, c := range r.crashes {
		r.at(c.at, func() { r.crash(c) })
	}
	for len(r.agenda) > 0 {
		next := r.agenda[0]
		r.agenda = r.agenda[1:]
		r.now = next.at
		next.do()
		r.moveOn()
	}
	r.settle()
}

// at plans something; what is planned for one instant happens in the order
// planned.
func (r *reference) at(when sim.Time, do func()) {
	r.agenda = append(r.agenda, plan{when, r.plans, do})
	r.plans++
	slices.SortFunc(r.agenda, func(a, b plan) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
}

// settle judges every write by its whole history.
func (r *reference) settle() {
	for _, w := range r.writes {
		if w.answered && !w.stored {
			r.counts.AckedLost++
		}
		if w.failed && w.stored {
			r.counts.Ambiguous++
		}
	}
}

// --- writers

func (r *reference) offer(number int, key uint32) {
	w := &refWrite{number: number, key: key}
	r.writes = append(r.writes, w)
	r.counts.Offered++
	r.try(w)
}

func (r *reference) try(w *refWrite) {
	a := &refAttempt{write: w, number: len(w.tries), partition: int(hashOf(uint64(w.key)) % uint64(r.partitions)), offeredAt: r.now}
	w.tries = append(w.tries, a)
	w.own++
	w.current = a
	if r.timeout > 0 {
		r.at(r.now+r.timeout, func() {
			if w.current == a {
				r.counts.TimedOut++
				r.disappoint(a)
			}
		})
	}
	r.arrive(a)
}

// disappoint tells the writer of an attempt that nothing will come of it.
func (r *reference) disappoint(a *refAttempt) {
	w := a.write
	if w.current != a {
		return
	}
	a.hopeless, w.current = true, nil
	if w.own == r.attempts {
		w.failed = true
		r.counts.Failed++
		return
	}
	r.at(r.now+r.backoff, func() {
		r.counts.Retried++
		r.try(w)
	})
}

// answer tells the writer of an attempt yes.
func (r *reference) answer(a *refAttempt) {
	if w := a.write; w.current == a {
		w.answered, w.current = true, nil
		r.counts.Acked++
	}
}

// --- queue

func (r *reference) lineOf(a *refAttempt) *refLine {
	if r.perPartition {
		return &r.lines[a.partition]
	}
	return &r.lines[0]
}

func (r *reference) arrive(a *refAttempt) {
	if r.mode == "none" {
		if !r.room(a.partition) {
			r.refuse(a, &r.counts.Rejected)
			return
		}
		r.accept(a)
		r.store(a)
		return
	}
	q := r.lineOf(a)
	switch {
	case r.down > 0, q.inside() >= r.capacity && r.whenFull == "reject":
		r.refuse(a, &r.counts.Rejected)
		return
	case q.inside() >= r.capacity && r.whenFull == "block":
		q.blocked = append(q.blocked, a)
		return
	case q.inside() >= r.capacity: // the oldest makes room, unless it is being written
		if len(q.accepted) > 0 {
			r.refuse(take(&q.accepted), &r.counts.Dropped)
		} else if len(q.log) > 0 {
			r.refuse(take(&q.log), &r.counts.Dropped)
		}
	}
	r.enter(q, a)
}

func (r *reference) enter(q *refLine, a *refAttempt) {
	if r.mode == "durable" {
		q.log = append(q.log, a)
		r.write(q)
		return
	}
	r.accept(a)
	q.accepted = append(q.accepted, a)
}

// write appends to the log what waits for it, unless it is at work.
func (r *reference) write(q *refLine) {
	if q.writing || len(q.log) == 0 {
		return
	}
	q.writing = true
	q.appending, q.log = q.log, nil
	r.at(r.now+r.appendTime, func() {
		q.writing = false
		for len(q.appending) > 0 {
			a := take(&q.appending)
			r.accept(a)
			q.accepted = append(q.accepted, a)
		}
		r.write(q)
	})
}

func (r *reference) accept(a *refAttempt) {
	r.counts.Admitted++
	a.acceptedAt = r.now
	if r.onAccept {
		r.answer(a)
	}
}

// moveOn moves in all lines what can move.
func (r *reference) moveOn() {
	for i := range r.lines {
		q := &r.lines[i]
		for moved := true; moved && r.down == 0; {
			moved = false
			for len(q.accepted) > 0 && q.busy < r.workers && r.room(q.accepted[0].partition) {
				a := take(&q.accepted)
				q.busy++
				a.queued = true
				r.store(a)
			}
			if len(q.blocked) > 0 && q.inside() < r.capacity {
				r.enter(q, take(&q.blocked))
				moved = true
			}
		}
	}
}

// --- store

func (r *reference) room(partition int) bool {
	p := &r.stores[partition]
	idle := len(p.service) < r.servers && len(p.line) == 0
	return p.down == 0 && (idle || len(p.line) < r.backlog)
}

func (r *reference) store(a *refAttempt) {
	p := &r.stores[a.partition]
	p.line = append(p.line, a)
	r.turn(p)
}

// turn lets idle servers take up what is in line.
func (r *reference) turn(p *refPartition) {
	for len(p.line) > 0 && len(p.service) < r.servers {
		next := take(&p.line)
		if r.discardExpired && next.hopeless {
			r.refuse(next, &r.counts.Expired)
			continue
		}
		r.serve(p, next)
	}
}

func (r *reference) serve(p *refPartition, a *refAttempt) {
	p.service = append(p.service, a)
	r.at(r.now+r.service, func() {
		p.service = slices.DeleteFunc(p.service, func(b *refAttempt) bool { return a == b })
		r.turn(p)
		if a.doomed {
			r.refuse(a, &r.counts.Erred)
			return
		}
		r.keep(a)
	})
}

// keep stores an attempt.
func (r *reference) keep(a *refAttempt) {
	w := a.write
	r.stored[uint64(w.number)|uint64(a.number)<<56] = r.now
	switch {
	case !w.stored:
		w.stored, w.storedAt = true, r.now
		r.counts.Committed++
		if !a.hopeless && !w.failed {
			r.counts.Good++
		}
		r.read(w)
	case r.idempotent && r.now-w.storedAt <= r.window:
		r.counts.Suppressed++
	default:
		r.counts.Duplicates++
		r.read(w)
	}
	r.answer(a)
	r.end(a)
}

// read is a reader who finds a later write of the key overwritten.
func (r *reference) read(w *refWrite) {
	latest, any := r.highest[w.key]
	if any && w.number < latest {
		r.counts.Inversions++
	}
	r.highest[w.key] = max(latest, w.number)
}

// refuse ends an attempt that is not stored, and counts why.
func (r *reference) refuse(a *refAttempt, why *uint64) {
	*why++
	r.disappoint(a)
	r.end(a)
}

func (r *reference) end(a *refAttempt) {
	a.over = true
	if a.queued {
		r.lineOf(a).busy--
	}
}

// --- faults

func (r *reference) crash(c crashOf) {
	if c.partition >= 0 {
		p := &r.stores[c.partition]
		p.down++
		r.at(r.now+c.span, func() { p.down-- })
		for _, a := range p.service {
			a.doomed = true
		}
		for len(p.line) > 0 {
			r.refuse(take(&p.line), &r.counts.Erred)
		}
		return
	}
	r.down++
	r.at(r.now+c.span, func() { r.down-- })
	synced := sim.Time(-1) // what came later is lost
	if r.mode == "durable" {
		synced = r.now
		if r.syncEvery > 0 {
			synced = r.now / r.syncEvery * r.syncEvery
		}
	}
	for i := range r.lines {
		q := &r.lines[i]
		var kept []*refAttempt
		for len(q.accepted) > 0 {
			a := take(&q.accepted)
			if a.acceptedAt <= synced {
				kept = append(kept, a)
				continue
			}
			r.refuse(a, &r.counts.Dropped)
		}
		q.accepted = kept
		for _, lost := range []*[]*refAttempt{&q.appending, &q.log, &q.blocked} {
			for len(*lost) > 0 {
				r.refuse(take(lost), &r.counts.Dropped)
			}
		}
	}
	if r.redeliver {
		r.deliverAgain(synced)
	}
}

// deliverAgain puts copies of what the lines had delivered at their fronts.
func (r *reference) deliverAgain(synced sim.Time) {
	var delivered []*refAttempt
	for _, w := range r.writes {
		for _, a := range w.tries {
			if a.queued && !a.over && !a.replaced && a.offeredAt <= synced {
				delivered = append(delivered, a)
			}
		}
	}
	slices.SortFunc(delivered, func(a, b *refAttempt) int {
		return cmp.Or(cmp.Compare(a.offeredAt, b.offeredAt), cmp.Compare(a.number, b.number), cmp.Compare(a.write.number, b.write.number))
	})
	fronts := map[*refLine][]*refAttempt{}
	for _, a := range delivered {
		a.replaced = true
		again := &refAttempt{write: a.write, number: len(a.write.tries), partition: a.partition, offeredAt: r.now, acceptedAt: a.offeredAt, hopeless: a.hopeless}
		a.write.tries = append(a.write.tries, again)
		r.counts.Redelivered++
		q := r.lineOf(a)
		fronts[q] = append(fronts[q], again)
	}
	for q, front := range fronts {
		q.accepted = append(front, q.accepted...)
	}
}

// take takes the first out of a slice.
func take(from *[]*refAttempt) *refAttempt {
	first := (*from)[0]
	*from = (*from)[1:]
	return first
}
