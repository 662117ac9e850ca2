package models

import (
	"strconv"

	"onepen/sim"
)

// logNode is a machine that hosts partitions of a store. They share its CPUs
// and its log: what is to be durable waits for a sync, and all that waited
// when a sync begins is durable when it ends (group commit: DeWitt et al.
// 1984, "Implementation techniques for main memory database systems", § 5.2).
type logNode struct {
	busy    level // operations on a CPU
	line    line  // operations that wait for a CPU
	pending line  // operations that wait for the next sync
	syncing line  // operations in the sync under way
	working bool  // a sync is under way
	syncs   uint64
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
			s.runNext(&s.nodes[i])
		}
	}
}

// takeCPU gives an operation a CPU of its node, or a place in the line for
// one, and reports which.
func (s *store) takeCPU(i uint32, o *operation) bool {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	if n.busy.n() >= s.config.CPUs {
		n.line.push(&s.y.operations, i)
		return false
	}
	n.busy.add(s.y.sim.Now(), 1)
	return true
}

// returnCPU frees the CPU of an operation for the next in line.
func (s *store) returnCPU(o *operation) {
	n := &s.nodes[s.nodeOf(s.partitionOf(o))]
	n.busy.add(s.y.sim.Now(), -1)
	s.runNext(n)
}

// runNext gives a node's idle CPUs to the operations that wait for one.
func (s *store) runNext(n *logNode) {
	for n.line.n > 0 && n.busy.n() < s.config.CPUs {
		i := n.line.pop(&s.y.operations)
		n.busy.add(s.y.sim.Now(), 1)
		s.work(i, s.y.operations.at(i))
	}
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
	n.syncing, n.pending = n.pending, line{}
	n.syncs++
	s.y.sim.Schedule(s.y.sim.Now()+s.config.Sync.Sample(&n.stream), s.synchronised, number)
}

// endSync stores what the sync has made durable and begins the next.
func (s *store) endSync(number uint32) {
	n := &s.nodes[number]
	n.working = false
	durable := n.syncing
	s.beginSync(number, n)
	for durable.n > 0 {
		i := durable.pop(&s.y.operations)
		s.store(i, s.y.operations.at(i))
	}
}
