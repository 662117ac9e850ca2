package sim

const (
	// nearLoad is the number of events up to which a bucket is taken whole,
	// which costs less than to split it.
	nearLoad = 48

	// nearFill is the number of events up to which several buckets are taken at
	// once. A newcomer moves all that are before it up: few are better.
	nearFill = 24

	// nearPlaces is the length of the list: a place for the mark, nearLoad for
	// what is loaded, the rest for newcomers. It is a power of two, so that a
	// remainder, which costs nothing, spares a test of the index.
	nearPlaces = 128
)

// nearTier holds the next events in a sorted list, the next one last, so that it
// is taken without moving the others:
//
//	0        low                     end
//	│ unused │ latest ⋯⋯⋯⋯ next event │ room for newcomers │
//
// Invariant: events[low:end] are sorted by time; of one instant, the first to
// be scheduled is the last in the list. Before them is an event at Never, which
// stops every search.
type nearTier struct {
	events   [nearPlaces]event
	low, end uint
}

func newNearTier() nearTier {
	var n nearTier
	n.events[0].at = Never
	n.low, n.end = 1, 1
	return n
}

// next reports the next event, or one at Never if there is none.
func (n *nearTier) next() event { return n.events[(n.end-1)%nearPlaces] }

// pop takes the event that next reported.
func (n *nearTier) pop() { n.end-- }

// len reports the number of events.
func (n *nearTier) len() int { return int(n.end - n.low) }

// insert puts e behind all events that are not later, moving those up by one
// place.
func (n *nearTier) insert(e event) {
	i := n.end
	n.end++
	for n.events[(i-1)%nearPlaces].at <= e.at {
		n.events[i%nearPlaces] = n.events[(i-1)%nearPlaces]
		i--
	}
	n.events[i%nearPlaces] = e
}

// full reports whether insert has used up all room.
func (n *nearTier) full() bool { return n.end == nearPlaces }

// open prepares the empty list for events to be loaded.
func (n *nearTier) open() { n.low, n.end = 1+nearLoad, 1+nearLoad }

// room reports how many more events can be loaded.
func (n *nearTier) room() int { return int(n.low - 1) }

// fits reports whether a bucket of so many events is to be loaded.
func (n *nearTier) fits(events int) bool {
	return n.len()+events <= nearFill || n.len() == 0 && events <= nearLoad
}

// load adds events that were scheduled after all those that are there, in the
// order in which they were. Most are later than those too, so their places are
// near the low end. (Inlined into a longer function, the loop would run out of
// registers.)
//
//go:noinline
func (n *nearTier) load(events []event) {
	list := n.events[:n.end]
	for _, e := range events {
		n.low--
		i := n.low
		for i+1 < n.end && list[i+1].at > e.at {
			list[i] = list[i+1]
			i++
		}
		list[i] = e
	}
}

// sort puts the latest events right, which are nearly in order. Events of one
// instant stay in theirs.
//
//go:noinline
func (n *nearTier) sort(latest int) {
	list := n.events[n.low : n.low+uint(latest)]
	for i := 1; i < len(list); i++ {
		e, j := list[i], i
		for j > 0 && list[j-1].at < e.at {
			list[j] = list[j-1]
			j--
		}
		list[j] = e
	}
}

// close ends the loading and reports whether there are events.
func (n *nearTier) close() bool {
	if n.low == n.end {
		n.low, n.end = 1, 1
		return false
	}
	n.events[n.low-1].at = Never
	return true
}

// drop removes the latest events from the list.
func (n *nearTier) drop(latest int) {
	n.end = 1 + uint(copy(n.events[1:], n.events[n.low+uint(latest):n.end]))
	n.low = 1
}

// filter removes the events that keep refuses.
func (n *nearTier) filter(keep func(event) bool) {
	end := n.low
	for _, e := range n.events[n.low:n.end] {
		if keep(e) {
			n.events[end] = e
			end++
		}
	}
	n.end = end
}
