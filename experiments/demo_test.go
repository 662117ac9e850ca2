package experiments

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// standing is how the first lane of a demo fared over a span.
type standing struct {
	ack, committed float64 // mean [s], [1/s]
	stage          [models.NumStages]float64
	busiest        float64 // utilization of the busiest partition of the first store
	inFlight       int     // at the end
	reordered      uint64
	counter        float64 // utilization
}

// fared runs a demo headless and returns how it fared between instants.
func fared(t *testing.T, name string, instants ...sim.Time) []standing {
	t.Helper()
	demo, err := LoadDemo(name)
	if err != nil {
		t.Fatal(err)
	}
	y, err := models.New(demo.Headless(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []standing
	var s models.Snapshot
	y.RunUntil(instants[0])
	y.Sample(&s)
	for _, at := range instants[1:] {
		y.RunUntil(at)
		y.Sample(&s)
		l := &s.Lanes[0]
		now := standing{ack: l.Ack.Mean, committed: l.CommittedRate, stage: l.Parts, inFlight: l.InFlight}
		for _, p := range s.Stores[0].Partitions {
			if p.Utilization > now.busiest { // NaN: a partition of this very instant
				now.busiest = p.Utilization
			}
		}
		for _, a := range s.Allocators {
			now.reordered, now.counter = a.Reordered, a.Utilization
		}
		list = append(list, now)
	}
	if err := y.Check(); err != nil {
		t.Error(err)
	}
	return list
}

// so fails unless what a demo says is so.
func so(t *testing.T, holds bool, format string, args ...any) {
	t.Helper()
	if !holds {
		t.Errorf("not so: "+format, args...)
	}
}

// TestDemoOnePen: what the demo says of one-pen is what happens.
func TestDemoOnePen(t *testing.T) {
	const s = sim.Second
	list := fared(t, "one-pen", 4*s, 12*s, 26*s, 28*s, 40*s)
	first, more, ranges := list[0], list[1], list[3]
	service := first.stage[models.StageService]
	so(t, first.ack > 10*service, "writes wait ten times as long as they are stored: %+v", first)
	so(t, first.busiest < 0.35 && more.busiest < 0.25, "a partition is a quarter busy, and then an eighth: %g and %g", first.busiest, more.busiest)
	so(t, more.ack > 0.8*first.ack && more.stage[models.StageAllocator] > 0.8*more.ack, "the line does not care: %+v", more)
	so(t, ranges.ack < 1.3*service && ranges.counter < 0.05, "little more than the store's own time: %+v", ranges)
	so(t, ranges.reordered > 1000, "IDs no longer rise in order: %+v", ranges)
}

// TestDemoHotPartition: what the demo says of the hot partition is what happens.
func TestDemoHotPartition(t *testing.T) {
	const s = sim.Second
	list := fared(t, "hot-partition", 4*s, 8*s, 12*s, 16*s, 20*s, 30*s)
	first, grown, hashed := list[0], list[2], list[4]
	so(t, first.busiest == 1 && first.inFlight > 1000, "one partition is full, and its line grows: %+v", first)
	so(t, grown.busiest == 1 && grown.inFlight > list[1].inFlight, "sixteen do not end it: %+v after %+v", grown, list[1])
	so(t, hashed.busiest < 0.2 && hashed.ack < 0.005 && hashed.inFlight < 20, "all share the load, no line takes its place: %+v", hashed)
}

// TestDemoAllocator: what the demo says of the counter of codes is what happens.
func TestDemoAllocator(t *testing.T) {
	const s = sim.Second
	list := fared(t, "allocator", 4*s, 12*s, 24*s, 24500*sim.Millisecond, 27*s, 40*s, 48*s, 52*s, 55*s, 58*s)
	first, queued, dead, later, free, again := list[0], list[1], list[3], list[4], list[6], list[7]
	so(t, first.counter > 0.9 && first.stage[models.StageAllocator] > 0.7*first.ack, "mappings wait for the counter: %+v", first)
	so(t, queued.stage[models.StageAllocator] > 0.7*queued.ack && queued.stage[models.StageQueue] > 0, "the line is still before it, the queue adds its own time: %+v", queued)
	so(t, dead.committed < 10, "no mapping is stored: %+v", dead)
	so(t, later.inFlight > 1000, "more than a minute to work off three seconds: %+v", later)
	so(t, free.stage[models.StageAllocator] < 1e-5 && free.ack < 0.006, "the wait is gone: %+v", free)
	so(t, again.committed > 0.9*free.committed && again.ack < 1.5*free.ack, "nobody notices: %+v after %+v", again, free)
}

// soundDemo is a demo without mistakes; wrong ones are made from it.
const soundDemo = `about: A test.
scenario: one-pen
set: {lanes.orders.arrivals.rate: 900/s}
speed: 2
large: true
steps:
  - {at: 0s, say: Look.}
  - at: 5s
    ask: What now?
    set: {allocators.counter.strategy: range}
    say: That.
  - at: 9s
    fault: {crash: allocators.counter, for: 2s}
    say: Over.
`

func TestReadDemo(t *testing.T) {
	d, err := ReadDemo("dir/test.yaml", []byte(soundDemo), Load)
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "test" || d.About != "A test." || d.Speed != 2 || !d.Large || d.Scenario.Lanes[0].Arrivals.Rate != 900 {
		t.Errorf("read %+v", d)
	}
	want := []DemoStep{
		{Say: "Look."},
		{Ask: "What now?", Say: "That.", Change: models.Change{At: 5 * sim.Second, Set: []models.Assignment{{Path: "allocators.counter.strategy", Value: "range"}}}},
		{Say: "Over.", Change: models.Change{At: 9 * sim.Second, For: 2 * sim.Second, Fault: models.Fault{Kind: models.Crash, Target: "allocators.counter"}}},
	}
	if diff := cmp.Diff(want, d.Steps); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	if s := d.Headless(); len(s.Timeline) != 2 || s.Duration != 9*sim.Second {
		t.Errorf("headless: %d changes in %v, want 2 in 9s", len(s.Timeline), s.Duration)
	}
}

// wrongDemos are mistakes: what of soundDemo is replaced by what, and what is
// then said, at which place.
var wrongDemos = []struct{ name, old, new, want string }{
	{"no file", soundDemo, "", "f.yaml:1:1: the file is empty; a demo has a scenario and steps"},
	{"a list", soundDemo, "- a\n", "f.yaml:1:1: a demo must be a mapping of a scenario and steps, got a list"},
	{"unknown part", "speed", "sped", "f.yaml:4:1: sped: there is no such name here (there are: scenario, about, speed, large, set, steps); did you mean speed?"},
	{"unknown scenario", "one-pen", "one-pan", `f.yaml:2:11: scenario: there is no scenario "one-pan"; did you mean one-pen?`},
	{"no scenario", "scenario: one-pen\n", "", `a demo needs "scenario"`},
	{"no steps", soundDemo[strings.Index(soundDemo, "steps"):], "", `a demo needs "steps"`},
	{"empty steps", soundDemo[strings.Index(soundDemo, "steps"):], "steps: []\n", "f.yaml:6:8: steps: must be a list of steps"},
	{"speed", "speed: 2", "speed: 0", "f.yaml:4:8: speed: must be a number above 0"},
	{"large", "large: true", "large: big", "f.yaml:5:8: large: must be true or false"},
	{"initial value", "900/s}", "900}", "f.yaml:3:35: set.lanes.orders.arrivals.rate:"},
	{"unknown step part", "ask:", "aks:", "f.yaml:9:5: steps.2.aks: there is no such name here (there are: at, ask, say, set, fault, for); did you mean ask?"},
	{"nothing said", ", say: Look.", "", `f.yaml:7:5: steps.1: a step needs "say"`},
	{"no time", "at: 0s, ", "", `f.yaml:7:5: steps.1: a step needs "at"`},
	{"order", "at: 9s", "at: 4s", "f.yaml:12:9: steps.3.at: must not be before the step above it, at 5s, got 4s"},
	{"never", "at: 9s", "at: never", "f.yaml:12:9: steps.3.at:"},
	{"unknown value", "range", "rage", `f.yaml:10:40: steps.2.set.allocators.counter.strategy:`},
	{"unknown parameter", "strategy", "stategy", "did you mean strategy?"},
	{"fixed parameter", "allocators.counter.strategy: range", "lanes.orders.arrivals.writers: 3", "cannot change while the system runs"},
	{"unknown target", "crash: allocators.counter", "crash: allocators.conter", "did you mean allocators.counter?"},
	{"a span of nothing", "{at: 0s, ", "{at: 0s, for: 2s, ", `steps.1.for: goes with "set" or "fault"`},
	{"empty text", "say: That.", "say: ''", "steps.2.say: must be a text"},
}

func TestReadDemoRefuses(t *testing.T) {
	for _, w := range wrongDemos {
		text := strings.Replace(soundDemo, w.old, w.new, 1)
		_, err := ReadDemo("f.yaml", []byte(text), Load)
		var input *InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%s: got %v, want %q", w.name, err, w.want)
		}
	}
}

func TestLoadDemo(t *testing.T) {
	for _, name := range Demos() {
		if d, err := LoadDemo(name); err != nil || d.Name != name || d.About == "" {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	if _, err := LoadDemo("one-pan"); err == nil || !strings.Contains(err.Error(), "did you mean one-pen?") {
		t.Errorf("got %v, want the demo that was meant", err)
	}
	if _, err := LoadDemo("nowhere.yaml"); err == nil {
		t.Error("read a file that is not there")
	}
}

func FuzzReadDemo(f *testing.F) {
	f.Add(soundDemo)
	for _, w := range wrongDemos {
		f.Add(strings.Replace(soundDemo, w.old, w.new, 1))
	}
	load := func(name string) (*models.Scenario, error) {
		if name != "one-pen" {
			return nil, fmt.Errorf("there is no scenario %q", name)
		}
		return Load(name)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ReadDemo("f.yaml", []byte(text), load)
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatalf("error of type %T: %v", err, err)
			}
			lines := newDocument("", []byte(text)).lines
			for _, p := range input.Problems {
				if p.Line < 0 || p.Line > len(lines)+1 || p.Message == "" {
					t.Errorf("problem %+v of a file with %d lines", p, len(lines))
				}
			}
			return
		}
		if problems := d.Scenario.Validate(); len(problems) > 0 || len(d.Steps) == 0 {
			t.Errorf("a demo was read that cannot run: %v", problems)
		}
	})
}
