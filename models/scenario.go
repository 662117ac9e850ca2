package models

import (
	"io"
	"slices"

	"onepen/sim"
)

// Scenario is the whole description of a run: the components of a write
// path, how long to watch them, and the changes to make on the way. It is plain
// data; New turns it into a running System. Every field is a parameter
// declared in Params, where its unit, range, default and help are stated.
type Scenario struct {
	Name  string
	About string // what one sees, what to try, what it costs

	Seed        uint64
	Duration    sim.Time
	Warmup      sim.Time // statistics begin here
	Sample      sim.Time // spacing of the time series
	MaxInFlight int      // writes in flight at which the run ends

	Lanes      []Lane
	Allocators []Allocator
	Stores     []Store
	Timeline   []Change // ordered by At

	// Open opens a file that a parameter names (a trace, a file of samples),
	// relative to where the scenario came from. Nil means no files.
	Open func(name string) (io.ReadCloser, error)
}

// Lane is a class of writes with one arrival process and one promise.
type Lane struct {
	Name     string
	Arrivals Arrivals
	Keys     Keys
	IDs      string // name of an allocator, or "none"
	Store    string // name of a store
	Ack      Ack
	Queue    Queue
	Batch    Batch
}

// Arrivals says when the writes of a lane are offered, and by whom.
type Arrivals struct {
	Process Process
	Rate    float64  // mean offered load [1/s]
	Peak    float64  // rate while on [1/s]; 0 = all of Rate falls in the on periods
	On, Off sim.Dist // lengths of the periods of an on-off process
	Writers int      // app servers that issue the writes; the population of a closed loop
	Think   sim.Dist // a closed-loop writer's pause between answer and next write
	Trace   string   // file of a trace
	Speed   float64  // how much faster than recorded a trace is replayed
	Repeat  bool     // start the trace again at its end
}

// Keys says which keys the writes of a lane carry. Keys are numbered from
// 1 in order of popularity: k1 is the most popular one.
type Keys struct {
	Space int
	Skew  Skew
}

// Queue is the buffer between accepting a write and storing it.
type Queue struct {
	Mode     QueueMode
	Lines    Lines
	Capacity int // accepted writes that may wait
	WhenFull WhenFull
	Workers  int      // operations that the queue keeps at the store at once, per line
	Append   sim.Dist // time of one append to the log of a durable queue, whatever the number of writes in it
}

// Batch says how many writes are stored in one operation.
type Batch struct {
	Size   int      // 1 = off
	Linger sim.Time // how long an open batch waits for company
}

// Allocator hands out IDs.
type Allocator struct {
	Name         string
	Strategy     Strategy
	Service      sim.Dist // time the central counter works on one request
	RoundTrip    sim.Time // network time of one request to the central counter
	Block        int      // IDs leased at once
	Prefetch     float64  // share of the block left at which the next one is fetched
	Tick         sim.Time // a machine's sequence starts anew with every tick
	SequenceBits int      // IDs per tick and machine: 2 to this power
	MachineBits  int      // machines: 2 to this power
}

// Store keeps the writes, spread over partitions.
type Store struct {
	Name       string
	Partitions int
	Route      Route
	Bucket     sim.Time // width of a time bucket
	Servers    int      // operations that one partition works on at once
	Overhead   sim.Dist // time an operation costs, however many writes it stores
	PerRecord  sim.Dist // time each write of an operation adds
	Backlog    int      // writes that may wait at one partition, or unlimited
}

// Change is a set of parameters that take effect together at one instant.
type Change struct {
	At  sim.Time
	Set []Assignment
}

// Assignment gives one parameter a value, both as text.
type Assignment struct {
	Path  string // lanes.clicks.batch.size
	Value string // 64
}

// Lane returns the lane of that name, or nil.
func (s *Scenario) Lane(name string) *Lane {
	return find(s.Lanes, func(l *Lane) bool { return l.Name == name })
}

// Allocator returns the allocator of that name, or nil.
func (s *Scenario) Allocator(name string) *Allocator {
	return find(s.Allocators, func(a *Allocator) bool { return a.Name == name })
}

// Store returns the store of that name, or nil.
func (s *Scenario) Store(name string) *Store {
	return find(s.Stores, func(st *Store) bool { return st.Name == name })
}

// Clone returns a copy that shares nothing that can change.
func (s *Scenario) Clone() *Scenario {
	c := *s
	c.Lanes = slices.Clone(s.Lanes)
	c.Allocators = slices.Clone(s.Allocators)
	c.Stores = slices.Clone(s.Stores)
	c.Timeline = slices.Clone(s.Timeline)
	for i := range c.Timeline {
		c.Timeline[i].Set = slices.Clone(c.Timeline[i].Set)
	}
	return &c
}

func find[T any](items []T, match func(*T) bool) *T {
	for i := range items {
		if match(&items[i]) {
			return &items[i]
		}
	}
	return nil
}
