package figures

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/plot"
	"onepen/experiments/response"
	"onepen/experiments/results"
	"onepen/models"
)

// written runs a scenario with some settings, several replications of each, and
// returns the folder with the files of all runs.
func written(t *testing.T, replications int, settings ...string) string {
	t.Helper()
	folder := t.TempDir()
	var reports []experiments.Report
	for _, setting := range settings {
		for r := range replications {
			s, err := experiments.Load("url-shortener")
			if err != nil {
				t.Fatal(err)
			}
			var overrides []experiments.Override
			for text := range strings.FieldsSeq("duration=3s warmup=1s sample=500ms " + setting) {
				overrides = append(overrides, experiments.Override{Written: text, Text: text})
			}
			if err := experiments.Assign(s, overrides); err != nil {
				t.Fatal(err)
			}
			s.Timeline = []models.Change{{At: 2e9, Set: []models.Assignment{{Path: "allocators.codes.strategy", Value: "range"}}}}
			report, err := experiments.Run(context.Background(), s, experiments.Options{Replication: r, Series: true})
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, report)
		}
	}
	if err := experiments.WriteFiles(folder, experiments.Origin{Command: []string{"onepen"}}, reports); err != nil {
		t.Fatal(err)
	}
	return folder
}

func open(t *testing.T, folder, file string) (*results.Table, *results.Manifest) {
	t.Helper()
	table, err := results.Open(filepath.Join(folder, file))
	if err != nil {
		t.Fatal(err)
	}
	m, err := results.ManifestIn(folder)
	if err != nil {
		t.Fatal(err)
	}
	return table, m
}

func mustOf(t *testing.T, folder, file string, q Request) plot.Figure {
	t.Helper()
	table, m := open(t, folder, file)
	f, err := Of(table, m, q)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if _, err := f.SVG(plot.Look{}); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return f
}

func seriesNames(f plot.Figure) string {
	var list []string
	for _, s := range f.Series {
		list = append(list, s.Name)
	}
	return strings.Join(list, ", ")
}

// Of one run, each file gets the kind that suits it.
func TestOneRun(t *testing.T) {
	folder := written(t, 1, "")
	for _, c := range []struct{ file, names, x, y string }{
		{"runs.csv", "mapping, clicks", "share of the writes", "offer to ack"},
		{"timeseries.csv", "mapping, clicks", "simulated time", "offer to ack: 99th percentile"},
		{"stores.csv", "", "store", "share of server time busy of the busiest of them"},
		{"partitions.csv", "links, events", "partition", "share of server time busy"},
		{"allocators.csv", "", "allocator", "share of time the central counter was busy"},
	} {
		f := mustOf(t, folder, c.file, Request{})
		if seriesNames(f) != c.names || f.X.Label != c.x || f.Y.Label != c.y || f.Title != "url-shortener" {
			t.Errorf("%s: %q: series %q over %q of %q, want %+v", c.file, f.Title, seriesNames(f), f.X.Label, f.Y.Label, c)
		}
		if note := strings.Join(f.Notes, "\n"); !strings.Contains(note, "seed 42") || !strings.Contains(note, "no intervals") {
			t.Errorf("%s: the notes do not tell the origin: %q", c.file, note)
		}
	}
	f := mustOf(t, folder, "timeseries.csv", Request{Y: []string{"throughput_per_s"}, Where: []Condition{{"lane", "mapping"}}})
	if len(f.Marks) != 1 || f.Marks[0] != (plot.Mark{X: 2, Label: "strategy = range"}) {
		t.Errorf("marks %+v", f.Marks)
	}
	if f.Subtitle != "lane mapping" || len(f.Series) != 1 || len(f.Series[0].X) != 6 {
		t.Errorf("subtitle %q, series %+v", f.Subtitle, f.Series)
	}
}

// Runs at several loads make a curve whose points and intervals are those of
// their replications.
func TestCurveOverLoads(t *testing.T) {
	folder := written(t, 3, "lanes.mapping.arrivals.rate=300/s", "lanes.mapping.arrivals.rate=600/s")
	lane := []Condition{{"lane", "mapping"}}
	f := mustOf(t, folder, "runs.csv", Request{Where: lane, Y: []string{"goodput_per_s"}})
	if len(f.Series) != 1 || len(f.Series[0].X) != 2 || len(f.Refs) != 1 || f.Refs[0].Slope != 1 {
		t.Fatalf("series %+v, references %+v", f.Series, f.Refs)
	}
	table, _ := open(t, folder, "runs.csv")
	mapping, _ := table.Where("lane", func(text string) bool { return text == "mapping" })
	good, _ := mapping.Numbers("goodput_per_s")
	load, _ := mapping.Numbers("offered_per_s")
	for i := range 2 {
		y := response.Summarize(good[3*i : 3*i+3])
		x := response.Summarize(load[3*i : 3*i+3])
		s := f.Series[0]
		if s.X[i] != x.Mean || s.Y[i] != y.Mean || s.Low[i] != y.Low() || s.High[i] != y.High() {
			t.Errorf("point %d is %v, %v from %v to %v, want %v and %v ± %v", i, s.X[i], s.Y[i], s.Low[i], s.High[i], x.Mean, y.Mean, y.HalfWidth)
		}
	}
	if note := strings.Join(f.Notes, "\n"); !strings.Contains(note, "fewer than 5 replications") || !strings.Contains(note, "3 replications") {
		t.Errorf("the notes hold nothing against three replications: %q", note)
	}
	if f := mustOf(t, folder, "partitions.csv", Request{Where: []Condition{{"store", "links"}}}); f.Heat == nil || len(f.Heat.Values) != 2 || len(f.Heat.Values[0]) != 4 {
		t.Errorf("partitions of two configurations are no heat map of 2 by 4: %+v", f.Heat)
	}
	if f := mustOf(t, folder, "timeseries.csv", Request{Where: lane}); len(f.Series) != 2 || f.Series[0].Low == nil {
		t.Errorf("series of two configurations with bands: %s", seriesNames(f))
	}
}

// summaryText is a file in long form, as a sweep writes it.
const summaryText = `scenario,config,point,seed,lanes.a.arrivals.rate_per_s,lanes.a.batch.size,component,measure,unit,mean,half_width,n,warnings
s,1,0,7,100,1,lanes.a,ack_p99_s,s,0.002,0.0001,5,
s,1,0,7,100,1,lanes.a,throughput_per_s,1/s,100,1,5,
s,2,1,7,200,1,lanes.a,ack_p99_s,s,0.02,0.01,5,unstable wide_interval
s,2,1,7,200,1,lanes.a,throughput_per_s,1/s,180,1,5,
s,3,2,7,100,64,lanes.a,ack_p99_s,s,,,0,
s,3,2,7,100,64,lanes.a,throughput_per_s,1/s,100,1,5,
s,4,3,7,200,64,lanes.a,ack_p99_s,s,0.003,,1,few_replications
s,4,3,7,200,64,lanes.a,throughput_per_s,1/s,199,1,5,
`

func TestSummary(t *testing.T) {
	table, err := results.Parse("summary.csv", []byte(summaryText))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Of(table, nil, Request{})
	if err != nil {
		t.Fatal(err)
	}
	if seriesNames(f) != "batch.size = 1, batch.size = 64" || f.X.Label != "lanes.a.arrivals.rate" || f.X.Unit != plot.PerSecond || f.Y.Unit != plot.Seconds {
		t.Errorf("series %q over %q [%s] in %s", seriesNames(f), f.X.Label, f.X.Unit, f.Y.Unit)
	}
	s := f.Series[0]
	if s.Y[1] != 0.02 || s.Low[1] != 0.01 || s.High[1] != 0.03 {
		t.Errorf("the second point is %v from %v to %v", s.Y[1], s.Low[1], s.High[1])
	}
	if s := f.Series[1]; !math.IsNaN(s.Y[0]) || s.Y[1] != 0.003 {
		t.Errorf("an empty cell is no gap: %v", s.Y)
	}
	if notes := strings.Join(f.Notes, "\n"); !strings.Contains(notes, "Warning (1 of 4 values): unstable") {
		t.Errorf("notes %q", notes)
	}
	f, err = Of(table, nil, Request{Y: []string{"throughput_per_s"}})
	if err != nil || len(f.Refs) != 1 {
		t.Errorf("throughput against a rate has references %v, %v", f.Refs, err)
	}
}

func TestRefusals(t *testing.T) {
	summary, err := results.Parse("summary.csv", []byte(summaryText))
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(summaryText, "\n")
	empty, err := results.Parse("empty.csv", []byte(head+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	folder := written(t, 1, "")
	runs, _ := open(t, folder, "runs.csv")
	for name, c := range map[string]struct {
		table *results.Table
		q     Request
		want  string
	}{
		"no rows":         {empty, Request{}, "empty.csv: there are no rows"},
		"unknown measure": {summary, Request{Y: []string{"ack_p9_s"}}, "did you mean ack_p99_s?"},
		"unknown column":  {runs, Request{Kind: Curve, Y: []string{"ack_p98_s"}}, `runs.csv: there is no column "ack_p98_s"; did you mean`},
		"unknown X":       {runs, Request{X: "lanes"}, "did you mean lane?"},
		"unknown by":      {runs, Request{By: []string{"line"}}, "did you mean lane?"},
		"two units":       {summary, Request{Y: []string{"ack_p99_s", "throughput_per_s"}}, "one axis cannot carry ack_p99_s in s and throughput_per_s in 1/s"},
		"no such row":     {runs, Request{Where: []Condition{{"lane", "maping"}}}, `no row has lane = "maping" (there are: mapping, clicks)`},
		"text as number":  {runs, Request{Kind: Curve, Y: []string{"lane"}}, "lane: must be a number or empty"},
		"no time":         {summary, Request{Kind: Time}, `there is no column "time_s"`},
		"no differences":  {summary, Request{Kind: Differences}, "there are no differences in it"},
		"no percentiles":  {summary, Request{Kind: Quantiles}, "there are no percentiles"},
		"which latency":   {runs, Request{Kind: Quantiles, Y: []string{"sojourn"}}, `no percentiles of "sojourn" (there are those of: ack, commit, visibility_lag)`},
	} {
		if _, err := Of(c.table, nil, c.q); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

// Of factors that go together, the one along the axis stands for both: they
// make no series of one point each.
func TestZippedFactors(t *testing.T) {
	text := "scenario,config,point,seed,lanes.a.arrivals.writers,lanes.a.arrivals.rate_per_s,component,measure,unit,mean,half_width,n,warnings\n"
	for i := range 20 {
		text += fmt.Sprintf("s,%d,%d,7,%d,%d,lanes.a,ack_p99_s,s,0.002,0.0001,5,\n", i, i, i+1, 60*(i+1))
	}
	table, err := results.Parse("summary.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Of(table, nil, Request{})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Series) != 1 || len(f.Series[0].X) != 20 {
		t.Errorf("series %q, the first of %d points", seriesNames(f), len(f.Series[0].X))
	}
}

// Too many lines are refused with what to do.
func TestTooManySeries(t *testing.T) {
	text, _ := os.ReadFile(filepath.Join(written(t, 1, "stores.events.partitions=32"), "partitions.csv"))
	table, err := results.Parse("partitions.csv", text)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Of(table, nil, Request{Kind: Curve, X: "utilization"})
	if err == nil || !strings.Contains(err.Error(), "more than can be told apart, which is 12: choose with --by, or with --where, of store, partition") {
		t.Errorf("36 series: %v", err)
	}
}

// noNumber is a coordinate that is none; in texts the words may stand.
var noNumber = regexp.MustCompile(` (d|x|y)="[^"]*(NaN|Inf)`)

// A request never ends in a panic, and a figure is one that can be drawn or has
// nothing to draw.
func FuzzOf(f *testing.F) {
	f.Add(summaryText, "", "", "", uint8(0))
	f.Add(summaryText, "lanes.a.batch.size", "throughput_per_s", "component", uint8(Curve))
	f.Add(strings.ReplaceAll(summaryText, "0.002", "-1e300"), "mean", "", "warnings", uint8(Heat))
	f.Add("scenario,config,point,replication,seed,time_s,span_s,lane,offered_per_s,acked_per_s,throughput_per_s,rejected_per_s,in_flight,"+
		"depth_allocator,depth_queue,depth_linger,depth_line,depth_key_lock,depth_service,depth_replication,depth_backoff,ack_mean_s,ack_p50_s,ack_p99_s\n"+
		"s,c,0,0,1,0.1,0.1,a,1,2,3,4,5,6,7,8,9,10,11,12,13,0.1,0.2,0.3\n", "", "", "", uint8(Time))
	f.Fuzz(func(t *testing.T, text, x, y, by string, kind uint8) {
		table, err := results.Parse("f.csv", []byte(text))
		if err != nil {
			return
		}
		q := Request{Kind: Kind(kind % uint8(len(kindNames))), X: x}
		if y != "" {
			q.Y = []string{y}
		}
		if by != "" {
			q.By = []string{by}
		}
		figure, err := Of(table, nil, q)
		if err != nil {
			return
		}
		svg, err := figure.SVG(plot.Look{})
		if err == nil && noNumber.Match(svg) {
			t.Fatalf("no number in the drawing: %s", noNumber.Find(svg))
		}
	})
}
