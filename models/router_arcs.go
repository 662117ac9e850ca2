package models

import (
	"container/heap"
	"math/bits"
	"slices"
)

// arcs divide the positions 0 to 2⁶⁴-1 among partitions. They are the arcs
// before the virtual nodes of a ring, or the ranges of sorted keys.
//
// Invariant: they do not change once made, so that a migration can keep the
// ones that keys move away from.
type arcs struct {
	list  []arc
	first []uint32 // by the leading bits of a position: the first arc that may hold it
	shift uint8    // of a position to its leading bits
}

// arc is a stretch of positions, from behind the arc before it to its end.
type arc struct {
	end   uint64
	owner uint16
}

// newArcs takes arcs in the order of their ends, and keeps them.
func newArcs(list []arc) arcs {
	a := arcs{list: list}
	slots := 2 << bits.Len(uint(len(list)-1)) // twice the arcs or more: the search is short
	a.shift = uint8(64 - bits.TrailingZeros(uint(slots)))
	a.first = make([]uint32, slots+1)
	at := uint32(0)
	for i := range slots {
		for int(at) < len(list) && list[at].end < uint64(i)<<a.shift {
			at++
		}
		a.first[i] = at
	}
	a.first[slots] = uint32(len(list))
	return a
}

// owner returns the owner of the arc that holds a position. What lies behind
// the last end belongs to the first arc.
func (a *arcs) owner(position uint64) uint16 {
	slot := position >> a.shift
	low, high := a.first[slot], a.first[slot+1]
	for low < high {
		if middle := (low + high) / 2; a.list[middle].end < position {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if int(low) == len(a.list) {
		low = 0
	}
	return a.list[low].owner
}

// newRing places the virtual nodes of partitions on a ring; a position belongs
// to the next node. A node's place depends on its own number and on nothing
// else, so that one more partition takes about 1/M of the positions, from all
// others, and moves nothing among them (Karger et al. 1997, "Consistent hashing
// and random trees", § 4).
func newRing(partitions, nodes int) arcs {
	ring := make([]arc, 0, partitions*nodes)
	for p := range partitions {
		for n := range nodes {
			// Keys are below 2³², so no node has the place of a key.
			ring = append(ring, arc{end: splitmix64(uint64(p+1)<<32 | uint64(n)), owner: uint16(p)})
		}
	}
	slices.SortFunc(ring, func(a, b arc) int {
		if a.end < b.end {
			return -1
		}
		return 1 // splitmix64 is a bijection: no two ends are equal
	})
	return newArcs(ring)
}

// newRanges divides the positions evenly, in the order of the partitions.
func newRanges(partitions int) arcs {
	ranges := make([]arc, partitions)
	for p := range ranges {
		end := ^uint64(0)
		if p+1 < partitions {
			quotient, _ := bits.Div64(uint64(p+1), 0, uint64(partitions))
			end = quotient - 1
		}
		ranges[p] = arc{end, uint16(p)}
	}
	return newArcs(ranges)
}

// resized returns the ranges for another number of partitions. Each further
// partition takes the upper half of the range with most load, which is then
// taken to be spread evenly over both halves. A partition that goes leaves
// its range to the one below it, or if there is none to the one above.
func (a *arcs) resized(partitions int, load []uint64) arcs {
	if partitions > len(a.list) {
		return newArcs(a.split(partitions, load))
	}
	return newArcs(a.merged(partitions))
}

func (a *arcs) split(partitions int, load []uint64) []arc {
	pieces := make(hottestFirst, 0, partitions)
	start := uint64(0)
	for _, r := range a.list {
		pieces = append(pieces, piece{r, r.end - start, float64(load[r.owner])})
		start = r.end + 1
	}
	heap.Init(&pieces)
	for p := len(a.list); p < partitions; p++ {
		hottest := &pieces[0]
		upper := hottest.width / 2 // of the width, which is one less than the positions
		hottest.load /= 2
		taken := piece{arc{hottest.end, uint16(p)}, upper, hottest.load}
		hottest.end -= upper + 1
		hottest.width -= upper + 1
		heap.Fix(&pieces, 0)
		heap.Push(&pieces, taken)
	}
	ranges := make([]arc, len(pieces))
	for i := range pieces {
		ranges[i] = pieces[i].arc
	}
	slices.SortFunc(ranges, func(a, b arc) int {
		if a.end < b.end {
			return -1
		}
		return 1
	})
	return ranges
}

func (a *arcs) merged(partitions int) []arc {
	ranges := make([]arc, 0, partitions)
	for _, r := range a.list {
		switch n := len(ranges); {
		case int(r.owner) < partitions:
			ranges = append(ranges, r)
		case n > 0:
			ranges[n-1].end = r.end
		}
	}
	return ranges
}

// piece is a range that may be split.
type piece struct {
	arc
	width uint64 // positions but one
	load  float64
}

// hottestFirst is a heap of pieces: most load first, then widest, then lowest.
// Those of one position cannot be split and come last.
type hottestFirst []piece

func (h hottestFirst) Len() int      { return len(h) }
func (h hottestFirst) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *hottestFirst) Push(x any)   { *h = append(*h, x.(piece)) }
func (h *hottestFirst) Pop() any     { panic("models: the heap of ranges only grows") }

func (h hottestFirst) Less(i, j int) bool {
	a, b := &h[i], &h[j]
	switch {
	case (a.width == 0) != (b.width == 0):
		return b.width == 0
	case a.load != b.load:
		return a.load > b.load
	case a.width != b.width:
		return a.width > b.width
	}
	return a.end < b.end
}
