package theory_test

import (
	"math"
	"testing"

	"onepen/experiments/theory"
)

// near fails unless two numbers agree to a relative error of 1e-9.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Abs(want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// Special cases that can be worked out by hand.
func TestErlang(t *testing.T) {
	near(t, "B of 1 server", theory.ErlangB(1, 0.5), 1.0/3)
	near(t, "B of 2 servers", theory.ErlangB(2, 1), 0.2) // a²/2 / (1 + a + a²/2)
	near(t, "B without servers", theory.ErlangB(0, 3), 1)
	near(t, "C of 1 server", theory.ErlangC(1, 0.8), 0.8)
	near(t, "C of 2 servers", theory.ErlangC(2, 1), 1.0/3) // 2ρ²/(1+ρ)
	if b := theory.ErlangB(100_000, 90_000); !(b >= 0 && b < 1e-100) {
		t.Errorf("B of many servers = %v, want next to nothing", b)
	}
}

func TestStation(t *testing.T) {
	mm1 := theory.Station{ArrivalRate: 800, ServiceTime: 1e-3, ServiceSCV: 1, ArrivalSCV: 1, Servers: 1}
	near(t, "M/M/1 wait", mm1.WaitingTime(), 4e-3)
	near(t, "M/M/1 sojourn", mm1.SojournTime(), 5e-3)
	near(t, "M/M/1 line", mm1.QueueLength(), 3.2)
	md1 := mm1
	md1.ServiceSCV = 0
	near(t, "M/D/1 wait", md1.WaitingTime(), 2e-3)
	if !mm1.Exact() || !md1.Exact() {
		t.Error("Pollaczek's formula is exact for one server and Poisson arrivals")
	}
	many := md1
	many.Servers = 2
	if many.Exact() {
		t.Error("there is no exact formula for M/D/2 here")
	}
	full := mm1
	full.ArrivalRate = 1000
	if !math.IsInf(full.WaitingTime(), 1) || !math.IsInf(full.Relaxation(), 1) || full.Stable() {
		t.Error("a station at capacity has no steady state")
	}
	// The relaxation time must not be less than the exact one of M/M/1, or
	// warm-ups were too short: E[S]/(1-√ρ)².
	for _, rho := range []float64{0.1, 0.5, 0.9, 0.99} {
		q := mm1
		q.ArrivalRate = rho / q.ServiceTime
		exact := q.ServiceTime / math.Pow(1-math.Sqrt(rho), 2)
		if got := q.Relaxation(); got < exact || got > 5*exact {
			t.Errorf("relaxation at ρ = %v: %v s, exact %v s", rho, got, exact)
		}
	}
}

func TestClosed(t *testing.T) {
	q := theory.Closed{Writers: 1, Think: 9e-3, ServiceTime: 1e-3, Servers: 1}
	near(t, "one writer", q.Throughput(), 100) // never waits
	near(t, "its answer", q.SojournTime(), 1e-3)
	q = theory.Closed{Writers: 16, ServiceTime: 2e-3, Servers: 4}
	near(t, "no think time", q.Throughput(), 2000)
	q = theory.Closed{Writers: 100_000, Think: 1, ServiceTime: 1e-3, Servers: 2}
	near(t, "many writers", q.Throughput(), 2000)
	if q.Throughput() > q.ThroughputBound()*(1+1e-9) {
		t.Errorf("throughput %v above its bound %v", q.Throughput(), q.ThroughputBound())
	}
	near(t, "knee", q.Knee(), 2002)
}

func TestUSL(t *testing.T) {
	u := theory.Rounds(9e-3, 1e-3, 0)
	near(t, "Amdahl", u.Capacity(8), 8/1.7)
	near(t, "one", u.Capacity(1), 1)
	if !math.IsInf(u.Peak(), 1) {
		t.Errorf("without crosstalk there is no peak, got one at %v", u.Peak())
	}
	u = theory.USL{Contention: 0.05, Crosstalk: 0.001}
	peak := u.Peak()
	if c := u.Capacity(peak); c < u.Capacity(peak-1) || c < u.Capacity(peak+1) {
		t.Errorf("the capacity at %v is not the largest", peak)
	}
}

// TestBirthday uses the classic: 23 people, 365 days. Sums over all are worked
// out term by term for small spaces.
func TestBirthday(t *testing.T) {
	none, space, draws := 1.0, 1e6, 1000.0
	for i := 1.0; i < draws; i++ {
		none *= 1 - i/space
	}
	b := theory.Birthday{Space: space, Draws: draws}
	near(t, "any of 1000 in a million", b.Any(), 1-none)
	// The textbook form loses seven digits to cancellation.
	if want := draws - space*(1-math.Pow(1-1/space, draws)); math.Abs(b.Repeats()/want-1) > 1e-6 {
		t.Errorf("repeats = %v, want %v", b.Repeats(), want)
	}
	near(t, "pairs", b.Pairs(), 0.4995)
	people := theory.Birthday{Space: 365, Draws: 23}
	if got := people.Any(); math.Abs(got-0.507297) > 1e-4 {
		t.Errorf("23 people: %v, want 0.507297 to four digits", got)
	}
	full := theory.Birthday{Space: 10, Draws: 1000}
	near(t, "a full space", full.Repeats(), 990)
}

func TestSlowRetries(t *testing.T) {
	// One place, all come again: x (1-B(x)) = λ with B = x/(x+μ) gives λμ/(μ-λ).
	q := theory.Loss{ArrivalRate: 500, ServiceTime: 1e-3, Servers: 1, Room: 1}
	near(t, "all come again", theory.SlowRetries(q, 1), 1000)
	near(t, "none comes again", theory.SlowRetries(q, 0), 500)
}

func TestLossNeverOverflows(t *testing.T) {
	q := theory.Loss{ArrivalRate: 1e9, ServiceTime: 1, Servers: 1, Room: 1000}
	if p := q.Refused(); !(p > 1-1.1e-9 && p < 1-0.9e-9) {
		t.Errorf("share refused %v, want all but one in a thousand millions", p)
	}
	if w := q.WaitingTime(); math.Abs(w-999) > 1e-3 {
		t.Errorf("wait of %v s, want 999 s: that of all before it", w)
	}
}

func TestPanicsOutsideItsRange(t *testing.T) {
	for name, call := range map[string]func(){
		"Erlang C at capacity":  func() { theory.ErlangC(2, 2) },
		"Erlang B below zero":   func() { theory.ErlangB(-1, 1) },
		"a station of nothing":  func() { theory.Station{}.WaitingTime() },
		"a loop without writer": func() { theory.Closed{ServiceTime: 1, Servers: 1}.Throughput() },
		"room below servers":    func() { theory.Loss{ArrivalRate: 1, ServiceTime: 1, Servers: 2, Room: 1}.Refused() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}
