package live

import (
	"slices"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/sim"
)

// TestBreachesAreThoseOfARun: a screen names what broke first, and when, as a run
// without one does, and tells of it once.
func TestBreachesAreThoseOfARun(t *testing.T) {
	s := penScenario(t)
	for path, value := range map[string]string{"lanes.orders.arrivals.rate": "1200/s", "duration": "10s", "warmup": "0s"} {
		if err := s.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	report, err := experiments.Run(t.Context(), s, experiments.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	advanceTo(r, s.Duration)
	f := r.frame()
	if len(f.Breaches) == 0 || f.Breaches[0].Name != "counter" || !slices.Equal(f.Breaches, report.Breaches) {
		t.Errorf("the screen says that %+v broke, the run %+v; want counter first", f.Breaches, report.Breaches)
	}
	var told []string
	for _, e := range f.Events {
		if e.Kind == EventBreach {
			told = append(told, e.Text)
		}
	}
	if len(told) != len(f.Breaches) || !strings.HasPrefix(told[0], "broke first, at 00:0") {
		t.Errorf("told of %q, want a line for each of %+v", told, f.Breaches)
	}
}

// TestNothingBreaks: a path that keeps up is not said to have broken.
func TestNothingBreaks(t *testing.T) {
	s := penScenario(t)
	if err := s.Set("lanes.orders.arrivals.rate", "500/s"); err != nil {
		t.Fatal(err)
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	advanceTo(r, 20*sim.Second)
	if f := r.frame(); len(f.Breaches) > 0 {
		t.Errorf("%+v broke, want nothing", f.Breaches)
	}
}
