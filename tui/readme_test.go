package tui

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/sim"
	"onepen/tui/live"
)

// TestReadme: its picture is the real screen, eight seconds into the first
// scenario, and its table of keys is that of the program.
func TestReadme(t *testing.T) {
	const file = "../README.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	for name, want := range map[string]string{
		"screen": "```\n" + firstScreen(t) + "\n```\n",
		"keys":   keyTable(),
	} {
		begin := "<!-- " + name + " -->\n"
		before, rest, found := strings.Cut(got, begin)
		old, after, ended := strings.Cut(rest, "<!-- end -->")
		if !found || !ended {
			t.Fatalf("%s has no part between %q and its end", file, begin)
		}
		if diff := cmp.Diff(want, old); diff != "" && !*update {
			t.Errorf("%s, %s (-want +got; rewrite with -update):\n%s", file, name, diff)
		}
		got = before + begin + want + "<!-- end -->" + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// firstScreen is the smallest screen on the first scenario.
func firstScreen(t *testing.T) string {
	scenario, err := experiments.Load(experiments.DefaultScenario)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var shown live.Frame
	driver, err := live.NewDriver(scenario, live.Options{Speed: live.MaxSpeed, Every: 8 * sim.Second, See: func(f *live.Frame) {
		if shown.Time == 0 {
			shown = *f
		}
		cancel()
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := driver.Run(ctx); err != nil {
		t.Fatal(err)
	}
	shown.Speed = 1 // as a person sees it
	return rendered(&shown, &view{shipped: experiments.Shipped()}, newLook(PaletteDark, false), minWidth, minHeight)
}

// keyTable writes all keys as a table of Markdown.
func keyTable() string {
	var b strings.Builder
	b.WriteString("| key | what it does |\n| --- | --- |\n")
	for _, row := range keyRows() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(row[0], " ", "` `"), row[1])
	}
	return b.String()
}
