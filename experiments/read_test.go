package experiments

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onepen/models"
	"onepen/sim"
)

// sound is a scenario without mistakes; wrong ones are made from it.
const sound = `name: test
duration: 30s
lanes:
  clicks:
    arrivals: {process: poisson, rate: 900/s}
    keys: {space: 1e6, skew: zipf(0.9)}
    ids: codes
    store: events
    queue:
      mode: durable
      capacity: 1000
    batch: {size: 64, linger: 20ms}
allocators:
  codes: {strategy: range, block: 100}
stores:
  events: {partitions: 8, overhead: lognormal(mean=2ms, cv=0.7), servers: 2}
timeline:
  - {at: 10s, set: {lanes.clicks.batch.size: 1, allocators: {codes: {strategy: central}}}}
  - at: 20s
    set:
      stores.events.overhead: hyperexp(mean=2ms, scv=5)
`

func TestReadScenario(t *testing.T) {
	s, err := ReadScenario("dir/file.yaml", []byte(sound), nil)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"name":                       "test",
		"duration":                   "30s",
		"lanes.clicks.arrivals.rate": "900/s",
		"lanes.clicks.keys.space":    "1000000",
		"lanes.clicks.keys.skew":     "zipf(0.9)",
		"lanes.clicks.queue.mode":    "durable",
		"lanes.clicks.batch.linger":  "20ms",
		"lanes.clicks.ack":           "commit", // not given: the default
		"allocators.codes.strategy":  "range",
		"stores.events.overhead":     "lognormal(mean=2ms, cv=0.7)",
		"stores.events.servers":      "2", // stands behind a call with a comma
	} {
		if got, err := s.Value(path); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", path, got, err, want)
		}
	}
	want := []models.Change{
		{At: 10 * sim.Second, Set: []models.Assignment{
			{Path: "lanes.clicks.batch.size", Value: "1"},
			{Path: "allocators.codes.strategy", Value: "central"},
		}},
		{At: 20 * sim.Second, Set: []models.Assignment{{Path: "stores.events.overhead", Value: "hyperexp(mean=2ms, scv=5)"}}},
	}
	if diff := cmp.Diff(want, s.Timeline, cmpopts.IgnoreUnexported(models.Change{})); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

func TestNestedAndDottedNamesMeanTheSame(t *testing.T) {
	nested := "lanes: {a: {store: s, batch: {size: 7}}}\nstores: {s: {}}\n"
	dotted := "lanes.a.store: s\nlanes.a.batch.size: 7\nstores.s:\n"
	one, err := ReadScenario("x.yaml", []byte(nested), nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ReadScenario("x.yaml", []byte(dotted), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(FormatAll(one)), string(FormatAll(other))); diff != "" {
		t.Errorf("(-nested +dotted):\n%s", diff)
	}
	if one.Name != "x" {
		t.Errorf("a scenario without a name is called %q, want the name of its file, x", one.Name)
	}
}

// wrongs are mistakes, each made by replacing a text of the sound scenario, and
// where and how they must be reported.
var wrongs = []struct {
	name       string
	old, new   string // replaced in sound; old "" = the whole file
	line, col  int
	path       string
	message    string // part of it
	suggestion string
}{
	{"value out of range", "size: 64", "size: 0", 12, 19, "lanes.clicks.batch.size", "must be 1 to 1000000, got 0", ""},
	{"not a number", "capacity: 1000", "capacity: many", 11, 17, "lanes.clicks.queue.capacity", "must be a whole number", ""},
	{"NaN", "capacity: 1000", "capacity: .nan", 11, 17, "lanes.clicks.queue.capacity", "must be a whole number", ""},
	{"wrong unit", "rate: 900/s", "rate: 900/day", 5, 40, "lanes.clicks.arrivals.rate", "must be a rate", ""},
	{"no unit", "duration: 30s", "duration: 30", 2, 11, "duration", "no unit", ""},
	{"negative rate", "rate: 900/s", "rate: -1/s", 5, 40, "lanes.clicks.arrivals.rate", "must be 0/s to", ""},
	{"unknown choice", "mode: durable", "mode: durabel", 10, 13, "lanes.clicks.queue.mode", `got "durabel"`, "durable"},
	{"unknown distribution", "lognormal(", "logormal(", 16, 37, "stores.events.overhead", "unknown distribution", "lognormal"},
	{"bad argument", "cv=0.7", "cv=-1", 16, 37, "stores.events.overhead", "cv", ""},
	{"unknown skew", "zipf(0.9)", "zip(0.9)", 6, 30, "lanes.clicks.keys.skew", "must be uniform, zipf", "zipf(0.9)"},
	{"unknown parameter", "capacity:", "capazity:", 11, 7, "lanes.clicks.queue.capazity", "there is no such name here (there are: mode,", "capacity"},
	{"unknown parameter after another", "linger:", "lingr:", 12, 23, "lanes.clicks.batch.lingr", "there is no such name", "linger"},
	{"parameter of a group beside it", "    ids: codes", "    size: 3", 7, 5, "lanes.clicks.size", "there is no such name", "batch.size"},
	{"unknown part of a dotted name", "lanes.clicks.batch.size: 1,", "lanes.clicks.batsh.size: 1,", 18, 34, "timeline.1.set.lanes.clicks.batsh", "there is no such name", "batch"},
	{"misspelt section", "stores:", "store:", 15, 1, "store", "there are: name, about", "stores"},
	{"misspelt timeline", "timeline:", "timelime:", 17, 1, "timelime", "there is no such name", "timeline"},
	{"misspelt store", "store: events", "store: event", 8, 12, "lanes.clicks.store", `no store "event"`, "events"},
	{"misspelt allocator", "ids: codes", "ids: coder", 7, 10, "lanes.clicks.ids", `no allocator "coder"`, "codes"},
	{"missing reference", "    store: events\n", "", 4, 3, "lanes.clicks.store", "must name a store", ""},
	{"values that do not fit", "duration: 30s", "duration: 30s\nwarmup: 31s", 3, 9, "warmup", "must be shorter than the duration", ""},
	{"duplicate parameter", "ids: codes", "ids: codes\n    ids: none", 8, 5, "lanes.clicks.ids", "given twice, first in line 7", ""},
	{"duplicate by path", "ids: codes", "batch.size: 2", 12, 13, "lanes.clicks.batch.size", "given twice, first in line 7", ""},
	{"duplicate section", "timeline:", "lanes: {}\ntimeline:", 17, 1, "lanes", "given twice, first in line 3", ""},
	{"list for a mapping", "batch: {size: 64, linger: 20ms}", "batch: [64, 20ms]", 12, 12, "lanes.clicks.batch", "must be a mapping of size, linger, aligned, got a list", ""},
	{"text for a mapping", "batch: {size: 64, linger: 20ms}", "batch: 64", 12, 12, "lanes.clicks.batch", `got "64"`, ""},
	{"mapping for a value", "ids: codes", "ids: {codes: 1}", 7, 10, "lanes.clicks.ids", "must be a text", ""},
	{"nothing for a value", "ids: codes", "ids:", 7, 9, "lanes.clicks.ids", "got nothing", ""},
	{"part of a value", "ids: codes", "ids.x: codes", 7, 9, "lanes.clicks.ids.x", "has no parts", ""},
	{"bad name of a component", "  codes: {strategy", "  Codes!: {strategy", 14, 3, "allocators.Codes!", "a name is made of a-z", ""},
	{"reserved name", "  codes: {strategy", "  none: {strategy", 14, 3, "allocators.none", "the word for having none", ""},
	{"mapping as a key", "ids: codes", "? {a: b}\n    : codes", 7, 7, "lanes.clicks", "a name must stand before the colon", ""},

	{"timeline: a mapping", "  - {at: 10s, set: {lanes.clicks.batch.size: 1, allocators: {codes: {strategy: central}}}}\n  - at: 20s\n    set:", "  set:", 18, 3, "timeline", "must be a list of changes", ""},
	{"timeline: unknown part", "{at: 10s,", "{att: 10s,", 18, 6, "timeline.1.att", "there is no such name here (there are: at, for, set, fault)", "at"},
	{"timeline: no instant", "- {at: 10s, set", "- {set", 18, 5, "timeline.1", `a change needs "at"`, ""},
	{"timeline: bad instant", "at: 10s", "at: soon", 18, 10, "timeline.1.at", "soon", ""},
	{"timeline: after the end", "at: 20s", "at: 31s", 19, 9, "timeline.2.at", "must be at most the duration, 30s, got 31s", ""},
	{"timeline: out of order", "at: 20s", "at: 9s", 19, 9, "timeline.2.at", "must not be before the change above it, at 10s, got 9s", ""},
	{"timeline: unknown component", "lanes.clicks.batch.size: 1", "lanes.click.batch.size: 1", 18, 27, "timeline.1.set.lanes.click", "there is no such component (there are: clicks)", "clicks"},
	{"timeline: bad value", "batch.size: 1,", "batch.size: 0,", 18, 46, "timeline.1.set.lanes.clicks.batch.size", "must be 1 to 1000000", ""},
	{"timeline: fixed parameter", "lanes.clicks.batch.size: 1,", "lanes.clicks.ids: none,", 18, 39, "timeline.1.set.lanes.clicks.ids", "cannot change while the system runs", ""},
	{"timeline: values that do not fit", "lanes.clicks.batch.size: 1,", "'lanes.clicks.keys.skew': 'hot(0.5, 2000000)',", 18, 47, "timeline.1.set.lanes.clicks.keys.skew", "after this change", ""},
	{"timeline: sets nothing", "stores.events.overhead: hyperexp(mean=2ms, scv=5)", "{}", 21, 7, "timeline.2.set", "sets nothing", ""},

	{"tab", "    ids: codes", "\tids: codes", 7, 1, "", "a tab cannot indent", ""},
	{"bracket not closed", "{size: 64, linger: 20ms}", "{size: 64, linger: 20ms", 13, 11, "", "not YAML", ""},
	{"colon in a plain text", "ids: codes", "ids: a: b", 7, 11, "", "not YAML", ""},
	{"anchor", "ids: codes", "ids: &x codes", 7, 10, "", "anchors such as &x", ""},
	{"alias", "", "a: &x 1\nb: *x\n", 1, 4, "", "anchors", ""},
	{"merge key", "ids: codes", "<<: {a: 1}", 7, 5, "", "merge keys", ""},
	{"tag", "ids: codes", "ids: !!str codes", 7, 10, "", "tags such as !!str", ""},
	{"second document", "timeline:", "---\ntimeline:", 17, 1, "", "a second document", ""},
	{"not UTF-8", "ids: codes", "ids: c\xffdes", 7, 11, "", "byte 0xff is not UTF-8", ""},
	{"control character", "ids: codes", "ids: c\x00des", 7, 11, "", "control character U+0000", ""},
	{"empty file", "", "# nothing\n", 1, 1, "", "the file is empty", ""},
	{"no bytes", "", "", 1, 1, "", "the file is empty", ""},
	{"a list", "", "- a\n", 1, 1, "", "must be a mapping of parameters and sections, got a list", ""},
	{"a text", "", "hello", 1, 1, "", `got "hello"`, ""},
	{"no lanes", "", "name: x\n", 1, 1, "lanes", "there must be at least one lane", ""},
	{"trace without file", "process: poisson", "process: trace", 5, 5, "lanes.clicks.arrivals.trace", "needs a file", ""},
	{"trace that is not there", "process: poisson", "process: trace, trace: x.csv", 5, 39, "lanes.clicks.arrivals.trace", "cannot read x.csv", ""},
}

func TestReadScenarioReportsMistakes(t *testing.T) {
	for _, w := range wrongs {
		t.Run(w.name, func(t *testing.T) {
			text := w.new
			if w.old != "" {
				text = strings.Replace(sound, w.old, w.new, 1)
				if text == sound {
					t.Fatalf("%q is not in the sound scenario", w.old)
				}
			}
			_, err := ReadScenario("f.yaml", []byte(text), nil)
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatalf("got error %v, want an *InputError", err)
			}
			p := input.Problems[0]
			if p.File != "f.yaml" || p.Line != w.line || p.Col != w.col || p.Path != w.path {
				t.Errorf("reported at %s:%d:%d: %s, want f.yaml:%d:%d: %s", p.File, p.Line, p.Col, p.Path, w.line, w.col, w.path)
			}
			if !strings.Contains(p.Message, w.message) {
				t.Errorf("message is %q, want it to contain %q", p.Message, w.message)
			}
			if p.Suggestion != w.suggestion {
				t.Errorf("suggestion is %q, want %q", p.Suggestion, w.suggestion)
			}
			if w.name != "alias" && len(input.Problems) > 1 {
				t.Errorf("one mistake was reported as %d problems:\n%v", len(input.Problems), err)
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	text := strings.NewReplacer(
		"30s", "30", "900/s", "900", "durable", "durabel", "size: 64", "size: 0", "block: 100", "blok: 100",
		"at: 20s", "at: 5s", "store: events", "store: evens",
	).Replace(sound)
	_, err := ReadScenario("f.yaml", []byte(text), nil)
	var input *InputError
	if !errors.As(err, &input) {
		t.Fatalf("got error %v, want an *InputError", err)
	}
	var got []string
	for _, p := range input.Problems {
		got = append(got, fmt.Sprintf("%d %s %s", p.Line, p.Path, p.Suggestion))
	}
	want := []string{
		"2 duration ", "5 lanes.clicks.arrivals.rate 900/s", "8 lanes.clicks.store events",
		"10 lanes.clicks.queue.mode durable", "12 lanes.clicks.batch.size ",
		"14 allocators.codes.blok block", "19 timeline.2.at ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProblemShowsTheLine(t *testing.T) {
	text := strings.Replace(sound, "size: 64", "size: 0", 1)
	_, err := ReadScenario("f.yaml", []byte(text), nil)
	want := `f.yaml:12:19: lanes.clicks.batch.size: must be 1 to 1000000, got 0
   12 |     batch: {size: 0, linger: 20ms}
      |                   ^`
	if diff := cmp.Diff(want, fmt.Sprint(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProblemShowsPartOfALongLine(t *testing.T) {
	text := "lanes: {a: {store: " + strings.Repeat("é", 500) + ", batch: {size: 0}}}\nstores: {s: {}}\n"
	_, err := ReadScenario("f.yaml", []byte(text), nil)
	lines := strings.Split(fmt.Sprint(err), "\n")
	for i, line := range lines {
		if n := len([]rune(line)); i%3 > 0 && n > 120 {
			t.Errorf("line of %d characters: %s", n, line)
		}
	}
	// The caret of the last problem stands under the 0.
	shown, caret := []rune(lines[len(lines)-2]), []rune(lines[len(lines)-1])
	if shown[len(caret)-1] != '0' {
		t.Errorf("the caret is not under the value:\n%s\n%s", string(shown), string(caret))
	}
}

func TestLargeFileIsRefused(t *testing.T) {
	_, err := ReadScenario("f.yaml", []byte(strings.Repeat("# x\n", maxSource/4+1)), nil)
	if err == nil || !strings.Contains(err.Error(), "a scenario has at most 1048576") {
		t.Errorf("got %v", err)
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	for _, open := range []string{"[", "{a: ", "- "} {
		if _, err := ReadScenario("f.yaml", []byte(strings.Repeat(open, 100_000)), nil); err == nil {
			t.Errorf("100 000 times %q was read", open)
		}
	}
}

func TestManyProblemsAreCut(t *testing.T) {
	_, err := ReadScenario("f.yaml", []byte(sound+manyUnknown(100)), nil)
	if text := fmt.Sprint(err); !strings.HasSuffix(text, "and 75 problems more") {
		t.Errorf("got %s", text[max(0, len(text)-100):])
	}
}

func manyUnknown(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "qqqq%d: 1\n", i)
	}
	return b.String()
}

func FuzzReadScenario(f *testing.F) {
	f.Add(sound)
	for _, w := range wrongs {
		if w.old == "" {
			f.Add(w.new)
		} else {
			f.Add(strings.Replace(sound, w.old, w.new, 1))
		}
	}
	noFile := func(string) (io.ReadCloser, error) { return nil, errors.New("no files") }
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadScenario("f.yaml", []byte(text), noFile)
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
				_ = p.String()
			}
			return
		}
		// What was read is written as a file that is read as the same.
		written := FormatAll(s)
		again, err := ReadScenario("f.yaml", written, noFile)
		if err != nil {
			t.Fatalf("written as\n%s\nwhich is refused: %v", written, err)
		}
		if diff := cmp.Diff(string(written), string(FormatAll(again))); diff != "" {
			t.Errorf("written and read again (-first +second):\n%s", diff)
		}
	})
}
