package compare

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
)

// station is M/M/1 with a service time of 1 ms, whose exact mean sojourn at rate
// λ is 1/(1000 - λ) [s].
func station(tb testing.TB, settings string) *models.Scenario {
	tb.Helper()
	s, err := experiments.ReadScenario("mm1.yaml", []byte(`
duration: 1500ms
warmup: 500ms
lanes: {writes: {arrivals: {rate: 500/s}, store: station}}
stores: {station: {overhead: exponential(1ms)}}
`+settings), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func parse(tb testing.TB, base *models.Scenario, written ...string) []Move {
	tb.Helper()
	var moves []Move
	for _, text := range written {
		m, err := ParseMove(base, text)
		if err != nil {
			tb.Fatal(err)
		}
		moves = append(moves, m)
	}
	return moves
}

func find(tb testing.TB, s *models.Scenario, names ...string) []response.Response {
	tb.Helper()
	var found []response.Response
	for _, name := range names {
		r, err := response.Find(s, name)
		if err != nil {
			tb.Fatal(err)
		}
		found = append(found, r)
	}
	return found
}

func study(tb testing.TB, base *models.Scenario, moves []Move, o Options) *Study {
	tb.Helper()
	s, err := Run(context.Background(), base, moves, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// TestIntervalsCover: of many independent studies of M/M/1 about 95 % have the
// exact difference in their interval: of the mean sojourn at 500/s and 600/s,
// 1/(1000-600) - 1/(1000-500) = 0.5 ms; at 500/s and with the service 10 %
// faster, 1/(1111.1-500) - 2 ms = -0.364 ms. Both moves are in one study, so that
// their intervals hold at once as well. The bounds are where a binomial count
// of the studies at exactly 95 % lies with probability 0.999; intervals that hold
// at once by Bonferroni hold somewhat more often.
func TestIntervalsCover(t *testing.T) {
	studies, low, high := 200, 179, 199
	if testing.Short() {
		studies, low, high = 60, 51, 60
	}
	base := station(t, "")
	moves := parse(t, base, "lanes.writes.arrivals.rate=600/s", "stores.station.overhead=exponential(0.9ms)")
	exact := []float64{1.0/400 - 1.0/500, 1/(1000/0.9-500) - 1.0/500}
	mean := find(t, base, "commit_mean_s")
	covered, both := make([]int, len(moves)), 0
	for i := range studies {
		s := base.Clone()
		s.Seed = uint64(i + 1)
		var seeded []Move
		for _, m := range moves {
			m.Scenario = m.Scenario.Clone()
			m.Scenario.Seed = s.Seed
			seeded = append(seeded, m)
		}
		got := study(t, s, seeded, Options{Responses: mean, Replications: 10})
		all := true
		for _, r := range got.Ranked {
			values := r.Rows[0].Difference
			all = all && values.Contains(exact[r.Point-1])
			// The interval alone, at 95 %: narrower by the ratio of the quantiles.
			alone := values
			alone.HalfWidth *= quantile(sim.Confidence) / quantile(got.Each)
			if alone.Contains(exact[r.Point-1]) {
				covered[r.Point-1]++
			}
		}
		if all {
			both++
		}
	}
	t.Logf("of %d studies %d and %d cover the exact differences, %d both at once", studies, covered[0], covered[1], both)
	for i, n := range covered {
		if n < low || n > high {
			t.Errorf("%s: %d of %d intervals of 95 %% hold the exact difference, want %d to %d", moves[i].Label, n, studies, low, high)
		}
	}
	if both < low {
		t.Errorf("%d of %d studies hold both differences, want at least %d", both, studies, low)
	}
}

// quantile is that of Student's t with 9 degrees of freedom, read off an
// interval of ten values with a known spread.
func quantile(confidence float64) float64 {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	return sim.StudentInterval(x, confidence).HalfWidth
}

// TestNoDifferenceIsShown: a move that changes nothing that the writes meet has
// differences of exactly 0.
func TestNoDifferenceIsShown(t *testing.T) {
	base := station(t, "")
	s := study(t, base, parse(t, base, "stores.station.failover=20s"), Options{Replications: 3})
	for _, row := range append(s.Ranked[0].Rows, s.Ranked[0].Price...) {
		if row.Verdict != NotShown && row.Verdict != Unmeasured || row.Difference.Mean != 0 && row.Difference.N > 0 {
			t.Errorf("%s: %v, difference %v", row.Response.Name(), row.Verdict, row.Difference)
		}
	}
}

// TestEqualSystemsAreFoundEqual: of studies of two systems that are equal on
// average, but draw other numbers, about one in twenty shows a difference.
func TestEqualSystemsAreFoundEqual(t *testing.T) {
	const studies, atMost = 100, 13 // of a binomial count at 5 %, exceeded with probability 0.0005
	base := station(t, "")
	mean := find(t, base, "commit_mean_s")[0]
	shown := 0
	for i := range studies {
		var values [2][]float64
		for r := range 20 {
			o := trial.Run(context.Background(), trial.Trial{Scenario: base, Replication: 20*i + r})
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			values[r%2] = append(values[r%2], mean.Of(&o.Report.Result))
		}
		if judge(paired(values[0], values[1], Confidence), models.BetterLow) != NotShown {
			shown++
		}
	}
	if shown > atMost {
		t.Errorf("%d of %d studies of equal systems show a difference, want at most %d", shown, studies, atMost)
	}
}

// TestCommonRandomNumbersNarrow: on the url-shortener, whose counter is what the
// mappings wait for, the interval of what twice the partitions bring is far more
// than three times as narrow as with seeds of its own for each system, for the
// same number of runs. How much is saved depends on how much the two systems
// have in common: a move that takes the line before the counter away takes the
// common noise with it.
func TestCommonRandomNumbersNarrow(t *testing.T) {
	base, err := experiments.Load("url-shortener")
	if err != nil {
		t.Fatal(err)
	}
	if err := experiments.Assign(base, []experiments.Override{{Text: "duration=20s"}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		move  string
		least float64 // how many times narrower
	}{
		{"stores.links.partitions=8", 3},
		{"allocators.codes.service=exponential(0.95ms)", 1.2},
		{"allocators.codes.strategy=range", 0.8},
	} {
		common, independent := bothWays(t, base, parse(t, base, c.move)[0])
		ratio := independent.HalfWidth / common.HalfWidth
		t.Logf("%s: ± %.3g ms with common random numbers, ± %.3g ms without: %.1f times narrower", c.move, 1e3*common.HalfWidth, 1e3*independent.HalfWidth, ratio)
		if ratio < c.least {
			t.Errorf("%s: common random numbers make the interval %.2f times narrower, want %v", c.move, ratio, c.least)
		}
	}
}

// bothWays compares the mean latency of the first lane under a move and its
// base, with common random numbers and without.
func bothWays(t *testing.T, base *models.Scenario, move Move) (common, independent sim.Interval) {
	const replications = 10
	responses := find(t, base, "lanes."+base.Lanes[0].Name+".ack_mean_s")
	common = study(t, base, []Move{move}, Options{Responses: responses, Replications: replications}).Ranked[0].Rows[0].Difference
	other := move.Scenario.Clone()
	other.Seed++
	var values [2][]float64
	for i, s := range []*models.Scenario{base, other} {
		for r := range replications {
			o := trial.Run(context.Background(), trial.Trial{Scenario: s, Replication: r})
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			values[i] = append(values[i], responses[0].Of(&o.Report.Result))
		}
	}
	return common, paired(values[1], values[0], Confidence)
}

// TestUntil: replications are added until the precision is reached, or told
// that it was not.
func TestUntil(t *testing.T) {
	base := station(t, "")
	moves := parse(t, base, "lanes.writes.arrivals.rate=700/s")
	o := Options{Responses: find(t, base, "commit_mean_s"), Replications: 4, Most: 60}
	for _, c := range []struct {
		until   string
		reached bool
	}{{"50%", true}, {"0.4ms", true}, {"1us", false}} {
		var err error
		if o.Until, err = ParsePrecision(c.until, o.Responses[0]); err != nil {
			t.Fatal(err)
		}
		s := study(t, base, moves, o)
		d := s.Ranked[0].Rows[0].Difference
		if s.Reached != c.reached || o.Until.reachedBy(d, s.Ranked[0].Rows[0].Base.Mean) != c.reached {
			t.Errorf("%s: reached %v, %v", c.until, s.Reached, d)
		}
		if d.N != s.Replications || s.Replications > o.Most || !c.reached && s.Replications != o.Most {
			t.Errorf("%s: %d pairs of %d replications", c.until, d.N, s.Replications)
		}
	}
}

// TestStoppingCovers: what deciding when to stop costs. Of intervals of normal
// differences that are added until they are narrow enough, from ten on and by
// the steps of a study, at least 93 % hold the mean, whether few or many more
// are needed.
func TestStoppingCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, target := range []float64{0.6, 0.4, 0.2, 0.1} { // standard deviations: 13, 27, 100, 390 needed
		const experiments = 4000
		covered := 0
		for range experiments {
			var x []float64
			for upTo := UsualReplications; ; {
				for len(x) < upTo {
					x = append(x, rng.NormFloat64())
				}
				d := sim.StudentInterval(x, sim.Confidence)
				if d.HalfWidth <= target {
					if d.Contains(0) {
						covered++
					}
					break
				}
				upTo = NextLook(len(x), d.HalfWidth, target)
			}
		}
		share := float64(covered) / experiments
		t.Logf("half-width %v: %.1f %% cover", target, 100*share)
		if share < 0.93 || share > 0.96 {
			t.Errorf("half-width %v: %.1f %% of the intervals cover, want 93 to 96 %%", target, 100*share)
		}
	}
}

// TestWorkers: a study says the same, to the byte, whoever makes its runs.
func TestWorkers(t *testing.T) {
	base := station(t, "")
	moves := parse(t, base, "faster: stores.station.overhead=exponential(0.5ms)", "lanes.writes.arrivals.rate=2000/s, duration=2s", "stores.station.servers=2")
	var want string
	for _, workers := range []int{1, 2, 8} {
		s := study(t, base, moves, Options{Replications: 4, Workers: workers, Until: Precision{Size: 0.02, Relative: true, text: "2%"}, Most: 9})
		var b bytes.Buffer
		if err := WriteText(&b, s); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = b.String()
			t.Log(want)
		} else if b.String() != want {
			t.Errorf("%d workers say:\n%s\none says:\n%s", workers, b.String(), want)
		}
	}
	for _, text := range []string{"1. faster (stores.station.overhead=exponential(0.5ms))", "unstable", "NOT REACHED", "Bonferroni"} {
		if !strings.Contains(want, text) {
			t.Errorf("nothing is said of %q", text)
		}
	}
}

// TestPrice: a move that breaks a promise is told to, beside what it brings.
func TestPrice(t *testing.T) {
	base := station(t, "timeline: [{at: 1s, fault: {crash: lanes.writes.queue, for: 100ms}}]\n")
	s := study(t, base, parse(t, base, "lanes.writes.queue.mode=memory, lanes.writes.ack=accept, lanes.writes.arrivals.rate=990/s"), Options{Replications: 3})
	text := s.Ranked[0].promises()
	if !strings.Contains(text, "BROKEN: lanes.writes.acked_lost") {
		t.Errorf("promises: %s", text)
	}
}

func TestRunRefuses(t *testing.T) {
	base := station(t, "")
	if _, err := Run(context.Background(), base, nil, Options{}); err == nil {
		t.Error("no move: no error")
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(canceled, base, parse(t, base, "stores.station.servers=2"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	full := errors.New("disk full")
	_, err := Run(context.Background(), base, parse(t, base, "stores.station.servers=2"), Options{OnOutcome: func(*trial.Outcome) error { return full }})
	if !errors.Is(err, full) {
		t.Errorf("who is told has an error: %v", err)
	}
}

func TestChange(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{-0.5, "−50.0 %"}, {0.034, "+3.4 %"}, {0, "+0.0 %"}, {math.NaN(), "–"}, {30, "×31.0"}} {
		if got := change(c.x); got != c.want {
			t.Errorf("change(%v) = %q, want %q", c.x, got, c.want)
		}
	}
}
