package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifySaysWhatItFinds runs small parts of the suite as a person would.
func TestVerifySaysWhatItFinds(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "rows.csv")
	for _, c := range []struct {
		name string
		args []string
		code int
		want string // in what is printed
	}{
		{"a family that passes", []string{"--family", "usl", "--csv", file}, exitDone, "3 cases, 17 rows: 17 pass, 0 fail, 0 skipped"},
		{"an error that is planted", []string{"--case", "q-3of5s", "--plant", "mean"}, exitFailed, "FAIL"},
		{"no such case", []string{"--case", "mm2"}, exitUsage, `no case fits case "mm2"`},
		{"misspelt case", []string{"--case", "mm1-r8"}, exitUsage, "did you mean mm1-r80?"},
		{"misspelt family", []string{"--family", "01-mm2"}, exitUsage, "did you mean 01-mm1?"},
		{"no such error", []string{"--plant", "moon"}, exitUsage, "there are: none, mean, p99, service"},
		{"too few replications", []string{"--replications", "1"}, exitUsage, "2 or more"},
	} {
		got := onepen(ctx, append([]string{"verify"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stdout+got.stderr, c.want) {
			t.Errorf("%s: want code %d and %q, got %+v", c.name, c.code, c.want, got)
		}
	}
	if rows, err := os.ReadFile(file); err != nil || strings.Count(string(rows), "\r\n") != 18 {
		t.Errorf("the file of rows: %v, %d lines", err, strings.Count(string(rows), "\r\n"))
	}
}

// TestVerifyShowsScenariosThatRun takes a case out of the suite and runs it like
// any other scenario, with what theory says of it.
func TestVerifyShowsScenariosThatRun(t *testing.T) {
	ctx := context.Background()
	shown := onepen(ctx, "verify", "--case", "mm1-r80", "--show")
	if shown.code != exitDone {
		t.Fatalf("%+v", shown)
	}
	file := filepath.Join(t.TempDir(), "mm1.yaml")
	if err := os.WriteFile(file, []byte(shown.stdout), 0o666); err != nil {
		t.Fatal(err)
	}
	got := onepen(ctx, "run", file, "--theory")
	if want := "theory: store s, 80 % busy: M/M/1 expects"; got.code != exitDone || !strings.Contains(got.stdout, want) {
		t.Errorf("want %q, got %+v", want, got)
	}
}
