package models

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// TestSequenceRunsOut offers one writer Poisson writes at up to 97 % of the IDs
// that its ticks have. With Q writes left over at the end of a tick, A arriving
// in the next and C IDs to a tick, Q' = max(Q + A - C, 0) (Lindley 1952); the
// stalls within a tick follow from the order statistics of its arrivals. The
// figures are those of the recursion solved numerically.
func TestSequenceRunsOut(t *testing.T) {
	for _, c := range []struct {
		rate, bits  int
		stall, wait float64 // share of IDs that stall; mean wait of all IDs [s], 0 if it would take too long to measure
	}{
		{56_000, 6, 0.015304057628494119, 1.0595777245457971e-6},
		{31_000, 5, 0.35324718079432055, 0}, // 175.86 µs, by millions of ticks
	} {
		t.Run(fmt.Sprintf("%d bits", c.bits), func(t *testing.T) {
			t.Parallel()
			s := built(t, "duration", "6s", "warmup", "1s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", fmt.Sprintf("%d/s", c.rate),
				"allocators.a.strategy", "snowflake", "allocators.a.sequence_bits", fmt.Sprint(c.bits), "stores.s.overhead", "0s")
			var stalls, waits []float64
			for r := range 12 {
				y := start(t, s, r)
				y.RunUntil(s.Duration)
				result := y.Result().Allocators[0]
				stalls = append(stalls, float64(y.allocators[0].waits.N())/float64(result.Issued))
				waits = append(waits, result.WaitMean)
			}
			agree(t, "share of IDs that stall", stalls, c.stall)
			if c.wait > 0 {
				agree(t, "mean wait [s]", waits, c.wait)
			}
		})
	}
}

// stepBack is a writer that takes an ID each millisecond, in the middle of a
// tick, and whose clock goes back by half a second after 2 s.
func stepBack(t *testing.T, guard string) *Scenario {
	s := built(t, "duration", "5s", "lanes.w.ids", "a", "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1000/s",
		"allocators.a.strategy", "snowflake", "allocators.a.guard", guard, "stores.s.overhead", "0s")
	s.Timeline = []Change{{At: 2*sim.Second + 500*sim.Microsecond, Set: []Assignment{{"allocators.a.clock_offset", "500ms"}}}}
	return s
}

// TestGuardedClockStalls: the last ID before the step is of tick 2000 (ms), and
// the clock shows 2001 at 2.501 s. The 500 writes before that wait, the first
// of them, of 2.001 s, for 500 ms.
func TestGuardedClockStalls(t *testing.T) {
	s := stepBack(t, "true")
	a := finish(t, s).Allocators[0]
	if a.Uncaught != 0 || a.Issued != 5000 {
		t.Errorf("%d of %d IDs repeat earlier ones, want none of 5000", a.Uncaught, a.Issued)
	}
	if a.WaitMax != 0.5 {
		t.Errorf("the longest wait is %v s, want 0.5", a.WaitMax)
	}
	if a.WaitingMax != 500 {
		t.Errorf("up to %d writes waited, want 500", a.WaitingMax)
	}
	y := start(t, s, 0)
	y.RunUntil(2200 * sim.Millisecond)
	var snapshot Snapshot
	if y.Sample(&snapshot); snapshot.Allocators[0].Stalled != 1 {
		t.Errorf("%d writers stall in the middle of it, want 1", snapshot.Allocators[0].Stalled)
	}
	// Without the guard, or with another strategy, the wait is over at once.
	for _, set := range [][]Assignment{{{"allocators.a.guard", "false"}}, {{"allocators.a.strategy", "uuid4"}}, {{"allocators.a.clock_offset", "0s"}}} {
		y := start(t, s, 0)
		y.RunUntil(2200 * sim.Millisecond)
		if err := y.Apply(set); err != nil {
			t.Fatal(err)
		}
		if y.Sample(&snapshot); snapshot.Allocators[0].Waiting != 0 {
			t.Errorf("after %v %d writes wait", set, snapshot.Allocators[0].Waiting)
		}
	}
}

// TestUnguardedClockRepeats: the clock goes through 500 ticks again, each of
// which had one ID.
func TestUnguardedClockRepeats(t *testing.T) {
	s := stepBack(t, "false")
	r := finish(t, s)
	a := r.Allocators[0]
	if a.Uncaught != 500 || a.WaitMax != 0 {
		t.Errorf("%d IDs repeat earlier ones, the longest wait is %v s; want 500 and none", a.Uncaught, a.WaitMax)
	}
	if got := r.Lanes[0].Counts.Collided; got != 500 {
		t.Errorf("the lane counts %d", got)
	}
	if got := repeated(ids(t, s)); got != 500 {
		t.Errorf("%d IDs were really committed again", got)
	}
	// The last of them equals the last before the step; the others are smaller.
	if a.Reordered != 499 {
		t.Errorf("%d IDs were out of order, want 499", a.Reordered)
	}
}

// repeated is how many of the IDs had been given out before.
func repeated(seen map[uint64]int) (n uint64) {
	for _, times := range seen {
		n += uint64(times - 1)
	}
	return n
}

// TestOneMachineNumberForTwo gives the first two of three writers one machine number.
// In a tick in which they take j and k IDs they repeat min(j, k) of them. Each
// takes Poisson(μ) of the random arrivals of its tick, so the mean number of
// repeats in a tick is
//
//	E min(J, K) = Σ_{i≥1} P(J ≥ i)²
func TestOneMachineNumberForTwo(t *testing.T) {
	const mu = 2.0 // per writer and tick of 1 ms
	want, tail, mass := 0.0, 1.0, math.Exp(-mu)
	for i := 1; i < 50; i++ {
		tail -= mass // P(J ≥ i)
		mass *= mu / float64(i)
		want += tail * tail
	}
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "allocators.a.strategy", "snowflake", "allocators.a.same_machine", "1", "stores.s.overhead", "0s",
		"lanes.w.arrivals.rate", "2000/s")
	for _, name := range []string{"x", "y"} { // a writer each, as the writers of one lane take turns
		if err := s.Add("lanes", name); err != nil {
			t.Fatal(err)
		}
		assign(t, s, "lanes."+name+".store", "s", "lanes."+name+".ids", "a", "lanes."+name+".arrivals.rate", "2000/s")
	}
	results := replicate(t, s, 10)
	agree(t, "repeats per tick", of(results, func(r *Result) float64 { return float64(r.Allocators[0].Uncaught) / 10_000 }), want)
	if got, want := repeated(ids(t, s)), results[0].Allocators[0].Uncaught; got != want {
		t.Errorf("%d IDs were committed again, %d counted", got, want)
	}
	if got := results[0].Lanes[2].Counts.Collided; got != 0 {
		t.Errorf("the third writer repeats %d IDs", got)
	}
}

// TestCollisionsAreCountedExactly changes everything that IDs depend on at random
// instants. However they come about, repeats that are counted are repeats that
// happened: IDs handed out less different IDs.
func TestCollisionsAreCountedExactly(t *testing.T) {
	changes := map[string][]string{
		"strategy":     {"snowflake", "snowflake", "snowflake", "random", "range", "central", "uuid4", "uuid7", "none"},
		"clock_offset": {"0s", "1ms", "30ms", "31500us", "200ms"},
		"guard":        {"true", "false"},
		"same_machine": {"0", "1", "2", "9"},
		"checked":      {"true", "false"},
		"round_trip":   {"0s", "3ms"},
		"prefetch":     {"0", "0.5", "1"},
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := built(t, "seed", fmt.Sprint(rapid.Uint64().Draw(rt, "seed")), "duration", "1s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "3000/s", "lanes.w.arrivals.writers", "4",
			"allocators.a.service", "100us", "allocators.a.sequence_bits", "2", "allocators.a.block", "40",
			"allocators.a.length", "4", "allocators.a.alphabet", "9", "stores.s.overhead", "0s")
		y := start(t, s, 0)
		seen, given := map[uint64]bool{}, uint64(0)
		y.onCommit = func(w *write, _ *operation) {
			if w.id != 0 {
				seen[w.id] = true
				given++
			}
		}
		for range 12 {
			y.RunUntil(y.Now() + sim.Time(rapid.Int64Range(0, int64(80*sim.Millisecond)).Draw(rt, "pause")))
			name := rapid.SampledFrom([]string{"strategy", "strategy", "clock_offset", "guard", "same_machine", "checked", "round_trip", "prefetch"}).Draw(rt, "name")
			value := rapid.SampledFrom(changes[name]).Draw(rt, "value")
			if err := y.Apply([]Assignment{{"allocators.a." + name, value}}); err != nil {
				rt.Fatal(err)
			}
		}
		y.RunUntil(s.Duration)
		if err := y.Check(); err != nil {
			rt.Fatal(err)
		}
		a := y.Result().Allocators[0]
		if given != a.Issued {
			rt.Errorf("%d IDs were handed out, %d counted", given, a.Issued)
		}
		if got := given - uint64(len(seen)); got != a.Uncaught {
			rt.Errorf("%d IDs repeat earlier ones, %d counted", got, a.Uncaught)
		}
	})
}

// TestTicksRemember compares the table of ticks with a map, for ticks that
// come in no order within what the table can hold.
func TestTicksRemember(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m ticks
		used := map[int64]uint32{}
		span := rapid.SampledFrom([]int64{10, 5000, maxTicks - 1}).Draw(t, "span")
		first := rapid.Int64Range(1, 1<<40).Draw(t, "first")
		for range rapid.IntRange(1, 300).Draw(t, "uses") {
			tick := first + rapid.Int64Range(0, span).Draw(t, "tick")
			sequence := uint32(rapid.IntRange(0, int(used[tick])).Draw(t, "sequence"))
			if got, want := m.use(tick, sequence), sequence < used[tick]; got != want {
				t.Fatalf("sequence %d of tick %d, of which %d were used: repeated is %v", sequence, tick, used[tick], got)
			}
			used[tick] = max(used[tick], sequence+1)
		}
	})
}

func TestTicksForget(t *testing.T) {
	var m ticks
	for tick := int64(1); tick <= 3*maxTicks; tick++ {
		m.use(tick, 0)
	}
	if len(m.tick) != maxTicks {
		t.Errorf("the table has grown to %d, want %d", len(m.tick), maxTicks)
	}
	if !m.use(2*maxTicks+1, 0) {
		t.Error("the oldest tick that fits is forgotten")
	}
	if m.use(2*maxTicks, 0) {
		t.Error("a tick that does not fit is remembered")
	}
}

// BenchmarkStrategies is a path that does nothing but hand out IDs. One op is
// one write.
func BenchmarkStrategies(b *testing.B) {
	for _, set := range [][]string{
		{"strategy", "none"},
		{"strategy", "range"},
		{"strategy", "snowflake"},
		{"strategy", "snowflake", "same_machine", "3"},
		{"strategy", "random", "checked", "false"},
		{"strategy", "uuid4"},
		{"strategy", "uuid7"},
	} {
		b.Run(fmt.Sprint(set[1:]), func(b *testing.B) {
			const rate = 50_000
			s := built(b, "duration", "1000h", "lanes.w.arrivals.rate", fmt.Sprintf("%d/s", rate), "lanes.w.arrivals.writers", "16", "lanes.w.ids", "a", "stores.s.overhead", "0s")
			for i := 0; i < len(set); i += 2 {
				assign(b, s, "allocators.a."+set[i], set[i+1])
			}
			y := start(b, s, 0)
			y.RunUntil(30 * sim.Second) // until tables have grown
			b.ReportAllocs()
			b.ResetTimer()
			y.RunUntil(y.Now() + sim.FromSeconds(float64(b.N)/rate))
		})
	}
}
