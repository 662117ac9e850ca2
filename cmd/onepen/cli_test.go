package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/models"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// outcome is what a command line did.
type outcome struct {
	code           int
	stdout, stderr string
}

func onepen(ctx context.Context, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, strings.NewReader(""), &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

func TestExitCodesAndMessages(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(folder, "broken.yaml")
	if err := os.WriteFile(broken, []byte("lanes:\n  a: {store: s, batch: {size: 0}}\nstores: {t: {}}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	changes := filepath.Join(folder, "changes.yaml")
	text := "lanes: {a: {store: s}}\nstores: {s: {}}\ntimeline:\n" +
		"- {at: 2s, set: {stores.s.partitions: 2}}\n- {at: 4s, set: {stores.s.partitions: 4}}\n"
	if err := os.WriteFile(changes, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	short := []string{"--duration", "100ms", "--set", "warmup=0s"}
	with := func(args ...string) []string { return append(args, short...) }
	tests := []struct {
		name   string
		args   []string
		code   int
		stderr string // part of it; "" = nothing is said
	}{
		{"run", with("run", "one-pen"), exitDone, ""},
		{"shorter than its warm-up", []string{"run", "one-pen", "--duration", "1s"}, exitDone, "--duration 1s: the warm-up is shortened to 100 ms"},
		{"an odd duration", []string{"run", "one-pen", "--duration", "1.23456789s"}, exitDone, "the warm-up is shortened to 123 ms\n"},
		{"shorter than its timeline", []string{"run", changes, "--duration", "3s"}, exitDone, "--duration 3s: the change at 4.00 s and later ones are left out"},
		{"no terminal", nil, exitUsage, "use: onepen run one-pen"},
		{"no terminal for a scenario", []string{"ad-clicks"}, exitUsage, "use: onepen run ad-clicks"},
		{"no terminal, misspelt scenario", []string{"one-pne"}, exitUsage, "did you mean one-pen?"},
		{"no terminal, bad speed", []string{"one-pen", "--speed", "0"}, exitUsage, "--speed 0: must be more than 0"},
		{"no terminal, bad palette", []string{"one-pen", "--palette", "blue"}, exitUsage, "--palette \"blue\": must be one of"},
		{"no terminal, with flags", []string{"one-pen", "--seed", "3"}, exitUsage, "use: onepen run one-pen --seed 3"},
		{"misspelt flag", []string{"run", "one-pen", "--durations", "3s"}, exitUsage, "unknown flag: --durations; did you mean --duration?"},
		{"misspelt flag of params", []string{"params", "--measure"}, exitUsage, "did you mean --measures?"},
		{"no number", []string{"one-pen", "--speed", "fast"}, exitUsage, "\"--speed\" flag: must be a number\n"},
		{"no whole number", []string{"compare", "one-pen", "--most", "1.5"}, exitUsage, "must be a whole number"},
		{"too large a number", []string{"compare", "one-pen", "--most", "99999999999999999999"}, exitUsage, "is out of range"},
		{"neither yes nor no", []string{"one-pen", "--ascii=maybe"}, exitUsage, "must be true or false"},
		{"empty folder", with("run", "one-pen", "--out", ""), exitUsage, "--out: must not be empty"},
		{"empty seed", []string{"run", "one-pen", "--seed="}, exitUsage, "--seed: must not be empty"},
		{"misspelt command", []string{"rnu"}, exitUsage, "did you mean run?"},
		{"misspelt command with an argument", []string{"rnu", "one-pen"}, exitUsage, "did you mean run?"},
		{"unknown flag", []string{"run", "one-pen", "--sed", "3"}, exitUsage, "unknown flag: --sed"},
		{"unknown scenario", with("run", "one-pne"), exitUsage, "did you mean one-pen?"},
		{"no scenario", []string{"run"}, exitUsage, "onepen run needs a scenario or a file"},
		{"too much", []string{"run", "one-pen", "x"}, exitUsage, `one argument too many: "x"`},
		{"bad value", []string{"run", "one-pen", "--set", "lanes.orders.batch.size=0"}, exitUsage, "--set lanes.orders.batch.size=0: must be 1 to 1000000, got 0"},
		{"bad duration", []string{"run", "one-pen", "--duration", "10"}, exitUsage, "--duration 10: "},
		{"bad seed", []string{"run", "one-pen", "--seed", "x"}, exitUsage, "--seed x: must be a whole number"},
		{"bad replication", with("run", "one-pen", "--replication", "-1"), exitUsage, "replication must be 0 or more"},
		{"bad file", []string{"run", broken}, exitUsage, "broken.yaml:2:31: lanes.a.batch.size: must be 1"},
		{"missing file", []string{"run", "nothing.yaml"}, exitUsage, "no such file"},
		{"bad folder", with("run", "one-pen", "--out", file), exitUsage, "cannot make the folder"},
		{"ended early", []string{"run", "ad-clicks", "--set", "max_in_flight=10"}, exitFailed, "the run ended early: 10 writes in flight"},
		{"unknown parameter", []string{"params", "batch.size"}, exitUsage, "did you mean lanes.*.batch.size?"},
		{"unknown measure", []string{"params", "--measures", "p98"}, exitUsage, "no measure"},
		{"misspelt measure", []string{"params", "--measures", "commited"}, exitUsage, "did you mean committed?"},
		{"misspelt chapter", []string{"params", "timelin"}, exitUsage, "did you mean timeline?"},
		{"unknown shell", []string{"completion", "tcsh"}, exitUsage, "there are: bash, zsh"},
		{"misspelt shell", []string{"completion", "bahs"}, exitUsage, "did you mean bash?"},
		{"misspelt schema", []string{"schema", "swep"}, exitUsage, "did you mean sweep?"},
		{"misspelt subcommand", []string{"scenarios", "shw"}, exitUsage, `no command "shw" under onepen scenarios; did you mean show?`},
		{"flag of other commands", []string{"run", "--workers", "2"}, exitUsage, "it belongs to onepen capacity, onepen compare, onepen sweep"},
		{"flag of the screen, with a name near to one of the command's", []string{"run", "--speed", "4"}, exitUsage, "it belongs to onepen; did you mean --seed?"},
		{"help on nothing", []string{"help", "nosuch"}, exitUsage, `there is no command "nosuch" under onepen`},
		{"help on a misspelt command", []string{"help", "rnu"}, exitUsage, "did you mean run?"},
		{"help on a misspelt subcommand", []string{"help", "scenarios", "shw"}, exitUsage, "did you mean show?"},
		{"help on more than a command", []string{"help", "run", "one-pen"}, exitUsage, `there is no command "one-pen" under onepen run`},
		{"argument where none belongs", []string{"version", "x"}, exitUsage, "takes no argument"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := onepen(context.Background(), test.args...)
			if got.code != test.code {
				t.Errorf("exit code %d, want %d; stderr: %s", got.code, test.code, got.stderr)
			}
			if test.stderr == "" && got.stderr != "" || !strings.Contains(got.stderr, test.stderr) {
				t.Errorf("stderr is %q, want something with %q", got.stderr, test.stderr)
			}
			if test.code == exitUsage && got.stdout != "" {
				t.Errorf("bad usage wrote to stdout: %q", got.stdout)
			}
		})
	}
	if got := onepen(canceled, "run", "one-pen"); got.code != exitInterrupted || got.stdout != "" || !strings.Contains(got.stderr, "interrupted after 0 of 60.0 s") {
		t.Errorf("interrupted: exit code %d, stdout %q", got.code, got.stdout)
	}
}

func TestFileWithoutItsEndIsSuggested(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("shards.yaml", []byte("lanes: {a: {store: s}}\nstores: {s: {}}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := onepen(context.Background(), "run", "shards"); got.code != exitUsage || !strings.Contains(got.stderr, "did you mean the file shards.yaml?") {
		t.Errorf("%+v", got)
	}
}

func TestVersionFlagSaysWhatTheCommandSays(t *testing.T) {
	flag, command := onepen(context.Background(), "--version"), onepen(context.Background(), "version")
	if flag != command || !strings.HasPrefix(flag.stdout, "onepen ") {
		t.Errorf("%+v, but %+v", flag, command)
	}
}

func TestParamsDescribesTheTimeline(t *testing.T) {
	alone := onepen(context.Background(), "params", "timeline")
	all := onepen(context.Background(), "params")
	if alone.code != exitDone || !strings.Contains(all.stdout, alone.stdout) {
		t.Errorf("%+v", alone)
	}
	for _, part := range experiments.TimelineParts() {
		if !strings.Contains(alone.stdout, "\n  "+part.Name+" ") {
			t.Errorf("%s is not described:\n%s", part.Name, alone.stdout)
		}
	}
	for _, f := range models.FaultForms() {
		if target := strings.Replace(f.Target, "*", "<name>", 1); !strings.Contains(alone.stdout, f.Kind.String()) || !strings.Contains(alone.stdout, target) {
			t.Errorf("%s %s is not described:\n%s", f.Kind, target, alone.stdout)
		}
	}
}

func TestRunWritesFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "results")
	got := onepen(context.Background(), "run", "one-pen", "--duration", "1s", "--set", "warmup=0s", "--seed", "9", "--replication", "2", "--out", folder)
	if got.code != exitDone || !strings.Contains(got.stderr, folder) {
		t.Fatalf("%+v", got)
	}
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Command []string }
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	want := []string{"onepen", "run", "one-pen", "--set", "warmup=0s", "--duration", "1s", "--seed", "9", "--replication", "2"}
	if diff := cmp.Diff(want, m.Command); diff != "" {
		t.Errorf("command (-want +got):\n%s", diff)
	}
	// The command in the manifest repeats the run.
	again := filepath.Join(t.TempDir(), "again")
	if got := onepen(context.Background(), append(m.Command[1:], "--out", again)...); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	for _, name := range []string{"runs.csv", "timeseries.csv", "stores.csv", "partitions.csv", "nodes.csv", "allocators.csv", "breaches.csv", "manifest.json"} {
		one, err1 := os.ReadFile(filepath.Join(folder, name))
		other, err2 := os.ReadFile(filepath.Join(again, name))
		if err1 != nil || err2 != nil || !bytes.Equal(one, other) {
			t.Errorf("%s differs (%v, %v)", name, err1, err2)
		}
	}
}

func TestRunAsJSON(t *testing.T) {
	got := onepen(context.Background(), "run", "url-shortener", "--duration", "1s", "--set", "warmup=0s", "--json")
	var result struct {
		Lanes []struct {
			Lane    string
			Offered uint64
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &result); err != nil {
		t.Fatalf("%v: %s", err, got.stdout)
	}
	if len(result.Lanes) != 2 || result.Lanes[0].Lane != "mapping" || result.Lanes[0].Offered == 0 {
		t.Errorf("%+v", result)
	}
}

func TestExportedScenarioRunsTheSame(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx := context.Background()
	for _, s := range experiments.Shipped() {
		file := s.Name + "-copy.yaml"
		if got := onepen(ctx, "scenarios", "export", s.Name, file); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		args := []string{"--duration", "6s"}
		original := onepen(ctx, append([]string{"run", s.Name}, args...)...)
		exported := onepen(ctx, append([]string{"run", file}, args...)...)
		if original.stdout != exported.stdout || original.code != exitDone {
			t.Errorf("%s (-original +exported):\n%s", s.Name, cmp.Diff(original.stdout, exported.stdout))
		}
		if got := onepen(ctx, "scenarios", "export", s.Name, file); got.code != exitUsage || !strings.Contains(got.stderr, "--force") {
			t.Errorf("a second export: %+v", got)
		}
	}
	if _, err := os.Stat("web-clicks.csv"); err != nil {
		t.Errorf("the trace was not exported: %v", err)
	}
}

// commandsOf returns a command and all below it.
func commandsOf(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		all = append(all, commandsOf(sub)...)
	}
	return all
}

func TestHelp(t *testing.T) {
	var all strings.Builder
	for _, cmd := range commandsOf((&cli{}).root()) {
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		got := onepen(context.Background(), args...)
		if got.code != exitDone || got.stderr != "" {
			t.Errorf("%v: %+v", args, got)
		}
		asked := append([]string{"help"}, args[:len(args)-1]...)
		if diff := cmp.Diff(got.stdout, onepen(context.Background(), asked...).stdout); diff != "" && cmd.Name() != "help" {
			t.Errorf("%v says something else than %v:\n%s", asked, args, diff)
		}
		if !strings.Contains(got.stdout, "Examples:\n") {
			t.Errorf("%s has no examples", cmd.CommandPath())
		}
		for line := range strings.Lines(got.stdout) {
			if n := uniseg.StringWidth(line) - 1; n > 100 {
				t.Errorf("%s: line of %d columns: %s", cmd.CommandPath(), n, line)
			}
		}
		all.WriteString("$ onepen " + strings.Join(args, " ") + "\n" + got.stdout + "\n")
	}
	const file = "testdata/help.txt"
	if *update {
		if err := os.WriteFile(file, []byte(all.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), all.String()); diff != "" {
		t.Errorf("%s (-want +got; rewrite with -update):\n%s", file, diff)
	}
}

// redirection is what a shell does with the output of an example.
var redirection = regexp.MustCompile(` [>|] .*$`)

// TestEveryExampleWorks runs the examples of all help texts in their order.
func TestEveryExampleWorks(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("my-system.yaml", []byte("lanes: {orders: {store: s}}\nstores: {s: {}}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("pgbench_log.4711", []byte(pgbenchLog()), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("mine.yaml", []byte(onepen(context.Background(), "fit", "pgbench_log.4711", "--scenario").stdout), 0o666); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, cmd := range commandsOf((&cli{}).root()) {
		for line := range strings.Lines(cmd.Example) {
			line = strings.ReplaceAll(redirection.ReplaceAllString(strings.TrimSpace(line), ""), "'", "")
			words := strings.Fields(line)
			if len(words) == 0 || words[0] != "onepen" {
				t.Errorf("%s: example %q", cmd.CommandPath(), line)
				continue
			}
			n++
			if strings.Join(words[:min(3, len(words))], " ") == "onepen scenarios export" && len(words) > 4 {
				words = append(words, "--force") // the same file is exported by another example
			}
			if len(words) > 1 && words[1] == "bench" && !slices.Contains(words, "--quick") {
				words = append(words, "--quick") // figures are no matter here
			}
			switch { // the form matters here; the whole suite takes minutes
			case len(words) > 1 && words[1] == "capacity":
				words = append(words, "--replications", "3", "--most", "3")
			case slices.Contains(words, "--real"):
				words = append(words, "--case", "W8 s*")
			case len(words) > 1 && words[1] == "verify":
				words = append(words, "--case", "mm1-r50", "--replications", "8")
			}
			got := onepen(context.Background(), words[1:]...)
			if strings.Contains(line, "--plant") && got.code == exitFailed {
				continue // what was planted may be seen even in a few runs
			}
			live := cmd.Name() == "onepen" && (len(words) == 1 || words[1] != "run" && !slices.Contains(words, "--plain"))
			switch {
			case live && (got.code != exitUsage || !strings.Contains(got.stderr, "needs a terminal")):
				t.Errorf("%s: %+v", line, got)
			case !live && (got.code != exitDone || got.stdout == "" && !strings.Contains(line, "export") && !strings.Contains(line, " -o ")):
				t.Errorf("%s: %+v", line, got)
			}
		}
	}
	if n < 20 {
		t.Errorf("%d examples were run", n)
	}
}

func TestCompletion(t *testing.T) {
	ctx := context.Background()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"__complete", "run", "one"}, "one-pen\t"},
		{[]string{"__complete", "run", "one-pen", "--set", "lanes.orders.ba"}, "lanes.orders.batch.size="},
		{[]string{"__complete", "params", "lanes.*.queue.mo"}, "lanes.*.queue.mode\t"},
		{[]string{"__complete", "completion", ""}, "fish"},
		{[]string{"__complete", "sc"}, "scenarios\t"},
		{[]string{"__complete", "help", "scenarios", "sh"}, "show\t"},
	} {
		if got := onepen(ctx, test.args...); got.code != exitDone || !strings.Contains(got.stdout, test.want) {
			t.Errorf("%v: %+v, want %q", test.args, got, test.want)
		}
	}
}

func TestReferenceFitsThePage(t *testing.T) {
	for _, args := range [][]string{{"params"}, {"params", "timeline"}, {"params", "--measures"}, {"scenarios"}} {
		got := onepen(context.Background(), args...)
		for line := range strings.Lines(got.stdout) {
			if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%v: line of %d columns: %s", args, n, line)
			}
		}
	}
}

func TestParamsOfAnyComponentAndOfOne(t *testing.T) {
	ctx := context.Background()
	all := onepen(ctx, "params", "lanes.*.batch.size")
	one := onepen(ctx, "params", "lanes.clicks.batch.size")
	if all != one || !strings.Contains(all.stdout, "1 to 1000000") {
		t.Errorf("%+v and %+v", all, one)
	}
	group := onepen(ctx, "params", "lanes.clicks.batch")
	if !strings.Contains(group.stdout, "batch.size") || !strings.Contains(group.stdout, "batch.linger") || strings.Contains(group.stdout, "queue") {
		t.Errorf("%+v", group)
	}
}
