package export

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// session returns four seconds of a scenario that comes with the program, with
// a move in them.
func session(t *testing.T, name string) *models.Scenario {
	t.Helper()
	s, err := experiments.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	s.Duration, s.Warmup = 4*sim.Second, 0
	s.Timeline = []models.Change{{At: 1234567891, Set: []models.Assignment{{Path: "lanes." + s.Lanes[0].Name + ".batch.size", Value: "8"}}}}
	return s
}

// TestWriteNeverOverwrites: every session has a name of its own.
func TestWriteNeverOverwrites(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "one-pen-session-2"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one-pen-session-1.yaml", "one-pen-session-3.yaml"} {
		w, err := Write(t.Context(), folder, Content{Session: session(t, "one-pen")})
		if err != nil || filepath.Base(w.Path) != want || w.Session != w.Path {
			t.Errorf("wrote %+v, %v; want %s", w, err, want)
		}
	}
	w, err := Write(t.Context(), folder, Content{Session: session(t, "one-pen"), Screen: "what was seen\n"})
	if err != nil || filepath.Base(w.Path) != "one-pen-session-4" {
		t.Fatalf("wrote %+v, %v; want one-pen-session-4", w, err)
	}
	if text, err := os.ReadFile(filepath.Join(w.Path, screenFile)); err != nil || string(text) != "what was seen\n" {
		t.Errorf("the screen reads %q, %v", text, err)
	}
}

// TestWriteReplays: what is read back gives the files that were written, also
// where the scenario reads data.
func TestWriteReplays(t *testing.T) {
	for _, name := range []string{"one-pen", "web-clicks"} {
		t.Run(name, func(t *testing.T) {
			w, err := Write(t.Context(), t.TempDir(), Content{Session: session(t, name), Results: true, Version: "test"})
			if err != nil {
				t.Fatal(err)
			}
			s, err := experiments.Load(w.Session)
			if err != nil {
				t.Fatal(err)
			}
			report, err := experiments.Run(t.Context(), s, experiments.Options{Series: true})
			if err != nil {
				t.Fatal(err)
			}
			again := t.TempDir()
			about := experiments.Origin{Version: "test", Command: w.Command()}
			if err := experiments.WriteFiles(again, about, []experiments.Report{report}); err != nil {
				t.Fatal(err)
			}
			files, err := os.ReadDir(again)
			if err != nil || len(files) < 6 {
				t.Fatalf("%d files, %v", len(files), err)
			}
			for _, f := range files {
				got, err := os.ReadFile(filepath.Join(w.Path, f.Name()))
				want, _ := os.ReadFile(filepath.Join(again, f.Name()))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s is not what the session gives (%v)", f.Name(), err)
				}
			}
		})
	}
}

// TestWriteSaysWhatIsWrong: no folder, no data, no time.
func TestWriteSaysWhatIsWrong(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	outside := session(t, "web-clicks")
	i := slices.IndexFunc(outside.Lanes, func(l models.Lane) bool { return l.Arrivals.Trace != "" })
	outside.Lanes[i].Arrivals.Trace = "../" + outside.Lanes[i].Arrivals.Trace
	for _, test := range []struct {
		name    string
		ctx     context.Context
		folder  string
		session *models.Scenario
		want    string
	}{
		{"no folder", t.Context(), filepath.Join(t.TempDir(), "nowhere"), session(t, "one-pen"), "nowhere"},
		{"data elsewhere", t.Context(), t.TempDir(), outside, "outside its folder"},
		{"stopped", ended, t.TempDir(), session(t, "one-pen"), context.Canceled.Error()},
	} {
		_, err := Write(test.ctx, test.folder, Content{Session: test.session, Results: true})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one about %q", test.name, err, test.want)
		}
	}
	gone := session(t, "web-clicks")
	gone.Open = nil
	if _, err := Write(t.Context(), t.TempDir(), Content{Session: gone}); err == nil || !strings.Contains(err.Error(), "cannot read") {
		t.Errorf("error %v, want one about the data", err)
	}
}

func TestSafe(t *testing.T) {
	for name, want := range map[string]string{
		"ad-clicks": "ad-clicks", "": "onepen", "../..": "onepen", "a b/c": "a-b-c", "größe": "gr--e", "-rf": "rf", "v1.2_x": "v1.2_x",
	} {
		if got := safe(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
