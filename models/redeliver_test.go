package models

import (
	"testing"

	"onepen/sim"
)

// TestRedelivery crashes a durable queue with four workers whose store takes
// 50 ms: what they have in hand is delivered again, and stored twice unless
// attempts carry idempotency keys. Writers get one answer each.
func TestRedelivery(t *testing.T) {
	for _, c := range []struct {
		name                                string
		set                                 []string
		redelivered, duplicates, suppressed uint64
	}{
		{"without keys", nil, 4, 4, 0},
		{"with keys", []string{"lanes.w.retry.idempotent", "true"}, 4, 0, 4},
		{"acked on commit", []string{"lanes.w.ack", "commit"}, 4, 4, 0},
		{"acked when visible", []string{"lanes.w.ack", "visible", "lanes.w.consumers.workers", "1"}, 4, 4, 0},
		{"with clients", []string{"lanes.w.timeout", "30s"}, 4, 4, 0},
		{"in batches", []string{"lanes.w.batch.size", "3", "lanes.w.batch.linger", "20ms"}, 12, 12, 0},
		{"of many keys", []string{"lanes.w.keys.space", "5000000"}, 4, 4, 0},
		{"in memory", []string{"lanes.w.queue.mode", "memory"}, 0, 0, 0},
		{"switched off", []string{"lanes.w.queue.redeliver", "false"}, 0, 0, 0},
		{"not synced since they came", []string{"lanes.w.queue.sync_every", "1h"}, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := built(t, append([]string{
				"duration", "4s", "lanes.w.arrivals.process", "renewal", "lanes.w.arrivals.gap", "3ms", "lanes.w.ack", "accept",
				"lanes.w.queue.mode", "durable", "lanes.w.queue.redeliver", "true", "lanes.w.queue.workers", "4",
				"stores.s.overhead", "50ms", "stores.s.servers", "4",
			}, c.set...)...)
			y := start(t, s, 0)
			y.RunUntil(sim.Second)
			if err := y.Make(Change{Fault: Fault{Kind: Crash, Target: "lanes.w.queue"}, For: 200 * sim.Millisecond}); err != nil {
				t.Fatal(err)
			}
			if err := y.Apply([]Assignment{{"lanes.w.arrivals.gap", "1000h"}}); err != nil {
				t.Fatal(err)
			}
			y.RunUntil(60 * sim.Second)
			mustHold(t, y)
			n := y.lanes[0].whole().counts
			if n.Redelivered != c.redelivered || n.Duplicates != c.duplicates || n.Suppressed != c.suppressed {
				t.Errorf("%d redelivered, %d duplicates, %d suppressed, want %d, %d, %d", n.Redelivered, n.Duplicates, n.Suppressed, c.redelivered, c.duplicates, c.suppressed)
			}
			if n.Offered != n.Acked+n.Failed || y.lanes[0].inFlight > 0 {
				t.Errorf("of %d offered %d were acked and %d failed, %d are in flight", n.Offered, n.Acked, n.Failed, y.lanes[0].inFlight)
			}
		})
	}
}
