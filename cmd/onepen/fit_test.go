package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pgbenchLog is the log of a client whose transactions take 100 to 140 us.
func pgbenchLog() string {
	var b strings.Builder
	for i := range 400 {
		b.WriteString("0 " + string(rune('1'+i%9)) + " " + []string{"100", "110", "120", "130", "140"}[i%5] + " 0 1700000000 12345\n")
	}
	return b.String()
}

// TestFitSaysWhatItFinds fits files as a person would, right and wrong ones.
func TestFitSaysWhatItFinds(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"pgbench_log.1": pgbenchLog(), "few.csv": "lat_us\n1\n2\n", "bad.csv": "lat_us\n1\nx\n",
		"clicks.csv": "time_s,key\n" + strings.Repeat("1,a\n2,b\n", 1) + "3,a\n4,a\n5,a\n6,b\n7,a\n8,a\n9,a\n10,c\n11,a\n",
	} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		want string // in what is printed
	}{
		{"a log", []string{"pgbench_log.1", "--plot", "qq.svg", "--samples", "s.csv", "--parameter", "service"}, exitDone, "400 samples of pgbench_log.1: mean 120 us"},
		{"samples written", []string{"s.csv"}, exitDone, "400 samples of latency_s in s.csv"},
		{"arrivals", []string{"clicks.csv"}, exitDone, "keys: {space: 3, skew: zipf("},
		{"a scenario", []string{"pgbench_log.1", "--scenario", "--sync", "80us", "--rows", "10"}, exitDone, "key_lock: true"},
		{"work beside", []string{"pgbench_log.1", "--scenario", "--sync", "80us", "--busy", "1"}, exitDone, "120 us that cores are busy for each transaction, 80.0 us go on beside it"},
		{"too few", []string{"few.csv"}, exitUsage, "2 samples are too few"},
		{"a word", []string{"bad.csv"}, exitUsage, "bad.csv:3:1: a sample must be"},
		{"no such file", []string{"none.csv"}, exitUsage, "cannot read the samples"},
		{"a sync longer than all", []string{"pgbench_log.1", "--scenario", "--sync", "1ms"}, exitUsage, "longer than the whole transaction"},
		{"a flag of a scenario", []string{"pgbench_log.1", "--sync", "80us"}, exitUsage, "--sync needs --scenario"},
		{"no time", []string{"pgbench_log.1", "--scenario", "--sync", "80"}, exitUsage, "--sync must be a time such as 95us"},
		{"too many cores", []string{"pgbench_log.1", "--scenario", "--busy", "3"}, exitUsage, "--busy must be 0 to the number of cores, 2"},
		{"no clients", []string{"pgbench_log.1", "--scenario", "--clients", "0"}, exitUsage, "--clients must be 1 to"},
		{"before all", []string{"pgbench_log.1", "--scenario", "--before", "1"}, exitUsage, "cannot be over before the row is asked for"},
		{"a picture of arrivals", []string{"clicks.csv", "--plot", "x.svg"}, exitUsage, "are for latencies"},
	} {
		got := onepen(context.Background(), append([]string{"fit"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stdout+got.stderr, c.want) {
			t.Errorf("%s: want code %d and %q, got %+v", c.name, c.code, c.want, got)
		}
	}
	if got := onepen(context.Background(), "fit", "pgbench_log.1", "--scenario", "--sync", "80us", "--busy", "0.4"); got.stderr != "" {
		t.Errorf("a client that is busy for its own transactions: %s", got.stderr)
	}
	if drawing, err := os.ReadFile("qq.svg"); err != nil || !strings.Contains(string(drawing), "<svg") {
		t.Errorf("the Q-Q plot: %v", err)
	}
}

// TestFitMakesAScenarioThatRuns: one client of it fares as the one that was
// measured.
func TestFitMakesAScenarioThatRuns(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	log, file := filepath.Join(dir, "pgbench_log.1"), filepath.Join(dir, "mine.yaml")
	if err := os.WriteFile(log, []byte(pgbenchLog()), 0o666); err != nil {
		t.Fatal(err)
	}
	got := onepen(ctx, "fit", log, "--scenario", "--sync", "80us", "--rows", "1")
	if err := os.WriteFile(file, []byte(got.stdout), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ clients, want string }{{"1", "8.3"}, {"64", "/s"}} {
		got := onepen(ctx, "run", file, "--set", "lanes.clients.arrivals.writers="+c.clients)
		if got.code != exitDone || !strings.Contains(got.stdout, c.want) {
			t.Errorf("%s clients: %+v", c.clients, got)
		}
	}
}

// TestVerifyReal predicts a few measurements as a person would.
func TestVerifyReal(t *testing.T) {
	out := filepath.Join(t.TempDir(), "real")
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"a workload", []string{"--case", "W8 s*", "--out", out}, exitDone, "4 points foretold"},
		{"its scenarios", []string{"--case", "W1 hot_sync", "--show"}, exitDone, "handover: recheck"},
		{"left out", []string{"--case", "W8 s*", "--leave-out", "group"}, exitDone, "ratio"},
		{"what is left out", []string{"--leave-out", "all"}, exitUsage, "must be workload or group"},
		{"misspelt workload", []string{"--case", "W1 hotsync"}, exitUsage, "did you mean W1 hot_sync?"},
		{"no such workload", []string{"--case", "W9"}, exitUsage, `no workload fits "W9"`},
		{"a flag of the exact suite", []string{"--plant", "mean"}, exitUsage, "--plant does not go with --real"},
	} {
		got := onepen(context.Background(), append([]string{"verify", "--real"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stdout+got.stderr, c.want) {
			t.Errorf("%s: want code %d and %q, got %+v", c.name, c.code, c.want, got)
		}
	}
	for _, name := range []string{"predictions.csv", "w8-sleep_before_lock.svg", "w8-spread_sleep1ms.svg"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	if got := onepen(context.Background(), "verify", "--out", out); got.code != exitUsage || !strings.Contains(got.stderr, "--out needs --real") {
		t.Errorf("%+v", got)
	}
}
