package breach

import (
	"fmt"
	"slices"
	"strings"

	"onepen/models"
	"onepen/sim"
)

// Kind is what can break.
type Kind uint8

// The kinds, in the order of a write's way.
const (
	Allocator Kind = iota
	Queue
	Storage
	HotKey
	Uniqueness
	Ordering
	Duplication
	Durability
	Consumers
)

var kinds = [...]string{"allocator", "queue", "storage", "hot_key", "uniqueness", "ordering", "duplication", "durability", "consumers"}

func (k Kind) String() string { return kinds[k] }

// Names lists all kinds: "allocator, queue, …".
func Names() string { return strings.Join(kinds[:], ", ") }

// Breach is the first time that something broke.
type Breach struct {
	Kind  Kind
	Name  string   // of the allocator, of the store, or else of the lane
	What  string   // it is, for people: "the CPUs of both nodes of `orders`"
	At    sim.Time // when
	Piled uint64   // writes that had piled up when it was certain; of a promise, writes that broke it
}

// Watcher looks at the samples of one run, in their order.
type Watcher struct {
	allocators, stores []pile
	queues, consumers  []pile // of lanes
	groups             []int  // of lanes: the largest in which writes arrive together
	found              []Breach
}

// New returns a watcher of a run of a scenario.
func New(s *models.Scenario) *Watcher {
	w := &Watcher{
		allocators: make([]pile, len(s.Allocators)), stores: make([]pile, len(s.Stores)),
		queues: make([]pile, len(s.Lanes)), consumers: make([]pile, len(s.Lanes)), groups: make([]int, len(s.Lanes)),
	}
	for i := range s.Lanes {
		w.groups[i] = s.Lanes[i].Arrivals.Group
	}
	return w
}

// Breaches returns the first breach of each kind so far, the earliest first.
func (w *Watcher) Breaches() []Breach { return slices.Clone(w.found) }

// note files a breach unless one of its kind was found before.
func (w *Watcher) note(b Breach) {
	if slices.ContainsFunc(w.found, func(old Breach) bool { return old.Kind == b.Kind }) {
		return
	}
	at, _ := slices.BinarySearchFunc(w.found, b.At, func(old Breach, at sim.Time) int {
		if old.At <= at {
			return -1
		}
		return 1
	})
	w.found = slices.Insert(w.found, at, b)
}

// See takes note of a sample; s is the scenario as it is at that moment.
func (w *Watcher) See(s *models.Scenario, x *models.Snapshot) {
	for i := range x.Allocators {
		w.seeAllocator(s, x, i)
	}
	for i := range x.Stores {
		w.seeStore(s, x, i)
	}
	for i := range x.Lanes {
		w.seePromises(x, i)
		w.seeConsumers(x, i)
	}
}

// told says how the breaking of each of models.Promises is told.
var told = map[string]struct {
	kind Kind
	what string
}{
	"acked_lost":    {Durability, "the promise to keep what was acked of `%s`"},
	"duplicates":    {Duplication, "the promise to store each write of `%s` once"},
	"id_collisions": {Uniqueness, "the promise that no two writes of `%s` have one ID"},
	"out_of_order":  {Ordering, "the order of writes to one key of `%s`"},
}

// seePromises looks for broken promises of a lane.
func (w *Watcher) seePromises(x *models.Snapshot, i int) {
	l := &x.Lanes[i]
	for _, p := range models.Promises() {
		if n := p.Of(&l.Totals); n > 0 {
			tell := told[p.Name]
			w.note(Breach{Kind: tell.kind, Name: l.Name, What: fmt.Sprintf(tell.what, l.Name), At: x.Time, Piled: n})
		}
	}
}

// seeConsumers looks for a pile of writes that readers do not see.
func (w *Watcher) seeConsumers(x *models.Snapshot, i int) {
	l, p := &x.Lanes[i], &w.consumers[i]
	if p.see(x.Time, l.Consuming >= full, float64(l.Unseen), l.Totals.Committed, w.groups[i]) {
		w.note(Breach{Kind: Consumers, Name: l.Name, What: fmt.Sprintf("the consumers of `%s`", l.Name), At: p.at, Piled: uint64(l.Unseen)})
	}
}

// seeAllocator looks for a pile of writes without IDs.
func (w *Watcher) seeAllocator(s *models.Scenario, x *models.Snapshot, i int) {
	a, p := &x.Allocators[i], &w.allocators[i]
	came, group := w.traffic(x, func(lane int) bool { return s.Lanes[lane].IDs == a.Name })
	if p.see(x.Time, a.Utilization >= full || a.Stalled > 0, float64(a.Waiting), came, group) {
		w.note(Breach{Kind: Allocator, Name: a.Name, What: fmt.Sprintf("the allocator `%s`", a.Name), At: p.at, Piled: uint64(a.Waiting)})
	}
}

// traffic returns the attempts that have begun in some lanes, and the largest
// group of them.
func (w *Watcher) traffic(x *models.Snapshot, of func(lane int) bool) (came uint64, group int) {
	group = 1
	for i := range x.Lanes {
		if of(i) {
			came += x.Lanes[i].Totals.Attempts()
			group = max(group, w.groups[i])
		}
	}
	return came, group
}
