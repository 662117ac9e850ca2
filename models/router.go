package models

// router finds the partition for every write to a store. It holds the owners
// as they are now and, while keys move to them, those of before. What it
// measures and remembers beyond that belongs to single routes:
//
//   - salted: which keys are hot
//   - range: the load of the partitions, for the next split
//   - sticky: where each lane is
//
// A store that routes by hash and has nothing to move pays for none of it.
type router struct {
	s       *store
	plain   bool   // by hash of the key, nothing moves
	count   uint64 // of partitions, for plain
	tally   routerTally
	before  routerTally // at the last sample
	current *owners

	hot    *hotKeys      // nil unless a route is salted
	load   *rangeLoad    // nil unless the route is range
	sticky []stickyPlace // by lane; nil unless a route is sticky

	changed bool // by the last configure, so that waiting writes must be routed again
	move    migration
}

// routerTally counts since the window began.
type routerTally struct {
	routed  uint64  // writes
	widened uint64  // partitions that reads of their keys must ask beyond the first, summed over writes
	moves   uint64  // migrations begun
	moved   float64 // keys
}

// stickyPlace is where the writes of a lane go.
type stickyPlace struct {
	partition uint16
	taken     int // writes
}

func newRouter(s *store) *router {
	r := &router{s: s, current: newOwners(s.config.routing(), nil, nil)}
	r.move.next, r.move.rate = chunks, s.config.MoveRate
	r.move.over = s.y.sim.On(r.endChunk) // it happens too seldom for a Handler to pay
	r.equip()
	return r
}

// configure follows a change of the parameters.
func (r *router) configure() {
	r.changed = false
	if next := r.s.config.routing(); next != r.current.routing {
		r.changed = true
		r.migrate(newOwners(next, r.current, r.load.of(r.current.partitions)))
	} else if r.move.rate != r.s.config.MoveRate {
		r.changed = r.changeRate()
	}
}

// equip gives the router what its routes need and takes from it what none
// needs any more.
func (r *router) equip() {
	o := r.current
	r.count = o.count
	r.plain = o.route == RouteHash && o.by == ByKey && !r.move.underWay()
	switch {
	case o.route == RouteSalted && o.by == ByKey:
		if r.hot == nil || r.hot.above != o.saltAbove {
			r.hot = newHotKeys(o.saltAbove)
		}
	case !r.move.underWay():
		r.hot = nil
	}
	if o.route != RouteRange {
		r.load = nil
	} else if r.load == nil {
		r.load = new(rangeLoad)
	}
	r.load.resize(r.active()) // during a migration the old partitions still take writes
	switch {
	case o.route == RouteSticky && r.sticky == nil:
		r.sticky = make([]stickyPlace, len(r.s.y.scenario.Lanes))
		for lane := range r.sticky {
			r.sticky[lane].partition = uint16(lane % o.partitions)
		}
	case o.route != RouteSticky && !r.move.underWay():
		r.sticky = nil
	}
}

// admit returns the partition for a write that comes in, and counts it.
func (r *router) admit(l *lane, w *write) uint16 {
	r.tally.routed++
	if r.plain {
		return uint16(splitmix64(uint64(w.key)) % r.count)
	}
	return r.find(l, w)
}

// find is admit for all that is not plain.
func (r *router) find(l *lane, w *write) uint16 {
	if r.hot != nil {
		r.hot.add(w.key, splitmix64(uint64(w.key)))
	}
	o := r.ownersOf(w)
	partition, hot := uint16(0), false
	switch o.route {
	case RouteSticky:
		partition = r.stick(l, o)
	case RouteTwoChoices:
		partition = r.lessLoaded(o.pair(splitmix64(o.subject(l, w))))
	default:
		partition, hot = r.place(o, l, w)
	}
	r.tally.widened += uint64(o.width(hot) - 1)
	if r.load != nil {
		r.load.add(partition)
	}
	return partition
}

// reroute returns the partition for a write that came in earlier and waits:
// where it waits, if that is as good as any.
func (r *router) reroute(l *lane, w *write) uint16 {
	o := r.ownersOf(w)
	switch o.route {
	case RouteSticky:
		return uint16(uint64(w.partition) % o.count)
	case RouteTwoChoices:
		a, b := o.pair(splitmix64(o.subject(l, w)))
		if w.partition == a || w.partition == b {
			return w.partition
		}
		return r.lessLoaded(a, b)
	}
	partition, _ := r.place(o, l, w)
	return partition
}

// place returns the partition for a write under the routes that have one for
// it whatever the state of the system, and whether it is one of a salted key.
func (r *router) place(o *owners, l *lane, w *write) (partition uint16, hot bool) {
	switch o.route {
	case RouteTimeBucket:
		return o.ofBucket(w.offered), false
	case RouteTimeSource:
		return o.inBucket(w.offered, o.subject(l, w)), false
	case RouteRange:
		if o.by == ByID && l.idsGrow() {
			return o.home(^uint64(0)), false // a new ID lies behind all others
		}
	}
	h := o.hash(o.subject(l, w))
	if o.route == RouteSalted && o.by == ByKey && r.hot.hot(w.key, h) {
		return o.salted(h, w.n&(1<<attemptShift-1)), true
	}
	return o.home(h), false
}

// subject is what of a write is hashed.
func (o *owners) subject(l *lane, w *write) uint64 {
	switch {
	case o.route == RouteTenant:
		return uint64(l.config.Keys.tenantOf(w.key))
	case o.by == ByID:
		return w.id
	}
	return uint64(w.key)
}

// lessLoaded returns the partition with fewer operations waiting and in
// service; the first if they have as many. Under random keys it is a random
// one that comes first (the supermarket model with two choices: Vvedenskaya,
// Dobrushin and Karpelevich 1996; Mitzenmacher 2001, "The power of two choices
// in randomized load balancing").
func (r *router) lessLoaded(a, b uint16) uint16 {
	p, q := &r.s.partitions[a], &r.s.partitions[b]
	if q.busy.n()+q.waiting() < p.busy.n()+p.waiting() {
		return b
	}
	return a
}

// stick returns the partition that a lane's writes go to at present: until its
// batch there is full or closes, then the next has its turn, so that batches
// fill although nothing binds a key to a partition (the sticky partitioner of
// Apache Kafka, KIP-480). Without batches it is a round robin.
func (r *router) stick(l *lane, o *owners) uint16 {
	at := &r.sticky[l.index]
	if int(at.partition) >= o.partitions {
		*at = stickyPlace{}
	}
	partition := at.partition
	at.taken++
	if at.taken >= l.config.Batch.Size {
		*at = stickyPlace{partition: uint16((uint64(partition) + 1) % o.count)}
	}
	return partition
}

// closed tells the router that a lane's batch for a partition has lingered
// long enough.
func (r *router) closed(l *lane, partition uint16) {
	if r.sticky == nil || r.sticky[l.index].partition != partition {
		return
	}
	r.sticky[l.index] = stickyPlace{partition: uint16((uint64(partition) + 1) % r.count)}
}

// idsGrow reports whether each new ID of a lane sorts behind all others.
func (l *lane) idsGrow() bool {
	return l.allocator != nil && l.allocator.config.Strategy.ordered()
}

// reset begins a new window.
func (r *router) reset() {
	r.tally, r.before = routerTally{}, routerTally{}
	r.move.time.reset(r.s.y.sim.Now())
}

// rangeLoad counts the writes to the partitions of a range route, the recent
// ones more than those of long ago.
type rangeLoad struct {
	writes []uint64
	total  int
}

// rangeMemory is the number of writes between halvings of the counts.
const rangeMemory = 1 << 16

func (v *rangeLoad) add(partition uint16) {
	v.writes[partition]++
	if v.total++; v.total == rangeMemory {
		v.total = rangeMemory / 2
		for i := range v.writes {
			v.writes[i] /= 2
		}
	}
}

// resize makes room for at least so many partitions.
func (v *rangeLoad) resize(partitions int) {
	if v == nil || len(v.writes) >= partitions {
		return
	}
	v.writes = append(v.writes, make([]uint64, partitions-len(v.writes))...)
}

// of returns the counts of so many partitions: zeros if nothing was counted.
func (v *rangeLoad) of(partitions int) []uint64 {
	if v == nil {
		return make([]uint64, partitions)
	}
	return v.writes[:partitions]
}
