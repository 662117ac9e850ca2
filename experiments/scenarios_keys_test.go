package experiments

import (
	"testing"

	"onepen/models"
	"onepen/sim"
)

func TestFlashSale(t *testing.T) {
	t.Parallel()
	const name, short = "flash-sale", "duration=20s"
	early := watch(t, name, "duration=10s")
	early.claims("the trouble shows within ten seconds", early.late("orders") > 0.3)
	base := watch(t, name, short)
	store := &base.Result.Stores[0]
	hot, _ := hottest(store)
	base.claims("one partition's connections are taken, by one key", hot.Utilization > 0.6 && hot.TopKey == 10000 && hot.TopShare > 0.8)
	idle := true
	for _, p := range store.Partitions {
		idle = idle && (p.Partition == hot.Partition || p.Utilization < 0.01)
	}
	base.claims("seven of eight partitions are idle", idle)
	base.claims("orders for other goods find no free connection", base.share("orders", models.StageLine) > 0.3)

	salted := watch(t, name, short, "stores.stock.route=salted")
	salted.claims("with slots the line is gone", salted.late("orders") < 0.02)
	width := salted.Result.Stores[0].ReadWidth // 51 % of the writes of 20 s are for the hot key
	salted.claims("who wants to know what is left asks all eight partitions", between(width, 4, 5.5))
	salted.claims("the orders of the product lose their order", salted.lane("orders").Counts.Inversions > 100)
	base.claims("they had it before", base.lane("orders").Counts.Inversions == 0 && store.ReadWidth == 1)

	wider := watch(t, name, short, "stores.stock.partitions=16")
	wider.claims("more partitions do nothing", wider.late("orders") > 0.9*base.late("orders"))
	queued := watch(t, name, short, "lanes.orders.queue.mode=durable")
	queued.claims("a queue only moves the line", queued.late("orders") > 0.9*base.late("orders") && queued.share("orders", models.StageQueue) > 0.9)
	batched := watch(t, name, short, "lanes.orders.batch.size=64")
	batched.claims("batches do nothing", batched.late("orders") > 0.9*base.late("orders"))
}

// The published shape (Cloud Spanner under sequential keys): three nodes at
// 35 %, five at 20 %, and the same throughput.
func TestSequentialKeys(t *testing.T) {
	t.Parallel()
	const name, short = "sequential-keys", "duration=20s"
	three, five := watch(t, name, short), watch(t, name, short, "stores.rows.partitions=5")
	hot, mean := three.busy()
	three.claims("a third busy in the mean, one partition does it all", hot > 0.99 && between(mean, 0.33, 0.34))
	hot, mean = five.busy()
	five.claims("of five, it is a fifth", hot > 0.99 && between(mean, 0.195, 0.205))
	for _, w := range []*watched{three, five} {
		w.claims("throughput is what one partition stores", between(w.throughput("inserts"), 980, 1020))
	}
	early := watch(t, name, "duration=10s")
	early.claims("the line shows within ten seconds", early.p99("inserts") > 1)

	split := watchWith(t, name, func(s *models.Scenario) {
		s.Timeline = []models.Change{{At: 5 * sim.Second, Set: []models.Assignment{{Path: "stores.rows.partitions", Value: "6"}}}}
	}, short)
	// Until 12 s the old last partition still works off its line.
	after := meanOf(split.samples("inserts", 12*sim.Second, 20*sim.Second), func(s *models.LaneSample) float64 { return s.CommittedRate })
	split.claims("splitting the last range does nothing", between(after, 970, 1030))
	uuid7 := watch(t, name, short, "allocators.numbers.strategy=uuid7")
	uuid7.claims("nor do other IDs that grow", uuid7.throughput("inserts") < 1.02*three.throughput("inserts"))
	for _, move := range []string{"stores.rows.route=hash", "allocators.numbers.strategy=uuid4"} {
		spread := watch(t, name, short, move)
		hot, mean := spread.busy()
		spread.claims("spread over all, the rows are stored as they come",
			spread.throughput("inserts") > 1250 && spread.p99("inserts") < 0.01 && hot < 1.1*mean)
	}
}

func TestNoisyTenant(t *testing.T) {
	t.Parallel()
	const name, short = "noisy-tenant", "duration=20s"
	early := watch(t, name, "duration=10s")
	early.claims("the neighbours wait within ten seconds", early.p99("tenants") > 0.5)
	calm := watch(t, name, "duration=3s", "warmup=0s")
	_, mean := calm.busy()
	calm.claims("eight partitions, a quarter busy", between(mean, 0.2, 0.3) && calm.p99("tenants") < 0.02)
	base := watch(t, name, short)
	base.claims("the neighbours wait for seconds", base.p99("tenants") > 2)
	base.claims("the median does not show it", base.p50("tenants") < 1.3*calm.p50("tenants"))

	for _, move := range []string{"lanes.importer.priority=low", "lanes.importer.queue.mode=memory"} {
		w := watch(t, name, short, move)
		w.claims("the neighbours are left alone", w.p99("tenants") < 0.02)
		w.claims("the import takes as long as its partition needs", w.late("importer") > 2)
	}
	hashed := watch(t, name, short, "stores.accounts.route=hash")
	hashed.claims("routed by hash, all can bear it", hashed.p99("tenants") < 0.02 && hashed.p99("importer") < 0.02)

	wider := watch(t, name, short, "stores.accounts.partitions=16")
	wider.claims("twice the partitions do nothing for it", wider.p99("tenants") > 0.7*base.p99("tenants") && wider.late("importer") > 2)
}
