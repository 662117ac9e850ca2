package experiments

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEveryEmbeddedScenarioIsListed(t *testing.T) {
	entries, err := fs.Glob(embedded, "scenarios/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(shipped()) {
		t.Errorf("embedded are %v, listed are %v", entries, shipped())
	}
	for _, l := range Shipped() {
		if s, err := Load(l.Name); err != nil || s.Name != l.Name {
			t.Errorf("Load(%q): name %q, error %v", l.Name, s.Name, err)
		}
		if n := utf8.RuneCountInString(l.Gist); n == 0 || n > 90 {
			t.Errorf("%s: gist of %d characters", l.Name, n)
		}
		for _, part := range []string{"You see:", "Try:", "It costs:"} {
			if !strings.Contains(l.About, part) {
				t.Errorf("%s: about has no %q", l.Name, part)
			}
		}
	}
}

// write puts a file into a folder and returns its path.
func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadFile(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "clicks.csv", "time_s,key\n0,3\n1.5,4\n")
	text := "lanes: {a: {store: s, arrivals: {process: trace, trace: clicks.csv}, keys.skew: trace}}\nstores: {s: {}}\n"
	path := write(t, folder, "mine.yaml", text)
	s, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "mine" {
		t.Errorf("name is %q, want mine", s.Name)
	}
	f, err := s.Open("clicks.csv") // relative to the scenario
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if text, _ := io.ReadAll(f); len(text) == 0 {
		t.Error("the trace is empty")
	}
	if got := Files(s); !slices.Equal(got, []string{"clicks.csv"}) {
		t.Errorf("files are %v", got)
	}

	// A file without an extension is one when it is there and no scenario is
	// called so.
	t.Chdir(folder)
	write(t, folder, "plain", "lanes: {a: {store: s}}\nstores: {s: {}}\n")
	if _, err := Load("plain"); err != nil {
		t.Error(err)
	}
	write(t, folder, "one-pen", "no scenario at all")
	if _, err := Load("one-pen"); err != nil {
		t.Errorf("a file hides the scenario of the same name: %v", err)
	}
}

func TestLoadReportsWhatIsMissing(t *testing.T) {
	for arg, want := range map[string]string{
		"one-pne":        "did you mean one-pen?",
		"nothing-alike":  "there are: one-pen, url-shortener, ad-clicks, web-clicks",
		"missing.yaml":   "no such file",
		"./one-pen":      "no such file",
		"web-clicks.csv": "there is no scenario",
	} {
		_, err := Load(arg)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q): %v, want something with %q", arg, err, want)
		}
	}
}

func TestFilesOfDistributions(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "b.csv", "write_us\n120\n340\n")
	path := write(t, folder, "s.yaml",
		"lanes: {a: {store: s}}\nstores: {s: {overhead: 'empirical(file=b.csv, column=write_us)'}}\n")
	s, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := Files(s); !slices.Equal(got, []string{"b.csv"}) {
		t.Errorf("files are %v", got)
	}
	again, err := ReadScenario("s.yaml", Format(s), s.Open)
	if err != nil {
		t.Fatalf("written as\n%s\n%v", Format(s), err)
	}
	if got, want := again.Stores[0].Overhead.String(), s.Stores[0].Overhead.String(); got != want {
		t.Errorf("overhead is %s, want %s", got, want)
	}
}
