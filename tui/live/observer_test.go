package live

import (
	"math"
	"slices"
	"testing"

	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
)

// TestFramesStayAsTheyWere: whoever holds a frame is not disturbed by the run
// that goes on.
func TestFramesStayAsTheyWere(t *testing.T) {
	r, err := newRun(origin{written: penScenario(t)})
	if err != nil {
		t.Fatal(err)
	}
	advanceTo(r, 5*sim.Second)
	f := r.frame()
	times, piled := slices.Clone(f.Times), slices.Clone(f.Lanes[0].Piled[models.StageAllocator])
	totals, parts := f.Lanes[0].Now.Totals, slices.Clone(f.Stores[0].Partitions)
	r.move(4, "orders", false)
	advanceTo(r, 3*sim.Minute)
	if !slices.Equal(f.Times, times) || !slices.Equal(f.Lanes[0].Piled[models.StageAllocator], piled) {
		t.Error("the history of a frame has changed")
	}
	if f.Lanes[0].Now.Totals != totals || !slices.Equal(f.Stores[0].Partitions, parts) {
		t.Error("the numbers of a frame have changed")
	}
	if len(f.Marks) != 0 || f.Scenario.Allocators[0].Strategy != models.Central {
		t.Error("a frame shows a change that was made after it")
	}
}

func advanceTo(r *run, at sim.Time) {
	for r.system.Now() < at {
		r.advance(at - r.system.Now())
	}
}

// TestHistoryIsAMinute: what a chart shows reaches from one edge of its window
// to the other, and memory does not grow with the run.
func TestHistoryIsAMinute(t *testing.T) {
	s := penScenario(t)
	for _, rate := range []string{"lanes.orders.arrivals.rate", "lanes.events.arrivals.rate"} {
		if err := s.Set(rate, "20/s"); err != nil {
			t.Fatal(err)
		}
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	for _, minutes := range []sim.Time{2, 60} {
		advanceTo(r, minutes*sim.Minute)
		f := r.frame()
		if f.Window.Max != f.Time.Seconds() || math.Abs(f.Window.Max-f.Window.Min-60) > 1e-9 {
			t.Errorf("window %v at %v, want the last minute", f.Window, f.Time)
		}
		if first, last := f.Times[0], f.Times[len(f.Times)-1]; first > f.Window.Min || last != f.Window.Max {
			t.Errorf("samples from %v to %v, want all of %v", first, last, f.Window)
		}
		for name, n := range map[string]int{"p50": len(f.Lanes[0].AckP50), "p99": len(f.Lanes[1].AckP99), "piled": len(f.Lanes[0].Piled[0])} {
			if n != len(f.Times) {
				t.Errorf("%d values of %s for %d instants", n, name, len(f.Times))
			}
		}
		if got := cap(r.observer.times.values); got > 2*603 { // 60 s of 100 ms and both ends
			t.Errorf("room for %d samples at %v, want at most two windows", got, f.Time)
		}
	}
}

// TestAverages compares what a frame says after a long calm run with what the
// scenario implies: by Little's law 0.5 writes in flight per store at 100/s and
// 5 ms (Little 1961, L = λW).
func TestAverages(t *testing.T) {
	s := models.NewScenario("plain")
	for _, name := range []string{"stores.s", "lanes.l"} {
		section, component, _ := cut(name)
		if err := s.Add(section, component); err != nil {
			t.Fatal(err)
		}
	}
	for path, value := range map[string]string{
		"lanes.l.store": "s", "lanes.l.arrivals.process": "deterministic", "lanes.l.arrivals.rate": "100/s",
		"stores.s.overhead": "5ms",
	} {
		if err := s.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	r, err := newRun(origin{written: s})
	if err != nil {
		t.Fatal(err)
	}
	advanceTo(r, 20*sim.Second)
	f := r.frame()
	for _, test := range []struct {
		what      string
		got, want float64
	}{
		{"offered [1/s]", f.Lanes[0].Offered, 100},
		{"committed [1/s]", f.Lanes[0].Done, 100},
		{"refused [1/s]", f.Lanes[0].Refused, 0},
		{"utilization", f.Stores[0].Partitions[0].Utilization, 0.5},
		{"partition rate [1/s]", f.Stores[0].Partitions[0].Rate, 100},
		{"service time [s]", f.Lanes[0].Parts[models.StageService], 0.005},
		{"line time [s]", f.Lanes[0].Parts[models.StageLine], 0},
		{"writes per operation", f.Lanes[0].Fill, 1},
	} {
		if math.Abs(test.got-test.want) > 1e-6*math.Max(1, test.want) {
			t.Errorf("%s: got %v, want %v", test.what, test.got, test.want)
		}
	}
	// A histogram knows a latency to a few parts in a thousand.
	if got := last(f.Lanes[0].AckP50); math.Abs(got-0.005) > 0.0001 {
		t.Errorf("median to ack: got %v s, want 0.005", got)
	}
}

func last(values []float64) float64 { return values[len(values)-1] }

func cut(name string) (section, component string, found bool) {
	for i := range name {
		if name[i] == '.' {
			return name[:i], name[i+1:], true
		}
	}
	return name, "", false
}

func TestWindowAt(t *testing.T) {
	for _, test := range []struct {
		now  sim.Time
		want chart.Range
	}{
		{0, chart.Range{Min: 0, Max: 10}},
		{10 * sim.Second, chart.Range{Min: 0, Max: 10}},
		{10*sim.Second + 1, chart.Range{Min: 0, Max: 20}},
		{30 * sim.Second, chart.Range{Min: 0, Max: 30}},
		{59 * sim.Second, chart.Range{Min: 0, Max: 60}},
		{100 * sim.Second, chart.Range{Min: 40, Max: 100}},
	} {
		if got := windowAt(test.now); got != test.want {
			t.Errorf("windowAt(%v) = %v, want %v", test.now, got, test.want)
		}
	}
}
