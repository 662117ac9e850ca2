package sim

import (
	"testing"

	"pgregory.net/rapid"
)

// engine is what a program of events needs of a Sim.
type engine interface {
	On(action func(arg uint32)) Target
	Schedule(at Time, target Target, arg uint32)
	ScheduleTimer(at Time, target Target, arg uint32) Timer
	Cancel(t Timer) bool
	Halt()
	Halted() bool
	Step() bool
	RunUntil(t Time)
	Now() Time
	Next() Time
	Pending() int
	Events() uint64
}

// plainSim is the obviously right engine: one list in the order of scheduling,
// of which it searches the earliest event each time.
type plainSim struct {
	now     Time
	actions []func(arg uint32)
	events  []plainEvent // by number
	run     uint64
	halted  bool
}

type plainEvent struct {
	at     Time
	target Target
	arg    uint32
	done   bool // run or cancelled
}

func (p *plainSim) On(action func(arg uint32)) Target {
	p.actions = append(p.actions, action)
	return Target(len(p.actions) - 1)
}

func (p *plainSim) Schedule(at Time, target Target, arg uint32) {
	p.events = append(p.events, plainEvent{at: at, target: target, arg: arg})
}

// ScheduleTimer returns the number of the event, counted from 1.
func (p *plainSim) ScheduleTimer(at Time, target Target, arg uint32) Timer {
	p.Schedule(at, target, arg)
	return Timer{slot: uint32(len(p.events))}
}

func (p *plainSim) Cancel(t Timer) bool {
	if t.slot == 0 || p.events[t.slot-1].done {
		return false
	}
	p.events[t.slot-1].done = true
	return true
}

func (p *plainSim) first() *plainEvent {
	var first *plainEvent
	for i := range p.events {
		if e := &p.events[i]; !e.done && (first == nil || e.at < first.at) {
			first = e
		}
	}
	return first
}

func (p *plainSim) Step() bool {
	p.halted = false
	e := p.first()
	if e == nil {
		return false
	}
	e.done = true
	p.now = e.at
	p.run++
	p.actions[e.target](e.arg)
	return true
}

func (p *plainSim) RunUntil(t Time) {
	p.halted = false
	for p.Next() <= t && p.Next() != Never {
		if p.Step(); p.halted {
			return
		}
	}
	p.now = t
}

func (p *plainSim) Next() Time {
	if e := p.first(); e != nil {
		return e.at
	}
	return Never
}

func (p *plainSim) Pending() int {
	n := 0
	for _, e := range p.events {
		if !e.done {
			n++
		}
	}
	return n
}

func (p *plainSim) Halt()          { p.halted = true }
func (p *plainSim) Halted() bool   { return p.halted }
func (p *plainSim) Now() Time      { return p.now }
func (p *plainSim) Events() uint64 { return p.run }

// program is a population of events that schedule and cancel others, at the
// current instant too. All it does depends on its draws and on the engine only.
type program struct {
	engine engine
	draws  Stream
	shape  shape
	target Target
	born   uint32 // events scheduled so far
	timers []Timer
	log    []happening
}

// happening is an event that ran, or a cancellation with its result.
type happening struct {
	at  Time
	arg uint32
	ok  bool
}

func newProgram(e engine, seed uint64, s shape) *program {
	p := &program{engine: e, draws: NewStream(seed, 0, "test", "program"), shape: s}
	p.target = e.On(p.act)
	return p
}

// act has 0.9 children on average, so that every family dies out.
func (p *program) act(arg uint32) {
	p.log = append(p.log, happening{p.engine.Now(), arg, true})
	switch draw := p.draws.Uint64n(20); {
	case draw < 8:
	case draw < 14:
		p.schedule()
	case draw < 18:
		p.schedule()
		p.schedule()
	case draw < 19:
		p.cancel()
		p.schedule()
	default:
		p.cancel()
		p.engine.Halt()
	}
}

// schedule adds an event, half of the time as a timer.
func (p *program) schedule() {
	at := p.engine.Now() + p.shape.span(&p.draws, p.engine.Now())
	p.born++
	if p.draws.Uint64n(2) == 0 {
		p.engine.Schedule(at, p.target, p.born)
		return
	}
	p.timers = append(p.timers, p.engine.ScheduleTimer(at, p.target, p.born))
}

// cancel tries one of all timers so far.
func (p *program) cancel() {
	if len(p.timers) > 0 {
		i := p.draws.Uint64n(uint64(len(p.timers)))
		ok := p.engine.Cancel(p.timers[i])
		p.log = append(p.log, happening{p.engine.Now(), uint32(i), ok})
	}
}

// TestSimAgainstPlainSim runs one program on both engines, driven by the same
// random calls from outside.
func TestSimAgainstPlainSim(t *testing.T) {
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				seed := rapid.Uint64().Draw(t, "seed")
				s, plain := New(), &plainSim{}
				got, want := newProgram(s, seed, shape), newProgram(plain, seed, shape)
				both := func(do func(p *program)) {
					do(got)
					do(want)
				}
				count := rapid.IntRange(1, 60)
				t.Repeat(map[string]func(*rapid.T){
					"schedule": func(t *rapid.T) {
						n := count.Draw(t, "n")
						both(func(p *program) {
							for range n {
								p.schedule()
							}
						})
					},
					"cancel": func(t *rapid.T) {
						n := count.Draw(t, "n")
						both(func(p *program) {
							for range 2 * n {
								p.cancel()
							}
						})
					},
					"step": func(t *rapid.T) {
						n := count.Draw(t, "n")
						both(func(p *program) {
							for range n {
								p.engine.Step()
							}
						})
					},
					// To the next event or a part of the way there or beyond.
					"run": func(t *rapid.T) {
						quarters := Time(rapid.IntRange(0, 8).Draw(t, "quarters"))
						both(func(p *program) {
							if next := p.engine.Next(); next != Never {
								to := p.engine.Now() + (next-p.engine.Now())/4*quarters
								p.engine.RunUntil(max(to, p.engine.Now()))
							}
						})
					},
					"": func(t *rapid.T) {
						s.pending.check()
						compareEngines(t, s, plain)
						compareLogs(t, got.log, want.log)
					},
				})
			})
		})
	}
}

func compareEngines(t *rapid.T, got, want engine) {
	if got.Now() != want.Now() || got.Next() != want.Next() || got.Halted() != want.Halted() {
		t.Fatalf("at %v, next %v, halted %t, want %v, %v, %t",
			got.Now(), got.Next(), got.Halted(), want.Now(), want.Next(), want.Halted())
	}
	if got.Pending() != want.Pending() || got.Events() != want.Events() {
		t.Fatalf("%d pending, %d have run, want %d and %d",
			got.Pending(), got.Events(), want.Pending(), want.Events())
	}
}

func compareLogs(t *rapid.T, got, want []happening) {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("happening %d is %v, want %v", i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d happenings, want %d", len(got), len(want))
	}
}
