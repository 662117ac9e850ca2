package sim

import "math/bits"

// A time is read as a number of eleven digits in base 64; digit 0 counts
// nanoseconds, digit 1 counts 64 ns, digit 10 counts 36 years.
const (
	digitBits = 6
	slots     = 1 << digitBits
	levels    = (64 + digitBits - 1) / digitBits
)

// digit reports the digit of t at a level.
func digit(t Time, level uint32) uint32 {
	return uint32(uint64(t)>>(digitBits*level%64)) % slots
}

// topDigit reports the level of the highest digit that is set in a difference
// of two times, a bitwise exclusive or; 0 if they are equal.
func topDigit(difference Time) uint32 {
	return uint32(bits.Len64(uint64(difference)|1)-1) / digitBits
}

// farTier holds the events that are not near, in buckets by level and slot.
//
// Invariant: no event is before base. An event is on the level of the highest
// digit in which it differs from base, in the slot of its digit there.
//
// So a bucket of level n holds the events of one stretch of 64ⁿ ns, on all of
// whose digits from n on they agree. Every event of a lower level is before
// every one of a higher level, as it agrees with base in more digits, and on
// one level the order of slots is the order of time:
//
//	base 2.17.40  level 0: 2.17.40 … 2.17.63
//	              level 1: 2.18._  … 2.63._
//	              level 2: 3._._   …
type farTier struct {
	base     Time
	count    int            // events in all buckets
	occupied uint16         // bit n: level n has an event
	slots    [levels]uint64 // bit s of [n]: slot s of level n has an event
	buckets  [levels][slots]chain
	pool     blockPool
}

func newFarTier() farTier {
	return farTier{base: Never, pool: newBlockPool()}
}

// add appends e, which is not before base, to its bucket.
func (f *farTier) add(e event) {
	f.put(e, topDigit(e.at^f.base))
	f.count++
}

// put appends e to its bucket on a level, without counting it.
func (f *farTier) put(e event, level uint32) {
	slot := digit(e.at, level)
	c := &f.buckets[level][slot]
	if c.last == noBlock {
		f.occupy(level, slot)
	}
	f.pool.append(c, e)
}

// addFirst puts e into its bucket, ahead of the events there.
func (f *farTier) addFirst(e event) {
	f.pool.prepend(f.bucket(e.at, topDigit(e.at^f.base)), e)
	f.count++
}

// bucket reports the bucket of an instant on a level, to be added to.
func (f *farTier) bucket(at Time, level uint32) *chain {
	return f.occupy(level, digit(at, level))
}

// occupy reports a bucket, marked as one that holds events.
func (f *farTier) occupy(level, slot uint32) *chain {
	f.occupied |= 1 << (level % 16)
	f.slots[level] |= 1 << (slot % slots)
	return &f.buckets[level][slot%slots]
}

// earliest reports the bucket of the earliest event; there must be one.
func (f *farTier) earliest() (level, slot uint32) {
	level = uint32(bits.TrailingZeros16(f.occupied))
	return level, uint32(bits.TrailingZeros64(f.slots[level]))
}

// size reports the number of events in a bucket.
func (f *farTier) size(level, slot uint32) int {
	return f.pool.size(f.buckets[level][slot])
}

// detach empties a bucket and reports what was in it. The events are still
// counted.
func (f *farTier) detach(level, slot uint32) chain {
	c := f.buckets[level][slot]
	f.buckets[level][slot] = chain{}
	f.slots[level] &^= 1 << slot
	if f.slots[level] == 0 {
		f.occupied &^= 1 << level
	}
	return c
}

// A bucket of fewer than fewEvents events is sorted sooner by searching than by
// counting.
const fewEvents = 6

// load moves the events of the earliest bucket to the near tier, which has room
// for them. Base moves to the last instant of the bucket.
func (f *farTier) load(level, slot uint32, near *nearTier) {
	c := f.detach(level, slot)
	size := f.pool.size(c)
	f.count -= size
	if level == 0 || size < fewEvents {
		for i, end := f.pool.first(c), false; !end; i = f.pool.blocks[i].next {
			near.load(f.pool.blocks[i].held())
			end = i == c.last
		}
	} else {
		f.loadByDigit(c, level-1, near)
	}
	f.pool.release(c)
	f.base = near.events[near.low].at | (1<<(digitBits*level) - 1)
}

// loadByDigit moves the events of a bucket, which agree on the digits above
// level and are later than those in the near tier, in the order of their digit
// there: by distribution counting (Knuth 1998, "The Art of Computer
// Programming" vol. 3, § 5.2, algorithm D). To search for the place of each
// would make the processor guess, wrongly, how long the search is. Few events
// of a bucket agree on one more digit; those are sorted by insertion.
func (f *farTier) loadByDigit(c chain, level uint32, near *nearTier) {
	var places [slots]uint8 // by digit: how many events, then the end of their places; nearPlaces fit
	for i, end := f.pool.first(c), false; !end; i = f.pool.blocks[i].next {
		for _, e := range f.pool.blocks[i].held() {
			places[digit(e.at, level)]++
		}
		end = i == c.last
	}
	size := f.pool.size(c)
	near.low -= uint(size)
	place := uint8(near.low)
	for d := slots - 1; d >= 0; d-- {
		place += places[d]
		places[d] = place
	}
	for i, end := f.pool.first(c), false; !end; i = f.pool.blocks[i].next {
		for _, e := range f.pool.blocks[i].held() {
			d := digit(e.at, level)
			places[d]-- // what was scheduled first is the last in the list
			near.events[places[d]%nearPlaces] = e
		}
		end = i == c.last
	}
	near.sort(size)
}

// loadPart moves the first events of the earliest bucket, of one instant, to
// the near tier, as far as they fit. Base moves to that instant.
func (f *farTier) loadPart(slot uint32, near *nearTier) {
	c := &f.buckets[0][slot]
	for {
		b := &f.pool.blocks[f.pool.first(*c)]
		if len(b.held()) > near.room() {
			break
		}
		near.load(b.held())
		f.count -= len(b.held())
		f.pool.releaseFirst(c)
	}
	f.base = near.events[near.low].at
}

// split spreads the events of the earliest bucket over the slots of the highest
// level on which they differ, which is below the one they are on.
//
// The invariant is broken until base has moved into the bucket, by load or
// loadPart. No level below was occupied, so the order of levels holds.
func (f *farTier) split(level, slot uint32) {
	c := f.detach(level, slot)
	level = topDigit(f.pool.spread(c))
	for i, end := f.pool.first(c), false; !end; {
		b := f.pool.blocks[i] // a copy: put may use the block again, or move all
		f.pool.give(i)
		for _, e := range b.held() {
			f.put(e, level)
		}
		end = i == c.last
		i = b.next
	}
}

// lower moves base back to an earlier instant, which no event is before. What
// differed from the old base in a low digit only now differs first in the digit
// in which the old base does, and goes to the one bucket of that digit.
func (f *farTier) lower(base Time) {
	old := f.base
	f.base = base
	top := topDigit(old ^ base)
	for f.occupied&(1<<top-1) != 0 {
		c := f.detach(f.earliest())
		f.pool.join(f.bucket(old, top), c)
	}
}

// filter removes the events that keep refuses.
func (f *farTier) filter(keep func(event) bool) {
	f.count = 0
	for level := range uint32(levels) {
		for rest := f.slots[level]; rest != 0; rest &= rest - 1 {
			slot := uint32(bits.TrailingZeros64(rest))
			kept := f.pool.filter(f.detach(level, slot), keep)
			if kept != (chain{}) {
				*f.occupy(level, slot) = kept
				f.count += f.pool.size(kept)
			}
		}
	}
}
