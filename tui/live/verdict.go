package live

import (
	"math"
	"slices"

	"onepen/models"
)

// Verdict answers, from one frame: what are the writers fighting over?
type Verdict struct {
	Place Place
	Name  string // of the allocator or the store; of the lane whose queue it is
	// Partition is the one that they fight over, of the store named; -1 if it is
	// not a single one.
	Partition int

	Utilization float64 // of the place [0,1]
	Piled       float64 // writes that wait there
	Share       float64 // of the time of the writes that pass it [0,1]; NaN if none was committed
	// Queued is how many writes wait in queues because of the place, beyond
	// those that wait there.
	Queued float64
}

// Place is where writers can fight.
type Place uint8

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
	// Queueing Systems I, eq. 3.26). It is where the heat scale turns hot.
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
// because a partition holds them up are not what the writers fight over.
func (f *Frame) Verdict() Verdict {
	candidates := f.candidates()
	slices.SortStableFunc(candidates, func(a, b Verdict) int {
		switch at, bt := a.Piled+a.Queued, b.Piled+b.Queued; {
		case at > bt:
			return -1
		case at < bt:
			return 1
		}
		return 0
	})
	busiest := Verdict{Partition: -1, Share: math.NaN(), Utilization: math.NaN()}
	for _, c := range candidates {
		if c.Utilization >= contended && c.Piled+c.Queued >= 1 {
			return c
		}
		if !math.IsNaN(c.Utilization) && !(c.Utilization <= busiest.Utilization) {
			busiest = c
		}
	}
	busiest.Place = PlaceNone
	return busiest
}

// candidates lists every place with what is known of it.
func (f *Frame) candidates() []Verdict {
	var found []Verdict
	for i := range f.Allocators {
		a := &f.Allocators[i]
		found = append(found, Verdict{
			Place: PlaceAllocator, Name: a.Name, Partition: -1,
			Utilization: a.Utilization, Piled: a.Waiting,
			Share: f.share(func(l *models.Lane) bool { return l.IDs == a.Name }, models.StageAllocator),
		})
	}
	for i := range f.Stores {
		found = append(found, f.storeVerdict(&f.Stores[i]))
	}
	for i := range f.Lanes {
		l := &f.Lanes[i]
		if f.heldUp(l) != nil || l.Now.QueueMode == models.QueueNone {
			continue // counted with the store
		}
		found = append(found, Verdict{
			Place: PlaceQueue, Name: l.Name, Partition: -1,
			Utilization: l.Busy, Piled: l.Depth[models.StageQueue],
			Share: f.share(func(other *models.Lane) bool { return other.Name == l.Name }, models.StageQueue),
		})
	}
	return found
}

// storeVerdict says what is known of a store.
func (f *Frame) storeVerdict(s *Store) Verdict {
	v := Verdict{Place: PlaceStore, Name: s.Name, Partition: -1, Utilization: s.Mean()}
	if p := s.Blamed(); p >= 0 {
		v.Partition, v.Utilization = p, s.Partitions[p].Utilization
	}
	stages := []models.Stage{models.StageLine, models.StageKeyLock}
	for i := range f.Lanes {
		l := &f.Lanes[i]
		if f.Scenario.Lane(l.Name).Store != s.Name {
			continue
		}
		v.Piled += l.Depth[models.StageLine] + l.Depth[models.StageKeyLock]
		if f.heldUp(l) == s {
			v.Queued += l.Depth[models.StageQueue]
			stages = append(stages, models.StageQueue)
		}
	}
	v.Share = f.share(func(l *models.Lane) bool { return l.Store == s.Name }, stages...)
	return v
}

// heldUp returns the store that keeps the workers of a lane's queue busy, nil
// if there are no writes in a queue or the store has time to spare.
func (f *Frame) heldUp(l *Lane) *Store {
	s := f.Store(f.Scenario.Lane(l.Name).Store)
	if s == nil || len(s.Partitions) == 0 || !(l.Depth[models.StageQueue] >= 1) {
		return nil
	}
	if s.Partitions[s.Hot].Utilization < saturated {
		return nil
	}
	return s
}

// share returns the part of the time of committed writes that those of some
// lanes spend in some stages.
func (f *Frame) share(of func(*models.Lane) bool, stages ...models.Stage) float64 {
	var in, all float64
	for i := range f.Lanes {
		l := &f.Lanes[i]
		if !of(f.Scenario.Lane(l.Name)) || math.IsNaN(l.Parts[0]) {
			continue
		}
		for stage := range models.Stage(models.NumStages) {
			spent := l.Done * l.Parts[stage]
			all += spent
			if slices.Contains(stages, stage) {
				in += spent
			}
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
	for i := range s.Partitions[:s.Active] {
		sum += s.Partitions[i].Utilization
	}
	return sum / float64(s.Active)
}

// Blamed returns the partition that alone is to blame for what waits at the
// store, or -1: one that is contended and clearly busier than the others.
func (s *Store) Blamed() int {
	if s.Active < 2 || s.Hot >= s.Active {
		return -1
	}
	hot, n := s.Partitions[s.Hot].Utilization, float64(s.Active)
	others := (s.Mean()*n - hot) / (n - 1)
	if hot >= contended && hot-others >= apart {
		return s.Hot
	}
	return -1
}
