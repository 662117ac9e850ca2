package models

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSpaceSaving holds the sketch against exact counts. With m counters and
// n writes counted (Metwally, Agrawal and El Abbadi 2005, lemmas 3.3 to 3.5
// and theorem 3.1):
//
//   - a counter is never below the true count, and above it by at most its error;
//   - no error exceeds n/m, and the counters add up to n;
//   - every key with more than n/m of the writes has a counter.
func TestSpaceSaving(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		space := rapid.IntRange(1, 200).Draw(t, "space")
		// Ranks to a power: the greater it is the more go to the first keys.
		power := rapid.IntRange(1, 6).Draw(t, "power")
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		next := rapid.Uint64().Draw(t, "seed")
		exact := map[uint32]uint32{}
		var sketch topKeys
		for range n {
			next = splitmix64(next)
			u := float64(next>>11) * 0x1p-53
			x := float64(space)
			for range power {
				x *= u
			}
			key := uint32(x) + 1
			exact[key]++
			sketch.add(key)
		}
		sum, counted := uint32(0), map[uint32]bool{}
		for i, key := range sketch.keys {
			if key == 0 {
				continue
			}
			if counted[key] {
				t.Fatalf("key %d has two counters", key)
			}
			counted[key] = true
			sum += sketch.counts[i]
			if count := sketch.counts[i]; count < exact[key] || count-sketch.errors[i] > exact[key] {
				t.Fatalf("key %d came %d times, counted are %d with an error of up to %d", key, exact[key], count, sketch.errors[i])
			}
			if sketch.errors[i] > uint32(n)/topSlots {
				t.Fatalf("key %d: error %d of %d writes on %d counters", key, sketch.errors[i], n, topSlots)
			}
		}
		if sum != uint32(n) || sketch.total != uint32(n) {
			t.Fatalf("%d writes, counters add up to %d and the total is %d", n, sum, sketch.total)
		}
		most := sketch.most()
		if key, share := sketch.top(); most[0] != (KeyShare{key, share}) {
			t.Fatalf("the most frequent key is %v and %d with %g", most[0], key, share)
		}
		for rank, k := range most {
			if k.Share*float64(n) > float64(exact[k.Key])+1e-6 || rank > 0 && k.Share > most[rank-1].Share {
				t.Fatalf("shares %v of %d writes, exact counts %v", most, n, exact)
			}
		}
		for key, count := range exact {
			if count > uint32(n)/topSlots && !counted[key] {
				t.Fatalf("key %d came %d times of %d and has no counter", key, count, n)
			}
		}
	})
}

// TestTopKeyFollowsTheLoad: the key that is reported is the one that came most
// often of late, with its share; one that has cooled down is forgotten.
func TestTopKeyFollowsTheLoad(t *testing.T) {
	var sketch topKeys
	if key, share := sketch.top(); key != 0 || share != 0 {
		t.Errorf("nothing counted: top is key %d with %v", key, share)
	}
	random := uint64(1)
	count := func(hot uint32, writes int) { // four in ten are of the hot key, the rest of a thousand others
		for i := range writes {
			if i%10 < 4 {
				sketch.add(hot)
				continue
			}
			random = splitmix64(random)
			sketch.add(uint32(random%1000) + 100)
		}
	}
	const memory = topMemory
	for _, hot := range []uint32{7, 8, 7} {
		count(hot, 4*memory)
		// The share is from below, by at most what a counter may owe to others: 1/16.
		if key, share := sketch.top(); key != hot || share < 0.4-1.0/topSlots-0.05 || share > 0.4+0.05 {
			t.Errorf("top is key %d with a share of %v, want key %d with about 0.4", key, share, hot)
		}
	}
	var flat topKeys
	for key := range uint32(10_000) {
		flat.add(key + 1)
	}
	if key, share := flat.top(); key != 0 {
		t.Errorf("all keys came once, but the top is key %d with %v", key, share)
	}
}
