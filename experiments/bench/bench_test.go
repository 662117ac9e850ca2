package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// watch is a clock that models move.
type watch struct{ at time.Time }

func (w *watch) now() time.Time { return w.at }

// clockwork is a model whose operations take a known time. It does one
// operation in ten more than it is told to, as one with random arrivals may.
type clockwork struct {
	watch *watch
	each  time.Duration
	done  uint64
	runs  []int
	fault error
}

func (c *clockwork) Run(n int) {
	n += n / 10
	c.runs = append(c.runs, n)
	c.done += uint64(n)
	c.watch.at = c.watch.at.Add(time.Duration(n) * c.each)
}

func (c *clockwork) Done() uint64 { return c.done }
func (c *clockwork) Check() error { return c.fault }

// measured measures two models, of 40 and 10 ns an operation.
func measured(t *testing.T, ctx context.Context, s Settings, fault error) (Report, []*clockwork, error) {
	t.Helper()
	w := new(watch)
	slow := &clockwork{watch: w, each: 40 * time.Nanosecond, fault: fault}
	fast := &clockwork{watch: w, each: 10 * time.Nanosecond}
	report, err := measure(ctx, s, []workload{
		{name: oneServer, operation: "customer", make: func() model { return slow }},
		{name: recursion, operation: "customer", make: func() model { return fast }},
	}, w.now)
	return report, []*clockwork{slow, fast}, err
}

func TestMeasuresWhatTheWatchSays(t *testing.T) {
	var steps []int
	s := Settings{Rounds: 4, Span: 10 * time.Millisecond, Writes: 1, OnStep: func(done, all int) {
		steps = append(steps, done)
		if all != 10 {
			t.Errorf("%d steps in all, want 2 to make the models and 8 to run them", all)
		}
	}}
	report, models, err := measured(t, context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, steps); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9*want {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	near("time of the slow one", report.Results[0].Time.Median, 40e-9)
	near("time of the fast one", report.Results[1].Time.Median, 10e-9)
	near("their ratio", report.OverFloor.Median, 4)
	// The last run of each is timed, and as long as it should be.
	for _, m := range models {
		last := time.Duration(m.runs[len(m.runs)-1]) * m.each
		if last < 9*time.Millisecond || last > 11*time.Millisecond {
			t.Errorf("a timed run takes %v, want 10ms", last)
		}
	}
}

func TestBrokenModelIsNamed(t *testing.T) {
	fault := errors.New("a write is missing")
	_, _, err := measured(t, context.Background(), Quick(), fault)
	if !errors.Is(err, fault) || !strings.HasPrefix(err.Error(), oneServer+": ") {
		t.Errorf("got error %v", err)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := Quick()
	s.OnStep = func(done, _ int) {
		if done == 3 {
			cancel()
		}
	}
	report, _, err := measured(t, ctx, s, nil)
	if !errors.Is(err, context.Canceled) || len(report.Results) > 0 {
		t.Errorf("got %v and %d results", err, len(report.Results))
	}
}

func TestSpread(t *testing.T) {
	sample := []float64{5, 1, 4, 2, 3}
	got := spreadOf(sample)
	if diff := cmp.Diff(Spread{Least: 1, Low: 2, Median: 3, High: 4}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if sample[0] != 5 {
		t.Error("the sample was sorted in place")
	}
	if got := got.Width(); math.Abs(got-2.0/3) > 1e-15 {
		t.Errorf("width %v, want 2/3", got)
	}
	// Between two figures the median is their mean.
	if got := spreadOf([]float64{1, 2}).Median; got != 1.5 {
		t.Errorf("median of 1 and 2 is %v", got)
	}
	if got := spreadOf(nil).Median; !math.IsNaN(got) {
		t.Errorf("median of nothing is %v", got)
	}
}

// TestRealWorkloads runs what the command runs, for moments only: what it
// takes is the machine's business, how much memory is not.
func TestRealWorkloads(t *testing.T) {
	report, err := Run(context.Background(), Settings{Rounds: 2, Span: time.Millisecond, Writes: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	if m := report.Machine; m.CPU == "" || m.Cores < 1 || !strings.HasPrefix(m.Go, "go") || !strings.Contains(m.System, "/") {
		t.Errorf("machine %+v", m)
	}
	if len(report.Results) != len(workloads()) || !(report.OverFloor.Median > 0) {
		t.Errorf("%d results, ratio %v", len(report.Results), report.OverFloor)
	}
	bytes := map[string]float64{}
	for _, r := range report.Results {
		bytes[r.Workload] = r.Bytes
		if !(r.Time.Least > 0) || r.Time.Median < r.Time.Least || r.Time.High < r.Time.Low {
			t.Errorf("%s: time %+v", r.Workload, r.Time)
		}
		// A few of the program's own may fall into a run of some microseconds.
		if r.Allocations > 0.01 {
			t.Errorf("%s: %v allocations in an operation", r.Workload, r.Allocations)
		}
	}
	// An event is 16 bytes, in blocks that are partly empty; a write of the
	// direct path is at most 96 bytes (see the tests of package models), and on
	// the full path most of them have no operation of their own.
	for name, limits := range map[string][2]float64{
		"hold, 1 000 000 pending": {16, 32},
		"full path":               {32, 80},
		"direct path":             {64, 100},
	} {
		if got := bytes[name]; got < limits[0] || got > limits[1] {
			t.Errorf("%s: %v bytes, want %v to %v", name, got, limits[0], limits[1])
		}
	}
}

// sample is a report with figures of every size.
var sample = Report{
	Machine: Machine{CPU: "Abacus 3000", Cores: 2, Go: "go1.26", System: "linux/amd64"},
	Rounds:  10, Span: 200 * time.Millisecond,
	Results: []Result{
		{Workload: recursion, Operation: "customer", Time: Spread{8e-9, 8.5e-9, 9e-9, 10e-9}},
		{Workload: oneServer, Operation: "customer", Time: Spread{42e-9, 43e-9, 45e-9, 46e-9}, Allocations: 0.25},
		{Workload: "hold, 1 000 000 pending", Operation: "event", Time: Spread{60e-9, 61e-9, 65e-9, 69e-9}, Holds: "pending event", Bytes: 20.19},
		{Workload: "direct path", Operation: "write", Time: Spread{1e-6, 1.1e-6, 1.19e-6, 2.2e-6}, Holds: "write in flight", Bytes: 96.1},
	},
	OverFloor: Spread{4.1, 4.5, 5, 5.5},
}

func TestWriteText(t *testing.T) {
	var b bytes.Buffer
	if err := WriteText(&b, sample); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > 80 {
			t.Errorf("line of %d columns: %s", n, line)
		}
	}
	const file = "testdata/report.txt"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got; rewrite with -update):\n%s", file, diff)
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, "v1", sample); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version, CPU string
		Ratio        map[string]float64 `json:"mm1_over_lindley"`
		Workloads    []map[string]any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "v1" || got.CPU != "Abacus 3000" || got.Ratio["p50"] != 5 || len(got.Workloads) != 4 {
		t.Errorf("%+v", got)
	}
	first, last := got.Workloads[0], got.Workloads[3]
	if first["memory_bytes"] != nil || first["operations_per_s"] != 1/sample.Results[0].Time.Median {
		t.Errorf("%v", first)
	}
	if last["memory_of"] != "write in flight" || last["memory_bytes"] != 96.1 {
		t.Errorf("%v", last)
	}
	if time := last["time_s"].(map[string]any); time["min"] != 1e-6 || time["p75"] != 2.2e-6 {
		t.Errorf("%v", time)
	}
}
