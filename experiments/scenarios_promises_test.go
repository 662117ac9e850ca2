package experiments

import (
	"testing"

	"onepen/sim"
)

func TestSlowConsumer(t *testing.T) {
	t.Parallel()
	const name, short = "slow-consumer", "duration=20s"
	lag := func(w *watched) float64 { return w.lane("orders").Lag.Quantile(0.99) }
	early := watch(t, name, "duration=10s")
	early.claims("after ten seconds a write is visible two seconds late", between(lag(early), 1.2, 2.2))
	early.claims("every write succeeds in milliseconds", early.p99("orders") < 0.02 && early.lane("orders").Counts.Rejected == 0)
	base := watch(t, name)
	base.claims("after a minute, ten", between(lag(base), 9, 12))
	for _, move := range []string{"lanes.orders.consumers.workers=4", "lanes.orders.consumers.batch=8"} {
		quick := watch(t, name, short, move)
		quick.claims("readers see it at once", lag(quick) < 0.05)
	}
	for _, move := range []string{"stores.ledger.partitions=16", "lanes.orders.queue.mode=durable", "lanes.orders.batch.size=64"} {
		same := watch(t, name, short, move)
		same.claims("what is before the commit does nothing", lag(same) > 2.5)
	}
	honest := watch(t, name, short, "lanes.orders.ack=visible")
	honest.claims("an honest answer makes writers wait", honest.p99("orders") > 2.5)
}

func TestClockStep(t *testing.T) {
	t.Parallel()
	const name, short = "clock-step", "duration=10s"
	collisions := func(w *watched) uint64 { return w.lane("orders").Counts.Collided }
	base := watch(t, name, short)
	// The writer offers 1000 writes a second, one in each tick of a millisecond,
	// and lives through 100 ticks again. A tick repeats as many IDs as it used
	// the less often; for two Poisson numbers N, M of mean 1 that is
	// E[min(N, M)] = Σ P(N ≥ k)² = 0.476 (k from 1), so 48 with a standard
	// deviation of 6.7.
	base.claims("a writer that lives through 100 ms again repeats IDs", between(float64(collisions(base)), 48-4*6.7, 48+4*6.7))
	hot, _ := base.busy()
	base.claims("there is no line", base.p99("orders") < 0.05 && hot < 0.8)
	long := watch(t, name, "duration=30s")
	long.claims("the second step does it again", collisions(long) > collisions(base)+3*48/2)

	guarded := watch(t, name, short, "allocators.clocks.guard=true")
	guarded.claims("the guard hands out nothing twice", collisions(guarded) == 0)
	stop := guarded.Result.Allocators[0].WaitMax
	guarded.claims("writes wait as long as the clock went back", between(stop, 0.09, 0.11))
	central := watch(t, name, short, "allocators.clocks.strategy=central")
	central.claims("a counter has no clock", collisions(central) == 0)
	wider := watch(t, name, short, "stores.orders.partitions=32")
	wider.claims("partitions have nothing to do with it", collisions(wider) == collisions(base))
}

func TestBrokerCrash(t *testing.T) {
	t.Parallel()
	const name, short = "broker-crash", "duration=20s"
	base := watch(t, name, "duration=10s")
	counts := base.lane("orders").Counts
	base.claims("what waits in memory is gone, though it was answered",
		counts.AckedLost > 1000 && counts.AckedLost == counts.Dropped)
	before := base.samples("orders", 6500*sim.Millisecond, 6600*sim.Millisecond)[0]
	base.claims("nothing was lost before", before.Totals.AckedLost == 0)
	down := base.samples("orders", 6800*sim.Millisecond, 6900*sim.Millisecond)[0]
	base.claims("the broker refuses while it is down", down.RejectedRate > 1000 && down.Span.Admitted == 0)

	durable := watch(t, name, short, "lanes.orders.queue.mode=durable")
	durable.claims("a log keeps what was answered", durable.lane("orders").Counts.AckedLost == 0)
	durable.claims("and answers a millisecond later", between(durable.p50("orders"), 0.001, 0.002))
	again := durable.lane("orders").Counts
	durable.claims("what its workers had in hand is stored twice",
		again.Redelivered > 32 && again.Redelivered <= 64 && again.Duplicates == again.Redelivered)
	keyed := watch(t, name, short, "lanes.orders.queue.mode=durable", "lanes.orders.retry.idempotent=true").lane("orders").Counts
	durable.claims("unless orders carry idempotency keys", keyed.Duplicates == 0 && keyed.Suppressed == again.Duplicates)
	committed := watch(t, name, short, "lanes.orders.ack=commit")
	committed.claims("as many are lost, but no promise is broken",
		committed.lane("orders").Counts.Dropped == counts.Dropped && committed.lane("orders").Counts.AckedLost == 0)
	committed.claims("writers wait at the height of a burst", committed.p99("orders") > 1)

	lazy := watch(t, name, short, "lanes.orders.queue.mode=durable", "lanes.orders.queue.sync_every=1s")
	lazy.claims("a log synced once a second loses what came since", lazy.lane("orders").Counts.AckedLost > 1000)
	small := watch(t, name, short, "lanes.orders.queue.capacity=1000")
	small.claims("a shorter queue loses fewer and refuses many",
		small.lane("orders").Counts.AckedLost < counts.AckedLost && small.lane("orders").Counts.Rejected > 2000)
}
