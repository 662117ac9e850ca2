package models

import (
	"testing"

	"onepen/sim"
)

// TestPassages watches a path in which every stage takes time: the parts of a
// passage add up, each write passes once, and the results are those of a run
// that nobody watches.
func TestPassages(t *testing.T) {
	s := busyPath(t, "stores.s.replicas", "3", "stores.s.quorum", "2", "stores.s.key_lock", "true")
	y := start(t, s, 0)
	seen := make(map[uint64]bool)
	var last, spent sim.Time
	operations, writes := uint64(0), 0
	y.Watch(func(p *Passage) {
		var sum sim.Time
		for _, part := range p.Parts {
			sum += part
		}
		if sum != p.Committed-p.Offered {
			t.Fatalf("the parts of %+v add up to %s", *p, sum)
		}
		if seen[p.Number] {
			t.Fatalf("write %d passes twice", p.Number)
		}
		seen[p.Number] = true
		if p.Committed < last || p.Committed != y.Now() {
			t.Fatalf("committed at %s, after %s, told at %s", p.Committed, last, y.Now())
		}
		last = p.Committed
		if p.Committed <= s.Warmup {
			return
		}
		writes++
		spent += sum
		if p.Leads {
			operations++
		}
	})
	y.RunUntil(s.Duration)
	r := y.Result()
	sameResult(t, "watched", finish(t, s), r)
	lane := &r.Lanes[0]
	if uint64(writes) != lane.Counts.Committed || spent.Seconds() != lane.Commit.Sum() {
		t.Errorf("%d writes took %s, the result says %d and %v s", writes, spent, lane.Counts.Committed, lane.Commit.Sum())
	}
	if done := r.Stores[0].Partitions; operations == 0 || len(done) == 0 {
		t.Errorf("%d operations", operations)
	}
	inFlight := 0.0
	for _, depth := range lane.Depth {
		inFlight += depth
	}
	// Little's law over the window, but for the writes at its ends.
	if want := spent.Seconds() / lane.Window.Seconds(); inFlight < 0.95*want || inFlight > 1.05*want {
		t.Errorf("%v writes in all stages on average, %v by Little's law", inFlight, want)
	}
}

// TestPersistence lets half of the refused writers give up at once.
func TestPersistence(t *testing.T) {
	s := built(t, "duration", "100s", "lanes.w.arrivals.rate", "100/s", "stores.s.failure", "1", "lanes.w.retry.attempts", "2",
		"lanes.w.retry.persistence", "0.5", "lanes.w.retry.backoff", "constant(1ms)")
	c := finish(t, s).Lanes[0].Counts
	// Of n first attempts, all of which fail, n/2 ± 3 √n/2 are followed by one more.
	if n := float64(c.Offered); float64(c.Retried) < n/2-160 || float64(c.Retried) > n/2+160 {
		t.Errorf("%d of %d writers try again, want half of them", c.Retried, c.Offered)
	}
}
