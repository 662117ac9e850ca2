package sim

import "fmt"

// Reset forgets all spans.
func (h *Histogram) Reset() {
	first, end := h.used()
	clear(h.counts[first:end])
	h.n, h.sum, h.min, h.max = 0, uint128{}, 0, 0
}

// CopyFrom makes h equal to o without allocating.
func (h *Histogram) CopyFrom(o *Histogram) {
	if h == o {
		return
	}
	h.Reset()
	first, end := o.used()
	copy(h.counts[first:end], o.counts[first:end])
	h.n, h.sum, h.min, h.max = o.n, o.sum, o.min, o.max
}

// Clone returns an independent copy.
func (h *Histogram) Clone() *Histogram {
	c := new(Histogram)
	c.CopyFrom(h)
	return c
}

// Merge adds all that o has recorded, as if every span had been recorded in h.
func (h *Histogram) Merge(o *Histogram) {
	if o.n == 0 {
		return
	}
	first, end := o.used()
	for i := first; i < end; i++ {
		h.counts[i] += o.counts[i]
	}
	h.widen(o.min, o.max)
	h.n += o.n
	h.sum = h.sum.plus(o.sum)
}

// Sub removes what earlier holds, which must be a former state of h: what
// remains was recorded since. This gives the histogram of a window:
//
//	window.CopyFrom(total)
//	window.Sub(before)
//	before.CopyFrom(total)
//
// Count, sum and buckets are exact. Minimum and maximum are exact if they
// surpass those of earlier; else they are known to their bucket, and its outer
// edge is taken. Sub panics if earlier holds a span that h does not.
func (h *Histogram) Sub(earlier *Histogram) {
	if earlier.n == 0 {
		return
	}
	first, end := earlier.used()
	for i := first; i < end; i++ {
		if h.counts[i] < earlier.counts[i] {
			low, high := bucketEdges(i)
			panic(fmt.Sprintf("sim: histogram holds %d spans from %v to %v, fewer than %d to subtract",
				h.counts[i], low, high, earlier.counts[i]))
		}
	}
	first, end = h.used()
	for i := first; i < end; i++ {
		h.counts[i] -= earlier.counts[i]
	}
	h.n -= earlier.n
	h.sum, _ = h.sum.minus(earlier.sum)
	h.narrow(first, end)
}

// narrow brings minimum and maximum up to date after spans were removed from
// buckets in [first, end).
func (h *Histogram) narrow(first, end uint) {
	if h.n == 0 {
		h.min, h.max = 0, 0
		return
	}
	for h.counts[first] == 0 {
		first++
	}
	for h.counts[end-1] == 0 {
		end--
	}
	low, _ := bucketEdges(first)
	_, high := bucketEdges(end - 1)
	h.min = max(h.min, low)
	h.max = min(h.max, high)
}
