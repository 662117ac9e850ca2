package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// TestKeyTable: a key has one meaning, every key that does something is
// explained, and every explained key does something.
func TestKeyTable(t *testing.T) {
	var keys []string
	for _, b := range bindings() {
		keys = append(keys, b.keys...)
		if (len(b.keys) > 0) != (b.press != nil) || (b.press != nil) != (b.help != "") {
			t.Errorf("%q has keys %q, an effect: %v, help %q", b.show, b.keys, b.press != nil, b.help)
		}
	}
	for _, m := range live.Moves() {
		keys = append(keys, string(m.Key))
		if m.Back != 0 {
			keys = append(keys, string(m.Back))
		}
	}
	slices.Sort(keys)
	if unique := slices.Compact(slices.Clone(keys)); len(unique) != len(keys) {
		t.Errorf("a key has two meanings: %q", keys)
	}
}

func TestPress(t *testing.T) {
	shop := shopFrame(t)
	ended := shopFrame(t)
	ended.Halted = "full"
	fresh := shopFrame(t)
	fresh.Time = 0
	complete := shopFrame(t)
	complete.Running, complete.Complete = false, true
	single := shopFrame(t)
	single.Lanes, single.Choices = single.Lanes[:1], single.Choices[:1]
	for _, test := range []struct {
		name  string
		key   string
		frame *live.Frame
		view  view
		want  effect
		after view
	}{
		{name: "pause", key: "space", frame: shop, want: effect{command: live.TogglePause{}}},
		{name: "pause what has ended", key: "space", frame: ended},
		{name: "faster", key: "right", frame: shop, want: effect{command: live.ChangeSpeed{Faster: true}}},
		{name: "faster without a shift key", key: "=", frame: shop, want: effect{command: live.ChangeSpeed{Faster: true}}},
		{name: "slower", key: "-", frame: shop, want: effect{command: live.ChangeSpeed{}}},
		{name: "step", key: ".", frame: shop, want: effect{command: live.Step{}}},
		{name: "rewind", key: "r", frame: ended, want: effect{command: live.Rewind{By: 10 * sim.Second}}},
		{name: "nothing to rewind", key: "r", frame: fresh},
		{name: "back to", key: "R", frame: ended, after: view{dialog: dialogBack}},
		{name: "twin", key: "t", frame: shop, want: effect{command: live.TurnTwin{}}},
		{name: "no twin to switch with", key: "T", frame: shop},
		{name: "switch", key: "T", frame: twinFrame(t), want: effect{command: live.SwitchTwin{}}},
		{name: "export", key: "e", frame: ended, after: view{dialog: dialogExport}},
		{name: "next lane", key: "l", frame: shop, after: view{lane: 1}},
		{name: "and around", key: "l", frame: shop, view: view{lane: 1}},
		{name: "only one lane", key: "l", frame: single},
		{name: "a move of the lane in focus", key: "2", frame: shop, view: view{lane: 1}, want: effect{command: live.MakeMove{Lane: "clicks", Move: 1}}, after: view{lane: 1}},
		{name: "a move back", key: "h", frame: shop, want: effect{command: live.MakeMove{Lane: "orders", Move: 2, Back: true}}},
		{name: "focus on a lane that is gone", key: "1", frame: single, view: view{lane: 1}, want: effect{command: live.MakeMove{Lane: "orders"}}, after: view{lane: 1}},
		{name: "help", key: "?", frame: shop, after: view{dialog: dialogHelp}},
		{name: "no scenarios to choose from", key: "s", frame: shop},
		{name: "no faults in what has ended", key: "f", frame: ended},
		{name: "faults", key: "f", frame: shop, after: view{dialog: dialogFaults}},
		{name: "any key after a complete run", key: "x", frame: complete, want: effect{command: live.TogglePause{}}},
		{name: "but for those with a meaning", key: "q", frame: complete, want: effect{quit: true}},
		{name: "quit", key: "q", frame: shop, want: effect{quit: true}},
		{name: "no meaning", key: "x", frame: shop},
		{name: "a key without a name", key: "", frame: shop},
	} {
		v := test.view
		if got := v.press(test.key, test.frame); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
		if v.lane != test.after.lane || v.dialog != test.after.dialog {
			t.Errorf("%s: lane %d and dialog %d, want %d and %d", test.name, v.lane, v.dialog, test.after.lane, test.after.dialog)
		}
	}
}

// TestBottomLine: it shows the keys that work now, and leaves out the spare
// ones where there is no room; help and quit are always there.
func TestBottomLine(t *testing.T) {
	shop := shopFrame(t)
	paused := shopFrame(t)
	paused.Running = false
	ended := shopFrame(t)
	ended.Running, ended.Halted = false, "full"
	for _, test := range []struct {
		name  string
		frame *live.Frame
		view  view
		w     int
		want  string
	}{
		{"all", shop, view{shipped: shippedForTests}, 120, "space pause|←→ speed|. step|l lane|Enter settings|f fault|r rewind|R back to|t twin|e export|s scenario|? help|q quit"},
		{"80 columns", shop, view{shipped: shippedForTests}, 78, "space pause|←→ speed|l lane|f fault|r rewind|t twin|s scenario|? help|q quit"},
		{"paused, no list", paused, view{}, 120, "space go on|←→ speed|. step|l lane|Enter settings|b burst|f fault|r rewind|R back to|t twin|e export|? help|q quit"},
		{"ended", ended, view{}, 120, "←→ speed|l lane|Tab panel|↑↓ pick|Enter settings|r rewind|R back to|t twin|e export|z freeze|y copy|? help|q quit"},
	} {
		hints, gap := fitHints(test.view.hints(test.frame), test.w)
		var got []string
		for _, h := range hints {
			got = append(got, h.show+" "+h.word)
		}
		if diff := cmp.Diff(strings.Split(test.want, "|"), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if n := chart.Width(strings.Join(got, strings.Repeat(" ", gap))); n > test.w {
			t.Errorf("%s: %d columns, want at most %d", test.name, n, test.w)
		}
	}
}
