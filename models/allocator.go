package models

import (
	"math"

	"onepen/sim"
)

// allocator hands out IDs. Some strategies ask the central counter, a server
// with one line; the others give each writer what it needs to go alone:
//
//	central    writer ──▶ counter: one request per ID
//	range      writer ──▶ counter: one request per block of IDs, fetched ahead
//	snowflake  writer: time, machine number, sequence number; no request
//	random     writer: a random code ──▶ counter: is it free? (if checked)
//	uuid4, 7   writer: random bits, enough never to repeat; no request
//
// Writers draw IDs of different forms from ranges that do not overlap (idform),
// so an ID is unique across strategies and changes of strategy as long as its
// own strategy keeps its promise. The promise can be broken by unchecked codes,
// by a clock that goes back unguarded, and by two writers with one machine
// number; then the ID that is handed out is really one that was handed out
// before, and is counted as a collision that nobody caught.
type allocator struct {
	y      *System
	config *Allocator

	leases, lookups, codes sim.Stream // service of leases; of lookups but a write's first; draws of codes

	counter  uint64 // next ID of the central counter
	requests ring   // for the counter, the one in service first
	nodes    []node // the writers' own parts of the allocator
	memory   ticks  // of the first writer's machine number
	epoch    sim.Time
	taken    uint64  // random codes, the population included
	space    float64 // random codes in all
	serial   uint64  // UUIDs handed out
	key      uint64  // of what random codes and UUIDs look like
	highest  uint64  // ID since the strategy was chosen

	served  sim.Target // the counter has served a request
	arrived sim.Target // its answer is back at the writer
	ticked  sim.Target // the tick has come that a writer waited for

	down    int      // crashes of the counter not yet over
	slow    slowness // of its service
	serving bool     // the end of a service is to come
	waiting int      // writes that have no ID yet
	most    int      // that waited at once since the window began
	busy    level    // 1 while the counter works
	stalled int      // writers that wait for a tick
	tally   allocatorTally
	before  allocatorTally // at the last sample
	waits   *sim.Histogram // from asking to having an ID, of writes that did not have it at once
	sampled float64        // their sum at the last sample [s]
}

// allocatorTally counts since the window began.
type allocatorTally struct {
	issued    uint64
	requests  uint64
	wasted    uint64 // IDs of leases given up
	gaps      uint64 // leases given up before they were used up
	caught    uint64 // codes drawn, found taken, and drawn again
	uncaught  uint64 // IDs handed out that had been handed out before
	reordered uint64 // IDs smaller than one handed out before
}

// node is a writer's own part of an allocator.
type node struct {
	lease    lease
	spare    lease // fetched ahead
	line     list  // writes that wait here for a lease or a tick
	fetching bool  // a request for a lease is under way
	stalled  bool  // waiting for a tick
	wake     sim.Timer
	tick     int64 // of the last snowflake ID
	latest   int64 // tick of any snowflake ID
	sequence uint32
}

func newAllocator(y *System, config *Allocator) *allocator {
	path := "allocators." + config.Name
	a := &allocator{
		y: y, config: config, counter: 1, epoch: config.epoch(),
		taken: uint64(config.Population), space: config.space(),
		leases:  y.stream(path, "lease"),
		lookups: y.stream(path, "lookup"),
		codes:   y.stream(path, "code"),
		waits:   new(sim.Histogram),
	}
	keys := y.stream(path, "key")
	a.key = keys.Uint64()
	a.served = y.sim.Register(a, allocatorServed)
	a.arrived = y.sim.Register(a, allocatorArrived)
	a.ticked = y.sim.Register(a, allocatorTicked)
	return a
}

// What can happen to an allocator.
const (
	allocatorServed sim.Kind = iota
	allocatorArrived
	allocatorTicked
)

// Handle tells the allocator that one of these has come to pass.
func (a *allocator) Handle(kind sim.Kind, arg uint32) {
	switch kind {
	case allocatorServed:
		a.serve(arg)
	case allocatorArrived:
		a.answer(arg)
	case allocatorTicked:
		a.tick(arg)
	default:
		panic("models: no such event happens to an allocator")
	}
}

// request asks for an ID for a write. The write goes on through admit, at
// once or when its ID is there.
func (a *allocator) request(l *lane, i uint32, w *write) {
	switch a.config.Strategy {
	case Unallocated:
		a.y.admit(l, i, w)
		return
	case Central:
		a.wait(l, w)
		a.ask(forID | i)
		return
	}
	number := l.firstNode + l.writerOf(w)
	n := &a.nodes[number]
	if id, ok := a.issue(l, number, n); ok {
		a.count(id)
		w.id = id
		a.y.admit(l, i, w)
		return
	}
	a.wait(l, w)
	if a.config.Strategy == Random {
		a.ask(forCode | i)
		return
	}
	n.line.push(&a.y.writes, i)
	a.provide(number, n)
}

// wait notes that a write has no ID yet.
func (a *allocator) wait(l *lane, w *write) {
	w.enter(StageAllocator)
	l.stages[StageAllocator].add(a.y.sim.Now(), 1)
	a.waiting++
	a.most = max(a.most, a.waiting)
}

// grant lets a waiting write go on with its ID; 0 is none.
func (a *allocator) grant(i uint32, id uint64) {
	w := a.y.writes.at(i)
	l := a.y.lanes[w.lane]
	now := a.y.sim.Now()
	w.id = id
	if id != 0 {
		a.count(id)
		a.waits.Record(now - w.offered)
	}
	a.waiting--
	l.stages[StageAllocator].add(now, -1)
	a.y.admit(l, i, w)
}

// count counts an ID that is handed out.
func (a *allocator) count(id uint64) {
	a.tally.issued++
	if !a.config.Strategy.ordered() {
		return
	}
	if id < a.highest {
		a.tally.reordered++
		return
	}
	a.highest = id
}

// repeats counts an ID that is handed out although another write has it.
func (a *allocator) repeats(l *lane) {
	a.tally.uncaught++
	l.tally.counts.Collided++
}

// issue takes an ID from what a writer of a lane has without asking, if it
// has one.
func (a *allocator) issue(l *lane, number uint32, n *node) (id uint64, ok bool) {
	switch a.config.Strategy {
	case Range:
		return a.take(number, n)
	case Snowflake:
		return a.compose(l, number, n)
	case Random:
		if !a.config.Checked {
			return a.overwrite(l), true
		}
	case UUIDv4:
		return a.uuid4(), true
	case UUIDv7:
		return a.uuid7(), true
	}
	return 0, false
}

// provide sees to it that a writer whose writes wait gets IDs.
func (a *allocator) provide(number uint32, n *node) {
	switch {
	case n.line.n == 0 || n.stalled || n.fetching:
	case a.config.Strategy == Snowflake:
		a.stall(number, n)
	default:
		a.fetch(number, n)
	}
}

// drain gives IDs to a writer's waiting writes, as far as they go. Writes that
// wait since before a change of strategy get theirs by the new one; a lease
// that arrives after the change is used up by them and then given up.
func (a *allocator) drain(number uint32, n *node) {
	for n.line.n > 0 {
		i := n.line.head
		switch {
		case n.lease.left() > 0:
			n.line.pop(&a.y.writes)
			id, _ := a.take(number, n)
			a.grant(i, id)
		case a.config.Strategy == Unallocated:
			n.line.pop(&a.y.writes)
			a.grant(i, 0)
		case a.config.Strategy == Central:
			n.line.pop(&a.y.writes)
			a.ask(forID | i)
		case a.config.Strategy == Random && a.config.Checked:
			n.line.pop(&a.y.writes)
			a.ask(forCode | i)
		default:
			id, ok := a.issue(a.y.lanes[a.y.writes.at(i).lane], number, n)
			if !ok {
				a.provide(number, n)
				return
			}
			n.line.pop(&a.y.writes)
			a.grant(i, id)
		}
	}
	if a.config.Strategy != Range {
		a.abandon(n)
	}
}

// configure follows a change of the parameters. Leases are given up when the
// strategy is no longer range, for their IDs would be used after a long time or
// never. Writers that wait for a tick look at their clocks anew.
func (a *allocator) configure(old *Allocator) {
	if a.config.Strategy != old.Strategy {
		a.highest = 0
		if old.Strategy == Range {
			for i := range a.nodes {
				a.abandon(&a.nodes[i])
			}
		}
	}
	a.renumber(old.SameMachine)
	if a.stalled == 0 {
		return
	}
	for i := range a.nodes {
		if n := &a.nodes[i]; n.stalled {
			a.y.sim.Cancel(n.wake)
			a.tick(uint32(i))
		}
	}
}

// reset begins a new window.
func (a *allocator) reset(now sim.Time) {
	a.most = a.waiting
	a.busy.reset(now)
	a.tally, a.before = allocatorTally{}, allocatorTally{}
	a.waits.Reset()
	a.sampled = 0
}

// waitQuantile returns the p-quantile of the time from asking to having an ID,
// over all IDs handed out in the window [s]: 0 for those that were there at
// once; NaN if there were none.
func (a *allocator) waitQuantile(p float64) float64 {
	issued, waited := a.tally.issued, a.waits.N()
	if issued == 0 {
		return math.NaN()
	}
	rank := math.Ceil(p * float64(issued))
	if at := rank - float64(issued-waited); at > 0 {
		return a.waits.Quantile(at / float64(waited))
	}
	return 0
}
