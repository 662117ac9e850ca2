package trial

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// station is a scenario that takes hardly any time to run.
func station(t testing.TB, duration sim.Time) *models.Scenario {
	t.Helper()
	s, err := experiments.ReadScenario("station.yaml", []byte(`
lanes: {writes: {arrivals: {rate: 800/s}, store: station}}
stores: {station: {overhead: exponential(1ms)}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Duration, s.Warmup = duration, 0
	return s
}

// uneven returns trials of which each is as long as it likes, so that they
// finish in another order than they begin in.
func uneven(t testing.TB, n int) []Trial {
	trials := make([]Trial, n)
	for i := range trials {
		trials[i] = Trial{Scenario: station(t, sim.Time(1+(7*i)%5)*sim.Second), Point: i / 3, Replication: i % 3}
	}
	return trials
}

// told is what a test compares of an outcome.
func told(o Outcome) string {
	lane := o.Report.Result.Lanes[0]
	return fmt.Sprintf("point %d, replication %d: %v offered, %v", o.Point, o.Replication, lane.Counts.Offered, lane.Commit.Mean())
}

func collect(outcomes iter.Seq[Outcome]) []string {
	var lines []string
	for o := range outcomes {
		lines = append(lines, told(o))
	}
	return lines
}

func TestOutcomesDoNotDependOnWorkers(t *testing.T) {
	trials := uneven(t, 20)
	var alone []string
	for _, trial := range trials {
		alone = append(alone, told(Run(context.Background(), trial)))
	}
	for _, r := range []Runner{{Workers: 1}, {Workers: 2}, {Workers: 8}, {Workers: 8, Ahead: 1}, {Workers: 1, Ahead: 50}, {}} {
		if diff := cmp.Diff(alone, collect(r.Run(context.Background(), slices.Values(trials)))); diff != "" {
			t.Errorf("%+v (-alone +runner):\n%s", r, diff)
		}
	}
}

func TestNoTrials(t *testing.T) {
	for o := range (Runner{}).Run(context.Background(), func(func(Trial) bool) {}) {
		t.Errorf("outcome %s of no trials", told(o))
	}
}

// The same seed and replication meet the same arrivals at every point.
func TestPointsShareTheirRandomNumbers(t *testing.T) {
	slow := station(t, 5*sim.Second)
	if err := slow.Set("stores.station.overhead", "exponential(1.2ms)"); err != nil {
		t.Fatal(err)
	}
	trials := []Trial{{Scenario: station(t, 5*sim.Second)}, {Scenario: slow, Point: 1}, {Scenario: slow, Point: 1, Replication: 1}}
	var offered []uint64
	for o := range (Runner{}).Run(context.Background(), slices.Values(trials)) {
		offered = append(offered, o.Report.Result.Lanes[0].Counts.Offered)
	}
	if offered[0] != offered[1] || offered[1] == offered[2] {
		t.Errorf("offered %v: want the same in the first two, and others in the third", offered)
	}
}

func TestAFailureIsAnOutcome(t *testing.T) {
	trials := uneven(t, 5)
	trials[2].Scenario = trials[2].Scenario.Clone()
	trials[2].Scenario.Lanes[0].Store = "nowhere"
	var failed []int
	i := 0
	for o := range (Runner{Workers: 2}).Run(context.Background(), slices.Values(trials)) {
		var input *experiments.InputError
		if o.Err != nil && errors.As(o.Err, &input) {
			failed = append(failed, i)
		}
		i++
	}
	if i != 5 || !slices.Equal(failed, []int{2}) {
		t.Errorf("%d outcomes, %v failed, want 5 and number 2", i, failed)
	}
}

// A loop that breaks off stops what is under way and leaves no goroutine behind:
// a bubble does not end before all that were begun in it have.
func TestBreakingOff(t *testing.T) { synctest.Test(t, testBreakingOff) }

func testBreakingOff(t *testing.T) {
	asked := 0
	trials := func(yield func(Trial) bool) {
		for r := 0; ; r++ {
			asked++
			if !yield(Trial{Scenario: station(t, 1000*sim.Second), Replication: r}) {
				return
			}
		}
	}
	short := Trial{Scenario: station(t, sim.Second)}
	first := func(yield func(Trial) bool) {
		if yield(short) {
			trials(yield)
		}
	}
	for o := range (Runner{Workers: 3, Ahead: 4}).Run(t.Context(), first) {
		if o.Report.Scenario.Duration != sim.Second {
			t.Errorf("first outcome is of %s", o.Report.Scenario.Duration)
		}
		break
	}
	if asked > 3 {
		t.Errorf("asked for %d trials beyond the first, want 3: four may be under way", asked)
	}
}

func TestContextEndsTheSequence(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	long := Trial{Scenario: station(t, 100000*sim.Second)}
	for o := range (Runner{Workers: 2}).Run(ctx, slices.Values([]Trial{long, long, long})) {
		t.Errorf("outcome %s, %v of a run that was stopped", told(o), o.Err)
	}
	if ctx.Err() == nil {
		t.Error("the sequence ended before the context")
	}
}

// BenchmarkWorkers shows how the time of 16 equal trials shrinks with workers.
func BenchmarkWorkers(b *testing.B) {
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			s := station(b, 50*sim.Second)
			trials := make([]Trial, 16)
			for i := range trials {
				trials[i] = Trial{Scenario: s, Replication: i}
			}
			for b.Loop() {
				for o := range (Runner{Workers: workers}).Run(context.Background(), slices.Values(trials)) {
					if o.Err != nil {
						b.Fatal(o.Err)
					}
				}
			}
		})
	}
}
