package models

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// testRouting is a routing with the parameters' defaults but for what it sets.
func testRouting(route Route, partitions int) routing {
	return routing{route: route, partitions: partitions, bucket: sim.Second, virtual: 64, salt: 8, saltAbove: 0.01}
}

func testOwners(route Route, partitions int) *owners {
	return newOwners(testRouting(route, partitions), nil, nil)
}

// evenly fails unless counts are what throwing that many balls into as many
// boxes gives: their χ² has a mean of k-1 and a variance of 2(k-1), and is
// about normal for many boxes (Knuth 1997, "The Art of Computer Programming"
// vol. 2, § 3.3.1). Four standard deviations are allowed.
func evenly(t *testing.T, what string, counts []int) {
	t.Helper()
	n := 0
	for _, c := range counts {
		n += c
	}
	want, chi := float64(n)/float64(len(counts)), 0.0
	for _, c := range counts {
		chi += (float64(c) - want) * (float64(c) - want) / want
	}
	freedom := float64(len(counts) - 1)
	if chi > freedom+4*math.Sqrt(2*freedom) {
		t.Errorf("%s: χ² is %.1f with %.0f degrees of freedom; counts %v", what, chi, freedom, counts)
	}
}

func TestOwnersSpreadKeysEvenly(t *testing.T) {
	const partitions, keys = 13, 100_000
	for _, route := range []Route{RouteHash, RouteRange, RouteSalted, RouteTenant} {
		o, counts := testOwners(route, partitions), make([]int, partitions)
		for key := range uint64(keys) {
			counts[o.home(splitmix64(key+1))]++
		}
		evenly(t, route.String(), counts)
	}
	times, sources := testOwners(RouteTimeBucket, partitions), testOwners(RouteTimeSource, partitions)
	counts, within, one := make([]int, partitions), make([]int, partitions), make([]int, partitions)
	for n := range uint64(keys) {
		at := sim.Time(n) * sim.Second
		counts[times.ofBucket(at)]++
		within[sources.inBucket(5*sim.Second, n)]++
		one[sources.inBucket(at, 5)]++
	}
	evenly(t, "time_bucket, over buckets", counts)
	evenly(t, "time_source, keys of one bucket", within)
	evenly(t, "time_source, buckets of one key", one)
}

// TestRingSharesFollowTheirLaw: n = MV nodes at random places cut the ring into
// arcs of which V sum up to a partition's share, Beta(V, n-V) distributed, with
// mean 1/M and variance (V/n)(1-V/n)/(n+1) (David and Nagaraja 2003, "Order
// Statistics", § 6.4).
func TestRingSharesFollowTheirLaw(t *testing.T) {
	for _, nodes := range []int{16, 256} {
		const partitions = 64
		r := testRouting(RouteRing, partitions)
		r.virtual = nodes
		shares := make([]float64, partitions)
		newOwners(r, nil, nil).addRest(shares, 1)
		sum, squares := 0.0, 0.0
		for _, share := range shares {
			sum += share
			squares += (share - 1.0/partitions) * (share - 1.0/partitions)
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%d nodes: shares add up to %v", nodes, sum)
		}
		variance := squares / partitions
		want := 1.0 / partitions * (1 - 1.0/partitions) / float64(partitions*nodes+1)
		// The sample variance of k about normal values has a relative standard
		// error of √(2/k) = 18 %.
		if ratio := variance / want; math.Abs(ratio-1) > 3*math.Sqrt(2.0/partitions) {
			t.Errorf("%d nodes: variance of the shares is %.2f of what it should be", nodes, ratio)
		}
	}
}

// TestMovedShare compares the share of keys that a change of partitions moves
// with formulas. Modulo M, a key stays if h mod M = h mod M', which holds for
// min(M, M') of the lcm(M, M') remainders; keys are a random sample of n. On a
// ring the new partitions take what they own, k/M' on average, with the law of
// TestRingSharesFollowTheirLaw, and nothing else moves.
func TestMovedShare(t *testing.T) {
	const keys, nodes = 200_000, 256
	for _, c := range []struct {
		from, to     int
		modulo, ring float64
	}{
		{8, 16, 1 - 8.0/16, 8.0 / 16},
		{8, 9, 1 - 8.0/72, 1.0 / 9},
		{16, 8, 1 - 8.0/16, 8.0 / 16},
		{6, 4, 1 - 4.0/12, 2.0 / 6},
	} {
		for _, route := range []Route{RouteHash, RouteRing} {
			from, to := testRouting(route, c.from), testRouting(route, c.to)
			from.virtual, to.virtual = nodes, nodes
			before, after := newOwners(from, nil, nil), newOwners(to, nil, nil)
			moved := 0
			for key := range uint64(keys) {
				h := splitmix64(key + 1)
				a, b := before.home(h), after.home(h)
				if a == b {
					continue
				}
				moved++
				if route == RouteRing && int(min(c.from, c.to)) > max(int(a), int(b)) {
					t.Fatalf("ring %d → %d: key %d moves from %d to %d, neither of them new or gone", c.from, c.to, key+1, a, b)
				}
			}
			want, variance := c.modulo, c.modulo*(1-c.modulo)/keys
			if route == RouteRing {
				want = c.ring
				variance = want * (1 - want) * (1.0/keys + 1/float64(max(c.from, c.to)*nodes+1))
			}
			if got := float64(moved) / keys; math.Abs(got-want) > 3*math.Sqrt(variance) {
				t.Errorf("%v %d → %d: %.4f of the keys move, want %.4f ± %.4f", route, c.from, c.to, got, want, math.Sqrt(variance))
			}
		}
	}
}

func TestPairsAreDistinctAndAllAlike(t *testing.T) {
	const partitions, keys = 7, 210_000
	o, counts := testOwners(RouteTwoChoices, partitions), make([]int, partitions*partitions)
	for key := range uint64(keys) {
		a, b := o.pair(splitmix64(key))
		counts[int(a)*partitions+int(b)]++
	}
	for p := range partitions {
		if counts[p*partitions+p] != 0 {
			t.Errorf("partition %d is both choices of %d keys", p, counts[p*partitions+p])
		}
	}
	counts = slices.DeleteFunc(counts, func(n int) bool { return n == 0 })
	if len(counts) != partitions*(partitions-1) {
		t.Errorf("%d ordered pairs, want %d", len(counts), partitions*(partitions-1))
	}
	evenly(t, "pairs", counts)
	if a, b := testOwners(RouteTwoChoices, 1).pair(12345); a != 0 || b != 0 {
		t.Errorf("of one partition: %d and %d", a, b)
	}
}

// TestSubKeysTakeTurns: a round of writes meets each sub-key once, in
// partitions next to each other, and no period of writes meets only some.
func TestSubKeysTakeTurns(t *testing.T) {
	o := testOwners(RouteSalted, 16) // with 8 sub-keys
	h := splitmix64(1)
	first := uint64(o.home(h))
	for round := range uint64(100) {
		seen := map[uint64]bool{}
		for n := range uint64(8) {
			seen[(uint64(o.salted(h, round*8+n))+16-first)%16] = true
		}
		for sub := range uint64(8) {
			if !seen[sub] {
				t.Fatalf("round %d passes sub-key %d by", round, sub)
			}
		}
	}
	for _, period := range []uint64{8, 16, 64, 1000} {
		counts := make([]int, 8)
		for i := range uint64(8000) {
			counts[(uint64(o.salted(h, i*period))+16-first)%16]++
		}
		evenly(t, fmt.Sprintf("every %d-th write", period), counts)
	}
}

func TestReadWidth(t *testing.T) {
	for route, want := range map[Route][2]int{ // of a cold key, of a hot one
		RouteHash: {1, 1}, RouteRing: {1, 1}, RouteRange: {1, 1}, RouteTenant: {1, 1},
		RouteTimeBucket: {16, 16}, RouteTimeSource: {16, 16}, RouteSticky: {16, 16},
		RouteSalted: {1, 8}, RouteTwoChoices: {2, 2},
	} {
		o := testOwners(route, 16)
		hot := route == RouteSalted
		if cold, hot := o.width(false), o.width(hot); cold != want[0] || hot != want[1] {
			t.Errorf("%v: read width %d, hot %d; want %v", route, cold, hot, want)
		}
		if got := testOwners(route, 1).width(hot); got != 1 {
			t.Errorf("%v: read width %d of one partition", route, got)
		}
	}
}

// ownerByScan is the owner of a position by looking at every arc.
func ownerByScan(list []arc, position uint64) uint16 {
	for _, a := range list {
		if a.end >= position {
			return a.owner
		}
	}
	return list[0].owner
}

func TestArcsFindTheOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Ends crowd around few places, so that they share their leading bits.
		ends := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) uint64 {
			return rapid.SampledFrom([]uint64{0, 1 << 20, 1 << 63, ^uint64(0) - 1<<20}).Draw(t, "near") + rapid.Uint64Range(0, 1<<20).Draw(t, "offset")
		}), 1, 200, rapid.ID[uint64]).Draw(t, "ends")
		slices.Sort(ends)
		list := make([]arc, len(ends))
		for i, end := range ends {
			list[i] = arc{end, uint16(i)}
		}
		a := newArcs(list)
		probes := []uint64{0, ^uint64(0), rapid.Uint64().Draw(t, "probe")}
		for _, end := range ends {
			probes = append(probes, end-1, end, end+1)
		}
		for _, position := range probes {
			if got, want := a.owner(position), ownerByScan(list, position); got != want {
				t.Fatalf("position %#x belongs to arc %d, want %d", position, got, want)
			}
		}
	})
}

// wholeRanges fails unless each partition has exactly one range and the ranges
// cover all positions.
func wholeRanges(t *rapid.T, a *arcs, partitions int) {
	if len(a.list) != partitions {
		t.Fatalf("%d ranges of %d partitions", len(a.list), partitions)
	}
	owners := map[uint16]bool{}
	for i, r := range a.list {
		owners[r.owner] = true
		if int(r.owner) >= partitions || i > 0 && r.end <= a.list[i-1].end {
			t.Fatalf("range %d is %+v, behind %+v", i, r, a.list[max(i-1, 0)])
		}
	}
	if len(owners) != partitions || a.list[partitions-1].end != ^uint64(0) {
		t.Fatalf("%d owners of %d partitions, ending at %#x", len(owners), partitions, a.list[partitions-1].end)
	}
}

func TestRangesStayWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		partitions := rapid.IntRange(1, 40).Draw(t, "partitions")
		a := newRanges(partitions)
		wholeRanges(t, &a, partitions)
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			load := rapid.SliceOfN(rapid.Uint64Range(0, 1000), partitions, partitions).Draw(t, "load")
			partitions = rapid.IntRange(1, 200).Draw(t, "then")
			a = a.resized(partitions, load)
			wholeRanges(t, &a, partitions)
		}
	})
}

// TestSplitTakesHalfOfTheHottest: of four ranges the third is hottest, so its
// upper half is split off, and both halves are no longer hottest then.
func TestSplitTakesHalfOfTheHottest(t *testing.T) {
	before := newRanges(4)
	load := []uint64{10, 20, 60, 25}
	five, six := before.resized(5, load), before.resized(6, load)
	quarter := uint64(1) << 62
	for position, want := range map[uint64]uint16{
		0: 0, quarter: 1, 2 * quarter: 2, 2*quarter + quarter/2 - 1: 2, 2*quarter + quarter/2: 4, 3*quarter - 1: 4, 3 * quarter: 3, ^uint64(0): 3,
	} {
		if got := five.owner(position); got != want {
			t.Errorf("of five: %#x belongs to %d, want %d", position, got, want)
		}
	}
	// 30 and 30 are left of the hottest: the lower one goes first.
	if got := six.owner(2*quarter + quarter/2 - 1); got != 5 {
		t.Errorf("of six: the upper quarter of the hottest range belongs to %d, want 5", got)
	}
	again := five.resized(4, make([]uint64, 5))
	if !slices.Equal(again.list, before.list) {
		t.Errorf("split and merged, the ranges are %v, were %v", again.list, before.list)
	}
}

// TestRangeOfOneKeyIsSplitToTheEnd: a single hot key stays in one half however
// often its range is split, until there is nothing left to split.
func TestRangeOfOneKeyIsSplitToTheEnd(t *testing.T) {
	a := newRanges(1)
	h := splitmix64(1)
	for partitions := 2; partitions <= 100; partitions++ {
		load := make([]uint64, partitions-1)
		load[a.owner(h)] = 1000
		a = a.resized(partitions, load)
	}
	at := slices.IndexFunc(a.list, func(r arc) bool { return r.end >= h })
	if width := a.list[at].end - a.list[at-1].end; width != 1 {
		t.Errorf("after 99 splits the range of the key holds %d positions, want 1 after 64", width)
	}
	if len(a.list) != 100 {
		t.Errorf("%d ranges, want 100", len(a.list))
	}
}

// TestHotKeysAreThoseAboveTheirShare draws from known shares: keys well above
// the limit must be hot soon, those below half of it never.
func TestHotKeysAreThoseAboveTheirShare(t *testing.T) {
	k := newHotKeys(0.01)
	stream := sim.NewStream(1, 0, "hot keys", "draw")
	seen := map[uint32]int{}
	for n := range 300_000 {
		key := uint32(1000 + stream.Uint64n(100_000)) // a long tail
		switch u := stream.Float64(); {
		case u < 0.2:
			key = 1
		case u < 0.22:
			key = 2
		case u < 0.224: // under half the limit
			key = 3
		}
		k.add(key, splitmix64(uint64(key)))
		if seen[key] == 0 && k.hot(key, splitmix64(uint64(key))) {
			seen[key] = n
		}
	}
	if len(seen) != 2 || seen[1] == 0 || seen[2] == 0 {
		t.Fatalf("hot keys, and since which write: %v; want keys 1 and 2", seen)
	}
	// A hundredth of a round of 10 000 are 100 writes, which at a share of 20 %
	// take 500 writes to come, with a standard deviation of √100·√0.8/0.2 = 45.
	if seen[1] < 500-3*45 || seen[1] > 500+3*45 {
		t.Errorf("key 1 is hot since write %d, want about 500", seen[1])
	}
	for range 2 * k.round { // only others: key 1 cools
		key := uint32(1000 + stream.Uint64n(100_000))
		k.add(key, splitmix64(uint64(key)))
	}
	if k.hot(1, splitmix64(1)) {
		t.Error("key 1 is still hot two rounds after its last write")
	}
}

func TestHotKeysOfEveryLimit(t *testing.T) {
	for _, above := range []float64{0, 1e-9, 1e-3, 0.5, 1} {
		k := newHotKeys(above)
		for n := range uint32(200_000) {
			k.add(1, splitmix64(1))
			k.add(n+2, splitmix64(uint64(n+2)))
		}
		if got, want := k.hot(1, splitmix64(1)), above <= 0.5; got != want {
			t.Errorf("a key with half of the writes is hot: %v with a limit of %v", got, above)
		}
		if got, want := k.hot(200_001, splitmix64(200_001)), above == 0; got != want {
			t.Errorf("a key with one write is hot: %v with a limit of %v", got, above)
		}
	}
}
