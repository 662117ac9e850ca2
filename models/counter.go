package models

import "onepen/sim"

// A request to the central counter says in its two highest bits what it asks
// for. The rest is the index of a write, or the number of the writer's node
// for a lease. Up to 2^30 of either can be told apart, more than there may be.
const (
	forID        = 0 << 30 // an ID for a write
	forCode      = 1 << 30 // whether the code drawn for a write is free
	forOtherCode = 2 << 30 // the same for another code, as the one before was taken
	forLease     = 3 << 30 // a block of IDs for a writer

	requestKind = 3 << 30 // mask
)

// ask puts a request in the counter's line.
func (a *allocator) ask(request uint32) {
	a.requests.push(request)
	if a.requests.n == 1 {
		a.busy.set(a.y.sim.Now(), 1)
		a.work(request)
	}
}

// work begins the service of the request at the head of the line. A write's
// first request belongs to the write, so that it brings the same work to
// every counter; further ones and leases do not.
func (a *allocator) work(request uint32) {
	if a.down > 0 {
		return
	}
	var time sim.Time
	switch service := a.config.Service; request & requestKind {
	case forLease:
		time = service.Sample(&a.leases)
	case forOtherCode:
		time = service.Sample(&a.lookups)
	default:
		w := a.y.writes.at(request &^ requestKind)
		time = a.y.drawOf(a.y.lanes[w.lane].idWork, w.n, service)
	}
	a.serving = true
	a.y.sim.Schedule(a.y.sim.Now()+a.slow.stretch(time), a.served, request)
}

// serve ends the service of a request: the counter moves on, the answer
// travels back.
func (a *allocator) serve(request uint32) {
	a.serving = false
	if a.down > 0 {
		return // the request is served anew when the counter is back
	}
	a.requests.pop()
	a.tally.requests++
	if kind := request & requestKind; kind == forCode || kind == forOtherCode {
		a.lookUp(request &^ requestKind)
	}
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

// resume goes on with the line after a crash.
func (a *allocator) resume() {
	if a.down == 0 && !a.serving && a.requests.n > 0 {
		a.work(a.requests.slots[a.requests.first])
	}
}

// answer brings what was asked for back to the writer.
func (a *allocator) answer(request uint32) {
	i := request &^ requestKind
	switch request & requestKind {
	case forID:
		id := a.counter
		a.counter++
		a.grant(i, id)
	case forLease:
		a.receive(i)
	default:
		if id := a.y.writes.at(i).id; id != 0 {
			a.grant(i, id)
			return
		}
		a.ask(forOtherCode | i)
	}
}
