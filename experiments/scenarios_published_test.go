package experiments

import (
	"testing"

	"onepen/models"
)

// etcd's "Performance" page: one client 583 writes/s at 1.6 ms, a thousand
// 44 341/s at 22 ms. The three times of the scenario (CPU, sync, follower)
// follow from these figures; that the clients in between lie between is not
// given to it.
func TestGroupCommit(t *testing.T) {
	t.Parallel()
	const name, short = "group-commit", "duration=5s"
	one, ten := watch(t, name, short), watch(t, name, short, "lanes.puts.arrivals.writers=10")
	thousand := watch(t, name, short, "lanes.puts.arrivals.writers=1000")
	one.claims("one client: 583 writes/s at 1.6 ms", between(one.throughput("puts"), 0.9*583, 1.1*583) && between(one.p50("puts"), 0.9*0.0016, 1.1*0.0016))
	_, busy := one.busy()
	one.claims("and nothing is busy", busy < 0.01)
	thousand.claims("a thousand: 44 341 writes/s at 22 ms",
		between(thousand.throughput("puts"), 0.9*44_341, 1.1*44_341) && between(thousand.p50("puts"), 0.9*0.022, 1.1*0.022))
	// A write that finds a sync under way waits for its end and for the next one:
	// two syncs instead of one, and for that the log takes nine more along.
	ten.claims("ten share the syncs", ten.throughput("puts") > 6*one.throughput("puts") && ten.p50("puts") < 2*one.p50("puts"))
	for _, move := range []string{"stores.log.partitions=8", "stores.log.cpus=8"} {
		same := watch(t, name, short, move)
		same.claims("that does nothing for one client", between(same.throughput("puts"), 0.99*one.throughput("puts"), 1.01*one.throughput("puts")))
	}
}

// Kafka's linger, 0 ms by default up to 3.x and 5 ms from 4.0: a small wait
// costs its length while the load is low, and saves more than that under a high
// one.
func TestLinger(t *testing.T) {
	t.Parallel()
	const name, wait = "linger", "lanes.events.batch.linger=5ms"
	at := func(rate string, texts ...string) *watched {
		return watchWith(t, name, func(s *models.Scenario) { s.Timeline = nil },
			append([]string{"duration=10s", "warmup=1s", "lanes.events.arrivals.rate=" + rate}, texts...)...)
	}
	low, lowWait := at("900/s"), at("900/s", wait)
	high, highWait := at("9000/s"), at("9000/s", wait)
	low.claims("in the calm an event takes a millisecond", low.p50("events") < 0.0015)
	lowWait.claims("there the median rises by the linger", between(lowWait.p50("events")-low.p50("events"), 0.004, 0.006))
	high.claims("one event in a hundred takes fifty times as long", high.p99("events") > 30*low.p50("events"))
	highWait.claims("with a linger it falls to a tenth and less than a fifth", highWait.p99("events") < 0.2*high.p99("events"))
	_, before := high.busy()
	_, after := highWait.busy()
	highWait.claims("a sixth of the work does", after < before/5)

	early := watch(t, name, "duration=10s")
	early.claims("the trouble shows within ten seconds", early.p99("events") > 0.02)
	larger := at("9000/s", "lanes.events.batch.size=4096")
	larger.claims("larger batches do nothing", larger.p99("events") == high.p99("events"))
}

// Meituan's Leaf: 50 000 IDs a second with a 99.9th percentile of 1 ms; before
// the second buffer there was a spike at the end of every segment.
func TestDoubleBuffer(t *testing.T) {
	t.Parallel()
	const name = "double-buffer"
	short := "duration=6s"
	if testing.Short() {
		short = "duration=2s"
	}
	p999 := func(w *watched) float64 { return w.lane("orders").Ack.Quantile(0.999) }
	single := watch(t, name, short)
	single.claims("nearly all orders take a millisecond", single.p50("orders") < 0.0012)
	single.claims("one in fifty takes ten times as long", single.lane("orders").Ack.Quantile(0.98) > 5*single.p50("orders"))
	single.claims("although the counter is a tenth busy", between(single.Result.Allocators[0].Utilization, 0.07, 0.13))
	double := watch(t, name, short, "allocators.segments.prefetch=0.5")
	double.claims("fetched ahead, nobody waits for an ID", double.Result.Allocators[0].WaitMax == 0 && p999(double) < 0.0015)

	larger := watch(t, name, short, "allocators.segments.block=10000")
	larger.claims("larger blocks make the stops rarer and not shorter",
		larger.p99("orders") < 0.0015 && larger.Result.Allocators[0].WaitMax > 0.5*single.Result.Allocators[0].WaitMax)
	wider := watch(t, name, short, "stores.orders.partitions=32")
	wider.claims("more partitions do nothing", p999(wider) > 0.9*p999(single))
}
