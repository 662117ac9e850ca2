package models

import (
	"cmp"
	"math"
	"slices"

	"onepen/sim"
)

// unconfirmed lists the writes, in the order of their IDs, that workers have
// taken from a durable queue and not yet confirmed to be stored, and that its
// log has kept: all that came up to its last sync. Of a write that was delivered
// twice, only the later delivery counts.
func (l *lane) unconfirmed(synced sim.Time) []uint32 {
	var found []uint32
	take := func(head, n uint32) {
		for i := head; n > 0; n-- {
			w := l.y.writes.at(i)
			if w.allocated <= synced && !w.has(stateReplaced) {
				found = append(found, i)
			}
			i = w.next
		}
	}
	for partition := range l.batches {
		if b := &l.batches[partition]; b.queue != noQueue {
			take(b.writes.head, uint32(b.writes.n))
		}
	}
	for i := range l.y.operations.used {
		if o := l.y.operations.at(i); o.lane == l.index && o.keeper() != noQueue {
			take(o.head, o.count)
		}
	}
	slices.SortFunc(found, func(i, j uint32) int {
		a, b := l.y.writes.at(i), l.y.writes.at(j)
		return cmp.Or(cmp.Compare(a.allocated, b.allocated), cmp.Compare(a.n, b.n))
	})
	return found
}

// redeliver puts what a queue had delivered before it crashed at the front of
// its lines again, as further attempts with the same IDs. Their writers know
// nothing of it and go on waiting for the first delivery, which takes its way
// to the store as well: at least once.
func (l *lane) redeliver(writes []uint32) {
	if len(writes) == 0 {
		return
	}
	fronts := make([]list, len(l.queues))
	for _, i := range writes {
		c := l.entrust(i)
		if c.again == math.MaxUint8-maxAttempts {
			continue // the attempts of a write could not be told apart any more
		}
		first := l.y.writes.at(i)
		first.mark(stateReplaced)
		j := l.y.writes.take()
		w, now := l.y.writes.at(j), l.y.sim.Now()
		*w = write{
			offered: now, allocated: now, released: first.allocated, id: first.id, n: c.next(), key: first.key,
			owner: first.owner, partition: first.partition, lane: l.index, state: first.state &^ (stateReplaced | stateStage),
		}
		c.again++
		c.inFlight++
		l.inFlight++
		l.tally.counts.Redelivered++
		l.hold(w)
		fronts[l.queueOf(w.partition)].push(&l.y.writes, j)
	}
	for number := range fronts {
		q := &l.queues[number]
		for front := &fronts[number]; q.line.n > 0; {
			front.push(&l.y.writes, q.line.pop(&l.y.writes))
		}
		q.line = fronts[number]
	}
}

// entrust returns the client of a write, and gives it one if its writer does
// without: as several attempts at the write are in flight from now on, somebody
// must know which are one.
func (l *lane) entrust(i uint32) *client {
	w := l.y.writes.at(i)
	if w.has(stateClient) {
		return l.y.clients.at(w.owner)
	}
	number := l.y.clients.take()
	c := l.y.clients.at(number)
	*c = client{
		offered: w.offered, n: w.n, key: w.key, writer: w.owner, current: i,
		inFlight: 1, attempts: 1, lane: l.index, answered: w.has(stateAcked),
	}
	if c.answered {
		c.current = none
	}
	l.order.entrust(i, number, w.key)
	w.owner = number
	w.mark(stateClient)
	return c
}
