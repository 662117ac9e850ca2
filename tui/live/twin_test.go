package live

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// TestTwin: from the last change on, the same system without it runs beside,
// with the numbers of a run that never had it.
func TestTwin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.Timeline = []models.Change{{At: 9 * sim.Second, Set: set("lanes.orders.arrivals.rate", "900/s")}}
		d := drive(t, s, 1, nil)
		d.pass(4 * time.Second)
		d.ask(MakeMove{Lane: "events", Move: 0})
		d.pass(2 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 4})
		d.pass(time.Second)
		f := d.ask(TurnTwin{})
		if f.Twin == nil || f.Twin.Name != "ids central" || f.Twin.Frame.Time != f.Time {
			t.Fatalf("twin %+v, want one without ids range, at %v", f.Twin, f.Time)
		}
		burst := f.Burst("orders")
		f = d.ask(Inflict{&burst})
		if got, want := f.Twin.Frame.Scenario.Lanes[0].Arrivals.Rate, f.Scenario.Lanes[0].Arrivals.Rate; got != want {
			t.Errorf("a burst raises the rate of the twin to %g, that of the run to %g", got, want)
		}
		f = d.pass(10 * time.Second)
		if f.Twin.Frame.Time != f.Time || f.Twin.Frame.Sampled != f.Sampled {
			t.Errorf("the twin is at %v, sampled %v, the run at %v, %v", f.Twin.Frame.Time, f.Twin.Frame.Sampled, f.Time, f.Sampled)
		}
		d.ask(TogglePause{})
		d.end()
		without := d.twin.session
		without.until = d.twin.system.Now()
		if diff := cmp.Diff(numbers(replayed(t, without.Replay())), numbers(d.twin.system.Result())); diff != "" {
			t.Errorf("numbers of the twin (-alone +beside):\n%s", diff)
		}
		replays(t, d.Driver)
	})
}

// Differences returns how the orders differ in a measure.
func (d *driven) Differences(f *Frame, measure string) Difference {
	d.t.Helper()
	if f.Twin == nil || len(f.Twin.Differences) == 0 {
		d.t.Fatalf("nothing is compared: twin %+v", f.Twin)
	}
	for _, difference := range f.Twin.Differences[0] {
		if difference.Measure == measure {
			return difference
		}
	}
	d.t.Fatalf("%s is not compared", measure)
	return Difference{}
}

// TestTwinsTakeTurns: none, without the last change, without any, none.
func TestTwinsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(time.Second)
		f := d.ask(TurnTwin{})
		if f.Twinned != WithoutLast || f.Twin != nil {
			t.Errorf("twin %v %v before any change, want one to come", f.Twinned, f.Twin)
		}
		if f = d.ask(MakeMove{Lane: "orders", Move: 1}); f.Twin == nil || f.Twin.Name != "batch off" {
			t.Fatalf("twin %+v after a move, want one without it", f.Twin)
		}
		d.pass(time.Second)
		if f = d.ask(MakeMove{Lane: "orders", Move: 4}); f.Twin == nil || f.Twin.Name != "ids central" || f.Twin.Since != f.Time {
			t.Fatalf("twin %+v after a second move, want one without that", f.Twin)
		}
		if f = d.ask(TurnTwin{}); f.Twinned != WithoutAny || f.Twin == nil || f.Twin.Name != "without 2 changes" {
			t.Fatalf("twin %v %+v, want one without changes", f.Twinned, f.Twin)
		}
		d.pass(time.Second)
		if f = d.ask(Change{Label: "faster", Set: set("allocators.counter.service", "0.5ms")}); f.Twin == nil || f.Twin.Name != "without 3 changes" || f.Twin.Since != f.Time {
			t.Fatalf("twin %+v, want it to go on without the third change", f.Twin)
		}
		if f = d.ask(TurnTwin{}); f.Twinned != NoTwin || f.Twin != nil {
			t.Errorf("twin %v %+v, want none", f.Twinned, f.Twin)
		}
		d.end()
	})
}

// TestSwitchTwin: the twin is the main run, with a session of its own, and the
// difference is turned round.
func TestSwitchTwin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		if f := d.ask(SwitchTwin{}); f.Event.Kind != EventRefusal {
			t.Errorf("event %+v without a twin, want a refusal", f.Event)
		}
		d.pass(3 * time.Second)
		d.ask(TurnTwin{})
		d.ask(MakeMove{Lane: "orders", Move: 4})
		before := d.pass(5 * time.Second)
		f := d.ask(SwitchTwin{})
		if f.Twin == nil || f.Twin.Name != "ids range" || len(f.Session.Timeline()) != 0 || f.Scenario.Allocators[0].Strategy != models.Central {
			t.Fatalf("twin %+v, %d changes, IDs %v; want the run with the move beside one without", f.Twin, len(f.Session.Timeline()), f.Scenario.Allocators[0].Strategy)
		}
		if a, b := d.Differences(before, "p99").Interval, d.Differences(f, "p99").Interval; a.Mean != -b.Mean || a.HalfWidth != b.HalfWidth {
			t.Errorf("p99 differs by %+v, and by %+v after the switch", a, b)
		}
		d.pass(2 * time.Second)
		f = d.ask(Rewind{By: sim.Second})
		if f.Twin == nil || f.Twin.Name != "ids range" || f.Twin.Frame.Time != f.Time {
			t.Errorf("twin %+v after a rewind, want it rewound too", f.Twin)
		}
		f = d.ask(Rewind{By: 8 * sim.Second})
		if f.Twin != nil || f.Twinned != WithoutLast {
			t.Errorf("twin %+v, %v before anything differed, want one to come", f.Twin, f.Twinned)
		}
		d.end()
		replays(t, d.Driver)
	})
}

// TestTwinOfARestart: with the moves from the start, beside as it was written.
func TestTwinOfARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(time.Second)
		d.ask(TurnTwin{})
		d.ask(MakeMove{Lane: "orders", Move: 4})
		d.ask(Restart{KeepMoves: true})
		f := d.pass(5 * time.Second)
		if f.Twin == nil || f.Twin.Name != "ids central" || f.Twin.Since != 0 {
			t.Fatalf("twin %+v, want one as written, compared from the start", f.Twin)
		}
		for _, measure := range []string{"p50", "p99", "in flight"} {
			if difference := d.Differences(f, measure); !difference.Shown() || difference.Interval.Mean >= 0 {
				t.Errorf("%s differs by %+v, want less", measure, difference.Interval)
			}
		}
		f = d.ask(Open{"nowhere"})
		if f.Twin == nil {
			t.Error("a scenario that cannot be opened drops the twin")
		}
		d.end()
		if d.twin.system.Scenario().Allocators[0].Strategy != models.Central {
			t.Error("the twin has the move")
		}
	})
}

// TestTwinMayEnd: a twin that cannot go on does not stop the run.
func TestTwinMayEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.MaxInFlight = 300
		s.Lanes[0].Arrivals.Rate = 1100
		d := drive(t, s, 1, nil)
		d.pass(time.Second)
		d.ask(TurnTwin{})
		d.ask(MakeMove{Lane: "orders", Move: 4})
		f := d.pass(20 * time.Second)
		if f.Twin == nil || f.Twin.Frame.Halted == "" || f.Halted != "" || !f.Running {
			t.Errorf("twin %+v, halted %q, running %v; want the run to go on without its twin", f.Twin, f.Halted, f.Running)
		}
		if f.Twin != nil && !(d.Differences(f, "p50").Interval.N > 0) {
			t.Errorf("what was common is not compared: %+v", d.Differences(f, "p50"))
		}
		d.end()
		replays(t, d.Driver)
	})
}

// BenchmarkTwin is a simulated second of a run alone, and with a twin beside.
func BenchmarkTwin(b *testing.B) {
	for _, test := range []struct {
		name    string
		twinned TwinKind
	}{{"alone", NoTwin}, {"beside", WithoutLast}} {
		b.Run(test.name, func(b *testing.B) {
			d, err := NewDriver(penScenario(b), Options{})
			if err != nil {
				b.Fatal(err)
			}
			d.twinned = test.twinned
			(MakeMove{Lane: "orders", Move: 4}).obey(d)
			for d.replay != nil {
				d.advanceReplay()
			}
			for b.Loop() {
				for end := d.run.system.Now() + sim.Second; d.run.system.Now() < end; {
					d.advanceBoth(end - d.run.system.Now())
				}
				d.publish()
			}
		})
	}
}
