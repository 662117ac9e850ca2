package main

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mm1File writes M/M/1 with a mean service time of 1 ms to a file.
func mm1File(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mm1.yaml")
	text := "duration: 4s\nwarmup: 1s\nlanes: {writes: {store: s, arrivals: {rate: 500/s}, keys: {space: 1}}}\nstores: {s: {overhead: exponential(1ms)}}\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestCapacityWritesTheSameBytes: whatever the number of workers, the files and
// what is printed are the same, and say what was asked.
func TestCapacityWritesTheSameBytes(t *testing.T) {
	stdout, files := whateverTheWorkers(t, "capacity", mm1File(t), "--slo", "p99<20ms", "--slo", "loss<1%", "--precision", "8%")
	if !strings.Contains(stdout, "capacity: ") || !strings.Contains(stdout, "knee: ") {
		t.Errorf("no capacity, or no knee:\n%s", stdout)
	}
	if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, []string{"capacity.csv", "manifest.json", "runs.csv"}) {
		t.Errorf("files %v", names)
	}
	if points := files["capacity.csv"]; !strings.Contains(points, "lanes.writes.arrivals.rate_per_s") || !strings.Contains(points, ",lanes.writes.ack_p99_s<20ms,broken,") {
		t.Errorf("the load, or what became of the objective, is not in the file:\n%s", points)
	}
}

// TestCapacityJSON reads what is said to programs: the 99th percentile of the
// sojourn is ln(100)/(1000 - load), and the load is to be known to 8 %.
func TestCapacityJSON(t *testing.T) {
	exact := 1000 - math.Log(100)/0.020
	got := onepen(context.Background(), "capacity", mm1File(t), "--slo", "p99<20ms", "--precision", "8%", "--json")
	var result struct {
		Border, Binding  string
		Value, Low, High *float64
		Points           []struct{ Value float64 }
	}
	if err := json.Unmarshal([]byte(got.stdout), &result); err != nil {
		t.Fatalf("%v: %+v", err, got)
	}
	if result.Border != "found" || result.Binding != "lanes.writes.ack_p99_s<20ms" || math.Abs(*result.Value/exact-1) > 0.08 || *result.Low >= *result.High || len(result.Points) < 5 {
		t.Errorf("%+v", result)
	}
}

func TestCapacitySaysWhatIsWrong(t *testing.T) {
	file := mm1File(t)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		args []string
		code int
		want []string // in what is told
	}{
		{"no objective", context.Background(), []string{file}, exitUsage, []string{"capacity needs an --slo, such as --slo 'p99<50ms'"}},
		{"no path", context.Background(), []string{"url-shortener", "--slo", "p99<1s"}, exitUsage, []string{"capacity needs a --path, such as --path lanes.mapping.arrivals.rate"}},
		{"several at once", context.Background(), []string{file, "--slo", "p9<5ms", "--slo", "loss<1y", "--precision", "5", "--replications", "1", "--workers", "-1"}, exitUsage,
			[]string{"p9<5ms: column 1", "loss<1y: column 6", "--precision: must be a share", "--replications: must be 2", "--workers: must be 0"}},
		{"a path that is none", context.Background(), []string{file, "--slo", "p99<5ms", "--path", "lanes.writes.arrivals.rat"}, exitUsage, []string{"did you mean lanes.writes.arrivals.rate?"}},
		{"a value that is none", context.Background(), []string{file, "--slo", "p99<5ms", "--to", "9"}, exitUsage, []string{"--to 9: must be a rate"}},
		{"interrupted", canceled, []string{file, "--slo", "p99<5ms"}, exitInterrupted, []string{"interrupted"}},
	} {
		got := onepen(c.ctx, append([]string{"capacity"}, c.args...)...)
		if got.code != c.code || got.stdout != "" {
			t.Errorf("%s: %+v", c.name, got)
		}
		for _, want := range c.want {
			if !strings.Contains(got.stderr, want) {
				t.Errorf("%s: want %q in:\n%s", c.name, want, got.stderr)
			}
		}
	}
}
