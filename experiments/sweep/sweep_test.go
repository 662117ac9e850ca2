package sweep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// station is a design whose runs take a few milliseconds and end in another
// order than they begin in, as loads differ.
const station = `
question: How does load lengthen the wait?
base:
  duration: 1s
  warmup: 200ms
  lanes: {writes: {arrivals: {rate: 100/s}, keys: {space: 1000}, store: station}}
  stores: {station: {overhead: exponential(1ms)}}
factors:
  lanes.writes.arrivals.rate: [900/s, 100/s, 700/s, 300/s]
  stores.station.partitions: [1, 2]
measures: [commit_mean_s, ack_p99_s, stores.station.utilization_max]
`

func design(t testing.TB, more string) *experiments.Design {
	t.Helper()
	d, err := experiments.ReadDesign("station.yaml", []byte(station+more), func(string) (*models.Scenario, error) { return nil, fs.ErrNotExist }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// swept carries out a design and returns its folder.
func swept(t testing.TB, d *experiments.Design, o Options) string {
	t.Helper()
	if o.Folder == "" {
		o.Folder = filepath.Join(t.TempDir(), "out")
	}
	if _, err := Run(context.Background(), d, o); err != nil {
		t.Fatal(err)
	}
	return o.Folder
}

// contents returns the files of a folder by their names.
func contents(t testing.TB, folder string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}

// policies are ways to decide about replications and warm-up.
var policies = map[string]string{
	"fixed":    "replications: 4\n",
	"until":    "replications: {until: {commit_mean_s: 10%}, min: 3, max: 12}\n",
	"detected": "replications: 3\nwarmup: detect\n",
}

func TestSameBytesWithAnyNumberOfWorkers(t *testing.T) {
	for name, policy := range policies {
		t.Run(name, func(t *testing.T) {
			want := contents(t, swept(t, design(t, policy), Options{Workers: 1}))
			if len(want) != 9 {
				t.Errorf("%d files, want 9", len(want))
			}
			for _, workers := range []int{2, 8} {
				if diff := cmp.Diff(want, contents(t, swept(t, design(t, policy), Options{Workers: workers}))); diff != "" {
					t.Errorf("%d workers (-1 worker +these):\n%s", workers, diff)
				}
			}
		})
	}
}

// Whoever reads a table is told first how to read it.
func TestTableBeginsWithWhatItIsAbout(t *testing.T) {
	result, err := Run(context.Background(), design(t, "replications: 1\nabout: |\n  Read commit_mean_s.\n  It costs: a partition.\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := WriteTable(&b, result); err != nil {
		t.Fatal(err)
	}
	want := "How does load lengthen the wait?\n\nRead commit_mean_s.\nIt costs: a partition.\n\n"
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("the table begins with\n%s\nwant\n%s", b.String(), want)
	}
}

// A sweep that is interrupted after each of its runs, and gone on with, ends as
// one that is not.
func TestResumeEndsInTheSameBytes(t *testing.T) {
	for name, policy := range policies {
		t.Run(name, func(t *testing.T) {
			want := contents(t, swept(t, design(t, policy), Options{}))
			folder := filepath.Join(t.TempDir(), "out")
			interruptions := 0
			for {
				ctx, cancel := context.WithCancel(context.Background())
				_, err := Run(ctx, design(t, policy), Options{Folder: folder, Resume: true, Workers: 2, OnProgress: func(p Progress) {
					if p.Done > p.Kept+2 {
						cancel()
					}
				}})
				cancel()
				if err == nil {
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				interruptions++
			}
			if interruptions < 3 {
				t.Errorf("interrupted %d times, want at least 3", interruptions)
			}
			if diff := cmp.Diff(want, contents(t, folder)); diff != "" {
				t.Errorf("files (-at once +interrupted):\n%s", diff)
			}
		})
	}
}

// Whatever is missing at the end of the files, the sweep goes on from what is
// whole.
func TestResumeAfterDamage(t *testing.T) {
	const policy = "replications: 4\n"
	want := contents(t, swept(t, design(t, policy), Options{}))
	unfinished := func(t *testing.T) string {
		folder := filepath.Join(t.TempDir(), "out")
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		_, err := Run(ctx, design(t, policy), Options{Folder: folder, OnProgress: func(p Progress) {
			if p.Done == 10 {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		return folder
	}
	change := func(name string, edit func(string) string) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			path := filepath.Join(folder, name)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(edit(string(text))), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	cut := func(n int) func(string) string { return func(s string) string { return s[:max(0, len(s)-n)] } }
	damages := map[string]func(*testing.T, string){
		"half a row too much":         change("runs.csv", func(s string) string { return s + "station,ab12" }),
		"half a row missing":          change("runs.csv", cut(40)),
		"several rows missing":        change("responses.csv", cut(900)),
		"a changed row":               change("runs.csv", func(s string) string { return s[:len(s)-700] + "9" + s[len(s)-699:] }),
		"all rows missing":            change("stores.csv", cut(1<<30)),
		"half a line of the journal":  change("journal.csv", func(s string) string { return s + "3,1,2000" }),
		"a cut line of the journal":   change("journal.csv", cut(5)),
		"nonsense in the journal":     change("journal.csv", func(s string) string { return s + "x,y,z\n" }),
		"no journal":                  func(t *testing.T, folder string) { os.Remove(filepath.Join(folder, "journal.csv")) },
		"an empty journal":            change("journal.csv", cut(1<<30)),
		"a file that is gone":         func(t *testing.T, folder string) { os.Remove(filepath.Join(folder, "partitions.csv")) },
		"everything but the manifest": func(t *testing.T, folder string) { removeAllBut(t, folder, "manifest.json") },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			folder := unfinished(t)
			damage(t, folder)
			if diff := cmp.Diff(want, contents(t, swept(t, design(t, policy), Options{Folder: folder, Resume: true}))); diff != "" {
				t.Errorf("files (-at once +damaged and gone on with):\n%s", diff)
			}
		})
	}
}

func removeAllBut(t *testing.T, folder, kept string) {
	t.Helper()
	for name := range contents(t, folder) {
		if name != kept {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFoldersThatAreRefused(t *testing.T) {
	const policy = "replications: 2\n"
	done := swept(t, design(t, policy), Options{Origin: experiments.Origin{Version: "v1"}})
	before := contents(t, done)
	tests := []struct {
		name   string
		design string
		o      Options
		want   string
	}{
		{"results are there", policy, Options{}, "--resume goes on with them, or give another folder"},
		{"of another design", "replications: 3\n", Options{Resume: true}, "holds results of another design"},
		{"of another version", policy, Options{Resume: true, Origin: experiments.Origin{Version: "v2"}}, "of version v1 of the program, and this one is v2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.o.Folder = done
			_, err := Run(context.Background(), design(t, test.design), test.o)
			var exists *ExistsError
			if !errors.As(err, &exists) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	result, err := Run(context.Background(), design(t, policy), Options{Folder: done, Resume: true, Origin: experiments.Origin{Version: "v1"}})
	if err != nil || result.Kept != 16 || len(result.Points) != 8 || result.Points[7].Summaries[0].N != 2 {
		t.Errorf("going on with finished results: %v, %d runs kept of 16", err, result.Kept)
	}
	if diff := cmp.Diff(before, contents(t, done)); diff != "" {
		t.Errorf("the files have changed:\n%s", diff)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), design(t, ""), Options{Folder: filepath.Join(file, "out")})
	if err == nil || !strings.Contains(err.Error(), "cannot make the folder for results") {
		t.Errorf("error %v, want one about the folder", err)
	}
}

// A point is run until it is precise enough, and no more often.
func TestUntilStopsWhereThePrecisionIsReached(t *testing.T) {
	d := design(t, policies["until"])
	result, err := Run(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	few, many := 0, 0
	for i, p := range result.Points {
		s := p.Summaries[0]
		if s.RelHalfWidth() > 0.1 && s.N < 12 {
			t.Errorf("point %d: %v of the mean after %d replications", i, s.RelHalfWidth(), s.N)
		}
		if s.N > 3 && s.N < 12 {
			many++
		}
		if s.N == 3 {
			few++
		}
	}
	if few == 0 || many == 0 {
		t.Errorf("%d points stop at once, %d later: the test shows nothing", few, many)
	}
}

// All summaries are Student's intervals of the values in responses.csv.
func TestSummaryFollowsFromResponses(t *testing.T) {
	d := design(t, "replications: 4\n")
	result, err := Run(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range result.Points {
		for j, r := range d.Responses {
			var values []float64
			for replication := range 4 {
				one, err := Point(context.Background(), d, i)
				if err != nil {
					t.Fatal(err)
				}
				report, err := experiments.Run(context.Background(), one.Scenario, experiments.Options{Replication: replication})
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, r.Of(&report.Result))
			}
			mean := (values[0] + values[1] + values[2] + values[3]) / 4
			if s := p.Summaries[j]; s.N != 4 || math.Abs(s.Mean-mean) > 1e-12*mean {
				t.Errorf("point %d, %s: mean %v of %d, want %v of 4", i, r.Name(), s.Mean, s.N, mean)
			}
		}
	}
}

// A detected warm-up is longer where it takes longer to settle, and is that of
// the rows.
func TestDetectedWarmup(t *testing.T) {
	long := strings.NewReplacer("duration: 1s", "duration: 60s", "[900/s, 100/s, 700/s, 300/s]", "[950/s, 100/s]", "[1, 2]", "[1]").Replace(station)
	d, err := experiments.ReadDesign("long.yaml", []byte(long+"replications: 1\nwarmup: detect\n"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var at []float64
	for i := range d.Points {
		one, err := Point(context.Background(), d, i)
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, one.Scenario.Warmup.Seconds())
	}
	t.Logf("warm-ups %v s", at)
	if !(at[0] > at[1]) {
		t.Errorf("warm-ups %v s of loads 0.95 and 0.1: want the first one longer", at)
	}
}

// A window that begins in the empty system, at a load whose line takes a while to
// build up, is told; with a warm-up it is not.
func TestWarmupThatIsTooShort(t *testing.T) {
	for _, test := range []struct {
		duration, warmup, replications string
		want                           bool
	}{{"4s", "0s", "100", true}, {"60s", "20s", "10", false}} {
		text := strings.NewReplacer("duration: 1s", "duration: "+test.duration, "warmup: 200ms", "warmup: "+test.warmup,
			"[900/s, 100/s, 700/s, 300/s]", "[980/s, 100/s]", "[1, 2]", "[1]").Replace(station)
		d, err := experiments.ReadDesign("long.yaml", []byte(text+"replications: "+test.replications+"\n"), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		result, err := Run(context.Background(), d, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Points[0].Summaries[0].Warnings&response.WarmupNotReached != 0; got != test.want {
			t.Errorf("load 0.98, warm-up %s: warned %v, want %v", test.warmup, got, test.want)
		}
		if result.Points[1].Summaries[0].Warnings&response.WarmupNotReached != 0 {
			t.Errorf("load 0.1, warm-up %s: warned, although it settles at once", test.warmup)
		}
	}
}

// The alarm is false for one point in a thousand, or hardly more: the differences
// of a settled M/M/1 are not normal.
func TestSettlingRarelyWarnsInVain(t *testing.T) {
	points := 400
	if testing.Short() {
		points = 100
	}
	stream := sim.NewStream(1, 0, "settling", "test")
	vain := 0
	for range points {
		var s settling
		for range 5 {
			s.add([]experiments.Level{{First: stream.Float64(), Late: stream.Float64()}})
		}
		if !s.reached() {
			vain++
		}
	}
	if vain > 3 {
		t.Errorf("%d of %d settled points are warned of", vain, points)
	}
}

// BenchmarkSweep shows how the time of a sweep shrinks with workers.
func BenchmarkSweep(b *testing.B) {
	long := strings.Replace(station, "duration: 1s", "duration: 60s", 1)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			d, err := experiments.ReadDesign("long.yaml", []byte(long), nil, nil)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				b.StopTimer()
				folder := filepath.Join(b.TempDir(), "out")
				b.StartTimer()
				swept(b, d, Options{Folder: folder, Workers: workers})
			}
		})
	}
}
