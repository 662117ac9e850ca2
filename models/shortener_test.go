package models

import (
	"testing"

	"onepen/sim"
)

// TestURLShortenerMoves is a small write path that must be unique: 16 servers
// make 900 codes a second behind a counter of 1 ms, then from leased ranges,
// then from machine-aware IDs. Each move lowers the wait for an ID, and none is
// given out twice across the changes.
func TestURLShortenerMoves(t *testing.T) {
	s := built(t, "duration", "60s", "lanes.w.arrivals.rate", "900/s", "lanes.w.arrivals.writers", "16", "lanes.w.ids", "a",
		"lanes.w.keys.skew", "zipf(0.9)", "allocators.a.service", "exponential(1ms)", "allocators.a.round_trip", "500us",
		"stores.s.partitions", "4", "stores.s.servers", "4", "stores.s.overhead", "lognormal(mean=2ms, cv=0.7)", "stores.s.per_record", "0.1ms")
	y := start(t, s, 0)
	seen := map[uint64]bool{}
	y.onCommit = func(w *write, _ *operation) {
		if seen[w.id] || w.id == 0 {
			t.Errorf("write %d has ID %d, which another has", w.n, w.id)
		}
		seen[w.id] = true
	}
	var snapshot Snapshot
	waits := map[string]float64{}
	for i, strategy := range []string{"central", "range", "snowflake"} {
		if err := y.Apply([]Assignment{{"allocators.a.strategy", strategy}}); err != nil {
			t.Fatal(err)
		}
		y.RunUntil(sim.Time(i+1) * 20 * sim.Second)
		y.Sample(&snapshot)
		waits[strategy] = snapshot.Allocators[0].Wait
	}
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	t.Logf("mean wait for an ID [s]: %v", waits)
	if !(waits["central"] > 10*waits["range"] && waits["range"] > waits["snowflake"] && waits["snowflake"] == 0) {
		t.Errorf("mean wait for an ID [s]: %v, want each move to lower it, to 0 in the end", waits)
	}
	if len(seen) < 50_000 {
		t.Errorf("only %d IDs", len(seen))
	}
}
