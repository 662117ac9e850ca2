package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"onepen/experiments"
)

// written puts files into a folder.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// ran puts the files of some replications of a run into a folder.
func ran(t *testing.T, replications int) string {
	t.Helper()
	s, err := experiments.Load("url-shortener")
	if err != nil {
		t.Fatal(err)
	}
	s.Duration, s.Warmup, s.Sample = 3e9, 1e9, 5e8
	var reports []experiments.Report
	for r := range replications {
		report, err := experiments.Run(context.Background(), s, experiments.Options{Replication: r, Series: true})
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, report)
	}
	folder := t.TempDir()
	about := experiments.Origin{Version: "v1", Command: []string{"onepen", "run", "url shortener's"}}
	if err := experiments.WriteFiles(folder, about, reports); err != nil {
		t.Fatal(err)
	}
	return folder
}

func pageOf(t *testing.T, folder string) string {
	t.Helper()
	f, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	checkPage(t, b.String())
	return b.String()
}

// outsideLink is a reference to anything but a place on the page. Names of
// namespaces are no references.
var outsideLink = regexp.MustCompile(`(?i)(src|href|@import|url\()\s*[=("']`)

// checkPage checks what holds of every page: it is well formed, needs nothing
// from outside, runs nothing, and its figures and tables can be listened to.
func checkPage(t *testing.T, page string) {
	t.Helper()
	if found := outsideLink.FindString(page); found != "" {
		t.Errorf("the page refers to something: %q", found)
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "NaN") || strings.Contains(page, "ZgotmplZ") {
		t.Error("the page has a script, a NaN or something that the template refused")
	}
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(page, "<!DOCTYPE html>")))
	d.Strict = false
	d.AutoClose = []string{"meta"}
	d.Entity = xml.HTMLEntity
	ids := map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		has := map[string]string{}
		for _, a := range start.Attr {
			has[a.Name.Local] = a.Value
		}
		if id := has["id"]; id != "" {
			if ids[id] {
				t.Errorf("two elements have the id %q", id)
			}
			ids[id] = true
		}
		switch start.Name.Local {
		case "svg":
			if has["role"] != "img" || has["aria-labelledby"] == "" {
				t.Errorf("a figure without a name: %v", start.Attr)
			}
		case "th":
			if has["scope"] == "" {
				t.Error("a head of a table without a scope")
			}
		}
	}
	for _, name := range regexp.MustCompile(`aria-labelledby="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		for id := range strings.FieldsSeq(name[1]) {
			if !ids[id] {
				t.Errorf("nothing has the id %q that something is named by", id)
			}
		}
	}
}

func wantAll(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

func TestRuns(t *testing.T) {
	folder := ran(t, 3)
	page := pageOf(t, folder)
	wantAll(t, page,
		"<h1>url-shortener</h1>", "The write path is small, but uniqueness is not free.",
		`<th scope="row" class="left">mapping</th>`, " ± ", "<sup>a</sup>", "fewer than 5 replications",
		"onepen run &#39;url shortener&#39;\\&#39;&#39;s&#39; --out results", "2.00 s of simulated time after a warm-up of 1.00 s", "onepen v1",
		"rate: 950/s")
	if n := strings.Count(page, "<figure>"); n != 4 {
		t.Errorf("%d figures, want latency, its course, throughput and partitions", n)
	}
	if again := pageOf(t, folder); again != page {
		t.Error("two pages of one folder differ")
	}
}

const sweepText = `scenario,config,point,seed,lanes.a.batch.size,component,measure,unit,mean,half_width,n,warnings
s,1,0,7,1,lanes.a,ack_p99_s,s,0.002,0.0001,5,
s,1,0,7,1,lanes.a,throughput_per_s,1/s,100,1,5,
s,2,1,7,64,lanes.a,ack_p99_s,s,0.02,0.01,7,unstable wide_interval
s,2,1,7,64,lanes.a,throughput_per_s,1/s,,,0,
`

func TestSweep(t *testing.T) {
	page := pageOf(t, written(t, map[string]string{
		"summary.csv": sweepText,
		"manifest.json": `{"question": "Which <b>batch</b>?", "about": "One line\nand more.\nIt costs: <script>alert(1)</script>", "points": 2, "replications": [5, 9],
			"command": ["onepen", "sweep", "</code><script>"], "resolved": "lanes: {a: {store: s}}\nstores: {s: {}}\n"}`,
	}))
	wantAll(t, page,
		"<h1>Which &lt;b&gt;batch&lt;/b&gt;?</h1>", "One line and more.</p>", "It costs: &lt;script&gt;",
		"2.00 ms ± 100 us", "20.0 ms ± 10.0 ms<sup>a</sup><sup>b</sup>", ">–<", "100/s ± 1.00/s",
		"<dt>factor lanes.a.batch.size</dt><dd>1, 64</dd>", "<dd>5 to 7</dd>", "1 of 4 rows of summary.csv: unstable")
	if n := strings.Count(page, "<figure>"); n != 2 {
		t.Errorf("%d figures, want one for each measure", n)
	}
}

// TestTooManySeries: a figure in which nothing could be told apart is not drawn,
// and that is told.
func TestTooManySeries(t *testing.T) {
	var b strings.Builder
	b.WriteString("scenario,config,point,seed,lanes.a.batch.size,stores.s.partitions,stores.s.servers,component,measure,unit,mean,half_width,n,warnings\n")
	point := 0
	for _, size := range []string{"1", "8", "64", "512"} {
		for _, partitions := range []string{"1", "2", "4", "8"} {
			for _, servers := range []string{"1", "2", "3", "4", "5"} {
				fmt.Fprintf(&b, "s,%d,%d,7,%s,%s,%s,lanes.a,ack_p99_s,s,0.00%d,0.0001,5,\n", point, point, size, partitions, servers, 1+point%9)
				point++
			}
		}
	}
	page := pageOf(t, written(t, map[string]string{"summary.csv": b.String()}))
	wantAll(t, page, "Not drawn:", "<li>lanes.a: ", "series are more than can be told apart")
	if strings.Contains(page, "<figure>") {
		t.Error("a figure is drawn")
	}
}

const compareText = `scenario,config,point,seed,rank,move,set,component,measure,unit,base_mean,base_half_width,move_mean,move_half_width,difference,half_width,confidence,n,change,verdict,warnings
s,1,1,7,1,"leases <i>",allocators.c.strategy=range,lanes.a,ack_p99_s,s,0.06,0.001,0.01,0.001,-0.05,0.002,0.95,10,-0.8,better,
s,1,1,7,1,"leases <i>",allocators.c.strategy=range,lanes.a,loss,,0,0,0,0,0,0,0.95,10,,no difference shown,
s,2,2,7,2,more,stores.s.partitions=8,lanes.a,ack_p99_s,s,0.06,0.001,0.061,0.001,0.001,0.002,0.95,10,0.01,no difference shown,
`

func TestComparison(t *testing.T) {
	page := pageOf(t, written(t, map[string]string{"compare.csv": compareText}))
	wantAll(t, page,
		"<h1>s: which move helps?</h1>", "1. leases &lt;i&gt; (allocators.c.strategy=range)", "−50.0 ms ± 2.00 ms", "no difference shown",
		"Not changed at all: 1 more.", "There is no manifest.json", "the base")
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing":       {nil, "there are no results in"},
		"no rows":       {map[string]string{"summary.csv": strings.SplitAfter(sweepText, "\n")[0]}, "there are no results in"},
		"half a row":    {map[string]string{"summary.csv": sweepText[:len(sweepText)-20]}, "summary.csv:5:"},
		"no number":     {map[string]string{"summary.csv": strings.Replace(sweepText, "0.002", "fast", 1)}, `mean: must be a number or empty, got "fast"`},
		"half manifest": {map[string]string{"summary.csv": sweepText, "manifest.json": "{"}, "is no manifest"},
	} {
		f, err := Open(written(t, c.files))
		if err == nil {
			err = Write(io.Discard, f)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there is opened")
	}
}
