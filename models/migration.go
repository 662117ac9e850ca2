package models

import "onepen/sim"

// migration moves keys to new owners, at a rate, chunk by chunk. A key is in
// the chunk that its own hash u names; those of a chunk change hands together,
// when the time is over that moving them takes, so that a key has moved when
// u is below the progress:
//
//	chunk       0     1     2     3     4    …   99
//	owners     new   new   new   old   old  …   old
//	                              └ on the move
//
// Until then a key belongs to its old partition. Meanwhile every partition
// that gives or takes keys loses a share of its capacity, MoveCost: what it
// begins takes 1/(1-MoveCost) times as long.
//
// Owners that change again during a migration begin another one. Chunks that
// had moved move on from where they are, the others straight from their old
// owners: each chunk stays with the owners it has until its turn comes.
//
// A key moves if it has a certain partition and that changes. Under routes
// that put a key anywhere nothing moves; from such a route to another, each
// key is gathered from all partitions.
type migration struct {
	next  int             // chunk on the move; chunks if there is none
	homes [chunks]*owners // of each chunk, during a migration
	keys  [chunks]float64 // that move with each chunk
	left  float64         // of them, in the chunk on the move at the instant since
	since sim.Time
	rate  float64 // keys per second
	timer sim.Timer
	over  sim.Target // the chunk on the move has moved

	total, moved float64 // keys of this migration, or of the last one
	share        float64 // of the store's keys that this is
	time         level   // 1 during migrations
}

// chunks is the number of parts of a migration.
const chunks = 100

// chunkOf returns the chunk of a key or ID.
func chunkOf(x uint64) int {
	// Another hash than the one that finds the owner, on which the chunk must
	// not depend.
	u := splitmix64(x ^ 0x6a09e667f3bcc909) // fraction of √2
	return int((u >> 32) * chunks >> 32)
}

func (m *migration) underWay() bool { return m.next < chunks }

// progress is the share of the keys on the move that have moved; 1 if no key
// is on the move.
func (m *migration) progress() float64 {
	if !m.underWay() {
		return 1
	}
	return m.moved / m.total
}

// ownersOf returns the owners that a write's chunk has now.
func (r *router) ownersOf(w *write) *owners {
	switch {
	case !r.move.underWay():
		return r.current
	case r.current.by == ByID:
		return r.move.homes[chunkOf(w.id)]
	}
	return r.move.homes[chunkOf(uint64(w.key))]
}

// migrate begins to move all keys to other owners. Without a limit to the rate
// it is done at once.
func (r *router) migrate(to *owners) {
	m, now := &r.move, r.s.y.sim.Now()
	if !m.underWay() {
		for c := range m.homes {
			m.homes[c] = r.current
		}
	}
	r.s.y.sim.Cancel(m.timer)
	r.survey(to)
	r.current = to
	r.load = nil // is measured anew
	m.next, m.left, m.moved = 0, m.keys[0], 0
	m.since, m.rate = now, r.s.config.MoveRate
	if m.total > 0 {
		r.tally.moves++
	}
	m.time.set(now, 1)
	r.advance()
	r.equip()
}

// advance ends the moves that take no more time and waits for the next.
func (r *router) advance() {
	m, y := &r.move, r.s.y
	for m.underWay() {
		if span := sim.FromSeconds(m.left / m.rate); span > 0 {
			m.timer = y.sim.ScheduleTimer(y.sim.Now()+min(span, sim.Never-y.sim.Now()), m.over, 0)
			return
		}
		m.homes[m.next] = r.current
		m.moved += m.keys[m.next]
		r.tally.moved += m.keys[m.next]
		if m.next++; m.underWay() {
			m.left, m.since = m.keys[m.next], y.sim.Now()
		}
	}
	m.homes = [chunks]*owners{}
	m.time.set(y.sim.Now(), 0)
	for i := range r.s.partitions {
		r.s.partitions[i].moving = false
	}
}

// endChunk gives the chunk on the move to its new owners, with all writes to
// it that still wait in queues.
func (r *router) endChunk(uint32) {
	r.move.left = 0
	r.advance()
	if !r.move.underWay() {
		r.equip()
	}
	for _, l := range r.s.lanes {
		l.rearrange()
	}
	for _, l := range r.s.lanes {
		l.pump()
	}
}

// changeRate moves what is left at the rate that is now asked for, and reports
// whether this gave keys to their new owners at once.
func (r *router) changeRate() bool {
	m, now, before := &r.move, r.s.y.sim.Now(), r.move.next
	if m.underWay() {
		r.s.y.sim.Cancel(m.timer)
		m.left = max(m.left-float64((now-m.since).Seconds()*m.rate), 0)
		m.since, m.rate = now, r.s.config.MoveRate
		r.advance()
		r.equip()
	}
	m.rate = r.s.config.MoveRate
	return m.next != before
}

// slowed is the time that work takes in a partition that gives or takes keys.
func (r *router) slowed(work sim.Time) sim.Time {
	return sim.FromSeconds(work.Seconds() / (1 - r.s.config.MoveCost))
}

// surveyed is the number of keys that a survey looks at. Where there are more,
// the share of those that move has a standard error of at most
// 1/(2 √surveyed) = 0.14 %.
const surveyed = 1 << 17

// survey finds out how many keys of each chunk would move to other owners, and
// marks the partitions that give or take them. A store that spreads its writes
// by ID is taken to hold as many of them as there are keys.
func (r *router) survey(to *owners) {
	m := &r.move
	m.keys, m.total, m.share = [chunks]float64{}, 0, 0
	for i := range r.s.partitions {
		r.s.partitions[i].moving = false
	}
	if len(r.s.lanes) == 0 {
		return // there are no keys
	}
	keys := r.keys()
	n := min(keys.Space, surveyed)
	weight := float64(keys.Space) / float64(n) // keys that a surveyed one stands for
	for i := range n {
		key := uint32(uint64(i)*uint64(keys.Space)/uint64(n)) + 1
		c := chunkOf(uint64(key))
		m.keys[c] += r.moves(m.homes[c], to, keys, key)
	}
	for c := range m.keys {
		m.keys[c] = float64(m.keys[c] * weight)
		m.total += m.keys[c]
	}
	m.share = m.total / float64(keys.Space)
}

// keys returns what says which keys the store has: those of the lane with the
// most, as lanes share them.
func (r *router) keys() *Keys {
	keys := &r.s.lanes[0].config.Keys
	for _, l := range r.s.lanes {
		if l.config.Keys.Space > keys.Space {
			keys = &l.config.Keys
		}
	}
	return keys
}

// moves returns the share of what has been written to a key that another
// partition gets, and marks the partitions that give or take it.
func (r *router) moves(from, to *owners, keys *Keys, key uint32) float64 {
	here, there := from.holders(keys, key), to.holders(keys, key)
	if there.n == 0 {
		return 0
	}
	if here.n == 0 { // in all partitions
		kept := 0
		for _, p := range there.held() {
			if int(p) < from.partitions {
				kept++
			}
			r.s.partitions[p].moving = true
		}
		for p := range from.partitions {
			r.s.partitions[p].moving = true
		}
		return 1 - float64(kept)/float64(from.partitions)
	}
	gone := 0
	for _, p := range here.held() {
		if !there.has(p) {
			r.s.partitions[p].moving = true
			gone++
		}
	}
	if gone == 0 {
		return 0
	}
	for _, p := range there.held() {
		if !here.has(p) {
			r.s.partitions[p].moving = true
		}
	}
	return float64(gone) / float64(here.n)
}

// holders are the partitions that hold what has been written to a key, in
// equal shares; none stands for all partitions.
type holders struct {
	at [2]uint16
	n  int
}

func (h *holders) held() []uint16 { return h.at[:h.n] }

func (h *holders) has(p uint16) bool {
	return h.n > 0 && h.at[0] == p || h.n > 1 && h.at[1] == p
}

// holders returns the partitions that hold what has been written to a key. IDs
// are stood in for by numbers that are no keys.
func (o *owners) holders(keys *Keys, key uint32) holders {
	subject := uint64(key)
	switch {
	case !o.owned():
		return holders{}
	case o.route == RouteTenant:
		subject = uint64(keys.tenantOf(key))
	case o.by == ByID:
		subject |= 1 << 40
	}
	h := o.hash(subject)
	if o.route != RouteTwoChoices || o.count == 1 {
		return holders{[2]uint16{o.home(h)}, 1}
	}
	a, b := o.pair(h)
	return holders{[2]uint16{a, b}, 2}
}
