package models

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"onepen/sim"
)

// waitsOf runs a scenario and returns the time from offer to ID of all writes
// that were committed after the warm-up [s].
func waitsOf(t *testing.T, s *Scenario) (Result, []float64) {
	t.Helper()
	y := start(t, s, 0)
	var waits []float64
	y.onCommit = func(w *write, _ *operation) {
		if w.allocated > s.Warmup {
			waits = append(waits, (w.allocated - w.offered).Seconds())
		}
	}
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return y.Result(), waits
}

// TestLeasing holds one writer with leased ranges, fetched on demand, against
// exact values. A lease takes L from request to answer; the cycle of a lease
// begins with n0 writes waiting, the first of which asked for it, and gives
// out its B IDs, so the mean wait is
//
//	(E[n0 L] + λ E[L²]/2) / B
//
// by renewal reward over the cycles, with the law of n0 found numerically.
func TestLeasing(t *testing.T) {
	for _, c := range []struct {
		rate, block      int
		service          string
		wait, waitsShare float64 // mean over all IDs [s]; share of IDs that wait
	}{
		{2000, 100, "5ms", 299.99999999989063e-6, 0.10999999999999245},
		{3000, 20, "5ms", 2195.2946263068766e-6, 0.7927290400343603},
		{800, 10, "exponential(5ms)", 2835.7429513333745e-6, 0.48562586045082135},
	} {
		t.Run(fmt.Sprintf("%d IDs per %s", c.block, c.service), func(t *testing.T) {
			t.Parallel()
			s := built(t, "duration", "105s", "warmup", "5s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", fmt.Sprintf("%d/s", c.rate),
				"allocators.a.strategy", "range", "allocators.a.block", fmt.Sprint(c.block), "allocators.a.prefetch", "0",
				"allocators.a.service", c.service, "stores.s.overhead", "0s")
			var waits, shares, requests []float64
			for r := range 12 {
				y := start(t, s, r)
				y.RunUntil(s.Duration)
				result := y.Result().Allocators[0]
				waits = append(waits, result.WaitMean)
				shares = append(shares, float64(y.allocators[0].waits.N())/float64(result.Issued))
				requests = append(requests, perSecond(result.Requests, result.Window))
			}
			agree(t, "mean wait [s]", waits, c.wait)
			agree(t, "share of IDs that wait", shares, c.waitsShare)
			agree(t, "leases per second", requests, float64(c.rate)/float64(c.block))
		})
	}
}

// TestLeasesShareTheCounter: eight writers with blocks of 50 at 20 000
// IDs/s ask a counter of 1 ms for 400 leases/s, so it is busy for 0.4 of the
// time.
func TestLeasesShareTheCounter(t *testing.T) {
	s := built(t, "duration", "12s", "warmup", "2s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "20000/s", "lanes.w.arrivals.writers", "8",
		"allocators.a.strategy", "range", "allocators.a.block", "50", "allocators.a.prefetch", "0",
		"allocators.a.service", "exponential(1ms)", "stores.s.overhead", "0s")
	results := replicate(t, s, 8)
	agree(t, "leases per second", of(results, func(r *Result) float64 { return perSecond(r.Allocators[0].Requests, r.Allocators[0].Window) }), 400)
	agree(t, "utilization", of(results, func(r *Result) float64 { return r.Allocators[0].Utilization }), 0.4)
}

// TestWastedIDsOfALease gives up a lease at an instant that knows nothing of
// it. A lease of B = 1000 taken by the write that needs it has 0 to 999 IDs
// left, all equally likely: 499.5 on average.
func TestWastedIDsOfALease(t *testing.T) {
	instants := sim.NewStream(1, 0, "test", "crash")
	var wasted, gaps []float64
	for r := range 400 {
		s := built(t, "duration", "1s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "5000/s", "lanes.w.arrivals.process", "deterministic",
			"allocators.a.strategy", "range", "allocators.a.block", "1000", "allocators.a.prefetch", "0", "allocators.a.service", "0s", "stores.s.overhead", "0s")
		at := 400*sim.Millisecond + sim.Time(instants.Uint64n(uint64(200*sim.Millisecond))) // over one block
		y := start(t, s, r)
		y.RunUntil(at)
		if err := y.Apply([]Assignment{{"allocators.a.strategy", "central"}}); err != nil {
			t.Fatal(err)
		}
		result := y.Result().Allocators[0]
		wasted = append(wasted, float64(result.Wasted))
		gaps = append(gaps, float64(result.Gaps))
	}
	agree(t, "IDs wasted", wasted, 499.5)
	if got := slices.Max(gaps); got != 1 {
		t.Errorf("up to %v gaps, want one for the one lease", got)
	}
}

// TestPrefetchRemovesTheSpike is double buffering: with a lease fetched when
// the last is empty, the end of every lease is a spike of a round trip; fetched
// at half a lease, nobody waits.
func TestPrefetchRemovesTheSpike(t *testing.T) {
	set := []string{"duration", "11s", "warmup", "1s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "10000/s",
		"allocators.a.strategy", "range", "allocators.a.block", "10000", "allocators.a.service", "1ms", "allocators.a.round_trip", "20ms", "stores.s.overhead", "0s"}
	late, early := finish(t, built(t, append(set, "allocators.a.prefetch", "0")...)), finish(t, built(t, append(set, "allocators.a.prefetch", "0.5")...))
	// 21 ms of a lease's 1 s are waiting: the longest 0.1 % of the IDs wait for 20 ms and more.
	if got := late.Allocators[0].WaitP999; got < 0.019 || got > 0.021 {
		t.Errorf("fetched late, 99.9 %% of the IDs come within %v s, want 20 ms", got)
	}
	if got := early.Allocators[0].WaitMax; got != 0 {
		t.Errorf("fetched early, an ID takes %v s, want 0", got)
	}
	if late, early := late.Allocators[0].Requests, early.Allocators[0].Requests; late > early+1 || early > late+1 {
		t.Errorf("%d and %d requests, want the same", late, early)
	}
}

// TestWaitQuantiles compares the quantiles of waits, most of which are 0 and
// not recorded one by one, with those of all waits sorted.
func TestWaitQuantiles(t *testing.T) {
	s := built(t, "duration", "30s", "warmup", "3s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "2000/s",
		"allocators.a.strategy", "range", "allocators.a.block", "100", "allocators.a.prefetch", "0", "allocators.a.service", "exponential(5ms)", "stores.s.overhead", "0s")
	result, waits := waitsOf(t, s)
	slices.Sort(waits)
	a := result.Allocators[0]
	for _, c := range []struct {
		p, got float64
	}{{0.99, a.WaitP99}, {0.999, a.WaitP999}, {1, a.WaitMax}} {
		want := waits[int(math.Ceil(c.p*float64(len(waits))))-1]
		if math.Abs(c.got-want) > sim.HistogramError*want {
			t.Errorf("%v-quantile of the wait is %v, want %v", c.p, c.got, want)
		}
	}
	if uint64(len(waits)) != a.Issued {
		t.Errorf("%d writes for %d IDs", len(waits), a.Issued)
	}
}

// TestCounterQuantile: waiting in M/D/1 at ρ = 0.8 and 10 µs has its 99th
// percentile at 103.56 µs (Crommelin 1932; Tijms 2003, "A first course in
// stochastic models", ch. 9); an ID takes the service on top.
func TestCounterQuantile(t *testing.T) {
	s := built(t, "duration", "3s", "warmup", "1s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "80000/s",
		"allocators.a.service", "10us", "stores.s.overhead", "0s")
	agree(t, "99th percentile [s]", of(replicate(t, s, 8), func(r *Result) float64 { return r.Allocators[0].WaitP99 }), 113.55886791994953e-6)
}
