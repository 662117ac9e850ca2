package live

import (
	"testing"
	"testing/synctest"
	"time"

	"onepen/sim"
)

func TestSpeedNext(t *testing.T) {
	speeds := Speeds()
	for i, s := range speeds {
		if want := speeds[min(i+1, len(speeds)-1)]; s.next(true) != want {
			t.Errorf("%v faster: got %v, want %v", s, s.next(true), want)
		}
		if want := speeds[max(i-1, 0)]; s.next(false) != want {
			t.Errorf("%v slower: got %v, want %v", s, s.next(false), want)
		}
	}
	// A speed from the command line that is none of the list.
	if s := Speed(3); s.next(true) != 5 || s.next(false) != 2 {
		t.Errorf("×3.0: faster %v, slower %v; want ×5.0 and ×2.0", s.next(true), s.next(false))
	}
}

func TestSpeedString(t *testing.T) {
	for s, want := range map[Speed]string{0.1: "×0.1", 1: "×1.0", 50: "×50.0", 100: "×100", MaxSpeed: "max"} {
		if got := s.String(); got != want {
			t.Errorf("%v: got %q, want %q", float64(s), got, want)
		}
	}
}

// TestPacerForgivesDebt: a simulation that cannot keep the speed asked for runs
// as fast as it can, tells how fast that is, and does not jump when it can
// again.
func TestPacerForgivesDebt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(10)
		p.start(0)
		now := sim.Time(0)
		for range 20 { // half a second of simulated time in every 100 ms: ×5
			<-time.After(100 * time.Millisecond)
			if due := p.due(now); due < now+sim.Second/2 {
				t.Fatalf("due at %v when at %v: the simulation would have to wait", due, now)
			}
			now += sim.Second / 2
			p.measure(now)
		}
		if p.pace < 4.9 || p.pace > 5.1 {
			t.Errorf("pace %v, want 5", p.pace)
		}
		if debt, most := p.due(now)-now, sim.Time(10*maxDebt); debt > most {
			t.Errorf("%v to catch up, want at most %v", debt, most)
		}
	})
}

// TestPacerCutsSlices: pieces become as long as takes about a slice of
// wall-clock time, and shorter at once when the work becomes heavier.
func TestPacerCutsSlices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(MaxSpeed)
		cost := 0.1 // wall-clock seconds per simulated second
		step := func(limit sim.Time) sim.Time {
			<-time.After(time.Duration(cost * float64(limit)))
			return limit
		}
		for range 30 {
			p.timed(sim.Never, step)
		}
		if got, want := p.piece, sim.Time(float64(slice)/cost); got != want {
			t.Errorf("piece of %v at 0.1 s per simulated second, want %v", got, want)
		}
		cost = 10
		p.timed(sim.Never, step)
		if got, want := p.piece, sim.Time(float64(slice)/cost); got != want {
			t.Errorf("piece of %v at 10 s per simulated second, want %v", got, want)
		}
	})
}
