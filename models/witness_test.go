package models

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"onepen/sim"
)

// witness sees every commit of a system and notes what must not be.
type witness struct {
	y      *System
	steady bool // writes of a lane keep their order in a partition
	unique bool // no ID is handed out twice
	faults []string

	ids      map[*allocator]map[uint64]ownerOfID
	repeated map[*allocator]uint64  // IDs of committed writes that another one has
	ordered  map[[2]uint32]sim.Time // per lane and partition: when the last committed write got its ID
	locked   bool                   // there have been key locks, which order an operation by key
	lanes    []laneWitness
}

// laneWitness is what the witness knows of a lane.
type laneWitness struct {
	seen       map[uint64]bool   // numbers of committed attempts
	latest     map[uint32]uint64 // by key: number, from 1, of the latest write stored
	inversions uint64            // writes stored after a later one of their key
	broken     uint64            // of these, those of a lane that promised their order
	least      Lane              // of what has been in force
	most       Lane
	risk       risk
}

// risk is what a lane has been exposed to that may break a promise to keep
// what was acked.
type risk struct {
	accepted bool // answers on accept, before the write is stored
	dropping bool // a queue that drops, or a store that fails, discards or crashes
	ahead    bool // a leader that crashed had committed without its followers
}

// tolerates reports whether acked writes may be lost.
func (r risk) tolerates() bool { return r.accepted && r.dropping || r.ahead }

func newWitness(y *System, s *session) *witness {
	w := &witness{
		y: y, steady: s.steady, unique: s.unique,
		ids: map[*allocator]map[uint64]ownerOfID{}, repeated: map[*allocator]uint64{}, ordered: map[[2]uint32]sim.Time{},
	}
	for _, a := range y.allocators {
		w.ids[a] = map[uint64]ownerOfID{}
	}
	for _, l := range y.lanes {
		w.lanes = append(w.lanes, laneWitness{seen: map[uint64]bool{}, latest: map[uint32]uint64{}, least: *l.config, most: *l.config})
	}
	w.widen(Fault{})
	return w
}

// widen takes the parameters now in force into the limits and risks, and a
// fault that has begun.
func (w *witness) widen(f Fault) {
	for _, s := range w.y.stores {
		w.locked = w.locked || s.config.KeyLock
	}
	for i, l := range w.y.lanes {
		x, now := &w.lanes[i], l.config
		x.least.Batch.Size, x.most.Batch.Size = min(x.least.Batch.Size, now.Batch.Size), max(x.most.Batch.Size, now.Batch.Size)
		x.least.Batch.Linger, x.most.Batch.Linger = min(x.least.Batch.Linger, now.Batch.Linger), max(x.most.Batch.Linger, now.Batch.Linger)
		x.most.Batch.Aligned = x.most.Batch.Aligned || now.Batch.Aligned
		x.risk.widen(l, f)
	}
}

// widen adds what a lane is now exposed to.
func (r *risk) widen(l *lane, f Fault) {
	q, st := &l.config.Queue, l.store.config
	hits := func(section, name string) bool {
		return f.Kind == Crash && strings.HasPrefix(f.Target, section+"."+name+".")
	}
	safe := q.Mode == QueueDurable && q.SyncEvery == 0
	crash := hits(sectionStores, st.Name)
	r.accepted = r.accepted || l.config.Ack == AckAccept
	r.dropping = r.dropping || q.WhenFull == DropOldest || st.Failure > 0 || l.config.Expired == DiscardExpired ||
		crash || hits(sectionLanes, l.config.Name) && strings.HasSuffix(f.Target, ".queue") && !safe
	r.ahead = r.ahead || crash && st.Replicas > 1
}

func (w *witness) fault(format string, args ...any) {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

func (w *witness) commit(x *write, o *operation) {
	l, now := w.y.lanes[x.lane], w.y.Now()
	if x.offered > x.allocated || x.allocated > x.released || x.released > o.dispatched || o.dispatched > o.started || o.started > now {
		w.fault("%v, write %d goes back in time: %+v in %+v", l, x.n, *x, *o)
	}
	seen := w.lanes[x.lane].seen
	if seen[x.n] {
		w.fault("%v, write %d is committed twice", l, x.n)
	}
	seen[x.n] = true
	w.identity(l, x)
	w.order(l, x)
	if int(x.partition) >= len(l.store.partitions) {
		w.fault("%v, write %d is stored in partition %d of %d", l, x.n, x.partition, len(l.store.partitions))
	}
	w.batch(l, x, o)
	if x.has(stateClient) && w.y.clients.at(x.owner).again > 0 {
		return // its queue has put it before others again
	}
	place := [2]uint32{uint32(x.lane), uint32(x.partition)}
	if w.steady && x.allocated < w.ordered[place] {
		w.fault("%v, partition %d: write %d got its ID at %v and is committed after one of %v", l, x.partition, x.n, x.allocated, w.ordered[place])
	}
	w.ordered[place] = x.allocated
}

// ownerOfID is a write, whichever attempt at it.
type ownerOfID struct {
	l *lane
	n uint64
}

// identity checks that the ID of a write is new, or counts that it is not. What
// a queue delivers again has its ID still.
func (w *witness) identity(l *lane, x *write) {
	if x.id == 0 {
		return
	}
	owner := ownerOfID{l, x.n &^ (0xff << attemptShift)}
	last, taken := w.ids[l.allocator][x.id]
	redelivered := last == owner && x.has(stateClient) && w.y.clients.at(x.owner).again > 0
	if taken && !redelivered {
		w.repeated[l.allocator]++
		if w.unique {
			w.fault("%v, write %d: ID %d is not new", l, x.n, x.id)
		}
	}
	w.ids[l.allocator][x.id] = owner
}

// order counts the writes that are stored after a later one of their key, but
// for those that the store knows already.
func (w *witness) order(l *lane, x *write) {
	if x.has(stateClient) {
		c, retry := w.y.clients.at(x.owner), &l.config.Retry
		if c.stored && retry.Idempotent && w.y.Now()-c.storedAt <= retry.Window {
			return
		}
	}
	seen, n := &w.lanes[x.lane], x.n&(1<<attemptShift-1)+1
	if n < seen.latest[x.key] {
		seen.inversions++
		if l.config.Order == OrderKey {
			seen.broken++
		}
	}
	seen.latest[x.key] = max(seen.latest[x.key], n)
}

// batch checks the limits of a batch: its size, that no write lingered for
// longer than allowed, and that it did not close early without being full.
func (w *witness) batch(l *lane, x *write, o *operation) {
	limits := &w.lanes[l.index]
	lingered := o.dispatched - x.released
	if int(o.count) > limits.most.Batch.Size {
		w.fault("%v: a batch of %d, the size was at most %d", l, o.count, limits.most.Batch.Size)
	}
	if lingered > limits.most.Batch.Linger {
		w.fault("%v: write %d lingered for %v, allowed were %v", l, x.n, lingered, limits.most.Batch.Linger)
	}
	if limits.most.Batch.Aligned || w.locked {
		return // batches close when the clock says so, or their first write is not the oldest
	}
	if w.y.writes.at(o.head) == x && int(o.count) < limits.least.Batch.Size && lingered < limits.least.Batch.Linger {
		w.fault("%v: a batch of %d closed after %v, neither full (%d) nor old (%v)", l, o.count, lingered, limits.least.Batch.Size, limits.least.Batch.Linger)
	}
}

// look fails if anything was noted or does not hold now.
func (w *witness) look(t *rapid.T) {
	if len(w.faults) > 0 {
		t.Fatalf("%s", strings.Join(w.faults, "\n"))
	}
	mustHold(t, w.y)
	for i, l := range w.y.lanes {
		c := l.whole().counts
		seen := &w.lanes[i]
		if stored := c.Committed + c.Duplicates + c.Suppressed; stored != uint64(len(seen.seen)) {
			t.Fatalf("%v: %d attempts stored, %d seen", l, stored, len(seen.seen))
		}
		if c.Inversions != seen.inversions || c.OutOfOrder != seen.broken {
			t.Fatalf("%v: %d inversions counted, %d of them promised not to be; seen were %d and %d", l, c.Inversions, c.OutOfOrder, seen.inversions, seen.broken)
		}
		if c.AckedLost > 0 && !seen.risk.tolerates() {
			t.Fatalf("%v: %d writes acked and lost, against %+v", l, c.AckedLost, seen.risk)
		}
	}
	for _, a := range w.y.allocators {
		if counted := w.collided(a); w.repeated[a] > counted || w.unique && counted > 0 {
			t.Fatalf("allocator %s: %d collisions counted, %d seen", a.config.Name, counted, w.repeated[a])
		}
	}
}

// collided is how often an allocator handed out an ID that it had handed out
// before, as its lanes have counted.
func (w *witness) collided(a *allocator) uint64 {
	n := uint64(0)
	for _, l := range w.y.lanes {
		if l.allocator == a {
			n += l.whole().counts.Collided
		}
	}
	return n
}

// empty fails unless nothing is in flight any more, every worker is free and
// every fault is over.
func (w *witness) empty(t *rapid.T) {
	for _, s := range w.y.stores {
		for number := range s.partitions {
			if p := &s.partitions[number]; p.down != 0 || p.slow.faults != 0 {
				t.Fatalf("store %s, partition %d: down %d times and slow for %d after all faults", s.config.Name, number, p.down, p.slow.faults)
			}
		}
	}
	for _, s := range w.y.stores {
		for number, f := range s.followers {
			if f.down != 0 || f.slow.faults != 0 || len(s.short) > 0 {
				t.Fatalf("store %s, follower %d: down %d times and slow for %d after all faults; %d operations are short of followers", s.config.Name, number, f.down, f.slow.faults, len(s.short))
			}
		}
	}
	for _, a := range w.y.allocators {
		if a.down != 0 || a.slow.faults != 0 {
			t.Fatalf("allocator %s: down %d times and slow for %d after all faults", a.config.Name, a.down, a.slow.faults)
		}
	}
	for _, l := range w.y.lanes {
		if l.queueDown != 0 || l.slow.faults != 0 {
			t.Fatalf("%v: its queue is down %d times and slow for %d after all faults", l, l.queueDown, l.slow.faults)
		}
		if l.inFlight > 0 {
			t.Fatalf("%v: %d writes are still in flight %v after the writers fell silent", l, l.inFlight, quietSpan)
		}
		for number := range l.queues {
			if busy := l.queues[number].busy; busy != 0 {
				t.Fatalf("%v, queue %d: %d workers are busy with nothing", l, number, busy)
			}
		}
	}
}
