package models

import "onepen/sim"

// consumers make the committed writes of a lane visible to readers, in the
// order of their commits: Workers workers, each taking up to Batch writes at a
// time. Writes that wait for them have been stored, so they are not in flight,
// but they hold their place in memory until they are visible.
type consumers struct {
	line    list  // committed, not taken up
	busy    level // workers
	workers level // there are
	waiting level // writes committed and not visible
	batches arena[list]
}

// show makes a committed write visible, at once or through the consumers.
func (l *lane) show(i uint32, w *write) {
	now := l.y.sim.Now()
	w.released = now
	if l.config.Consume.Workers == 0 && l.consumers.line.n == 0 {
		l.see(i, w)
		return
	}
	w.enter(Stage(stateCommitted))
	l.consumers.waiting.add(now, 1)
	l.consumers.line.push(&l.y.writes, i)
	l.consume()
}

// consume gives idle consumers their batches.
func (l *lane) consume() {
	c := &l.consumers
	for c.line.n > 0 && c.busy.n() < l.config.Consume.Workers {
		number := c.batches.take()
		batch := c.batches.at(number)
		*batch = list{}
		for c.line.n > 0 && batch.n < l.config.Consume.Batch {
			batch.push(&l.y.writes, c.line.pop(&l.y.writes))
		}
		c.busy.add(l.y.sim.Now(), 1)
		time := l.y.drawOf(l.consumptions, l.y.writes.at(batch.head).n, l.config.Consume.Service)
		l.y.sim.Schedule(l.y.sim.Now()+time, l.consumed, number)
	}
}

// endConsume makes a batch visible.
func (l *lane) endConsume(number uint32) {
	c := &l.consumers
	batch := *c.batches.at(number)
	c.batches.put(number)
	c.busy.add(l.y.sim.Now(), -1)
	l.staff()
	l.showAll(&batch)
	l.consume()
}

// showAll makes waiting writes visible.
func (l *lane) showAll(writes *list) {
	now := l.y.sim.Now()
	for writes.n > 0 {
		i := writes.pop(&l.y.writes)
		w := l.y.writes.at(i)
		l.consumers.waiting.add(now, -1)
		l.lags.Record(now - w.released)
		l.see(i, w)
	}
}

// configure follows a change of the parameters. Without workers there is
// nothing to wait for.
func (l *lane) configureConsumers() {
	l.staff()
	if l.config.Consume.Workers == 0 {
		l.showAll(&l.consumers.line)
		return
	}
	l.consume()
}

// staff notes how many workers there are: those that the parameters ask for, or
// more while some that were taken away finish their batches.
func (l *lane) staff() {
	c, want := &l.consumers, l.config.Consume.Workers
	if c.workers.n() != want {
		c.workers.set(l.y.sim.Now(), max(want, c.busy.n()))
	}
}

// see ends the way of a committed write: readers can see it.
func (l *lane) see(i uint32, w *write) {
	l.tally.counts.Visible++
	if !w.has(stateAcked) { // even if ack is no longer visible: its commit is past
		l.acknowledge(w)
	}
	l.remove(i, w)
}

// visibility returns the spans from commit to visible in the window. Only those
// of writes that waited for consumers are recorded as they end; the others are
// added here, all of them 0.
func (l *lane) visibility() *sim.Histogram {
	l.lags.RecordN(0, l.tally.counts.Visible-l.lags.N())
	return l.lags
}
