package live

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// TestBrief: on charts a change is named without the sections of the scenario.
func TestBrief(t *testing.T) {
	for _, test := range []struct {
		change         models.Change
		full, onCharts string
	}{
		{
			models.Change{Set: []models.Assignment{{Path: "lanes.orders.arrivals.rate", Value: "9k/s"}, {Path: "stores.s.partitions", Value: "16"}}},
			"lanes.orders.arrivals.rate = 9k/s, stores.s.partitions = 16", "orders.arrivals.rate 9k/s, s.partitions 16",
		},
		{
			models.Change{Fault: models.Fault{Kind: models.Crash, Target: "lanes.orders.queue"}, For: 2 * sim.Second},
			"crash lanes.orders.queue for 2s", "crash orders.queue for 2s",
		},
	} {
		if got := describe(&test.change); got != test.full {
			t.Errorf("in full it is %q, want %q", got, test.full)
		}
		if got := brief(&test.change); got != test.onCharts {
			t.Errorf("on charts it is %q, want %q", got, test.onCharts)
		}
	}
}

// TestFaultsEndAsTold: that a fault is over is told when it is, whether or not a
// follower takes over.
func TestFaultsEndAsTold(t *testing.T) {
	const span = 3 * sim.Second
	for _, test := range []struct {
		name    string
		targets []string // crash, one after the other
		want    []sim.Time
	}{
		{"a follower takes over", []string{"partitions.0"}, []sim.Time{sim.Second}},
		{"nobody takes over from a follower", []string{"followers.0"}, []sim.Time{span}},
		{"one follower is left", []string{"followers.0", "partitions.0"}, []sim.Time{sim.Second, span}},
		{"no follower is up", []string{"followers.0", "followers.1", "partitions.0"}, []sim.Time{span, span, span}},
	} {
		s := penScenario(t)
		for _, a := range []models.Assignment{{Path: "stores.shelf.replicas", Value: "3"}, {Path: "stores.shelf.failover", Value: "1s"}} {
			if err := s.Set(a.Path, a.Value); err != nil {
				t.Fatal(err)
			}
		}
		r, err := newRun(origin{written: s})
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range test.targets {
			r.inflict(&Incident{Name: target, Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: "stores.shelf." + target}, For: span}})
		}
		for r.system.Now() < span+sim.Second {
			r.advance(sim.Second)
		}
		var over []sim.Time
		for _, stamp := range r.stamps {
			if stamp.Label == "over" {
				over = append(over, stamp.At)
			}
		}
		if !slices.Equal(over, test.want) {
			t.Errorf("%s: over at %v, want %v", test.name, over, test.want)
		}
	}
}

// TestQuorumIsMissed: while a quorum needs a replica that is down, that is what
// the writers fight over, though nothing is busy; the moment it is back it is not.
func TestQuorumIsMissed(t *testing.T) {
	s := penScenario(t)
	for _, a := range []models.Assignment{{Path: "stores.shelf.replicas", Value: "2"}, {Path: "stores.shelf.quorum", Value: "2"}} {
		if err := s.Set(a.Path, a.Value); err != nil {
			t.Fatal(err)
		}
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	r.inflict(incidentNamed(t, r.frame(), "orders", "crash a replica"))
	told := func(until sim.Time) string {
		for r.system.Now() < until {
			r.advance(sim.Second)
		}
		path := r.frame().Path()
		return path.Explain(path.VerdictFor("orders"))[0]
	}
	const want = "a replica that the quorum of `shelf` needs is down"
	if got := told(outage - sim.Second); got != want {
		t.Errorf("while it is down: %q, want %q", got, want)
	}
	if got := told(outage + sim.Second/2); got == want {
		t.Errorf("once it is back: %q", got)
	}
}

// TestLaneThatIsGone: what was asked for before another scenario was opened may
// name a lane that it has not.
func TestLaneThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		f := d.ask(MakeMove{Lane: "gone", Move: 2})
		if f.Event.Kind != EventRefusal {
			t.Errorf("a move of a lane that is gone: %+v", f.Event)
		}
		f = d.ask(Change{Lane: "gone", Label: "partitions 8", Set: set("stores.shelf.partitions", "8")})
		if f.Made != nil || f.Scenario.Store("shelf").Partitions != 8 {
			t.Errorf("made %+v, want the change and no lane that it is measured on", f.Made)
		}
		d.end()
	})
}

// TestChangeAtAnEnding: what is changed at the very instant at which something
// temporary ends comes after it, in the run as in its replay.
func TestChangeAtAnEnding(t *testing.T) {
	s := penScenario(t)
	s.Timeline = []models.Change{{At: sim.Second, For: sim.Second, Set: set("lanes.orders.arrivals.rate", "2000/s")}}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	for _, second := range []sim.Time{2, 3} {
		for r.system.Now() < second*sim.Second {
			r.advance(second*sim.Second - r.system.Now())
		}
		r.do(deed{change: models.Change{For: sim.Second, Set: set("lanes.orders.arrivals.rate", "300/s")}})
		r.inflict(&Incident{Name: "crash", Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: "allocators.counter"}, For: sim.Second}})
	}
	for r.system.Now() < 5*sim.Second {
		r.advance(sim.Second)
	}
	session := r.frame().Session
	if first := session.Timeline()[0]; first.At != 2*sim.Second {
		t.Errorf("the first change came at %v, want that of the ending", first.At)
	}
	if diff := cmp.Diff(numbers(replayed(t, session.Replay())), numbers(r.system.Result())); diff != "" {
		t.Errorf("numbers (-replayed +live):\n%s", diff)
	}
}
