package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
	"onepen/tui/live"
)

// The tests below play whole sessions on a simulated terminal, on the fake
// clock of testing/synctest: time passes only while every goroutine waits.

// session is a person in front of the screen.
type session struct {
	t        *testing.T
	terminal *terminal
	ended    chan error
	driver   *live.Driver // once it has ended

	mu    sync.Mutex
	shown string // the screen as text
	drawn int    // how often it was drawn
}

// terminal is a simulated terminal that knows whether it was restored.
type terminal struct {
	tcell.SimulationScreen
	restored int
}

func (t *terminal) Fini() {
	t.restored++
	t.SimulationScreen.Fini()
}

// sit starts the screen on a terminal of a size.
func sit(ctx context.Context, t *testing.T, w, h int, scenario *models.Scenario, opts Options) *session {
	t.Helper()
	s := &session{t: t, terminal: &terminal{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}, ended: make(chan error, 1)}
	opts.Screen = s.terminal
	opts.ended = func(d *live.Driver) { s.driver = d }
	drawn := opts.drawn
	opts.drawn = func(screen tcell.Screen) {
		s.look(screen)
		if drawn != nil {
			drawn(screen)
		}
	}
	go func() { s.ended <- Run(ctx, scenario, opts) }()
	synctest.Wait()
	s.resize(w, h)
	return s
}

// look remembers what is on the screen.
func (s *session) look(screen tcell.Screen) {
	w, h := screen.Size()
	var b strings.Builder
	for y := range h {
		line := ""
		for x := 0; x < w; {
			text, _, width := screen.Get(x, y)
			line += text
			x += max(width, 1)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = b.String()
	s.drawn++
}

func (s *session) resize(w, h int) {
	s.terminal.SetSize(w, h)
	if err := s.terminal.PostEvent(tcell.NewEventResize(w, h)); err != nil {
		s.t.Fatal(err)
	}
	s.pass(100 * time.Millisecond)
}

// pass lets wall-clock time pass.
func (s *session) pass(span time.Duration) {
	<-time.After(span)
	synctest.Wait()
}

// press presses keys that write something.
func (s *session) press(keys string) {
	for _, r := range keys {
		s.key(tcell.KeyRune, r)
	}
}

func (s *session) key(k tcell.Key, r rune) {
	s.terminal.InjectKey(k, r, tcell.ModNone)
	s.pass(100 * time.Millisecond)
}

// click clicks where a text stands.
func (s *session) click(text string) {
	s.t.Helper()
	for y, line := range strings.Split(s.screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			x := len([]rune(before)) + 1
			s.terminal.InjectMouse(x, y, tcell.ButtonPrimary, tcell.ModNone)
			s.terminal.InjectMouse(x, y, tcell.ButtonNone, tcell.ModNone)
			s.pass(100 * time.Millisecond)
			return
		}
	}
	s.t.Fatalf("%q is not on the screen:\n%s", text, s.screen())
}

func (s *session) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

func (s *session) drawings() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drawn
}

// shows reports whether a text is on the screen.
func (s *session) shows(text string) bool { return strings.Contains(s.screen(), text) }

// sees fails unless all texts are on the screen; one that begins with "no "
// must not be.
func (s *session) sees(texts ...string) {
	s.t.Helper()
	shown := s.screen()
	for _, text := range texts {
		unwanted, not := strings.CutPrefix(text, "no ")
		if strings.Contains(shown, unwanted) == not {
			s.t.Errorf("want %q on the screen:\n%s", text, shown)
		}
	}
}

// quit ends the session with a key.
func (s *session) quit() {
	s.t.Helper()
	s.press("q")
	if err := s.over(); err != nil {
		s.t.Errorf("Run returned %v after q", err)
	}
}

// over waits for the end, and checks that the terminal was restored.
func (s *session) over() error {
	s.t.Helper()
	err := <-s.ended
	if s.terminal.restored != 1 {
		s.t.Errorf("the terminal was restored %d times, want once", s.terminal.restored)
	}
	return err
}

func loadForTests(t *testing.T) func(string) (*models.Scenario, error) {
	return func(name string) (*models.Scenario, error) {
		s := shopScenario(t)
		if s.Name = name; name == "closed" {
			return nil, errors.New("the bazaar is closed")
		}
		return s, nil
	}
}

func TestSessionMovesPausesAndSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(2 * time.Second)
		s.sees("onepen  shop", "▶ running", "×1.0", "seed 7", "fighting over?", "press 1-6")
		s.press("5")
		s.sees("range •", "last move: ids", "allocators.numbers.strategy = range", "no press 1-6")
		s.press("+")
		s.sees("×2.0")
		s.press(" ")
		s.sees("‖ paused", "space go on")
		before := s.screen()
		s.pass(time.Minute)
		if diff := cmp.Diff(before, s.screen()); diff != "" {
			t.Errorf("the screen changed during a pause (-before +after):\n%s", diff)
		}
		s.press(".")
		s.sees("‖ paused")
		if s.screen() == before {
			t.Error("a step changed nothing")
		}
		s.press("l")
		s.sees("lane clicks (2 of 2)", "partitions of log")
		s.press("5")
		s.sees("this lane needs no IDs", "ids stays –")
		s.press("R3")
		s.sees("seed 8", "▶ running", "no range •")
		s.quit()
	})
}

func TestSessionChoosesAScenario(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opts := Options{Load: loadForTests(t), Shipped: append(shippedForTests[:2:2], Shipped{Name: "closed"})}
		s := sit(t.Context(), t, 80, 24, shopScenario(t), opts)
		s.press("s")
		s.sees("scenarios: Enter or its key opens, Esc closes", "shop", "Everybody wants the same key, [red]and says", "…", "no You see: the same key.")
		s.key(tcell.KeyDown, 0)
		s.sees("You see: the same key.") // the text of the one under the cursor
		s.press("1")                     // the first of the list, no move
		s.sees("no scenarios: Enter", "onepen  shop", "no queue none •")
		s.press("s")
		s.key(tcell.KeyEscape, 0)
		s.sees("no scenarios: Enter")
		s.press("s")
		s.key(tcell.KeyDown, 0)
		s.key(tcell.KeyEnter, 0)
		s.sees("onepen  bazaar", "no scenarios: Enter")
		s.press("s3")
		s.sees("onepen  bazaar", "cannot open closed: the bazaar is closed")
		s.quit()
	})
}

// TestSessionListsItsFile: a file that the screen began with stands first in
// the list, and a restart reads it again.
func TestSessionListsItsFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		about := "As it was."
		load := func(name string) (*models.Scenario, error) {
			s := shopScenario(t)
			if s.Name = name; name == "mine.yaml" {
				s.Name, s.About = "mine", about
			}
			return s, nil
		}
		mine, _ := load("mine.yaml")
		s := sit(t.Context(), t, 120, 36, mine, Options{Load: load, Shipped: shippedForTests, Name: "mine.yaml"})
		s.press("s")
		s.sees("(1) mine.yaml", "(2) shop")
		s.press("2")
		s.sees("onepen  shop")
		s.press("s1")
		s.sees("onepen  mine", "As it was.")
		s.press("R1")
		s.sees("no has changed")
		about = "As it is now."
		s.press("R1")
		s.sees("mine.yaml has changed: read again", "As it is now.")
		s.quit()
	})
}

func TestSessionInflictsFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.press("f")
		s.sees("faults of orders: Enter or its key inflicts", "not now: central IDs need no clock")
		s.press("3")
		s.sees("no faults of orders", "crash the allocator  (crash allocators.numbers for 5s)")
		s.pass(5 * time.Second)
		s.sees("crash the allocator is over")
		s.press("b")
		s.sees("burst ×5  (lanes.orders.arrivals.rate = 500/s for 5s)")
		s.press("b")
		s.sees("burst ×5 cannot happen now: one is on until")
		s.press("f9")
		s.sees("clock step 50ms cannot happen now: central IDs need no clock")
		s.quit()
	})
}

// TestSessionEndsWhereItWasAskedTo: with an end given the run pauses there, and
// any key that means nothing else lets it go on.
func TestSessionEndsWhereItWasAskedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{Until: 3 * sim.Second})
		s.pass(10 * time.Second)
		s.sees("t 00:03.0", "complete", "run complete, as asked at 3s: any key goes on")
		s.press("x")
		s.pass(time.Second)
		s.sees("t 00:04", "▶ running")
		s.quit()
	})
}

func TestSessionReadsTheHelp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{})
		s.press("?")
		s.sees("help: ↑↓ scroll, Esc closes", "SCENARIO SHOP", "faster: ×2, ×5, ×10", "no reads", " more ─")
		s.key(tcell.KeyEnd, 0)
		s.sees("waiting for replicas to confirm", "no SCENARIO SHOP", "no  more ─")
		s.press("?")
		s.sees("no help: ↑↓", "▶ running")
		s.press("?q")
		s.sees("no help: ↑↓", "▶ running") // q left the help, not the program
		s.quit()
	})
}

func TestSessionResizes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{})
		s.sees("fighting over:", "no fighting over?")
		s.resize(120, 36)
		s.sees("what are the writers fighting over?", "Try: ranges.")
		s.resize(20, 5)
		s.sees("needs 80 x 24", "no running")
		s.press("5") // still obeyed
		s.resize(1, 1)
		s.press("?")
		s.press("?")
		s.resize(80, 24)
		s.sees("ids range •", "fighting over:")
		s.quit()
	})
}

func TestSessionWithTheMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.click("ids        central")
		s.sees("range •")
		s.resize(80, 24)
		s.click("batch 64")
		s.sees("batch 512 / 50ms •")
		s.click("l lane")
		s.sees(" clicks")
		s.click("? help")
		s.sees("SCENARIO SHOP")
		s.click("SCENARIO") // nothing behind a dialog is clicked
		s.key(tcell.KeyEscape, 0)
		s.sees("▶ running")
		s.click("space pause")
		s.sees("‖ paused")
		s.quit()
	})
}

func TestSessionEnds(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(s *session, cancel func())
		want func(error) bool
	}{
		{"q", func(s *session, _ func()) { s.press("q") }, func(err error) bool { return err == nil }},
		{"Ctrl-C", func(s *session, _ func()) { s.key(tcell.KeyCtrlC, 0) }, func(err error) bool { return err == nil }},
		{"Ctrl-C in a dialog", func(s *session, _ func()) { s.press("?"); s.key(tcell.KeyCtrlC, 0) }, func(err error) bool { return err == nil }},
		{"the end of the context", func(_ *session, cancel func()) { cancel() }, func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"a terminal that is gone", func(s *session, _ func()) {
			s.terminal.PostEvent(tcell.NewEventError(errors.New("input/output error")))
		}, func(err error) bool { return err != nil && strings.Contains(err.Error(), "input/output error") }},
		{"a bug in the simulation", func(s *session, _ func()) { s.press("s2") }, func(err error) bool {
			var bug *live.PanicError
			return errors.As(err, &bug) && bug.Value == "a bug"
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				opts := Options{Shipped: shippedForTests, Load: func(string) (*models.Scenario, error) { panic("a bug") }}
				s := sit(ctx, t, 80, 24, shopScenario(t), opts)
				test.end(s, cancel)
				if err := s.over(); !test.want(err) {
					t.Errorf("Run returned %v", err)
				}
			})
		})
	}
}

// TestSessionSurvivesItsOwnBugs: a panic on the goroutine of the screen becomes
// an error, and the terminal is restored.
func TestSessionSurvivesItsOwnBugs(t *testing.T) {
	terminal := &terminal{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}
	err := Run(t.Context(), shopScenario(t), Options{Screen: terminal, drawn: func(tcell.Screen) { panic("a bug") }})
	if err == nil || !strings.Contains(err.Error(), "a bug") || !strings.Contains(err.Error(), "screen_test.go") {
		t.Errorf("Run returned %v, want the panic and where it happened", err)
	}
	if terminal.restored == 0 {
		t.Error("the terminal was not restored")
	}
}

// TestDrawingIsRare: at most twenty drawings a second, none while nothing
// happens.
func TestDrawingIsRare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{Speed: 50})
		from := s.drawings()
		s.pass(10 * time.Second)
		if n := s.drawings() - from; n > 201 || n < 100 {
			t.Errorf("%d drawings in 10 s, want 100 to 201", n)
		}
		s.press(" ")
		from = s.drawings()
		s.pass(time.Hour)
		if n := s.drawings() - from; n != 0 {
			t.Errorf("%d drawings in an hour's pause, want none", n)
		}
		s.quit()
	})
}

// TestSessionReplays: what a person did at the screen, replayed with nobody
// watching, gives the same numbers.
func TestSessionReplays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{Speed: 2})
		for _, keys := range []string{"5", "1", "2", "l3", "4", "2", "lh", "6"} {
			s.press(keys)
			s.pass(700 * time.Millisecond)
		}
		s.press(" ")
		s.quit()
		session := s.driver.Frame().Session
		if n := len(session.Timeline()); n != 8 {
			t.Fatalf("%d changes recorded, want 8: %v", n, session.Timeline())
		}
		replay := session.Replay()
		y, err := models.New(replay, 0)
		if err != nil {
			t.Fatal(err)
		}
		y.RunUntil(replay.Duration)
		if err := y.Check(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(measures(y.Result()), measures(s.driver.Result())); diff != "" {
			t.Errorf("numbers (-replayed +live):\n%s", diff)
		}
	})
}

// measures writes every measure of every lane and the number of events.
func measures(r models.Result) []string {
	lines := []string{fmt.Sprint(r.From, r.To, r.Events)}
	for i := range r.Lanes {
		for _, m := range models.LaneMeasures() {
			lines = append(lines, fmt.Sprint(r.Lanes[i].Name, " ", m.Name, " ", m.Of(&r.Lanes[i])))
		}
	}
	return lines
}

func TestRunRefuses(t *testing.T) {
	broken := shopScenario(t)
	broken.Lanes[0].Store = "nowhere"
	for _, test := range []struct {
		name     string
		scenario *models.Scenario
		opts     Options
		want     string
	}{
		{"a scenario that cannot run", broken, Options{}, "nowhere"},
		{"a speed that is none", shopScenario(t), Options{Speed: -1}, "speed -1: must be more than 0"},
	} {
		terminal := &terminal{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}
		test.opts.Screen = terminal
		if err := Run(t.Context(), test.scenario, test.opts); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Run returned %v, want an error with %q", test.name, err, test.want)
		}
		if terminal.restored != 0 {
			t.Errorf("%s: the terminal was touched", test.name)
		}
	}
}
