package models

import (
	"testing"

	"onepen/sim"
)

// TestEachMoveRelievesItsOwnCause tries the four moves on four systems, each
// with a single cause of trouble. A move relieves if a larger share of the writes
// offered is acked within the deadline and committed in the end.
//
// All systems have eight servers in all and the same moves, so that a move does not
// help by adding machines. Each run is long against what its queues hold, so
// that a queue cannot hide a permanent overload.
func TestEachMoveRelievesItsOwnCause(t *testing.T) {
	base := []string{
		"duration", "60s", "lanes.w.ids", "a", "allocators.a.service", "10us", "lanes.w.arrivals.writers", "4",
		"stores.s.partitions", "4", "stores.s.servers", "2", "stores.s.backlog", "8", // 40 ms at 10 ms a write and two servers: who gets in keeps the deadline
	}
	causes := []struct {
		name string
		set  []string
	}{
		// 2 000/s for 1 s in 5, against 800/s of the store. Each record costs, so that batches save nothing.
		{"bursty traffic", []string{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.rate", "400/s", "lanes.w.arrivals.on", "1s", "lanes.w.arrivals.off", "4s",
			"stores.s.overhead", "0s", "stores.s.per_record", "10ms"}},
		// 1 600/s against 800/s, if every write pays its overhead.
		{"per-write overhead", []string{"lanes.w.arrivals.rate", "1600/s", "stores.s.overhead", "10ms", "stores.s.per_record", "100us"}},
		// 400/s against 200/s of one partition in four, which is the bucket of the whole run.
		{"hot partition", []string{"lanes.w.arrivals.rate", "400/s", "stores.s.overhead", "0s", "stores.s.per_record", "10ms",
			"stores.s.route", "time_bucket", "stores.s.bucket", "1h"}},
		// 1 000/s against 500/s of the counter.
		{"central allocator", []string{"lanes.w.arrivals.rate", "1000/s", "allocators.a.service", "2ms", "stores.s.overhead", "1ms"}},
	}
	moves := []struct {
		name string
		set  []string
	}{
		{"queue", []string{"lanes.w.queue.mode", "memory", "lanes.w.queue.capacity", "2000", "lanes.w.queue.workers", "64", "lanes.w.ack", "accept"}},
		{"batch", []string{"lanes.w.batch.size", "16", "lanes.w.batch.linger", "20ms"}},
		{"repartition", []string{"stores.s.partitions", "8", "stores.s.servers", "1", "stores.s.route", "hash"}},
		{"distributed IDs", []string{"allocators.a.strategy", "range", "allocators.a.block", "100"}},
	}
	const relief, noRelief = 0.25, 0.05 // shares of the writes offered; nothing may lie between
	for i, cause := range causes {
		t.Run(cause.name, func(t *testing.T) {
			before := kept(t, built(t, append(base, cause.set...)...))
			for j, move := range moves {
				s := built(t, append(base, cause.set...)...)
				assign(t, s, move.set...)
				gain := kept(t, s) - before
				t.Logf("%-16s keeps %.3f of the writes, %+.3f", move.name, before+gain, gain)
				if i == j && gain < relief {
					t.Errorf("%s should relieve %s: gain %+.3f, want at least %v", move.name, cause.name, gain, relief)
				}
				if i != j && gain > noRelief {
					t.Errorf("%s should not relieve %s: gain %+.3f, want at most %v", move.name, cause.name, gain, noRelief)
				}
			}
		})
	}
}

// kept is the share of the writes offered that are acked within 100 ms and
// committed by the end.
func kept(t *testing.T, s *Scenario) float64 {
	t.Helper()
	const deadline = 100 * sim.Millisecond
	y := start(t, s, 0)
	good := 0
	y.onCommit = func(w *write, _ *operation) {
		acked := y.Now()
		if y.scenario.Lanes[w.lane].Ack == AckAccept {
			acked = w.allocated // a queue in memory accepts at once
		}
		if acked-w.offered <= deadline {
			good++
		}
	}
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return float64(good) / float64(y.Result().Lanes[0].Counts.Offered)
}
