// Package models is the write path of a distributed system, from the writer
// that offers a write to the partition that stores it.
//
//	writers ──▶ allocator ──▶ router ──▶ queue ──▶ batcher ──▶ partition ──▶ quorum ──▶ consumers
//	   ▲  timeout, retry                                                       │          │
//	   └───── acknowledgement: on accept, on commit or when visible ◀──────────┴──────────┘
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
// Where things are, in the order of a write's way:
//
//   - scenario.go, choices.go, skew.go, profile.go, backoff.go, fault.go: the description of a system, as data
//   - param.go, field.go, declare.go: every parameter, declared once; validate.go: how they must fit each other
//   - system.go: a running system; apply.go: changes to it
//   - arrivals.go, profilecurve.go, trace.go, keys.go, popularity.go: when writes come and what they carry
//   - lane.go: a class of writes, from offer to end; client.go: timeouts and retries; counts.go, outcome.go: what became of them
//   - allocator.go with its strategies, counter.go, lease.go, snowflake.go, randomcode.go: IDs; idform.go: how they look
//   - router.go with router_*.go: which partition owns a key; migration.go: keys that move to another one
//   - queue.go, batch.go: where accepted writes wait, and for whom; crash.go, redeliver.go: what becomes of them when it crashes
//   - store.go with node.go, lock.go, replica.go: partitions and what their operations wait for
//   - work.go, step.go with flush.go, recheck.go: how long operations work, and in which steps; what waiting costs them
//   - consumer.go: how committed writes become visible
//   - write.go, passage.go, order.go, level.go, top.go: a write in flight and its way, what it overtook, levels over time, frequent keys
//   - measure.go, better.go, promise.go, result.go, snapshot.go, observe.go: every measure and promise, declared once
//   - check.go, checkpromises.go: what is true of every run; capacity.go, demand.go: warnings of overload
//
// A System belongs to one goroutine. It reads no clock and no files once built,
// and the same scenario, seed and replication give the same numbers on every
// machine.
package models
