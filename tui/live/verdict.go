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

// VerdictFor names the contended place on the way of a lane with the most
// writes piled up at it; if there is none, of the whole path.
func (f *Frame) VerdictFor(lane string) Verdict { return f.path().VerdictFor(lane) }

// VerdictOn is the same, of the way of a lane alone.
func (f *Frame) VerdictOn(lane string) Verdict { return f.path().VerdictOn(lane) }

// Verdict names the contended place with the most writes piled up at it.
func (f *Frame) Verdict() Verdict { return f.path().Verdict() }

// Who names the place of a verdict on the frame, "" where nothing is fought over.
func (f *Frame) Who(v Verdict) string { return f.path().Who(v) }

// Explain writes a verdict on the frame as clauses, the most telling first.
func (f *Frame) Explain(v Verdict) []string { return f.path().Explain(v) }

// path is what a frame knows of the write path, for a verdict on it.
func (f *Frame) path() *verdict.Path {
	p := &verdict.Path{}
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
	m := verdict.Store{Name: s.Name, Route: s.Route, Hot: s.Hot}
	for i := range s.Partitions[:s.Active] {
		p := &s.Partitions[i]
		m.Partitions = append(m.Partitions, verdict.Partition{
			Utilization: p.Utilization, TopKey: p.TopKey, TopShare: p.TopShare, Down: p.Down, Rate: p.Rate,
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
