package models

import "onepen/sim"

// batch is the open batch of one partition of a lane. The first write opens
// it; it closes when it is full or has lingered, and becomes an operation.
//
//	          first write              size reached, or linger over
//	(empty) ──────────────▶ open ─────────────────────────────────▶ operation
type batch struct {
	writes list
	queue  uint32    // that keeps a worker with it, or noQueue
	timer  sim.Timer // end of the linger
}

// noQueue marks what writers sent to the store themselves.
const noQueue = ^uint32(0)

// join puts a write into the batch of its partition. If that opens the batch,
// the queue that is named keeps a worker with it.
func (l *lane) join(i uint32, w *write, queue uint32) {
	now := l.y.sim.Now()
	w.released = now
	w.enter(StageLinger)
	if l.config.Batch.Size == 1 && l.batches[w.partition].writes.n == 0 {
		w.next = none
		l.dispatch(i, 1, queue)
		return
	}
	l.stages[StageLinger].add(now, 1)
	b := &l.batches[w.partition]
	b.writes.push(&l.y.writes, i)
	if b.writes.n == 1 {
		b.queue = queue
	}
	switch {
	case b.writes.n >= l.config.Batch.Size:
		l.close(uint32(w.partition))
	case b.writes.n == 1:
		b.timer = l.y.sim.ScheduleTimer(l.config.Batch.closing(now), l.lingered, uint32(w.partition))
	}
}

// linger closes a batch that has lingered. If the store discards it at once, its
// worker is free for what waits.
func (l *lane) linger(partition uint32) {
	queue := l.batches[partition].queue
	l.close(partition)
	if queue != noQueue && l.config.Expired == DiscardExpired {
		l.pumpQueue(queue, &l.queues[queue])
	}
}

// closing is the instant at which a batch that opens now has lingered.
func (b *Batch) closing(now sim.Time) sim.Time {
	if b.Aligned && b.Linger > 0 {
		return now - now%b.Linger + b.Linger
	}
	return now + b.Linger
}

// close makes an operation of an open batch.
func (l *lane) close(partition uint32) {
	b := &l.batches[partition]
	writes, queue := b.writes, b.queue
	l.y.sim.Cancel(b.timer)
	*b = batch{}
	l.stages[StageLinger].add(l.y.sim.Now(), -writes.n)
	if writes.n < l.config.Batch.Size {
		l.store.router.closed(l, uint16(partition))
	}
	l.dispatch(writes.head, uint32(writes.n), queue)
}

// dispatch sends writes to the store as one operation.
func (l *lane) dispatch(head, count, queue uint32) {
	l.tally.operations++
	l.tally.batched += uint64(count)
	i := l.y.operations.take()
	o := l.y.operations.at(i)
	o.head, o.count, o.lane, o.marks = head, count, l.index, 0
	if queue != noQueue {
		o.queue = uint16(queue)
		o.marks = queued
	}
	l.store.submit(i, o)
}
