package models

// queue is one line of accepted writes before the store, with the workers
// that empty it. A lane has one, or one for each partition.
//
//	           ┌ outside: blocked writers, when full
//	admit ─────┤
//	           └ log: waiting ▶ being appended ─▶ line ─▶ a worker's batch
//	              (durable only)                 accepted
//
// A worker takes the write at the head of the line, opens a batch with it, fills
// the batch from the line while it lingers, keeps it at the store until it
// is committed, and only then is free again. The write at the head goes to the batch that is
// open for its partition, or else to a free worker, or else everything behind
// it waits: a shared line has head-of-line blocking.
type queue struct {
	line      list // accepted
	log       list // waiting for the next append
	appending list // in the append under way
	outside   list // of blocked writers
	working   bool // an append is under way
	busy      int  // workers with a batch or an operation
}

// inside is the number of writes that count against the capacity.
func (q *queue) inside() int { return q.line.n + q.log.n + q.appending.n }

func (q *queue) empty() bool { return q.inside() == 0 && q.outside.n == 0 }

// queueOf returns the number of the queue for writes to a partition.
func (l *lane) queueOf(partition uint16) uint32 {
	if l.config.Queue.Lines == LinePerPartition {
		return uint32(partition)
	}
	return 0
}

// enqueue takes a write that has its ID and its partition.
func (l *lane) enqueue(i uint32, w *write) {
	number := l.queueOf(w.partition)
	q := &l.queues[number]
	if l.config.Queue.Mode == QueueNone && q.empty() && l.settling == 0 {
		l.direct(i, w)
		return
	}
	if l.queueDown > 0 {
		l.reject(i, w)
		return
	}
	if q.inside() >= l.config.Queue.Capacity {
		switch l.config.Queue.WhenFull {
		case Reject:
			l.reject(i, w)
			return
		case Block:
			l.hold(w)
			q.outside.push(&l.y.writes, i)
			return
		case DropOldest:
			for q.outside.n > 0 { // they were blocked by an earlier policy, and come first
				l.dropOldest(q)
				l.enter(number, q, q.outside.pop(&l.y.writes))
			}
			l.dropOldest(q)
		}
	}
	l.hold(w)
	l.enter(number, q, i)
	l.pumpQueue(number, q)
}

// direct lets a writer call the store without a queue.
func (l *lane) direct(i uint32, w *write) {
	if !l.store.hasRoom(w.partition) {
		l.reject(i, w)
		return
	}
	l.accept(w)
	l.join(i, w, noQueue)
}

// hold notes that a write is in the queue stage.
func (l *lane) hold(w *write) {
	w.enter(StageQueue)
	l.stages[StageQueue].add(l.y.sim.Now(), 1)
}

// enter takes a write into the queue: into the log if it has one that is in
// use, else into the line.
func (l *lane) enter(number uint32, q *queue, i uint32) {
	if l.config.Queue.Mode == QueueDurable || q.working || l.settling > 0 {
		q.log.push(&l.y.writes, i)
		l.startAppend(number, q)
		return
	}
	l.lineUp(i)
}

// lineUp accepts a write into the line for its partition, whose number it
// returns.
func (l *lane) lineUp(i uint32) uint32 {
	w := l.y.writes.at(i)
	number := l.queueOf(w.partition)
	w.released = l.y.sim.Now() // when it was accepted, until it leaves
	l.accept(w)
	l.queues[number].line.push(&l.y.writes, i)
	return number
}

// startAppend begins an append of all writes that wait for one, unless one is
// under way or the queues settle.
func (l *lane) startAppend(number uint32, q *queue) {
	if q.working || q.log.n == 0 || l.settling > 0 {
		return
	}
	q.working = true
	q.appending, q.log = q.log, list{}
	time := l.config.Queue.Append.Sample(&l.appends)
	l.y.sim.Schedule(l.y.sim.Now()+l.slow.stretch(time), l.appended, number)
}

// endAppend accepts the writes of an append and begins the next. If the queues
// were rearranged meanwhile, they go to the new lines, and the other appends of
// that moment must end as well.
func (l *lane) endAppend(number uint32) {
	q := &l.queues[number]
	q.working = false
	l.lineUpAll(number, &q.appending)
	if l.settling > 1 {
		l.settling--
		l.pumpQueue(number, q)
		return
	}
	if l.settling == 0 {
		l.nextAppend(number, q)
		return
	}
	l.settling = 0
	for number := range l.queues {
		l.nextAppend(uint32(number), &l.queues[number])
	}
}

// nextAppend begins the append of what has come to the log since the last one,
// or accepts it if the log is no longer in use.
func (l *lane) nextAppend(number uint32, q *queue) {
	if l.config.Queue.Mode != QueueDurable {
		l.lineUpAll(number, &q.log)
	}
	l.startAppend(number, q)
	l.pumpQueue(number, q)
}

func (l *lane) lineUpAll(number uint32, writes *list) {
	for writes.n > 0 {
		if other := l.lineUp(writes.pop(&l.y.writes)); other != number {
			l.pumpQueue(other, &l.queues[other])
		}
	}
}

// dropOldest makes room by dropping the write that waited longest.
func (l *lane) dropOldest(q *queue) {
	oldest := &q.line
	if oldest.n == 0 {
		oldest = &q.log
	}
	if oldest.n == 0 {
		return // all are being appended: the queue exceeds its capacity by what comes meanwhile
	}
	i := oldest.pop(&l.y.writes)
	l.drop(i, l.y.writes.at(i))
}

// pump moves what can move in all queues of the lane.
func (l *lane) pump() {
	for number := range l.queues {
		if q := &l.queues[number]; q.line.n > 0 || q.outside.n > 0 {
			l.pumpQueue(uint32(number), q)
		}
	}
}

// pumpQueue moves writes from the head of the line into batches while it can,
// and lets blocked writers in.
func (l *lane) pumpQueue(number uint32, q *queue) {
	if l.queueDown > 0 {
		return
	}
	for {
		for q.line.n > 0 {
			i := q.line.head
			w := l.y.writes.at(i)
			keeper, ok := l.keeper(number, q, w.partition)
			if !ok {
				break
			}
			q.line.pop(&l.y.writes)
			l.stages[StageQueue].add(l.y.sim.Now(), -1)
			l.join(i, w, keeper)
		}
		if q.outside.n == 0 || q.inside() >= l.config.Queue.Capacity && l.config.Queue.Mode != QueueNone {
			return
		}
		l.enter(number, q, q.outside.pop(&l.y.writes))
	}
}

// keeper finds who takes a write from the line to a partition: the open batch
// of the partition, whoever keeps it, or a free worker of the queue. A queue
// that is switched off empties without regard to workers.
func (l *lane) keeper(number uint32, q *queue, partition uint16) (keeper uint32, ok bool) {
	switch {
	case l.batches[partition].writes.n > 0:
		return noQueue, true
	case !l.store.hasRoom(partition):
		return noQueue, false
	case l.config.Queue.Mode == QueueNone:
		return noQueue, true
	case q.busy < l.config.Queue.Workers:
		q.busy++
		return number, true
	}
	return noQueue, false
}

// release gives a worker back to the queue that it came from, and to work.
func (l *lane) release(number uint32) {
	l.free(number)
	if number != noQueue {
		l.pumpQueue(number, &l.queues[number])
	}
}

// free gives a worker back to the queue that it came from.
func (l *lane) free(number uint32) {
	if number != noQueue {
		l.queues[number].busy--
	}
}

// rearrange gives all waiting writes the partitions that now own their keys and
// puts them in the lines that the parameters now ask for, in the order in which
// they got their IDs. Those in an append line up when it ends; until then
// nothing else is accepted, lest a new line let it overtake them.
func (l *lane) rearrange() {
	l.settling = 0
	for number := range l.queues {
		if q := &l.queues[number]; q.working {
			l.reroute(q.appending)
			l.settling++
		}
	}
	for _, waiting := range []func(*queue) *list{
		func(q *queue) *list { return &q.line },
		func(q *queue) *list { return &q.log },
		func(q *queue) *list { return &q.outside },
	} {
		var all list
		for number := range l.queues {
			of := waiting(&l.queues[number])
			all = l.merge(all, *of)
			*of = list{}
		}
		l.reroute(all)
		for all.n > 0 {
			i := all.pop(&l.y.writes)
			waiting(&l.queues[l.queueOf(l.y.writes.at(i).partition)]).push(&l.y.writes, i)
		}
	}
}

// reroute gives writes the partitions that now own their keys.
func (l *lane) reroute(writes list) {
	for i, n := writes.head, writes.n; n > 0; n-- {
		w := l.y.writes.at(i)
		w.partition = l.store.router.reroute(l, w)
		i = w.next
	}
}

// merge merges two lists that are each in the order in which writes got their
// IDs.
func (l *lane) merge(a, b list) list {
	var merged list
	for a.n > 0 || b.n > 0 {
		from := &a
		if a.n == 0 || b.n > 0 && l.earlier(b.head, a.head) {
			from = &b
		}
		merged.push(&l.y.writes, from.pop(&l.y.writes))
	}
	return merged
}

func (l *lane) earlier(i, j uint32) bool {
	a, b := l.y.writes.at(i), l.y.writes.at(j)
	if a.allocated != b.allocated {
		return a.allocated < b.allocated
	}
	return a.n < b.n
}
