package models

import (
	"errors"
	"fmt"
	"math"
)

// Check holds the run so far against what is true of every run:
//
//   - conservation: every attempt at a write has ended in exactly one way or
//     is in flight (Counts), and those in flight are those that the stages hold;
//   - promises: every write answered with a yes is stored, counted as acked and
//     then lost, or in flight; every stored write has its answer, is to get it,
//     or has a writer that gave up;
//   - Little's law (Little 1961): the number of writes in a stage integrated over
//     time equals the time that writes spent in the stage, counted write by
//     write from their own instants;
//   - the parts of a write's latency add up to it;
//   - busy time does not exceed capacity, and no server, CPU, counter or consumer
//     idles beside a line.
//
// The error joins one for each violation, with component and figures.
func (y *System) Check() error {
	var violations []error
	spent := y.timeSpent()
	for i, l := range y.lanes {
		violations = append(violations, l.check(&spent[i])...)
	}
	for _, a := range y.allocators {
		violations = append(violations, a.check()...)
	}
	for _, s := range y.stores {
		violations = append(violations, s.check()...)
	}
	return errors.Join(violations...)
}

// stageTimes is the time that the writes of a lane spent in each stage, and
// how many of them are still in flight.
type stageTimes struct {
	parts    stageTotals
	inFlight int
	pledges  pledges
}

// timeSpent adds up, from the instants that every write notes, what the writes
// of each lane have spent in each stage over the whole run.
func (y *System) timeSpent() []stageTimes {
	spent := make([]stageTimes, len(y.lanes))
	for i, l := range y.lanes {
		spent[i].parts = l.whole().parts
		for stage, lost := range l.lost {
			spent[i].parts[stage] = spent[i].parts[stage].plus(lost)
		}
	}
	now := y.sim.Now()
	y.pledgesOfClients(spent)
	for i := range y.writes.used {
		w := y.writes.at(i)
		if w.state&stateStage == stateFree {
			continue
		}
		t := &spent[w.lane]
		if !w.has(stateClient) {
			t.pledges.addWrite(w)
		}
		if !w.inFlight() {
			continue
		}
		t.inFlight++
		switch w.stage() {
		case StageAllocator:
			t.parts[StageAllocator].add(now - w.offered)
		case StageQueue:
			t.parts[StageAllocator].add(w.allocated - w.offered)
			t.parts[StageQueue].add(now - w.allocated)
		case StageLinger:
			t.parts[StageAllocator].add(w.allocated - w.offered)
			t.parts[StageQueue].add(w.released - w.allocated)
			t.parts[StageLinger].add(now - w.released)
		}
	}
	for i := range y.operations.used {
		if o := y.operations.at(i); o.count > 0 {
			y.timeInOperation(&spent[o.lane], i, o)
		}
	}
	return spent
}

// timeInOperation corrects for the writes of an operation, which were taken to
// be in an open batch still.
func (y *System) timeInOperation(t *stageTimes, i uint32, o *operation) {
	now := y.sim.Now()
	spans := operationSpans{line: now - o.dispatched}
	if o.started != notStarted {
		spans = y.lanes[o.lane].store.spans(i, o)
		if d := y.details; o.marks&waitedForLock != 0 && d.at(i).locked == notStarted {
			spans.lock, spans.service = now-o.started-d.at(i).prepared, d.at(i).prepared
		}
	}
	for w := o.head; w != none; w = y.writes.at(w).next {
		t.parts[StageLinger] = t.parts[StageLinger].minus(total{low: uint64(now - o.dispatched)})
		t.parts[StageLine].add(spans.line)
		t.parts[StageKeyLock].add(spans.lock)
		t.parts[StageService].add(spans.service)
		t.parts[StageReplication].add(spans.replication)
	}
}

func (l *lane) check(spent *stageTimes) []error {
	var violations []error
	report := func(format string, args ...any) {
		violations = append(violations, fmt.Errorf("%s at %s: "+format, append([]any{l, l.y.Now()}, args...)...))
	}
	c := l.whole().counts
	if ended := c.Ended(); c.Attempts() != ended+uint64(l.inFlight) {
		report("conservation: %d attempts, but %d ended and %d in flight", c.Attempts(), ended, l.inFlight)
	}
	if unseen := uint64(l.consumers.waiting.n()); c.Committed != c.Visible+unseen {
		report("conservation: %d committed, but %d visible and %d waiting for consumers", c.Committed, c.Visible, unseen)
	}
	held := 0
	for stage := range l.stages {
		if Stage(stage) != StageBackoff { // in which no attempt is in flight
			held += l.stages[stage].n()
		}
	}
	if held != l.inFlight || spent.inFlight != l.inFlight {
		report("conservation: %d writes in flight, but the stages hold %d and %d have a place in memory", l.inFlight, held, spent.inFlight)
	}
	violations = append(violations, l.checkPromises(&spent.pledges)...)
	now := l.y.sim.Now()
	if busy, workers := l.consumers.busy.whole(now), l.consumers.workers.whole(now); busy > workers*(1+tolerance) {
		report("its consumers were busy for %v worker-seconds of %v", busy, workers)
	}
	if waiting, idle := l.consumers.line.n, l.config.Consume.Workers-l.consumers.busy.n(); waiting > 0 && idle > 0 {
		report("%d writes wait for consumers beside %d idle ones", waiting, idle)
	}
	for stage := range StageBackoff {
		area, sum := l.stages[stage].whole(now), spent.parts[stage].seconds()
		if !equal(area, sum) {
			report("Little's law in stage %s: %v write-seconds integrated, %v counted write by write", stage, area, sum)
		}
	}
	var parts total
	for _, part := range l.tally.parts {
		parts = parts.plus(part)
	}
	if !equal(parts.seconds(), l.commits.Sum()) {
		report("parts of latency: %v s in stages, %v s from offer to commit", parts.seconds(), l.commits.Sum())
	}
	return violations
}

func (a *allocator) check() []error {
	now := a.y.sim.Now()
	var held int
	for _, l := range a.y.lanes {
		if l.allocator == a {
			held += l.stages[StageAllocator].n()
		}
	}
	var violations []error
	if held != a.waiting {
		violations = append(violations, fmt.Errorf("allocator %s at %s: %d writes wait, but its lanes count %d", a.config.Name, now, a.waiting, held))
	}
	if busy := a.busy.whole(now); busy > now.Seconds()*(1+tolerance) {
		violations = append(violations, fmt.Errorf("allocator %s at %s: the counter was busy for %v s", a.config.Name, now, busy))
	}
	if a.requests.n > 0 && !a.serving && a.down == 0 {
		violations = append(violations, fmt.Errorf("allocator %s at %s: %d requests wait beside an idle counter", a.config.Name, now, a.requests.n))
	}
	return violations
}

func (s *store) check() []error {
	now := s.y.sim.Now()
	var violations []error
	for i := range s.partitions {
		p := &s.partitions[i]
		name := fmt.Sprintf("store %s, partition %d at %s", s.config.Name, i, now)
		if busy, servers := p.busy.whole(now), p.server.whole(now); busy > servers*(1+tolerance) {
			violations = append(violations, fmt.Errorf("%s: busy for %v server-seconds of %v", name, busy, servers))
		}
		if waiting := p.waiting(); waiting > 0 && p.busy.n() < s.config.Servers {
			violations = append(violations, fmt.Errorf("%s: %d operations wait beside %d idle servers", name, waiting, s.config.Servers-p.busy.n()))
		}
	}
	for i := range s.nodes {
		name := fmt.Sprintf("store %s, node %d", s.config.Name, i)
		violations = append(violations, s.nodes[i].check(name, now, s.config.CPUs)...)
	}
	return append(violations, s.router.check()...)
}

// tolerance is the relative error of sums and areas, which are exact integers,
// after their conversion to seconds.
const tolerance = 1e-12

func equal(a, b float64) bool {
	return math.Abs(a-b) <= tolerance*max(math.Abs(a), math.Abs(b))
}
