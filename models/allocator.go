package models

import "onepen/sim"

// allocator hands out IDs. Two strategies ask the central counter, a server
// with one line; the others give each writer what it needs to go alone:
//
//	central    writer ──▶ counter: one request per ID
//	range      writer ──▶ counter: one request per block of IDs, fetched ahead
//	snowflake  writer: time, machine number, sequence number; no request
//
// IDs are unique across strategies and changes of strategy: central IDs and
// leased ones come from one counter that only grows, and snowflake IDs have a
// bit set that the counter never reaches.
type allocator struct {
	y      *System
	config *Allocator
	stream sim.Stream // of leases

	counter  uint64 // next ID of the central counter
	requests ring   // for the counter, the one in service first
	nodes    []node // the writers' own parts of the allocator

	served  sim.Target // the counter has served a request
	arrived sim.Target // its answer is back at the writer
	ticked  sim.Target // the tick has come that a writer waited for

	waiting level // writes that have no ID yet
	busy    level // 1 while the counter works
	tally   allocatorTally
	before  allocatorTally // at the last sample
}

// allocatorTally counts since the window began.
type allocatorTally struct {
	issued   uint64
	requests uint64
	wasted   uint64
	waits    total // from asking to having an ID
}

// node is a writer's own part of an allocator.
type node struct {
	lease    lease
	spare    lease // fetched ahead
	fetching bool  // a request for a lease is under way
	line     list  // writes that wait here for a lease or a tick
	tick     int64 // of the last snowflake ID
	sequence uint32
	stalled  bool // waiting for the next tick
}

// lease is a range of IDs, from next up to but not including end.
type lease struct{ next, end uint64 }

func (l lease) left() uint64 { return l.end - l.next }

// leaseRequest marks a request as one for a lease: the rest of it is the
// number of the node. Without the mark it is the index of a write.
const leaseRequest = 1 << 31

// snowflakeBit tells snowflake IDs from the counter's.
const snowflakeBit = 1 << 62

func newAllocator(y *System, config *Allocator) *allocator {
	a := &allocator{y: y, config: config, counter: 1, stream: y.stream("allocators."+config.Name, "lease")}
	a.served = y.sim.On(a.serve)
	a.arrived = y.sim.On(a.answer)
	a.ticked = y.sim.On(a.tick)
	return a
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
		a.ask(i)
		return
	}
	n := &a.nodes[l.firstNode+w.writer]
	if id, ok := a.issue(l.firstNode+w.writer, n); ok {
		a.tally.issued++
		w.id = id
		a.y.admit(l, i, w)
		return
	}
	a.wait(l, w)
	n.line.push(&a.y.writes, i)
	a.provide(l.firstNode+w.writer, n)
}

// wait notes that a write has no ID yet.
func (a *allocator) wait(l *lane, w *write) {
	w.enter(StageAllocator)
	now := a.y.sim.Now()
	a.waiting.add(now, 1)
	l.stages[StageAllocator].add(now, 1)
}

// grant gives a waiting write its ID.
func (a *allocator) grant(i uint32, id uint64) {
	w := a.y.writes.at(i)
	l := a.y.lanes[w.lane]
	now := a.y.sim.Now()
	w.id = id
	a.tally.issued++
	a.tally.waits.add(now - w.offered)
	a.waiting.add(now, -1)
	l.stages[StageAllocator].add(now, -1)
	a.y.admit(l, i, w)
}

// issue takes an ID from what the node has, if it has one.
func (a *allocator) issue(number uint32, n *node) (id uint64, ok bool) {
	if a.config.Strategy == Snowflake {
		return a.compose(number, n)
	}
	if n.lease.left() == 0 {
		n.lease, n.spare = n.spare, lease{}
		if n.lease.left() == 0 {
			return 0, false
		}
	}
	id = n.lease.next
	n.lease.next++
	if a.config.Strategy == Range && a.config.Prefetch > 0 && n.spare.left() == 0 && float64(n.lease.left()) <= a.config.Prefetch*float64(a.config.Block) {
		a.fetch(number, n)
	}
	return id, true
}

// compose makes a snowflake ID of this tick, as long as its sequence lasts.
//
//	0 1 tick ... machine sequence      from the highest bit to the lowest
func (a *allocator) compose(number uint32, n *node) (id uint64, ok bool) {
	tick := int64(a.y.sim.Now() / a.config.Tick)
	if tick != n.tick {
		n.tick, n.sequence = tick, 0
	}
	if n.sequence>>a.config.SequenceBits != 0 {
		return 0, false
	}
	id = snowflakeBit | (uint64(tick)<<a.config.MachineBits|uint64(number))<<a.config.SequenceBits | uint64(n.sequence)
	n.sequence++
	return id, true
}

// provide sees to it that a node with waiting writes gets IDs.
func (a *allocator) provide(number uint32, n *node) {
	switch {
	case n.line.n == 0 || n.stalled || n.fetching:
	case a.config.Strategy == Snowflake:
		n.stalled = true
		now := a.y.sim.Now()
		a.y.sim.Schedule(now-now%a.config.Tick+a.config.Tick, a.ticked, number)
	default:
		a.fetch(number, n)
	}
}

// fetch asks the counter for a block of IDs.
func (a *allocator) fetch(number uint32, n *node) {
	if n.fetching {
		return
	}
	n.fetching = true
	a.ask(leaseRequest | number)
}

// ask puts a request in the counter's line.
func (a *allocator) ask(request uint32) {
	a.requests.push(request)
	if a.requests.n == 1 {
		a.busy.set(a.y.sim.Now(), 1)
		a.work(request)
	}
}

// work begins the service of the request at the head of the line.
func (a *allocator) work(request uint32) {
	var service sim.Time
	if request&leaseRequest != 0 {
		service = a.config.Service.Sample(&a.stream)
	} else {
		w := a.y.writes.at(request)
		service = a.y.drawOf(a.y.lanes[w.lane].idWork, w.n, a.config.Service)
	}
	a.y.sim.Schedule(a.y.sim.Now()+service, a.served, request)
}

// serve ends the service of a request: the counter moves on, the answer
// travels back.
func (a *allocator) serve(request uint32) {
	a.requests.pop()
	a.tally.requests++
	if a.requests.n > 0 {
		a.work(a.requests.slots[a.requests.first])
	} else {
		a.busy.set(a.y.sim.Now(), 0)
	}
	if a.config.RoundTrip > 0 {
		a.y.sim.Schedule(a.y.sim.Now()+a.config.RoundTrip, a.arrived, request)
		return
	}
	a.answer(request)
}

// answer brings what was asked for back to the writer.
func (a *allocator) answer(request uint32) {
	if request&leaseRequest == 0 {
		id := a.counter
		a.counter++
		a.grant(request, id)
		return
	}
	number := request &^ leaseRequest
	n := &a.nodes[number]
	n.fetching = false
	block := lease{a.counter, a.counter + uint64(a.config.Block)}
	a.counter = block.end
	if n.lease.left() == 0 {
		n.lease = block
	} else {
		n.spare = block
	}
	a.drain(number, n)
}

// tick wakes a writer that waited for the next tick.
func (a *allocator) tick(number uint32) {
	n := &a.nodes[number]
	n.stalled = false
	a.drain(number, n)
}

// drain gives IDs to a node's waiting writes, as far as they go. Writes that
// wait since before a change of strategy get theirs by the new one; a lease
// that arrives after the change is used up by them and then left.
func (a *allocator) drain(number uint32, n *node) {
	for n.line.n > 0 {
		id, ok := a.issue(number, n)
		if !ok {
			break
		}
		a.grant(n.line.pop(&a.y.writes), id)
	}
	a.provide(number, n)
	if a.config.Strategy != Range {
		a.abandon(n)
	}
}

// abandon gives up what is left of a node's leases.
func (a *allocator) abandon(n *node) {
	a.tally.wasted += n.lease.left() + n.spare.left()
	n.lease, n.spare = lease{}, lease{}
}

// configure follows a change of the parameters. Leases are left when the
// strategy is no longer range, for their IDs would be used after a long time or
// never.
func (a *allocator) configure(old *Allocator) {
	if old.Strategy == Range && a.config.Strategy != Range {
		for i := range a.nodes {
			a.abandon(&a.nodes[i])
		}
	}
}

// reset begins a new window.
func (a *allocator) reset(now sim.Time) {
	a.waiting.reset(now)
	a.busy.reset(now)
	a.tally, a.before = allocatorTally{}, allocatorTally{}
}
