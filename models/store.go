package models

import "onepen/sim"

// store keeps the writes, spread over partitions. A partition works on up to
// Servers operations at once, in the order in which they came; an operation of n writes takes
//
//	overhead + sum of n draws of per_record
//
// and its writes are all stored at its end.
type store struct {
	y          *System
	config     *Store
	index      int
	partitions []partition // more than configured while old ones drain
	completed  sim.Target
	record     sim.Time // per_record if it is the same for all writes
	varies     bool     // per_record differs between writes
	lanes      []*lane  // that end here
}

// partition is one owner of a share of the keys.
type partition struct {
	head, tail uint32 // operations in line, linked; meaningful if waiting > 0
	waiting    int    // operations in line
	line       level  // writes in line
	stored     level  // writes being stored
	busy       level  // servers at work
	servers    level  // servers there are
	top        topKeys
	tally      partitionTally
	before     partitionTally // at the last sample
}

// partitionTally counts since the window began.
type partitionTally struct {
	arrived, writes, operations uint64
}

func newStore(y *System, config *Store, index int) *store {
	s := &store{y: y, config: config, index: index}
	s.completed = y.sim.On(s.complete)
	s.configure()
	return s
}

// configure follows a change of the parameters.
func (s *store) configure() {
	now := s.y.sim.Now()
	d, same := s.config.PerRecord.(sim.Deterministic)
	s.varies = !same
	if same {
		s.record = sim.FromSeconds(d.Mean())
	}
	for len(s.partitions) < s.config.Partitions {
		s.partitions = append(s.partitions, partition{})
	}
	for i := range s.partitions {
		p := &s.partitions[i]
		p.servers.set(now, max(s.config.Servers, p.busy.n()))
		for p.waiting > 0 && p.busy.n() < s.config.Servers {
			s.start(p, s.pop(p))
		}
	}
}

// hasRoom reports whether a partition takes one more write: into service or in
// line.
func (s *store) hasRoom(number uint16) bool {
	p := &s.partitions[number]
	return p.line.n() < s.config.Backlog || p.busy.n() < s.config.Servers && p.waiting == 0
}

// submit hands an operation to its partition.
func (s *store) submit(i uint32, o *operation) {
	now := s.y.sim.Now()
	p := &s.partitions[o.partition]
	o.dispatched, o.started = now, notStarted
	p.tally.arrived += uint64(o.count)
	if p.busy.n() < s.config.Servers {
		s.start(p, i)
		return
	}
	s.y.lanes[o.lane].stages[StageLine].add(now, int(o.count))
	p.line.add(now, int(o.count))
	if p.waiting == 0 {
		p.head = i
	} else {
		s.y.operations.at(p.tail).next = i
	}
	p.tail = i
	p.waiting++
}

// pop takes the next operation out of the line.
func (s *store) pop(p *partition) uint32 {
	now := s.y.sim.Now()
	i := p.head
	o := s.y.operations.at(i)
	p.head = o.next
	p.waiting--
	p.line.add(now, -int(o.count))
	s.y.lanes[o.lane].stages[StageLine].add(now, -int(o.count))
	return i
}

// start gives an operation to an idle server.
func (s *store) start(p *partition, i uint32) {
	now := s.y.sim.Now()
	o := s.y.operations.at(i)
	o.started = now
	p.busy.add(now, 1)
	p.stored.add(now, int(o.count))
	l := s.y.lanes[o.lane]
	l.stages[StageService].add(now, int(o.count))
	s.y.sim.Schedule(now+s.work(l, o), s.completed, i)
}

// work returns the time that an operation takes. The overhead belongs to its
// first write and the records to theirs, so that a write brings the same work
// to every store it meets.
func (s *store) work(l *lane, o *operation) sim.Time {
	w := s.y.writes.at(o.head)
	time := s.y.drawOf(l.overheads, w.n, s.config.Overhead)
	if !s.varies {
		return time + sim.Time(o.count)*s.record
	}
	for i := o.head; ; i = w.next {
		w = s.y.writes.at(i)
		time += s.y.drawOf(l.records, w.n, s.config.PerRecord)
		if w.next == none {
			return time
		}
	}
}

// complete ends an operation: its server turns to the next, its writes are
// stored, and the worker that kept it goes back to the queue.
func (s *store) complete(i uint32) {
	now := s.y.sim.Now()
	o := s.y.operations.at(i)
	p := &s.partitions[o.partition]
	p.busy.add(now, -1)
	p.stored.add(now, -int(o.count))
	p.tally.operations++
	p.tally.writes += uint64(o.count)
	if p.servers.n() > s.config.Servers { // servers were taken away while at work
		p.servers.set(now, max(s.config.Servers, p.busy.n()))
	}
	if p.waiting > 0 && p.busy.n() < s.config.Servers {
		s.start(p, s.pop(p))
	}
	l := s.y.lanes[o.lane]
	l.stages[StageService].add(now, -int(o.count))
	for w := o.head; w != none; {
		next := s.y.writes.at(w).next
		l.commit(w, o)
		w = next
	}
	queue := o.queue
	o.count = 0
	s.y.operations.put(i)
	l.release(queue)
	if s.config.Backlog != unlimited {
		for _, other := range s.lanes {
			other.pump()
		}
	}
}

// reset begins a new window.
func (s *store) reset(now sim.Time) {
	for i := range s.partitions {
		p := &s.partitions[i]
		p.line.reset(now)
		p.stored.reset(now)
		p.busy.reset(now)
		p.servers.reset(now)
		p.tally, p.before = partitionTally{}, partitionTally{}
	}
}
