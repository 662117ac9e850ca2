package tui

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"pgregory.net/rapid"

	"onepen/models"
)

// randomKeys are the keys of a person who tries everything, and often; none of
// them leaves. The run is never made faster: at full speed it takes turns by the
// wall clock, which stands still while anything runs.
var randomKeys = []rune("123456h .-lbfrRtTsoz yL?\t\r\x1b\x7f")

// arrows are keys that write nothing.
var arrows = []tcell.Key{tcell.KeyUp, tcell.KeyDown, tcell.KeyLeft, tcell.KeyBacktab, tcell.KeyF1}

// stay is how long a person stays: in a hundred sessions more than an hour, of
// which the short tests take a part.
func stay() time.Duration {
	if testing.Short() {
		return 5 * time.Second
	}
	return time.Minute
}

// TestAnHourOfRandomKeys: keys, clicks and sizes at random, for an hour on the
// fake clock. Nothing hangs, nothing panics, every goroutine ends, and what was
// recorded can be read.
func TestAnHourOfRandomKeys(t *testing.T) {
	before := runtime.NumGoroutine()
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{
				Load: loadForTests(t), Shipped: shippedForTests, Speed: 1, exportTo: t.TempDir(),
			})
			presses := rapid.IntRange(20, 120).Draw(rt, "presses")
			rest := stay() / time.Duration(presses)
			for range presses {
				s.random(rt)
				s.pass(rest)
			}
			s.key(tcell.KeyEscape, 0)
			s.key(tcell.KeyEscape, 0)
			s.resize(120, 36)
			s.sees("onepen  ", "? help")
			s.quit()
			if _, err := models.New(s.driver.Frame().Session.Replay(), 0); err != nil {
				rt.Fatalf("the session cannot be replayed: %v", err)
			}
		})
	})
	// Goroutines of a bubble end with it, or synctest fails; this is about those
	// outside.
	if after := runtime.NumGoroutine(); after > before+2 {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before:\n%s", after, before, strings.TrimSpace(string(buf[:runtime.Stack(buf, true)])))
	}
}

// random does something at random.
func (s *session) random(rt *rapid.T) {
	switch rapid.IntRange(0, 9).Draw(rt, "what") {
	case 0:
		w, h := rapid.IntRange(1, 220).Draw(rt, "columns"), rapid.IntRange(1, 70).Draw(rt, "rows")
		s.resize(w, h)
	case 1:
		x, y := rapid.IntRange(0, 199).Draw(rt, "x"), rapid.IntRange(0, 59).Draw(rt, "y")
		s.terminal.InjectMouse(x, y, tcell.ButtonPrimary, tcell.ModNone)
		s.terminal.InjectMouse(x, y, tcell.ButtonNone, tcell.ModNone)
	case 2, 3:
		s.terminal.InjectKey(rapid.SampledFrom(arrows).Draw(rt, "arrow"), 0, tcell.ModNone)
	default:
		r := rapid.SampledFrom(randomKeys).Draw(rt, "key")
		switch r {
		case '\t':
			s.terminal.InjectKey(tcell.KeyTab, 0, tcell.ModNone)
		case '\r':
			s.terminal.InjectKey(tcell.KeyEnter, 0, tcell.ModNone)
		case '\x1b':
			s.terminal.InjectKey(tcell.KeyEscape, 0, tcell.ModNone)
		case '\x7f':
			s.terminal.InjectKey(tcell.KeyBackspace2, 0, tcell.ModNone)
		default:
			s.terminal.InjectKey(tcell.KeyRune, r, tcell.ModNone)
		}
	}
}
