package models

import "math"

// hotKeys tells the hot keys of a store. It counts the writes of every key
// over a round of writes, exactly. A key becomes hot the moment it has had its
// share of a whole round, and cools when a round has brought it less than half
// of that; the gap keeps a key at the brink from going back and forth.
//
// A round is so long that a key at the brink is counted 100 times, but has at
// most longestRound writes: shares below 100/longestRound are told from others
// less sharply, those below fewestCounts/longestRound not at all.
type hotKeys struct {
	above float64
	slots []hotSlot // open addressing; a power of two, at most about half of it in use
	round int       // writes of a round
	seen  int       // of this round
	brink uint32    // writes of a round that make a key hot
	kept  []uint32  // scratch
}

// hotSlot counts one key. Keys count from 1: a slot with key 0 is free.
type hotSlot struct {
	key, count uint32
	hot        bool
}

const (
	shortestRound = 1000
	longestRound  = 1 << 16
	fewestCounts  = 8
)

func newHotKeys(above float64) *hotKeys {
	k := &hotKeys{above: above}
	if above == 0 {
		return k
	}
	k.round = int(min(max(100/above, shortestRound), longestRound))
	k.brink = uint32(max(math.Ceil(float64(above*float64(k.round))), fewestCounts))
	size := 1
	for size < 2*k.round {
		size *= 2
	}
	k.slots = make([]hotSlot, size)
	k.kept = make([]uint32, 0, k.round/int(k.brink/2))
	return k
}

// slot returns the slot of a key with hash h, or the free one where it belongs.
func (k *hotKeys) slot(key uint32, h uint64) *hotSlot {
	mask := uint64(len(k.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := &k.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// hot reports whether a key with hash h is hot. With a limit of 0 all are.
func (k *hotKeys) hot(key uint32, h uint64) bool {
	return k.above == 0 || k.slot(key, h).hot
}

// add counts a write to a key with hash h.
func (k *hotKeys) add(key uint32, h uint64) {
	if k.above == 0 {
		return
	}
	if k.seen == k.round {
		k.endRound()
	}
	k.seen++
	s := k.slot(key, h)
	s.key = key
	s.count++
	if s.count >= k.brink {
		s.hot = true
	}
}

// endRound forgets the counts and the keys that have cooled.
func (k *hotKeys) endRound() {
	k.kept = k.kept[:0]
	for i := range k.slots {
		if s := &k.slots[i]; s.hot && s.count >= k.brink/2 {
			k.kept = append(k.kept, s.key)
		}
	}
	clear(k.slots)
	k.seen = 0
	for _, key := range k.kept {
		*k.slot(key, splitmix64(uint64(key))) = hotSlot{key: key, hot: true}
	}
}
