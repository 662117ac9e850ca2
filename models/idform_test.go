package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// TestScrambleIsAPermutation tries all numbers of small widths.
func TestScrambleIsAPermutation(t *testing.T) {
	for _, bits := range []uint{1, 2, 7, 12, 16} {
		for _, key := range []uint64{0, 1, 0x0123456789abcdef} {
			seen := make([]bool, 1<<bits)
			for x := range uint64(1 << bits) {
				y := scramble(x, key, bits)
				if y >= 1<<bits || seen[y] {
					t.Fatalf("%d bits, key %d: %d goes to %d, which is too large or taken", bits, key, x, y)
				}
				seen[y] = true
			}
		}
	}
}

// TestScrambleIsUnordered: neighbours land on either side of each other, and
// each bit is set half of the time. Over 2^16 numbers the counts have standard
// deviation 2^7.
func TestScrambleIsUnordered(t *testing.T) {
	for _, bits := range []uint{uuid7Bits, uuid4Bits, codeBits} {
		const n, sd = 1 << 16, 1 << 7
		ups, ones := 0, make([]int, bits)
		last := scramble(0, 1, bits)
		for x := uint64(1); x <= n; x++ {
			y := scramble(x, 1, bits)
			if y > last {
				ups++
			}
			for i := range ones {
				ones[i] += int(y >> i & 1)
			}
			last = y
		}
		if off := ups - n/2; off < -5*sd || off > 5*sd {
			t.Errorf("%d bits: %d of %d go up", bits, ups, n)
		}
		for i, c := range ones {
			if off := c - n/2; off < -5*sd || off > 5*sd {
				t.Errorf("%d bits: bit %d is set in %d of %d", bits, i, c, n)
			}
		}
	}
}

// inOrder runs a scenario and returns its IDs in the order in which they were
// committed, which is that of the writes if the store takes no time.
func inOrder(t *testing.T, s *Scenario) ([]uint64, AllocatorResult) {
	t.Helper()
	y := start(t, s, 0)
	var ids []uint64
	y.onCommit = func(w *write, _ *operation) { ids = append(ids, w.id) }
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return ids, y.Result().Allocators[0]
}

// TestUUIDs: neither version waits, asks or repeats. Version 4 has no order.
// Version 7 has that of its milliseconds; of n in one, the first and each new
// largest are in order, H_n = Σ 1/i of them on average (Rényi 1962), and the
// rest, n - H_n, are not.
func TestUUIDs(t *testing.T) {
	set := []string{"duration", "10s", "lanes.w.ids", "a", "lanes.w.arrivals.writers", "4", "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "20000/s", "stores.s.overhead", "0s"}
	v4, a4 := inOrder(t, built(t, append(set, "allocators.a.strategy", "uuid4")...))
	s := built(t, append(set, "allocators.a.strategy", "uuid7")...)
	v7, a7 := inOrder(t, s)
	for _, a := range []AllocatorResult{a4, a7} {
		if a.Issued != 200_000 || a.Requests != 0 || a.WaitMax != 0 || a.Uncaught != 0 {
			t.Errorf("%s: %d IDs, %d requests, longest wait %v s, %d repeats", a.Strategy, a.Issued, a.Requests, a.WaitMax, a.Uncaught)
		}
	}
	for i, id := range v7 {
		if i > 0 && id>>uuid7Bits < v7[i-1]>>uuid7Bits {
			t.Fatalf("ID %d, %x, is of an earlier millisecond than the one before, %x", i, id, v7[i-1])
		}
	}
	if slices.IsSorted(v4) || slices.Min(v7) <= slices.Max(v4) {
		t.Error("version 4 is sorted, or meets version 7")
	}
	harmonic := 0.0
	for i := 1; i <= 20; i++ { // to a millisecond
		harmonic += 1 / float64(i)
	}
	agree(t, "IDs out of order", of(replicate(t, s, 10), func(r *Result) float64 { return float64(r.Allocators[0].Reordered) }), 10_000*(20-harmonic))
}

// TestOrderOfIDs: a counter's IDs are in order, and so are those of one
// snowflake writer; leased ones of several writers are not.
func TestOrderOfIDs(t *testing.T) {
	set := []string{"duration", "2s", "lanes.w.ids", "a", "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1000/s", "stores.s.overhead", "0s", "allocators.a.service", "100us"}
	for _, c := range []struct {
		set  []string
		want uint64
	}{
		{[]string{"allocators.a.strategy", "central"}, 0},
		{[]string{"allocators.a.strategy", "snowflake"}, 0},
		{[]string{"allocators.a.strategy", "random"}, 0}, // no order to keep
		{[]string{"allocators.a.strategy", "range"}, 0},
		// Two writers in turn with blocks of 1000, leased in turn: all IDs of
		// the first writer but its first are below the second's first.
		{[]string{"allocators.a.strategy", "range", "lanes.w.arrivals.writers", "2", "allocators.a.prefetch", "0"}, 999},
	} {
		_, a := inOrder(t, built(t, append(set, c.set...)...))
		if a.Reordered != c.want {
			t.Errorf("%v: %d IDs out of order, want %d", c.set, a.Reordered, c.want)
		}
	}
}

// TestEveryStrategyKeepsIDsApart changes the strategy at random: as long as
// clocks, machine numbers and codes are sound, no ID comes twice.
func TestEveryStrategyKeepsIDsApart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := busyPath(t, "duration", "3s", "allocators.a.round_trip", "2ms", "allocators.a.block", "20", "allocators.a.sequence_bits", "1",
			"allocators.a.alphabet", "10", "allocators.a.length", "5", "allocators.a.population", "50000")
		at := sim.Time(0)
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			at += sim.Time(rapid.Int64Range(0, int64(300*sim.Millisecond)).Draw(rt, "pause"))
			name, value := "strategy", rapid.SampledFrom(strategies).Draw(rt, "strategy")
			if rapid.IntRange(0, 3).Draw(rt, "clock") == 0 { // guarded
				name, value = "clock_offset", rapid.SampledFrom([]string{"0s", "1ms", "70ms"}).Draw(rt, "offset")
			}
			s.Timeline = append(s.Timeline, Change{At: at, Set: []Assignment{{"allocators.a." + name, value}}})
		}
		for id, n := range ids(t, s) {
			if n > 1 && id != 0 {
				rt.Fatalf("ID %x was given %d times", id, n)
			}
		}
		if a := finish(t, s).Allocators[0]; a.Uncaught != 0 {
			rt.Fatalf("%d collisions counted", a.Uncaught)
		}
	})
}
