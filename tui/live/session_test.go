package live

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

func set(path, value string) []models.Assignment {
	return []models.Assignment{{Path: path, Value: value}}
}

// TestSessionReplay merges what a person did into what the scenario does by
// itself: ordered by time, the scenario first at the same instant, nothing
// after the end.
func TestSessionReplay(t *testing.T) {
	start := penScenario(t)
	start.Timeline = []models.Change{
		{At: 2 * sim.Second, Set: set("lanes.orders.batch.size", "2")},
		{At: 4 * sim.Second, Set: set("lanes.orders.batch.size", "4")},
		{At: 9 * sim.Second, Set: set("lanes.orders.batch.size", "9")},
	}
	s := Session{start: start, until: 5 * sim.Second}
	s.add(&deed{change: models.Change{At: sim.Second, Set: set("lanes.orders.batch.size", "1")}})
	s.add(&deed{change: models.Change{At: 4 * sim.Second, Set: set("lanes.orders.batch.size", "44")}})
	replay := s.Replay()
	want := []models.Change{
		{At: 1 * sim.Second, Set: set("lanes.orders.batch.size", "1")},
		{At: 2 * sim.Second, Set: set("lanes.orders.batch.size", "2")},
		{At: 4 * sim.Second, Set: set("lanes.orders.batch.size", "4")},
		{At: 4 * sim.Second, Set: set("lanes.orders.batch.size", "44")},
	}
	if diff := cmp.Diff(want, replay.Timeline); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	if replay.Duration != s.until {
		t.Errorf("duration %v, want %v", replay.Duration, s.until)
	}
	if len(start.Timeline) != 3 {
		t.Errorf("the scenario has %d changes left, want its 3", len(start.Timeline))
	}
}

// TestSessionIsAValue: what a frame holds does not grow with the run.
func TestSessionIsAValue(t *testing.T) {
	s := Session{start: penScenario(t)}
	s.add(&deed{change: models.Change{At: 1, Set: set("a", "1")}})
	taken := s
	s.add(&deed{change: models.Change{At: 2, Set: set("b", "2")}})
	other := taken
	other.add(&deed{change: models.Change{At: 3, Set: set("c", "3")}})
	for _, test := range []struct {
		name string
		s    Session
		want []models.Change
	}{
		{"taken", taken, []models.Change{{At: 1, Set: set("a", "1")}}},
		{"gone on", s, []models.Change{{At: 1, Set: set("a", "1")}, {At: 2, Set: set("b", "2")}}},
		{"gone another way", other, []models.Change{{At: 1, Set: set("a", "1")}, {At: 3, Set: set("c", "3")}}},
	} {
		if diff := cmp.Diff(test.want, test.s.Timeline()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
