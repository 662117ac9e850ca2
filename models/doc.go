// Package models is the write path of a distributed system, from the writer
// that offers a write to the partition that stores it.
//
//	writers ──▶ allocator ──▶ router ──▶ queue ──▶ batcher ──▶ partitions
//	   ▲                                                          │
//	   └────────── acknowledgement: on accept or on commit ◀──────┘
//
// A Scenario describes the components and their parameters; New turns it into
// a System; RunUntil moves its clock; Apply changes parameters between two
// events; Sample and Result say what happened; Check holds the run against
// what must be true of every run.
//
//	system, err := models.New(scenario, 0)
//	system.RunUntil(10 * sim.Second)
//	err = system.Apply([]models.Assignment{{Path: "lanes.clicks.batch.size", Value: "64"}})
//	system.RunUntil(scenario.Duration)
//	result, err := system.Result(), system.Check()
//
// Where things are:
//
//   - scenario.go, choices.go, skew.go: the description of a system, as data
//   - param.go, field.go, declare.go: every parameter, declared once
//   - measure.go, result.go, snapshot.go: every measure, declared once
//   - system.go: a running system; apply.go: changes to it
//   - write.go: a write in flight; station.go: servers behind a line
//   - arrivals.go, keys.go, lane.go: writers and their lane
//   - allocator.go, router.go, queue.go, batch.go, store.go: the boxes, in the order of the flow
//   - check.go: invariants; capacity.go: warnings for overload
//
// A System belongs to one goroutine. It reads no clock and no files once built,
// and the same scenario, seed and replication give the same numbers on every
// machine.
package models
