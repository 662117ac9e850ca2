package sim

// event is an action that waits for its instant: 16 bytes without pointers, so
// that moving one is cheap and the garbage collector never reads any.
type event struct {
	at     Time
	target Target
	arg    uint32
}

// pendingSet holds the events that have not happened yet and yields them by
// time; events of one instant leave in the order in which they came. It has two
// tiers:
//
//	     near     limit              far
//	─────────────────┼──────────────────────────────────────▶ time
//	a short sorted   │ buckets, unsorted inside, which grow
//	list             │ 64-fold in width with every level
//
// The near tier is a sorted list of some dozens of events. The next event is
// its last element, and a newcomer moves those that are before it up by one
// place. A small model needs no more than that.
//
// All other events wait in the far tier, where adding one takes the same time
// however many there are: it is appended to a bucket and looked at again when
// the clock comes near. When the near tier is empty it takes the earliest bucket
// and sorts it, by the next digit of its events. A bucket with too many events
// for that is split first, into narrower ones. When newcomers crowd the near
// tier, the later half of it moves to the far tier.
//
// The plan is that of the ladder queue (Tang, Goh and Thng 2005, "Ladder queue:
// an O(1) priority queue structure for large-scale discrete event simulation",
// ACM TOMACS 15): a sorted bottom below rungs of buckets, made when they are
// needed. The buckets are those of Denardo and Fox (1979, "Shortest-route
// methods: 1. Reaching, pruning, and buckets", Oper. Res. 27) and of the
// hierarchical timing wheels of Varghese and Lauck (1987, SOSP): one for each
// value of a digit of the time. So there is no width to be tuned to the gaps
// between events, which is where a calendar queue (Brown 1988, CACM 31) fails
// when gaps are mixed or change. On its way to the near tier, an event moves at
// most once for each of the eleven digits, and a digit in which the events of a
// bucket agree is skipped.
//
// Measured in the hold model, without the Sim around, in ns an event (the least
// of five runs; an event of a heap has a sequence number in it):
//
//	pending events          2    20   100   1 000   100 000   1 000 000
//	binary heap            16    37    50      73       136         336
//	4-ary heap             15    38    55      87       155         321
//	this set               15    24    44      25        33          80
//
// In earlier trials at 1 000 000, digits of 3 to 5 bits were 5 to 25 % slower,
// blocks of half the size 35 % (of twice the size, 10 % faster, but they left
// much room unused at 1 000), and a sequence number in every event cost 20 %.
//
// So no event has one. Each step keeps the order of the events of one instant
// instead: the near tier puts a newcomer behind its equals; a bucket is first
// in, first out; all far events of one instant are in one bucket, and were
// scheduled after the near events of that instant, if there are any.
type pendingSet struct {
	// Invariant: every event is before limit, or at limit and scheduled before
	// the far events of that instant.
	near nearTier

	// Invariant: no far event is before limit. Never while the far tier is
	// empty, so that everything is near.
	limit Time

	far farTier
}

func newPendingSet() pendingSet {
	return pendingSet{
		near:  newNearTier(),
		limit: Never,
		far:   newFarTier(),
	}
}

// len reports the number of events in the set.
func (p *pendingSet) len() int {
	return p.near.len() + p.far.count
}

// push adds e, which must not be before an event that was popped. One at Never
// is none.
func (p *pendingSet) push(e event) {
	if e.at >= p.limit {
		p.pushFar(e)
		return
	}
	p.near.insert(e)
	if p.near.full() {
		p.halve()
	}
}

// pushFar adds e, which is not before limit.
func (p *pendingSet) pushFar(e event) {
	if e.at != Never {
		p.far.add(e)
	}
}

// first reports the next event without taking it; false if the set is empty.
func (p *pendingSet) first() (event, bool) {
	if p.near.next().at == Never && !p.refill() {
		return event{}, false
	}
	return p.near.next(), true
}

// pop takes the event that first reported.
func (p *pendingSet) pop() { p.near.pop() }

// refill moves the earliest far events into the empty near tier and reports
// whether there were any. Several small buckets are taken at once.
func (p *pendingSet) refill() bool {
	p.near.open()
	for p.far.count > 0 {
		level, slot := p.far.earliest()
		if p.near.fits(p.far.size(level, slot)) {
			p.far.load(level, slot, &p.near)
			p.limit = p.far.base + 1 // base is Never only if nothing is left
			continue
		}
		if p.near.len() > 0 {
			break
		}
		if level == 0 {
			// A bucket of one instant cannot be split. The rest of it, and
			// whatever is scheduled at that instant from now on, stays far.
			p.far.loadPart(slot, &p.near)
			p.limit = p.far.base
			break
		}
		p.far.split(level, slot)
	}
	if p.far.count == 0 {
		p.limit = Never
	}
	return p.near.close()
}

// halve moves the later half of the near tier to the far one. Its first event
// sets the limit; earlier events of that instant may stay near.
func (p *pendingSet) halve() {
	near := p.near.events[p.near.low:p.near.end]
	moved := len(near)/2 + 1
	limit := near[moved-1].at
	// Events that are near at the old limit were scheduled before the far
	// events of that instant, and go ahead of them.
	ahead := 0
	for ahead < moved && near[ahead].at >= p.limit {
		ahead++
	}
	p.far.lower(limit)
	p.limit = limit
	for _, e := range near[:ahead] {
		p.far.addFirst(e)
	}
	for i := moved - 1; i >= ahead; i-- {
		p.far.add(near[i])
	}
	p.near.drop(moved)
}

// filter removes the events that keep refuses.
func (p *pendingSet) filter(keep func(event) bool) {
	p.near.filter(keep)
	p.far.filter(keep)
	if p.far.count == 0 {
		p.limit = Never
	}
}
