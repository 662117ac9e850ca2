package models

import (
	"math"
	"testing"
)

// TestSteps holds stores whose operations go in steps against cycles that can
// be counted by hand: all times are constants, so the throughput of a closed
// loop is exact.
func TestSteps(t *testing.T) {
	machine := []string{"duration", "2s", "warmup", "1s", "lanes.w.arrivals.process", "closed", "lanes.w.arrivals.think", "0s",
		"stores.s.servers", "100", "stores.s.nodes", "1", "stores.s.cpus", "2",
		"stores.s.prepare", "10us", "stores.s.overhead", "20us", "stores.s.wake", "30us"}
	durable := []string{"stores.s.sync", "100us", "stores.s.sync_cpu", "5us"}
	hot := []string{"lanes.w.keys.space", "1", "stores.s.key_lock", "true"}
	for _, c := range []struct {
		name    string
		writers string
		set     [][]string
		want    float64 // [writes/s]
	}{
		// A lone writer: 10 + 20 us on a CPU that idled, twice as long; 5 + 100 us for the sync.
		{"one writer", "1", [][]string{durable, {"stores.s.cold", "2"}}, 1e6 / (2*30 + 105)},
		// The CPUs have no pause: two of them, 30 us a write, and no writer finds one cold.
		{"many writers", "8", [][]string{{"stores.s.cold", "2"}}, 2e6 / 30},
		// As many CPUs as writers: all are always cold, as the one to be freed is still busy.
		{"as many CPUs as writers", "2", [][]string{{"stores.s.cold", "2"}}, 2e6 / 30},
		// Two writers sync in turn: while one does the other gets ready, is woken, and leads the next.
		{"syncs in turn", "2", [][]string{durable}, 1e6 / (30 + 5 + 100)},
		// Three: one leads alone, the next takes the two that wait. A third writer is back in time to wait for the second next sync.
		{"two in a sync", "3", [][]string{durable}, 1.5e6 / (30 + 5 + 100)},
		// A hot row changes hands once a cycle: woken, 20 us of work, and a sync under the lock.
		{"hot row, direct", "2", [][]string{durable, hot}, 1e6 / (30 + 20 + 5 + 100)},
		{"hot row, recheck", "2", [][]string{durable, hot, {"stores.s.handover", "recheck"}}, 1e6 / (30 + 20 + 5 + 100)},
		// A preparation that is a transaction of its own, on a row that nobody else wants.
		{"two transactions", "1", [][]string{durable, {"stores.s.prepare_sync", "true"}}, 1e6 / (10 + 105 + 20 + 105)},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := append([]string{"lanes.w.arrivals.writers", c.writers}, machine...)
			for _, s := range c.set {
				set = append(set, s...)
			}
			r := ended(t, built(t, set...))
			got := perSecond(r.Lanes[0].Counts.Committed, r.Lanes[0].Window)
			if math.Abs(got-c.want) > 2*c.want/1000 {
				t.Errorf("%.0f writes/s, want %.0f", got, c.want)
			}
		})
	}
}

// TestRecheckSlowsTheOwner: under the handover recheck, more writers make a hot
// row slower, as those that wait take CPU from the one that has it; handed on
// directly, the row does not mind who waits.
func TestRecheckSlowsTheOwner(t *testing.T) {
	throughput := func(handover, writers string) float64 {
		r := ended(t, built(t, "duration", "2s", "warmup", "500ms", "lanes.w.arrivals.process", "closed", "lanes.w.arrivals.think", "0s",
			"lanes.w.arrivals.writers", writers, "lanes.w.keys.space", "1", "stores.s.key_lock", "true", "stores.s.handover", handover,
			"stores.s.servers", "100", "stores.s.nodes", "1", "stores.s.cpus", "2", "stores.s.prepare", "10us",
			"stores.s.overhead", "20us", "stores.s.wake", "30us", "stores.s.sync", "100us", "stores.s.sync_cpu", "5us"))
		return perSecond(r.Lanes[0].Counts.Committed, r.Lanes[0].Window)
	}
	few, many := throughput("recheck", "4"), throughput("recheck", "64")
	if many > 0.7*few {
		t.Errorf("recheck: %.0f writes/s of 4 writers, %.0f of 64: want a row that gets slower", few, many)
	}
	few, many = throughput("direct", "4"), throughput("direct", "64")
	if math.Abs(many-few) > 0.01*few {
		t.Errorf("direct: %.0f writes/s of 4 writers, %.0f of 64: want the same", few, many)
	}
}

// ended runs a scenario to its end, checks it, and returns its result.
func ended(t *testing.T, s *Scenario) Result {
	t.Helper()
	y := start(t, s, 0)
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return y.Result()
}
