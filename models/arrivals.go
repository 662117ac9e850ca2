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
//	process        gap                        speed(u)
//	poisson        exponential of mean 1      offered load
//	deterministic  1                          offered load
//	onoff          exponential of mean 1      offered load of the phase at u
//	trace          as recorded [ns]           how much faster than recorded
//
// For an exponential gap this is a Poisson process of that load (Çinlar 1975,
// "Introduction to Stochastic Processes", ch. 4, time change). The gaps belong
// to the writes and the speed to the load, so that another load stretches time
// and leaves the gaps alone.
type schedule struct {
	config   Arrivals
	gaps     sim.Stream
	trace    *trace
	planned  uint64   // writes
	recorded sim.Time // of the planned write of a trace

	cursor cursor // at the planned write
	past   cursor // where the cursor stood when that write was planned
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
	s := &schedule{config: config, gaps: gaps, trace: tr}
	s.cursor.phases = phases
	s.cursor.phaseEnd = math.Inf(1)
	if config.Process == OnOff {
		s.cursor.phaseEnd = 0
	}
	return s
}

// next plans one more write and returns its instant; Never if there is none.
func (s *schedule) next() sim.Time {
	switch s.config.Process {
	case Trace:
		recorded, ok := s.trace.at(s.planned, s.config.Repeat)
		if !ok {
			return sim.Never
		}
		s.cursor.left = float64(recorded - s.recorded)
		s.recorded = recorded
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
	if s.config.Process == OnOff && s.config.Rate == 0 {
		return sim.Never // no phase will ever end the gap
	}
	c := &s.cursor
	for {
		speed := s.speed(c.on)
		if at := c.at + c.left/speed; at < c.phaseEnd || math.IsInf(c.phaseEnd, 1) {
			c.at, c.left = at, 0
			return instant(at)
		}
		c.left -= float64(speed * (c.phaseEnd - c.at))
		s.changePhase()
	}
}

// changePhase moves the cursor to the end of its phase and draws the next.
func (s *schedule) changePhase() {
	c := &s.cursor
	c.at = c.phaseEnd
	c.on = !c.on
	length := s.config.Off
	if c.on {
		length = s.config.On
	}
	c.phaseEnd = c.at + float64(max(length.Sample(&c.phases), 1))
}

// speed returns how much of a gap passes in a nanosecond of an on or an off
// phase.
func (s *schedule) speed(on bool) float64 {
	a := &s.config
	switch a.Process {
	case Trace:
		return a.Speed
	case OnOff:
		peak, rest := a.phaseRates()
		if on {
			return peak / float64(sim.Second)
		}
		return rest / float64(sim.Second)
	default:
		return a.Rate / float64(sim.Second)
	}
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
// before now has passed at the old speed.
func (s *schedule) configure(config Arrivals, now sim.Time) sim.Time {
	s.elapse(float64(now))
	s.config = config
	s.past = s.cursor
	return s.advance()
}

// elapse moves the cursor from where the write was planned to now, which lies
// before that write arrives.
func (s *schedule) elapse(now float64) {
	s.cursor = s.past
	c := &s.cursor
	for c.phaseEnd <= now {
		c.left -= float64(s.speed(c.on) * (c.phaseEnd - c.at))
		s.changePhase()
	}
	c.left = max(0, c.left-float64(s.speed(c.on)*(now-c.at)))
	c.at = now
}

// instant rounds to the clock; what lies beyond it never comes.
func instant(ns float64) sim.Time {
	if !(ns < float64(sim.Never/2)) {
		return sim.Never
	}
	return sim.Time(ns + 0.5)
}
