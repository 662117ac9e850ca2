package live

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
)

func moveNamed(t *testing.T, name string) *Move {
	t.Helper()
	for i := range moves {
		if moves[i].Name == name {
			return &moves[i]
		}
	}
	t.Fatalf("there is no move %s", name)
	return nil
}

// TestMovesGoThroughTheirSettings presses the key of a move again and again, on
// the lane orders, or on events where the name says so.
func TestMovesGoThroughTheirSettings(t *testing.T) {
	for _, test := range []struct {
		move string
		lane string
		back bool
		want []string // the settings shown, from the beginning
	}{
		{move: "queue", lane: "orders", want: []string{"none", "durable", "memory", "none"}},
		{move: "batch", lane: "orders", want: []string{"off", "64 / 20ms", "512 / 50ms", "off"}},
		// The scenario begins with a batch of its own, which is not lost.
		{move: "batch", lane: "events", want: []string{"128 / 5ms", "off", "64 / 20ms", "512 / 50ms", "128 / 5ms"}},
		{move: "partitions", lane: "orders", want: []string{"4", "8", "16"}},
		{move: "partitions", lane: "orders", back: true, want: []string{"4", "2", "1", "1"}},
		{move: "route", lane: "orders", want: []string{"hash", "time_bucket", "hash"}},
		{move: "ids", lane: "orders", want: []string{"central", "range", "snowflake", "central"}},
		{move: "ids", lane: "events", want: []string{Absent, Absent}},
		{move: "ack", lane: "orders", want: []string{"commit", "accept", "commit"}},
	} {
		start := penScenario(t)
		now := start.Clone()
		move := moveNamed(t, test.move)
		var got []string
		for range test.want {
			choice := move.Choose(now, start, test.lane, test.back)
			got = append(got, choice.Setting)
			if (choice.Next == "") != (choice.Reason != "") || (choice.Next == "") != (len(choice.Set) == 0) {
				t.Errorf("%s: %+v: want either a next setting or a reason", test.move, choice)
			}
			if want := choice.Setting != got[0]; choice.Changed != want {
				t.Errorf("%s at %s: changed %v, want %v", test.move, choice.Setting, choice.Changed, want)
			}
			for _, a := range choice.Set {
				if err := now.Set(a.Path, a.Value); err != nil {
					t.Fatal(err)
				}
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s for %s, back %v (-want +got):\n%s", test.move, test.lane, test.back, diff)
		}
	}
}

func TestMovesThatCannotSayWhy(t *testing.T) {
	most := penScenario(t)
	if err := most.Set("stores.shelf.partitions", "65536"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		now   *models.Scenario
		move  string
		lane  string
		back  bool
		wants string
	}{
		{"a lane without IDs", penScenario(t), "ids", "events", false, "needs no IDs"},
		{"no such lane", penScenario(t), "queue", "nowhere", false, "no lane nowhere"},
		{"at the upper bound", most, "partitions", "orders", false, "stores.shelf.partitions: must be 1 to 65536, got 131072"},
	} {
		got := moveNamed(t, test.move).Choose(test.now, penScenario(t), test.lane, test.back)
		if !strings.Contains(got.Reason, test.wants) || got.Set != nil {
			t.Errorf("%s: got %+v, want a reason with %q", test.name, got, test.wants)
		}
	}
}

// TestMoveTable holds the table of moves against the declarations of the
// parameters: every path exists, every value is written as the parameter
// writes it (else a setting would not be recognized), and keys are unique.
func TestMoveTable(t *testing.T) {
	s := penScenario(t)
	var keys []rune
	for i := range moves {
		m := &moves[i]
		keys = append(keys, m.Key)
		if !unicode.IsDigit(m.Key) {
			t.Errorf("%s: key %c is no digit", m.Name, m.Key)
		}
		if m.Back != 0 {
			keys = append(keys, m.Back)
		}
		effects := []Effect{m.More, m.Less}
		if m.Factor == 0 {
			effects = nil
			for _, setting := range m.Settings {
				effects = append(effects, setting.Effect)
			}
		}
		for k, e := range effects {
			if e.Gain == "" || e.Cost == "" || e.Price == "" {
				t.Errorf("%s, direction %d does not say what it brings and what it costs: %+v", m.Name, k, e)
			}
		}
		paths, reason := m.paths(s, "orders")
		if reason != "" {
			t.Errorf("%s: %s", m.Name, reason)
			continue
		}
		for _, setting := range m.Settings {
			for k, value := range setting.Values {
				if value == "" {
					continue
				}
				trial := s.Clone()
				if err := trial.Set(paths[k], value); err != nil {
					t.Errorf("%s, %s: %v", m.Name, setting.Name, err)
				} else if got, _ := trial.Value(paths[k]); got != value {
					t.Errorf("%s, %s: %s is written %q, the table has %q", m.Name, setting.Name, paths[k], got, value)
				}
			}
		}
	}
	slices.Sort(keys)
	if unique := slices.Compact(slices.Clone(keys)); len(unique) != len(keys) {
		t.Errorf("keys %q: one serves two moves", string(keys))
	}
}
