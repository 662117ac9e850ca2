package experiments

import (
	"errors"
	"strings"
	"testing"
)

func set(texts ...string) []Override {
	var list []Override
	for _, text := range texts {
		list = append(list, Override{Written: "--set " + text, Text: text})
	}
	return list
}

func TestAssign(t *testing.T) {
	s, err := ReadScenario("x.yaml", []byte(sound), nil)
	if err != nil {
		t.Fatal(err)
	}
	// The second value fits the first: they are looked at together.
	if err := Assign(s, set("warmup=40s", "duration=50s", "stores.events.overhead=lognormal(mean=3ms, cv=1)")); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Value("stores.events.overhead"); got != "lognormal(mean=3ms, cv=1)" {
		t.Errorf("overhead is %s", got)
	}
}

func TestAssignReportsEverything(t *testing.T) {
	tests := []struct {
		given []Override
		want  []string // each a whole problem
	}{
		{set("lanes.clicks.batch.size=0"), []string{"--set lanes.clicks.batch.size=0: must be 1 to 1000000, got 0"}},
		{set("lanes.clicks.batch.siz=3"), []string{"--set lanes.clicks.batch.siz=3: there is no such parameter; did you mean lanes.clicks.batch.size?"}},
		{set("lanes.click.ack=commit"), []string{`--set lanes.click.ack=commit: there is no lane "click" (there are: clicks); did you mean lanes.clicks.ack?`}},
		{set("seed"), []string{"--set seed: must be a path and a value, such as lanes.clicks.batch.size=64"}},
		{set("lanes.clicks.queue.mode=durabel"), []string{`--set lanes.clicks.queue.mode=durabel: must be one of none, memory, durable, got "durabel"; did you mean durable?`}},
		{set("lanes.clicks.store=evnts"), []string{`--set lanes.clicks.store=evnts: there is no store "evnts" (there are: events); did you mean events?`}},
		{
			[]Override{{"--duration 5", "duration=5"}, {"--seed x", "seed=x"}},
			[]string{
				`--duration 5: time "5": no unit after 5: want a number and a unit (h, m, s, ms, us, ns), as in 5ms, 1.5s or 2m30s`,
				`--seed x: must be a whole number, 0 to 18446744073709551615, got "x"`,
			},
		},
		// What does not fit comes from the file, so its path is shown.
		{[]Override{{"--duration 1s", "duration=1s"}}, []string{
			"timeline.1.at: must be within the duration, 0s to 1s, got 10s",
			"timeline.2.at: must be within the duration, 0s to 1s, got 20s",
		}},
	}
	for _, test := range tests {
		s, err := ReadScenario("x.yaml", []byte(sound), nil)
		if err != nil {
			t.Fatal(err)
		}
		err = Assign(s, test.given)
		var input *InputError
		if !errors.As(err, &input) {
			t.Errorf("%v: got %v, want an *InputError", test.given, err)
			continue
		}
		if got, want := err.Error(), strings.Join(test.want, "\n"); got != want {
			t.Errorf("%v:\ngot  %s\nwant %s", test.given, got, want)
		}
	}
}
