package breach

import (
	"math"

	"onepen/sim"
)

const (
	// full is the busy fraction from which a place counts as having no time to
	// spare. A place that cannot keep up is never idle; what is missing to 1 is
	// room for the last moments before its line began.
	full = 0.95
	// sure is how many standard deviations of chance a pile must exceed: it is
	// looked at thousands of times in a run.
	sure = 4
	// lasting is how long a place must be full: a shorter burst is what lines are
	// there for.
	lasting = sim.Second
)

// pile watches a number of writes that grow in front of a full place.
type pile struct {
	lowest float64  // since the place is full
	at     sim.Time // when it was that low
	came   uint64   // writes that had come by then
	known  bool
}

// see takes note of the size of the pile, of the number of writes that have come
// to it since the start, and of the largest group in which they come. It
// reports whether the pile grows beyond chance.
func (p *pile) see(now sim.Time, isFull bool, size float64, came uint64, group int) bool {
	if !isFull || !p.known || size <= p.lowest {
		*p = pile{lowest: size, at: now, came: came, known: true}
		return false
	}
	n := float64(came-p.came) * float64(group)
	return now-p.at >= lasting && size-p.lowest >= max(sure*math.Sqrt(2*n), 1)
}
