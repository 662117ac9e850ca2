package models

import (
	"fmt"
	"math"

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
	turn     uint32    // the writer of an open loop who is next
	epoch    uint32    // of the schedule: an arrival planned in an earlier one is void
	keys     *keys
	budget   float64 // retries that may be spent
	order    keyOrder
	answers  []uint32 // per writer of a closed loop: answers so far

	// What belongs to the n-th write is drawn from the n-th substream.
	overheads, records, idWork, thinks, stalls, failures sim.Stream
	prepares                                             sim.Stream
	patience, persistence, jitters                       sim.Stream
	replication, consumptions                            sim.Stream
	appends                                              sim.Stream // in sequence

	queues    []queue
	batches   []batch  // per partition
	queueDown int      // crashes of the queues not yet over
	slow      slowness // of appends
	settling  int      // appends under way since the queues were rearranged: no other begins before they end
	consumers consumers

	arrival, submission, timedOut, resumed sim.Target
	lingered, appended, consumed           sim.Target

	offered  uint64 // over the whole run
	inFlight int
	stages   [NumStages]level // writes in each stage
	tally    laneTally        // since the window began
	before   laneTally        // at the last sample
	started  laneTally        // what the whole run had counted when the window began
	undone   uint64           // writes committed by a leader that crashed before a follower had them, over the whole run
	lost     stageTotals      // time spent by attempts that were not committed, over the whole run

	ack, commits, lags                     *sim.Histogram // in the window; see visibility for lags
	sampledAck, sampledCommits, sampledLag *sim.Histogram // at the last sample
}

// laneTally counts since the window began.
type laneTally struct {
	counts              Counts
	parts               stageTotals // of committed writes
	operations, batched uint64
}

func newLane(y *System, config *Lane, index int, tr *trace) *lane {
	path := "lanes." + config.Name
	l := &lane{
		y: y, config: config, index: uint8(index),
		keys:        newKeys(y, path, config.Keys, tr),
		overheads:   y.stream(path, "overhead"),
		prepares:    y.stream(path, "prepare"),
		records:     y.stream(path, "per_record"),
		idWork:      y.stream(path, "id"),
		thinks:      y.stream(path, "think"),
		appends:     y.stream(path, "append"),
		stalls:      y.stream(path, "stall"),
		failures:    y.stream(path, "failure"),
		patience:    y.stream(path, "timeout"),
		persistence: y.stream(path, "persistence"),
		jitters:     y.stream(path, "jitter"),

		replication:  y.stream(path, "replication"),
		consumptions: y.stream(path, "consumer"),

		ack: new(sim.Histogram), commits: new(sim.Histogram), lags: new(sim.Histogram),
		sampledAck: new(sim.Histogram), sampledCommits: new(sim.Histogram), sampledLag: new(sim.Histogram),
	}
	if budget := config.Retry.Budget; !math.IsInf(budget, 1) {
		l.budget = budget * budgetMemory
	}
	l.order = newKeyOrder(config.Keys.largest(tr), &y.writes, &y.clients)
	l.arrival = y.sim.Register(l, laneArrival)
	l.submission = y.sim.Register(l, laneSubmission)
	l.timedOut = y.sim.Register(l, laneTimedOut)
	l.resumed = y.sim.Register(l, laneResumed)
	l.lingered = y.sim.Register(l, laneLingered)
	l.appended = y.sim.Register(l, laneAppended)
	l.consumed = y.sim.Register(l, laneConsumed)
	l.staff()
	if config.Arrivals.Process == Closed {
		l.answers = make([]uint32, config.Arrivals.Writers)
	} else {
		l.schedule = newSchedule(config.Arrivals, y.stream(path, "gap"), y.stream(path, "phase"), tr)
	}
	return l
}

// What can happen to a lane.
const (
	laneArrival sim.Kind = iota
	laneSubmission
	laneTimedOut
	laneResumed
	laneLingered
	laneAppended
	laneConsumed
)

// Handle tells the lane that one of these has come to pass.
func (l *lane) Handle(kind sim.Kind, arg uint32) {
	switch kind {
	case laneArrival:
		l.arrive(arg)
	case laneSubmission:
		l.offer(arg)
	case laneTimedOut:
		l.timeOut(arg)
	case laneResumed:
		l.resume(arg)
	case laneLingered:
		l.linger(arg)
	case laneAppended:
		l.endAppend(arg)
	case laneConsumed:
		l.endConsume(arg)
	default:
		panic("models: no such event happens to a lane")
	}
}

// open lets the writers begin.
func (l *lane) open() {
	if l.schedule != nil {
		for range l.config.Preload {
			l.offer(l.nextWriter())
		}
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
	for range l.config.Arrivals.Group {
		l.offer(l.nextWriter())
	}
	l.plan(l.schedule.next())
}

// nextWriter returns the writer of an open loop whose turn it is.
func (l *lane) nextWriter() uint32 {
	writer := l.turn
	if l.turn++; int(l.turn) == l.config.Arrivals.Writers {
		l.turn = 0
	}
	return writer
}

// think lets a writer of a closed loop pause before its next write, for a
// think time and what else there is to wait.
func (l *lane) think(writer uint32, besides sim.Time) {
	n := uint64(writer)<<32 | uint64(l.answers[writer])
	l.answers[writer]++
	pause := besides + l.y.drawOf(l.thinks, n, l.config.Arrivals.Think)
	l.y.sim.Schedule(l.y.sim.Now()+pause, l.submission, writer)
}

// offer brings a new write of a writer into the system.
func (l *lane) offer(writer uint32) {
	if l.y.full() {
		return
	}
	if !l.patient() {
		l.care(writer)
		return
	}
	key := l.keys.draw(l.offered)
	i := l.y.writes.take()
	w := l.y.writes.at(i)
	*w = write{offered: l.y.sim.Now(), n: l.offered, key: key, owner: writer, lane: l.index}
	l.offered++
	l.tally.counts.Offered++
	l.inFlight++
	l.order.enter(i, w.key)
	l.enterPath(i, w)
}

// enterPath sends a write on its way.
func (l *lane) enterPath(i uint32, w *write) {
	if l.allocator == nil {
		l.y.admit(l, i, w)
		return
	}
	l.allocator.request(l, i, w)
}

// writerOf returns the writer of a write.
func (l *lane) writerOf(w *write) uint32 {
	if w.has(stateClient) {
		return l.y.clients.at(w.owner).writer
	}
	return w.owner
}

// accept notes that a write has been accepted.
func (l *lane) accept(w *write) {
	l.tally.counts.Admitted++
	if l.config.Ack == AckAccept {
		l.acknowledge(w)
	}
}

// acknowledge answers the writer with a yes, if it still waits for it.
func (l *lane) acknowledge(w *write) {
	w.mark(stateAcked)
	if w.has(stateClient) {
		if l.satisfy(w) {
			l.tally.counts.Acked++
		}
		return
	}
	l.tally.counts.Acked++
	l.ack.Record(l.y.sim.Now() - w.offered)
	l.answer(w.owner)
}

// answer lets a writer of a closed loop go on.
func (l *lane) answer(writer uint32) {
	if l.schedule == nil {
		l.think(writer, 0)
	}
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

// configure follows a change of the parameters.
func (l *lane) configure(old *Lane) {
	l.keys.configure(l.config.Keys)
	if math.IsInf(old.Retry.Budget, 1) && !math.IsInf(l.config.Retry.Budget, 1) {
		l.budget = l.config.Retry.Budget * budgetMemory
	}
	if l.schedule != nil && !l.config.Arrivals.sameTimes(&old.Arrivals) {
		l.epoch++
		l.plan(l.schedule.configure(l.config.Arrivals, l.y.sim.Now()))
	}
	l.grow()
	l.configureConsumers()
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
	return a.Rate == b.Rate && a.Group == b.Group && a.Peak == b.Peak && a.Speed == b.Speed && a.Repeat == b.Repeat && a.Profile.equal(&b.Profile) &&
		a.Gap.String() == b.Gap.String() && a.On.String() == b.On.String() && a.Off.String() == b.Off.String()
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
	l.lags.Reset()
	l.sampledLag.Reset()
	l.consumers.waiting.reset(now)
	l.consumers.busy.reset(now)
	l.consumers.workers.reset(now)
}

// whole is what the lane has counted over the whole run.
func (l *lane) whole() laneTally { return l.started.plus(l.tally) }

func (t laneTally) plus(u laneTally) laneTally {
	t.counts = t.counts.Plus(u.counts)
	for i := range t.parts {
		t.parts[i] = t.parts[i].plus(u.parts[i])
	}
	t.operations += u.operations
	t.batched += u.batched
	return t
}

func (l *lane) String() string { return fmt.Sprintf("lane %s", l.config.Name) }
