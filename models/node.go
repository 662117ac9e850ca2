package models

import (
	"fmt"
	"strconv"

	"onepen/sim"
)

// logNode is a machine that hosts partitions of a store. They share its CPUs
// and its log: what is to be durable waits for a sync, and all that waited
// when a sync begins is durable when it ends (group commit: DeWitt et al.
// 1984, "Implementation techniques for main memory database systems", § 5.2).
type logNode struct {
	cpus    level  // there are
	busy    level  // CPUs at work, each for an operation
	line    line   // operations that wait for a CPU
	waiting level  // their number
	logging level  // 1 while a sync is under way
	pending line   // operations that wait for the next sync
	syncing line   // operations in the sync under way
	working bool   // a sync is under way
	leader  uint32 // of the sync under way, in a store whose operations go in steps
	syncs   uint64 // since the window began
	stream  sim.Stream
}

// nodeOf returns the number of the node that hosts a partition.
func (s *store) nodeOf(partition uint16) uint32 {
	if s.config.Nodes == 0 {
		return uint32(partition)
	}
	return uint32(partition) % uint32(s.config.Nodes)
}

// configureNodes follows a change of the parameters.
func (s *store) configureNodes() {
	s.synced = s.config.Sync.Mean() > 0
	s.shared = s.config.Nodes > 0
	want := s.config.Nodes
	if want == 0 {
		want = len(s.partitions)
	}
	for i := len(s.nodes); i < want; i++ {
		s.nodes = append(s.nodes, logNode{stream: s.y.stream("stores."+s.config.Name+".nodes", strconv.Itoa(i))})
	}
	if s.shared {
		for i := range s.nodes {
			n := &s.nodes[i]
			n.cpus.set(s.y.sim.Now(), max(s.config.CPUs, n.busy.n()))
			s.runNext(n)
		}
	}
}

// takeCPU gives an operation a CPU of its node, or a place in the line for
// one, and reports which.
func (s *store) takeCPU(i uint32, o *operation) bool {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	if n.busy.n() >= s.config.CPUs {
		n.line.push(&s.y.operations, i)
		n.waiting.add(s.y.sim.Now(), 1)
		return false
	}
	n.busy.add(s.y.sim.Now(), 1)
	return true
}

// returnCPU frees the CPU of an operation for the next in line.
func (s *store) returnCPU(o *operation) { s.freeCPU(s.nodeOf(s.partitionOf(o))) }

func (s *store) freeCPU(node uint32) {
	n := &s.nodes[node]
	now := s.y.sim.Now()
	n.busy.add(now, -1)
	if n.cpus.n() > s.config.CPUs { // CPUs were taken away while at work
		n.cpus.set(now, max(s.config.CPUs, n.busy.n()))
	}
	s.runNext(n)
}

// runNext gives a node's idle CPUs to the operations that wait for one.
func (s *store) runNext(n *logNode) {
	for n.line.n > 0 && n.busy.n() < s.config.CPUs {
		i := n.line.pop(&s.y.operations)
		n.waiting.add(s.y.sim.Now(), -1)
		n.busy.add(s.y.sim.Now(), 1)
		s.runOn(i, s.y.operations.at(i))
	}
}

// runOn lets an operation use the CPU that it waited for.
func (s *store) runOn(i uint32, o *operation) {
	if !s.stepwise {
		s.work(i, o)
		return
	}
	s.y.details.at(i).cold = false
	s.take(i, o)
}

// awaitSync lets an operation wait for a sync of its node's log, and begins
// one unless one is under way.
func (s *store) awaitSync(i uint32, o *operation) {
	number := s.nodeOf(s.partitionOf(o))
	n := &s.nodes[number]
	n.pending.push(&s.y.operations, i)
	s.beginSync(number, n)
}

func (s *store) beginSync(number uint32, n *logNode) {
	if n.working || n.pending.n == 0 {
		return
	}
	n.working = true
	n.logging.set(s.y.sim.Now(), 1)
	n.syncing, n.pending = n.pending, line{}
	n.syncs++
	s.y.sim.Schedule(s.y.sim.Now()+s.config.Sync.Sample(&n.stream), s.synchronised, number)
}

// endSync stores what the sync has made durable and begins the next.
func (s *store) endSync(number uint32) {
	n := &s.nodes[number]
	n.working = false
	n.logging.set(s.y.sim.Now(), 0)
	durable := n.syncing
	s.beginSync(number, n)
	for durable.n > 0 {
		i := durable.pop(&s.y.operations)
		s.store(i, s.y.operations.at(i))
	}
}

// check reports what cannot be: more CPUs at work than there are, a CPU that
// idles beside a line, a log that is busy for longer than the run.
func (n *logNode) check(name string, now sim.Time, cpus int) []error {
	var violations []error
	report := func(format string, args ...any) {
		violations = append(violations, fmt.Errorf("%s at %s: "+format, append([]any{name, now}, args...)...))
	}
	if busy, there := n.busy.whole(now), n.cpus.whole(now); busy > there*(1+tolerance) {
		report("busy for %v CPU-seconds of %v", busy, there)
	}
	if n.line.n != n.waiting.n() {
		report("%d operations wait for a CPU, counted are %d", n.line.n, n.waiting.n())
	}
	if n.line.n > 0 && n.busy.n() < cpus {
		report("%d operations wait beside %d idle CPUs", n.line.n, cpus-n.busy.n())
	}
	if logging := n.logging.whole(now); logging > now.Seconds()*(1+tolerance) {
		report("the log was busy for %v s", logging)
	}
	return violations
}

// reset begins a new window.
func (n *logNode) reset(now sim.Time) {
	n.cpus.reset(now)
	n.busy.reset(now)
	n.waiting.reset(now)
	n.logging.reset(now)
	n.syncs = 0
}
