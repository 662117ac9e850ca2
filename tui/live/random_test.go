package live

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// scriptedScenario is penScenario with a warm-up and changes of its own, which
// undo themselves.
func scriptedScenario(t testing.TB) *models.Scenario {
	s := penScenario(t)
	s.Warmup = 500 * sim.Millisecond
	s.Timeline = []models.Change{
		{At: 2 * sim.Second, For: sim.Second, Set: set("lanes.orders.arrivals.rate", "800/s")},
		{At: 4 * sim.Second, For: 700 * sim.Millisecond, Fault: models.Fault{Kind: models.Slow, Target: "allocators.counter", By: 1.5}},
	}
	return s
}

// anyCommand draws something that a person may ask for. Faster than a limit the
// run is not made: a run at the speed of the machine never waits, and time in a
// bubble passes only while all wait.
func anyCommand(random *rand.Rand, f *Frame, limit Speed) Command {
	lane := f.Lanes[random.IntN(len(f.Lanes))].Name
	coin := func() bool { return random.IntN(2) == 0 }
	switch random.IntN(14) {
	case 0, 1, 2:
		return MakeMove{Lane: lane, Move: random.IntN(len(moves)), Back: coin()}
	case 3, 4:
		incidents := f.Incidents(lane, Aim{})
		return Inflict{&incidents[random.IntN(len(incidents))]}
	case 5:
		workers := []string{"1", "3", "0", "many"}
		return Change{Set: set("lanes.orders.queue.workers", workers[random.IntN(len(workers))])}
	case 6:
		return TogglePause{}
	case 7:
		return Step{}
	case 8:
		return ChangeSpeed{Faster: coin() && f.Speed < limit}
	case 9:
		return TurnTwin{}
	case 10:
		return SwitchTwin{}
	case 11:
		return Rewind{By: 1 + sim.Time(random.Int64N(int64(3*sim.Second)))}
	case 12:
		if n := len(f.Stamps); n > 0 {
			return RewindTo{At: f.Stamps[random.IntN(n)].At}
		}
	case 13:
		if random.IntN(4) == 0 {
			return Restart{NextSeed: coin(), KeepMoves: coin()}
		}
	}
	return TogglePause{}
}

// TestAnythingGoes asks a driver for all it can do, in random order and at
// random instants. Whatever was asked for, run and twin stay sound and at the
// same instant, and what is exported replays to the same bytes. The bubble fails
// if anything hangs or a goroutine is left.
func TestAnythingGoes(t *testing.T) {
	sessions, commands := 25, 100
	if testing.Short() {
		sessions = 4
	}
	for n := range sessions {
		t.Run(fmt.Sprint("session ", n), func(t *testing.T) {
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(uint64(n), 1))
				d := drive(t, scriptedScenario(t), 1, nil)
				f := d.Frame()
				for range commands {
					d.pass(time.Duration(random.Int64N(int64(300 * time.Millisecond))))
					f = d.ask(anyCommand(random, f, 5))
					if f.Replay != nil {
						t.Fatalf("a replay is under way when all wait: %+v", f.Replay)
					}
					if twin := f.Twin; twin != nil && twin.Frame.Halted == "" && twin.Frame.Time-f.Time > 1 {
						t.Fatalf("the twin is at %v, the run at %v", twin.Frame.Time, f.Time)
					}
				}
				d.ask(Step{}) // on to where there is something to replay
				d.end()
				sound(t, d.Driver)
				replaysToTheByte(t, folder, d.Driver)
			})
		})
	}
}

// sound fails if an invariant of the run or of its twin is broken.
func sound(t testing.TB, d *Driver) {
	t.Helper()
	for _, r := range []*run{d.run, d.twin} {
		if r == nil {
			continue
		}
		if err := r.system.Check(); err != nil {
			t.Errorf("%v: %v", r.session.Timeline(), err)
		}
	}
}

// replaysToTheByte fails unless the session of a driver that has ended, written
// to a file, read again and run as the command run does, gives the result of its
// run and the same files.
func replaysToTheByte(t testing.TB, folder string, d *Driver) {
	t.Helper()
	replays(t, d)
	source := experiments.Format(d.Frame().Session.Replay())
	s, err := experiments.ReadScenario("session.yaml", source, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	asMeasured(s, d)
	report, err := experiments.Run(context.Background(), s, experiments.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	again := files(t, filepath.Join(folder, "again"), report)
	report.Result = d.Result()
	for name, text := range files(t, filepath.Join(folder, "live"), report) {
		if !bytes.Equal(text, again[name]) {
			t.Errorf("%s, replayed:\n%s\nlive:\n%s\n%s", name, again[name], text, source)
		}
	}
}

// files returns the files of a report, by their names.
func files(t testing.TB, folder string, report experiments.Report) map[string][]byte {
	t.Helper()
	if err := experiments.WriteFiles(folder, experiments.Origin{}, []experiments.Report{report}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	texts := map[string][]byte{}
	for _, e := range entries {
		if texts[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

// TestAnythingGoesAtOnce is the same on the clock of the machine at all speeds,
// with commands that come before the ones sent earlier were obeyed.
func TestAnythingGoesAtOnce(t *testing.T) {
	commands := 2000
	if testing.Short() {
		commands = 200
	}
	random := rand.New(rand.NewPCG(1, 2))
	d, err := NewDriver(scriptedScenario(t), Options{Speed: 10})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	for range commands {
		d.Send(anyCommand(random, d.Frame(), 100))
		if random.IntN(16) == 0 {
			<-d.Changed()
		}
	}
	// The last command is on to where there is something to replay.
	d.Send(Step{})
	deadline := time.After(time.Minute)
	for f := d.Frame(); f.Replay != nil || f.Running || f.Time < tenth; f = d.Frame() {
		select {
		case <-d.Changed():
		case <-deadline:
			t.Fatalf("the driver does not answer any more: at %v, running %v, replay %+v", f.Time, f.Running, f.Replay)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	d.replay = nil
	d.publish() // the frame of where it stopped
	sound(t, d)
	replays(t, d)
}
