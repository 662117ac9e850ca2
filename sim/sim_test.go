package sim

import (
	"strings"
	"testing"
	"unsafe"
)

// compare reports the difference between a transcript and the lines wanted.
func compare(t *testing.T, trace *Trace, want string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(trace.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	var wanted []string
	for line := range strings.Lines(want) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			wanted = append(wanted, line)
		}
	}
	got, expected := strings.Join(lines, "\n"), strings.Join(wanted, "\n")
	if got != expected {
		t.Errorf("transcript:\n%s\nwant:\n%s", got, expected)
	}
}

func TestEventsOfOneInstantRunInTheOrderScheduled(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	b := trace.On("b", nil)
	a := trace.On("a", func(arg uint32) {
		if arg == 1 {
			s.Schedule(s.Now(), b, 9) // behind all that is there already
		}
	})
	s.Schedule(2*Second, a, 0)
	s.Schedule(Second, b, 1)
	s.Schedule(Second, a, 1)
	s.ScheduleTimer(Second, b, 2)
	s.Schedule(Second, a, 3)
	s.Schedule(0, a, 4)
	s.RunUntil(Never)
	compare(t, trace, `
		 0 a 4
		1s b 1
		1s a 1
		1s b 2
		1s a 3
		1s b 9
		2s a 0`)
}

func TestRunUntilIncludesItsInstant(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	var chain Target
	chain = trace.On("chain", func(arg uint32) {
		s.Schedule(s.Now()+Time(arg)*Millisecond, chain, arg)
	})
	s.Schedule(Second-20*Millisecond, chain, 10)
	s.Schedule(Second+1, trace.On("late", nil), 0)
	s.RunUntil(Second)
	compare(t, trace, `
		980ms chain 10
		990ms chain 10
		1s chain 10`)
	if s.Now() != Second || s.Events() != 3 || s.Pending() != 2 || s.Next() != Second+1 {
		t.Errorf("at %v, %d events, %d pending, next at %v, want 1s, 3, 2, 1.000000001s",
			s.Now(), s.Events(), s.Pending(), s.Next())
	}
	trace.Reset()
	s.RunUntil(Second) // again: nothing is left at that instant
	compare(t, trace, "")
}

func TestRunUntilMovesTheClockWithoutEvents(t *testing.T) {
	s := New()
	s.RunUntil(Minute)
	if s.Now() != Minute || s.Next() != Never || s.Step() {
		t.Errorf("at %v, next at %v, want 1m, never and no step", s.Now(), s.Next())
	}
}

func TestRunUntilNeverLeavesTheClockAtTheLastEvent(t *testing.T) {
	s := New()
	s.Schedule(3*Second, s.On(func(uint32) {}), 0)
	s.RunUntil(Never)
	if s.Now() != 3*Second || s.Pending() != 0 {
		t.Errorf("at %v with %d pending, want 3s with 0", s.Now(), s.Pending())
	}
}

func TestNothingHappensAtNever(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	target := trace.On("never", nil)
	s.Schedule(Never, target, 0)
	timer := s.ScheduleTimer(Never, target, 0)
	if timer != (Timer{}) || s.Pending() != 0 || s.Cancel(timer) {
		t.Errorf("timer %v and %d pending, want none", timer, s.Pending())
	}
	s.Schedule(Never-1, trace.On("last", nil), 0)
	s.RunUntil(Never)
	compare(t, trace, "9223372036.854775806s last 0")
}

func TestStepRunsOneEvent(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	a := trace.On("a", nil)
	s.Schedule(Second, a, 1)
	cancelled := s.ScheduleTimer(Second, a, 2)
	s.Schedule(Second, a, 3)
	s.Cancel(cancelled)
	for want := range 2 {
		if !s.Step() || s.Events() != uint64(want+1) {
			t.Errorf("step %d: %d events have run", want+1, s.Events())
		}
	}
	if s.Step() {
		t.Error("a third step")
	}
	compare(t, trace, `
		1s a 1
		1s a 3`)
}

func TestHaltEndsTheRunAfterTheAction(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	a := trace.On("a", func(arg uint32) {
		if arg == 2 {
			s.Halt()
			trace.Addf("a", "goes on")
		}
	})
	for arg := range uint32(5) {
		s.Schedule(Time(arg)*Second, a, arg)
	}
	s.RunUntil(Minute)
	if !s.Halted() || s.Now() != 2*Second || s.Pending() != 2 {
		t.Errorf("halted %t at %v with %d pending, want true at 2s with 2", s.Halted(), s.Now(), s.Pending())
	}
	trace.Addf("test", "halted")
	s.RunUntil(Minute)
	if s.Halted() || s.Now() != Minute {
		t.Errorf("halted %t at %v, want false at 1m", s.Halted(), s.Now())
	}
	compare(t, trace, `
		0 a 0
		1s a 1
		2s a 2
		2s a goes on
		2s test halted
		3s a 3
		4s a 4`)
}

func TestMisuseIsRefused(t *testing.T) {
	s := New()
	target := s.On(func(uint32) {})
	s.RunUntil(5 * Millisecond)
	nested := func(call func()) func() {
		return func() {
			s := New()
			s.Schedule(0, s.On(func(uint32) { call() }), 0)
			s.Step()
		}
	}
	inner := New()
	inner.Schedule(0, inner.On(func(uint32) { inner.RunUntil(Second) }), 0)
	for _, row := range []struct {
		name string
		call func()
		want string // of the message
	}{
		{"event in the past", func() { s.Schedule(4*Millisecond, target, 0) }, "sim: event scheduled at 4ms, before now, 5ms"},
		{"timer in the past", func() { s.ScheduleTimer(0, target, 0) }, "sim: event scheduled at 0, before now, 5ms"},
		{"sum beyond the range", func() { s.Schedule(s.Now()+Never, target, 0) }, "before now, 5ms"},
		{"unknown target", func() { s.Schedule(Second, target+1, 0) }, "sim: event scheduled for target 1 of 1"},
		{"unknown timer target", func() { s.ScheduleTimer(Second, target+1, 0) }, "target 1 of 1"},
		{"run into the past", func() { s.RunUntil(0) }, "sim: RunUntil(0), before now, 5ms"},
		{"no action", func() { s.On(nil) }, "sim: On(nil)"},
		{"no handler", func() { s.Register(nil, 0) }, "sim: Register(nil)"},
		{"run in an action", func() { inner.RunUntil(Second) }, "sim: RunUntil called from an action"},
		{"another Sim in an action", nested(func() { New().Step(); panic("allowed") }), "allowed"},
	} {
		t.Run(row.name, func(t *testing.T) {
			defer func() {
				got, _ := recover().(string)
				if !strings.Contains(got, row.want) {
					t.Errorf("panic %q, want %q", got, row.want)
				}
			}()
			row.call()
		})
	}
}

// TestTwoSimsDoNotInfluenceEachOther runs one program alone and in turns with
// another one.
func TestTwoSimsDoNotInfluenceEachOther(t *testing.T) {
	program := func(seed uint64) (*Sim, *Trace) {
		s := New()
		trace := NewTrace(s)
		draws := NewStream(seed, 0, "test", "program")
		var pending []Timer
		var target Target
		target = trace.On("event", func(arg uint32) {
			pending = append(pending, s.ScheduleTimer(s.Now()+gap(&draws), target, arg+1))
			if draws.Uint64n(3) == 0 {
				s.Cancel(pending[draws.Uint64n(uint64(len(pending)))])
			}
			s.Schedule(s.Now()+gap(&draws), target, arg+1000)
		})
		s.Schedule(0, target, 0)
		return s, trace
	}
	alone, want := program(1)
	for alone.Events() < 500 && alone.Step() {
	}
	one, got := program(1)
	other, _ := program(2)
	for one.Events() < 500 && one.Step() {
		other.Step()
		other.Step()
	}
	if got.String() != want.String() {
		t.Error("the transcript differs from that of the same program alone")
	}
	if lines := strings.Count(want.String(), "\n"); lines != 500 {
		t.Errorf("%d lines, want 500", lines)
	}
}

// TestSteadyStateDoesNotAllocate counts in a run of 10 000 events, after one
// that has filled the arrays.
func TestSteadyStateDoesNotAllocate(t *testing.T) {
	for _, pending := range []int{1, 30, 5000} {
		s := New()
		draws := NewStream(1, 0, "test", "allocations")
		var timer Timer
		var hold, timeout Target
		hold = s.On(func(uint32) {
			s.Schedule(s.Now()+gap(&draws), hold, 0)
			s.Cancel(timer)
			timer = s.ScheduleTimer(s.Now()+gap(&draws), timeout, 0)
		})
		timeout = s.On(func(uint32) {})
		for range pending {
			s.Schedule(gap(&draws), hold, 0)
		}
		run := func() {
			for range 10_000 {
				s.Step()
			}
		}
		for range 20 {
			run()
		}
		if n := testing.AllocsPerRun(10, run); n != 0 {
			t.Errorf("%d pending: %v allocations in 10 000 events, want 0", pending, n)
		}
	}
}

func TestSizes(t *testing.T) {
	if n := unsafe.Sizeof(event{}); n != 16 {
		t.Errorf("an event is %d bytes, want 16", n)
	}
	if n := unsafe.Sizeof(Timer{}); n != 8 {
		t.Errorf("a Timer is %d bytes, want 8", n)
	}
}
