package models

import "onepen/sim"

// routing is what decides which partition owns a write.
type routing struct {
	route      Route
	by         RouteBy
	partitions int
	bucket     sim.Time
	virtual    int
	salt       int
	saltAbove  float64
}

func (s *Store) routing() routing {
	return routing{s.Route, s.RouteBy, s.Partitions, s.Bucket, s.Virtual, s.Salt, s.SaltAbove}
}

// owners says which partitions own what, with h = splitmix64 of the key, or
// of the ID if writes are spread by it, and M partitions:
//
//	hash         h mod M
//	modulo       (key - 1) mod M
//	ring         the next virtual node at or after h
//	range        the range of sorted positions that holds h: what is popular
//	             has nothing to do with the order of sorting
//	time_bucket  splitmix64(instant / bucket) mod M
//	time_source  splitmix64(splitmix64(instant / bucket) xor key) mod M
//	tenant       splitmix64(tenant of the key) mod M
//	salted       (h + j) mod M, with j = 0 to salt-1 for a hot key, else 0
//	two_choices  h mod M, or another one that splitmix64(h) names
//	sticky       any
//
// Invariant: it does not change once made.
type owners struct {
	routing
	count uint64 // of partitions
	arcs  arcs   // of ring and range
}

// newOwners makes the owners for a routing. Those of before, if any, and the
// load of their partitions decide which ranges are split.
func newOwners(r routing, before *owners, load []uint64) *owners {
	o := &owners{routing: r, count: uint64(r.partitions)}
	switch {
	case r.route == RouteRing:
		o.arcs = newRing(r.partitions, r.virtual)
	case r.route != RouteRange:
	case before == nil || before.route != RouteRange || before.by != r.by:
		o.arcs = newRanges(r.partitions)
	case before.partitions == r.partitions:
		o.arcs = before.arcs
	default:
		o.arcs = before.arcs.resized(r.partitions, load)
	}
	return o
}

// hash returns the h of a key, an ID or a tenant.
func (o *owners) hash(subject uint64) uint64 {
	if o.route == RouteModulo {
		return subject - 1
	}
	return splitmix64(subject)
}

// home returns the one partition that owns a hash h, for routes that have one
// owner for it; for salted the one of the keys that are not hot.
func (o *owners) home(h uint64) uint16 {
	if o.route == RouteRing || o.route == RouteRange {
		return o.arcs.owner(h)
	}
	return uint16(h % o.count)
}

// pair returns the two partitions that two_choices has for a hash. They are
// distinct if there are two, and every pair is as likely as any other.
func (o *owners) pair(h uint64) (a, b uint16) {
	first := h % o.count
	if o.count == 1 {
		return 0, 0
	}
	second := splitmix64(h) % (o.count - 1)
	if second >= first {
		second++
	}
	return uint16(first), uint16(second)
}

// salted returns the partition of the sub-key of a hot key that takes the
// n-th write: sub-keys take turns, in another order in each round, so that a
// trace with a period does not meet the same sub-key for ever.
func (o *owners) salted(h, n uint64) uint16 {
	salt := uint64(o.salt)
	sub := (n + splitmix64(n/salt)) % salt
	return uint16((h%o.count + sub) % o.count)
}

// inBucket returns the partition that takes a source in a bucket of time.
func (o *owners) inBucket(at sim.Time, source uint64) uint16 {
	return uint16(splitmix64(splitmix64(uint64(at/o.bucket))^source) % o.count)
}

// ofBucket returns the partition that takes all writes of a bucket of time.
func (o *owners) ofBucket(at sim.Time) uint16 {
	return uint16(splitmix64(uint64(at/o.bucket)) % o.count)
}

// owned reports whether what is written to a key stays with certain
// partitions, to which it must be moved when they change. Under the other
// routes a key is in all partitions anyway.
func (o *owners) owned() bool {
	switch o.route {
	case RouteTimeBucket, RouteTimeSource, RouteSticky:
		return false
	}
	return true
}

// width is the number of partitions that a read must ask. A hot key is one
// that is salted.
func (o *owners) width(hot bool) int {
	switch {
	case !o.owned():
		return o.partitions
	case o.route == RouteTwoChoices:
		return min(2, o.partitions)
	case hot:
		return min(o.salt, o.partitions)
	}
	return 1
}

// splitmix64 mixes a number so that neighbours land far apart (Steele, Lea
// and Flood 2014, fig. 17, with the constants of Stafford's variant 13). It is
// a bijection.
func splitmix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
