package models

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"onepen/sim"
)

// sessionSpan is the time for which a random system is changed and watched,
// and quietSpan the time it then has to empty.
const (
	sessionSpan = 500 * sim.Millisecond
	quietSpan   = 900 * sim.Second
)

// TestRandomSystems builds random small systems, changes them at random while
// they run and lets what can fail fail. After every step the invariants hold,
// and nothing is lost, out of order or handed out twice that was promised not to
// be; when the writers fall silent the systems empty; and the same scenario,
// with the same changes made by hand or by its timeline, gives the same result.
//
// Each run draws other systems: 3 × 100 of them, and a fifth of that in short
// mode. A failure names the seed that brings it back. Ten thousand, in minutes:
//
//	go test ./models -run TestRandomSystems -rapid.checks=3334
//	go test ./models -run TestRandomSystems -rapid.seed=SEED
func TestRandomSystems(t *testing.T) {
	for lanes := 1; lanes <= 3; lanes++ {
		t.Run(fmt.Sprintf("%d lanes", lanes), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				s := drawSession(t, lanes)
				result := s.play(t)
				if diff := gocmp.Diff(result, s.replay(t), equalResults); diff != "" {
					t.Fatalf("by hand and by the timeline:\n%s", diff)
				}
			})
		})
	}
}

// equalResults compares results, whose NaNs say that nothing was measured.
var equalResults = gocmp.Options{
	cmpopts.EquateNaNs(),
	gocmp.Comparer(func(a, b *sim.Histogram) bool { return *a == *b }),
}

// session is a scenario and the changes that are tried while it runs.
type session struct {
	scenario *Scenario
	steady   bool // writes of a lane keep their order in a partition
	unique   bool // no ID is handed out twice
	steps    []Change
	accepted []Change
}

// unsteady are the parameters on which it depends whether writes of a lane
// keep their order in a partition.
var unsteady = []string{"servers", "quorum", "key_lock", "partitions", "route", "bucket", "virtual_nodes", "salt", "salt_above", "route_by", "priority"}

// careless are the parameters of which some values hand out IDs twice.
var careless = []string{"guard", "same_machine", "checked"}

func drawSession(t *rapid.T, lanes int) *session {
	s := &session{scenario: drawScenario(t, lanes), steady: rapid.Bool().Draw(t, "steady"), unique: rapid.Bool().Draw(t, "unique")}
	if s.steady {
		for i := range s.scenario.Stores {
			st := &s.scenario.Stores[i]
			st.Servers, st.Quorum, st.KeyLock = 1, 1, false
		}
	}
	if s.unique {
		for i := range s.scenario.Allocators {
			a := &s.scenario.Allocators[i]
			a.Guard, a.SameMachine, a.Checked = true, 0, true
			leaveCodes(a)
		}
	}
	live := slices.DeleteFunc(s.scenario.Paths(), func(path string) bool {
		p, err := s.scenario.Declaration(path)
		if err != nil {
			t.Fatal(err)
		}
		return !p.Live || small[p.name] == nil ||
			s.steady && slices.Contains(unsteady, p.name) || s.unique && slices.Contains(careless, p.name)
	})
	for range rapid.IntRange(0, 8).Draw(t, "changes") {
		change := Change{At: sim.Time(rapid.IntRange(0, 10).Draw(t, "at")) * sessionSpan / 10} // coincidences wanted
		atLeast := 1
		change.For = rapid.SampledFrom([]sim.Time{0, 0, sessionSpan / 10, sessionSpan / 7}).Draw(t, "for")
		if rapid.IntRange(0, 3).Draw(t, "fault") == 0 {
			change.Fault = drawFault(t, s.scenario)
			change.For = max(change.For, sessionSpan/20) // so that the system can empty
			atLeast = 0
		}
		for range rapid.IntRange(atLeast, 3).Draw(t, "assignments") {
			path := rapid.SampledFrom(live).Draw(t, "path")
			change.Set = append(change.Set, Assignment{path, drawSmall(t, s.scenario, path)})
		}
		s.steps = append(s.steps, change)
	}
	slices.SortStableFunc(s.steps, func(a, b Change) int { return cmp.Compare(a.At, b.At) })
	return s
}

// play runs the session by hand, looks at everything on the way, silences the
// writers in the end and returns the result of the time before that.
func (s *session) play(t *rapid.T) Result {
	y, err := New(s.scenario, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := newWitness(y, s)
	y.onCommit = w.commit
	var snapshot Snapshot
	y.RunUntil(0)
	for _, step := range s.steps {
		if step.At > y.Now() { // else as in a pause: several changes and no events between them
			y.RunUntil((y.Now() + step.At) / 2)
			w.look(t)
			y.Sample(&snapshot)
			y.RunUntil(step.At)
			w.look(t)
		}
		if y.Halted() != "" {
			return y.Result()
		}
		if s.try(t, y, step) {
			w.widen(step.Fault)
		}
		w.look(t)
	}
	y.RunUntil(sessionSpan)
	w.look(t)
	result := y.Result()
	if y.RunUntil(sessionSpan * 5 / 4); y.Halted() == "" { // what was to last for a span has passed
		silence(t, y)
		y.RunUntil(sessionSpan + quietSpan)
		w.look(t)
		if y.Halted() == "" { // else there were no codes left for those that waited
			w.empty(t)
		}
	}
	return result
}

// try makes a change, which may be refused, and then must have changed nothing;
// it reports whether it was made.
func (s *session) try(t *rapid.T, y *System, step Change) bool {
	before := values(t, y)
	err := y.Make(step)
	if err == nil {
		s.accepted = append(s.accepted, step)
		return true
	}
	if diff := gocmp.Diff(before, values(t, y)); diff != "" {
		t.Fatalf("refused (%v), but changed:\n%s", err, diff)
	}
	return false
}

func values(t *rapid.T, y *System) map[string]string {
	all := map[string]string{}
	for _, path := range y.Scenario().Paths() {
		value, err := y.Scenario().Value(path)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = value
	}
	return all
}

// silence stops the writers: open loops offer nothing, closed loops think.
func silence(t *rapid.T, y *System) {
	var set []Assignment
	for i := range y.scenario.Lanes {
		path := "lanes." + y.scenario.Lanes[i].Name + ".arrivals."
		set = append(set, Assignment{path + "rate", "0/s"}, Assignment{path + "peak", "0/s"}, Assignment{path + "gap", "1000h"}, Assignment{path + "profile", "constant"},
			Assignment{path + "repeat", "false"}, Assignment{path + "think", "1000h"})
	}
	if err := y.Apply(set); err != nil {
		t.Fatal(err)
	}
}

// replay runs the accepted changes as a timeline.
func (s *session) replay(t *rapid.T) Result {
	scripted := s.scenario.Clone()
	scripted.Timeline = s.accepted
	y, err := New(scripted, 0)
	if err != nil {
		t.Fatal(err)
	}
	y.RunUntil(sessionSpan)
	return y.Result()
}
