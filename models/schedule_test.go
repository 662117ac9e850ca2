package models

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// planned returns the first n instants of a schedule, fewer if it ends.
func planned(s *schedule, n int) []sim.Time {
	var at []sim.Time
	for range n {
		next := s.next()
		if next == sim.Never {
			break
		}
		at = append(at, next)
	}
	return at
}

func scheduleOf(config Arrivals) *schedule {
	config.Group = max(config.Group, 1)
	return newSchedule(config, sim.NewStream(1, 0, "test", "gap"), sim.NewStream(1, 0, "test", "phase"), nil)
}

// TestProfileOfEqualGaps: with λ(t) = rate · factor(t) the n-th write comes
// when ∫λ reaches n. For a ramp from 0 to 2 over 10 s at 10/s that is t²
// = n up to t = 10 s, and 20 a second from there.
func TestProfileOfEqualGaps(t *testing.T) {
	for _, c := range []struct {
		profile string
		n       int
		want    func(n int) float64 // [s]
	}{
		{"steps(1s: 2, 2s: 0, 3s: 1)", 60, func(n int) float64 {
			switch {
			case n <= 10:
				return float64(n) / 10
			case n <= 30:
				return 1 + float64(n-10)/20
			default:
				return 3 + float64(n-30)/10
			}
		}},
		{"ramp(0s: 0, 10s: 2)", 150, func(n int) float64 {
			if n <= 100 {
				return math.Sqrt(float64(n))
			}
			return 10 + float64(n-100)/20
		}},
		// Falling: 10 t - t²/2 = n/... the factor is 1 - t/10, so 10t - t²/2 = n.
		{"ramp(0s: 1, 10s: 0)", 49, func(n int) float64 { return 10 - math.Sqrt(100-2*float64(n)) }},
	} {
		s := scheduleOf(Arrivals{Process: Deterministic, Rate: 10, Profile: mustProfile(t, c.profile)})
		at := planned(s, c.n)
		if len(at) != c.n {
			t.Errorf("%s: %d writes, want %d", c.profile, len(at), c.n)
		}
		for i, got := range at {
			if want := c.want(i + 1); math.Abs(got.Seconds()-want) > 2e-9 {
				t.Errorf("%s: write %d at %v, want %v s", c.profile, i+1, got, want)
				break
			}
		}
	}
	// Some hundred thousand periods to a gap, of mean 1.
	rare := scheduleOf(Arrivals{Process: Deterministic, Rate: 1e-5, Profile: mustProfile(t, "daily(period=1s, amplitude=1)")})
	if at := rare.next(); math.Abs(at.Seconds()-100_000) > 1e-6 {
		t.Errorf("a gap of 100000 periods ends at %v", at)
	}
	falling := scheduleOf(Arrivals{Process: Deterministic, Rate: 10, Profile: mustProfile(t, "ramp(0s: 1, 10s: 0)")})
	if at := planned(falling, 100); len(at) > 50 {
		t.Errorf("%d writes though the load falls to 0 after 50", len(at))
	}
}

// TestProfileIsAChangeOfTime: whatever the process, the instants with a
// profile are those without, read on a clock that runs by the factor:
// ∫ factor up to the one is the other.
func TestProfileIsAChangeOfTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		profile := someProfile(t)
		config := Arrivals{Process: rapid.SampledFrom([]Process{Poisson, Deterministic, Trace}).Draw(t, "process"), Rate: 50, Speed: 2, Repeat: true}
		build := func(config Arrivals) *schedule {
			tr, err := readTrace(strings.NewReader("time_s\n0\n0.5\n0.5\n0.7\n"))
			if err != nil {
				t.Fatal(err)
			}
			s := scheduleOf(config)
			s.trace = tr
			return s
		}
		plain := planned(build(config), 200)
		config.Profile = profile
		for i, at := range planned(build(config), 200) {
			want := plain[i].Seconds()
			got := 0.0
			if at > 0 {
				got = profile.mean(at) * at.Seconds()
			}
			if math.Abs(got-want) > 2e-8 { // each is rounded to 1 ns, which a factor of 10 makes 10
				t.Fatalf("%s: write %d at %v, which is %v s without the profile, want %v s", profile, i, at, got, want)
			}
		}
	})
}

// TestChangesOfLoadKeepTheGap changes rate and profile at random instants. Writes
// are one unit of ∫ rate · factor apart all the same, up to the rounding of
// each instant to a nanosecond.
func TestChangesOfLoadKeepTheGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := Arrivals{Process: Deterministic, Rate: 20, Profile: someProfile(t)}
		s := scheduleOf(config)
		now, next, passed := sim.Time(0), s.next(), 0.0
		until := func(at sim.Time) { // integrates the load to at
			whole := func(t sim.Time) float64 {
				if t == 0 {
					return 0
				}
				return s.config.Rate * s.config.Profile.mean(t) * t.Seconds()
			}
			passed += whole(at) - whole(now)
			now = at
		}
		arrived := 0
		for range 30 {
			change := now + sim.Time(rapid.Int64Range(0, int64(300*sim.Millisecond)).Draw(t, "change"))
			for next <= change {
				until(next)
				arrived++
				if off := math.Abs(passed - float64(arrived)); off > 1e-5 {
					t.Fatalf("write %d came at %v after a load of %v", arrived, now, passed)
				}
				next = s.next()
			}
			until(change)
			config.Rate = rapid.SampledFrom([]float64{0, 5, 40}).Draw(t, "rate")
			config.Profile = someProfile(t)
			next = s.configure(withGroup(config), now)
			if next < now {
				t.Fatalf("after a change at %v the next write comes at %v", now, next)
			}
		}
	})
}

func withGroup(a Arrivals) Arrivals {
	a.Group = max(a.Group, 1)
	return a
}

// TestNoLoadEndsTheSearch: no schedule looks for ever for a write that
// does not come.
func TestNoLoadEndsTheSearch(t *testing.T) {
	second, short := mustDist(t, "1s"), mustDist(t, "50ms")
	for _, config := range []Arrivals{
		{Process: Poisson},
		{Process: Poisson, Profile: mustProfile(t, "daily(period=1h, amplitude=1)")},
		{Process: Poisson, Rate: 100, Profile: mustProfile(t, "steps(0s: 0)")},
		{Process: OnOff, On: second, Off: second},
		{Process: OnOff, Rate: 100, On: second, Off: short, Profile: mustProfile(t, "ramp(0s: 0, 1s: 0)")},
	} {
		s := scheduleOf(config)
		if at := s.next(); at != sim.Never {
			t.Errorf("%v with rate %g and profile %s: a write at %v, want none", config.Process, config.Rate, config.Profile, at)
		}
		config.Rate, config.Profile = 100, Profile{}
		if at := s.configure(withGroup(config), 10*sim.Second); at < 10*sim.Second || at > 20*sim.Second {
			t.Errorf("%v: once there is a load, the first write comes at %v", config.Process, at)
		}
	}
}

func mustDist(t *testing.T, text string) sim.Dist {
	t.Helper()
	d, err := sim.ParseDist(text, noFiles)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestPoissonWithProfile counts writes in windows of 1 s. For a Poisson process
// of load λ(t) the count of a window has mean and variance ∫λ, and the sum of
// (count - mean)²/mean over n windows is near chi-squared: mean n, variance 2n
// plus Σ1/mean.
func TestPoissonWithProfile(t *testing.T) {
	const rate, windows = 50.0, 2000
	for _, text := range []string{"daily(period=60s, amplitude=0.8)", "ramp(0s: 0.5, 1000s: 2)", "steps(500s: 3, 700s: 0.2)"} {
		p := mustProfile(t, text)
		s := scheduleOf(Arrivals{Process: Poisson, Rate: rate, Profile: p})
		counts := make([]float64, windows)
		for at := s.next(); at < windows*sim.Second; at = s.next() {
			counts[at/sim.Second]++
		}
		chi, variance, area := 0.0, 0.0, 0.0
		for i, n := range counts {
			end := sim.Time(i+1) * sim.Second
			mean := rate * (p.mean(end)*end.Seconds() - area)
			area += mean / rate
			chi += (n - mean) * (n - mean) / mean
			variance += 2 + 1/mean
		}
		if off := (chi - windows) / math.Sqrt(variance); math.Abs(off) > 4 {
			t.Errorf("%s: Σ(count-mean)²/mean is %v over %d windows, %.1f standard deviations off", text, chi, windows, off)
		}
	}
}

// TestOnOffWithProfile: bursts of exactly 1 s at 100/s and pauses of 1 s, of
// which a profile doubles the first five seconds and silences the rest: the
// mean number of writes is 2 · 100 in each of the bursts at 0, 2 and 4 s (the
// profile ends them at 5 s, as the burst does).
func TestOnOffWithProfile(t *testing.T) {
	config := Arrivals{Process: OnOff, Rate: 50, On: mustDist(t, "1s"), Off: mustDist(t, "1s"), Profile: mustProfile(t, "steps(0s: 2, 5s: 0)")}
	s := scheduleOf(config)
	counts := map[sim.Time]int{}
	for at := s.next(); at != sim.Never; at = s.next() {
		counts[at/sim.Second]++
	}
	for second, n := range counts {
		if second != 0 && second != 2 && second != 4 || math.Abs(float64(n)-200) > 4*math.Sqrt(200) {
			t.Errorf("%d writes in second %d, want about 200 in 0, 2 and 4 alone", n, second)
		}
	}
	if len(counts) != 3 {
		t.Errorf("bursts in %d seconds, want 3", len(counts))
	}
}

// TestTraceMayBeginAgain: a trace that is over begins again when repeat is
// switched on, its gaps as recorded from then on.
func TestTraceMayBeginAgain(t *testing.T) {
	tr, err := readTrace(strings.NewReader("time_s\n0\n1\n3\n"))
	if err != nil {
		t.Fatal(err)
	}
	config := withGroup(Arrivals{Process: Trace, Speed: 1})
	s := newSchedule(config, sim.NewStream(1, 0, "test", "gap"), sim.NewStream(1, 0, "test", "phase"), tr)
	if got := fmt.Sprint(planned(s, 10)); got != "[0 1s 3s]" {
		t.Errorf("once: %s", got)
	}
	config.Repeat = true
	first := s.configure(config, 10*sim.Second) // a mean gap of 1.5 s, then the trace from its start
	if got := fmt.Sprint(slices.Concat([]sim.Time{first}, planned(s, 3))); got != "[11.5s 12.5s 14.5s 16s]" {
		t.Errorf("again: %s", got)
	}
}
