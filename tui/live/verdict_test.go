package live

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onepen/models"
)

// calm returns a frame of penScenario in which nothing is contended: every
// server is busy a third of the time, and nothing waits.
func calm(t *testing.T) *Frame {
	f := &Frame{
		Scenario:   penScenario(t),
		Lanes:      []Lane{{Name: "orders", Done: 950}, {Name: "events", Done: 2000}},
		Allocators: []Allocator{{Name: "counter", Strategy: models.Central, Utilization: 0.33}},
		Stores: []Store{
			{Name: "shelf", Partitions: make([]Partition, 4), Active: 4},
			{Name: "log", Partitions: make([]Partition, 2), Active: 2},
		},
	}
	for i := range f.Stores {
		for k := range f.Stores[i].Partitions {
			f.Stores[i].Partitions[k].Utilization = 0.3
		}
	}
	f.Lanes[1].Now.QueueMode = models.QueueDurable
	f.Lanes[0].Parts[models.StageService] = 0.002
	f.Lanes[1].Parts[models.StageService] = 0.001
	return f
}

func TestVerdict(t *testing.T) {
	busy := func(s *Store, loads ...float64) {
		for i, u := range loads {
			s.Partitions[i].Utilization = u
			if u > s.Partitions[s.Hot].Utilization {
				s.Hot = i
			}
		}
	}
	for _, test := range []struct {
		name string
		make func(f *Frame)
		want Verdict
	}{
		{
			name: "nothing: the busiest place is named all the same",
			make: func(*Frame) {},
			want: Verdict{Place: PlaceNone, Name: "counter", Partition: -1, Utilization: 0.33, Share: 0},
		},
		{
			name: "an allocator; 18 ms of the 20 of a write",
			make: func(f *Frame) {
				f.Allocators[0].Utilization, f.Allocators[0].Waiting = 0.98, 18
				f.Lanes[0].Parts[models.StageAllocator] = 0.018
			},
			want: Verdict{Place: PlaceAllocator, Name: "counter", Partition: -1, Utilization: 0.98, Piled: 18, Share: 0.9},
		},
		{
			name: "busy, but nobody waits",
			make: func(f *Frame) { f.Allocators[0].Utilization, f.Allocators[0].Waiting = 0.98, 0.4 },
			want: Verdict{Place: PlaceNone, Name: "counter", Partition: -1, Utilization: 0.98, Piled: 0.4, Share: 0},
		},
		{
			name: "one hot partition",
			make: func(f *Frame) {
				busy(&f.Stores[0], 0.3, 0.3, 0.99, 0.3)
				f.Lanes[0].Depth[models.StageLine] = 300
				f.Lanes[0].Depth[models.StageKeyLock] = 10
				f.Lanes[0].Parts[models.StageLine] = 0.006
			},
			want: Verdict{Place: PlaceStore, Name: "shelf", Partition: 2, Utilization: 0.99, Piled: 310, Share: 0.75},
		},
		{
			name: "all partitions alike: none of them is to blame",
			make: func(f *Frame) {
				busy(&f.Stores[0], 0.92, 0.9, 0.96, 0.94)
				f.Lanes[0].Depth[models.StageLine] = 40
			},
			want: Verdict{Place: PlaceStore, Name: "shelf", Partition: -1, Utilization: 0.93, Piled: 40, Share: 0},
		},
		{
			name: "a queue whose workers are too few",
			make: func(f *Frame) {
				f.Lanes[1].Busy, f.Lanes[1].Depth[models.StageQueue] = 1, 5000
				f.Lanes[1].Parts[models.StageQueue] = 0.003
			},
			want: Verdict{Place: PlaceQueue, Name: "events", Partition: -1, Utilization: 1, Piled: 5000, Share: 0.75},
		},
		{
			name: "a queue that waits for a hot partition: the partition is fought over",
			make: func(f *Frame) {
				busy(&f.Stores[1], 0.2, 1)
				f.Lanes[1].Busy, f.Lanes[1].Depth[models.StageQueue] = 1, 5000
				f.Lanes[1].Depth[models.StageLine] = 8
				f.Lanes[1].Parts[models.StageQueue] = 0.003
			},
			want: Verdict{Place: PlaceStore, Name: "log", Partition: 1, Utilization: 1, Piled: 8, Queued: 5000, Share: 0.75},
		},
		{
			name: "of two, the one with more writes waiting",
			make: func(f *Frame) {
				f.Allocators[0].Utilization, f.Allocators[0].Waiting = 0.98, 18
				busy(&f.Stores[1], 0.95, 0.95)
				f.Lanes[1].Depth[models.StageLine] = 19
			},
			want: Verdict{Place: PlaceStore, Name: "log", Partition: -1, Utilization: 0.95, Piled: 19, Share: 0},
		},
		{
			name: "at the very beginning nothing is known",
			make: func(f *Frame) {
				nan := math.NaN()
				f.Allocators[0].Utilization, f.Allocators[0].Waiting = nan, nan
				busy(&f.Stores[0], nan, nan, nan, nan)
				busy(&f.Stores[1], nan, nan)
				for i := range f.Lanes {
					f.Lanes[i].Done, f.Lanes[i].Busy, f.Lanes[i].Parts[0] = nan, nan, nan
				}
			},
			want: Verdict{Place: PlaceNone, Partition: -1, Utilization: math.NaN(), Piled: 0, Share: math.NaN()},
		},
	} {
		f := calm(t)
		test.make(f)
		got := f.Path().Verdict()
		if diff := cmp.Diff(test.want, got, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
