package models

import (
	"strings"
	"testing"
)

// TestMessagesSayWhatWasMeant sets what people mistype, and looks for what
// helps them on.
func TestMessagesSayWhatWasMeant(t *testing.T) {
	s := built(t)
	for _, m := range []string{"lanes.v", "stores.t"} {
		section, name, _ := strings.Cut(m, ".")
		if err := s.Add(section, name); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ path, value, want string }{
		{"lanes.w.keys.skew", "zipf", "zipf needs its arguments, as in zipf(0.9)"},
		{"lanes.w.keys.skew", "hot", "hot needs its arguments, as in hot(0.5, 1)"},
		{"lanes.w.keys.skew", "zipfian(0.8)", "did you mean zipf(0.8)?"},
		{"lanes.w.keys.skew", "unifrom", "did you mean uniform?"},
		{"lanes.w.arrivals.rate", "700", "did you mean 700/s?"},
		{"lanes.w.arrivals.rate", "700/d", "per s, ms, min or h"},
		{"lanes.w.arrivals.rate", "1,000/s", "did you mean 1000/s?"},
		{"lanes.w.keys.space", "1,000,000", "did you mean 1000000?"},
		{"lanes.w.keys.space", "1,00", `got "1,00"`},
		{"ack", "commit", "(there are: lanes.w.ack, lanes.v.ack)"},
		{"strategy", "range", "did you mean allocators.a.strategy?"},
		{"lanes.w.size", "4", "did you mean lanes.w.batch.size?"},
		{"lanes.w.strategy", "range", "did you mean allocators.a.strategy?"},
		{"lanes.w.partitions", "4", "(there are: stores.s.partitions, stores.t.partitions)"},
		{"lanes.w.batch", "4", "holds parameters and is none itself (there are: lanes.w.batch.size, lanes.w.batch.linger"},
		{"stores.s", "4", "holds parameters and is none itself (there are: stores.s.partitions"},
		{"lanes.w.batch.sise", "4", "did you mean lanes.w.batch.size?"},
		{"sed", "4", "did you mean seed?"},
		{"nonsense", "4", "there is no such parameter"},
	} {
		err := s.Set(c.path, c.value)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: %v, want something with %q", c.path, c.value, err, c.want)
		}
	}
}

func TestMissingSectionsAreNamed(t *testing.T) {
	s := NewScenario("x")
	if err := s.Add("lanes", "w"); err != nil {
		t.Fatal(err)
	}
	assign(t, s, "lanes.w.ids", "nope")
	var texts []string
	for _, err := range s.Validate() {
		texts = append(texts, err.Error())
	}
	got := strings.Join(texts, "\n")
	for _, want := range []string{"no stores are declared", `there is no allocator "nope" (no allocators are declared`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q, want something with %q", got, want)
		}
	}
	if strings.Contains(got, "did you mean") {
		t.Errorf("%q suggests something", got)
	}
}

// TestFaultFormsAreAllThereAre checks every form against CheckFault, and that
// what is not listed is refused.
func TestFaultFormsAreAllThereAre(t *testing.T) {
	s := built(t, "stores.s.replicas", "3")
	component := map[string]string{"stores": "s", "lanes": "w", "allocators": "a"}
	listed := make(map[Fault]bool)
	targets := make(map[string]bool)
	for _, f := range FaultForms() {
		section, _, _ := strings.Cut(f.Target, ".")
		target := strings.Replace(f.Target, "*", component[section], 1)
		if numbered, found := strings.CutSuffix(target, ".n"); found {
			target = numbered + ".0"
		}
		fault := Fault{Kind: f.Kind, Target: target}
		if f.Kind == Slow {
			fault.By = 2
		}
		listed[fault], targets[target] = true, true
	}
	for target := range targets {
		for _, fault := range []Fault{{Kind: Crash, Target: target}, {Kind: Slow, Target: target, By: 2}} {
			if err := s.CheckFault(fault); (err == nil) != listed[fault] {
				t.Errorf("%s %s: listed %v, but %v", fault.Kind, target, listed[fault], err)
			}
		}
	}
}
