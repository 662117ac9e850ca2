package models

import (
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// TestKeyOrder holds both tables against one that forgets nothing.
func TestKeyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SampledFrom([]int{40, denseKeys + 1}).Draw(t, "keys")
		type attempt struct {
			slot uint32
			key  uint32
			n    uint64
		}
		var (
			writes   arena[write]
			order    = newKeyOrder(keys, &writes, nil)
			inFlight []attempt
			latest   = map[uint32]uint64{}
		)
		for n := range uint64(rapid.IntRange(1, 400).Draw(t, "steps")) {
			if len(inFlight) == 0 || rapid.Bool().Draw(t, "offer") {
				key := rapid.Uint32Range(1, 40).Draw(t, "key")
				slot := writes.take()
				writes.at(slot).key = key
				order.enter(slot, key)
				inFlight = append(inFlight, attempt{slot, key, n})
				continue
			}
			i := rapid.IntRange(0, len(inFlight)-1).Draw(t, "which")
			a := inFlight[i]
			inFlight = append(inFlight[:i], inFlight[i+1:]...)
			if rapid.Bool().Draw(t, "store") {
				want := a.n+1 < latest[a.key]
				if got := order.store(a.key, a.n); got != want {
					t.Fatalf("write %d of key %d: inverted is %v, want %v", a.n, a.key, got, want)
				}
				latest[a.key] = max(latest[a.key], a.n+1)
			}
			order.leave(a.key)
			writes.put(a.slot)
		}
		for _, a := range inFlight {
			order.leave(a.key)
		}
		if order.flying.used != 0 {
			t.Fatalf("%d keys remembered with nothing in flight", order.flying.used)
		}
	})
}

func TestKeyOrderComparesOldNumbers(t *testing.T) {
	order := newKeyOrder(2, nil, nil)
	for range 2 { // two attempts in flight throughout, so that every write counts
		order.enter(0, 1)
		order.enter(0, 2)
	}
	order.store(1, 5)
	for n := uint64(0); n < 7*sweepEvery; n += sweepEvery / 2 {
		order.store(2, n)
	}
	if order.store(1, 7*sweepEvery) {
		t.Error("a write seems overtaken by one of seven billion writes ago")
	}
	if !order.store(1, 7*sweepEvery-1) {
		t.Error("an overtaken write goes unnoticed")
	}
}

// TestOrderOfARetry: a write can be overtaken while it pauses between two
// attempts, whichever table is in use.
func TestOrderOfARetry(t *testing.T) {
	for _, keys := range []string{"10", "5000000"} {
		s := built(t, "duration", "1s", "lanes.w.arrivals.process", "trace", "lanes.w.arrivals.trace", "t.csv", "lanes.w.arrivals.repeat", "false",
			"lanes.w.keys.space", keys, "lanes.w.keys.skew", "trace", "lanes.w.retry.attempts", "2", "lanes.w.retry.backoff", "constant(100ms)", "lanes.w.retry.jitter", "none")
		s.Open = func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("time_s,key\n0,3\n0.01,3\n0.06,3\n")), nil
		}
		s.Timeline = []Change{{At: 5 * sim.Millisecond, Fault: Fault{Kind: Crash, Target: "stores.s.partitions.0"}, For: 20 * sim.Millisecond}}
		// The second write is refused at 10 ms and stored after 110 ms, behind the third.
		if c := finish(t, s).Lanes[0].Counts; c.Committed != 3 || c.Rejected != 1 || c.Inversions != 1 {
			t.Errorf("%s keys: %d stored, %d refused, %d out of order; want 3, 1, 1", keys, c.Committed, c.Rejected, c.Inversions)
		}
	}
}
