package sim

// event is an action that waits for its instant: 16 bytes without pointers, so
// that moving one is cheap and the garbage collector never reads any.
type event struct {
	at     Time
	target Target
	arg    uint32
}

// pendingSet holds the events that have not happened yet and yields them by
// time; events of one instant leave in the order they came. It has two tiers:
//
//	     near     limit              far
//	─────────────────┼──────────────────────────────────────▶ time
//	a short sorted   │ buckets, unsorted inside, which grow
//	list             │ 64-fold in width with every level
//
// Near the clock the set is a sorted list of at most nearLimit events: the next
// event is its last element, a new one moves the earlier ones up by a place. For
// the handful of events that a small model has pending this is all there is,
// and nothing is faster; a 4-ary heap of 20 events takes twice the time.
//
// All other events wait in the far tier, where adding one costs the same
// however many there are: it is appended to a bucket and looked at again only
// when the clock comes near. When the near tier has run dry it takes the
// earliest bucket and sorts it. A bucket with too many events for that is first
// split into 64 narrower ones. When newcomers crowd the near tier, its later
// half moves out to the far tier.
//
// The shape is the ladder queue of Tang, Goh and Thng (2005), a sorted bottom
// below rungs of buckets that are made when they are needed. The buckets are
// those of Denardo and Fox (1979) and of the hierarchical timing wheels of
// Varghese and Lauck (1987): a bucket is a digit of the time in base 64. So no
// width has to be tuned to the distances between events, which is where
// calendar queues (Brown 1988) come to grief when the distances are mixed or
// change: an event moves down at most one level at a time, eleven in all, and
// a level on which the events of a bucket do not differ is skipped.
//
// No event carries a sequence number. Each step keeps the order of events of
// one instant instead: the near tier puts a newcomer behind its equals, a
// bucket is first in, first out, and all far events of one instant are in one
// bucket, behind those of that instant that are near.
type pendingSet struct {
	// Invariant: sorted by time, the next event last. Every event is before
	// limit, or at limit and scheduled before every far event.
	near  [nearLimit + 1]event
	nearN int

	// Invariant: no far event is before limit. Never while the far tier is
	// empty, so that everything is near.
	limit Time

	far farTier
}

const (
	// nearLimit is the number of events that the near tier holds at most. The
	// sorted list is on a par with the far tier, some 25 ns an event, at 40.
	nearLimit = 64

	// nearLoad is the number of events that the near tier takes from the far
	// one at most; the rest of its room is for newcomers.
	nearLoad = 32
)

func newPendingSet() pendingSet {
	return pendingSet{
		limit: Never,
		far:   newFarTier(),
	}
}

// len reports the number of events in the set.
func (p *pendingSet) len() int {
	return p.nearN + p.far.count
}

// push adds e, which must not be before an event that was popped, nor at Never.
func (p *pendingSet) push(e event) {
	if e.at >= p.limit {
		p.far.add(e)
		return
	}
	i := p.nearN
	p.nearN++
	for i > 0 && p.near[i-1].at <= e.at {
		p.near[i] = p.near[i-1]
		i--
	}
	p.near[i] = e
	if p.nearN > nearLimit {
		p.halve()
	}
}

// first reports the next event without taking it; false if the set is empty.
func (p *pendingSet) first() (event, bool) {
	if p.nearN == 0 && !p.refill() {
		return event{}, false
	}
	return p.near[p.nearN-1], true
}

// pop takes the event that first reported.
func (p *pendingSet) pop() {
	p.nearN--
}

// refill moves the earliest far events into the empty near tier and reports
// whether there were any. Several small buckets are taken at once.
func (p *pendingSet) refill() bool {
	var loaded [nearLoad]event // in order of time
	n := 0
	for p.far.count > 0 {
		level, slot := p.far.earliest()
		count := p.far.buckets[level][slot].count
		if n+count <= nearLoad {
			p.far.load(level, slot, loaded[n:n+count])
			n += count
			p.limit = p.far.base + 1
			continue
		}
		if n > 0 {
			break
		}
		if level == 0 {
			// A bucket of one instant cannot be split. The rest of it, and
			// whatever is scheduled at that instant from now on, stays far.
			n = p.far.loadPart(slot, loaded[:])
			p.limit = p.far.base
			break
		}
		p.far.split(level, slot)
	}
	if p.far.count == 0 {
		p.limit = Never
	}
	p.nearN = n
	for i, e := range loaded[:n] {
		p.near[n-1-i] = e
	}
	return n > 0
}

// halve moves the later half of the near tier to the far one. Its first event
// sets the limit; earlier events of that instant may stay near.
func (p *pendingSet) halve() {
	near := p.near[:p.nearN]
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
	p.nearN = copy(near, near[moved:])
}

// filter removes the events that keep refuses.
func (p *pendingSet) filter(keep func(event) bool) {
	n := 0
	for _, e := range p.near[:p.nearN] {
		if keep(e) {
			p.near[n] = e
			n++
		}
	}
	p.nearN = n
	p.far.filter(keep)
	if p.far.count == 0 {
		p.limit = Never
	}
}
