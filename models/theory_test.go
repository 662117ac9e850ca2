package models

import (
	"fmt"
	"math"
	"testing"

	"onepen/sim"
)

// erlangC returns the probability of waiting in M/M/c with offered load a
// [erlang] (Erlang 1917; Gross, Shortle, Thompson and Harris 2008,
// "Fundamentals of Queueing Theory", 4th ed., § 2.3), by the recursion for
// Erlang B.
func erlangC(c int, a float64) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + a*b)
	}
	rho := a / float64(c)
	return b / (1 - rho*(1-b))
}

// replicate runs a scenario several times.
func replicate(t *testing.T, s *Scenario, replications int) []Result {
	t.Helper()
	results := make([]Result, replications)
	for r := range results {
		y := start(t, s, r)
		y.RunUntil(s.Duration)
		if err := y.Check(); err != nil {
			t.Fatal(err)
		}
		results[r] = y.Result()
	}
	return results
}

// of returns what measure says of each result.
func of(results []Result, measure func(*Result) float64) []float64 {
	values := make([]float64, len(results))
	for i := range results {
		values[i] = measure(&results[i])
	}
	return values
}

// TestQueueingTheory holds single stations against their exact means: the
// sojourn of M/M/1 is 1/(μ-λ), that of M/M/c is 1/μ + C/(cμ-λ), and the
// utilization is ρ. Twenty replications must agree within three standard
// errors. The runs are long enough, by the asymptotic variance of the mean
// sojourn in M/M/1, (1+ρ)²/((1-ρ)⁴ μ² n), for a standard error of about 1 %.
func TestQueueingTheory(t *testing.T) {
	for _, q := range []struct {
		where   string // the station that is the queue
		servers int
		rho     float64
		seconds int
	}{
		{"store", 1, 0.5, 100},
		{"store", 1, 0.8, 200},
		{"store", 1, 0.95, 800},
		{"store", 4, 0.9, 150},
		{"allocator", 1, 0.8, 200},
	} {
		t.Run(fmt.Sprintf("M/M/%d at %g in the %s", q.servers, q.rho, q.where), func(t *testing.T) {
			t.Parallel()
			const mu = 1000.0
			lambda := q.rho * mu * float64(q.servers)
			s := built(t, "duration", fmt.Sprintf("%ds", q.seconds), "warmup", "10s",
				"lanes.w.arrivals.rate", fmt.Sprintf("%g/s", lambda), "stores.s.servers", fmt.Sprint(q.servers))
			utilization := func(r *Result) float64 { return r.Stores[0].Partitions[0].Utilization }
			if q.where == "allocator" {
				assign(t, s, "lanes.w.ids", "a", "allocators.a.service", "exponential(1ms)", "stores.s.overhead", "0s")
				utilization = func(r *Result) float64 { return r.Allocators[0].Utilization }
			} else {
				assign(t, s, "stores.s.overhead", "exponential(1ms)")
			}
			results := replicate(t, s, 20)
			want := 1/mu + erlangC(q.servers, lambda/mu)/(float64(q.servers)*mu-lambda)
			agree(t, "mean sojourn [s]", of(results, func(r *Result) float64 { return r.Lanes[0].Commit.Mean() }), want)
			agree(t, "utilization", of(results, utilization), q.rho)
		})
	}
}

// agree fails unless the mean of values lies within three standard errors of
// the exact one, or if the standard error is so large that this says nothing.
// For fewer than twenty values, as in short mode, the limit is that which
// Student's t exceeds as rarely.
func agree(t *testing.T, what string, values []float64, want float64) {
	t.Helper()
	var tally sim.Tally
	for _, v := range values {
		tally.Add(v)
	}
	se := tally.SD() / math.Sqrt(float64(tally.N()))
	limit := 3 * se
	if len(values) < 20 {
		limit = sim.StudentInterval(values, 0.9973).HalfWidth
	}
	if off := math.Abs(tally.Mean() - want); off > limit {
		t.Errorf("%s: got %v ± %v (standard error), want %v: off by %.1f standard errors", what, tally.Mean(), se, want, off/se)
	}
	if se > 0.03*want && len(values) >= 20 {
		t.Errorf("%s: standard error %v is over 3 %% of %v: the test could not see a bias", what, se, want)
	}
}
