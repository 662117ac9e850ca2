package models

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// forgetful is a path on which acked writes are lost in every way there is: the
// queue drops its oldest, the store fails and crashes, answers time out.
func forgetful(tb testing.TB, set ...string) *Scenario {
	return built(tb, append([]string{
		"duration", "10s", "lanes.w.arrivals.rate", "1500/s", "lanes.w.ack", "accept",
		"lanes.w.queue.mode", "memory", "lanes.w.queue.capacity", "200", "lanes.w.queue.when_full", "drop_oldest", "lanes.w.queue.workers", "4",
		"stores.s.overhead", "exponential(4ms)", "stores.s.partitions", "2", "stores.s.failure", "0.05",
	}, set...)...)
}

// TestForgottenLossIsFound takes one loss out of the books, as code that did not
// count it would: the check must notice.
func TestForgottenLossIsFound(t *testing.T) {
	y := start(t, forgetful(t), 0)
	y.RunUntil(5 * sim.Second)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	counts := &y.lanes[0].tally.counts
	if counts.AckedLost == 0 {
		t.Fatal("nothing was lost")
	}
	for _, count := range []*uint64{&counts.AckedLost, &counts.Acked} {
		*count--
		if err := y.Check(); err == nil || !strings.Contains(err.Error(), "promises: ") {
			t.Errorf("a count too small by one is reported as %v", err)
		}
		*count++
	}
}

// TestRetriedWriteIsLostOnce gives clients three attempts against a store that
// fails half of its operations. An acked write is lost only with its last
// attempt, and nothing is acked after its client gave up: with answers on commit
// none is lost at all, however many attempts fail.
func TestRetriedWriteIsLostOnce(t *testing.T) {
	retry := []string{"lanes.w.retry.attempts", "3", "lanes.w.timeout", "1s", "stores.s.failure", "0.5", "lanes.w.queue.mode", "none"}
	r := finish(t, forgetful(t, append(retry, "lanes.w.ack", "commit", "stores.s.servers", "100")...))
	if c := r.Lanes[0].Counts; c.AckedLost != 0 || c.Erred == 0 || c.Failed == 0 {
		t.Errorf("acked on commit: %+v", c)
	}
	r = finish(t, forgetful(t, append(retry, "stores.s.servers", "100")...))
	// Acked on accept, an operation that fails has no client any more that would try again.
	if c := r.Lanes[0].Counts; c.AckedLost != c.Erred || c.Erred == 0 {
		t.Errorf("acked on accept: %+v", c)
	}
}

// TestAnswerAfterAckIsNoLongerVisible changes ack while writes wait for their
// consumers: their commit is past, so they are answered when they are visible.
func TestAnswerAfterAckIsNoLongerVisible(t *testing.T) {
	s := built(t, "duration", "4s", "lanes.w.arrivals.rate", "100/s", "lanes.w.ack", "visible",
		"lanes.w.consumers.workers", "1", "lanes.w.consumers.service", "50ms")
	y := start(t, s, 0)
	y.RunUntil(2 * sim.Second)
	if err := y.Apply([]Assignment{{"lanes.w.ack", "commit"}, {"lanes.w.consumers.service", "0s"}, {"lanes.w.arrivals.rate", "0/s"}}); err != nil {
		t.Fatal(err)
	}
	y.RunUntil(4 * sim.Second)
	if err := y.Check(); err != nil {
		t.Error(err)
	}
	if c := y.lanes[0].whole().counts; c.Acked != c.Offered || c.Visible != c.Offered {
		t.Errorf("%+v: not all are answered and visible", c)
	}
}

// TestPromisesHoldWhateverHappens runs random paths with random faults and
// changes; Check must find every answer and every stored write.
func TestPromisesHoldWhateverHappens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, name) }
		s := forgetful(t, "duration", "2s", "seed", strconv.Itoa(rapid.IntRange(1, 1000).Draw(rt, "seed")),
			"lanes.w.arrivals.rate", pick("rate", "300/s", "900/s"),
			"lanes.w.queue.mode", pick("queue", "none", "memory", "durable"),
			"lanes.w.queue.when_full", pick("full", "reject", "block", "drop_oldest"),
			"lanes.w.timeout", pick("timeout", "none", "5ms", "exponential(20ms)"),
			"lanes.w.expired", pick("expired", "serve", "discard"),
			"lanes.w.retry.attempts", pick("attempts", "1", "3"),
			"lanes.w.retry.idempotent", pick("idempotent", "true", "false"),
			"lanes.w.batch.size", pick("batch", "1", "8"),
			"lanes.w.consumers.workers", pick("consumers", "0", "1"),
			"stores.s.backlog", pick("backlog", "5", "unlimited"),
			"lanes.w.ack", pick("ack", "accept", "commit", "visible"))
		y := start(t, s, 0)
		changes := []Change{
			{Fault: Fault{Kind: Crash, Target: "lanes.w.queue"}, For: 100 * sim.Millisecond},
			{Fault: Fault{Kind: Crash, Target: "stores.s.partitions.1"}, For: 100 * sim.Millisecond},
			{Set: []Assignment{{"lanes.w.ack", "accept"}}},
			{Set: []Assignment{{"lanes.w.ack", "commit"}}},
			{Set: []Assignment{{"lanes.w.ack", "visible"}}},
			{Set: []Assignment{{"lanes.w.timeout", "none"}, {"lanes.w.retry.attempts", "1"}}},
			{Set: []Assignment{{"lanes.w.timeout", "10ms"}}},
		}
		for step := range 8 {
			y.RunUntil(sim.Time(step+1) * 250 * sim.Millisecond)
			if err := y.Make(rapid.SampledFrom(changes).Draw(rt, "change")); err != nil {
				rt.Fatal(err)
			}
			if err := y.Check(); err != nil {
				rt.Fatal(err)
			}
		}
	})
}
