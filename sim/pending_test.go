package sim

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// shape is a distribution of the span between scheduling an event and its
// instant.
type shape struct {
	name string
	span func(draws *Stream, now Time) Time
}

// shapes are those that the literature tries pending-event sets with, and the
// ones that this one could trip over.
var shapes = []shape{
	{"exponential", func(draws *Stream, _ Time) Time {
		return Time(draws.Exp() * float64(Millisecond))
	}},
	{"uniform", func(draws *Stream, _ Time) Time {
		return Time(draws.Uint64n(uint64(2 * Millisecond)))
	}},
	// Most of the events are soon, one in ten a million times as far away.
	{"bimodal", func(draws *Stream, _ Time) Time {
		if draws.Uint64n(10) > 0 {
			return Time(draws.Exp() * float64(Microsecond))
		}
		return Second + Time(draws.Exp()*float64(Second))
	}},
	{"one instant", func(*Stream, Time) Time { return 0 }},
	{"constant", func(*Stream, Time) Time { return Millisecond }},
	{"few instants", func(draws *Stream, _ Time) Time {
		return Time(draws.Uint64n(4))
	}},
	// Every order of magnitude up to 146 years equally often.
	{"far", func(draws *Stream, now Time) Time {
		span := Time(draws.Uint64() >> (2 + draws.Uint64n(60)))
		return min(span, Never-1-now)
	}},
	// On and next to the boundaries between buckets of all levels, where a
	// time changes many of its digits at once.
	{"boundary", func(draws *Stream, now Time) Time {
		width := Time(1) << (digitBits * draws.Uint64n(5))
		to := (now/width+1)*width + Time(draws.Uint64n(3)) - 1
		return max(0, to-now)
	}},
	// In the first half of a millisecond all events are for its end, in the
	// second half they are at once: those crowd out what was already near.
	{"appointment", func(draws *Stream, now Time) Time {
		if left := Millisecond - now%Millisecond; left > Millisecond/2 {
			return left
		}
		return Time(draws.Uint64n(uint64(Microsecond)))
	}},
}

// check panics if an invariant of the set does not hold. Every far event is
// looked at, so it is for tests.
func (p *pendingSet) check() {
	near := &p.near
	mustHold(near.len() >= 0 && !near.full(), "near tier from %d to %d", near.low, near.end)
	mustHold(near.events[near.low-1].at == Never, "near tier without a mark before it")
	for i, e := range near.events[near.low:near.end] {
		mustHold(near.events[int(near.low)+i-1].at >= e.at, "near tier out of order at %d", i)
		mustHold(e.at < p.limit || e.at == p.far.base, "near event at %v, limit %v", e.at, p.limit)
	}
	if p.far.count == 0 {
		mustHold(p.far.occupied == 0, "an empty far tier has level bits %b", p.far.occupied)
	} else {
		mustHold(p.limit == p.far.base || p.limit == p.far.base+1,
			"limit %d, base %d", p.limit, p.far.base)
	}
	p.far.check(p.limit)
}

// check panics if an invariant of the tier does not hold or an event is before
// limit.
func (f *farTier) check(limit Time) {
	events, blocks := 0, 1 // the block noBlock
	for level := range f.buckets {
		mustHold(f.occupied>>level&1 == 1 == (f.slots[level] != 0), "level bit %d", level)
		for slot, c := range f.buckets[level] {
			mustHold(f.slots[level]>>slot&1 == 1 == (c.last != noBlock), "slot bit %d of level %d", slot, level)
			held := 0
			for i, end := f.pool.first(c), c.last == noBlock; !end; i = f.pool.blocks[i].next {
				for _, e := range f.pool.blocks[i].held() {
					mustHold(e.at >= limit, "far event at %d, limit %d", e.at, limit)
					mustHold(uint32(level) == topDigit(e.at^f.base) && uint32(slot) == digit(e.at, uint32(level)),
						"event at %d in slot %d of level %d, base %d", e.at, slot, level, f.base)
				}
				held += len(f.pool.blocks[i].held())
				blocks++
				end = i == c.last
			}
			mustHold(held == f.pool.size(c), "bucket %d.%d: %d events, count %d", level, slot, held, f.pool.size(c))
			events += held
		}
	}
	mustHold(events == f.count, "%d far events, count %d", events, f.count)
	for i := f.pool.spare; i != noBlock; i = f.pool.blocks[i].next {
		blocks++
	}
	mustHold(blocks == len(f.pool.blocks), "%d of %d blocks in use or spare", blocks, len(f.pool.blocks))
}

func mustHold(ok bool, format string, args ...any) {
	if !ok {
		panic("sim: broken invariant: " + fmt.Sprintf(format, args...))
	}
}

// sortedSet is the obviously right pending set: one sorted list.
type sortedSet struct{ events []event } // in the order in which they leave

func (r *sortedSet) push(e event) {
	i, _ := slices.BinarySearchFunc(r.events, e.at+1, func(e event, at Time) int {
		return int(e.at - at)
	})
	r.events = slices.Insert(r.events, i, e)
}

func (r *sortedSet) first() (event, bool) {
	if len(r.events) == 0 {
		return event{}, false
	}
	return r.events[0], true
}

func (r *sortedSet) pop() { r.events = r.events[1:] }

func (r *sortedSet) filter(keep func(event) bool) {
	r.events = slices.DeleteFunc(r.events, func(e event) bool { return !keep(e) })
}

// TestPendingSetAgainstSortedList runs random operations on the set and on a
// sorted list. Between two looks at the first event the time is free to run
// on, which no event comes before.
func TestPendingSetAgainstSortedList(t *testing.T) {
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				set, reference := newPendingSet(), &sortedSet{}
				draws := NewStream(rapid.Uint64().Draw(t, "seed"), 0, "test", shape.name)
				start := Time(rapid.Int64Range(0, int64(Hour)).Draw(t, "start"))
				now, pushed := start, uint32(0)
				push := func() {
					e := event{now + shape.span(&draws, now), 0, pushed}
					pushed++
					set.push(e)
					reference.push(e)
				}
				look := func() (event, bool) {
					got, ok := set.first()
					want, wantOK := reference.first()
					if got != want || ok != wantOK {
						t.Fatalf("first event %v, %t, want %v, %t", got, ok, want, wantOK)
					}
					return got, ok
				}
				pop := func() bool {
					e, ok := look()
					if ok {
						set.pop()
						reference.pop()
						now = e.at
					}
					return ok
				}
				count := rapid.IntRange(1, 300)
				t.Repeat(map[string]func(*rapid.T){
					"push": func(t *rapid.T) {
						for range count.Draw(t, "n") {
							push()
						}
					},
					"pop": func(t *rapid.T) {
						for range count.Draw(t, "n") {
							pop()
						}
					},
					"hold": func(t *rapid.T) {
						for range count.Draw(t, "n") {
							if pop() {
								push()
							}
						}
					},
					"look": func(t *rapid.T) {
						if e, ok := look(); ok { // and go half way
							now += (e.at - now) / 2
						}
					},
					"filter": func(t *rapid.T) {
						part := rapid.Uint32Range(1, 5).Draw(t, "part")
						keep := func(e event) bool { return e.arg%5 >= part }
						set.filter(keep)
						reference.filter(keep)
					},
					"": func(t *rapid.T) {
						set.check()
						if set.len() != len(reference.events) {
							t.Fatalf("%d events, want %d", set.len(), len(reference.events))
						}
					},
				})
				for pop() {
				}
			})
		})
	}
}

// TestPendingSetInBulk sorts as many events as push every level of the set into
// use, with a sweep in the middle.
func TestPendingSetInBulk(t *testing.T) {
	const n = 100_000
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			set := newPendingSet()
			draws := NewStream(1, 0, "test", shape.name)
			last := event{}
			for i := range uint32(n) {
				set.push(event{shape.span(&draws, 0), 0, i})
			}
			next := uint32(n)
			for i := 0; ; i++ {
				e, ok := set.first()
				if !ok {
					break
				}
				set.pop()
				if e.at < last.at || e.at == last.at && e.arg < last.arg && i > 0 {
					t.Fatalf("event %d at %d after event %d at %d", e.arg, e.at, last.arg, last.at)
				}
				last = e
				if next < 4*n {
					set.push(event{e.at + shape.span(&draws, e.at), 0, next})
					next++
				}
				if i == n {
					set.filter(func(e event) bool { return e.arg%2 == 0 })
					set.check()
				}
			}
			set.check()
		})
	}
}

// TestPendingSetGivesMemoryBack fills and empties the set over and over: the
// arrays must not grow beyond what the first round needs, give or take the
// place of bucket boundaries.
func TestPendingSetGivesMemoryBack(t *testing.T) {
	set := newPendingSet()
	draws := NewStream(1, 0, "test", "memory")
	now, first := Time(0), 0
	for round := range 50 {
		for range 10_000 {
			set.push(event{at: now + gap(&draws)})
		}
		for {
			e, ok := set.first()
			if !ok {
				break
			}
			set.pop()
			now = e.at
		}
		if round == 0 {
			first = set.bytes()
		}
	}
	if got := set.bytes(); got > first+first/4 {
		t.Errorf("%d bytes after 50 rounds, %d after the first", got, first)
	}
}

// TestTopDigit compares with the definition, digit by digit.
func TestTopDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Time(rapid.Int64Range(0, int64(Never)).Draw(t, "a"))
		b := a ^ Time(rapid.Uint64().Draw(t, "difference")>>rapid.IntRange(1, 63).Draw(t, "shift"))
		want := uint32(0)
		for level := range uint32(levels) {
			if digit(a, level) != digit(b, level) {
				want = level
			}
		}
		if got := topDigit(a ^ b); got != want {
			t.Fatalf("topDigit(%x ^ %x) = %d, want %d (%d bits)", a, b, got, want, bits.Len64(uint64(a^b)))
		}
	})
}
