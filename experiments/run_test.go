package experiments

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/models"
	"onepen/sim"
)

// loaded returns a shipped scenario with some values changed.
func loaded(t *testing.T, name string, texts ...string) *models.Scenario {
	t.Helper()
	s, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := Assign(s, set(texts...)); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustRun(t *testing.T, s *models.Scenario, o Options) Report {
	t.Helper()
	report, err := Run(context.Background(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestRunSamplesAtItsSpacing(t *testing.T) {
	s := loaded(t, "one-pen", "duration=1.05s", "warmup=300ms", "sample=250ms")
	var watched []sim.Time
	report := mustRun(t, s, Options{Series: true, OnSample: func(x *models.Snapshot) { watched = append(watched, x.Time) }})
	want := []sim.Time{250, 500, 750, 1000, 1050}
	for i := range want {
		want[i] *= sim.Millisecond
	}
	var kept []sim.Time
	offered := uint64(0)
	for _, sample := range report.Series {
		kept = append(kept, sample.Time)
		offered += sample.Lanes[0].Span.Offered
	}
	if diff := cmp.Diff(want, watched); diff != "" {
		t.Errorf("watched (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if got := report.Result.Lanes[0].Counts.Offered; offered <= got {
		t.Errorf("the samples hold %d writes, the window after the warm-up %d", offered, got)
	}
}

func TestWatchingDoesNotChangeTheRun(t *testing.T) {
	s := loaded(t, "url-shortener", "duration=3s", "warmup=1s")
	alone := mustRun(t, s, Options{})
	s.Sample = 7 * sim.Millisecond
	watched := mustRun(t, s, Options{Series: true, OnSample: func(*models.Snapshot) {}})
	watched.Series = nil
	watched.Scenario, alone.Scenario = nil, nil
	if diff := cmp.Diff(alone.Result.Lanes[0].Counts, watched.Result.Lanes[0].Counts); diff != "" {
		t.Errorf("counts (-alone +watched):\n%s", diff)
	}
	for i, m := range models.LaneMeasures() {
		for lane := range alone.Result.Lanes {
			got, want := number(m.Of(&watched.Result.Lanes[lane])), number(m.Of(&alone.Result.Lanes[lane]))
			if got != want {
				t.Errorf("lane %d, measure %d, %s: %s watched, %s alone", lane, i, m.Name, got, want)
			}
		}
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	s := loaded(t, "one-pen")
	ctx, cancel := context.WithCancel(context.Background())
	report, err := Run(ctx, s, Options{OnSample: func(x *models.Snapshot) {
		if x.Time == 2*sim.Second {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that of the context", err)
	}
	if report.Result.To != 2*sim.Second {
		t.Errorf("ran until %s, want 2s", report.Result.To)
	}
}

func TestRunEndsAtTheLimitOfWritesInFlight(t *testing.T) {
	s := loaded(t, "ad-clicks", "max_in_flight=5000")
	report := mustRun(t, s, Options{})
	if !strings.Contains(report.Result.Halted, "max_in_flight") || report.Result.To >= s.Duration {
		t.Errorf("ran until %s, halted %q", report.Result.To, report.Result.Halted)
	}
	if got := report.Result.Lanes[0].InFlight; got != 5000 {
		t.Errorf("%d writes in flight, want 5000", got)
	}
}

func TestRunRefusesBadInput(t *testing.T) {
	s := loaded(t, "one-pen")
	s.Lanes[0].Store = "order"
	s.Warmup = s.Duration
	_, err := Run(context.Background(), s, Options{})
	var input *InputError
	if !errors.As(err, &input) || len(input.Problems) != 2 {
		t.Fatalf("got %v, want two problems", err)
	}
	if got := input.Problems[1].Suggestion; got != "orders" {
		t.Errorf("suggestion is %q, want orders", got)
	}
	if _, err := Run(context.Background(), loaded(t, "one-pen"), Options{Replication: -1}); err == nil {
		t.Error("replication -1 ran")
	}
}

// files runs a scenario and returns what WriteFiles wrote.
func files(t *testing.T, s *models.Scenario, replication int) map[string]string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "a", "b")
	report := mustRun(t, s, Options{Replication: replication, Series: true})
	if err := WriteFiles(folder, Origin{Version: "v1", Command: []string{"onepen", "run"}}, []Report{report}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts[e.Name()] = string(text)
	}
	return texts
}

func TestSameSeedSameBytes(t *testing.T) {
	s := loaded(t, "url-shortener", "duration=2s", "warmup=500ms")
	first := files(t, s, 0)
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	second := files(t, s, 0)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the same run wrote something else:\n%s", diff)
	}
	other := loaded(t, "url-shortener", "duration=2s", "warmup=500ms", "seed=43")
	for what, third := range map[string]map[string]string{"seed": files(t, other, 0), "replication": files(t, s, 1)} {
		for _, name := range []string{runsFile, seriesFile, storesFile, partitionsFile, allocatorsFile} {
			if bytes.Equal([]byte(measuresOnly(first[name])), []byte(measuresOnly(third[name]))) {
				t.Errorf("another %s wrote the same measures to %s", what, name)
			}
		}
	}
	if a, b := ConfigHash(s), ConfigHash(other); a != b {
		t.Errorf("config %s and %s of scenarios that differ in the seed alone", a, b)
	}
	if a, b := ConfigHash(s), ConfigHash(loaded(t, "url-shortener")); a == b {
		t.Error("scenarios of different duration have the same config")
	}
}

// measuresOnly leaves out the columns that say which run a row comes from.
func measuresOnly(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.Join(strings.Split(line, ",")[5:], ","))
	}
	return b.String()
}
