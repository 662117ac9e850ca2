package models

import (
	"math"
	"strings"
	"testing"

	"onepen/sim"
)

// TestCheckedCodesAreDrawnAgain: with a share f of all codes taken, the draws
// until one is free are geometric: their mean is 1/(1-f), and more than 3 are
// needed with probability f³. A lookup is a round trip of 1 ms to a counter
// that takes no time, so the wait is a millisecond for each draw.
func TestCheckedCodesAreDrawnAgain(t *testing.T) {
	for _, c := range []struct {
		population          string // of 10^9
		mean, moreThanThree float64
	}{
		{"0", 1, 0},
		{"5e8", 2, 0.125},
		{"9e8", 10, 0.729},
	} {
		s := built(t, "duration", "10s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "2000/s", "stores.s.overhead", "0s",
			"allocators.a.strategy", "random", "allocators.a.alphabet", "10", "allocators.a.length", "9", "allocators.a.population", c.population,
			"allocators.a.service", "0s", "allocators.a.round_trip", "1ms")
		var draws sim.Tally
		many := 0.0
		result, waits := waitsOf(t, s)
		for _, wait := range waits {
			n := math.Round(wait / 1e-3)
			draws.Add(n)
			if n > 3 {
				many++
			}
		}
		n := float64(draws.N())
		if se := draws.SD() / math.Sqrt(n); math.Abs(draws.Mean()-c.mean) > 4*se {
			t.Errorf("population %s: %v draws per code, want %v, standard error %v", c.population, draws.Mean(), c.mean, se)
		}
		if se := math.Sqrt(c.moreThanThree * (1 - c.moreThanThree) / n); math.Abs(many/n-c.moreThanThree) > 4*se {
			t.Errorf("population %s: %v need more than 3 draws, want %v, standard error %v", c.population, many/n, c.moreThanThree, se)
		}
		a := result.Allocators[0]
		if a.Uncaught != 0 || a.Requests < a.Issued+a.Caught {
			t.Errorf("population %s: %d requests for %d codes, of which %d collisions were caught and %d not", c.population, a.Requests, a.Issued, a.Caught, a.Uncaught)
		}
		if repeated(ids(t, s)) != 0 {
			t.Errorf("population %s: a checked code was given out twice", c.population)
		}
	}
}

// TestFillingTheCodes takes 80 000 of 100 000 codes: M(H_M - H_{M-n}) =
// 160 941.79 draws (the coupon collector's problem).
func TestFillingTheCodes(t *testing.T) {
	s := built(t, "duration", "1s", "lanes.w.ids", "a", "stores.s.overhead", "0s",
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "100000/s", "lanes.w.arrivals.profile", "steps(800005us: 0)",
		"allocators.a.strategy", "random", "allocators.a.alphabet", "10", "allocators.a.length", "5",
		"allocators.a.service", "0s", "allocators.a.round_trip", "1us")
	results := replicate(t, s, 10)
	for _, r := range results {
		if a := r.Allocators[0]; a.Issued != 80_000 || a.Requests != a.Issued+a.Caught {
			t.Fatalf("%d codes from %d requests, %d caught", a.Issued, a.Requests, a.Caught)
		}
	}
	agree(t, "draws", of(results, func(r *Result) float64 { return float64(r.Allocators[0].Requests) }), 160941.79126341004)
}

// distinct is the expected number of different codes among n draws of m:
// m(1-(1-1/m)^n) (Feller 1968, vol. 1, § IX.5).
func distinct(n, m float64) float64 { return -m * math.Expm1(n*math.Log1p(-1/m)) }

// TestUncheckedCodesLoseMappings: of n codes drawn without looking, n less
// the number of different ones overwrite an earlier mapping.
func TestUncheckedCodesLoseMappings(t *testing.T) {
	const n, m = 50_000, 62 * 62 * 62
	s := built(t, "duration", "1s", "lanes.w.ids", "a", "stores.s.overhead", "0s",
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", "50000/s",
		"allocators.a.strategy", "random", "allocators.a.length", "3", "allocators.a.checked", "false")
	results := replicate(t, s, 20)
	for _, r := range results {
		a := r.Allocators[0]
		if a.Issued != n || a.Requests != 0 || a.Caught != 0 || a.WaitMax != 0 {
			t.Fatalf("%d codes, %d requests, %d caught, longest wait %v s", a.Issued, a.Requests, a.Caught, a.WaitMax)
		}
		if r.Lanes[0].Counts.Collided != a.Uncaught {
			t.Errorf("%d mappings lost, the lane counts %d", a.Uncaught, r.Lanes[0].Counts.Collided)
		}
	}
	lost := of(results, func(r *Result) float64 { return float64(r.Allocators[0].Uncaught) })
	agree(t, "mappings lost", lost, n-distinct(n, m))
	if got := float64(repeated(ids(t, s))); got != lost[0] {
		t.Errorf("%v codes were really given out again, %v counted", got, lost[0])
	}
	// Those of an earlier population are lost at the rate of its share.
	assign(t, s, "allocators.a.population", "200000")
	lost = of(replicate(t, s, 20), func(r *Result) float64 { return float64(r.Allocators[0].Uncaught) })
	// The population stands for n0 draws with 200 000 different results.
	n0 := math.Log1p(-200_000.0/m) / math.Log1p(-1.0/m)
	agree(t, "mappings lost beside a population", lost, n-(distinct(n0+n, m)-200_000))
}

func TestCodesRunOut(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "lanes.w.arrivals.rate", "100/s", "stores.s.overhead", "0s",
		"allocators.a.strategy", "random", "allocators.a.length", "2", "allocators.a.alphabet", "4", "allocators.a.population", "6", "allocators.a.service", "1us")
	y := start(t, s, 0)
	y.RunUntil(s.Duration)
	if want := "allocator a: all 16 codes are taken"; !strings.HasPrefix(y.Halted(), want) {
		t.Errorf("halted: %q, want %q", y.Halted(), want)
	}
	if got := y.Result().Allocators[0].Issued; got != 10 {
		t.Errorf("%d codes, want the 10 that were free", got)
	}
	if err := y.Check(); err != nil {
		t.Error(err)
	}
}

func TestValidateAllocators(t *testing.T) {
	for _, c := range []struct {
		set     []string
		problem string
	}{
		{[]string{"strategy", "random", "length", "2", "population", "4000"}, "population: must be at most 3843 of the 3844 codes that length and alphabet allow, got 4000"},
		{[]string{"strategy", "random", "service", "0s"}, "service: must be above 0, or the round trip, for random codes that are checked"},
		{[]string{"strategy", "random", "service", "0s", "checked", "false"}, ""},
		{[]string{"strategy", "random", "service", "0s", "round_trip", "1ms"}, ""},
		{[]string{"strategy", "snowflake", "machine_bits", "20", "sequence_bits", "22"}, "sequence_bits: must leave 22 bits for ticks of 1ms: machine_bits + sequence_bits may be 40, got 42"},
		{[]string{"strategy", "central", "machine_bits", "20", "sequence_bits", "22"}, ""},
	} {
		s := built(t, "lanes.w.ids", "a")
		for i := 0; i < len(c.set); i += 2 {
			assign(t, s, "allocators.a."+c.set[i], c.set[i+1])
		}
		got := problemsOf(s)
		if c.problem == "" && got != "" || !strings.Contains(got, c.problem) {
			t.Errorf("%v: %q, want %q", c.set, got, c.problem)
		}
	}
}
