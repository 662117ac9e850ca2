package models

import "onepen/sim"

// Passage is the way of one write through the system, as it is known when the
// write is committed.
type Passage struct {
	Lane      int    // its index in the scenario
	Number    uint64 // of the write in its lane, from 0
	Attempt   int    // at it that was stored, from 0
	Key       uint32
	Partition int
	Offered   sim.Time            // when the first attempt was offered
	Committed sim.Time            // now
	Parts     [NumStages]sim.Time // time in each stage: they add up to Committed - Offered
	Batch     int                 // writes in its operation
	Leads     bool                // it is the first of them
	InFlight  int                 // attempts of its lane that are under way when it leaves
}

// Watch has f called with the passage of each write as it is committed, in the
// order of the commits, those of the warm-up included. The passage is
// overwritten by the next one. Watching does not change the run; nil ends it.
func (y *System) Watch(f func(*Passage)) { y.watch = f }

// passed tells the watcher about a write that is being committed.
func (y *System) passed(l *lane, w *write, o *operation, spans *operationSpans, offered sim.Time) {
	y.passage = Passage{
		Lane:      int(l.index),
		Number:    w.n & (1<<attemptShift - 1),
		Attempt:   int(w.n >> attemptShift),
		Key:       w.key,
		Partition: int(w.partition),
		Offered:   offered,
		Committed: y.sim.Now(),
		Parts: [NumStages]sim.Time{
			StageAllocator:   w.allocated - w.offered,
			StageQueue:       w.released - w.allocated,
			StageLinger:      o.dispatched - w.released,
			StageLine:        spans.line,
			StageKeyLock:     spans.lock,
			StageService:     spans.service,
			StageReplication: spans.replication,
			StageBackoff:     w.offered - offered,
		},
		Batch:    int(o.count),
		Leads:    w == y.writes.at(o.head),
		InFlight: l.inFlight,
	}
	y.watch(&y.passage)
}
