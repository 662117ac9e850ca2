package verdict

import (
	"cmp"
	"math"
	"slices"

	"onepen/models"
)

// Verdict is the place that the writers fight over.
type Verdict struct {
	Place Place
	Name  string // of the allocator or the store; of the lane whose queue it is
	// Partition is the one that they fight over, of the store named; -1 if it is
	// not a single one.
	Partition int
	// Why names what of the writes brings them all to the partition: key k42, all of
	// now. It is "" where that is not known, or is no single partition.
	Why string
	// CPUs tells that they fight over the CPUs of the store's nodes and not over the
	// servers of its partitions: over those of one Node, or of all if that is -1.
	CPUs bool
	Node int
	// Lock tells that they wait for the locks of keys: of the key that brings much of
	// its writes to the Partition, if that is named.
	Lock bool
	// Quorum tells that they wait for replicas of the store that are down.
	Quorum bool
	// Down tells that the place, or Down partitions of the store, crashed and are
	// not yet back: writes wait for that, or are refused.
	Down int

	Utilization float64 // of the place [0,1]
	Piled       float64 // writes that wait there
	Share       float64 // of the time of the writes that pass it [0,1]; NaN if none was committed
	// Queued is how many writes wait in queues because of the place, beyond
	// those that wait there.
	Queued float64
}

// Same reports whether two verdicts name the same place; a partition is the same
// whether its servers or the lock of its key are waited for, and another one if
// the same key is there now.
func (v *Verdict) Same(o *Verdict) bool {
	partition := v.Partition == o.Partition || v.Why != "" && v.Why == o.Why
	return v.Place == o.Place && v.Name == o.Name && partition && v.CPUs == o.CPUs && v.Node == o.Node && v.Quorum == o.Quorum
}

// Place is where writers can fight.
type Place uint8

// The places.
const (
	PlaceNone      Place = iota // nowhere: the path keeps up
	PlaceAllocator              // for IDs
	PlaceQueue                  // for the workers of a queue
	PlaceStore                  // for the servers of a store or of one partition
)

var places = [...]string{"nothing", "allocator", "queue", "store"}

func (p Place) String() string { return places[p] }

const (
	// contended is the busy fraction from which a place counts as fought over:
	// a visit to an M/M/1 server takes 1/(1-0.7) > 3 services (Kleinrock 1975,
	// Queueing Systems I, eq. 3.26).
	contended = 0.7
	// saturated is the busy fraction from which a place is taken to hold up
	// what waits in front of it.
	saturated = 0.9
	// apart is how much busier than the mean of the others one partition must
	// be to bear the blame alone: an M/M/1 server 0.15 busier than a contended
	// one keeps its visitors twice as long (same source).
	apart = 0.15
)

// Verdict names the contended place with the most writes piled up at it, one
// at least: a server that is always busy and never waited for is no trouble. For
// writes that wait in a queue it looks behind the queue: workers that are busy
// because a partition holds them up are not what the writers fight over. What is
// down comes before what is busy, and locks of keys hold writes up whatever is
// busy. Where nothing is contended, it names the busiest place all the same, as
// PlaceNone.
func (p *Path) Verdict() Verdict { return worst(p.candidates()) }

// VerdictFor is the verdict on the way of the writes of a lane; where that is
// free, on the whole path.
func (p *Path) VerdictFor(lane string) Verdict {
	if v := p.VerdictOn(lane); v.Place != PlaceNone {
		return v
	}
	return p.Verdict()
}

// VerdictOn is the verdict on the way of the writes of a lane alone.
func (p *Path) VerdictOn(lane string) Verdict {
	l := p.lane(lane)
	return worst(slices.DeleteFunc(p.candidates(), func(v Verdict) bool { return l == nil || !v.passes(l) }))
}

// passes reports whether the writes of a lane come by the place.
func (v *Verdict) passes(l *Lane) bool {
	switch v.Place {
	case PlaceAllocator:
		return v.Name == l.IDs
	case PlaceQueue:
		return v.Name == l.Name
	}
	return v.Name == l.Store
}

// worst returns the place of some that is fought over most.
func worst(candidates []Verdict) Verdict {
	slices.SortStableFunc(candidates, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(min(b.Down, 1), min(a.Down, 1)), cmp.Compare(b.Waiting(), a.Waiting()))
	})
	busiest := Verdict{Partition: -1, Share: math.NaN(), Utilization: math.NaN()}
	for _, c := range candidates {
		if c.Down > 0 || c.Lock || c.Utilization >= contended && c.Waiting() >= 1 {
			return c
		}
		if !math.IsNaN(c.Utilization) && !(c.Utilization <= busiest.Utilization) {
			busiest = c
		}
	}
	busiest.Place = PlaceNone
	return busiest
}

// Waiting is how many writes wait because of the place.
func (v *Verdict) Waiting() float64 { return v.Piled + v.Queued }

// candidates lists every place with what is known of it.
func (p *Path) candidates() []Verdict {
	var found []Verdict
	for i := range p.Allocators {
		a := &p.Allocators[i]
		found = append(found, Verdict{
			Place: PlaceAllocator, Name: a.Name, Partition: -1,
			Utilization: a.Utilization, Piled: a.Waiting, Down: one(a.Down && a.Waiting >= 1),
			Share: p.share(func(l *Lane) bool { return l.IDs == a.Name }, models.StageAllocator),
		})
	}
	for i := range p.Stores {
		s := &p.Stores[i]
		found = append(found, p.candidate(s))
		if s.Short {
			found = append(found, p.quorum(s))
		}
		if v, ok := p.locks(s); ok {
			found = append(found, v)
		}
	}
	for i := range p.Lanes {
		l := &p.Lanes[i]
		if !l.Queued || p.heldUp(l) != nil && !l.Down {
			continue // counted with the store
		}
		found = append(found, Verdict{
			Place: PlaceQueue, Name: l.Name, Partition: -1,
			Utilization: l.Busy, Piled: l.Depth[models.StageQueue], Down: one(l.Down),
			Share: p.share(func(other *Lane) bool { return other == l }, models.StageQueue),
		})
	}
	return found
}

// candidate says what is known of a store.
func (p *Path) candidate(s *Store) Verdict {
	v := Verdict{Place: PlaceStore, Name: s.Name, Partition: -1, Utilization: s.Mean()}
	if hot := s.Blamed(); hot >= 0 {
		v.Partition, v.Utilization = hot, s.HotLoad
	}
	if hot, n := s.down(); n > 0 {
		v.Down, v.Partition = n, hot
	}
	stages := []models.Stage{models.StageLine, models.StageKeyLock}
	if busy, node, waiting, ok := s.machines(); ok && v.Down == 0 {
		v.CPUs, v.Node, v.Partition = true, node, -1
		v.Utilization, v.Piled = busy, waiting
		stages = append(stages, models.StageService) // in which they wait for a CPU
	}
	if v.Down == 0 {
		v.Why = s.why(v.Partition)
	}
	for i := range p.Lanes {
		l := &p.Lanes[i]
		if l.Store != s.Name {
			continue
		}
		if v.Down == 0 { // what is down has no line: those of others are not its doing
			v.Piled += l.Depth[models.StageLine] + l.Depth[models.StageKeyLock]
		}
		if p.heldUp(l) == s {
			v.Queued += l.Depth[models.StageQueue]
			stages = append(stages, models.StageQueue)
		}
	}
	slices.Sort(stages)
	v.Share = p.share(func(l *Lane) bool { return l.Store == s.Name }, slices.Compact(stages)...)
	return v
}
