package models

import "onepen/sim"

// serviceTime returns how long an operation's work takes if it begins now.
func (s *store) serviceTime(o *operation) sim.Time {
	now := s.y.sim.Now()
	first := s.y.writes.at(o.head)
	p := &s.partitions[first.partition]
	time := s.workOf(s.y.lanes[o.lane], first, o.count)
	if s.config.Contention > 0 || s.config.Crosstalk > 0 {
		time = scaled(time, s.slowdown(p.busy.n()))
	}
	time = p.slow.stretch(time)
	if p.moving {
		time = s.router.slowed(time)
	}
	if now < p.stalledUntil {
		time += p.stalledUntil - now
	}
	return time
}

// workOf returns the work that an operation is, given the first of its writes and
// their number. The overhead belongs to the first and the records to theirs, so
// that a write brings the same work to every store it meets.
func (s *store) workOf(l *lane, first *write, count uint32) sim.Time {
	time := s.y.drawOf(l.overheads, first.n, s.config.Overhead)
	if !s.varies {
		return sum(time, scaled(s.record, float64(count)))
	}
	for w := first; ; w = s.y.writes.at(w.next) {
		time = sum(time, s.y.drawOf(l.records, w.n, s.config.PerRecord))
		if w.next == none {
			return time
		}
	}
}

// longest is the longest that anything takes: 73 years, beyond the end of every
// run, so that an instant to which it is added is one the clock can show.
const longest sim.Time = 1 << 61

// sum adds two spans.
func sum(a, b sim.Time) sim.Time { return min(a+b, longest) }

// scaled returns a span that is so many times as long.
func scaled(span sim.Time, times float64) sim.Time {
	if x := float64(span) * times; x < float64(longest) {
		return sim.Time(x)
	}
	return longest
}

// slowdown is by how much n operations at work in a partition slow each
// other down, by the Universal Scalability Law (Gunther 1993; 2007, "Guerrilla
// Capacity Planning", eq. 4.31):
//
//	1 + σ (n-1) + κ n (n-1)
//
// It is applied to an operation as it begins, for the n of that moment.
func (s *store) slowdown(n int) float64 {
	others := float64(n - 1)
	return 1 + float64(s.config.Contention*others) + float64(s.config.Crosstalk*float64(float64(n)*others))
}
