package models

import (
	"math/bits"

	"onepen/sim"
)

// write is an attempt at a write, in flight. It notes the instants at which it
// passes from stage to stage; what it spent in them are differences of those:
//
//	offered ── allocator ── allocated ── queue ── released ── linger ── dispatched
//	   dispatched ── line ── started ── key lock ── locked ── service ── served ── replication ── committed
//
// Those of the second line belong to the operation that stores it. A write is
// named by its index in the system's arena.
type write struct {
	offered   sim.Time
	allocated sim.Time // has its ID
	released  sim.Time // has left the queue for a batch; once committed, when that was
	id        uint64
	n         uint64 // the how-manieth of its lane, from 0; the number of the attempt, from 0, in the highest byte
	key       uint32 // from 1
	owner     uint32 // writer, of its lane; client, if there is one
	next      uint32 // in the one list that holds the write
	partition uint16
	lane      uint8
	state     state
}

// state is a write's stage as far as the batch, with marks. From there on its
// operation knows the stage.
type state uint8

const (
	stateStage     state = 0x0f           // mask
	stateFree      state = stateStage     // of a slot that holds no write
	stateCommitted state = stateStage - 1 // waiting to become visible
	stateAcked     state = 0x80           // its writer has been answered with a yes
	stateClient    state = 0x40           // its owner is a client
	stateAbandoned state = 0x20           // its client waits for it no more
	stateReplaced  state = 0x10           // its queue has crashed and will deliver it again
)

func (w *write) stage() Stage     { return Stage(w.state & stateStage) }
func (w *write) enter(s Stage)    { w.state = w.state&^stateStage | state(s) }
func (w *write) inFlight() bool   { return w.state&stateStage < stateCommitted }
func (w *write) has(m state) bool { return w.state&m != 0 }
func (w *write) mark(m state)     { w.state |= m }

// operation stores the writes of one batch together.
type operation struct {
	dispatched sim.Time // its batch closed
	started    sim.Time // a server took it up; notStarted before
	head       uint32   // first of its writes, linked by next
	count      uint32   // of its writes; 0 in a slot that holds no operation
	next       uint32   // in the one list that holds the operation
	queue      uint16   // that keeps a worker with it, if marked
	lane       uint8
	marks      mark
}

// keeper returns the number of the queue that keeps a worker with the
// operation, or noQueue.
func (o *operation) keeper() uint32 {
	if o.marks&queued == 0 {
		return noQueue
	}
	return uint32(o.queue)
}

// mark tells which instants of an operation are noted in its details, and
// what it holds.
type mark uint8

const (
	queued        mark = 1 << iota // a queue keeps a worker with it
	waitedForLock                  // details.locked is when it had the lock
	replicating                    // details.served is when the leader had stored it
	holdsLocks
	doomed // its partition crashed while it was in service
)

// details are the instants of an operation that most systems do without: they
// have an arena of their own, under the operation's index.
type details struct {
	locked sim.Time
	served sim.Time
	cursor uint32 // the write whose key it waits for

	// In a store whose operations go in steps:
	prepared sim.Time // from its start until it asked for its locks
	part     sim.Time // of its work that a step does
	parts    uint16   // still to do
	step     step
	ready    bool   // it is prepared
	cold     bool   // its CPU idled before
	locks    bool   // it has them all, and is being woken
	chain    uint32 // that wakes it
}

const notStarted sim.Time = -1

// none ends a list.
const none = ^uint32(0)

// list is a first-in first-out list of writes, linked through the writes.
type list struct {
	head, tail uint32 // meaningful if n > 0
	n          int
}

func (l *list) push(writes *arena[write], i uint32) {
	if l.n == 0 {
		l.head = i
	} else {
		writes.at(l.tail).next = i
	}
	writes.at(i).next = none
	l.tail = i
	l.n++
}

func (l *list) pop(writes *arena[write]) uint32 {
	i := l.head
	l.head = writes.at(i).next
	l.n--
	return i
}

// line is a first-in first-out list of operations, linked through them.
type line struct {
	head, tail uint32 // meaningful if n > 0
	n          int
}

func (l *line) push(operations *arena[operation], i uint32) {
	if l.n == 0 {
		l.head = i
	} else {
		operations.at(l.tail).next = i
	}
	l.tail = i
	l.n++
}

func (l *line) pop(operations *arena[operation]) uint32 {
	i := l.head
	l.head = operations.at(i).next
	l.n--
	return i
}

// arena keeps values of one type in pages, so that an index stays valid, growth
// copies nothing, and used slots are used again.
type arena[T any] struct {
	pages []*[pageSize]T
	free  []uint32
	used  uint32 // slots ever handed out
}

const (
	pageBits = 10
	pageSize = 1 << pageBits
)

func (a *arena[T]) at(i uint32) *T { return &a.pages[i>>pageBits][i&(pageSize-1)] }

// take hands out a slot; what it holds is left over from its last use.
func (a *arena[T]) take() uint32 {
	if n := len(a.free); n > 0 {
		i := a.free[n-1]
		a.free = a.free[:n-1]
		return i
	}
	if int(a.used>>pageBits) == len(a.pages) {
		a.pages = append(a.pages, new([pageSize]T))
	}
	a.used++
	return a.used - 1
}

// reach makes sure that there is a slot i, for an arena whose slots are named
// by another's.
func (a *arena[T]) reach(i uint32) *T {
	for int(i>>pageBits) >= len(a.pages) {
		a.pages = append(a.pages, new([pageSize]T))
	}
	return a.at(i)
}

func (a *arena[T]) put(i uint32) { a.free = append(a.free, i) }

// total is a sum of spans. It is exact: 64 bits of nanoseconds would overflow
// after 584 years, which millions of waiting writes can spend.
type total struct{ high, low uint64 } // [ns]

func (t *total) add(d sim.Time) {
	low, carry := bits.Add64(t.low, uint64(d), 0)
	t.low = low
	t.high += carry
}

func (t total) plus(u total) total {
	low, carry := bits.Add64(t.low, u.low, 0)
	return total{t.high + u.high + carry, low}
}

func (t total) minus(u total) total {
	low, borrow := bits.Sub64(t.low, u.low, 0)
	return total{t.high - u.high - borrow, low}
}

func (t total) seconds() float64 {
	return (float64(t.high)*0x1p64 + float64(t.low)) / float64(sim.Second)
}

// ring is a first-in first-out line of numbers that grows as needed.
type ring struct {
	slots []uint32 // length a power of two
	first uint32
	n     uint32
}

func (r *ring) push(x uint32) {
	if int(r.n) == len(r.slots) {
		r.grow()
	}
	r.slots[(r.first+r.n)&uint32(len(r.slots)-1)] = x
	r.n++
}

func (r *ring) pop() uint32 {
	x := r.slots[r.first]
	r.first = (r.first + 1) & uint32(len(r.slots)-1)
	r.n--
	return x
}

func (r *ring) grow() {
	larger := make([]uint32, max(16, 2*len(r.slots)))
	n := copy(larger, r.slots[r.first:])
	copy(larger[n:], r.slots[:r.first])
	r.slots, r.first = larger, 0
}
