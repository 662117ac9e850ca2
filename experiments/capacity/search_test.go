package capacity

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/theory"
	"onepen/models"
)

// station is M/M/c with a service time of 1 ms. Begun empty, it settles within
// some relaxation times, 1/(μ(√c - √a)²) with a the offered load (Cohen 1982, "The
// Single Server Queue"): 60 ms at most borders sought here, 450 ms where one
// server is 91 % busy.
func station(tb testing.TB, servers, warmup, duration string) *models.Scenario {
	tb.Helper()
	s, err := experiments.ReadScenario("mmc.yaml", []byte(`
duration: `+duration+`
warmup: `+warmup+`
sample: 1s
lanes: {writes: {arrivals: {rate: 500/s}, keys: {space: 1}, store: station}}
stores: {station: {servers: `+servers+`, overhead: exponential(1ms)}}
`), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func objectives(tb testing.TB, s *models.Scenario, texts ...string) []Objective {
	tb.Helper()
	var all []Objective
	for _, text := range texts {
		found, err := ParseObjective(s, text)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

func sought(tb testing.TB, s *models.Scenario, o Options, texts ...string) *Result {
	tb.Helper()
	o.Objectives = objectives(tb, s, texts...)
	if o.Path == "" {
		o.Path = "lanes.writes.arrivals.rate"
	}
	r, err := Run(context.Background(), s, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// TestMM1: the load of M/M/1 at which the 99th percentile of the sojourn is
// 50 ms. The sojourn is exponential with rate μ-λ, so that
//
//	λ = μ - ln(100)/50ms = 1000 - 92.10 = 907.90/s
//
// is to be found within 1 %, and the greatest power at half of μ.
func TestMM1(t *testing.T) {
	exact := 1000 - math.Log(100)/0.050
	r := sought(t, station(t, "1", "5s", "65s"), Options{}, "p99<50ms")
	t.Logf("%v, %.1f to %.1f, exactly %.2f; %d replications, %d loads, knee %v", r.Value, r.Low, r.High, exact, r.Replications, len(r.Points), r.Knee)
	if r.Border != Found || !r.Rising || !r.Precise || math.Abs(r.Value.Mean/exact-1) > 0.01 {
		t.Errorf("found %v, exactly %v", r.Value, exact)
	}
	if r.Knee == nil || math.Abs(r.Knee.Mean/500-1) > 0.03 {
		t.Errorf("knee at %v, exactly 500/s", r.Knee)
	}
}

// tailMMc is the probability that a sojourn in M/M/c is longer than t [s]: the
// wait is 0 with probability 1 - C, else exponential with rate cμ-λ, and the
// service exponential with rate μ (Gross et al. 2008, "Fundamentals of Queueing
// Theory", 4th ed., § 2.3.2):
//
//	P(T > t) = (1-C) e^-μt + C (δ e^-μt - μ e^-δt)/(δ - μ),  δ = cμ - λ
func tailMMc(servers int, lambda, mu, t float64) float64 {
	wait := theory.ErlangC(servers, lambda/mu)
	delta := float64(servers)*mu - lambda
	return (1-wait)*math.Exp(-mu*t) + wait*(delta*math.Exp(-mu*t)-mu*math.Exp(-delta*t))/(delta-mu)
}

// TestMMc: the same of M/M/4, from a range whose upper end is far beyond
// stability, with its exact value by bisection of the formula.
func TestMMc(t *testing.T) {
	lo, hi := 100.0, 3999.0
	for range 60 {
		if x := (lo + hi) / 2; tailMMc(4, x, 1000, 0.010) < 0.01 {
			lo = x
		} else {
			hi = x
		}
	}
	r := sought(t, station(t, "4", "1s", "16s"), Options{From: "1000/s", To: "10k/s"}, "p99<10ms", "goodput>10/s")
	t.Logf("%v, %.1f to %.1f, exactly %.2f; %d replications, %d loads", r.Value, r.Low, r.High, lo, r.Replications, len(r.Points))
	if r.Border != Found || !r.Rising || math.Abs(r.Value.Mean/lo-1) > 0.01 || r.Objectives[r.Binding].String() != "lanes.writes.ack_p99_s<10ms" {
		t.Errorf("found %v, exactly %v, bound by %v", r.Value, lo, r.Binding)
	}
}

// TestIntervalsCover: of independent searches about 95 % have the exact load in
// their interval, although each decides itself when to stop, on a mean,
//
//	1/(μ-λ) = 4 ms,  λ = 750/s,
//
// and on a percentile, whose excess is far from normal. Of 300 searches 94 % cover
// with the mean and 90 % with the percentile: there the slope, which is that of
// the first ten replications, scatters by 30 %, and where it is too steep a search
// ends early with too narrow an interval. With the exact slope and the same stops
// it is 94 % as well. The bounds are where a
// binomial count at 94 % lies with probability 0.999, of which one per cent is
// for the stopping.
func TestIntervalsCover(t *testing.T) {
	searches, least := 60, 49
	if testing.Short() {
		searches, least = 10, 6
	}
	for _, c := range []struct {
		slo   string
		exact float64
	}{{"mean<4ms", 750}, {"p99<20ms", 1000 - math.Log(100)/0.020}} {
		s := station(t, "1", "1s", "8s")
		covered := 0
		for seed := range searches {
			s.Seed = uint64(seed + 1)
			o := Options{Path: "lanes.writes.arrivals.rate", Objectives: objectives(t, s, c.slo), From: "600/s", To: "900/s", Precision: 0.015}
			search, err := newSearch(context.Background(), s, o)
			if err != nil {
				t.Fatal(err)
			}
			r, err := search.locate()
			if err != nil {
				t.Fatal(err)
			}
			if r.Low <= c.exact && c.exact <= r.High {
				covered++
			}
		}
		t.Logf("%s: %d of %d intervals hold %.1f/s", c.slo, covered, searches, c.exact)
		if covered < least {
			t.Errorf("%s: %d of %d intervals hold the exact load, want at least %d", c.slo, covered, searches, least)
		}
	}
}

// TestCounts: how many servers are needed is the smallest number with which
// M/M/c at 2500/s keeps the objective.
func TestCounts(t *testing.T) {
	s := station(t, "3", "1s", "21s")
	if err := s.Set("lanes.writes.arrivals.rate", "2500/s"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		limit string
		t     float64
	}{{"8ms", 0.008}, {"5ms", 0.005}} {
		want := 3
		for tailMMc(want, 2500, 1000, c.t) > 0.01 {
			want++
		}
		r := sought(t, s, Options{Path: "stores.station.servers"}, "p99<"+c.limit)
		if r.Rising || r.Border != Found || r.Value.Mean != float64(want) || r.Low != r.Value.Mean || r.High != r.Value.Mean || r.Knee != nil {
			t.Errorf("%s: %+v servers, %v to %v, want %v", c.limit, r.Value, r.Low, r.High, want)
		}
	}
}

// TestNoBorder: what is always or never kept is told.
func TestNoBorder(t *testing.T) {
	s := station(t, "1", "1s", "2s")
	for _, c := range []struct {
		name    string
		o       Options
		slo     string
		want    Border
		value   float64
		binding int
	}{
		{"always, in a range", Options{From: "100/s", To: "400/s"}, "p99<1s", Always, 400, -1},
		{"never, in a range", Options{From: "100/s", To: "400/s"}, "p99<1ms", Never, 100, 0},
		{"never, down to nothing", Options{To: "400/s"}, "p50<0.1ms", Never, 400.0 / (1 << furthest), 0},
	} {
		r := sought(t, s, c.o, c.slo)
		if r.Border != c.want || math.Abs(r.Value.Mean/c.value-1) > 1e-9 || r.Binding != c.binding || !math.IsNaN(r.Value.HalfWidth) || !r.Rising {
			t.Errorf("%s: %v at %v, binding %d, rising %v", c.name, borders[r.Border], r.Value, r.Binding, r.Rising)
		}
	}
}

// TestWorkers: a search says the same whoever makes its runs.
func TestWorkers(t *testing.T) {
	var want string
	for _, workers := range []int{1, 2, 8} {
		var b bytes.Buffer
		r := sought(t, station(t, "1", "1s", "3s"), Options{Workers: workers, Precision: 0.05, Most: 12}, "p99<50ms", "loss<0.1%")
		if err := WriteText(&b, r); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = b.String()
			t.Log(want)
		} else if want != b.String() {
			t.Errorf("%d workers say:\n%s\none says:\n%s", workers, b.String(), want)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	s := station(t, "1", "1s", "2s")
	for _, c := range []struct{ path, from, to, want string }{
		{"lanes.writes.arrivals.rat", "", "", "did you mean lanes.writes.arrivals.rate?"},
		{"stores.station.overhead", "", "", "only a rate, a number, a count or a time can be searched"},
		{"lanes.writes.arrivals.rate", "9", "", "--from 9: must be a rate"},
		{"lanes.writes.arrivals.rate", "90/s", "80/s", "--from 90/s must be less than --to 80/s"},
		{"stores.station.servers", "0", "", "must be 1 to 100000"},
		{"stores.station.failover", "", "", "no value near 10s makes a difference"},
		{"lanes.writes.keys.celebrity", "", "", "give --from and --to"},
	} {
		_, err := Run(context.Background(), s, Options{Path: c.path, From: c.from, To: c.to, Objectives: objectives(t, s, "p99<50ms"), Replications: 2})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s from %q to %q: %v, want %q", c.path, c.from, c.to, err, c.want)
		}
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(canceled, s, Options{Path: "lanes.writes.arrivals.rate", Objectives: objectives(t, s, "p99<50ms")}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}
