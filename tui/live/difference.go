package live

import (
	"math"

	"onepen/sim"
	"onepen/tui/chart"
)

// Difference is how a run and its twin differ in a measure of a lane, since
// both can be compared. NaN is unknown.
type Difference struct {
	Measure string // p99
	Unit    chart.Unit
	More    bool // more of it is better
	Main    float64
	Twin    float64
	// Interval is of Main - Twin, at sim.Confidence. Its half-width is NaN while
	// there are too few batches to tell.
	Interval sim.Interval
}

// Shown reports whether there is a difference: its interval does not hold
// zero.
func (d Difference) Shown() bool {
	return !math.IsNaN(d.Interval.HalfWidth) && !d.Interval.Contains(0)
}

// slight is the part of a measure up to which a difference in it is too small to
// matter to anybody.
const slight = 0.01

// Slight reports whether the difference is known to be too small to matter.
func (d Difference) Slight() bool {
	return math.Abs(d.Interval.Mean)+d.Interval.HalfWidth <= slight*math.Abs(d.Twin)
}

// stretch is what was measured of a lane between two readings.
type stretch struct {
	ack              *sim.Histogram
	committed, piled float64
	seconds          float64
}

// contrasts are the measures that a run and its twin are compared by.
var contrasts = []struct {
	name string
	unit chart.Unit
	more bool
	of   func(*stretch) float64
}{
	{"p50", chart.UnitSpan, false, func(s *stretch) float64 { return s.ack.Quantile(0.5) }},
	{"p99", chart.UnitSpan, false, func(s *stretch) float64 { return s.ack.Quantile(0.99) }},
	{"in flight", chart.UnitNone, false, func(s *stretch) float64 { return s.piled / s.seconds }},
	{"committed", chart.UnitRate, true, func(s *stretch) float64 { return s.committed / s.seconds }},
}

// leastBatches is the number of batches from which on an interval is given.
const leastBatches = 20

// contest compares a run with its twin. It remembers what it found, since
// readings come seldom.
type contest struct {
	main, twin  reading // the newest that were compared
	differences [][]Difference
}

// of returns the differences per lane.
func (c *contest) of(main, twin *record) [][]Difference {
	if len(main.readings) == 0 || len(twin.readings) == 0 {
		return nil
	}
	mine, other := main.newest(), twin.newest()
	if mine.is(&c.main) && other.is(&c.twin) {
		return c.differences
	}
	list := make([][]Difference, len(mine.lanes))
	for lane := range list {
		list[lane] = differ(main, twin, lane)
	}
	*c = contest{mine, other, list}
	return list
}

// is reports whether two readings are one.
func (r *reading) is(o *reading) bool {
	return r.at == o.at && len(r.lanes) > 0 && len(o.lanes) > 0 && &r.lanes[0] == &o.lanes[0]
}

// differ compares two records of the same lane, at the instants at which both
// have readings.
func differ(main, twin *record, lane int) []Difference {
	mine, other := common(main.readings, twin.readings)
	list := make([]Difference, len(contrasts))
	values := make([][]float64, len(contrasts)) // of the batches
	var a, b stretch
	a.ack, b.ack = new(sim.Histogram), new(sim.Histogram)
	for i := 1; i < len(mine); i++ {
		a.span(&mine[i-1], &mine[i], lane)
		b.span(&other[i-1], &other[i], lane)
		for k := range contrasts {
			values[k] = append(values[k], contrasts[k].of(&a)-contrasts[k].of(&b))
		}
	}
	if n := len(mine); n > 1 {
		a.span(&mine[0], &mine[n-1], lane)
		b.span(&other[0], &other[n-1], lane)
	}
	for k := range contrasts {
		c := &contrasts[k]
		d := Difference{Measure: c.name, Unit: c.unit, More: c.more, Main: math.NaN(), Twin: math.NaN()}
		if len(mine) > 1 {
			d.Main, d.Twin = c.of(&a), c.of(&b)
		}
		d.Interval = sim.SectionedInterval(d.Main-d.Twin, values[k], sim.Confidence)
		if d.Interval.N < leastBatches {
			d.Interval.HalfWidth = math.NaN()
		}
		list[k] = d
	}
	return list
}

// span measures a lane between two readings.
func (s *stretch) span(from, to *reading, lane int) {
	before, after := &from.lanes[lane], &to.lanes[lane]
	s.ack.CopyFrom(after.ack)
	s.ack.Sub(before.ack)
	s.committed = after.committed - before.committed
	s.piled = after.piled - before.piled
	s.seconds = (to.at - from.at).Seconds()
}

// common returns the readings that two records have at the same instants of the
// same window.
func common(a, b []reading) (inA, inB []reading) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].at < b[0].at:
			a = a[1:]
		case a[0].at > b[0].at:
			b = b[1:]
		default:
			if a[0].from == b[0].from {
				inA, inB = append(inA, a[0]), append(inB, b[0])
			}
			a, b = a[1:], b[1:]
		}
	}
	return inA, inB
}
