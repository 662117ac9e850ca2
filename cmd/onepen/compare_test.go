package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shortCompare is a comparison that takes no time to speak of.
var shortCompare = []string{"compare", "one-pen", "--duration", "4s", "--replications", "6",
	"--move", "leases: allocators.counter.strategy=range", "--move", "stores.orders.partitions=16"}

// TestCompareWritesTheSameBytes: whatever the number of workers, the files and
// the table are the same.
func TestCompareWritesTheSameBytes(t *testing.T) {
	stdout, files := whateverTheWorkers(t, shortCompare...)
	if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, []string{"compare.csv", "manifest.json", "runs.csv"}) {
		t.Errorf("files %v", names)
	}
	if !strings.Contains(stdout, "1. leases (allocators.counter.strategy=range)") || !strings.Contains(stdout, "better") {
		t.Errorf("the leases are not first, or not better:\n%s", stdout)
	}
}

// TestCompareJSON reads what is said to programs.
func TestCompareJSON(t *testing.T) {
	got := onepen(context.Background(), append(shortCompare, "--json")...)
	var study struct {
		Replications int
		Moves        []struct {
			Move     string
			Measures []struct {
				Component, Measure, Verdict string
				Base, Difference            *float64
				HalfWidth                   *float64 `json:"half_width"`
				Warnings                    []string
			}
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &study); err != nil {
		t.Fatalf("%v: %+v", err, got)
	}
	if study.Replications != 6 || len(study.Moves) != 2 || study.Moves[0].Move != "leases" {
		t.Fatalf("%+v", study)
	}
	first := study.Moves[0].Measures[0]
	if first.Component != "lanes.orders" || first.Measure != "ack_p99_s" || first.Verdict != "better" ||
		first.Base == nil || *first.Difference+*first.HalfWidth >= 0 || first.Warnings == nil {
		t.Errorf("%+v", first)
	}
}

func TestCompareSaysWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	move := []string{"--move", "stores.orders.partitions=16"}
	for _, c := range []struct {
		name string
		ctx  context.Context
		args []string
		code int
		want []string // in what is told
	}{
		{"no move", context.Background(), nil, exitUsage, []string{"compare needs a --move, such as --move stores.orders.partitions=8"}},
		{"several at once", context.Background(), []string{"--move", "a: allocators.counter.strateg=range,stores.order.partitions=0", "--move", "x", "--measure", "ack_p9_s", "--workers", "-1"}, exitUsage,
			[]string{"did you mean allocators.counter.strategy?", "did you mean stores.orders.partitions?", "must be a path and a value", "did you mean ack_p90_s?", "--workers: must be 0 or more, got -1"}},
		{"a seed", context.Background(), []string{"--move", "seed=4"}, exitUsage, []string{"a move has the random numbers of the base"}},
		{"one replication", context.Background(), append(move, "--replications", "1"), exitUsage, []string{"must be 2 or more"}},
		{"a precision without unit", context.Background(), append(move, "--until", "5"), exitUsage, []string{`a time such as 10ms, more than 0; got "5"`}},
		{"most below fewest", context.Background(), append(move, "--until", "5%", "--most", "3"), exitUsage, []string{"--most: must be --replications (10) or more, got 3"}},
		{"a folder that is none", context.Background(), append(move, "--out", file), exitUsage, []string{"cannot make the folder"}},
		{"interrupted", canceled, move, exitInterrupted, []string{"interrupted"}},
	} {
		got := onepen(c.ctx, append([]string{"compare", "one-pen"}, c.args...)...)
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
