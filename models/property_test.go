package models

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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

// TestRandomSystems builds random small systems and changes them at random
// while they run. After every step the invariants hold; when the writers fall
// silent the systems empty; and the same scenario, with the same changes made
// by hand or by its timeline, gives the same result. More cases:
//
//	go test ./models -run TestRandomSystems -rapid.checks=10000
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
	steps    []Change
	accepted []Change
}

// unsteady are the parameters on which it depends whether writes of a lane
// keep their order in a partition.
var unsteady = []string{"servers", "quorum", "key_lock", "partitions", "route", "bucket", "virtual_nodes", "salt", "salt_above", "priority", "queue.lines"}

func drawSession(t *rapid.T, lanes int) *session {
	s := &session{scenario: drawScenario(t, lanes), steady: rapid.Bool().Draw(t, "steady")}
	if s.steady {
		for i := range s.scenario.Stores {
			st := &s.scenario.Stores[i]
			st.Servers, st.Quorum, st.KeyLock = 1, 1, false
		}
	}
	live := slices.DeleteFunc(s.scenario.Paths(), func(path string) bool {
		p, err := s.scenario.Declaration(path)
		if err != nil {
			t.Fatal(err)
		}
		return !p.Live || small[p.name] == nil || s.steady && slices.Contains(unsteady, p.name)
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
	}
	for i := range s.Stores {
		s.Stores[i].Quorum = min(s.Stores[i].Quorum, s.Stores[i].Replicas)
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
	l.Arrivals.Peak = min(l.Arrivals.Peak, l.Arrivals.Rate)
	if l.Arrivals.Process == Closed && l.Arrivals.Think.Mean() == 0 {
		l.Arrivals.Think = s.Lanes[0].Arrivals.On // any positive one
	}
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
	"keys.space":        {"3", "10", "1000"},
	"keys.skew":         {"uniform", "zipf(1)", "hot(share=0.8, count=1)", "one"},
	"keys.tenants":      {"1", "3"},
	"keys.tenancy":      {"uniform", "zipf(1)"},
	"keys.celebrity":    {"0", "0.5"},
	"ids":               {noAllocator}, // and those that are there
	"store":             {},            // those that are there
	"preload":           {"0", "0", "20"},
	"ack":               acks,
	"priority":          priorities,
	"timeout":           {"none", "none", "3ms", "exponential(10ms)"},
	"expired":           expiries,
	"retry.attempts":    {"1", "1", "3"},
	"retry.backoff":     {"constant(1ms)", "exponential(2ms)", "exponential(1ms, max=3ms)"},
	"retry.jitter":      jitters,
	"retry.budget":      {"unlimited", "0", "0.3"},
	"retry.idempotent":  {"true", "false"},
	"retry.window":      {"0s", "5ms", "1h"},
	"queue.mode":        queueModes,
	"queue.lines":       lineKinds,
	"queue.capacity":    {"1", "3", "20", "1000"},
	"queue.when_full":   fullPolicies,
	"queue.workers":     {"1", "2", "5"},
	"queue.append":      smallTimes,
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
	"machine_bits":      {"5"},
	"clock_offset":      {"0s", "2ms", "20ms"},
	"partitions":        {"1", "2", "3", "8"},
	"route":             routes,
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
	"key_lock":          {"false", "true"},
	"contention":        {"0", "0.1"},
	"crosstalk":         {"0", "0.01"},
	"failure":           {"0", "0", "0.3"},
	"stall_after":       {"unlimited", "10"},
	"stall":             smallTimes,
	"replicas":          {"1", "3", "5"},
	"quorum":            {"1", "2", "3"},
	"replication":       smallTimes,
	"slow_replica":      {"1", "10"},
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

// play runs the session by hand, looks at everything on the way, silences the
// writers in the end and returns the result of the time before that.
func (s *session) play(t *rapid.T) Result {
	y, err := New(s.scenario, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := newWitness(y, s.steady)
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
		s.try(t, y, step)
		w.widen()
		w.look(t)
	}
	y.RunUntil(sessionSpan)
	w.look(t)
	result := y.Result()
	if y.RunUntil(sessionSpan * 5 / 4); y.Halted() == "" { // what was to last for a span has passed
		silence(t, y)
		y.RunUntil(sessionSpan + quietSpan)
		w.look(t)
		w.empty(t)
	}
	return result
}

// try makes a change, which may be refused, and then must have changed nothing.
func (s *session) try(t *rapid.T, y *System, step Change) {
	before := values(t, y)
	err := y.Make(step)
	if err == nil {
		s.accepted = append(s.accepted, step)
		return
	}
	if diff := gocmp.Diff(before, values(t, y)); diff != "" {
		t.Fatalf("refused (%v), but changed:\n%s", err, diff)
	}
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

// witness sees every commit of a system and notes what must not be.
type witness struct {
	y      *System
	steady bool
	faults []string

	ids     map[*allocator]map[uint64]bool
	seen    []map[uint64]bool            // per lane: numbers of committed writes
	ordered map[[2]uint32]sim.Time       // per lane and partition: when the last committed write got its ID
	locked  bool                         // there have been key locks, which order an operation by key
	limits  []struct{ least, most Lane } // per lane: bounds of what has been in force
}

func newWitness(y *System, steady bool) *witness {
	w := &witness{y: y, steady: steady, ids: map[*allocator]map[uint64]bool{}, ordered: map[[2]uint32]sim.Time{}}
	for _, a := range y.allocators {
		w.ids[a] = map[uint64]bool{}
	}
	for _, l := range y.lanes {
		w.seen = append(w.seen, map[uint64]bool{})
		w.limits = append(w.limits, struct{ least, most Lane }{*l.config, *l.config})
	}
	w.widen()
	return w
}

// widen takes the parameters now in force into the limits.
func (w *witness) widen() {
	for _, s := range w.y.stores {
		w.locked = w.locked || s.config.KeyLock
	}
	for i, l := range w.y.lanes {
		least, most, now := &w.limits[i].least, &w.limits[i].most, l.config
		least.Batch.Size, most.Batch.Size = min(least.Batch.Size, now.Batch.Size), max(most.Batch.Size, now.Batch.Size)
		least.Batch.Linger, most.Batch.Linger = min(least.Batch.Linger, now.Batch.Linger), max(most.Batch.Linger, now.Batch.Linger)
		most.Batch.Aligned = most.Batch.Aligned || now.Batch.Aligned
	}
}

func (w *witness) fault(format string, args ...any) {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

func (w *witness) commit(x *write, o *operation) {
	l, now := w.y.lanes[x.lane], w.y.Now()
	if x.offered > x.allocated || x.allocated > x.released || x.released > o.dispatched || o.dispatched > o.started || o.started > now {
		w.fault("%v, write %d goes back in time: %+v in %+v", l, x.n, *x, *o)
	}
	if w.seen[x.lane][x.n] {
		w.fault("%v, write %d is committed twice", l, x.n)
	}
	w.seen[x.lane][x.n] = true
	if x.id != 0 {
		if w.ids[l.allocator][x.id] {
			w.fault("%v, write %d: ID %d is not new", l, x.n, x.id)
		}
		w.ids[l.allocator][x.id] = true
	}
	if int(x.partition) >= len(l.store.partitions) {
		w.fault("%v, write %d is stored in partition %d of %d", l, x.n, x.partition, len(l.store.partitions))
	}
	w.batch(l, x, o)
	place := [2]uint32{uint32(x.lane), uint32(x.partition)}
	if w.steady && x.allocated < w.ordered[place] {
		w.fault("%v, partition %d: write %d got its ID at %v and is committed after one of %v", l, x.partition, x.n, x.allocated, w.ordered[place])
	}
	w.ordered[place] = x.allocated
}

// batch checks the limits of a batch: its size, that no write lingered for
// longer than allowed, and that it did not close early without being full.
func (w *witness) batch(l *lane, x *write, o *operation) {
	limits := &w.limits[l.index]
	lingered := o.dispatched - x.released
	if int(o.count) > limits.most.Batch.Size {
		w.fault("%v: a batch of %d, the size was at most %d", l, o.count, limits.most.Batch.Size)
	}
	if lingered > limits.most.Batch.Linger {
		w.fault("%v: write %d lingered for %v, allowed were %v", l, x.n, lingered, limits.most.Batch.Linger)
	}
	if limits.most.Batch.Aligned || w.locked {
		return // batches close when the clock says so, or their first write is not the oldest
	}
	if w.y.writes.at(o.head) == x && int(o.count) < limits.least.Batch.Size && lingered < limits.least.Batch.Linger {
		w.fault("%v: a batch of %d closed after %v, neither full (%d) nor old (%v)", l, o.count, lingered, limits.least.Batch.Size, limits.least.Batch.Linger)
	}
}

// look fails if anything was noted or does not hold now.
func (w *witness) look(t *rapid.T) {
	if len(w.faults) > 0 {
		t.Fatalf("%s", strings.Join(w.faults, "\n"))
	}
	mustHold(t, w.y)
	for i, l := range w.y.lanes {
		c := l.whole().counts
		if stored := c.Committed + c.Duplicates + c.Suppressed; stored != uint64(len(w.seen[i])) {
			t.Fatalf("%v: %d attempts stored, %d seen", l, stored, len(w.seen[i]))
		}
	}
}

// empty fails unless nothing is in flight any more, every worker is free and
// every fault is over.
func (w *witness) empty(t *rapid.T) {
	for _, s := range w.y.stores {
		for number := range s.partitions {
			if p := &s.partitions[number]; p.down != 0 || p.slowed != 1 {
				t.Fatalf("store %s, partition %d: down %d times and %v times as slow after all faults", s.config.Name, number, p.down, p.slowed)
			}
		}
	}
	for _, a := range w.y.allocators {
		if a.down != 0 || a.slowed != 1 {
			t.Fatalf("allocator %s: down %d times and %v times as slow after all faults", a.config.Name, a.down, a.slowed)
		}
	}
	for _, l := range w.y.lanes {
		if l.queueDown != 0 {
			t.Fatalf("%v: its queue is down %d times after all faults", l, l.queueDown)
		}
		if l.inFlight > 0 {
			t.Fatalf("%v: %d writes are still in flight %v after the writers fell silent", l, l.inFlight, quietSpan)
		}
		for number := range l.queues {
			if busy := l.queues[number].busy; busy != 0 {
				t.Fatalf("%v, queue %d: %d workers are busy with nothing", l, number, busy)
			}
		}
	}
}
