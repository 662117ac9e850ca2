package live

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"onepen/models"
	"onepen/sim"
)

// TestPromisesAreThoseDeclared: whatever measure is declared to be a broken
// promise is one on the screen, and nothing else is.
func TestPromisesAreThoseDeclared(t *testing.T) {
	counted := func(c models.Counts) (broken uint64) {
		for _, p := range prices(tally{counts: c}, tally{}) {
			if p.Broken {
				broken += p.Count
			}
		}
		return broken
	}
	all := models.Counts{AckedLost: 1, Duplicates: 2, Collided: 4, Inversions: 8, OutOfOrder: 8, Rejected: 16, Erred: 32, Failed: 64}
	want := 0.0
	for _, m := range models.LaneMeasures() {
		if m.Broken {
			v := m.Of(&models.LaneResult{Counts: all, Ack: new(sim.Histogram), Commit: new(sim.Histogram), Lag: new(sim.Histogram)})
			if v == 0 {
				t.Errorf("%s is declared a broken promise; this test does not break it", m.Name)
			}
			want += v
		}
	}
	if got := counted(all); float64(got) != want {
		t.Errorf("%d broken promises, want the %g that are declared", got, want)
	}
}

// TestStanding takes the mean of some seconds before an instant, and nothing of
// what was not measured.
func TestStanding(t *testing.T) {
	nan := math.NaN()
	l := Lane{AckP50: []float64{9, 1, nan, 3, 9}, AckP99: []float64{9, nan, nan, nan, 9}}
	for stage := range l.Piled {
		l.Piled[stage] = make([]float64, 5)
	}
	l.Piled[0], l.Piled[1] = []float64{9, 1, 2, 3, 9}, []float64{9, 10, 20, 30, 9}
	f := &Frame{Times: []float64{1, 2, 3, 4, 5}}
	got := f.Standing(&l, 0, 4*sim.Second)
	if got.AckP50 != 2 || !math.IsNaN(got.AckP99) || got.InFlight != 22 {
		t.Errorf("got %+v, want p50 2, p99 unknown, 22 in flight", got)
	}
	if got = f.Standing(&l, 3*sim.Second, 4*sim.Second); got.AckP50 != 3 || got.InFlight != 33 {
		t.Errorf("since 3 s: got %+v, want p50 3, 33 in flight", got)
	}
}

// TestMoveIsCompared: ranges relieve the counter, and the frame tells so; back
// to the counter is told as such.
func TestMoveIsCompared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := penScenario(t)
		s.Lanes[0].Arrivals.Writers = 4 // each with a block of its own
		d := drive(t, s, 1, nil)
		d.pass(6 * time.Second)
		d.ask(MakeMove{Lane: "orders", Move: 4})
		f := d.pass(6 * time.Second)
		m := f.Made
		if now := f.Now(m); !(now.AckP50 < m.Before.AckP50/2 && now.InFlight < m.Before.InFlight/2) {
			t.Errorf("before %+v, now %+v; want less than half", m.Before, now)
		}
		prices := f.PricesSince(m)
		if !slices.ContainsFunc(prices, func(p Price) bool { return p.Name == "IDs out of order" && p.Count > 0 }) {
			t.Errorf("prices %v, want IDs out of order", prices)
		}
		d.ask(MakeMove{Lane: "orders", Move: 4})
		f = d.ask(MakeMove{Lane: "orders", Move: 4})
		if m = f.Made; !m.Home || m.To != "central" || m.Effect != moves[4].Settings[0].Effect {
			t.Errorf("last move %+v, want back to central", m)
		}
		d.end()
	})
}

// TestPriceNouns: one write is not counted as several.
func TestPriceNouns(t *testing.T) {
	var one, two tally
	for n, c := range []*models.Counts{&one.counts, &two.counts} {
		k := uint64(n + 1)
		*c = models.Counts{AckedLost: k, Duplicates: k, Collided: k, OutOfOrder: k, Inversions: 2 * k}
	}
	one.reordered, two.reordered = 1, 2
	words := func(list []Price) string {
		var b strings.Builder
		for _, p := range list {
			fmt.Fprintf(&b, "%d %s, ", p.Count, p.Noun())
		}
		return b.String()
	}
	if got, want := words(prices(one, tally{})), "1 acked then lost, 1 duplicate, 1 ID collision, 1 out of order, 1 order inversion, 1 ID out of order, "; got != want {
		t.Errorf("got %s", got)
	}
	if got, want := words(prices(two, tally{})), "2 acked then lost, 2 duplicates, 2 ID collisions, 2 out of order, 2 order inversions, 2 IDs out of order, "; got != want {
		t.Errorf("got %s", got)
	}
}

// TestRestartWithMoves: the moves hold from the first write on, what was before
// them is kept for comparison, and a plain restart forgets them.
func TestRestartWithMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 1, nil)
		d.pass(4 * time.Second)
		at := d.ask(MakeMove{Lane: "orders", Move: 4}).Made.At
		burst := d.Frame().Burst("orders")
		d.ask(Inflict{&burst})
		f := d.ask(Restart{KeepMoves: true})
		if f.Scenario.Allocators[0].Strategy != models.Range || f.Scenario.Lanes[0].Arrivals.Rate != 950 || len(f.Session.Timeline()) != 0 {
			t.Errorf("IDs %v, %g writes/s, %d changes; want range from the start, and no burst",
				f.Scenario.Allocators[0].Strategy, f.Scenario.Lanes[0].Arrivals.Rate, len(f.Session.Timeline()))
		}
		m := f.Made
		if m == nil || m.At != 0 || m.Age != at || !(m.Before.InFlight > 0) || !f.Choices[0][4].Changed {
			t.Errorf("last move %+v, want it kept, measured at %v of the run before, and shown as a change", m, at)
		}
		d.pass(time.Second)
		f = d.ask(Restart{KeepMoves: true, NextSeed: true})
		if f.Scenario.Allocators[0].Strategy != models.Range || f.Scenario.Seed != 8 {
			t.Errorf("again: IDs %v, seed %d; want range, 8", f.Scenario.Allocators[0].Strategy, f.Scenario.Seed)
		}
		if f.Made.Age != at {
			t.Errorf("again: measured at %v, want %v as before", f.Made.Age, at)
		}
		if f = d.ask(Restart{}); f.Scenario.Allocators[0].Strategy != models.Central || f.Made != nil || f.Scenario.Seed != 8 {
			t.Errorf("restart: IDs %v, last move %v, seed %d; want central, none, 8", f.Scenario.Allocators[0].Strategy, f.Made, f.Scenario.Seed)
		}
		d.end()
	})
}

// TestRestartReadsAgain: a restart shows what is written now, and goes on with
// what was if that cannot be read.
func TestRestartReadsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, broken := penScenario(t), false
		load := func(string) (*models.Scenario, error) {
			if broken {
				return nil, errors.New("line 3: no such parameter")
			}
			return now.Clone(), nil
		}
		same := func(a, b *models.Scenario) bool { return a.Lanes[0].Arrivals.Rate == b.Lanes[0].Arrivals.Rate }
		d := driveWith(t, penScenario(t), Options{Load: load, Name: "pen.yaml", Same: same})
		if f := d.ask(Restart{}); f.Event.Text != "" {
			t.Errorf("event %q after a restart of what has not changed", f.Event.Text)
		}
		now.Lanes[0].Arrivals.Rate = 100
		if f := d.ask(Restart{}); f.Scenario.Lanes[0].Arrivals.Rate != 100 || f.Event.Text != "pen.yaml has changed: read again" {
			t.Errorf("%g writes/s, event %q; want 100 and a remark", f.Scenario.Lanes[0].Arrivals.Rate, f.Event.Text)
		}
		broken = true
		if f := d.ask(Restart{}); f.Scenario.Lanes[0].Arrivals.Rate != 100 || !strings.Contains(f.Event.Text, "line 3") {
			t.Errorf("%g writes/s, event %q; want 100 as before and the error", f.Scenario.Lanes[0].Arrivals.Rate, f.Event.Text)
		}
		d.end()
	})
}

// TestDriverCompletes: a run stands where it was asked to end, goes on when it
// is sent on, and ends there again after a restart.
func TestDriverCompletes(t *testing.T) {
	for _, speed := range []Speed{1, 100, MaxSpeed} {
		synctest.Test(t, func(t *testing.T) {
			d := driveWith(t, penScenario(t), Options{Speed: speed, Until: 2 * sim.Second})
			at := func(what string, f *Frame, want sim.Time, complete bool) {
				t.Helper()
				if f.Time != want || f.Complete != complete || f.Running {
					t.Errorf("%v, %s: at %v, complete %v, running %v; want %v, %v, false", speed, what, f.Time, f.Complete, f.Running, want, complete)
				}
			}
			at("the end", d.pass(10*time.Second), 2*sim.Second, true)
			at("a step on", d.ask(Step{}), 21*tenth, false)
			d.ask(Restart{})
			at("again", d.pass(10*time.Second), 2*sim.Second, true)
			d.end()
		})
	}
}
