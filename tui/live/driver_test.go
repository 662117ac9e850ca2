package live

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// The tests below run on the fake clock of testing/synctest: wall-clock time
// passes only while every goroutine waits, so that what a driver has done after
// a second is exactly known and takes no second.

// driven is a driver on a goroutine of its own.
type driven struct {
	*Driver
	t     *testing.T
	stop  func()
	ended chan error
}

func drive(t *testing.T, s *models.Scenario, speed Speed, load func(string) (*models.Scenario, error)) *driven {
	t.Helper()
	return driveWith(t, s, Options{Speed: speed, Load: load})
}

func driveWith(t *testing.T, s *models.Scenario, options Options) *driven {
	t.Helper()
	d, err := NewDriver(s, options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	run := &driven{Driver: d, t: t, stop: cancel, ended: make(chan error, 1)}
	go func() { run.ended <- d.Run(ctx) }()
	return run
}

// pass lets wall-clock time pass and returns the newest frame.
func (d *driven) pass(span time.Duration) *Frame {
	<-time.After(span)
	synctest.Wait()
	return d.Frame()
}

// ask sends a command and returns the frame that shows that it was obeyed.
func (d *driven) ask(c Command) *Frame {
	d.Send(c)
	synctest.Wait()
	return d.Frame()
}

// end stops the driver, which then no longer uses the system.
func (d *driven) end() {
	d.t.Helper()
	d.stop()
	if err := <-d.ended; err != nil {
		d.t.Error(err)
	}
}

// near fails unless the simulated clock is at an instant, up to the spacing of
// the driver's turns.
func near(t *testing.T, what string, got, want sim.Time) {
	t.Helper()
	if got > want || want-got > tenth {
		t.Errorf("%s: the clock shows %v, want %v", what, got, want)
	}
}

func TestDriverKeepsThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		near(t, "after 3 s at ×1", d.pass(3*time.Second).Time, 3*sim.Second)
		d.ask(ChangeSpeed{Faster: true})
		f := d.pass(2 * time.Second)
		near(t, "and 2 s at ×2", f.Time, 7*sim.Second)
		if f.Speed != 2 || f.Pace < 1.9 || f.Pace > 2.1 {
			t.Errorf("speed %v, pace %.3g, want ×2.0 and about 2", f.Speed, f.Pace)
		}
		d.ask(ChangeSpeed{})
		d.ask(ChangeSpeed{})
		near(t, "and 2 s at ×0.5", d.pass(2*time.Second).Time, 8*sim.Second)
		d.end()
	})
}

func TestDriverPausesAndSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(1040 * time.Millisecond)
		f := d.ask(TogglePause{})
		if f.Running {
			t.Error("the run goes on after a pause")
		}
		at := f.Time
		if later := d.pass(time.Hour); later.Time != at {
			t.Errorf("the clock went from %v to %v during a pause", at, later.Time)
		}
		if f = d.ask(Step{}); f.Time != 11*tenth || f.Running || f.Sampled != f.Time {
			t.Errorf("a step after %v: at %v, sampled %v, running %v; want to stand at the next sample, 1.1s", at, f.Time, f.Sampled, f.Running)
		}
		if f = d.ask(Step{}); f.Time != 12*tenth {
			t.Errorf("a second step: at %v, want 1.2s", f.Time)
		}
		d.ask(TogglePause{})
		near(t, "a second after the pause", d.pass(time.Second).Time, 22*tenth)
		d.end()
	})
}

// TestDriverPublishesNoMoreThanCanBeSeen counts the frames of a second, and of
// an hour's pause.
func TestDriverPublishesNoMoreThanCanBeSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 100, nil)
		frames := func(span time.Duration) int {
			n := 0
			for end := time.After(span); ; n++ {
				select {
				case <-end:
					return n
				case <-d.Changed():
				}
			}
		}
		if n := frames(time.Second); n > 21 || n < 10 {
			t.Errorf("%d frames in a second, want 10 to 21", n)
		}
		d.ask(TogglePause{})
		<-d.Changed()
		if n := frames(time.Hour); n != 0 {
			t.Errorf("%d frames in an hour's pause, want none", n)
		}
		d.end()
	})
}

func TestDriverMakesMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(2 * time.Second)
		f := d.ask(MakeMove{Lane: "orders", Move: 4})
		if got := f.Scenario.Allocators[0].Strategy; got != models.Range {
			t.Fatalf("IDs are %v after the move, want range", got)
		}
		if f.Event.Kind != EventChange || f.Event.At != f.Time || !strings.HasPrefix(f.Event.Text, "ids range") {
			t.Errorf("event %+v, want the change at %v", f.Event, f.Time)
		}
		if len(f.Marks) != 1 || f.Marks[0].X != f.Time.Seconds() || f.Marks[0].Label != "ids range" {
			t.Errorf("marks %v, want one at %v", f.Marks, f.Time)
		}
		want := []models.Change{{At: f.Time, Set: []models.Assignment{{Path: "allocators.counter.strategy", Value: "range"}}}}
		if diff := cmp.Diff(want, f.Session.Timeline()); diff != "" {
			t.Errorf("timeline (-want +got):\n%s", diff)
		}
		if m := f.Made; m == nil || m.Name != "ids" || m.From != "central" || m.To != "range" || m.Home || m.At != f.Time || m.Lane != "orders" {
			t.Errorf("last move %+v, want ids from central to range", m)
		}
		before := f
		f = d.ask(MakeMove{Lane: "events", Move: 4})
		if f.Event.Kind != EventRefusal || !strings.Contains(f.Event.Text, "needs no IDs") {
			t.Errorf("event %+v, want a refusal", f.Event)
		}
		if diff := cmp.Diff(before.Session.Timeline(), f.Session.Timeline()); diff != "" {
			t.Errorf("a refused move changed the timeline (-before +after):\n%s", diff)
		}
		d.end()
	})
}

func TestDriverChangesParameters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		f := d.ask(Change{Set: []models.Assignment{
			{Path: "lanes.orders.queue.workers", Value: "3"},
			{Path: "lanes.orders.batch.size", Value: "0"},
		}})
		if f.Event.Kind != EventRefusal || f.Scenario.Lanes[0].Queue.Workers == 3 {
			t.Errorf("event %+v, %d workers; want all refused", f.Event, f.Scenario.Lanes[0].Queue.Workers)
		}
		f = d.ask(Change{Set: []models.Assignment{{Path: "lanes.orders.queue.workers", Value: "3"}}})
		if f.Event.Kind != EventChange || f.Scenario.Lanes[0].Queue.Workers != 3 {
			t.Errorf("event %+v, %d workers; want 3", f.Event, f.Scenario.Lanes[0].Queue.Workers)
		}
		d.end()
	})
}

func TestDriverRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		first := d.pass(2 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 1})
		f := d.ask(Restart{})
		if f.Run != first.Run+1 || f.Time > tenth || f.Scenario.Seed != 7 || f.Scenario.Lanes[0].Batch.Size != 1 || len(f.Session.Timeline()) != 0 {
			t.Errorf("restart: run %d at %v, seed %d, batch %d, %d changes; want the beginning", f.Run, f.Time, f.Scenario.Seed, f.Scenario.Lanes[0].Batch.Size, len(f.Session.Timeline()))
		}
		again := d.pass(2 * time.Second)
		if diff := cmp.Diff(first.Lanes[0].Now.Totals, again.Lanes[0].Now.Totals); diff != "" {
			t.Errorf("the same seed gave other numbers (-first +again):\n%s", diff)
		}
		f = d.ask(Restart{NextSeed: true})
		if f.Scenario.Seed != 8 {
			t.Errorf("seed %d, want 8", f.Scenario.Seed)
		}
		other := d.pass(2 * time.Second)
		if cmp.Equal(first.Lanes[0].Now.Totals, other.Lanes[0].Now.Totals) {
			t.Error("another seed gave the same numbers")
		}
		d.end()
	})
}

func TestDriverOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		load := func(name string) (*models.Scenario, error) {
			if name != "other" {
				return nil, errors.New("there is no such scenario\nthere are: other")
			}
			s := penScenario(t)
			s.Name = name
			return s, nil
		}
		d := drive(t, penScenario(t), 1, load)
		d.pass(time.Second)
		f := d.ask(Open{"nowhere"})
		if f.Event.Text != "cannot open nowhere: there is no such scenario" || f.Run != 1 {
			t.Errorf("event %q in run %d, want a refusal in run 1", f.Event.Text, f.Run)
		}
		f = d.ask(Open{"other"})
		if f.Scenario.Name != "other" || f.Run != 2 || !f.Running {
			t.Errorf("scenario %s, run %d, running %v; want other, 2, true", f.Scenario.Name, f.Run, f.Running)
		}
		d.end()
	})
}

func TestDriverHalts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.MaxInFlight = 40
		d := drive(t, s, 10, nil)
		f := d.pass(time.Minute)
		if f.Halted == "" || f.Running || f.Event.Kind != EventHalt || !strings.Contains(f.Event.Text, f.Halted) {
			t.Fatalf("halted %q, running %v, event %+v; want an ended run", f.Halted, f.Running, f.Event)
		}
		for _, c := range []Command{TogglePause{}, Step{}} {
			if g := d.ask(c); g.Running || g.Time != f.Time {
				t.Errorf("%T: a run that ended goes on", c)
			}
		}
		if f = d.ask(Restart{}); !f.Running || f.Halted != "" {
			t.Error("a restart does not begin anew")
		}
		d.end()
	})
}

// TestDriverReportsPanics: a bug in the simulation must reach the user, not
// vanish with a goroutine.
func TestDriverReportsPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, func(string) (*models.Scenario, error) { panic("a bug") })
		d.Send(Open{"any"})
		var got *PanicError
		if err := <-d.ended; !errors.As(err, &got) || got.Value != "a bug" || !strings.Contains(err.Error(), "driver_test.go") {
			t.Errorf("Run returned %v, want the panic and where it happened", err)
		}
	})
}

// TestWatchingChangesNothing: the same numbers as a run nobody watches, and a
// session replays to the same numbers, byte for byte.
func TestWatchingChangesNothing(t *testing.T) {
	moves := []Command{
		MakeMove{Lane: "orders", Move: 4}, MakeMove{Lane: "events", Move: 0}, MakeMove{Lane: "orders", Move: 2},
		MakeMove{Lane: "events", Move: 1}, MakeMove{Lane: "orders", Move: 2, Back: true}, MakeMove{Lane: "events", Move: 5},
		MakeMove{Lane: "orders", Move: 3}, MakeMove{Lane: "orders", Move: 4}, MakeMove{Lane: "events", Move: 0},
	}
	for _, test := range []struct {
		name     string
		commands []Command
		scripted bool // the scenario has a timeline of its own
	}{
		{name: "no changes"},
		{name: "every move", commands: moves},
		{name: "every move into a scripted run", commands: moves, scripted: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := penScenario(t)
				s.Warmup = sim.Second
				if test.scripted {
					s.Timeline = []models.Change{
						{At: 730 * sim.Millisecond, Set: []models.Assignment{{Path: "lanes.orders.arrivals.rate", Value: "900/s"}}},
						{At: 3 * sim.Second, Set: []models.Assignment{{Path: "stores.shelf.servers", Value: "2"}}},
						{At: sim.Hour, Set: []models.Assignment{{Path: "stores.shelf.servers", Value: "3"}}},
					}
					s.Duration = 2 * sim.Hour
				}
				d := drive(t, s, 2, nil)
				for _, c := range test.commands {
					d.pass(333 * time.Millisecond)
					d.ask(c)
				}
				d.pass(time.Second)
				d.ask(TogglePause{})
				d.end()
				session := d.Frame().Session
				if got, want := len(session.Timeline()), len(test.commands); got != want {
					t.Fatalf("%d changes in the timeline, want %d", got, want)
				}
				whole := session.Replay()
				if whole.Warmup != 0 {
					t.Errorf("the replay leaves out %v that were watched", whole.Warmup)
				}
				whole.Warmup = s.Warmup // as the run measures
				if diff := cmp.Diff(numbers(replayed(t, whole)), numbers(d.run.system.Result())); diff != "" {
					t.Errorf("numbers (-replayed +live):\n%s", diff)
				}
			})
		})
	}
}
