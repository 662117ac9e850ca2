package models

import (
	"math/bits"

	"onepen/sim"
)

// write is a write in flight. It notes the instants at which it passes from
// stage to stage; what it spent in them are differences of those:
//
//	offered ── allocator ── allocated ── queue ── released ── linger ── dispatched ── line ── started ── service ── committed
//
// The last three belong to the operation that stores it. A write is named by
// its index in the system's arena.
type write struct {
	offered   sim.Time
	allocated sim.Time // has its ID
	released  sim.Time // has left the queue for a batch
	id        uint64
	n         uint64 // the how-manieth of its lane, from 0
	key       uint32 // from 1
	writer    uint32 // of its lane
	next      uint32 // in the one list that holds the write
	partition uint16
	lane      uint8
	state     state
}

// state is a write's stage as far as the batch, with a bit for whether it has
// been acked. From there on its operation knows the stage.
type state uint8

const (
	stateStage state = 0x0f // mask
	stateAcked state = 0x80
	stateFree  state = stateStage // of a slot that holds no write
)

func (w *write) stage() Stage   { return Stage(w.state & stateStage) }
func (w *write) enter(s Stage)  { w.state = w.state&^stateStage | state(s) }
func (w *write) acked() bool    { return w.state&stateAcked != 0 }
func (w *write) setAcked()      { w.state |= stateAcked }
func (w *write) inFlight() bool { return w.state&stateStage != stateFree }

// operation stores the writes of one batch together.
type operation struct {
	dispatched sim.Time // its batch closed
	started    sim.Time // a server took it up; notStarted before
	head       uint32   // first of its writes, linked by next
	count      uint32   // of its writes; 0 in a slot that holds no operation
	next       uint32   // in the line of its partition
	queue      uint32   // that keeps a worker with it, or noQueue
	partition  uint16
	lane       uint8
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
