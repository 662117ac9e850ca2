package sim

import "fmt"

// Sim is one simulation: a clock, the events that have not happened yet, and
// the actions that events run. Events happen in the order of their instants,
// and at one instant in the order in which they were scheduled.
//
// A Sim is used by one goroutine. Sims share nothing: any number may run side
// by side. Memory grows to the largest number of events ever pending and is
// then used again; a Sim in its stride does not allocate.
type Sim struct {
	now     Time
	events  uint64
	running bool
	halted  bool
	stop    bool     // after the event that runs
	actions []action // by Target
	timers  timerTable
	stale   int // cancelled events that are still in the pending set
	pending pendingSet
}

// New returns a simulation at time 0 with nothing to do.
func New() *Sim {
	return &Sim{pending: newPendingSet()}
}

// Handler is what events happen to: a component of a model, such as a source of
// customers or a server.
type Handler interface {
	// Handle does what is due at the present instant: kind tells what, and arg
	// is what it is about, usually an index. It may schedule, cancel and halt, at
	// the present instant too, but not run the Sim. If it panics, the Sim is of
	// no further use.
	Handle(kind Kind, arg uint32)
}

// Kind tells the events of a Handler apart. Each Handler numbers its own.
type Kind uint8

// handlerFunc is a Handler with one kind of event.
type handlerFunc func(arg uint32)

func (f handlerFunc) Handle(_ Kind, arg uint32) { f(arg) }

// Target names an action registered with a Sim.
type Target uint32

// action is what a Target stands for.
type action struct {
	handler Handler
	kind    Kind
}

// Register makes a kind of event of a handler known to the Sim, so that it can
// be scheduled. The number returned stands for both in an event, which so is free
// of pointers.
func (s *Sim) Register(handler Handler, kind Kind) Target {
	if handler == nil {
		panic("sim: Register(nil)")
	}
	s.actions = append(s.actions, action{handler, kind})
	return Target(len(s.actions) - 1)
}

// On is Register for a function. Where every nanosecond counts, a Handler is
// reached sooner.
func (s *Sim) On(action func(arg uint32)) Target {
	if action == nil {
		panic("sim: On(nil)")
	}
	return s.Register(handlerFunc(action), 0)
}

// Schedule arranges for the action of target to run with arg at the instant
// at, after everything scheduled for that instant before. An event at Never is
// none: it is not kept and not counted. Schedule panics if at is before Now or
// target is not of this Sim.
func (s *Sim) Schedule(at Time, target Target, arg uint32) {
	if at < s.now || int(target) >= len(s.actions) {
		s.refuse(at, target)
	}
	// What follows is s.pending.push, written out: without that call, an event of
	// a small model takes a tenth less time.
	e := event{at, target, arg}
	if at >= s.pending.limit {
		s.pending.pushFar(e)
		return
	}
	s.pending.near.insert(e)
	if s.pending.near.full() {
		s.pending.halve()
	}
}

// ScheduleTimer is Schedule for an event that may be cancelled. At Never, it
// returns the zero Timer.
func (s *Sim) ScheduleTimer(at Time, target Target, arg uint32) Timer {
	if at < s.now || int(target) >= len(s.actions) {
		s.refuse(at, target)
	}
	if at == Never {
		return Timer{}
	}
	timer := s.timers.arm(target, arg)
	s.pending.push(event{at, timerBit, timer.slot})
	return timer
}

// refuse panics over an event that must not be scheduled.
func (s *Sim) refuse(at Time, target Target) {
	if at < s.now {
		panic(fmt.Sprintf("sim: event scheduled at %v, before now, %v", at, s.now))
	}
	panic(fmt.Sprintf("sim: event scheduled for target %d of %d", target, len(s.actions)))
}

// Cancel withdraws the event of a timer and reports whether it was pending:
// false if it has run or runs now, was cancelled before, or t is zero.
//
// The event stays where it is and is passed over when its instant comes. When
// more than half of all events are of this kind, all of them are removed, so
// they cost a constant time each and no more room than the live ones.
func (s *Sim) Cancel(t Timer) bool {
	if !s.timers.disarm(t) {
		return false
	}
	s.stale++
	if s.stale > minSweep && s.stale > s.Pending() {
		s.pending.filter(s.keep)
	}
	return true
}

// minSweep is the number of cancelled events that is not worth a sweep.
const minSweep = 64

// keep reports whether e is going to happen. If not, the caller removes it.
func (s *Sim) keep(e event) bool {
	if e.target != timerBit || s.timers.armed(e.arg) {
		return true
	}
	s.timers.free(e.arg)
	s.stale--
	return false
}

// Step runs the next event, with the clock at its instant, and reports whether
// there was one.
func (s *Sim) Step() bool {
	s.enter("Step")
	s.stop = true
	ran := s.run(Never)
	s.running = false
	return ran
}

// RunUntil runs every event at or before t, those that are scheduled on the way
// included. Then the clock stands at t, even if nothing happened; only
// RunUntil(Never), which runs until nothing is pending, leaves it at the last
// event. It panics if t is before Now.
func (s *Sim) RunUntil(t Time) {
	if t < s.now {
		panic(fmt.Sprintf("sim: RunUntil(%v), before now, %v", t, s.now))
	}
	s.enter("RunUntil")
	s.run(t)
	if !s.halted && t != Never {
		s.now = t
	}
	s.running = false
}

// run runs the events at or before t, until stop says otherwise, and reports
// whether it did: false if none of them is left. Every event passes through this
// loop, so what most events have no need of stands apart.
func (s *Sim) run(t Time) bool {
	t = min(t, Never-1) // the near tier says Never if it is empty
	for {
		e := s.pending.near.next()
		if e.at > t {
			if e.at == Never && s.pending.refill() {
				continue
			}
			return false
		}
		s.pending.pop()
		target, arg := e.target, e.arg
		if target == timerBit {
			var wanted bool
			if target, arg, wanted = s.expire(arg); !wanted {
				continue
			}
		}
		s.now = e.at
		s.events++
		a := &s.actions[target]
		a.handler.Handle(a.kind, arg)
		if s.stop {
			return true
		}
	}
}

// expire reports the action of a timer whose event has left the pending set,
// and whether it was not cancelled.
//
//go:noinline
func (s *Sim) expire(slot uint32) (target Target, arg uint32, wanted bool) {
	wanted = s.timers.armed(slot)
	if wanted {
		target, arg = s.timers.fire(slot)
	} else {
		s.timers.free(slot)
		s.stale--
	}
	return target, arg, wanted
}

// enter begins a call that runs events.
func (s *Sim) enter(call string) {
	if s.running {
		panic("sim: " + call + " called from an action")
	}
	s.running = true
	s.halted, s.stop = false, false
}

// Halt, called from an action, makes RunUntil return after that action, with
// the clock at its instant. What is pending stays so: the next RunUntil goes on.
func (s *Sim) Halt() { s.halted, s.stop = true, true }

// Halted reports whether the last RunUntil or Step ended by Halt.
func (s *Sim) Halted() bool { return s.halted }

// Now reports the clock: the instant of the event that runs, or to which the
// last RunUntil came.
func (s *Sim) Now() Time { return s.now }

// Next reports the instant of the next event, Never if there is none.
func (s *Sim) Next() Time {
	for {
		e, ok := s.pending.first()
		if !ok {
			return Never
		}
		if s.keep(e) {
			return e.at
		}
		s.pending.pop()
	}
}

// Pending reports the number of events that are still to run; cancelled ones
// are not. [events]
func (s *Sim) Pending() int { return s.pending.len() - s.stale }

// Events reports the number of events that have run. [events]
func (s *Sim) Events() uint64 { return s.events }
