package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/google/go-cmp/cmp"
)

// TestSessionPicks: arrows and mouse pick a component, its details follow the
// run, and Esc lets go of it.
func TestSessionPicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.click("P04 ")
		s.sees("P04 of shelf", "top keys", "Enter details")
		s.key(tcell.KeyUp, 0)
		s.sees("P03 of shelf")
		s.key(tcell.KeyEnter, 0)
		s.sees("details: Esc closes", "busy over time")
		s.key(tcell.KeyEscape, 0)
		s.key(tcell.KeyTab, 0)
		s.sees("P03 of shelf", "no details: Esc")
		s.click("numbers")
		s.sees("allocator numbers", "an ID takes")
		s.key(tcell.KeyEscape, 0)
		s.sees("no allocator numbers")
		s.resize(80, 24)
		s.click(" ▁▁ ▁▁ ▁▁ ▁▁")
		s.key(tcell.KeyEnter, 0)
		s.sees("details: Esc closes", "P00 of shelf", "share")
		s.key(tcell.KeyEscape, 0)
		s.quit()
	})
}

// TestSessionSetsAMove: the form of a move checks what is typed, and applies it
// at once.
func TestSessionSetsAMove(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.key(tcell.KeyDown, 0) // the cursor of the moves, on batch
		s.key(tcell.KeyEnter, 0)
		s.sees("batch of orders: Enter applies", "lanes.orders.batch.size", "64", "lanes.orders.batch.linger")
		s.press("q") // a letter, not the end
		s.sees("✗ must be a whole number, 1 to 1000000, got \"64q\"")
		s.key(tcell.KeyEnter, 0)
		s.sees("batch of orders: Enter applies") // nothing wrong is applied
		s.key(tcell.KeyBackspace2, 0)
		s.press("0")
		s.sees("no ✗")
		s.key(tcell.KeyUp, 0) // around to the last row
		s.press("lanes.orders.arrivals.rte=50/s")
		s.sees("did you mean lanes.orders.arrivals.rate?")
		for range len("te=50/s") {
			s.key(tcell.KeyBackspace2, 0)
		}
		s.press("ate=50/s")
		s.key(tcell.KeyEnter, 0)
		s.sees("no Enter applies", "640 / 20ms •", "batch.size 640, arrivals.rate 50/s  (lanes.orders.batch.size = 640")
		s.quit()
		if set := s.driver.Frame().Session.Timeline()[0].Set; len(set) != 2 {
			t.Errorf("recorded %v, want both values as one change", set)
		}
	})
}

// TestSessionFreezes: a frozen view stands still while the run goes on, and a
// move lets it go on.
func TestSessionFreezes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.press("z")
		s.sees("‖ frozen", "z thaw")
		before := s.screen()
		s.pass(5 * time.Second)
		if diff := cmp.Diff(before, s.screen()); diff != "" {
			t.Errorf("the frozen view changed (-before +after):\n%s", diff)
		}
		s.press("5")
		s.sees("▶ running", "range •", "t 00:06")
		s.press("zz")
		s.sees("▶ running")
		s.quit()
	})
}

// TestSessionCopies: the panel in focus goes to the clipboard and to a file, as
// text without its frame.
func TestSessionCopies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "onepen", "copied.txt")
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{copyTo: file})
		s.pass(time.Second)
		s.click("allocators")
		s.press("y")
		s.sees("copied allocators, 3 lines, to the clipboard if the terminal lets it, and to")
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.terminal.GetClipboardData(); string(got) != string(want) {
			t.Errorf("the clipboard holds %q, the file %q", got, want)
		}
		if text := string(want); !strings.HasPrefix(text, "allocators\nnumbers ") || strings.ContainsAny(text, "│┌─") {
			t.Errorf("copied %q, want the panel without its frame", text)
		}
		s.key(tcell.KeyEscape, 0)
		s.sees("no copied")
		s.press("y")
		s.sees("copied the screen, 36 lines")
		s.quit()
	})
}

// TestSessionInLargePrint: a key changes to fewer and larger panels and back.
func TestSessionInLargePrint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{Large: true})
		s.pass(time.Second)
		s.sees(" in flight ", " p99 to ack ", "███", "no time goes to")
		s.press("L")
		s.sees("time goes to", "no p99 to ack")
		s.quit()
	})
}

// TestSessionAimsFaults: a fault befalls the partition that is picked.
func TestSessionAimsFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 120, 36, shopScenario(t), Options{})
		s.pass(time.Second)
		s.click("P05 ")
		s.press("f")
		s.sees("crash P05", "slow P05 ×5")
		s.press("2")
		s.sees("slow P05 ×5  (slow stores.shelf.partitions.5 by 5 for 5s)")
		s.quit()
	})
}

// TestSessionOpensAFile: a path is typed, and what is wrong with it is said.
func TestSessionOpensAFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t.Context(), t, 80, 24, shopScenario(t), Options{Load: loadForTests(t)})
		s.press("oclosed")
		s.sees("open: Enter opens", "closed")
		s.key(tcell.KeyEnter, 0)
		s.sees("no open: Enter", "cannot open closed: the bazaar is closed")
		s.press("oq.yaml") // a letter, not the end
		s.key(tcell.KeyEnter, 0)
		s.sees("onepen  q.yaml")
		s.quit()
	})
}
