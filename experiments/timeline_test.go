package experiments

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onepen/models"
	"onepen/sim"
)

// faulty is a scenario whose line 5 is the change under test.
const faulty = `lanes: {clicks: {store: events, queue: {mode: memory}, arrivals: {writers: 3}}}
stores: {events: {partitions: 8, nodes: 2}}
allocators: {codes: {}}
timeline:
`

func TestTimelineFaults(t *testing.T) {
	text := faulty + `- {at: 1s, fault: {crash: stores.events.partitions.7, for: 3s}}
- {at: 2s, for: 3s, fault: {slow: allocators.codes, by: 2.5}}
- {at: 2s, fault: {crash: lanes.clicks.writers.2}}
- {at: 3s, for: 1s, set: {lanes.clicks.arrivals.rate: 5k/s}, fault: {by: 1e3, slow: stores.events.nodes.1}}
`
	s, err := ReadScenario("f.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []models.Change{
		{At: sim.Second, For: 3 * sim.Second, Fault: models.Fault{Kind: models.Crash, Target: "stores.events.partitions.7"}},
		{At: 2 * sim.Second, For: 3 * sim.Second, Fault: models.Fault{Kind: models.Slow, Target: "allocators.codes", By: 2.5}},
		{At: 2 * sim.Second, Fault: models.Fault{Kind: models.Crash, Target: "lanes.clicks.writers.2"}},
		{At: 3 * sim.Second, For: sim.Second, Fault: models.Fault{Kind: models.Slow, Target: "stores.events.nodes.1", By: 1000},
			Set: []models.Assignment{{Path: "lanes.clicks.arrivals.rate", Value: "5k/s"}}},
	}
	if diff := cmp.Diff(want, s.Timeline, cmpopts.IgnoreUnexported(models.Change{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := ReadScenario("f.yaml", Format(s), nil)
	if err != nil {
		t.Fatalf("%s\n%v", Format(s), err)
	}
	if diff := cmp.Diff(string(Format(s)), string(Format(again))); diff != "" {
		t.Errorf("written and read back (-before +after):\n%s", diff)
	}
}

func TestTimelineRefusesWrongFaults(t *testing.T) {
	for _, w := range []struct {
		change     string
		col        int
		path       string // below timeline.1
		message    string
		suggestion string
	}{
		{"{at: 1s, fault: crash}", 17, ".fault", "must be a fault {crash: ", ""},
		{"{at: 1s, fault: {crush: stores.events.partitions.1}}", 18, ".fault.crush", "there is no such name here (there are: crash, slow, by, for)", "crash"},
		{"{at: 1s, fault: {for: 3s}}", 17, ".fault", "must be one of crash or slow", ""},
		{"{at: 1s, fault: {crash: allocators.codes, slow: allocators.codes, by: 2}}", 17, ".fault", "a fault is one of crash or slow", ""},
		{"{at: 1s, fault: {crash: allocators.codes, crash: allocators.codes}}", 43, ".fault.crash", "is given twice", ""},
		{"{at: 1s, fault: {crash: }}", 25, ".fault.crash", "must name what is to crash", ""},
		{"{at: 1s, fault: {crash: [stores.events.nodes.0]}}", 25, ".fault.crash", "got a list", ""},
		{"{at: 1s, fault: {crash: store.events.nodes.0}}", 25, ".fault.crash", "a fault befalls", "stores"},
		{"{at: 1s, fault: {crash: stores.evens.nodes.0}}", 25, ".fault.crash", `there is no store "evens" (there are: events)`, "stores.events"},
		{"{at: 1s, fault: {crash: stores.events.partition.0}}", 25, ".fault.crash", "must name one of its parts: partitions, nodes", "stores.events.partitions"},
		{"{at: 1s, fault: {crash: stores.events.partitions.8}}", 25, ".fault.crash", "0 to 7", ""},
		{"{at: 1s, fault: {crash: stores.events.nodes.2}}", 25, ".fault.crash", "0 to 1", ""},
		{"{at: 1s, fault: {crash: lanes.clicks.writers.x}}", 25, ".fault.crash", "0 to 2", ""},
		{"{at: 1s, fault: {slow: allocators.codes}}", 24, ".fault.slow", "slow needs by", ""},
		{"{at: 1s, fault: {slow: allocators.codes, by: -2}}", 46, ".fault.by", "must be a number above 0", ""},
		{"{at: 1s, fault: {slow: allocators.codes, by: .inf}}", 46, ".fault.by", "must be a number above 0", ""},
		{"{at: 1s, fault: {slow: allocators.codes, by: inf}}", 24, ".fault.slow", "at most 1e+06", ""},
		{"{at: 1s, fault: {slow: lanes.clicks.writers.0, by: 2}}", 24, ".fault.slow", "cannot be slow, only crash", ""},
		{"{at: 1s, fault: {crash: allocators.codes, by: 2}}", 25, ".fault.crash", "crash takes no by", ""},
		{"{at: 1s, fault: {crash: allocators.codes, for: 0s}}", 48, ".fault.for", "must be a time above 0", ""},
		{"{at: 1s, fault: {crash: allocators.codes, for: never}}", 48, ".fault.for", "without it, the change is for good", ""},
		{"{at: 1s, fault: {crash: allocators.codes, for: 5}}", 48, ".fault.for", "no unit after 5", ""},
		{"{at: 1s, for: 2h, fault: {crash: allocators.codes}}", 15, ".for", "must be at most the duration", ""},
		{"{at: 1s, for: 2s, fault: {crash: allocators.codes, for: 3s}}", 57, ".fault.for", "is given twice, beside the fault and in it", ""},
		{"{at: 1s, for: 2s}", 1, "", `a change needs "set" or "fault"`, ""},
	} {
		_, err := ReadScenario("f.yaml", []byte(faulty+"- "+w.change+"\n"), nil)
		var input *InputError
		if !errors.As(err, &input) {
			t.Errorf("%s: got %v, want an *InputError", w.change, err)
			continue
		}
		p := input.Problems[0]
		if len(input.Problems) > 1 {
			t.Errorf("%s: one mistake was reported as %d problems:\n%v", w.change, len(input.Problems), err)
		}
		col := w.col + 2
		if p.Line != 5 || p.Col != col || p.Path != "timeline.1"+w.path {
			t.Errorf("%s: reported at %d:%d: %s, want 5:%d: timeline.1%s", w.change, p.Line, p.Col, p.Path, col, w.path)
		}
		if !strings.Contains(p.Message, w.message) || p.Suggestion != w.suggestion {
			t.Errorf("%s: %q, did you mean %q; want %q, %q", w.change, p.Message, p.Suggestion, w.message, w.suggestion)
		}
	}
}

// TestTimelineUndoesTemporaryChanges names partitions that are there for three
// seconds only.
func TestTimelineUndoesTemporaryChanges(t *testing.T) {
	more := "- {at: 1s, for: 3s, set: {stores.events.partitions: 16}}\n"
	crash := func(at string) string {
		return "- {at: " + at + ", fault: {crash: stores.events.partitions.12, for: 1s}}\n"
	}
	if _, err := ReadScenario("f.yaml", []byte(faulty+more+crash("2s")), nil); err != nil {
		t.Errorf("while it is there: %v", err)
	}
	if _, err := ReadScenario("f.yaml", []byte(faulty+more+crash("4s")), nil); err == nil || !strings.Contains(err.Error(), "timeline.2.fault.crash: must end in the number of one of its partitions, 0 to 7") {
		t.Errorf("after it is gone: %v", err)
	}
}

func TestNumbersWithCommasAndColonsWithoutSpaces(t *testing.T) {
	for _, c := range []struct{ lane, path, message string }{
		{"{store: s, arrivals: {rate: 1,000/s}}", "lanes.a.arrivals.rate", "write 1000/s without it"},
		{"{store: s, keys: {space: 2,000,000}}", "lanes.a.keys.space", "a comma ends a value inside { }"},
		{"{store: s, arrivals: {process:poisson}}", "lanes.a.arrivals.process", "a space must follow the colon: write process: poisson"},
		{"{store: s, partitions: 4}", "lanes.a.partitions", "it is stores.x.partitions"},
		{"\n    store: s\n    arrivals:\n      process:poisson", "lanes.a.arrivals", "a space must follow the colon"},
	} {
		_, err := ReadScenario("f.yaml", []byte("lanes:\n  a: "+c.lane+"\nstores: {s: {}}\n"), nil)
		var input *InputError
		if !errors.As(err, &input) {
			t.Errorf("%s: got %v, want an *InputError", c.lane, err)
			continue
		}
		if p := input.Problems[0]; p.Path != c.path || !strings.Contains(p.Message, c.message) {
			t.Errorf("%s: %s: %s; want %s: %s", c.lane, p.Path, p.Message, c.path, c.message)
		}
	}
}

// TestTimelineExamplesRun runs every example as it is printed, and sees that it
// matters.
func TestTimelineExamplesRun(t *testing.T) {
	const path = `duration: 55s
lanes: {x: {store: x, ids: x}}
stores: {x: {partitions: 4, replicas: 3, quorum: 3}} # a quorum of two hides a slow one
allocators: {x: {strategy: snowflake}}
`
	summary := func(timeline string) string {
		s, err := ReadScenario("f.yaml", []byte(path+timeline), nil)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := WriteSummary(&b, mustRun(t, s, Options{})); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	calm := summary("")
	for _, e := range TimelineExamples() {
		if troubled := summary("timeline: [" + e.Entry + "]\n"); troubled == calm {
			t.Errorf("%s changes nothing: %s", e.Name, e.Entry)
		}
	}
}
