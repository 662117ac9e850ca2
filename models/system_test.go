package models

import (
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onepen/sim"
)

// built returns a scenario of one lane "w", one allocator "a" and one store
// "s", with the given assignments.
func built(tb testing.TB, set ...string) *Scenario {
	tb.Helper()
	s := NewScenario("test")
	for _, c := range [][2]string{{"lanes", "w"}, {"allocators", "a"}, {"stores", "s"}} {
		if err := s.Add(c[0], c[1]); err != nil {
			tb.Fatal(err)
		}
	}
	assign(tb, s, append([]string{"lanes.w.store", "s"}, set...)...)
	return s
}

// assign sets parameters, given as path, value, path, value, …
func assign(tb testing.TB, s *Scenario, set ...string) {
	tb.Helper()
	for i := 0; i < len(set); i += 2 {
		if err := s.Set(set[i], set[i+1]); err != nil {
			tb.Fatal(err)
		}
	}
}

func start(tb testing.TB, s *Scenario, replication int) *System {
	tb.Helper()
	y, err := New(s, replication)
	if err != nil {
		tb.Fatal(err)
	}
	return y
}

// busyPath is a scenario in which every component has something to do.
func busyPath(tb testing.TB, set ...string) *Scenario {
	return built(tb, append([]string{
		"duration", "20s", "warmup", "2s", "lanes.w.arrivals.rate", "2000/s", "lanes.w.arrivals.writers", "8",
		"lanes.w.keys.skew", "zipf(1)", "lanes.w.keys.space", "10000", "lanes.w.ids", "a", "allocators.a.service", "exponential(400us)",
		"lanes.w.queue.mode", "durable", "lanes.w.queue.capacity", "500", "lanes.w.batch.size", "8", "lanes.w.batch.linger", "5ms",
		"stores.s.partitions", "4", "stores.s.overhead", "lognormal(mean=5ms, cv=0.7)", "stores.s.per_record", "exponential(200us)",
	}, set...)...)
}

// finish runs a scenario to its end and returns what it measured.
func finish(tb testing.TB, s *Scenario) Result {
	tb.Helper()
	y := start(tb, s, 0)
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		tb.Fatal(err)
	}
	return y.Result()
}

func sameResult(t *testing.T, what string, a, b Result) {
	t.Helper()
	if diff := cmp.Diff(a, b, cmpopts.EquateNaNs(), cmp.Comparer(func(x, y *sim.Histogram) bool { return *x == *y })); diff != "" {
		t.Errorf("%s: results differ:\n%s", what, diff)
	}
}

func TestSameSeedSameResult(t *testing.T) {
	first := finish(t, busyPath(t))
	sameResult(t, "same seed", first, finish(t, busyPath(t)))
	if other := finish(t, busyPath(t, "seed", "2")); other.Lanes[0].Counts == first.Lanes[0].Counts {
		t.Error("another seed gives the same counts")
	}
	y := start(t, busyPath(t), 1)
	y.RunUntil(20 * sim.Second)
	if y.Result().Lanes[0].Counts == first.Lanes[0].Counts {
		t.Error("another replication gives the same counts")
	}
}

func TestWatchingChangesNothing(t *testing.T) {
	s := busyPath(t)
	y := start(t, s, 0)
	var snapshot Snapshot
	for at := sim.Time(0); at <= s.Duration; at += 7 * sim.Millisecond {
		y.RunUntil(at)
		y.Sample(&snapshot)
	}
	y.RunUntil(s.Duration)
	sameResult(t, "watched", finish(t, s), y.Result())
}

// arrivals runs a scenario and returns the instant and key of every write that
// was committed, by its number.
func arrivals(t *testing.T, s *Scenario) map[uint64]string {
	t.Helper()
	y := start(t, s, 0)
	seen := map[uint64]string{}
	y.onCommit = func(w *write, _ *operation) { seen[w.n] = fmt.Sprintf("%d %s", w.offered, KeyName(w.key)) }
	y.RunUntil(s.Duration)
	return seen
}

func TestStrategyLeavesArrivalsAndKeysUnchanged(t *testing.T) {
	base := arrivals(t, busyPath(t))
	for _, set := range [][]string{
		{"lanes.w.batch.size", "64"},
		{"lanes.w.queue.mode", "none"},
		{"allocators.a.strategy", "range"},
		{"allocators.a.strategy", "snowflake"},
		{"stores.s.partitions", "16", "stores.s.route", "time_bucket"},
		{"lanes.w.queue.lines", "per_partition", "lanes.w.ack", "accept"},
	} {
		t.Run(strings.Join(set, " "), func(t *testing.T) {
			other := arrivals(t, busyPath(t, set...))
			both := 0
			for n, write := range base {
				if got, ok := other[n]; ok {
					both++
					if got != write {
						t.Fatalf("write %d: %s, was %s", n, got, write)
					}
				}
			}
			if both < 1000 {
				t.Errorf("only %d writes to compare", both)
			}
		})
	}
}

func TestTimelineIsTheSameAsChangingByHand(t *testing.T) {
	changes := []Change{
		{At: 5 * sim.Second, Set: []Assignment{{"lanes.w.batch.size", "1"}, {"stores.s.partitions", "8"}}},
		{At: 5 * sim.Second, Set: []Assignment{{"allocators.a.strategy", "range"}}},
		{At: 11 * sim.Second, Set: []Assignment{{"lanes.w.queue.mode", "none"}, {"lanes.w.arrivals.rate", "1000/s"}}},
	}
	scripted := busyPath(t)
	scripted.Timeline = changes
	byHand := start(t, busyPath(t), 0)
	for _, c := range changes {
		byHand.RunUntil(c.At - 3*sim.Millisecond)
		byHand.RunUntil(c.At)
		if err := byHand.Apply(c.Set); err != nil {
			t.Fatal(err)
		}
	}
	byHand.RunUntil(20 * sim.Second)
	sameResult(t, "by hand", finish(t, scripted), byHand.Result())
}

func TestApplyRefusesWholeChange(t *testing.T) {
	y := start(t, busyPath(t), 0)
	before, _ := y.Scenario().Value("lanes.w.batch.size")
	err := y.Apply([]Assignment{{"lanes.w.batch.size", "2"}, {"lanes.w.store", "s"}, {"lanes.w.batch.linger", "soon"}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"lanes.w.store: cannot change while the system runs", "lanes.w.batch.linger: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
	if after, _ := y.Scenario().Value("lanes.w.batch.size"); after != before {
		t.Errorf("batch size is %s after a refused change, was %s", after, before)
	}
}

func TestPartsAddUpToLatency(t *testing.T) {
	for _, lane := range finish(t, busyPath(t)).Lanes {
		sum := 0.0
		for _, part := range lane.Parts {
			sum += part
		}
		if mean := lane.Commit.Mean(); math.Abs(sum-mean) > 1e-12*mean {
			t.Errorf("parts add up to %v s, mean latency is %v s", sum, mean)
		}
	}
}

func TestInFlightLimitEndsTheRun(t *testing.T) {
	s := built(t, "max_in_flight", "1000", "lanes.w.arrivals.rate", "2000/s", "stores.s.overhead", "1ms")
	y := start(t, s, 0)
	y.RunUntil(s.Duration)
	if !strings.Contains(y.Halted(), "max_in_flight") {
		t.Errorf("halted: %q", y.Halted())
	}
	if y.Now() >= s.Duration {
		t.Error("the clock ran on")
	}
	if err := y.Check(); err != nil {
		t.Error(err)
	}
	if got := y.Result().Lanes[0].Counts.Committed; got == 0 {
		t.Error("results were not kept")
	}
}

// ids runs a scenario and returns how often each ID was committed.
func ids(t *testing.T, s *Scenario) map[uint64]int {
	t.Helper()
	seen := map[uint64]int{}
	y := start(t, s, 0)
	y.onCommit = func(w *write, _ *operation) { seen[w.id]++ }
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestIDsAreUniqueAcrossStrategies(t *testing.T) {
	s := busyPath(t, "allocators.a.block", "50", "allocators.a.round_trip", "2ms")
	for i, strategy := range []string{"range", "snowflake", "central", "range", "central", "snowflake"} {
		s.Timeline = append(s.Timeline, Change{At: sim.Time(i+1) * 3 * sim.Second, Set: []Assignment{{"allocators.a.strategy", strategy}}})
	}
	seen := ids(t, s)
	for id, n := range maps.All(seen) {
		if n > 1 || id == 0 {
			t.Fatalf("ID %d was given %d times", id, n)
		}
	}
	if len(seen) < 10_000 {
		t.Errorf("only %d IDs", len(seen))
	}
}

// TestSnowflakeStalls gives one writer two IDs a millisecond and offers it
// three: it must stall, and hand out exactly two a tick.
func TestSnowflakeStalls(t *testing.T) {
	s := built(t, "duration", "2s", "lanes.w.ids", "a", "allocators.a.strategy", "snowflake", "allocators.a.sequence_bits", "1",
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "3000/s", "stores.s.overhead", "0s")
	r := finish(t, s)
	if got := r.Allocators[0].Issued; got < 3998 || got > 4002 {
		t.Errorf("%d IDs in 2 s of 1 ms ticks with 2 each, want 4000", got)
	}
}

// TestRangeAsksTheCounterOncePerBlock: 1000 writes/s for 10 s in blocks of 100
// are about 100 requests to the counter.
func TestRangeAsksTheCounterOncePerBlock(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "allocators.a.strategy", "range", "allocators.a.block", "100",
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1000/s", "stores.s.overhead", "10us")
	r := finish(t, s)
	if got := r.Allocators[0].Requests; got < 99 || got > 102 {
		t.Errorf("%d requests, want about 100", got)
	}
	if got := r.Allocators[0].WaitingMax; got > 2 {
		t.Errorf("%d writes waited at once, though blocks are fetched ahead", got)
	}
}

func TestChangeOfRateKeepsThePartOfTheGapThatHasPassed(t *testing.T) {
	// One write a second; after 2.5 s ten a second: half of the third gap has
	// passed, the other half takes 50 ms. Then one each 100 ms until 4 s.
	s := built(t, "duration", "4s", "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1/s", "stores.s.overhead", "0s")
	s.Timeline = []Change{{At: 2500 * sim.Millisecond, Set: []Assignment{{"lanes.w.arrivals.rate", "10/s"}}}}
	y := start(t, s, 0)
	var at []string
	y.onCommit = func(w *write, _ *operation) { at = append(at, w.offered.String()) }
	y.RunUntil(s.Duration)
	want := "1s 2s 2.55s 2.65s 2.75s 2.85s 2.95s 3.05s 3.15s 3.25s 3.35s 3.45s 3.55s 3.65s 3.75s 3.85s 3.95s"
	if got := strings.Join(at, " "); got != want {
		t.Errorf("arrivals\n got %s\nwant %s", got, want)
	}
}
