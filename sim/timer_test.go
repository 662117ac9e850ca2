package sim

import "testing"

func TestCancelReportsWhetherTheEventWasPending(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	event := trace.On("event", nil)
	timer := s.ScheduleTimer(Second, event, 1)
	fired := s.ScheduleTimer(Millisecond, event, 2)
	s.RunUntil(Millisecond)
	for _, row := range []struct {
		name    string
		timer   Timer
		want    bool
		pending int
	}{
		{"one that has run", fired, false, 1},
		{"none", Timer{}, false, 1},
		{"one that is pending", timer, true, 0},
		{"one that was cancelled", timer, false, 0},
	} {
		if got := s.Cancel(row.timer); got != row.want || s.Pending() != row.pending {
			t.Errorf("Cancel of %s = %t with %d pending, want %t with %d",
				row.name, got, s.Pending(), row.want, row.pending)
		}
	}
	if s.Next() != Never {
		t.Errorf("next event at %v, want never", s.Next())
	}
	s.RunUntil(Minute)
	compare(t, trace, "1ms event 2")
}

func TestCancelFromActionsOfTheSameInstant(t *testing.T) {
	s := New()
	trace := NewTrace(s)
	var timers [4]Timer
	var event Target
	event = trace.On("event", func(arg uint32) {
		switch arg {
		case 0:
			trace.Addf("cancel", "itself %t", s.Cancel(timers[0]))
			trace.Addf("cancel", "a later one %t", s.Cancel(timers[2]))
			timers[0] = s.ScheduleTimer(s.Now(), event, 9)
		case 1:
			trace.Addf("cancel", "an earlier one %t", s.Cancel(timers[2]))
			trace.Addf("cancel", "one of this instant %t", s.Cancel(timers[0]))
		}
	})
	for i := range timers {
		timers[i] = s.ScheduleTimer(Second, event, uint32(i))
	}
	s.RunUntil(Second)
	compare(t, trace, `
		1s event 0
		1s cancel itself false
		1s cancel a later one true
		1s event 1
		1s cancel an earlier one false
		1s cancel one of this instant true
		1s event 3`)
	if s.Events() != 3 || s.Pending() != 0 {
		t.Errorf("%d events, %d pending, want 3 and 0", s.Events(), s.Pending())
	}
}

// TestTimerDoesNotNameALaterEvent uses the slot of a timer again, whose first
// event has run or was cancelled.
func TestTimerDoesNotNameALaterEvent(t *testing.T) {
	s := New()
	nothing := s.On(func(uint32) {})
	var old []Timer
	for i := range 1000 {
		timer := s.ScheduleTimer(s.Now()+1, nothing, 0)
		for _, t2 := range old {
			if s.Cancel(t2) {
				t.Fatalf("timer %v cancelled the event of %v", t2, timer)
			}
		}
		if i%2 == 0 {
			s.Cancel(timer)
		}
		old = append(old, timer)
		s.RunUntil(s.Now() + 1)
	}
	if n := len(s.timers.slots); n != 1 {
		t.Errorf("%d slots for one timer at a time, want 1", n)
	}
}

// TestCancelledTimersLeaveNothingBehind has 100 timers pending at any time, of
// a timeout so long that 100 000 are scheduled, and four in five cancelled,
// before the first one is due.
func TestCancelledTimersLeaveNothingBehind(t *testing.T) {
	s := New()
	draws := NewStream(1, 0, "test", "timeouts")
	fired := 0
	timeout := s.On(func(uint32) { fired++ })
	live := make([]Timer, 0, 100)
	cancelled, most := 0, 0
	for range 1_000_000 {
		s.RunUntil(s.Now() + Millisecond)
		if len(live) == cap(live) {
			i := draws.Uint64n(uint64(len(live)))
			if draws.Uint64n(5) > 0 && s.Cancel(live[i]) {
				cancelled++
			}
			live[i] = live[len(live)-1]
			live = live[:len(live)-1]
		}
		live = append(live, s.ScheduleTimer(s.Now()+100*Second, timeout, 0))
		most = max(most, s.Pending())
	}
	if stored := s.pending.len(); stored > 2*s.Pending()+minSweep+1 {
		t.Errorf("%d events stored for %d pending", stored, s.Pending())
	}
	// Pending are those 20 000 that were let go, and the 100.
	if most < 18_000 || most > 22_000 {
		t.Errorf("at most %d pending, want some 20 000", most)
	}
	if limit := 2*most + minSweep + 1; len(s.timers.slots) > limit {
		t.Errorf("%d slots, want at most %d", len(s.timers.slots), limit)
	}
	s.RunUntil(Never)
	if fired+cancelled != 1_000_000 || s.stale != 0 || len(s.timers.spare) != len(s.timers.slots) {
		t.Errorf("%d fired and %d cancelled of 1 000 000, %d stale, %d of %d slots spare",
			fired, cancelled, s.stale, len(s.timers.spare), len(s.timers.slots))
	}
}
