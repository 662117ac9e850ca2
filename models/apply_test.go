package models

import (
	"testing"

	"onepen/sim"
)

// TestUnusedComponentsChange: a store or an allocator that no lane uses can be
// changed like any other.
func TestUnusedComponentsChange(t *testing.T) {
	s := built(t)
	for _, c := range [][2]string{{"stores", "spare"}, {"allocators", "spare"}} {
		if err := s.Add(c[0], c[1]); err != nil {
			t.Fatal(err)
		}
	}
	y := start(t, s, 0)
	for _, a := range []Assignment{
		{"stores.spare.partitions", "4"}, {"stores.spare.route", "time_bucket"}, {"stores.spare.servers", "3"},
		{"stores.spare.backlog", "1"}, {"allocators.spare.strategy", "range"},
	} {
		y.RunUntil(y.Now() + sim.Second)
		if err := y.Apply([]Assignment{a}); err != nil {
			t.Errorf("%v: %v", a, err)
		}
		mustHold(t, y)
	}
}

// TestSilentLaneCostsNothing: a lane with periods whose load goes to 0 has no
// next write; nobody must look for it period by period to the end of the clock.
func TestSilentLaneCostsNothing(t *testing.T) {
	for _, set := range [][]string{
		{"lanes.w.arrivals.rate", "0/s"},
		{"lanes.w.arrivals.rate", "0/s", "lanes.w.arrivals.profile", "daily(period=1s, amplitude=0.5)"},
		{"lanes.w.arrivals.rate", "100/s", "lanes.w.arrivals.profile", "steps(1s: 0)"},
	} {
		y := start(t, source(t, append([]string{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.on", "exponential(1ms)", "lanes.w.arrivals.off", "exponential(1ms)"}, set...)...), 0)
		// A period takes some 50 ns to pass over, and the clock has a billion of
		// them: to search all would take a minute.
		searched := func() {
			t.Helper()
			if at := y.lanes[0].schedule.cursor.at; at > float64(sim.Hour) && at < float64(sim.Never) {
				t.Fatalf("%v: looked for the next write until %v", set, sim.Time(at))
			}
		}
		searched()
		y.RunUntil(2 * sim.Second)
		if err := y.Apply([]Assignment{{"lanes.w.arrivals.off", "exponential(2ms)"}}); err != nil {
			t.Fatal(err)
		}
		searched()
	}
}

// TestChangesOfOneInstantReplay: two changes made in a pause, with no event
// between them, are the same as two changes of the timeline at that instant,
// even if the first makes something happen at once.
func TestChangesOfOneInstantReplay(t *testing.T) {
	const pause = 5 * sim.Millisecond
	changes := []Change{
		{At: pause, Set: []Assignment{{"lanes.w.batch.size", "1"}}},    // closes a batch, which is stored at once
		{At: pause, Set: []Assignment{{"stores.s.partitions", "16"}}},  // routes what then still waits
		{At: pause, Set: []Assignment{{"lanes.w.queue.workers", "1"}}}, // lets less of it go
		{At: 2 * pause, Set: []Assignment{{"lanes.w.queue.mode", "none"}}},
	}
	s := built(t, "duration", "1s", "lanes.w.arrivals.rate", "20000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "2",
		"lanes.w.batch.size", "100", "lanes.w.batch.linger", "1s", "stores.s.partitions", "4", "stores.s.overhead", "0s", "stores.s.backlog", "40")
	byHand := start(t, s, 0)
	for _, c := range changes {
		byHand.RunUntil(c.At)
		byHand.RunUntil(c.At) // again: nothing is left to do at this instant
		if err := byHand.Apply(c.Set); err != nil {
			t.Fatal(err)
		}
	}
	byHand.RunUntil(s.Duration)
	scripted := s.Clone()
	scripted.Timeline = changes
	sameResult(t, "by hand", finish(t, scripted), byHand.Result())
}

// TestWarmUpMovesNothing: the end of a warm-up begins a new window and leaves
// what happens alone.
func TestWarmUpMovesNothing(t *testing.T) {
	commits := func(warmup string) (all []sim.Time) {
		y := start(t, busyPath(t, "warmup", warmup), 0)
		y.onCommit = func(*write, *operation) { all = append(all, y.Now()) }
		y.RunUntil(5 * sim.Second)
		mustHold(t, y)
		return all
	}
	without, with := commits("0s"), commits("3s")
	if len(without) != len(with) || len(with) < 1000 {
		t.Fatalf("%d commits with a warm-up, %d without", len(with), len(without))
	}
	for i := range with {
		if with[i] != without[i] {
			t.Fatalf("commit %d at %v with a warm-up, at %v without", i, with[i], without[i])
		}
	}
}

// TestSpanThatEndsWhereAChangeBegins: what lasts for a span ends at the instant
// at which the next change is made, and before it: by hand the clock has come
// to that instant first. So it must be in a replay.
func TestSpanThatEndsWhereAChangeBegins(t *testing.T) {
	changes := []Change{
		{At: 1 * sim.Second, For: 2 * sim.Second, Set: []Assignment{{"lanes.w.arrivals.rate", "3000/s"}}},
		{At: 3 * sim.Second, Set: []Assignment{{"lanes.w.arrivals.rate", "1000/s"}}},
	}
	byHand := start(t, busyPath(t), 0)
	for _, c := range changes {
		byHand.RunUntil(c.At)
		if err := byHand.Make(c); err != nil {
			t.Fatal(err)
		}
	}
	byHand.RunUntil(20 * sim.Second)
	if rate, _ := byHand.Scenario().Value("lanes.w.arrivals.rate"); rate != "1000/s" {
		t.Errorf("by hand the rate is %s in the end, want 1000/s", rate)
	}
	scripted := busyPath(t)
	scripted.Timeline = changes
	sameResult(t, "by hand", finish(t, scripted), byHand.Result())
}

// TestTimelineKnowsWhatIsUndone: a change that a session accepted is accepted
// in its recording, also if it needs what an earlier span has given back.
func TestTimelineKnowsWhatIsUndone(t *testing.T) {
	changes := []Change{
		{At: 1 * sim.Second, For: sim.Second, Set: []Assignment{{"stores.s.partitions", "1"}}},
		{At: 3 * sim.Second, For: sim.Second, Fault: Fault{Kind: Crash, Target: "stores.s.partitions.3"}},
	}
	byHand := start(t, busyPath(t), 0)
	for _, c := range changes {
		byHand.RunUntil(c.At)
		if err := byHand.Make(c); err != nil {
			t.Fatalf("by hand at %v: %v", c.At, err)
		}
	}
	scripted := busyPath(t)
	scripted.Timeline = changes
	if _, err := New(scripted, 0); err != nil {
		t.Errorf("by the timeline: %v", err)
	}
}

// TestPartitionsThatComeDuringAFault: partitions that a faulty node gets
// while it is slow or down are as they were when the fault is over.
func TestPartitionsThatComeDuringAFault(t *testing.T) {
	for _, fault := range []Fault{{Kind: Slow, Target: "stores.s.nodes.0", By: 3}, {Kind: Crash, Target: "stores.s.nodes.0"}} {
		t.Run(fault.Kind.String(), func(t *testing.T) {
			y := start(t, built(t, "stores.s.nodes", "1", "stores.s.partitions", "2"), 0)
			y.RunUntil(sim.Second)
			if err := y.Make(Change{Fault: fault, For: sim.Second}); err != nil {
				t.Fatal(err)
			}
			y.RunUntil(1500 * sim.Millisecond)
			if err := y.Apply([]Assignment{{"stores.s.partitions", "4"}}); err != nil {
				t.Fatal(err)
			}
			y.RunUntil(3 * sim.Second)
			for number := range y.stores[0].partitions {
				if p := &y.stores[0].partitions[number]; p.slow.faults != 0 || p.down != 0 {
					t.Errorf("partition %d is slow for %d faults and %d times down after the fault", number, p.slow.faults, p.down)
				}
			}
			mustHold(t, y)
		})
	}
}
