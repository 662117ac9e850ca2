package live

import (
	"math"
	"slices"

	"onepen/models"
	"onepen/sim"
)

// Made is a move or a change of settings that was made, with what was measured
// before it: what it brought is the difference.
type Made struct {
	Name     string // of the move; of settings all there is to say
	Lane     string
	From, To string // settings of the move
	Home     bool   // To is how the scenario began
	Effect   Effect // of the move
	At       sim.Time
	// Age is how old the run was that was measured before the move. It is At, or
	// more if that was an earlier run and this one began with the move. A younger
	// run has had less time to pile up writes: that is no gain.
	Age sim.Time

	Before Standing
	Fought Verdict // what the writers of the lane fought over before
	Rival  string  // its name, "" for nothing
	// InFlight is how many writes of the lane were under way at the instant of the
	// move, in the run that goes on.
	InFlight int
	tally    tally // the same
}

// measured returns the move with what a frame shows of the run before it.
func (m *Made) measured(before *Frame) *Made {
	made := *m
	l := &before.Lanes[slices.IndexFunc(before.Lanes, func(l Lane) bool { return l.Name == m.Lane })]
	made.At, made.Age = before.Time, before.Time
	made.Before, made.tally = before.Standing(l, 0, before.Sampled), before.tally(l)
	made.InFlight = l.Now.InFlight
	path := before.Path()
	made.Fought = path.VerdictOn(m.Lane)
	made.Rival = path.Who(made.Fought)
	return &made
}

// Standing is how a lane fares, over some seconds; NaN is unknown.
type Standing struct {
	AckP50, AckP99 float64 // offer to ack, means of what the chart shows [s]
	InFlight       float64 // mean [writes]
}

// compared is the simulated time over which a standing is taken: long enough
// to average bursts of a second, short enough that a move shows at once.
const compared = 3 * sim.Second

// Standing returns how a lane fared in the last seconds up to an instant,
// and after another one.
func (f *Frame) Standing(l *Lane, after, until sim.Time) Standing {
	from, to := max(after, until-compared).Seconds(), until.Seconds()
	var p50, p99, inFlight mean
	for i, t := range f.Times {
		if t <= from || t > to || i >= len(l.AckP50) {
			continue
		}
		p50.add(l.AckP50[i])
		p99.add(l.AckP99[i])
		sum := 0.0
		for stage := range l.Piled {
			sum += l.Piled[stage][i]
		}
		inFlight.add(sum)
	}
	return Standing{AckP50: p50.value(), AckP99: p99.value(), InFlight: inFlight.value()}
}

// Now returns how the lane of a move fares since it was made.
func (f *Frame) Now(m *Made) Standing {
	for i := range f.Lanes {
		if f.Lanes[i].Name == m.Lane {
			return f.Standing(&f.Lanes[i], m.At, f.Sampled)
		}
	}
	nan := math.NaN()
	return Standing{nan, nan, nan}
}

// mean is the mean of the values that exist.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) {
	if !math.IsNaN(x) {
		m.sum += x
		m.n++
	}
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	return m.sum / float64(m.n)
}

// tally counts what a lane pays for its strategy.
type tally struct {
	counts    models.Counts
	reordered uint64
}

func (f *Frame) tally(l *Lane) tally {
	t := tally{counts: l.Now.Totals}
	if a := f.Allocator(f.Scenario.Lane(l.Name).IDs); a != nil {
		t.reordered = a.Reordered
	}
	return t
}

// Drains reports whether what the lane of a move stores now was offered before
// it: since then it has stored less than was under way.
func (f *Frame) Drains(m *Made) bool {
	for i := range f.Lanes {
		if l := &f.Lanes[i]; l.Name == m.Lane {
			return l.Now.Totals.Committed-m.tally.counts.Committed < uint64(m.InFlight)
		}
	}
	return false
}

// Price is a cost that can be counted.
type Price struct {
	Name   string // of any number: duplicates
	One    string // of one: duplicate
	Count  uint64
	Broken bool // a broken promise
}

// Noun is the name as it stands behind the count.
func (p Price) Noun() string {
	if p.Count == 1 {
		return p.One
	}
	return p.Name
}

// PricesSince returns what was paid since a move was made, only what is above
// zero.
func (f *Frame) PricesSince(m *Made) []Price {
	for i := range f.Lanes {
		if f.Lanes[i].Name == m.Lane {
			return prices(f.tally(&f.Lanes[i]), m.tally)
		}
	}
	return nil
}

// Prices returns what a lane has paid since the start of the run, only what is
// above zero, broken promises first.
func (f *Frame) Prices(l *Lane) []Price { return prices(f.tally(l), tally{}) }

func prices(now, before tally) []Price {
	var list []Price
	add := func(name, one string, broken bool, of func(*tally) uint64) {
		// An allocator is shared by lanes and may be counted anew after a
		// restart: never less than nothing.
		if n, earlier := of(&now), of(&before); n > earlier {
			list = append(list, Price{Name: name, One: one, Count: n - earlier, Broken: broken})
		}
	}
	for _, p := range models.Promises() {
		add(p.Many, p.One, true, func(t *tally) uint64 { return p.Of(&t.counts) })
	}
	add("order inversions", "order inversion", false, func(t *tally) uint64 { return t.counts.Inversions - t.counts.OutOfOrder })
	add("IDs out of order", "ID out of order", false, func(t *tally) uint64 { return t.reordered })
	return list
}
