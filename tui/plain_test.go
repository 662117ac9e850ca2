package tui

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onepen/sim"
	"onepen/tui/live"
)

// told returns what Plain writes about the shop, as fast as the machine can.
func told(t *testing.T, opts PlainOptions) string {
	t.Helper()
	var b strings.Builder
	opts.Out, opts.Speed = &b, float64(live.MaxSpeed)
	if err := Plain(t.Context(), shopScenario(t), opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPlain: the same run gives the same text, a block at each multiple of the
// interval and one at the end, without boxes, braille and blocks.
func TestPlain(t *testing.T) {
	opts := PlainOptions{Options: Options{Until: 2500 * sim.Millisecond}}
	got := told(t, opts)
	golden(t, "plain", strings.TrimSuffix(got, "\n"))
	if diff := cmp.Diff(got, told(t, opts)); diff != "" {
		t.Errorf("told twice (-first +second):\n%s", diff)
	}
	for _, want := range []string{"t 00:01.0", "t 00:02.0", "t 00:02.5"} {
		if strings.Count(got, want+"  shop") != 1 {
			t.Errorf("want one block at %s:\n%s", want, got)
		}
	}
	for _, r := range got {
		if r >= 0x2500 && r < 0x2900 {
			t.Fatalf("%q is a picture:\n%s", r, got)
		}
	}
	opts.ASCII = true
	for _, r := range told(t, opts) {
		if r > 0x7e {
			t.Fatalf("%q is not ASCII", r)
		}
	}
}

// TestPlainObeysKeys: a line of keys does what they do on the screen.
func TestPlainObeysKeys(t *testing.T) {
	keys, type_ := io.Pipe()
	done := make(chan error, 1)
	var b strings.Builder
	go func() {
		done <- Plain(t.Context(), shopScenario(t), PlainOptions{Options: Options{Speed: 100}, Out: &b, Keys: keys})
	}()
	for _, line := range []string{"5 l", "5", "nothing"} {
		if _, err := io.WriteString(type_, line+"\n"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond) // some simulated seconds for a block that tells of it
	}
	if _, err := io.WriteString(type_, "q\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"5 ids range (changed)", "event at", "ids range  (allocators.numbers.strategy = range)", "ids stays –: this lane needs no IDs"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("want %q in:\n%s", want, b.String())
		}
	}
}

// TestPlainEndsWithTheRun: a run that cannot go on ends with the reason.
func TestPlainEndsWithTheRun(t *testing.T) {
	s := shopScenario(t)
	s.Lanes[0].Arrivals.Rate, s.MaxInFlight = 1e5, 2000
	var b strings.Builder
	err := Plain(t.Context(), s, PlainOptions{Options: Options{Speed: float64(live.MaxSpeed)}, Out: &b})
	if err == nil || !strings.Contains(err.Error(), "the run ended at") {
		t.Errorf("Plain returned %v, want why the run ended", err)
	}
	if !strings.Contains(b.String(), "event at") {
		t.Errorf("the last block does not tell of the end:\n%s", b.String())
	}
}

// TestPlainEndsWhenNobodyListens: a broken pipe is an error, and the end.
func TestPlainEndsWhenNobodyListens(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	if err := Plain(t.Context(), shopScenario(t), PlainOptions{Options: Options{Speed: 50}, Out: w}); err == nil {
		t.Error("Plain returned nil, want the error of its output")
	}
}
