package models

import "onepen/sim"

// store keeps the writes, spread over partitions. An operation goes through
//
//	line ──▶ server ──▶ key locks ──▶ CPU of the node ──▶ log sync ──▶ quorum
//
// A partition has Servers servers and one line for each priority; a server is
// held until the operation is stored and synced, the key locks until it is
// committed. Without locks, nodes, sync and replicas an operation of n writes
// takes a server for
//
//	overhead + sum of n draws of per_record
type store struct {
	y          *System
	config     *Store
	router     *router
	partitions []partition // more than configured while old ones drain
	nodes      []logNode
	followers  []follower // more than configured if there were more
	short      []uint32   // operations that wait for followers to come back
	locks      lockTable
	lanes      []*lane  // that end here
	favoured   int      // lane that is offered room first
	record     sim.Time // per_record if it is the same for all writes
	varies     bool     // per_record differs between writes
	synced     bool     // operations wait for a log sync
	shared     bool     // operations wait for a CPU
	stepwise   bool     // operations take their CPU in steps

	served, synchronised, replicated sim.Target
	stepped, freed, flushed          sim.Target
}

// partition is one owner of a share of the keys.
type partition struct {
	lines  [numPriorities]line
	line   level // writes in line
	stored int   // writes in service, waits for locks included
	busy   level // servers at work
	server level // servers there are
	top    topKeys
	tally  partitionTally
	before partitionTally // at the last sample

	moving bool           // gives or takes keys
	down   int            // crashes not yet over
	slow   slowness       // of all it does
	ahead  []unreplicated // committed, and on the leader alone

	sinceStall   int      // writes stored since the last stall
	stalledUntil sim.Time // nothing is stored before
}

// partitionTally counts since the window began.
type partitionTally struct {
	arrived, writes, operations uint64
}

func newStore(y *System, config *Store) *store {
	s := &store{y: y, config: config}
	s.served = y.sim.Register(s, storeServed)
	s.synchronised = y.sim.Register(s, storeSynchronised)
	s.replicated = y.sim.Register(s, storeReplicated)
	s.stepped = y.sim.Register(s, storeStepped)
	s.freed = y.sim.Register(s, storeFreed)
	s.flushed = y.sim.Register(s, storeFlushed)
	s.stepwise = config.stepwise()
	s.router = newRouter(s)
	s.configure()
	return s
}

// What can happen to a store.
const (
	storeServed sim.Kind = iota
	storeSynchronised
	storeReplicated
	storeStepped
	storeFreed
	storeFlushed
)

// Handle tells the store that one of these has come to pass.
func (s *store) Handle(kind sim.Kind, arg uint32) {
	switch kind {
	case storeServed:
		s.serve(arg)
	case storeSynchronised:
		s.endSync(arg)
	case storeReplicated:
		s.commit(arg, s.y.operations.at(arg))
	case storeStepped:
		s.endStep(arg)
	case storeFreed:
		s.freeCPU(arg)
	case storeFlushed:
		s.leaderBack(arg)
	default:
		panic("models: no such event happens to a store")
	}
}

// configure follows a change of the parameters.
func (s *store) configure() {
	d, same := s.config.PerRecord.(sim.Deterministic)
	s.varies = !same
	if same {
		s.record = sim.FromSeconds(d.Mean())
	}
	for len(s.partitions) < s.config.Partitions {
		s.partitions = append(s.partitions, partition{})
	}
	s.router.configure()
	s.configureNodes()
	now := s.y.sim.Now()
	for len(s.followers) < s.config.Replicas-1 {
		s.followers = append(s.followers, follower{back: now})
	}
	s.resend()
	for i := range s.partitions {
		p := &s.partitions[i]
		p.server.set(now, max(s.config.Servers, p.busy.n()))
		s.turn(p)
	}
}

// waiting is the number of operations in the partition's lines.
func (p *partition) waiting() int {
	n := 0
	for i := range p.lines {
		n += p.lines[i].n
	}
	return n
}

// hasRoom reports whether a partition takes one more write: into service or in
// line.
func (s *store) hasRoom(number uint16) bool {
	p := &s.partitions[number]
	if p.down > 0 {
		return false
	}
	return p.line.n() < s.config.Backlog || p.busy.n() < s.config.Servers && p.line.n() == 0
}

// partitionOf returns the partition of an operation: that of its writes.
func (s *store) partitionOf(o *operation) uint16 { return s.y.writes.at(o.head).partition }

// submit hands an operation to its partition. Where it frees the worker that
// kept it, whoever sent it sees to the queue.
func (s *store) submit(i uint32, o *operation) {
	now := s.y.sim.Now()
	p := &s.partitions[s.partitionOf(o)]
	o.dispatched, o.started = now, notStarted
	p.tally.arrived += uint64(o.count)
	if p.down > 0 {
		s.refuse(i, o)
		return
	}
	l := s.y.lanes[o.lane]
	if p.line.n() == 0 && p.busy.n() < s.config.Servers {
		if l.pointless(o) {
			l.free(o.keeper())
			l.expire(o)
			s.y.operations.put(i)
			return
		}
		s.start(p, i, o)
		return
	}
	l.stages[StageLine].add(now, int(o.count))
	p.line.add(now, int(o.count))
	p.lines[l.config.Priority].push(&s.y.operations, i)
}

// turn lets a partition's idle servers take up what is in line.
func (s *store) turn(p *partition) {
	for p.line.n() > 0 && p.busy.n() < s.config.Servers {
		i := s.pop(p)
		o := s.y.operations.at(i)
		if l := s.y.lanes[o.lane]; l.pointless(o) {
			keeper := o.keeper()
			l.expire(o)
			s.y.operations.put(i)
			l.release(keeper)
			continue
		}
		s.start(p, i, o)
	}
}

// pop takes the next operation out of the lines, in which there must be one: the
// first of the highest priority.
func (s *store) pop(p *partition) uint32 {
	rank := 0
	for p.lines[rank].n == 0 {
		rank++
	}
	now := s.y.sim.Now()
	i := p.lines[rank].pop(&s.y.operations)
	o := s.y.operations.at(i)
	p.line.add(now, -int(o.count))
	s.y.lanes[o.lane].stages[StageLine].add(now, -int(o.count))
	return i
}

// start gives an operation to an idle server.
func (s *store) start(p *partition, i uint32, o *operation) {
	now := s.y.sim.Now()
	o.started = now
	p.busy.add(now, 1)
	p.stored += int(o.count)
	if s.stepwise {
		s.enter(i, o)
		return
	}
	if s.config.KeyLock && !s.lock(i, o) {
		s.y.details.at(i).prepared = 0 // what the slot last held
		s.y.lanes[o.lane].stages[StageKeyLock].add(now, int(o.count))
		return
	}
	s.process(i, o)
}

// process begins the service of an operation that has its server and its
// locks, if its node has a CPU for it.
func (s *store) process(i uint32, o *operation) {
	s.y.lanes[o.lane].stages[StageService].add(s.y.sim.Now(), int(o.count))
	if s.shared && !s.takeCPU(i, o) {
		return
	}
	s.work(i, o)
}

// work schedules the end of an operation's work.
func (s *store) work(i uint32, o *operation) {
	s.y.sim.Schedule(s.y.sim.Now()+s.serviceTime(o), s.served, i)
}

// serve ends an operation's work; what is left is to make it durable.
func (s *store) serve(i uint32) {
	o := s.y.operations.at(i)
	if s.shared {
		s.returnCPU(o)
	}
	if s.synced {
		s.awaitSync(i, o)
		return
	}
	s.store(i, o)
}

// store ends the part of an operation that needs its server, which turns to
// the next.
func (s *store) store(i uint32, o *operation) {
	now := s.y.sim.Now()
	p := &s.partitions[s.partitionOf(o)]
	p.busy.add(now, -1)
	p.stored -= int(o.count)
	p.tally.operations++
	p.tally.writes += uint64(o.count)
	if s.config.StallAfter != unlimited {
		s.wear(p, o)
	}
	if p.server.n() > s.config.Servers { // servers were taken away while at work
		p.server.set(now, max(s.config.Servers, p.busy.n()))
	}
	s.turn(p)
	l := s.y.lanes[o.lane]
	l.stages[StageService].add(now, -int(o.count))
	if s.config.Quorum > 1 && o.marks&doomed == 0 {
		s.replicate(l, i, o)
		if s.config.Backlog != unlimited {
			s.offerRoom()
		}
		return
	}
	if s.config.Replicas > 1 && o.marks&doomed == 0 {
		s.runAhead(l, o)
	}
	s.commit(i, o)
}

// wear counts the writes stored by a partition towards its next stall, in
// which it stores nothing.
func (s *store) wear(p *partition, o *operation) {
	p.sinceStall += int(o.count)
	if p.sinceStall >= s.config.StallAfter {
		p.sinceStall = 0
		p.stalledUntil = s.y.sim.Now() + s.y.drawOf(s.y.lanes[o.lane].stalls, s.y.writes.at(o.head).n, s.config.Stall)
	}
}

// commit ends an operation: its writes are stored for good, its locks go to
// those that wait for them, and the worker that kept it goes back to the queue.
func (s *store) commit(i uint32, o *operation) {
	l := s.y.lanes[o.lane]
	spans := s.spans(i, o)
	if o.marks&replicating != 0 {
		l.stages[StageReplication].add(s.y.sim.Now(), -int(o.count))
	}
	if o.marks&holdsLocks != 0 {
		s.unlock(o)
	}
	failed := o.marks&doomed != 0 || s.config.Failure > 0 && s.fails(l, o)
	for j := o.head; j != none; {
		w := s.y.writes.at(j)
		next := w.next
		if failed {
			l.fail(j, w, o, &spans)
		} else {
			l.commit(j, w, o, &spans)
		}
		j = next
	}
	queue := o.keeper()
	o.count = 0
	s.y.operations.put(i)
	if s.config.Backlog == unlimited {
		l.release(queue)
		return
	}
	l.free(queue)
	s.offerRoom()
}

// offerRoom lets queues that wait for room in a partition fill it. The lanes
// are asked in turn, or the first to be asked would shut out the others.
func (s *store) offerRoom() {
	s.favoured++
	for k := range s.lanes {
		s.lanes[(s.favoured+k)%len(s.lanes)].pump()
	}
}

// fails draws whether an operation fails.
func (s *store) fails(l *lane, o *operation) bool {
	draw := l.failures.At(s.y.writes.at(o.head).n)
	return draw.Float64() < s.config.Failure
}

// operationSpans is the time that an operation has spent in its stages.
type operationSpans struct{ line, lock, service, replication sim.Time }

// spans returns the time that an operation, which a server has taken up, has
// spent in its stages up to now.
func (s *store) spans(i uint32, o *operation) operationSpans {
	now := s.y.sim.Now()
	locked, served, prepared := o.started, now, sim.Time(0)
	if o.marks&(waitedForLock|replicating) != 0 {
		d := s.y.details.at(i)
		if o.marks&waitedForLock != 0 {
			locked, prepared = d.locked, d.prepared
		}
		if o.marks&replicating != 0 {
			served = d.served
		}
	}
	return operationSpans{o.started - o.dispatched, locked - o.started - prepared, served - locked + prepared, now - served}
}

// reset begins a new window.
func (s *store) reset(now sim.Time) {
	for i := range s.partitions {
		p := &s.partitions[i]
		p.line.reset(now)
		p.busy.reset(now)
		p.server.reset(now)
		p.tally, p.before = partitionTally{}, partitionTally{}
	}
	s.router.reset()
	for i := range s.nodes {
		s.nodes[i].reset(now)
	}
}
