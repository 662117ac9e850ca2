package models

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// drawFault draws something that can fail, of a number that there may be.
func drawFault(t *rapid.T, s *Scenario) Fault {
	form := rapid.SampledFrom(FaultForms()).Draw(t, "form")
	f := Fault{Kind: form.Kind, Target: form.Target}
	section, _, _ := strings.Cut(f.Target, ".")
	components := s.components(section)
	if len(components) == 0 {
		components = []string{"missing"}
	}
	f.Target = strings.Replace(f.Target, "*", rapid.SampledFrom(components).Draw(t, "component"), 1)
	if numbered, found := strings.CutSuffix(f.Target, ".n"); found {
		f.Target = fmt.Sprintf("%s.%d", numbered, rapid.IntRange(0, 2).Draw(t, "number"))
	}
	if f.Kind == Slow {
		f.By = rapid.SampledFrom([]float64{0.5, 3}).Draw(t, "by")
	}
	return f
}

// drawScenario draws a valid scenario of that many lanes, one or two stores and
// up to two allocators.
func drawScenario(t *rapid.T, lanes int) *Scenario {
	s := NewScenario("random")
	rows := rapid.SliceOfN(rapid.IntRange(0, 8), 1, 30).Draw(t, "trace")
	s.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(traceOf(rows))), nil }
	s.Seed = rapid.Uint64().Draw(t, "seed")
	s.Duration = 2 * quietSpan
	s.Warmup = rapid.SampledFrom([]sim.Time{0, sessionSpan / 5}).Draw(t, "warmup")
	s.MaxInFlight = rapid.SampledFrom([]int{5_000_000, 5_000_000, 5_000_000, 100}).Draw(t, "max_in_flight")
	add := func(section, prefix string, n int) {
		for i := range n {
			if err := s.Add(section, fmt.Sprintf("%s%d", prefix, i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	add("stores", "s", rapid.IntRange(1, 2).Draw(t, "stores"))
	add("allocators", "a", rapid.IntRange(0, 2).Draw(t, "allocators"))
	add("lanes", "w", lanes)
	for _, path := range s.Paths() {
		p, err := s.Declaration(path)
		if err != nil {
			t.Fatal(err)
		}
		if p.section == sectionRun || small[p.name] == nil {
			continue
		}
		if err := s.Set(path, drawSmall(t, s, path)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range s.Lanes {
		repair(s, &s.Lanes[i])
	}
	for i := range s.Allocators {
		s.Allocators[i].RoundTrip = max(s.Allocators[i].RoundTrip, sim.Microsecond)
		leaveCodes(&s.Allocators[i])
	}
	for i := range s.Stores {
		s.Stores[i].Quorum = min(s.Stores[i].Quorum, s.Stores[i].Replicas)
		if !identified(s, &s.Stores[i]) {
			s.Stores[i].RouteBy = ByKey
		}
	}
	if problems := s.Validate(); len(problems) > 0 {
		t.Fatalf("drawn scenario: %v", errors.Join(problems...))
	}
	return s
}

// repair makes a lane's values fit each other, where they were drawn apart.
func repair(s *Scenario, l *Lane) {
	if l.Arrivals.Process == Closed {
		l.Arrivals.Profile, l.Preload = Profile{}, 0
	}
	if l.Arrivals.Process != Trace && l.Keys.Skew.Kind == SkewTrace {
		l.Keys.Skew = Skew{}
	}
	l.Arrivals.Peak = min(l.Arrivals.Peak, l.Arrivals.Rate)
	if l.Arrivals.Process == Closed && l.Arrivals.Think.Mean() == 0 {
		l.Arrivals.Think = s.Lanes[0].Arrivals.On // any positive one
	}
}

// leaveCodes makes sure that not all random codes are taken at the start.
func leaveCodes(a *Allocator) { a.Population = min(a.Population, int(min(a.space(), 1e15))-1) }

// identified reports whether all writes to a store have IDs, to route them by.
func identified(s *Scenario, st *Store) bool {
	return !slices.ContainsFunc(s.Lanes, func(l Lane) bool {
		a := s.Allocator(l.IDs)
		return l.Store == st.Name && (a == nil || a.Strategy == Unallocated)
	})
}

// traceOf writes a trace with the given gaps [ms] and keys that recur.
func traceOf(gaps []int) string {
	text, at := "time_s,key\n", 0
	for i, gap := range gaps {
		at += gap
		text += fmt.Sprintf("%d.%03d,%d\n", at/1000, at%1000, i*i%7)
	}
	return text + fmt.Sprintf("%d.%03d,%d\n", at/1000, at%1000+1, 3) // so that its span is not 0
}

// small holds, by name, values of parameters at which a small system meets
// everything: full queues, batches that close for either reason, lines at the
// counter, sequences that run out. Parameters without values here keep their
// defaults.
var small = map[string][]string{
	"arrivals.process":  processes,
	"arrivals.rate":     {"0/s", "50/s", "200/s", "1000/s", "3000/s"},
	"arrivals.peak":     {"0/s", "100/s", "1000/s"},
	"arrivals.gap":      {"1ms", "exponential(3ms)", "uniform(0s, 5ms)"},
	"arrivals.group":    {"1", "1", "3"},
	"arrivals.on":       {"20ms", "exponential(30ms)", "uniform(5ms, 50ms)"},
	"arrivals.off":      {"20ms", "exponential(30ms)", "uniform(5ms, 50ms)"},
	"arrivals.profile":  {"constant", "constant", "steps(20ms: 3, 100ms: 0.5)", "ramp(10ms: 1, 200ms: 3)", "daily(period=1s, amplitude=0.5)"},
	"arrivals.writers":  {"1", "2", "5"},
	"arrivals.think":    smallTimes,
	"arrivals.trace":    {"trace.csv"},
	"arrivals.speed":    {"0.5", "1", "3"},
	"arrivals.repeat":   {"true", "false"},
	"keys.space":        {"3", "10", "1000", "5000000"},
	"keys.skew":         {"uniform", "zipf(1)", "hot(share=0.8, count=1)", "one", "trace"},
	"keys.tenants":      {"1", "3"},
	"keys.tenancy":      {"uniform", "zipf(1)"},
	"keys.celebrity":    {"0", "0.5"},
	"ids":               {noAllocator}, // and those that are there
	"store":             {},            // those that are there
	"preload":           {"0", "0", "20"},
	"ack":               acks,
	"order":             orders,
	"priority":          priorities,
	"timeout":           {"none", "none", "3ms", "exponential(10ms)"},
	"expired":           expiries,
	"retry.attempts":    {"1", "1", "3"},
	"retry.backoff":     {"constant(1ms)", "exponential(2ms)", "exponential(1ms, max=3ms)"},
	"retry.jitter":      jitters,
	"retry.budget":      {"unlimited", "0", "0.3"},
	"retry.persistence": {"1", "0.5"},
	"retry.idempotent":  {"true", "false"},
	"retry.window":      {"0s", "5ms", "1h"},
	"queue.mode":        queueModes,
	"queue.lines":       lineKinds,
	"queue.capacity":    {"1", "3", "20", "1000"},
	"queue.when_full":   fullPolicies,
	"queue.workers":     {"1", "2", "5"},
	"queue.sync_every":  {"0s", "0s", "5ms", "80ms"},
	"queue.append":      smallTimes,
	"queue.redeliver":   {"false", "true"},
	"batch.size":        {"1", "2", "5", "20"},
	"batch.linger":      {"0s", "1ms", "5ms", "30ms"},
	"batch.aligned":     {"false", "false", "true"},
	"consumers.workers": {"0", "0", "1", "3"},
	"consumers.service": smallTimes,
	"consumers.batch":   {"1", "4"},
	"strategy":          strategies,
	"service":           smallTimes,
	"block":             {"1", "2", "10", "100"},
	"prefetch":          {"0", "0.5", "1"},
	"round_trip":        {"0s", "1ms", "7ms"},
	"tick":              {"10us", "1ms", "3ms"},
	"sequence_bits":     {"1", "2", "8"},
	"machine_bits":      {"5", "10"},
	"clock_offset":      {"0s", "2ms", "20ms"},
	"guard":             {"true", "false"},
	"same_machine":      {"0", "0", "1", "4"},
	"length":            {"1", "2", "7"},
	"alphabet":          {"2", "10", "62"},
	"population":        {"0", "1", "1000"},
	"checked":           {"true", "false"},
	"partitions":        {"1", "2", "3", "8"},
	"route":             routes,
	"route_by":          routeBys,
	"bucket":            {"1ms", "20ms", "1s"},
	"virtual_nodes":     {"1", "16"},
	"salt":              {"2", "5"},
	"salt_above":        {"0.01", "0.5"},
	"move_rate":         {"unlimited", "100/s", "10000/s"},
	"move_cost":         {"0", "0.5"},
	"servers":           {"1", "2", "4"},
	"overhead":          smallTimes,
	"per_record":        smallTimes,
	"backlog":           {"unlimited", "unlimited", "0", "1", "5", "30"},
	"nodes":             {"0", "0", "1", "2"},
	"cpus":              {"1", "2"},
	"sync":              {"0s", "0s", "1ms", "exponential(2ms)"},
	"sync_cpu":          {"0s", "0s", "100us"},
	"prepare":           {"0s", "0s", "exponential(1ms)"},
	"prepare_sync":      {"false", "false", "true"},
	"steps":             {"1", "1", "3"},
	"cold":              {"1", "1", "2.5"},
	"wake":              {"0s", "0s", "200us"},
	"key_lock":          {"false", "true"},
	"handover":          handovers,
	"contention":        {"0", "0.1"},
	"crosstalk":         {"0", "0.01"},
	"failure":           {"0", "0", "0.3"},
	"stall_after":       {"unlimited", "10"},
	"stall":             smallTimes,
	"replicas":          {"1", "3", "5"},
	"quorum":            {"1", "2", "3"},
	"replication":       smallTimes,
	"failover":          {"1ms", "30ms"},
	"slow_replica":      {"1", "10"},
}

// ofTheSession are the parameters of the run that a session has values of its
// own for, or that the model does not read.
var ofTheSession = []string{"name", "about", "seed", "duration", "warmup", "sample", "max_in_flight"}

// TestRandomSystemsHaveEveryParameter: whatever is declared is drawn, every
// choice of it, and more than one value.
func TestRandomSystemsHaveEveryParameter(t *testing.T) {
	named := []string{"ids", "store", "arrivals.trace"} // components, or a file with what is drawn
	for _, p := range Params() {
		if p.section == sectionRun {
			if !slices.Contains(ofTheSession, p.name) {
				t.Errorf("%s is not drawn", p.Path)
			}
			continue
		}
		values := slices.Clone(small[p.name])
		for _, choice := range p.Choices {
			if !slices.Contains(values, choice) {
				t.Errorf("%s: %s is never drawn", p.Path, choice)
			}
		}
		slices.Sort(values)
		if len(slices.Compact(values)) < 2 && !slices.Contains(named, p.name) {
			t.Errorf("%s has fewer than two values to draw: %q", p.Path, small[p.name])
		}
	}
	for name := range small {
		if !slices.ContainsFunc(Params(), func(p Param) bool { return p.name == name }) {
			t.Errorf("%s is drawn and not declared", name)
		}
	}
}

var smallTimes = []string{"0s", "100us", "1ms", "exponential(2ms)", "lognormal(mean=2ms, cv=2)", "uniform(0s, 5ms)", "hyperexp(mean=2ms, scv=4)"}

// drawSmall draws a small value for a parameter; names of components are of
// those that are there.
func drawSmall(t *rapid.T, s *Scenario, path string) string {
	p, err := s.Declaration(path)
	if err != nil {
		t.Fatal(err)
	}
	values := slices.Clone(small[p.name])
	switch p.name {
	case "store":
		values = s.components(sectionStores)
	case "ids":
		values = append(s.components(sectionAllocators), noAllocator)
	}
	return rapid.SampledFrom(values).Draw(t, path)
}
