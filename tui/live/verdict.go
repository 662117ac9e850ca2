package live

import (
	"onepen/experiments/verdict"
	"onepen/models"
)

// Verdict answers, from one frame: what are the writers fighting over?
type Verdict = verdict.Verdict

// Place is where writers can fight.
type Place = verdict.Place

// The places.
const (
	PlaceNone      = verdict.PlaceNone
	PlaceAllocator = verdict.PlaceAllocator
	PlaceQueue     = verdict.PlaceQueue
	PlaceStore     = verdict.PlaceStore
)

// Path is what a frame knows of the write path, for verdicts on it. It is made
// anew each time.
func (f *Frame) Path() *verdict.Path {
	p := &verdict.Path{
		Lanes:      make([]verdict.Lane, 0, len(f.Lanes)),
		Allocators: make([]verdict.Allocator, 0, len(f.Allocators)),
		Stores:     make([]verdict.Store, 0, len(f.Stores)),
	}
	for i := range f.Lanes {
		l := &f.Lanes[i]
		config := f.Scenario.Lane(l.Name)
		p.Lanes = append(p.Lanes, verdict.Lane{
			Name: l.Name, IDs: config.IDs, Store: config.Store,
			Queued: l.Now.QueueMode != models.QueueNone, Workers: config.Queue.Workers,
			Down: l.Now.QueueDown, Busy: l.Busy, Depth: l.Depth, Parts: l.Parts, Done: l.Done, Late: l.Late,
		})
	}
	for i := range f.Allocators {
		a := &f.Allocators[i]
		p.Allocators = append(p.Allocators, verdict.Allocator{Name: a.Name, Down: a.Down, Utilization: a.Utilization, Waiting: a.Waiting})
	}
	for i := range f.Stores {
		p.Stores = append(p.Stores, f.Stores[i].measured())
	}
	return p
}

// measured is what a frame knows of a store, for a verdict on it.
func (s *Store) measured() verdict.Store {
	m := verdict.Store{Name: s.Name, Route: s.Route, Hot: s.Hot, Short: s.Short, Partitions: make([]verdict.Partition, 0, s.Active)}
	for i := range s.Partitions[:s.Active] {
		p := &s.Partitions[i]
		m.Partitions = append(m.Partitions, verdict.Partition{
			Utilization: p.Utilization, TopKey: p.TopKey, TopShare: p.TopShare, Down: p.Down,
		})
	}
	for i := range s.Nodes {
		m.Nodes = append(m.Nodes, verdict.Node{Utilization: s.Nodes[i].Utilization, Waiting: s.Nodes[i].Waiting})
	}
	if s.Hot < len(s.Partitions) {
		m.HotLoad = s.Partitions[s.Hot].Utilization
	}
	return m
}
