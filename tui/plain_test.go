package tui

import (
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"

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

// transcript is an output that one can wait for.
type transcript struct {
	mu   sync.Mutex
	more *sync.Cond
	text strings.Builder
}

func newTranscript() *transcript {
	w := &transcript{}
	w.more = sync.NewCond(&w.mu)
	return w
}

func (w *transcript) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.more.Broadcast()
	return w.text.Write(p)
}

// await waits until a text was written.
func (w *transcript) await(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !strings.Contains(w.text.String(), text) {
		w.more.Wait()
	}
}

// TestPlainObeysKeys: a line of keys does what they do on the screen. It hangs
// if they do not.
func TestPlainObeysKeys(t *testing.T) {
	keys, keyboard := io.Pipe()
	done := make(chan error, 1)
	out := newTranscript()
	go func() {
		done <- Plain(t.Context(), shopScenario(t), PlainOptions{Options: Options{Speed: 100}, Out: out, Keys: keys})
	}()
	for _, step := range []struct{ keys, want string }{
		{"5 l", "ids range  (allocators.numbers.strategy = range)"},
		{"5", "ids stays –: this lane needs no IDs"},
		{"nothing", "5 ids range (changed)"},
	} {
		if _, err := io.WriteString(keyboard, step.keys+"\n"); err != nil {
			t.Fatal(err)
		}
		out.await(step.want)
	}
	if _, err := io.WriteString(keyboard, "q\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// TestPlainEndsWithTheRun: a run that cannot go on ends with the reason.
func TestPlainEndsWithTheRun(t *testing.T) {
	s := shopScenario(t)
	s.Lanes[0].Arrivals.Rate, s.MaxInFlight = 1e5, 2000
	var b strings.Builder
	err := Plain(t.Context(), s, PlainOptions{Options: Options{Speed: float64(live.MaxSpeed)}, Out: &b})
	if err == nil || !regexp.MustCompile(`^the run ended at \d\d:\d\d\.\d: `).MatchString(err.Error()) {
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
