package models

// topKeys finds the most frequent keys of a stream without counting them
// all: Space-Saving (Metwally, Agrawal and El Abbadi 2005, "Efficient
// computation of frequent and top-k elements in data streams"). A key that has
// no counter takes over the smallest one, so an estimate is never too low, and
// too high by at most the smallest count. Counts are halved now and then, so
// that a key that has cooled down is forgotten. Every topEvery-th write counts: a
// frequent key is found all the same, at a fraction of the cost.
//
// Invariant: counts do not increase from one to the next, so that frequent keys
// are found first and the last count is a smallest one.
type topKeys struct {
	keys   [topSlots]uint32
	counts [topSlots]uint32
	errors [topSlots]uint32 // by how much a count may be too high
	total  uint32           // writes counted, halved with the counts
}

const (
	topSlots  = 16
	topMemory = 1 << 14 // writes counted between halvings
	topEvery  = 4       // of so many writes, one is counted
)

func (t *topKeys) add(key uint32) {
	t.total++
	if t.total >= topMemory {
		t.fade()
	}
	i := 0
	for i < topSlots && t.keys[i] != key {
		i++
	}
	if i == topSlots {
		i--
		t.errors[i] = t.counts[i]
		t.keys[i] = key
	}
	t.counts[i]++
	t.rise(i)
}

// rise moves a key that has been counted ahead of those that came as often as
// it had before.
func (t *topKeys) rise(i int) {
	j := i
	for j > 0 && t.counts[j-1] < t.counts[i] {
		j--
	}
	t.swap(i, j)
}

func (t *topKeys) swap(i, j int) {
	t.keys[i], t.keys[j] = t.keys[j], t.keys[i]
	t.counts[i], t.counts[j] = t.counts[j], t.counts[i]
	t.errors[i], t.errors[j] = t.errors[j], t.errors[i]
}

func (t *topKeys) fade() {
	for i := range t.counts {
		t.counts[i] /= 2
		t.errors[i] /= 2
	}
	t.total /= 2
}

// most returns the most frequent keys and their shares, the largest first, by
// the counts that are certain; what did not certainly come more than once is
// left 0.
func (t *topKeys) most() (list [TopKeys]KeyShare) {
	var taken [topSlots]bool
	for rank := range list {
		best := -1
		for i := range t.keys {
			if !taken[i] && t.certain(i) >= 2 && (best < 0 || t.certain(i) > t.certain(best)) {
				best = i
			}
		}
		if best < 0 {
			return list
		}
		taken[best] = true
		list[rank] = KeyShare{Key: t.keys[best], Share: float64(t.certain(best)) / float64(t.total)}
	}
	return list
}

// top returns the most frequent key and its share of the writes, by the count
// that is certain; 0 if no key certainly came more than once.
func (t *topKeys) top() (key uint32, share float64) {
	best := 0
	for i := range t.keys {
		if t.certain(i) > t.certain(best) {
			best = i
		}
	}
	if t.certain(best) < 2 {
		return 0, 0
	}
	return t.keys[best], float64(t.certain(best)) / float64(t.total)
}

func (t *topKeys) certain(i int) uint32 { return t.counts[i] - t.errors[i] }
