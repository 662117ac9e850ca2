package models

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"onepen/sim"
)

// arrivalOf is the arrival of one write.
type arrivalOf struct {
	at  sim.Time
	key uint32
}

// offered runs a scenario and returns its arrivals in order. The store of the
// scenario must take no time and refuse nothing.
func offered(t *testing.T, s *Scenario, replication int) []arrivalOf {
	t.Helper()
	y := start(t, s, replication)
	var all []arrivalOf
	y.onCommit = func(w *write, _ *operation) { all = append(all, arrivalOf{w.offered, w.key}) }
	y.RunUntil(s.Duration)
	mustHold(t, y)
	return all
}

// source returns a scenario in which arrivals are all that takes time.
func source(tb testing.TB, set ...string) *Scenario {
	return built(tb, append([]string{"stores.s.overhead", "0s"}, set...)...)
}

// replayed returns a scenario that replays a trace with the given rows.
func replayed(tb testing.TB, rows string, set ...string) *Scenario {
	s := source(tb, append([]string{"lanes.w.arrivals.process", "trace", "lanes.w.arrivals.trace", "t.csv", "lanes.w.keys.skew", "trace"}, set...)...)
	s.Open = func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("time_s,key\n" + rows)), nil
	}
	return s
}

// TestPoissonCounts: the number of arrivals in T is Poisson with mean and
// variance λT, and its sample variance over R replications has a relative
// standard error of √((2 + 1/λT)/R) (Kendall and Stuart 1977, "The Advanced
// Theory of Statistics" vol. 1, § 10.9, with μ4 = λT(1 + 3λT)).
func TestPoissonCounts(t *testing.T) {
	const mean, replications = 500.0, 400
	s := source(t, "lanes.w.arrivals.rate", "1000/s", "duration", "500ms")
	var counts sim.Tally
	for r := range replications {
		counts.Add(float64(len(offered(t, s, r))))
	}
	if z := (counts.Mean() - mean) / math.Sqrt(mean/replications); math.Abs(z) > 3 {
		t.Errorf("mean count %v, want %v: off by %.1f standard errors", counts.Mean(), mean, z)
	}
	if z := (counts.Variance()/mean - 1) / math.Sqrt((2+1/mean)/replications); math.Abs(z) > 3 {
		t.Errorf("variance of the count %v, want %v: off by %.1f standard errors", counts.Variance(), mean, z)
	}
}

// TestPoissonGaps holds the gaps against the exponential law: the largest
// distance between the empirical and the exact distribution function exceeds
// 1.63/√n in one run of a hundred (Kolmogorov 1933).
func TestPoissonGaps(t *testing.T) {
	const rate = 1000.0
	all := offered(t, source(t, "lanes.w.arrivals.rate", "1000/s", "duration", "20s"), 0)
	gaps := make([]float64, len(all))
	last := sim.Time(0)
	for i, a := range all {
		gaps[i], last = (a.at - last).Seconds(), a.at
	}
	slices.Sort(gaps)
	n, distance := float64(len(gaps)), 0.0
	for i, gap := range gaps {
		exact := -math.Expm1(-rate * gap)
		distance = max(distance, math.Abs(exact-float64(i)/n), math.Abs(exact-float64(i+1)/n))
	}
	if limit := 1.63 / math.Sqrt(n); distance > limit {
		t.Errorf("gaps are %v from exponential, want at most %v", distance, limit)
	}
}

// TestDeterministicInstants: the n-th write comes n/rate after the start, to
// the nanosecond, however many came before it.
func TestDeterministicInstants(t *testing.T) {
	for _, rate := range []float64{1, 3, 1000, 7777.7} {
		s := source(t, "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", fmt.Sprintf("%g/s", rate), "duration", "10s")
		all := offered(t, s, 0)
		if want := int(10 * rate); len(all) != want && len(all) != want-1 { // the last is due at the very end
			t.Errorf("%g/s: %d writes in 10 s, want %d", rate, len(all), want)
		}
		for n, a := range all {
			if want := float64(n+1) * 1e9 / rate; math.Abs(float64(a.at)-want) > 1 {
				t.Errorf("%g/s: write %d comes at %d ns, want %.1f", rate, n+1, int64(a.at), want)
				break
			}
		}
	}
}

// TestOnOffRates: with periods of fixed length the process is Poisson at two
// rates in turn, so that the counts in on and in off periods are Poisson. A
// mean load of 1 000/s over 10 ms on and 30 ms off is 4 000/s while on if all
// of it falls there; if the peak is 2 500/s, 500/s are left for the rest.
func TestOnOffRates(t *testing.T) {
	for _, c := range []struct {
		peak              string
		wantOn, wantOff   float64 // [1/s]
		cycle, on, length sim.Time
	}{
		{"0/s", 4000, 0, 40 * sim.Millisecond, 10 * sim.Millisecond, 40 * sim.Second},
		{"2500/s", 2500, 500, 40 * sim.Millisecond, 10 * sim.Millisecond, 40 * sim.Second},
		{"1000/s", 1000, 1000, 40 * sim.Millisecond, 10 * sim.Millisecond, 40 * sim.Second},
	} {
		t.Run("peak "+c.peak, func(t *testing.T) {
			s := source(t, "lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.rate", "1000/s", "lanes.w.arrivals.peak", c.peak,
				"lanes.w.arrivals.on", "10ms", "lanes.w.arrivals.off", "30ms", "duration", c.length.String())
			on, off := 0, 0
			for _, a := range offered(t, s, 0) {
				if a.at%c.cycle <= c.on {
					on++
				} else {
					off++
				}
			}
			share := c.on.Seconds() / c.cycle.Seconds()
			poisson(t, "in on periods", on, c.wantOn*share*c.length.Seconds())
			poisson(t, "in off periods", off, c.wantOff*(1-share)*c.length.Seconds())
		})
	}
}

// poisson fails unless n is within 3 standard deviations of a Poisson number
// of that mean.
func poisson(t *testing.T, what string, n int, mean float64) {
	t.Helper()
	if math.Abs(float64(n)-mean) > 3*math.Sqrt(mean) {
		t.Errorf("%d writes %s, want %v ± %.1f", n, what, mean, math.Sqrt(mean))
	}
}

// dispersionOfMMPP is the index of dispersion of counts, Var N(t)/E N(t), of a
// stationary Markov-modulated Poisson process with rates a and b [1/s] in two
// states that it leaves at rates r and q [1/s] (Heffes and Lucantoni 1986, "A
// Markov modulated characterization of packetized voice and data traffic and
// related statistical multiplexer performance", IEEE JSAC 4(6), eq. 3):
//
//	1 + 2rq(a-b)² / ((r+q)²(aq+br)) · (1 - (1 - e^-(r+q)t) / ((r+q)t))
func dispersionOfMMPP(a, b, r, q, t float64) float64 {
	limit := 2 * r * q * (a - b) * (a - b) / ((r + q) * (r + q) * (a*q + b*r))
	return 1 + limit*(1+math.Expm1(-(r+q)*t)/((r+q)*t))
}

// TestOnOffDispersion: with exponential periods an on-off process is an
// MMPP of two states, interrupted Poisson if nothing comes while off.
func TestOnOffDispersion(t *testing.T) {
	for _, c := range []struct {
		peak     string
		on, rest float64 // [1/s]
	}{
		{"0/s", 4000, 0},
		{"2500/s", 2500, 500},
	} {
		t.Run("peak "+c.peak, func(t *testing.T) {
			t.Parallel()
			const window = 50 * sim.Millisecond
			// The process starts with an on period; ten cycles make it stationary.
			const from, windows = 800 * sim.Millisecond, 1000
			s := source(t, "lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.rate", "1000/s", "lanes.w.arrivals.peak", c.peak,
				"lanes.w.arrivals.on", "exponential(20ms)", "lanes.w.arrivals.off", "exponential(60ms)",
				"duration", (from + windows*window).String())
			values := make([]float64, replications())
			for r := range values {
				counts := make([]float64, windows)
				for _, a := range offered(t, s, r) {
					if i := int((a.at - from) / window); a.at >= from && i < windows {
						counts[i]++
					}
				}
				var tally sim.Tally
				for _, n := range counts {
					tally.Add(n)
				}
				values[r] = tally.Variance() / tally.Mean()
			}
			agree(t, "index of dispersion", values, dispersionOfMMPP(c.on, c.rest, 1/0.020, 1/0.060, window.Seconds()))
		})
	}
}

// replications is the number of replications of tests against exact values.
func replications() int {
	if testing.Short() {
		return 8
	}
	return 20
}

// TestLoadStretchesTime: the gaps belong to the writes and the speed at which
// they pass to the load. At twice the load every write comes at half its time;
// after a change in the middle the rest of the plan is stretched. Keys stay.
func TestLoadStretchesTime(t *testing.T) {
	const change = 2 * sim.Second
	for _, process := range []string{"poisson", "deterministic"} {
		t.Run(process, func(t *testing.T) {
			set := []string{"lanes.w.arrivals.process", process, "lanes.w.keys.skew", "zipf(1)", "duration", "10s", "lanes.w.arrivals.rate"}
			slow := offered(t, source(t, append(set, "500/s")...), 0)
			fast := offered(t, source(t, append(set, "1000/s")...), 0)
			s := source(t, append(set, "500/s")...)
			s.Timeline = []Change{{At: change, Set: []Assignment{{"lanes.w.arrivals.rate", "1000/s"}}}}
			changed := offered(t, s, 0)
			for n, base := range slow {
				half := base.at / 2
				later := base.at
				if base.at > change {
					later = change + (base.at-change)/2
				}
				if n >= len(changed) {
					t.Fatalf("only %d writes after the change", len(changed))
				}
				// Rounding to the clock costs a nanosecond, a long sum of floats another.
				if near(fast[n].at, half) && near(changed[n].at, later) && fast[n].key == base.key && changed[n].key == base.key {
					continue
				}
				t.Fatalf("write %d at 500/s: %v; at 1000/s: %v, want %v; changed at %v: %v, want %v",
					n, base, fast[n], half, change, changed[n], later)
			}
			if len(slow) < 4000 {
				t.Errorf("only %d writes to compare", len(slow))
			}
		})
	}
}

func near(a, b sim.Time) bool { return max(a-b, b-a) <= 2 }

// TestIrrelevantChangeLeavesArrivals changes parameters that the process of the
// lane does not use, in the middle of gaps and of periods.
func TestIrrelevantChangeLeavesArrivals(t *testing.T) {
	for process, set := range map[string][]string{
		"poisson":       {"arrivals.peak", "10/s", "arrivals.on", "3s", "arrivals.speed", "7"},
		"deterministic": {"arrivals.off", "3s", "arrivals.repeat", "false"},
		"onoff":         {"arrivals.speed", "7", "arrivals.repeat", "false"},
		"trace":         {"arrivals.rate", "77/s", "arrivals.on", "3s"},
	} {
		t.Run(process, func(t *testing.T) {
			scenario := func() *Scenario {
				return replayed(t, "0,1\n0.010,2\n0.013,3\n0.5,4\n", "lanes.w.arrivals.process", process, "lanes.w.keys.skew", "uniform",
					"lanes.w.arrivals.repeat", "true", "duration", "10s")
			}
			changed := scenario()
			for i := 0; i < len(set); i += 2 {
				changed.Timeline = append(changed.Timeline, Change{At: sim.Time(i+1) * sim.Second, Set: []Assignment{{"lanes.w." + set[i], set[i+1]}}})
			}
			want, got := offered(t, scenario(), 0), offered(t, changed, 0)
			if len(want) < 10 {
				t.Fatalf("only %d writes to compare", len(want))
			}
			same := len(want) == len(got)
			for i := 0; same && i < len(want); i++ {
				same = near(want[i].at, got[i].at) && want[i].key == got[i].key
			}
			if !same {
				t.Errorf("%v: %d writes, without the change %d", set, len(got), len(want))
			}
		})
	}
}

func TestTraceReplay(t *testing.T) {
	const rows = "100.5,7\n100.6,8\n100.6,7\n102.9,9\n" // its first write is at 0; its mean gap is 2.4 s / 3
	for _, c := range []struct {
		name string
		set  []string
		want string
	}{
		{"as recorded", []string{"lanes.w.arrivals.repeat", "false"}, "0:k8 100ms:k9 100ms:k8 2.4s:k10"},
		{"at twice the speed", []string{"lanes.w.arrivals.repeat", "false", "lanes.w.arrivals.speed", "2"}, "0:k8 50ms:k9 50ms:k8 1.2s:k10"},
		// A round takes 2.4 s and a mean gap of 0.8 s.
		{"again and again", []string{"duration", "5s"}, "0:k8 100ms:k9 100ms:k8 2.4s:k10 3.2s:k8 3.3s:k9 3.3s:k8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, a := range offered(t, replayed(t, rows, c.set...), 0) {
				got = append(got, fmt.Sprintf("%v:%s", a.at, KeyName(a.key)))
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("\n got %s\nwant %s", text, c.want)
			}
		})
	}
}

// TestTraceAtItsEndStaysThere: when the last write of a trace has come, a
// change must not bring another one.
func TestTraceAtItsEndStaysThere(t *testing.T) {
	s := replayed(t, "0,1\n1,2\n", "lanes.w.arrivals.repeat", "false", "duration", "10s")
	s.Timeline = []Change{{At: 5 * sim.Second, Set: []Assignment{{"lanes.w.arrivals.rate", "7/s"}}}}
	if got := offered(t, s, 0); len(got) != 2 {
		t.Errorf("a trace of 2 writes offers %d: %v", len(got), got)
	}
}

// TestFirstInstantCounts: a trace begins at 0, and without a warm-up the window
// of the results does as well.
func TestFirstInstantCounts(t *testing.T) {
	s := replayed(t, "0,1\n1,2\n", "lanes.w.arrivals.repeat", "false", "duration", "10s")
	c := finish(t, s).Lanes[0].Counts
	if c.Offered != 2 || c.Committed != 2 {
		t.Errorf("%d writes offered and %d committed, want 2 and 2", c.Offered, c.Committed)
	}
}

// TestWritersTakeTurns: the writers of an open loop issue the writes in turn,
// so that each leases blocks of its own.
func TestWritersTakeTurns(t *testing.T) {
	s := source(t, "lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "1000/s", "lanes.w.arrivals.writers", "4",
		"lanes.w.ids", "a", "allocators.a.strategy", "range", "allocators.a.block", "10", "allocators.a.service", "0s", "duration", "100ms")
	y := start(t, s, 0)
	var got []string
	y.onCommit = func(w *write, _ *operation) { got = append(got, fmt.Sprint(w.id)) }
	y.RunUntil(12 * sim.Millisecond)
	// The first writes of the four lease 1-10, 11-20, 21-30 and 31-40, and each
	// writer goes on in its own block.
	want := "1 11 21 31 2 12 22 32 3 13 23 33"
	if text := strings.Join(got, " "); text != want {
		t.Errorf("IDs\n got %s\nwant %s", text, want)
	}
}
