package prediction_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/prediction"
)

// predicted runs a scenario and returns the predictions for it.
func predicted(t *testing.T, source string) []prediction.Prediction {
	t.Helper()
	s, err := experiments.ReadScenario("test.yaml", []byte(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := experiments.Run(context.Background(), s, experiments.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return prediction.Of(r.Scenario, &r.Result)
}

// TestWhereTheoryHolds runs stations of which every assumption of the formula
// is true: a counter, and the partitions behind it, whose arrivals are Poisson
// by Burke's theorem. What is measured lies within 6 % of what is expected,
// which is three standard errors of the longest of these lines, by the
// asymptotic variance (Daley 1968).
func TestWhereTheoryHolds(t *testing.T) {
	list := predicted(t, `
duration: 400s
warmup: 5s
lanes:
  w: {arrivals: {rate: 700/s}, keys: {skew: zipf(0.9)}, ids: a, store: s}
allocators:
  a: {service: exponential(1ms), round_trip: 3ms}
stores:
  s: {partitions: 4, overhead: "lognormal(mean=3ms, cv=0.7)", per_record: 200us}
`)
	var models []string
	for _, p := range list {
		models = append(models, p.Name+" "+p.Model)
		if !p.Exact || p.Not != nil {
			t.Errorf("%s: not taken to be exact: %v", p.Name, p.Not)
		}
		if math.Abs(p.Measured/p.Expected-1) > 0.06 {
			t.Errorf("%s: measured %v s in line, expected %v s", p.Name, p.Measured, p.Expected)
		}
	}
	if want := []string{"a M/M/1", "s M/G/1"}; !slices.Equal(models, want) {
		t.Errorf("models %v, want %v", models, want)
	}
}

// TestWhereTheoryDoesNotHold breaks assumptions one by one.
func TestWhereTheoryDoesNotHold(t *testing.T) {
	const lane, store = "rate: 100/s", "overhead: 1ms"
	for _, c := range []struct{ name, arrivals, more, store, want string }{
		{"bursts", "process: onoff, rate: 100/s", "", store, "onoff"},
		{"groups", "group: 5, rate: 100/s", "", store, "5 at a time"},
		{"a load that varies", `profile: "steps(1s: 2)", rate: 100/s`, "", store, "varies"},
		{"a queue", lane, "queue: {mode: memory}", store, "workers"},
		{"batches", lane, "batch: {size: 4}", store, "batches"},
		{"retries", lane, "retry: {attempts: 3}", store, "try again"},
		{"locks", lane, "", store + ", key_lock: true", "key locks"},
		{"crosstalk", lane, "", store + ", crosstalk: 0.1", "slow each other"},
		{"log syncs", lane, "", store + ", sync: 1ms", "syncs"},
		{"the state of the lines", lane, "", store + ", route: two_choices, partitions: 4", "two_choices"},
		{"refusals", lane, "", store + ", backlog: 0", "refused"},
	} {
		if c.more != "" {
			c.more = ", " + c.more
		}
		list := predicted(t, "duration: 5s\nlanes: {w: {arrivals: {"+c.arrivals+"}, store: s"+c.more+"}}\nstores: {s: {"+c.store+"}}\n")
		if len(list) != 1 || !strings.Contains(strings.Join(list[0].Not, ", "), c.want) {
			t.Errorf("%s: want one prediction that does not hold because of %q, got %+v", c.name, c.want, list)
		}
	}
}

func TestOverloadHasNoSteadyState(t *testing.T) {
	list := predicted(t, "duration: 10s\nlanes: {w: {arrivals: {rate: 2000/s}, store: s}}\nstores: {s: {overhead: exponential(1ms)}}\n")
	// The load measured is what was stored, so it ends just at capacity.
	if p := list[0]; p.Intensity < 0.9 || !math.IsInf(p.Expected, 1) && p.Expected < 10*p.Measured/1000 {
		t.Errorf("an overloaded store: %+v", p)
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		p    prediction.Prediction
		want string
	}{
		{
			prediction.Prediction{Section: "stores", Name: "links", Model: "M/D/1", Exact: true, Intensity: 0.5, Expected: 1e-3, Measured: 1.1e-3},
			"theory: store links, 50 % busy: M/D/1 expects 1.00 ms in line, measured 1.10 ms",
		},
		{
			prediction.Prediction{
				Section: "allocators", Name: "codes", Model: "M/G/4", Intensity: 1.5, Expected: math.Inf(1), Measured: 3,
				Not: []string{"the load of w varies", "partitions stall"},
			},
			"theory: allocator codes, 150 % busy: M/G/4 has no steady state (an approximation), measured 3.00 s; it need not hold: the load of w varies, partitions stall",
		},
	} {
		if got := prediction.Lines([]prediction.Prediction{c.p}); len(got) != 1 || got[0] != c.want {
			t.Errorf("Lines = %q, want %q", got, c.want)
		}
	}
	if got := prediction.Lines(nil); len(got) != 1 {
		t.Errorf("Lines of nothing = %q, want one line that says so", got)
	}
}
