package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments/sweep"
)

// asProgram is the variable in the environment by which the test binary is the
// program.
const asProgram = "ONEPEN_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		panic("main has returned")
	}
	os.Exit(m.Run())
}

// program returns a command that runs the program in a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// smallSweep is a design of 12 runs of some ten milliseconds each.
const smallSweep = `question: How does load lengthen the wait?
base:
  duration: 5s
  warmup: 200ms
  lanes: {writes: {keys: {space: 1000}, store: station}}
  stores: {station: {overhead: exponential(1ms)}}
factors:
  lanes.writes.arrivals.rate: [900/s, 100/s, 700/s]
replications: 4
measures: [ack_mean_s, ack_p99_s, utilization_max]
`

func writeSweep(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func filesOf(t *testing.T, folder string) map[string]string {
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

// The program is killed at random moments, without a chance to tidy up, and gone
// on with until it is done: the files are those of a sweep left in peace.
func TestSweepThatIsKilled(t *testing.T) {
	file := writeSweep(t, smallSweep)
	calm := filepath.Join(t.TempDir(), "calm")
	began := time.Now()
	if output, err := program(t, "sweep", file, "--out", calm).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	whole := time.Since(began)
	want := filesOf(t, calm)
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	for round := range rounds {
		seed := rand.Uint64()
		random := rand.New(rand.NewPCG(seed, 0))
		folder := filepath.Join(t.TempDir(), "killed")
		kills := 0
		for {
			cmd := program(t, "sweep", file, "--out", folder, "--resume", "--workers", strconv.Itoa(1+round%3))
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// The more often it was killed the longer it may live, or a slow
			// machine would never get past the start of the program.
			patience := float64(whole) / 2 * (1 + float64(kills)/10)
			time.AfterFunc(time.Duration(random.Float64()*patience), func() { _ = cmd.Process.Kill() })
			err := cmd.Wait()
			if err == nil {
				break
			}
			if cmd.ProcessState.Exited() {
				t.Fatalf("seed %d: after %d kills: %v\n%s", seed, kills, err, &stderr)
			}
			kills++
		}
		t.Logf("round %d: killed %d times", round, kills)
		got := filesOf(t, folder)
		for name := range got {
			if strings.HasPrefix(name, ".") {
				delete(got, name) // a file that was being written when the program died
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d, killed %d times: files (-in peace +killed):\n%s", seed, kills, diff)
		}
	}
}

// A run of a sweep, made again alone, is the same to the byte.
func TestRunOfAPoint(t *testing.T) {
	for name, more := range map[string]string{"fixed": "", "detected": "warmup: detect\n"} {
		t.Run(name, func(t *testing.T) {
			file := writeSweep(t, smallSweep+more)
			all, one := filepath.Join(t.TempDir(), "all"), filepath.Join(t.TempDir(), "one")
			if got := onepen(context.Background(), "sweep", file, "--out", all); got.code != exitDone {
				t.Fatalf("%+v", got)
			}
			if got := onepen(context.Background(), "run", file, "--point", "2", "--replication", "3", "--out", one); got.code != exitDone {
				t.Fatalf("%+v", got)
			}
			whole, row := filesOf(t, all), filesOf(t, one)
			for _, name := range []string{"runs.csv", "stores.csv", "partitions.csv", "allocators.csv", "nodes.csv"} {
				header, rest, _ := strings.Cut(row[name], "\r\n")
				if !strings.HasPrefix(whole[name], header+"\r\n") {
					t.Errorf("%s: the headers differ", name)
				}
				if !strings.Contains(whole[name], rest) {
					t.Errorf("%s: the sweep does not have\n%s", name, rest)
				}
				if (name == "runs.csv" || name == "stores.csv" || name == "partitions.csv") && rest == "" {
					t.Errorf("%s: no rows", name)
				}
			}
		})
	}
}

// What a sweep has written is rows of equal width whose numbers are numbers, as
// any reader expects.
func TestSweepFilesLoad(t *testing.T) {
	file := writeSweep(t, smallSweep)
	folder := filepath.Join(t.TempDir(), "out")
	if got := onepen(context.Background(), "sweep", file, "--out", folder); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	for name, text := range filesOf(t, folder) {
		if filepath.Ext(name) != ".csv" {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if rate := slices.Index(rows[0], "lanes.writes.arrivals.rate_per_s"); rate < 0 {
			t.Errorf("%s has no column of the factor: %v", name, rows[0])
		} else if len(rows) > 1 && rows[1][rate] != "900" {
			t.Errorf("%s: the rate is %q, want 900", name, rows[1][rate])
		}
	}
}

func TestSweepMessages(t *testing.T) {
	file := writeSweep(t, smallSweep)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	done := filepath.Join(t.TempDir(), "done")
	if got := onepen(context.Background(), "sweep", file, "--out", done); got.code != exitDone || !strings.Contains(got.stdout, "3 points of 4 replications") {
		t.Fatalf("%+v", got)
	}
	other := writeSweep(t, strings.Replace(smallSweep, "replications: 4", "replications: 5", 1))
	broken := writeSweep(t, "question: why?\nbase: one-pen\nfactors: {lanes.orders.batch.sise: [1]}\n")
	tests := []struct {
		name   string
		ctx    context.Context
		args   []string
		code   int
		stderr string
	}{
		{"a scenario", nil, []string{"sweep", "one-pen"}, exitUsage, "one-pen is a scenario"},
		{"a misspelt study", nil, []string{"sweep", "batch-size-against-lingr"}, exitUsage, "did you mean batch-size-against-linger?"},
		{"no such file", nil, []string{"sweep", "no.yaml"}, exitUsage, "cannot read the sweep"},
		{"a wrong file", nil, []string{"sweep", broken}, exitUsage, "did you mean lanes.orders.batch.size?"},
		{"resume without a folder", nil, []string{"sweep", file, "--resume"}, exitUsage, "--resume needs the folder"},
		{"workers below 0", nil, []string{"sweep", file, "--workers", "-1"}, exitUsage, "--workers must be 0 or more"},
		{"results are there", nil, []string{"sweep", file, "--out", done}, exitUsage, "--resume goes on with them"},
		{"finished already", nil, []string{"sweep", file, "--out", done, "--resume"}, exitDone, "results are in"},
		{"another design", nil, []string{"sweep", other, "--out", done, "--resume"}, exitUsage, "another design"},
		{"an unwritable folder", nil, []string{"sweep", file, "--out", filepath.Join(file, "out")}, exitFailed, "cannot make the folder for results"},
		{"interrupted", canceled, []string{"sweep", file}, exitInterrupted, "interrupted"},
		{"interrupted with a folder", canceled, []string{"sweep", file, "--out", filepath.Join(t.TempDir(), "half")}, exitInterrupted, "to go on: onepen sweep"},
		{"a sweep run as a scenario", nil, []string{"run", file}, exitUsage, "this is a sweep, not a scenario"},
		{"a point that is not there", nil, []string{"run", file, "--point", "3"}, exitUsage, "there is no point 3; the design has 3, from 0 to 2"},
		{"a schema of something else", nil, []string{"schema", "sweeps"}, exitUsage, "there is a schema of a scenario and one of a sweep"},
		{"show what is no study", nil, []string{"studies", "show", "one-pen"}, exitUsage, "one-pen is a scenario"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx := test.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			got := onepen(ctx, test.args...)
			if got.code != test.code || !strings.Contains(got.stderr, test.stderr) {
				t.Errorf("onepen %s: %d, %q, want %d and %q", strings.Join(test.args, " "), got.code, got.stderr, test.code, test.stderr)
			}
		})
	}
}

func TestBar(t *testing.T) {
	tests := []struct {
		p       sweep.Progress
		elapsed time.Duration
		want    string
	}{
		{sweep.Progress{Of: 40}, 0, "  0 % ░░░░░░░░░░░░░░░░░░░░ 0 of 40 runs"},
		{sweep.Progress{Of: 40, Settled: 2, ToSettle: 8}, time.Second, "warm-ups 2 of 8 points"},
		{sweep.Progress{Done: 10, Of: 40, Worst: 0.071, WorstOf: "lanes.a.ack_p99_s at point 1"}, 5 * time.Second, " 25 % █████░░░░░░░░░░░░░░░ 10 of 40 runs · 2.00/s · 15.0 s left · widest ±7 %"},
		{sweep.Progress{Done: 30, Kept: 20, Of: 40}, 5 * time.Second, " 75 % ███████████████░░░░░ 30 of 40 runs · 2.00/s · 5.00 s left"},
	}
	for _, test := range tests {
		if got := barText(test.p, test.elapsed); got != test.want {
			t.Errorf("barText(%+v)\n%q, want\n%q", test.p, got, test.want)
		}
	}
}
