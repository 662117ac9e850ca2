package models

import (
	"fmt"
	"io"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onepen/sim"
)

// drawReference draws a small path, its writes and its crashes. All times have
// odd nanoseconds of their own, so that nothing but what belongs together
// happens at one instant.
func drawReference(t *rapid.T) *reference {
	within := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	ms := func(name string, least, most int, odd sim.Time) sim.Time {
		return sim.Time(within(name, least, most))*sim.Millisecond + odd
	}
	r := &reference{
		partitions:     within("partitions", 1, 4),
		servers:        within("servers", 1, 3),
		backlog:        rapid.SampledFrom([]int{unlimited, unlimited, 0, 1, 4}).Draw(t, "backlog"),
		service:        ms("service", 1, 9, 137),
		mode:           rapid.SampledFrom(queueModes).Draw(t, "mode"),
		perPartition:   rapid.Bool().Draw(t, "per partition"),
		workers:        within("workers", 1, 5),
		capacity:       rapid.SampledFrom([]int{1, 2, 5, 1000}).Draw(t, "capacity"),
		whenFull:       rapid.SampledFrom(fullPolicies).Draw(t, "when full"),
		appendTime:     ms("append", 0, 4, 11),
		syncEvery:      sim.Time(rapid.SampledFrom([]int{0, 0, 5, 80}).Draw(t, "sync")) * sim.Millisecond,
		redeliver:      rapid.Bool().Draw(t, "redeliver"),
		onAccept:       rapid.Bool().Draw(t, "on accept"),
		discardExpired: rapid.Bool().Draw(t, "discard"),
		attempts:       within("attempts", 1, 4),
		backoff:        ms("backoff", 1, 20, 31),
		idempotent:     rapid.Bool().Draw(t, "idempotent"),
		window:         rapid.SampledFrom([]sim.Time{5*sim.Millisecond + 3, sim.Hour}).Draw(t, "window"),
	}
	if rapid.Bool().Draw(t, "impatient") {
		r.timeout = ms("timeout", 1, 40, 1009)
	}
	at := sim.Time(0)
	for n := range within("writes", 1, 200) {
		key := within("key", 0, 9)
		r.arrivals = append(r.arrivals, arrivalOf{at, uint32(key) + 1})
		at += ms("gap", 0, 6, 1+sim.Time(hashOf(uint64(n))%1_000_000))
	}
	crashed := sim.Time(0)
	for n := range within("crashes", 0, 4) {
		crashed += ms("crash", 1, 100, 40009+sim.Time(n))
		r.crashes = append(r.crashes, crashOf{crashed, ms("down", 1, 120, 60013), within("partition", -1, r.partitions-1)})
	}
	return r
}

// TestReference compares the system with the reference: every attempt that is
// stored, its instant, and the whole ledger. Tens of thousands, in minutes:
//
//	go test ./models -run 'TestReference$' -rapid.checks=20000
func TestReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReference(t)
		r.run()
		counts, stored := r.system(t)
		if diff := gocmp.Diff(r.counts, counts); diff != "" {
			t.Errorf("ledger (- reference, + system):\n%s", diff)
		}
		if diff := gocmp.Diff(r.stored, stored); diff != "" {
			t.Errorf("instants of storing by attempt (- reference, + system):\n%s", diff)
		}
	})
}

// TestReferenceMeetsEveryEnd: among what is drawn, whatever can become of a
// write becomes of some.
func TestReferenceMeetsEveryEnd(t *testing.T) {
	drawn, seen := rapid.Custom(drawReference), Counts{}
	for seed := range 200 {
		r := drawn.Example(seed)
		r.run()
		seen = seen.Plus(r.counts)
	}
	seen.Visible, seen.Collided, seen.OutOfOrder = 1, 1, 1 // no consumers, no IDs, no promise of order
	for i, n := range seen.fields() {
		if *n == 0 {
			t.Errorf("count %d is 0 in all: %+v", i, seen)
		}
	}
}

// system returns what the model makes of the same: its ledger, but for what
// the reference does not know, and when each attempt was stored.
func (r *reference) system(t *rapid.T) (Counts, map[uint64]sim.Time) {
	y, err := New(r.scenario(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[uint64]sim.Time{}
	y.onCommit = func(w *write, _ *operation) { stored[w.n] = y.Now() }
	y.RunUntil(60 * sim.Second)
	mustHold(t, y)
	if y.lanes[0].inFlight > 0 {
		t.Fatalf("%d writes are still in flight", y.lanes[0].inFlight)
	}
	c := y.lanes[0].whole().counts
	c.Visible = 0 // as soon as committed
	return c, stored
}

// scenario describes the system of the reference in the model's words.
func (r *reference) scenario(t *rapid.T) *Scenario {
	s := whole(t)
	s.Lanes, s.Stores = s.Lanes[:1], s.Stores[:1]
	rows := "time_s,key\n"
	for _, a := range r.arrivals {
		rows += fmt.Sprintf("%d.%09d,%d\n", a.at/sim.Second, a.at%sim.Second, a.key-1)
	}
	s.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }
	set := func(path string, value any) {
		if err := s.Set(path, fmt.Sprint(value)); err != nil {
			t.Fatal(err)
		}
	}
	lines, ack, expired, timeout, backlog := "shared", "commit", "serve", "none", unlimitedText
	if r.perPartition {
		lines = "per_partition"
	}
	if r.onAccept {
		ack = "accept"
	}
	if r.discardExpired {
		expired = "discard"
	}
	if r.timeout > 0 {
		timeout = r.timeout.String()
	}
	if r.backlog != unlimited {
		backlog = fmt.Sprint(r.backlog)
	}
	lane := map[string]any{
		"arrivals.process": "trace", "arrivals.trace": "t.csv", "arrivals.repeat": false, "keys.skew": "trace", "store": "links",
		"ack": ack, "expired": expired, "timeout": timeout,
		"retry.attempts": r.attempts, "retry.backoff": fmt.Sprintf("constant(%s)", r.backoff), "retry.jitter": "none",
		"retry.idempotent": r.idempotent, "retry.window": r.window,
		"queue.mode": r.mode, "queue.lines": lines, "queue.capacity": r.capacity, "queue.when_full": r.whenFull, "queue.workers": r.workers,
		"queue.append": r.appendTime, "queue.redeliver": r.redeliver, "queue.sync_every": r.syncEvery,
	}
	for name, value := range lane {
		set("lanes.mapping."+name, value)
	}
	for name, value := range map[string]any{
		"partitions": r.partitions, "servers": r.servers, "backlog": backlog, "overhead": "500us", "per_record": r.service - 500*sim.Microsecond,
	} {
		set("stores.links."+name, value)
	}
	for _, c := range r.crashes {
		target := "lanes.mapping.queue"
		if c.partition >= 0 {
			target = fmt.Sprintf("stores.links.partitions.%d", c.partition)
		}
		s.Timeline = append(s.Timeline, Change{At: c.at, Fault: Fault{Kind: Crash, Target: target}, For: c.span})
	}
	return s
}
