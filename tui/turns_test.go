package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"onepen/experiments"
)

// TestSessionTakesAnotherTurn: back ten seconds, back to before a move, from the
// start.
func TestSessionTakesAnotherTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(12 * time.Second)
		s.press("5")
		s.pass(3 * time.Second)
		s.press("r")
		s.sees("t 00:05.", "paused", "┌ about", "one change undone: take another turn, space goes on")
		s.press("2 ")
		s.pass(time.Second)
		s.sees("t 00:06.", "running", "last move: batch 512")
		s.press("R")
		s.sees("back to: Enter or a digit", "(2) start again with the moves", "(4) 00:05.")
		s.press("4")
		s.sees("t 00:05.", "back before batch 512")
		s.press("rR3")
		s.sees("seed 8", "t 00:00.", "running")
		s.quit()
	})
}

// TestSessionHasATwin: the last move is compared with what would be without it,
// at every size, and the two can be switched.
func TestSessionHasATwin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.press("t")
		s.sees("twin: from the next move on")
		s.press("5")
		s.pass(5 * time.Second)
		s.sees("twin: ids central", "against the twin:", "in flight")
		s.resize(80, 24)
		s.pass(5 * time.Second)
		s.sees("twin: ids central", "against the twin: p50")
		s.press("T")
		s.sees("twin: ids range", "switched: the twin is the main run now")
		s.press("t")
		s.sees("no twin:", "the twin is gone")
		s.quit()
	})
}

// TestSessionIsExported to a file that replays it.
func TestSessionIsExported(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{exportTo: folder})
		s.pass(time.Second)
		s.press("5e")
		s.sees("export: Enter or a digit writes", "(4) everything")
		s.press("4")
		s.pass(time.Second)
		s.sees("shop-session-1", "replay it: onepen run")
		s.quit()
	})
	written, err := experiments.Load(filepath.Join(folder, "shop-session-1", "session.yaml"))
	if err != nil || len(written.Timeline) != 1 {
		t.Errorf("the session holds %+v, %v; want the move", written, err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "shop-session-1", "screen.txt"))
	if err != nil || !strings.Contains(string(text), "last move: ids range") || strings.Contains(string(text), "export:") {
		t.Errorf("the screen reads, %v:\n%s", err, text)
	}
}
