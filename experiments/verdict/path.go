package verdict

import (
	"math"

	"onepen/models"
)

// Path is what was measured of a write path over a span. Numbers are means
// over it; NaN stands for what was not measured.
type Path struct {
	Lanes      []Lane
	Allocators []Allocator
	Stores     []Store
}

// Lane is what was measured of a lane.
type Lane struct {
	Name    string
	IDs     string // allocator
	Store   string
	Queued  bool                      // there is a queue before the store
	Workers int                       // of the queue
	Down    bool                      // the queue has crashed, and is not yet back
	Busy    float64                   // busy fraction of the workers [0,1]
	Depth   [models.NumStages]float64 // writes in each stage
	Parts   [models.NumStages]float64 // mean time of a committed write in each stage [s]
	Done    float64                   // what was committed: its number or its rate, for all lanes alike
	Late    float64                   // of Done, for writers that had given up
}

// Allocator is what was measured of an allocator.
type Allocator struct {
	Name        string
	Down        bool    // its counter has crashed, and is not yet back
	Utilization float64 // of the central counter [0,1]
	Waiting     float64 // writes
}

// Store is what was measured of a store.
type Store struct {
	Name       string
	Route      models.Route
	Partitions []Partition // those that own keys
	Hot        int         // the busiest one of all, which may be draining
	HotLoad    float64     // its busy fraction [0,1]
	Short      bool        // writes wait for replicas to come back: too few are up for the quorum
	Nodes      []Node      // machines that partitions share; none if each has its own
}

// Node is what was measured of a machine that partitions share.
type Node struct {
	Utilization float64 // busy fraction of its CPUs [0,1]
	Waiting     float64 // operations that wait for a CPU
}

// Partition is what was measured of a partition.
type Partition struct {
	Down        bool    // has crashed, and is not yet back
	Utilization float64 // busy fraction [0,1]
	TopKey      uint32  // most frequent key; 0 = none
	TopShare    float64 // its share of the partition's writes [0,1]
}

func (p *Path) store(name string) *Store {
	for i := range p.Stores {
		if p.Stores[i].Name == name {
			return &p.Stores[i]
		}
	}
	return nil
}

func (p *Path) lane(name string) *Lane {
	for i := range p.Lanes {
		if p.Lanes[i].Name == name {
			return &p.Lanes[i]
		}
	}
	return nil
}

// heldUp returns the store that keeps the workers of a lane's queue busy, nil
// if there are no writes in a queue or the store has time to spare. Before a
// partition that is down writes wait as well.
func (p *Path) heldUp(l *Lane) *Store {
	s := p.store(l.Store)
	if s == nil || len(s.Partitions) == 0 || !(l.Depth[models.StageQueue] >= 1) || s.HotLoad < saturated && !s.isDown() {
		return nil
	}
	return s
}

// share returns the part of the time of committed writes that those of some
// lanes spend in some stages; NaN if none was committed.
func (p *Path) share(of func(*Lane) bool, stages ...models.Stage) float64 {
	var in, all float64
	for i := range p.Lanes {
		l := &p.Lanes[i]
		if !of(l) || math.IsNaN(l.Parts[0]) {
			continue
		}
		for _, spent := range l.Parts {
			all += l.Done * spent
		}
		for _, stage := range stages {
			in += l.Done * l.Parts[stage]
		}
	}
	if !(all > 0) {
		return math.NaN()
	}
	return in / all
}

// Mean returns the mean busy fraction of the partitions that own keys.
func (s *Store) Mean() float64 {
	sum := 0.0
	for i := range s.Partitions {
		sum += s.Partitions[i].Utilization
	}
	return sum / float64(len(s.Partitions))
}

// machines returns the busy fraction of the CPUs that are fought over, whose
// they are (-1: those of all nodes alike), and how many operations wait for
// them; ok is false if the CPUs are not what holds operations up. A partition
// whose operation waits for a CPU is busy too, so busy CPUs explain busy
// partitions and not the other way round.
func (s *Store) machines() (busy float64, node int, waiting float64, ok bool) {
	hot, sum := 0, 0.0
	for i := range s.Nodes {
		sum += s.Nodes[i].Utilization
		waiting += s.Nodes[i].Waiting
		if s.Nodes[i].Utilization > s.Nodes[hot].Utilization {
			hot = i
		}
	}
	if !(waiting >= 1) || !(s.Nodes[hot].Utilization >= contended) {
		return 0, -1, 0, false
	}
	n := float64(len(s.Nodes))
	most := s.Nodes[hot].Utilization
	if others := (sum - most) / (n - 1); n > 1 && most-others >= apart {
		return most, hot, waiting, true
	}
	return sum / n, -1, waiting, true
}

// Blamed returns the partition that alone is to blame for what waits at the
// store, or -1: one that is contended and clearly busier than the others.
func (s *Store) Blamed() int {
	n := float64(len(s.Partitions))
	if n < 2 || s.Hot >= len(s.Partitions) {
		return -1
	}
	others := (s.Mean()*n - s.HotLoad) / (n - 1)
	if s.HotLoad >= contended && s.HotLoad-others >= apart {
		return s.Hot
	}
	return -1
}
