package experiments

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onepen/models"
	"onepen/sim"
)

func TestFormatIsReadBack(t *testing.T) {
	for _, name := range shipped() {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		s.Timeline = []models.Change{
			{At: 1500 * sim.Millisecond, Set: []models.Assignment{{Path: "lanes." + s.Lanes[0].Name + ".batch.size", Value: "7"}}},
			{At: 2 * sim.Second, For: 750 * sim.Microsecond, Set: []models.Assignment{{Path: "stores." + s.Stores[0].Name + ".overhead", Value: "lognormal(mean=2ms, cv=0.7)"}}},
			{At: 3 * sim.Second, Fault: models.Fault{Kind: models.Crash, Target: "lanes." + s.Lanes[0].Name + ".queue"}, For: sim.Second},
			{At: 3 * sim.Second, Fault: models.Fault{Kind: models.Slow, Target: "stores." + s.Stores[0].Name + ".partitions.0", By: 2.5}},
			{At: 4 * sim.Second, Fault: models.Fault{Kind: models.Crash, Target: "lanes." + s.Lanes[0].Name + ".writers.0"}, For: sim.Second,
				Set: []models.Assignment{{Path: "lanes." + s.Lanes[0].Name + ".batch.size", Value: "8"}}},
		}
		for _, text := range [][]byte{Format(s), FormatAll(s)} {
			again, err := ReadScenario("other.yaml", text, s.Open)
			if err != nil {
				t.Fatalf("%s is written as\n%s\n%v", name, text, err)
			}
			if diff := cmp.Diff(values(t, s), values(t, again)); diff != "" {
				t.Errorf("%s (-before +after):\n%s", name, diff)
			}
			if diff := cmp.Diff(s.Timeline, again.Timeline, cmpopts.IgnoreUnexported(models.Change{})); diff != "" {
				t.Errorf("%s: timeline (-before +after):\n%s", name, diff)
			}
		}
	}
}

func values(t *testing.T, s *models.Scenario) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for _, path := range s.Paths() {
		value, err := s.Value(path)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = value
	}
	return all
}

func TestFormatLeavesDefaultsOut(t *testing.T) {
	s, err := ReadScenario("x.yaml", []byte("name: x\nabout: |\n  one\n\n  two: 2\nduration: 60s\nlanes: {a: {store: s, batch: {size: 3, linger: 10ms}}}\nstores: {s: {}}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `name: x
about: |-
  one

  two: 2
lanes:
  a:
    store: s
    batch:
      size: 3
stores:
  s: {}
`
	if diff := cmp.Diff(want, string(Format(s))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFormatQuotesWhatNeedsIt(t *testing.T) {
	for _, about := range []string{"null", "~", "1e3", "a: b", "# x", "- x", "tab\tinside", "ends with a colon:", "'", `"`, "é\nü", "&a *b", "{", "a\n  indented\n"} {
		s, err := ReadScenario("x.yaml", []byte(sound), nil)
		if err != nil {
			t.Fatal(err)
		}
		s.About = strings.TrimSpace(about)
		again, err := ReadScenario("x.yaml", Format(s), nil)
		if err != nil {
			t.Errorf("about %q is written as\n%s\n%v", about, Format(s), err)
			continue
		}
		if again.About != s.About {
			t.Errorf("about %q is read back as %q", s.About, again.About)
		}
	}
}
