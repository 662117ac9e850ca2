package models

import (
	"fmt"

	"onepen/sim"
)

// lane issues the writes of one class and sees them to their end. It also
// holds the queues and batches between its writers and the store.
type lane struct {
	y      *System
	config *Lane
	index  uint8

	allocator *allocator // nil = no IDs
	store     *store
	firstNode uint32 // of the allocator's nodes; one for each writer

	schedule *schedule // of an open loop
	epoch    uint32    // of the schedule: an arrival planned in an earlier one is void
	keys     *keys
	answers  []uint32 // per writer of a closed loop: answers so far

	// What belongs to the n-th write is drawn from the n-th substream.
	overheads, records, idWork, thinks sim.Stream
	appends                            sim.Stream // in sequence

	queues  []queue
	batches []batch // per partition

	arrival, submission, lingered, appended sim.Target

	offered  uint64 // over the whole run
	inFlight int
	stages   [NumStages]level // writes in each stage
	tally    laneTally        // since the window began
	before   laneTally        // at the last sample
	started  laneTally        // what the whole run had counted when the window began
	lost     [NumStages]total // time spent by writes that were rejected or dropped, over the whole run

	ack, commits               *sim.Histogram // in the window
	sampledAck, sampledCommits *sim.Histogram // at the last sample
}

// laneTally counts since the window began.
type laneTally struct {
	counts              Counts
	parts               [NumStages]total // of committed writes
	operations, batched uint64
}

func newLane(y *System, config *Lane, index int, tr *trace) *lane {
	path := "lanes." + config.Name
	l := &lane{
		y: y, config: config, index: uint8(index),
		keys:      newKeys(config.Keys, y.stream(path, "keys"), tr),
		overheads: y.stream(path, "overhead"),
		records:   y.stream(path, "per_record"),
		idWork:    y.stream(path, "id"),
		thinks:    y.stream(path, "think"),
		appends:   y.stream(path, "append"),
		ack:       new(sim.Histogram), commits: new(sim.Histogram),
		sampledAck: new(sim.Histogram), sampledCommits: new(sim.Histogram),
	}
	l.arrival = y.sim.On(l.arrive)
	l.submission = y.sim.On(l.submit)
	l.lingered = y.sim.On(l.close)
	l.appended = y.sim.On(l.endAppend)
	if config.Arrivals.Process == Closed {
		l.answers = make([]uint32, config.Arrivals.Writers)
	} else {
		l.schedule = newSchedule(config.Arrivals, y.stream(path, "gap"), y.stream(path, "phase"), tr)
	}
	return l
}

// open lets the writers begin.
func (l *lane) open() {
	if l.schedule != nil {
		l.plan(l.schedule.next())
		return
	}
	for writer := range l.answers {
		l.think(uint32(writer), 0)
	}
}

// plan arranges for the next write of an open loop.
func (l *lane) plan(at sim.Time) {
	if at != sim.Never {
		l.y.sim.Schedule(at, l.arrival, l.epoch)
	}
}

// arrive offers a write of an open loop; the writers take turns.
func (l *lane) arrive(epoch uint32) {
	if epoch != l.epoch {
		return
	}
	l.offer(uint32(l.offered % uint64(l.config.Arrivals.Writers)))
	l.plan(l.schedule.next())
}

// think lets a writer of a closed loop pause before its next write, for a
// think time and what else there is to wait.
func (l *lane) think(writer uint32, besides sim.Time) {
	n := uint64(writer)<<32 | uint64(l.answers[writer])
	l.answers[writer]++
	pause := besides + l.y.drawOf(l.thinks, n, l.config.Arrivals.Think)
	l.y.sim.Schedule(l.y.sim.Now()+pause, l.submission, writer)
}

// submit offers a write of a closed loop.
func (l *lane) submit(writer uint32) { l.offer(writer) }

// offer brings a new write of a writer into the system.
func (l *lane) offer(writer uint32) {
	if l.y.full() {
		return
	}
	i := l.y.writes.take()
	w := l.y.writes.at(i)
	*w = write{offered: l.y.sim.Now(), n: l.offered, key: l.keys.draw(l.offered), writer: writer, lane: l.index}
	l.offered++
	l.tally.counts.Offered++
	l.inFlight++
	if l.allocator == nil {
		l.y.admit(l, i, w)
		return
	}
	l.allocator.request(l, i, w)
}

// accept notes that a write has been accepted.
func (l *lane) accept(w *write) {
	l.tally.counts.Admitted++
	if l.config.Ack == AckAccept {
		l.acknowledge(w)
	}
}

// acknowledge answers the writer with a yes.
func (l *lane) acknowledge(w *write) {
	w.setAcked()
	l.tally.counts.Acked++
	l.ack.Record(l.y.sim.Now() - w.offered)
	l.answer(w.writer)
}

// answer lets a writer of a closed loop go on.
func (l *lane) answer(writer uint32) {
	if l.schedule == nil {
		l.think(writer, 0)
	}
}

// commit ends a write that its operation has stored.
func (l *lane) commit(i uint32, o *operation) {
	now := l.y.sim.Now()
	w := l.y.writes.at(i)
	if !w.acked() {
		l.acknowledge(w)
	}
	l.tally.counts.Committed++
	l.commits.Record(now - w.offered)
	parts := &l.tally.parts
	parts[StageAllocator].add(w.allocated - w.offered)
	parts[StageQueue].add(w.released - w.allocated)
	parts[StageLinger].add(o.dispatched - w.released)
	parts[StageLine].add(o.started - o.dispatched)
	parts[StageService].add(now - o.started)
	if l.y.onCommit != nil {
		l.y.onCommit(w, o)
	}
	l.end(i, w)
}

// reject refuses a write that has its ID.
func (l *lane) reject(i uint32, w *write) {
	l.tally.counts.Rejected++
	l.lost[StageAllocator].add(w.allocated - w.offered)
	writer := w.writer
	l.end(i, w)
	l.refuse(writer)
}

// drop takes a write out of the queue for good.
func (l *lane) drop(i uint32, w *write) {
	now := l.y.sim.Now()
	l.tally.counts.Dropped++
	l.stages[StageQueue].add(now, -1)
	l.lost[StageAllocator].add(w.allocated - w.offered)
	l.lost[StageQueue].add(now - w.allocated)
	writer, acked := w.writer, w.acked()
	l.end(i, w)
	if acked {
		l.tally.counts.AckedLost++
		return
	}
	l.refuse(writer)
}

// refusalPause is how long a writer of a closed loop waits after a refusal,
// besides its think time, so that it does not try again in the same instant
// for ever.
const refusalPause = sim.Millisecond

// refuse answers a writer with a no.
func (l *lane) refuse(writer uint32) {
	if l.schedule == nil {
		l.think(writer, refusalPause)
	}
}

// end takes a write out of the system.
func (l *lane) end(i uint32, w *write) {
	l.inFlight--
	w.state = stateFree
	l.y.writes.put(i)
}

// configure follows a change of the parameters.
func (l *lane) configure(old *Lane) {
	l.keys.configure(l.config.Keys)
	if l.schedule != nil && !l.config.Arrivals.sameTimes(&old.Arrivals) {
		l.epoch++
		l.plan(l.schedule.configure(l.config.Arrivals, l.y.sim.Now()))
	}
	l.grow()
	for partition := range l.batches {
		if n := l.batches[partition].writes.n; n > 0 && n >= l.config.Batch.Size {
			l.close(uint32(partition))
		}
	}
}

// grow makes room for as many queues and batches as there are partitions.
func (l *lane) grow() {
	for len(l.batches) < len(l.store.partitions) {
		l.batches = append(l.batches, batch{})
		l.queues = append(l.queues, queue{})
	}
}

// sameTimes reports whether two open loops have the same instants.
func (a *Arrivals) sameTimes(b *Arrivals) bool {
	return a.Rate == b.Rate && a.Peak == b.Peak && a.Speed == b.Speed && a.Repeat == b.Repeat &&
		a.On.String() == b.On.String() && a.Off.String() == b.Off.String()
}

// reset begins a new window.
func (l *lane) reset(now sim.Time) {
	l.started = l.whole()
	l.tally, l.before = laneTally{}, laneTally{}
	for i := range l.stages {
		l.stages[i].reset(now)
	}
	l.ack.Reset()
	l.commits.Reset()
	l.sampledAck.Reset()
	l.sampledCommits.Reset()
}

// whole is what the lane has counted over the whole run.
func (l *lane) whole() laneTally { return l.started.plus(l.tally) }

func (t laneTally) plus(u laneTally) laneTally {
	t.counts = t.counts.plus(u.counts)
	for i := range t.parts {
		t.parts[i] = t.parts[i].plus(u.parts[i])
	}
	t.operations += u.operations
	t.batched += u.batched
	return t
}

func (l *lane) String() string { return fmt.Sprintf("lane %s", l.config.Name) }
