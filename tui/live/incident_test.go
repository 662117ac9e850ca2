package live

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// incidentNamed returns the incident whose name begins so, and fails if there
// is none.
func incidentNamed(t *testing.T, f *Frame, lane, name string) *Incident {
	t.Helper()
	list := f.Incidents(lane, Aim{})
	i := slices.IndexFunc(list, func(i Incident) bool { return strings.HasPrefix(i.Name, name) })
	if i < 0 {
		t.Fatalf("there is no incident %s", name)
	}
	return &list[i]
}

func TestIncidentsThatCannotHappenSayWhy(t *testing.T) {
	pen := penScenario(t)
	full := penScenario(t)
	full.Lanes[0].Keys.Celebrity = 0.4
	full.Lanes[0].Arrivals.Process = models.Closed
	full.Allocators[0].Strategy = models.Snowflake
	full.Allocators[0].ClockOffset = sim.Hour
	for _, test := range []struct {
		scenario             *models.Scenario
		lane, incident, want string
	}{
		{pen, "orders", "crash P", ""},
		{pen, "orders", "crash writer 0", ""},
		{pen, "events", "crash writer 0", "needs no IDs"},
		{pen, "orders", "slow P", ""},
		{pen, "orders", "crash the queue", "no queue"},
		{pen, "orders", "crash the allocator", ""},
		{pen, "orders", "burst", ""},
		{pen, "orders", "celebrity", ""},
		{pen, "orders", "clock step", "central IDs need no clock"},
		{pen, "events", "crash the allocator", "needs no IDs"},
		{pen, "events", "clock step", "needs no IDs"},
		{full, "orders", "crash the allocator", "snowflake IDs need no counter"},
		{full, "orders", "burst", "closed loop"},
		{full, "orders", "celebrity", "40 % already"},
	} {
		r, err := newRun(origin{written: test.scenario})
		if err != nil {
			t.Fatal(err)
		}
		got := incidentNamed(t, r.frame(), test.lane, test.incident).Reason
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s of %s: reason %q, want one with %q", test.incident, test.lane, got, test.want)
		}
	}
}

// TestIncidentsFollowTheAim: a partition or an allocator that somebody aims at,
// and what is gone counts as no aim.
func TestIncidentsFollowTheAim(t *testing.T) {
	s := penScenario(t)
	for _, a := range []models.Assignment{{Path: "stores.shelf.nodes", Value: "2"}, {Path: "stores.shelf.replicas", Value: "3"}} {
		if err := s.Set(a.Path, a.Value); err != nil {
			t.Fatal(err)
		}
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	f := r.frame()
	targets := func(aim Aim) string {
		var list []string
		for _, i := range f.Incidents("orders", aim) {
			if i.Change.Fault.Kind == models.Slow {
				list = append(list, i.Change.Fault.Target)
			}
		}
		return strings.Join(list, " ")
	}
	ids := f.Allocators[0].Name
	for _, test := range []struct {
		name string
		aim  Aim
		want string
	}{
		{"a partition, and its node of two", Aim{Store: "shelf", Partition: 3}, "stores.shelf.partitions.3 stores.shelf.nodes.1 stores.shelf.followers.0 allocators." + ids},
		{"a partition that is gone", Aim{Store: "shelf", Partition: 999}, "stores.shelf.partitions.0 stores.shelf.nodes.0 stores.shelf.followers.0 allocators." + ids},
		{"an allocator", Aim{Allocator: "elsewhere"}, "stores.shelf.partitions.0 stores.shelf.nodes.0 stores.shelf.followers.0 allocators.elsewhere"},
	} {
		if got := targets(test.aim); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if down := incidentNamed(t, f, "orders", "crash a replica"); down.Reason != "" || down.Change.Fault.Target != "stores.shelf.followers.0" {
		t.Errorf("%+v, want a follower down", down)
	}
	if delay := incidentNamed(t, f, "orders", "network delay"); delay.Reason != "" || len(delay.Change.Set) != 2 {
		t.Errorf("%+v, want the counter and the followers further away", delay)
	}
}

// TestBurstIsTemporary: five times the load for five seconds, and then what it
// was; another one meanwhile is refused, or the load would never come back.
func TestBurstIsTemporary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		rate := func(f *Frame) float64 { return f.Scenario.Lanes[0].Arrivals.Rate }
		f := d.pass(time.Second)
		burst := f.Burst("orders")
		if f = d.ask(Inflict{&burst}); rate(f) != 5*950 {
			t.Errorf("%g writes/s in the burst, want %g", rate(f), 5*950.0)
		}
		d.pass(2 * time.Second)
		if f = d.ask(Inflict{&burst}); f.Event.Kind != EventRefusal || !strings.HasSuffix(f.Event.Text, "one is on until 00:06.0") {
			t.Errorf("event %+v, want a second burst refused", f.Event)
		}
		f = d.pass(4 * time.Second)
		if rate(f) != 950 || f.Event.Text != "burst ×5 is over" || len(f.Marks) != 2 {
			t.Errorf("after it: %g writes/s, event %+v, marks %v; want 950, its end, and two marks", rate(f), f.Event, f.Marks)
		}
		d.end()
	})
}

// TestFaultsReplay: what was inflicted is part of the session, also where a
// change comes at the very instant at which a fault ends.
func TestFaultsReplay(t *testing.T) {
	for _, test := range []struct {
		name     string
		replicas string
	}{{"one copy", "1"}, {"a follower takes over", "3"}} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := penScenario(t)
				if err := s.Set("stores.shelf.replicas", test.replicas); err != nil {
					t.Fatal(err)
				}
				if err := s.Set("stores.shelf.failover", "2s"); err != nil {
					t.Fatal(err)
				}
				s.Timeline = []models.Change{{At: 500 * sim.Millisecond, Fault: models.Fault{Kind: models.Slow, Target: "stores.shelf.partitions.0", By: 3}, For: sim.Second}}
				d := drive(t, s, 1, nil)
				f := d.pass(time.Second)
				if !strings.HasPrefix(f.Event.Text, "slow stores.shelf.partitions.0 by 3 for 1s") {
					t.Errorf("event %+v, want the fault of the timeline", f.Event)
				}
				step := func(n int) {
					for range n {
						f = d.ask(Step{})
					}
				}
				step(1)
				d.ask(Inflict{incidentNamed(t, f, "orders", "crash P")})
				d.ask(Inflict{incidentNamed(t, f, "orders", "slow P")})
				d.ask(Inflict{incidentNamed(t, f, "orders", "celebrity")})
				d.ask(Inflict{incidentNamed(t, f, "orders", "burst")})
				step(20) // a crash with a follower is over
				d.ask(MakeMove{Lane: "orders", Move: 2})
				d.ask(Inflict{incidentNamed(t, f, "orders", "crash the allocator")})
				step(30) // a crash without one is over
				d.ask(Inflict{incidentNamed(t, f, "orders", "burst")})
				d.ask(MakeMove{Lane: "orders", Move: 4})
				step(60)
				d.end()
				session := d.Frame().Session
				if n := len(session.Timeline()); n != 8 {
					t.Fatalf("%d changes in the timeline, want 8: %v", n, session.Timeline())
				}
				if diff := cmp.Diff(numbers(replayed(t, session.Replay())), numbers(d.run.system.Result())); diff != "" {
					t.Errorf("numbers (-replayed +live):\n%s", diff)
				}
			})
		})
	}
}

// TestCrashSaysWhoTakesOver: a follower, if one is up at this instant and quick
// enough; and so it happens.
func TestCrashSaysWhoTakesOver(t *testing.T) {
	for _, test := range []struct {
		name     string
		replicas string
		failover string
		down     bool // the one follower
		want     string
		lasts    sim.Time
	}{
		{"no follower", "1", "1s", false, "its line is lost, it refuses writes for 5s", 5 * sim.Second},
		{"a follower", "2", "1s", false, "its line is lost, a follower takes over after 1s", sim.Second},
		{"a slow follower", "2", "10s", false, "its line is lost, it refuses writes for 5s: no follower takes over", 5 * sim.Second},
		{"a follower that is down", "2", "1s", true, "its line is lost, it refuses writes for 5s: no follower takes over", 5 * sim.Second},
	} {
		s := penScenario(t)
		for path, value := range map[string]string{"replicas": test.replicas, "failover": test.failover} {
			if err := s.Set("stores.shelf."+path, value); err != nil {
				t.Fatal(err)
			}
		}
		r, err := newRun(origin{written: s})
		if err != nil {
			t.Fatal(err)
		}
		if test.down {
			r.inflict(incidentNamed(t, r.frame(), "orders", "crash a replica"))
		}
		i := incidentNamed(t, r.frame(), "orders", "crash P")
		if i.Effect != test.want {
			t.Errorf("%s: %q, want %q", test.name, i.Effect, test.want)
		}
		if got := r.endOf(&r.inflict(i).change); got != test.lasts {
			t.Errorf("%s: over at %v, want %v", test.name, got, test.lasts)
		}
	}
}
