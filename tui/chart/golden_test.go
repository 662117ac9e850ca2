package chart

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the pictures in testdata")

// drawer is what every picture is.
type drawer interface{ Draw(*Canvas, Glyphs) }

// drawFunc makes a drawer of a function.
type drawFunc func(*Canvas, Glyphs)

func (f drawFunc) Draw(c *Canvas, g Glyphs) { f(c, g) }

type size struct{ w, h int }

// TestPictures compares every picture, at several sizes and in both sets of
// glyphs, with the text in testdata; a picture that differs is left beside it
// with the ending .got. After a deliberate change run with -update and look at
// the pictures.
func TestPictures(t *testing.T) {
	for _, p := range []struct {
		name    string
		picture drawer
		sizes   []size
	}{
		{"line-log", lineLog(), []size{{100, 16}, {78, 12}, {38, 8}, {38, 5}, {20, 4}, {10, 3}}},
		{"line-linear", lineLinear(), []size{{78, 12}, {38, 7}, {19, 3}, {1, 1}}},
		{"line-sweep", lineSweep(), []size{{60, 10}}},
		{"heat-bars", heatBars(), []size{{78, 9}, {40, 9}, {34, 8}, {28, 5}, {14, 9}, {6, 3}}},
		{"heat-strip-16", heatStrip(16), []size{{78, 2}, {40, 3}, {17, 2}}},
		{"heat-strip-256", heatStrip(256), []size{{80, 5}, {80, 3}, {120, 4}, {196, 3}, {38, 3}, {8, 2}}},
		{"stack-bar", stackBar(false), []size{{110, 3}, {78, 3}, {38, 4}, {20, 1}, {3, 2}}},
		{"stack-bar-twin", stackBar(true), []size{{78, 4}, {38, 3}}},
		{"stack-chart", stackChart(false), []size{{78, 12}, {38, 6}}},
		{"stack-chart-share", stackChart(true), []size{{78, 9}, {38, 5}}},
		{"heat-map-8", heatMap(8), []size{{60, 9}, {60, 17}, {30, 5}, {8, 3}}},
		{"heat-map-1", heatMap(1), []size{{60, 9}}},
		{"heat-map-256", heatMap(256), []size{{78, 17}}},
		{"big", Big{Text: "91.4 ms"}, []size{{30, 5}, {10, 5}, {6, 1}}},
		{"path", path(), []size{{198, 4}, {130, 4}, {118, 2}, {78, 2}, {78, 1}, {40, 2}}},
		{"spark", spark(), []size{{40, 1}, {20, 1}, {40, 3}}},
		{"frame", drawFunc(framed), []size{{24, 4}, {10, 3}, {4, 3}, {2, 2}}},
	} {
		t.Run(p.name, func(t *testing.T) {
			var b strings.Builder
			for _, set := range []struct {
				name   string
				glyphs Glyphs
			}{{"unicode", Unicode()}, {"ascii", ASCII()}} {
				for _, s := range p.sizes {
					c := NewCanvas(s.w, s.h)
					p.picture.Draw(c, set.glyphs)
					fmt.Fprintf(&b, "=== %s %dx%d ===\n%s\n\n", set.name, s.w, s.h, c)
				}
			}
			compare(t, filepath.Join("testdata", p.name+".txt"), b.String())
		})
	}
}

// compare checks got against the file, or rewrites the file.
func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(file + ".got") // of an earlier failure; there may be none
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	if err := os.WriteFile(file+".got", []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("%s:%d: missing %q", file, i+1, w[i])
		case i >= len(w):
			t.Fatalf("%s:%d: unexpected %q", file, i+1, g[i])
		case g[i] != w[i]:
			t.Fatalf("%s:%d:\n got %q\nwant %q", file, i+1, g[i], w[i])
		}
	}
}

// lineLog is a minute of times to acknowledgement: they rise when batching is
// switched off at 20 s, fall when it returns at 40 s, and are absent for two
// seconds after 50 s. The twin never got it back.
func lineLog() LineChart {
	var times, p50, p99, twin []float64
	for i := range 600 {
		t := float64(i) * 0.1
		median, tail := 0.002*(1+0.2*math.Sin(t)), 0.02*(1+0.3*math.Sin(t*1.3))
		rise := math.Exp((math.Min(math.Max(t, 20), 40) - 20) / 8)
		other := tail * rise
		if t < 40 {
			median, tail = median*rise, tail*rise
		}
		if t > 50 && t < 52 {
			median, tail = math.NaN(), math.NaN()
		}
		times = append(times, t)
		p50, p99, twin = append(p50, median), append(p99, tail), append(twin, other)
	}
	return LineChart{
		X: Range{0, 60}, XUnit: UnitClock,
		Y: NiceLogScale(Scale{}, 0.001, 0.5), Unit: UnitSpan,
		Series: []Series{
			{Name: "twin p99", Times: times, Values: twin, Style: Twin},
			{Name: "p99", Times: times, Values: p99, Style: Series2},
			{Name: "p50", Times: times, Values: p50, Style: Series1},
		},
		Marks: []Mark{{20, "batch off"}, {40, "batch 64"}},
	}
}

// lineLinear is a queue that fills steadily and is drained at once.
func lineLinear() LineChart {
	var times, depth []float64
	for i := range 240 {
		t := 100 + float64(i)*0.25
		times = append(times, t)
		depth = append(depth, math.Mod(t-100, 45)*60)
	}
	return LineChart{
		X: Range{100, 160}, XUnit: UnitClock, Unit: UnitCount,
		Series: []Series{{Times: times, Values: depth, Style: Series1}},
	}
}

// lineSweep has rates, not times, on its horizontal axis: the mean time in
// system of an M/M/1 server of 1000 writes/s, 1/(1000-rate)
// (Kleinrock 1975, eq. 3.26).
func lineSweep() LineChart {
	var rate, span []float64
	for r := 100.0; r < 1000; r += 50 {
		rate, span = append(rate, r), append(span, 1/(1000-r))
	}
	return LineChart{
		X: Range{0, 1000}, XUnit: UnitRate, Unit: UnitSpan,
		Series: []Series{{Name: "mean", Times: rate, Values: span, Style: Series1}},
	}
}

func heatBars() HeatBars {
	b := HeatBars{ShowTwin: true}
	for i := range 8 {
		load := 0.3 + 0.05*float64(i)
		bar := Bar{Name: fmt.Sprintf("P%02d", i), Load: load, Twin: load + 0.1, Value: Count(int64(i * 3))}
		switch i {
		case 3:
			bar.Load, bar.State, bar.Value = 0.994, StateHot, Count(1310)
			bar.Note = "hot key k42 38 %"
		case 5:
			bar.Load, bar.State, bar.Value = math.NaN(), StateDown, Absent
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

func heatStrip(n int) HeatStrip {
	s := HeatStrip{Prefix: "P", Loads: make([]float64, n), States: make([]State, n)}
	for i := range n {
		s.Loads[i] = 0.4 + 0.35*math.Sin(float64(i)*0.9)*math.Sin(float64(i)*0.17)
	}
	s.Loads[n*2/3], s.States[n*2/3] = 0.991, StateHot
	s.Loads[n/3], s.States[n/3] = math.NaN(), StateDown
	return s
}

func stackBar(twin bool) StackBar {
	s := StackBar{Parts: Stages(), Unit: UnitSpan, ShowTwin: twin}
	for i, v := range []float64{2.9e-3, 0.6e-3, 0, 0.3e-3, 0, 0.25e-3, 0.04e-3, 0} {
		s.Parts[i].Value, s.Parts[i].Twin = v, v/4
	}
	s.Parts[0].Twin = 0.8e-3
	return s
}

// stackChart is an allocator that gets ever slower until leased ranges relieve
// it at 40 s.
func stackChart(share bool) StackChart {
	s := StackChart{
		X: Range{0, 60}, XUnit: UnitClock, Unit: UnitSpan, Share: share,
		Parts: Stages(), Values: make([][]float64, 8), Marks: []Mark{{40, "range"}},
	}
	for i := range 240 {
		t := float64(i) * 0.25
		allocator := 1e-3 * (1 + t/15)
		if t >= 40 {
			allocator = 2e-4
		}
		s.Times = append(s.Times, t)
		for p, v := range []float64{allocator, 6e-4 * (1 + 0.3*math.Sin(t/3)), 0, 3e-4, 0, 8e-4, 1e-4, 0} {
			s.Values[p] = append(s.Values[p], v)
		}
	}
	return s
}

func path() Path {
	return Path{Nodes: []Node{
		{Name: "writers", Value: "12.0k/s", Width: 8},
		{Name: "allocator", Short: "alloc", Value: "central 98 %", ShortValue: "98 %", State: StateHot},
		{Name: "queue", Value: "1 204 deep", ShortValue: "1 204", State: StateHot},
		{Name: "batcher", Short: "batch", Value: "17 of 64", ShortValue: "17/64"},
		{Name: "partitions", Short: "parts", Value: "P07 99 %", ShortValue: "99 %", State: StateDown},
		{Name: "consumers", Short: "cons", Value: "lag 1.20 s", ShortValue: "1.20 s"},
		{Name: "committed", Short: "done", Value: "9.80k/s", Style: Good},
	}}
}

func spark() Spark {
	values := []float64{0, 0.01}
	for i := range 22 {
		values = append(values, math.Pow(float64(i)/4, 2))
	}
	values = append(values, math.NaN(), 12, 6, 3, 1.5, 0)
	return Spark{Values: values, Style: Series1}
}

func framed(c *Canvas, g Glyphs) {
	inner := Frame(c, "queue depth", Dim, g)
	c.Sub(inner).Text(0, 0, Text, "inside")
}

// heatMap is half a minute of partitions, one of which becomes hot.
func heatMap(n int) HeatMap {
	m := HeatMap{
		X: Range{Max: 60}, XUnit: UnitClock, Prefix: "P", Count: n,
		Marks: []Mark{{X: 30, Label: "route hash"}}, ShowCursor: true, Cursor: n / 2,
	}
	for t := range 40 {
		m.Times = append(m.Times, float64(t))
		loads := make([]float64, n)
		for p := range loads {
			loads[p] = 0.25 + 0.2*math.Sin(float64(p+t)/5)
		}
		loads[n/3] = math.Min(1, float64(t)/20)
		m.Loads = append(m.Loads, loads)
	}
	return m
}
