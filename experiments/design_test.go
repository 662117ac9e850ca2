package experiments

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
)

// station is a base written out, for designs in tests.
const station = `
base:
  duration: 2s
  warmup: 500ms
  lanes: {writes: {arrivals: {rate: 800/s}, store: station, retry: {attempts: 3}}}
  stores: {station: {overhead: exponential(1ms), replicas: 3}}
`

func readDesign(text string) (*Design, error) {
	return ReadDesign("design.yaml", []byte(text), loadShipped, openShipped)
}

func mustReadDesign(t *testing.T, text string) *Design {
	t.Helper()
	d, err := readDesign(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// pointsOf writes the points of a design, one a line.
func pointsOf(d *Design) string {
	var b strings.Builder
	for _, p := range d.Points {
		fmt.Fprintln(&b, strings.Join(p, " "))
	}
	return b.String()
}

func TestPoints(t *testing.T) {
	tests := []struct {
		name   string
		design string
		want   string
	}{
		{"a list", "factors: {lanes.writes.batch.size: [1, 8, 1e2]}", "1\n8\n100\n"},
		{"one value", "factors: {lanes.writes.batch.size: 8}", "8\n"},
		{"equal steps of a count", "factors: {lanes.writes.batch.size: {from: 10, to: 45, by: 10}}", "10\n20\n30\n40\n"},
		{"equal steps that rounding would miss", "factors: {stores.station.contention: {from: 0, to: 0.3, by: 0.1}}", "0\n0.1\n0.2\n0.3\n"},
		{"equal ratios", "factors: {lanes.writes.batch.size: {from: 1, to: 20, times: 2}}", "1\n2\n4\n8\n16\n"},
		{"a linear range of rates", "factors: {lanes.writes.arrivals.rate: {from: 100/s, to: 400/s, points: 4}}", "100/s\n200/s\n300/s\n400/s\n"},
		{"a logarithmic range of times", "factors: {lanes.writes.batch.linger: {from: 1ms, to: 1s, points: 4, scale: log}}", "1ms\n10ms\n100ms\n1s\n"},
		{"whole numbers that come together", "factors: {lanes.writes.batch.size: {from: 1, to: 4, points: 8, scale: log}}", "1\n2\n3\n4\n"},
		{"a distribution of one time", "factors: {stores.station.overhead: {from: 1ms, to: 4ms, times: 2}}", "1ms\n2ms\n4ms\n"},
		{"calls with commas", "factors: {stores.station.overhead: [lognormal(mean=2ms, cv=0.7), 3ms]}", "lognormal(mean=2ms, cv=0.7)\n3ms\n"},
		{"crossed, the last fastest", "factors: {lanes.writes.batch.size: [1, 8], stores.station.partitions: [2, 4]}", "1 2\n1 4\n8 2\n8 4\n"},
		{"zipped", "factors: {lanes.writes.batch.size: [1, 8], stores.station.route: [hash, ring], stores.station.partitions: [2, 4]}\nzip: [[stores.station.partitions, lanes.writes.batch.size]]",
			"1 hash 2\n1 ring 2\n8 hash 4\n8 ring 4\n"},
		{"zipped, with a value twice", "factors: {lanes.writes.batch.size: [1, 8, 8], stores.station.partitions: [2, 2, 4]}\nzip: [[stores.station.partitions, lanes.writes.batch.size]]", "1 2\n8 2\n8 4\n"},
		{"constrained by two parameters", "factors: {stores.station.replicas: [1, 2, 3], stores.station.quorum: [1, 2, 3]}\nwhere: [stores.station.quorum <= stores.station.replicas]",
			"1 1\n2 1\n2 2\n3 1\n3 2\n3 3\n"},
		{"constrained by a product", "factors: {lanes.writes.arrivals.rate: [500/s, 1000/s, 2000/s], stores.station.servers: [1, 2]}\nwhere: ['lanes.writes.arrivals.rate * 1ms < stores.station.servers']",
			"500/s 1\n500/s 2\n1000/s 2\n"},
		{"constrained by a word", "factors: {stores.station.route: [hash, ring], stores.station.partitions: [1, 2]}\nwhere: [stores.station.route == ring]", "ring 1\nring 2\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := mustReadDesign(t, "question: what?\n"+station+test.design)
			if diff := cmp.Diff(test.want, pointsOf(d)); diff != "" {
				t.Errorf("points (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDesignIsReadWhole(t *testing.T) {
	d := mustReadDesign(t, `
question: |
  How long may a batch wait?
about: Look at the tail.
base: url-shortener
set: {duration: 3s, lanes: {clicks: {batch: {size: 4}}}, stores.links.partitions: 2}
factors:
  lanes.clicks.batch.linger: [1ms, 10ms]
replications: {until: {lanes.clicks.ack_p99_s: 5%, lanes.mapping.ack_mean_s: 2ms, stores.links.read_width: 1}, max: 40}
warmup: 1s
measures: [lanes.mapping.ack_p99_s, allocators.codes.utilization]
`)
	if d.Question != "How long may a batch wait?" || d.About != "Look at the tail." || d.Name != "design" {
		t.Errorf("name %q, question %q, about %q", d.Name, d.Question, d.About)
	}
	s := d.Scenario(1)
	if s.Name != "url-shortener" || s.Duration.Seconds() != 3 || s.Warmup.Seconds() != 1 || s.Lane("clicks").Batch.Size != 4 ||
		s.Store("links").Partitions != 2 || s.Lane("clicks").Batch.Linger.Seconds() != 0.01 {
		t.Errorf("scenario of point 1:\n%s", Format(s))
	}
	var asked []string
	for _, r := range d.Responses {
		asked = append(asked, r.Name())
	}
	if diff := cmp.Diff([]string{"lanes.mapping.ack_p99_s", "allocators.codes.utilization", "lanes.clicks.ack_p99_s", "lanes.mapping.ack_mean_s"}, asked[:min(4, len(asked))]); diff != "" {
		t.Errorf("responses (-want +got):\n%s", diff)
	}
	if d.Replications.Min != usualReplications || d.Replications.Max != 40 || len(d.Replications.Targets) != 3 {
		t.Errorf("replications %+v", d.Replications)
	}
}

func TestBadDesigns(t *testing.T) {
	const factors = "factors: {lanes.writes.batch.size: [1]}\n"
	tests := []struct {
		name, text string
		want       []string // parts of the error
	}{
		{"nothing", "", []string{"the file is empty"}},
		{"a list", "- 1", []string{"must be a mapping"}},
		{"all that is missing", "about: x", []string{"question: is missing", "base: is missing"}},
		{"a misspelt part", "question: q\nfactor: {}\n" + station, []string{"design.yaml:2:1: factor: there is no such part of a sweep", "did you mean factors?", "factors: are missing"}},
		{"a part twice", "question: q\nquestion: q\n" + station + factors, []string{"given twice"}},
		{"an unknown base", "question: q\nbase: one-pne\n" + factors, []string{`there is no scenario "one-pne"`, "did you mean one-pen?"}},
		{"a wrong base", "question: q\nbase: {lanes: {a: {store: s, batch: {size: 0}}}, stores: {s: {}}}\n" + factors, []string{"lanes.a.batch.size: must be 1 to"}},
		{"a misspelt component", "question: q\nset: {lanes: {writers: {batch: {size: 2}}}}\n" + station + factors, []string{"the base has no such lane", "did you mean lanes.writes?"}},
		{"a bad value set", "question: q\nset: {lanes.writes.batch.size: many}\n" + station + factors, []string{"design.yaml:2:32: lanes.writes.batch.size: must be a whole number"}},
		{"a misspelt factor", "question: q\n" + station + "factors: {lanes.writes.batch.sise: [1]}", []string{"did you mean lanes.writes.batch.size?"}},
		{"several bad values", "question: q\n" + station + "factors: {lanes.writes.batch.size: [0, x, [1]], stores.station.route: [hush]}",
			[]string{"must be 1 to 1000000, got 0", `got "x"`, "got a list", "did you mean hash?"}},
		{"the same value twice", "question: q\n" + station + "factors: {lanes.writes.batch.size: [100, 1e2]}", []string{"have the point {lanes.writes.batch.size: 100} twice"}},
		{"no values", "question: q\n" + station + "factors: {lanes.writes.batch.size: []}", []string{"at least one value"}},
		{"the seed as a factor", "question: q\n" + station + "factors: {seed: [1, 2]}", []string{"seed: is the same at all points"}},
		{"set and varied", "question: q\nset: {lanes.writes.batch.size: 2}\n" + station + factors, []string{"is a factor as well"}},
		{"a range of words", "question: q\n" + station + "factors: {stores.station.route: {from: hash, to: ring, by: 1}}", []string{"what has no numbers is given as a list"}},
		{"a range without steps", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 1, to: 2}}", []string{"one of by, times and points"}},
		{"a range backwards", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 3, to: 2, by: 1}}", []string{"from must be at most to"}},
		{"a range that never gets on", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 1, to: 2, times: 1}}", []string{"times must be a number above 1"}},
		{"a range of a million", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 1, to: 1e6, by: 1}}", []string{"at most 10000 values"}},
		{"a misspelt range", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 1, to: 2, pints: 2}}", []string{"did you mean points?"}},
		{"beyond the range of the parameter", "question: q\n" + station + "factors: {stores.station.contention: {from: 0, to: 2e9, points: 2}}", []string{"of the range: must be"}},
		{"zipped with a stranger", "question: q\n" + station + factors + "zip: [[lanes.writes.batch.size, lanes.writes.batch.linger]]", []string{"lanes.writes.batch.linger is no factor"}},
		{"zipped unequally", "question: q\n" + station + "factors: {lanes.writes.batch.size: [1], stores.station.partitions: [1, 2]}\nzip: [[lanes.writes.batch.size, stores.station.partitions]]",
			[]string{"must have equally many values: lanes.writes.batch.size has 1, stores.station.partitions has 2"}},
		{"zipped twice", "question: q\n" + station + "factors: {lanes.writes.batch.size: [1], stores.station.partitions: [1]}\nzip: [[lanes.writes.batch.size, stores.station.partitions], [lanes.writes.batch.size, stores.station.partitions]]",
			[]string{"varies together with others already"}},
		{"no comparison", "question: q\n" + station + factors + "where: [stores.station.quorum]", []string{"must compare two sides"}},
		{"an unknown parameter compared", "question: q\n" + station + factors + "where: [stores.station.quorm < 2]", []string{"did you mean stores.station.quorum?"}},
		{"words compared by size", "question: q\n" + station + factors + "where: [stores.station.route < 2]", []string{`"hash" is no number`}},
		{"no point left", "question: q\n" + station + factors + "where: [lanes.writes.batch.size > 5]", []string{"leaves no point"}},
		{"points that do not fit", "question: q\n" + station + "factors: {stores.station.quorum: [1, 4]}",
			[]string{"stores.station.quorum: must be at most", "at the point {stores.station.quorum: 4}"}},
		{"too many points", "question: q\n" + station + "factors: {lanes.writes.batch.size: {from: 1, to: 1000, by: 1}, stores.station.partitions: {from: 1, to: 1000, by: 1}}", []string{"at most 10000 points"}},
		{"no replications", "question: q\nreplications: 0\n" + station + factors, []string{"must be a whole number, 1 to 100000, got \"0\""}},
		{"until nothing", "question: q\nreplications: {max: 3}\n" + station + factors, []string{"must be a number, or have an until"}},
		{"until a wrong unit", "question: q\nreplications: {until: {ack_p99_s: 3/s}}\n" + station + factors, []string{"in % of the mean or in the unit of the measure"}},
		{"max below min", "question: q\nreplications: {until: {ack_p99_s: 3%}, min: 9, max: 4}\n" + station + factors, []string{"must have a max of at least min, 9, got 4"}},
		{"a misspelt measure", "question: q\nmeasures: [lanes.writes.ack_p98_s]\n" + station + factors, []string{"did you mean lanes.writes.ack_p90_s?"}},
		{"a measure of several", "question: q\nbase: url-shortener\nmeasures: [ack_p99_s]\nfactors: {stores.links.partitions: [1]}", []string{"write which one: lanes.mapping.ack_p99_s, lanes.clicks.ack_p99_s"}},
		{"a bad warm-up", "question: q\nwarmup: detct\n" + station + factors, []string{"or detect; did you mean detect?"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := readDesign(test.text)
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatalf("error %v, want an *InputError", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error\n%v\nwant it to have %q", err, part)
				}
			}
		})
	}
}

func TestFactorColumns(t *testing.T) {
	d := mustReadDesign(t, "question: q\n"+station+`
factors:
  lanes.writes.batch.linger: [1ms, 2.5ms]
  lanes.writes.arrivals.rate: [100/s]
  stores.station.overhead: [1ms, exponential(2ms)]
  stores.station.servers: [2]
`)
	var names, texts []string
	for _, c := range d.Columns() {
		names = append(names, c.Name())
		texts = append(texts, c.text(d.Scenario(3)))
	}
	want := []string{"lanes.writes.batch.linger_s", "lanes.writes.arrivals.rate_per_s", "stores.station.overhead", "stores.station.servers"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"0.0025", "100", "exponential(2ms)", "2"}, texts); diff != "" {
		t.Errorf("values of point 3 (-want +got):\n%s", diff)
	}
}

// The hash tells designs apart that would bring other numbers.
func TestDesignHash(t *testing.T) {
	text := "question: q\n" + station + "factors: {lanes.writes.batch.size: [1, 2]}\n"
	hashes := make(map[string]string)
	for _, more := range []string{"", "replications: 7", "set: {seed: 9}", "measures: [ack_p99_s]", "warmup: detect", "set: {lanes.writes.batch.linger: 1s}"} {
		hash, err := mustReadDesign(t, text+more).Hash()
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := hashes[hash]; twice {
			t.Errorf("%q and %q have the same hash", more, other)
		}
		hashes[hash] = more
	}
	again, _ := mustReadDesign(t, "# another look\n"+strings.Replace(text, "question: q", "question: z", 1)).Hash()
	if hashes[again] != "" || len(hashes) != 6 {
		t.Errorf("another question has another hash, %s", again)
	}
}

// The schema of designs knows every part, and nothing else.
func TestDesignSchemaKnowsAllParts(t *testing.T) {
	var b strings.Builder
	if err := WriteDesignSchema(&b); err != nil {
		t.Fatal(err)
	}
	var top schemaNode
	if err := json.Unmarshal([]byte(b.String()), &top); err != nil {
		t.Fatal(err)
	}
	if len(top.Properties) != len(designKeys()) {
		t.Errorf("%d parts in the schema, %d in designs", len(top.Properties), len(designKeys()))
	}
	for _, key := range designKeys() {
		if top.Properties[key] == nil {
			t.Errorf("the schema does not know %s", key)
		}
	}
	pattern := regexp.MustCompile(factorPattern())
	for path, want := range map[string]bool{"lanes.a.batch.size": true, "duration": true, "batch.size": false, "lanes": false, "seeds": false} {
		if pattern.MatchString(path) != want {
			t.Errorf("the pattern of factors matches %q: %v, want %v", path, !want, want)
		}
	}
}

func FuzzReadDesign(f *testing.F) {
	for _, name := range studies() {
		text, _ := StudySource(name)
		f.Add(string(text))
	}
	f.Add("question: q\n" + station + "factors: {lanes.writes.batch.linger: {from: 1ms, to: 1s, points: 4, scale: log}}\nwhere: ['lanes.writes.arrivals.rate * 1ms < 2']\nzip: []\n")
	f.Add("question: q\n" + station + "factors: {stores.station.overhead: [lognormal(mean=2ms, cv=0.7), 3ms]}\nreplications: {until: {ack_p99_s: 5%}}\nwarmup: detect\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ReadDesign("f.yaml", []byte(text), func(name string) (*models.Scenario, error) { return loadShipped(name) }, func(string) (io.ReadCloser, error) { return nil, os.ErrNotExist })
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a text")
			}
			return
		}
		for i := range min(len(d.Points), 3) {
			if problems := d.Scenario(i).Validate(); len(problems) > 0 {
				t.Errorf("point %d of a design that was read: %v", i, problems)
			}
		}
		if len(d.Responses) == 0 || d.Replications.Min < 1 || d.Replications.Max < d.Replications.Min {
			t.Errorf("design %+v", d)
		}
	})
}
