package models

import (
	"errors"
	"fmt"

	"onepen/sim"
)

// System is a running write path. It belongs to one goroutine.
type System struct {
	sim         *sim.Sim
	scenario    *Scenario // the parameters as they are now; components hold pointers into it
	replication int

	writes     arena[write]
	operations arena[operation]
	details    arena[details] // of operations
	clients    arena[client]
	lanes      []*lane
	allocators []*allocator
	stores     []*store

	changes     []pendingChange // of the timeline, and the ends of others, still to come
	windowFrom  sim.Time        // where the statistics begin
	sampledAt   sim.Time
	sampleSpace *sim.Histogram // for the window of a sample
	reached     sim.Time       // all events up to it have run, and all changes of the timeline
	warm        bool           // the warm-up is over
	halted      string
	draw        sim.Stream // scratch: a local one would be allocated at every draw

	watch    func(*Passage)           // nil = nobody looks
	passage  Passage                  // the latest that was watched
	onCommit func(*write, *operation) // for tests; nil = nobody looks
}

// New builds a system from a scenario, which it copies, and opens its traces.
// Replications of the same scenario differ in their random draws and in
// nothing else. The error joins all that is wrong, each a *ParamError.
func New(scenario *Scenario, replication int) (*System, error) {
	if problems := scenario.Validate(); len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	y := &System{
		sim:         sim.New(),
		scenario:    scenario.Clone(),
		reached:     -1,
		warm:        scenario.Warmup == 0,
		replication: replication,
		sampleSpace: new(sim.Histogram),
	}
	for _, change := range y.scenario.Timeline {
		y.changes = append(y.changes, pendingChange{Change: change})
	}
	if err := y.build(); err != nil {
		return nil, err
	}
	for _, l := range y.lanes {
		l.open()
	}
	return y, nil
}

// build makes the components and ties them together.
func (y *System) build() error {
	s := y.scenario
	for i := range s.Allocators {
		y.allocators = append(y.allocators, newAllocator(y, &s.Allocators[i]))
	}
	for i := range s.Stores {
		y.stores = append(y.stores, newStore(y, &s.Stores[i]))
	}
	for i := range s.Lanes {
		config := &s.Lanes[i]
		tr, err := s.openTrace(config)
		if err != nil {
			return &ParamError{Path: "lanes." + config.Name + ".arrivals.trace", Problem: err.Error()}
		}
		l := newLane(y, config, i, tr)
		y.lanes = append(y.lanes, l)
		y.tie(l)
	}
	return nil
}

// tie gives a lane its store and its allocator.
func (y *System) tie(l *lane) {
	for i := range y.scenario.Stores {
		if y.scenario.Stores[i].Name == l.config.Store {
			l.store = y.stores[i]
			l.store.lanes = append(l.store.lanes, l)
		}
	}
	for i := range y.scenario.Allocators {
		if y.scenario.Allocators[i].Name == l.config.IDs {
			l.allocator = y.allocators[i]
			l.firstNode = uint32(len(l.allocator.nodes))
			l.allocator.nodes = append(l.allocator.nodes, make([]node, l.config.Arrivals.Writers)...)
		}
	}
	l.grow()
}

// openTrace reads the trace that a lane names, if it names one.
func (s *Scenario) openTrace(l *Lane) (*trace, error) {
	if l.Arrivals.Process != Trace {
		return nil, nil
	}
	open := s.Open
	if open == nil {
		open = noFiles
	}
	file, err := open(l.Arrivals.Trace)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	tr, err := readTrace(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.Arrivals.Trace, err)
	}
	if l.Keys.Skew.Kind == SkewTrace && tr.keys == nil {
		return nil, errors.New(noKeys(l.Arrivals.Trace))
	}
	return tr, nil
}

func noKeys(file string) string {
	return file + ": no column key, which keys.skew: trace needs"
}

// stream returns the random stream of one purpose of one component.
func (y *System) stream(path, purpose string) sim.Stream {
	return sim.NewStream(y.scenario.Seed, y.replication, path, purpose)
}

// drawOf returns what a distribution gives the n-th of a stream's owners.
func (y *System) drawOf(stream sim.Stream, n uint64, d sim.Dist) sim.Time {
	y.draw = stream.At(n)
	return d.Sample(&y.draw)
}

// Now returns the simulated time.
func (y *System) Now() sim.Time { return y.sim.Now() }

// Scenario returns the parameters as they are now. It is not to be changed.
func (y *System) Scenario() *Scenario { return y.scenario }

// Halted tells why the run cannot go on; "" if it can.
func (y *System) Halted() string { return y.halted }

// RunUntil moves the clock to t: all events at or before t have happened. On
// the way, at their instants and after all events at them, the warm-up ends and
// the changes of the timeline take effect. A run that halts stays where it is.
func (y *System) RunUntil(t sim.Time) {
	for y.halted == "" && t > y.reached {
		stop := t
		if !y.warm {
			stop = min(stop, max(y.scenario.Warmup, y.reached))
		}
		if len(y.changes) > 0 {
			stop = min(stop, y.changes[0].At)
		}
		y.sim.RunUntil(stop)
		if y.sim.Halted() {
			return
		}
		y.reached = stop
		if !y.warm && stop == y.scenario.Warmup {
			y.warm = true
			y.resetStatistics()
		}
		for len(y.changes) > 0 && y.changes[0].At <= stop {
			change := y.changes[0]
			y.changes = y.changes[1:]
			if err := y.carryOut(change); err != nil {
				y.halt(fmt.Sprintf("change at %s refused: %v", rounded(change.At), err))
				return
			}
		}
	}
}

// halt ends the run for good.
func (y *System) halt(reason string) {
	y.halted = reason
	y.sim.Halt()
}

// full halts the run if there is no place for one more write.
func (y *System) full() bool {
	inFlight := int(y.writes.used) - len(y.writes.free)
	if inFlight < y.scenario.MaxInFlight {
		return false
	}
	y.halt(fmt.Sprintf("%d writes in flight at %s: the limit max_in_flight is reached", inFlight, rounded(y.sim.Now())))
	return true
}

// admit sends a write that has its ID on to its partition.
func (y *System) admit(l *lane, i uint32, w *write) {
	now := y.sim.Now()
	w.allocated = now
	w.partition = l.store.router.admit(l, w)
	if w.n%topEvery == 0 {
		l.store.partitions[w.partition].top.add(w.key)
	}
	l.enqueue(i, w)
}

// resetStatistics begins the window that the results are about.
func (y *System) resetStatistics() {
	now := y.sim.Now()
	y.windowFrom, y.sampledAt = now, now
	for _, l := range y.lanes {
		l.reset(now)
	}
	for _, a := range y.allocators {
		a.reset(now)
	}
	for _, s := range y.stores {
		s.reset(now)
	}
}
