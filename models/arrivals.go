package models

import (
	"math"

	"onepen/sim"
)

// schedule is a pure plan of when the writes of an open loop arrive: it knows
// nothing of what becomes of them.
//
// A plan is a sequence of gaps and a speed at which they pass. The next write
// arrives when the speed integrated since the last one reaches the gap:
//
//	∫ speed(u) du = gap
//
//	process        gap                        speed(u) / profile factor at u
//	poisson        exponential of mean 1      offered load
//	deterministic  1                          offered load
//	onoff          exponential of mean 1      offered load of the phase at u
//	renewal        from its distribution [ns] 1
//	trace          as recorded [ns]           how much faster than recorded
//
// For an exponential gap this is a Poisson process of that load (Çinlar 1975,
// "Introduction to Stochastic Processes", ch. 4, time change). The gaps belong
// to the writes and the speed to the load, so that another load stretches time
// and leaves the gaps alone.
//
// The profile's factor is linear stretch by stretch and a phase's load constant,
// so that the integral is a quadratic between one stretch or phase and the next,
// and is solved exactly.
type schedule struct {
	config   Arrivals
	gaps     sim.Stream
	trace    *trace
	planned  uint64   // writes
	recorded sim.Time // of the planned write of a trace
	ended    bool     // nothing is planned, as the trace is over

	steady  bool    // the speed never changes by itself
	off, on float64 // speed in the phases of onoff; off is that of all other processes [gap/ns]
	cursor  cursor  // at the planned write
	past    cursor  // where the cursor stood when that write was planned
}

// cursor is a place on the plan: an instant, the phase of an on-off process
// there, and what is left of the gap.
type cursor struct {
	at       float64 // [ns]
	left     float64 // of the gap
	on       bool
	phaseEnd float64 // [ns]
	phases   sim.Stream
}

func newSchedule(config Arrivals, gaps, phases sim.Stream, tr *trace) *schedule {
	s := &schedule{gaps: gaps, trace: tr}
	s.set(config)
	s.cursor.phases = phases
	s.cursor.phaseEnd = math.Inf(1)
	if config.Process == OnOff {
		s.cursor.phaseEnd = 0
	}
	return s
}

// set takes parameters over.
func (s *schedule) set(config Arrivals) {
	s.config = config
	s.steady = config.Process != OnOff && config.Profile.Kind == ProfileConstant
	unit := float64(config.Group) * float64(sim.Second) // an arrival brings a group
	switch config.Process {
	case Trace:
		s.off = config.Speed
	case Renewal:
		s.off = 1
	case OnOff:
		peak, rest := config.phaseRates()
		s.off, s.on = rest/unit, peak/unit
	default:
		s.off = config.Rate / unit
	}
}

// next plans one more write and returns its instant; Never if there is none.
func (s *schedule) next() sim.Time {
	switch s.config.Process {
	case Trace:
		recorded, ok := s.trace.at(s.planned, s.config.Repeat)
		s.ended = !ok
		if s.ended {
			return sim.Never
		}
		s.cursor.left = float64(recorded - s.recorded)
		s.recorded = recorded
	case Renewal:
		s.cursor.left = float64(s.config.Gap.Sample(&s.gaps))
	case Deterministic:
		s.cursor.left = 1
	default:
		s.cursor.left = s.gaps.Exp()
	}
	s.planned++
	s.past = s.cursor
	return s.advance()
}

// advance moves the cursor until nothing is left of the gap.
func (s *schedule) advance() sim.Time {
	c := &s.cursor
	if !s.steady {
		return s.integrate()
	}
	c.at, c.left = c.at+c.left/s.off, 0
	return instant(c.at)
}

// integrate is advance for a speed that changes by itself: it goes from one
// stretch of the profile or phase to the next. It gives up where no run goes, so
// that it ends even if the speed is 0 for ever.
func (s *schedule) integrate() sim.Time {
	c := &s.cursor
	if s.off == 0 && s.on == 0 {
		return sim.Never
	}
	if s.config.Profile.Kind == ProfileDaily && math.IsInf(c.phaseEnd, 1) {
		s.skipPeriods()
	}
	for c.left > 0 {
		if c.at > float64(maxSpan) {
			return sim.Never
		}
		speed, stretch := s.speed(), s.config.Profile.stretch(c.at)
		end := min(stretch.end, c.phaseEnd)
		silent := math.IsInf(stretch.end, 1) && stretch.factor == 0
		if silent || math.IsInf(end, 1) && speed*stretch.factor == 0 {
			return sim.Never
		}
		area := stretch.area(end - c.at)
		if gap := c.left / speed; gap < area {
			c.at += stretch.reach(gap)
			break
		}
		c.left -= float64(speed * area)
		c.at = end
		if end == c.phaseEnd {
			s.changePhase()
		}
	}
	c.left = 0
	return instant(c.at)
}

// skipPeriods moves the cursor over all but the last of the whole periods of a
// daily profile that a long gap spans, at the mean factor of a period, 1.
func (s *schedule) skipPeriods() {
	period := float64(s.config.Profile.Period)
	area := float64(s.off * period)
	if n := math.Floor(s.cursor.left/area) - 1; n > 0 {
		s.cursor.at += float64(n * period)
		s.cursor.left -= float64(n * area)
	}
}

// changePhase moves the cursor to the next phase and draws its length.
func (s *schedule) changePhase() {
	c := &s.cursor
	c.on = !c.on
	length := s.config.Off
	if c.on {
		length = s.config.On
	}
	c.phaseEnd = c.at + float64(max(length.Sample(&c.phases), 1))
}

// speed returns how much of a gap passes in a nanosecond at the cursor, where
// the profile's factor is 1.
func (s *schedule) speed() float64 {
	if s.cursor.on {
		return s.on
	}
	return s.off
}

// phaseRates returns the loads [1/s] in on and in off phases whose mean over
// a cycle is Rate:
//
//	Rate · (E[on] + E[off]) = peak · E[on] + rest · E[off]
func (a *Arrivals) phaseRates() (peak, rest float64) {
	on, off := a.On.Mean(), a.Off.Mean()
	whole := float64(a.Rate * (on + off))
	if a.Peak == 0 {
		return whole / on, 0
	}
	return a.Peak, max(0, whole-float64(a.Peak*on)) / off
}

// configure changes the plan from now on and returns the new instant of the
// write that is planned but has not arrived: the part of its gap that lies
// before now has passed at the old speed. A trace that is over may begin again,
// as if its last write were now.
func (s *schedule) configure(config Arrivals, now sim.Time) sim.Time {
	if s.ended {
		s.set(config)
		s.cursor.at = float64(now)
		return s.next()
	}
	s.elapse(float64(now))
	s.set(config)
	s.past = s.cursor
	return s.advance()
}

// elapse moves the cursor from where the write was planned to now, which lies
// before that write arrives.
func (s *schedule) elapse(now float64) {
	s.cursor = s.past
	c := &s.cursor
	for c.at < now {
		stretch := s.config.Profile.stretch(c.at)
		end := min(stretch.end, c.phaseEnd, now)
		c.left -= float64(s.speed() * stretch.area(end-c.at))
		c.at = end
		if end == c.phaseEnd {
			s.changePhase()
		}
	}
	c.left = max(0, c.left)
}

// instant rounds to the clock; what lies beyond it never comes.
func instant(ns float64) sim.Time {
	if !(ns < float64(sim.Never/2)) {
		return sim.Never
	}
	return sim.Time(ns + 0.5)
}
