package models

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/sim"
)

var update = flag.Bool("update", false, "rewrite the transcripts in testdata")

// TestTranscripts plays the scripts in testdata and compares what happens with
// what is written below each command. A script is a story told in four
// commands, each on a line that begins with ">":
//
//	> lane v                        adds a lane beside w
//	> writes w 0 1ms 1ms/k3         offers writes of a lane at these instants, with these keys, else k1
//	> set path=value path=value     sets parameters, while the system runs as one change
//	> run 5ms                       lets time pass
//
// What happens is told by instant: how many writes of a lane were offered,
// admitted, acked and so on, each write that was committed, and at the end
// what every stage holds. Writes are numbered from 0 in the order of their
// lane. With -update the outcome is written anew; the change to the files is
// then to be explained.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := playScript(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// playScript returns the script with the outcome below each command.
func playScript(t *testing.T, text string) string {
	p := &player{t: t, scenario: built(t, "lanes.w.arrivals.rate", "0/s"), traces: map[string]string{}}
	p.scenario.Open = func(name string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(p.traces[name])), nil
	}
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		command, isCommand := strings.CutPrefix(line, "> ")
		switch {
		case isCommand:
			p.say("%s", line)
			p.command(strings.Fields(command))
		case strings.HasPrefix(line, "#") || line == "":
			p.say("%s", line)
		}
	}
	return p.out.String()
}

// player plays one script.
type player struct {
	t        *testing.T
	scenario *Scenario
	traces   map[string]string // files by name
	y        *System           // nil before the first run
	commits  []string          // since the last report
	snapshot Snapshot
	out      strings.Builder
}

func (p *player) say(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *player) command(words []string) {
	p.t.Helper()
	switch words[0] {
	case "lane":
		if err := p.scenario.Add("lanes", words[1]); err != nil {
			p.t.Fatal(err)
		}
		assign(p.t, p.scenario, "lanes."+words[1]+".arrivals.rate", "0/s", "lanes."+words[1]+".store", "s")
	case "writes":
		p.writes(words[1], words[2:])
	case "set":
		p.set(words[1:])
	case "run":
		span, err := sim.ParseTime(words[1])
		if err != nil {
			p.t.Fatal(err)
		}
		p.run(span)
	default:
		p.t.Fatalf("no such command: %v", words)
	}
}

// writes gives a lane a trace.
func (p *player) writes(lane string, list []string) {
	p.t.Helper()
	file := "time_s,key\n"
	for i, word := range list {
		instant, key, _ := strings.Cut(word, "/k")
		at, err := sim.ParseTime(instant)
		if err != nil {
			p.t.Fatal(err)
		}
		number := 1
		if key != "" {
			if number, err = strconv.Atoi(key); err != nil {
				p.t.Fatal(err)
			}
		}
		if i == 0 && at != 0 {
			p.t.Fatalf("writes %s: a trace begins at 0, got %s", lane, word)
		}
		file += fmt.Sprintf("%.9f,%d\n", at.Seconds(), number-1)
	}
	p.traces[lane] = file
	path := "lanes." + lane + ".arrivals."
	assign(p.t, p.scenario, path+"process", "trace", path+"trace", lane, path+"repeat", "false", "lanes."+lane+".keys.skew", "trace")
}

func (p *player) set(words []string) {
	p.t.Helper()
	var set []Assignment
	for _, word := range words {
		path, value, _ := strings.Cut(word, "=")
		set = append(set, Assignment{path, value})
	}
	if p.y != nil {
		if err := p.y.Apply(set); err != nil {
			p.say("  refused: %v", err)
		}
		p.report()
		return
	}
	for _, a := range set {
		assign(p.t, p.scenario, a.Path, a.Value)
	}
}

// run lets time pass and tells what happens at each instant.
func (p *player) run(span sim.Time) {
	p.t.Helper()
	if p.y == nil {
		p.y = start(p.t, p.scenario, 0)
		p.y.onCommit = func(w *write, _ *operation) {
			p.commits = append(p.commits, fmt.Sprintf("%s%d of k%d in p%d", p.scenario.Lanes[w.lane].Name, w.n, w.key, w.partition))
		}
	}
	end := p.y.Now() + span
	for p.y.sim.Next() <= end {
		p.y.RunUntil(p.y.sim.Next())
		p.report()
	}
	p.y.RunUntil(end)
	p.report()
	for _, lane := range p.snapshot.Lanes {
		var held []string
		for stage, n := range lane.Depth {
			if n > 0 {
				held = append(held, fmt.Sprintf("%s %d", Stage(stage), n))
			}
		}
		if held == nil {
			held = []string{"nothing"}
		}
		p.say("  %-6v %s holds %s", p.y.Now(), lane.Name, strings.Join(held, ", "))
	}
}

// report tells what has happened since the last report.
func (p *player) report() {
	p.t.Helper()
	mustHold(p.t, p.y)
	p.y.Sample(&p.snapshot)
	for _, lane := range p.snapshot.Lanes {
		var happened []string
		c := &lane.Span
		for _, count := range []struct {
			what string
			n    uint64
		}{
			{"offered", c.Offered}, {"retried", c.Retried}, {"admitted", c.Admitted}, {"rejected", c.Rejected}, {"dropped", c.Dropped},
			{"acked and lost", c.AckedLost}, {"acked", c.Acked}, {"timed out", c.TimedOut}, {"failed", c.Failed}, {"expired", c.Expired},
		} {
			if count.n > 0 {
				happened = append(happened, fmt.Sprintf("%s %d", count.what, count.n))
			}
		}
		if happened != nil {
			p.say("  %-6v %s %s", p.y.Now(), lane.Name, strings.Join(happened, ", "))
		}
	}
	if len(p.commits) > 0 {
		p.say("  %-6v committed %s", p.y.Now(), strings.Join(p.commits, ", "))
		p.commits = nil
	}
}

// TestBlockedWritersFindTheirNewLine blocks four writers of a closed loop
// behind a full shared line and then gives each partition a line of its own.
// The writers that now wait outside an empty line must be let in: in a closed
// loop nobody else will come to wake them.
func TestBlockedWritersFindTheirNewLine(t *testing.T) {
	s := built(t, "lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", "12", "lanes.w.arrivals.think", "1us",
		"lanes.w.queue.mode", "memory", "lanes.w.queue.capacity", "1", "lanes.w.queue.when_full", "block", "lanes.w.queue.workers", "1",
		"stores.s.partitions", "4", "stores.s.overhead", "1ms")
	y := start(t, s, 0)
	y.RunUntil(10 * sim.Millisecond)
	if err := y.Apply([]Assignment{{"lanes.w.queue.lines", "per_partition"}}); err != nil {
		t.Fatal(err)
	}
	mustHold(t, y)
	y.RunUntil(2 * sim.Second)
	mustHold(t, y)
	// Four lines of 1 ms a write: 4 000 writes/s while all are busy. Twelve
	// writers over four lines leave one empty now and then, but a tenth of the
	// rate is what is left with most of the writers stuck.
	if got := y.Result().Lanes[0].Counts.Committed; got < 4000 {
		t.Errorf("%d writes committed in 2 s by 12 writers over 4 lines", got)
	}
}

// TestLanesShareTheRoomOfAStore offers two queues more than a store can take,
// which admits one waiting write. Neither lane may be shut out by the other.
func TestLanesShareTheRoomOfAStore(t *testing.T) {
	s := built(t, "lanes.w.arrivals.rate", "2000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "4",
		"stores.s.overhead", "1ms", "stores.s.backlog", "1")
	if err := s.Add("lanes", "v"); err != nil {
		t.Fatal(err)
	}
	assign(t, s, "lanes.v.arrivals.rate", "2000/s", "lanes.v.store", "s", "lanes.v.queue.mode", "memory", "lanes.v.queue.workers", "4")
	y := start(t, s, 0)
	y.RunUntil(10 * sim.Second)
	mustHold(t, y)
	lanes := y.Result().Lanes
	a, b := lanes[0].Counts.Committed, lanes[1].Counts.Committed
	if total := a + b; min(a, b) < total/4 {
		t.Errorf("of %d writes committed, %d are of lane w and %d of lane v: one is shut out", total, a, b)
	}
}

// TestLinesChangeInOrder: writes that come after a change of the lines do not
// overtake those that were in an append at that moment, however long it takes.
func TestLinesChangeInOrder(t *testing.T) {
	y := start(t, built(t, "lanes.w.arrivals.rate", "500/s", "lanes.w.keys.space", "20", "lanes.w.queue.mode", "durable", "lanes.w.queue.workers", "1",
		"lanes.w.queue.append", "uniform(0s, 100ms)", "stores.s.partitions", "8", "stores.s.overhead", "100us"), 0)
	for i := range 200 {
		y.RunUntil(sim.Time(i+1) * 37 * sim.Millisecond)
		if err := y.Apply([]Assignment{{Path: "lanes.w.queue.lines", Value: lineKinds[(i+1)%2]}}); err != nil {
			t.Fatal(err)
		}
		mustHold(t, y)
	}
	if c := y.Result().Lanes[0].Counts; c.Inversions != 0 || c.Committed < 3000 {
		t.Errorf("%d of %d writes stored out of order", c.Inversions, c.Committed)
	}
}
