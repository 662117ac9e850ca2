package enginebench

import (
	"math"
	"testing"
)

// runner is what all models have in common.
type runner interface {
	Run(n int)
	Done() uint64
}

// small makes each model, small enough for a test.
var small = []struct {
	name string
	make func() runner
}{
	{"hold", func() runner { return NewHold(100) }},
	{"requests", func() runner { return NewRequests() }},
	{"station of 1", func() runner { return NewStation(1) }},
	{"station of 4", func() runner { return NewStation(4) }},
	{"Lindley", func() runner { return NewLindley() }},
}

func TestRunDoesWhatItIsTold(t *testing.T) {
	for _, m := range small {
		model := m.make()
		for _, n := range []int{0, 1, 2, 1000} {
			before := model.Done()
			model.Run(n)
			if got := model.Done() - before; got != uint64(n) {
				t.Errorf("%s: Run(%d) did %d operations", m.name, n, got)
			}
		}
	}
}

func TestSteadyStateDoesNotAllocate(t *testing.T) {
	for _, m := range small {
		model := m.make()
		if got := testing.AllocsPerRun(10, func() { model.Run(1000) }); got != 0 {
			t.Errorf("%s: %v allocations in 1000 operations", m.name, got)
		}
	}
}

func TestHoldKeepsThePendingEvents(t *testing.T) {
	for _, pending := range []int{1, 7, 1000} {
		h := NewHold(pending)
		h.Run(10 * pending)
		if got := h.Pending(); got != pending {
			t.Errorf("%d events pending, want %d", got, pending)
		}
	}
}

// TestRequestsCancel holds the model to its share of cancelled timeouts, which
// is binomial with p = 0.8 (1 - e⁻¹⁰), and to its requests: each has a timeout
// and at most one answer, so there are between 1000 and 2000 events.
func TestRequestsCancel(t *testing.T) {
	const n = 200_000
	r := NewRequests()
	before := r.Cancelled()
	r.Run(n)
	p := answered * (1 - math.Exp(-timeout.Seconds()))
	// A request that takes 10 s to expire is still in flight when ten others
	// have ended, which moves the count by no more than those in flight.
	slack := 4*math.Sqrt(n*p*(1-p)) + requestsInFlight
	if got := float64(r.Cancelled() - before); math.Abs(got-n*p) > slack {
		t.Errorf("%v of %d timeouts were cancelled, want %.0f ± %.0f", got, n, n*p, slack)
	}
	if got := r.Pending(); got < requestsInFlight || got > 2*requestsInFlight {
		t.Errorf("%d events pending", got)
	}
}

// TestStationsWaitAsTheorySays holds the mean sojourn time against M/M/1, W =
// E[S]/(1-ρ) = 4 ms, and M/M/4, W = E[S] + C(4, 3.2)·E[S]/(4(1-ρ)) with
// Erlang's C = 0.596 (Gross, Shortle, Thompson and Harris 2008, "Fundamentals
// of Queueing Theory", § 2.3): 3.2 + 2.386 ms. The recursion is M/M/1 as well.
//
// The mean of n waiting times in M/M/1 has a variance of about
//
//	ρ(2 + 5ρ - 4ρ² + ρ³) E[S]² / ((1-ρ)⁴ n)
//
// (Daley 1968, "The serial correlation coefficients of waiting times in a
// stationary single server queue", J. Austral. Math. Soc. 8), that is a standard
// error of 8.9·W/√n; the service times, which sojourns include, make it 9.0.
// M/M/4 varies less.
func TestStationsWaitAsTheorySays(t *testing.T) {
	const n = 2_000_000
	one, four, recursion := NewStation(1), NewStation(4), NewLindley()
	for _, test := range []struct {
		name  string
		model runner
		mean  func() float64
		want  float64 // [s]
	}{
		{"M/M/1", one, func() float64 { return one.Sojourns().Mean() }, 0.004},
		{"M/M/4", four, func() float64 { return four.Sojourns().Mean() }, 0.005_586},
		{"Lindley", recursion, func() float64 { return recursion.Sojourns().Mean() }, 0.004},
	} {
		test.model.Run(n)
		slack := 4 * test.want * 9 / math.Sqrt(n)
		if got := test.mean(); math.Abs(got-test.want) > slack {
			t.Errorf("%s: mean sojourn %.6f s, want %.6f ± %.6f", test.name, got, test.want, slack)
		}
	}
}

func TestLiveBytes(t *testing.T) {
	const kept = 10 << 20
	before := LiveBytes()
	memory := make([]byte, kept)
	// The runtime itself may keep or free a few bytes meanwhile.
	const slack = kept / 1000
	grown := int64(LiveBytes() - before)
	if grown < kept-slack || grown > kept+slack {
		t.Errorf("10 MiB take %d bytes", grown)
	}
	memory[0] = 1 // it was referred to until here
	if left := int64(LiveBytes() - before); left > slack {
		t.Errorf("%d bytes are left of 10 MiB that nothing refers to", left)
	}
}
