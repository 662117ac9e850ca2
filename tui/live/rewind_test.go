package live

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// TestRewind goes back ten seconds: the charts show the past as it was, what
// was done since is undone, and the run stands. Another move makes another
// future, which replays.
func TestRewind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(4 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 1})
		d.pass(8 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 4})
		before := d.pass(3 * time.Second)
		f := d.ask(Rewind{By: 10 * sim.Second})
		if want := before.Time - 10*sim.Second; f.Time != want || f.Running || f.Replay != nil || f.Run != before.Run {
			t.Fatalf("at %v, running %v, replay %v, run %d; want to stand at %v", f.Time, f.Running, f.Replay, f.Run, want)
		}
		if got := f.Scenario.Allocators[0].Strategy; got != models.Central || len(f.Session.Timeline()) != 1 || len(f.Marks) != 1 || f.Scenario.Lanes[0].Batch.Size != 64 {
			t.Errorf("IDs %v, timeline %v, marks %v; want the first move alone", got, f.Session.Timeline(), f.Marks)
		}
		if !strings.Contains(f.Event.Text, "one change undone") {
			t.Errorf("event %q, want what was undone", f.Event.Text)
		}
		if m := f.Made; m == nil || m.Name != "batch" || !cmp.Equal(m.Before, before.Session.deeds[0].move.measured(frameAt(t, before.Session, 0)).Before) {
			t.Errorf("last move %+v, want the batch with what was before it", m)
		}
		n := len(f.Times)
		if diff := cmp.Diff(before.Times[:n], f.Times); diff != "" {
			t.Errorf("instants of the history (-before +after):\n%s", diff)
		}
		if diff := cmp.Diff(before.Lanes[0].AckP99[1:n], f.Lanes[0].AckP99[1:]); diff != "" {
			t.Errorf("time to ack of the past (-before +after):\n%s", diff)
		}
		if f.Noted <= before.Noted || f.Events[len(f.Events)-1] != f.Event || len(f.Events) != f.Noted {
			t.Errorf("%d events in all, %d before, %v; want one more", f.Noted, before.Noted, f.Events)
		}
		if later := d.pass(time.Minute); later.Time != f.Time {
			t.Errorf("the clock goes on to %v", later.Time)
		}
		d.ask(MakeMove{Lane: "events", Move: 0})
		d.ask(TogglePause{})
		f = d.pass(2 * time.Second)
		near(t, "two seconds on", f.Time, before.Time-8*sim.Second)
		d.ask(TogglePause{})
		d.end()
		replays(t, d.Driver)
	})
}

// frameAt replays a session up to one of its changes and returns what was to
// be seen just before it.
func frameAt(t *testing.T, s Session, n int) *Frame {
	t.Helper()
	r, err := newRun(origin{written: s.start})
	if err != nil {
		t.Fatal(err)
	}
	for r.system.Now() < s.deeds[n].change.At {
		r.advance(s.deeds[n].change.At - r.system.Now())
	}
	return r.frame()
}

// replays fails unless the session of a driver that has ended, written to a
// file and read again, gives the numbers of its run.
func replays(t testing.TB, d *Driver) {
	t.Helper()
	session := d.Frame().Session
	source := experiments.Format(session.Replay())
	s, err := experiments.ReadScenario("session.yaml", source, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	asMeasured(s, d)
	if diff := cmp.Diff(numbers(replayed(t, s)), numbers(d.Result())); diff != "" {
		t.Errorf("numbers (-replayed +live):\n%s\n%s", diff, source)
	}
}

// asMeasured lets a replay, which counts from the start as the screen does,
// leave out what the result of the run leaves out: the warm-up, once it is over.
func asMeasured(replay *models.Scenario, d *Driver) {
	if warmup := d.run.session.start.Warmup; warmup < replay.Duration {
		replay.Warmup = warmup
	}
}

// TestRewindToAMark stands just before the change.
func TestRewindToAMark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.Timeline = []models.Change{{At: 5 * sim.Second, Set: set("lanes.orders.arrivals.rate", "900/s")}}
		d := drive(t, s, 1, nil)
		d.pass(3 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 1})
		f := d.pass(4 * time.Second)
		if len(f.Stamps) != 2 {
			t.Fatalf("stamps %v, want the move and the scenario's change", f.Stamps)
		}
		f = d.ask(RewindTo{At: f.Stamps[1].At})
		if f.Time != 5*sim.Second-1 || f.Scenario.Lanes[0].Arrivals.Rate != 950 || f.Scenario.Lanes[0].Batch.Size != 64 {
			t.Errorf("at %v, rate %g, batch %d; want just before 5s", f.Time, f.Scenario.Lanes[0].Arrivals.Rate, f.Scenario.Lanes[0].Batch.Size)
		}
		if m := d.ask(MakeMove{Lane: "orders", Move: 4}).Made; !cmp.Equal(m.Before, f.Standing(&f.Lanes[0], 0, f.Sampled)) {
			t.Errorf("another move: before it %+v, want what is seen here: %+v", m.Before, f.Standing(&f.Lanes[0], 0, f.Sampled))
		}
		f = d.ask(RewindTo{At: f.Stamps[0].At})
		if len(f.Stamps) != 0 || f.Scenario.Lanes[0].Batch.Size != 1 || !strings.HasPrefix(f.Event.Text, "back before batch") {
			t.Errorf("stamps %v, batch %d, event %q; want none, 1, back before the batch", f.Stamps, f.Scenario.Lanes[0].Batch.Size, f.Event.Text)
		}
		f = d.ask(Rewind{By: 10 * sim.Second})
		if f.Time != 0 {
			t.Errorf("at %v, want the beginning", f.Time)
		}
		if f = d.ask(Rewind{By: 10 * sim.Second}); f.Event.Kind != EventRefusal {
			t.Errorf("event %+v, want a refusal", f.Event)
		}
		d.end()
	})
}

// TestRewindsAddUp: what is asked for while a replay is under way leads further
// back, and what is about the run waits until it is there.
func TestRewindsAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		at := d.pass(40 * time.Second).Time
		for range 3 {
			d.Send(Rewind{By: 10 * sim.Second})
		}
		d.Send(MakeMove{Lane: "orders", Move: 1})
		f := d.ask(MakeMove{Lane: "orders", Move: 0})
		if want := at - 30*sim.Second; f.Time != want || len(f.Session.Timeline()) != 2 {
			t.Errorf("at %v with %d changes, want %v with both moves", f.Time, len(f.Session.Timeline()), want)
		}
		d.end()
		replays(t, d.Driver)
	})
}

// TestRewindLeavesAHalt: a run that ended can be taken back to before its end.
func TestRewindLeavesAHalt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.MaxInFlight = 60
		d := drive(t, s, 1, nil)
		f := d.pass(time.Minute)
		if f.Halted == "" {
			t.Fatal("the run does not end")
		}
		if f = d.ask(Rewind{By: sim.Second}); f.Halted != "" || f.Running {
			t.Errorf("halted %q, running %v; want to stand before the end", f.Halted, f.Running)
		}
		d.end()
	})
}

// BenchmarkRewind replays 60 simulated seconds of every scenario that comes with
// the program, as the screen does.
func BenchmarkRewind(b *testing.B) {
	for _, listed := range experiments.Shipped() {
		b.Run(listed.Name, func(b *testing.B) {
			s, err := experiments.Load(listed.Name)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				p, err := newReplay(origin{written: s}, nil, sim.Minute)
				if err != nil {
					b.Fatal(err)
				}
				for !p.arrived() {
					p.advance(100 * sim.Millisecond)
				}
			}
		})
	}
}
