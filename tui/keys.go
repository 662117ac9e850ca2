package tui

import (
	"strings"

	"onepen/sim"
	"onepen/tui/live"
)

// binding is a row of the table of keys. The bottom line and the help are made
// from it.
type binding struct {
	keys []string // as named by keyName
	show string   // how the keys are written
	word string   // on the bottom line; "" keeps it off
	// spare is what the bottom line leaves out where there is no room, the
	// highest first; 0 always stays.
	spare int
	help  string
	// works reports whether the keys do something now; nil = always.
	works func(v *view, f *live.Frame) bool
	press func(v *view, f *live.Frame) effect
}

// effect is what a key asks of those around the view.
type effect struct {
	command live.Command // for the driver, or nil
	copy    bool         // the panel in focus is to be copied
	quit    bool
}

// bindings returns the table of keys. The moves have keys of their own, see
// live.Moves.
func bindings() []binding {
	return []binding{
		{
			keys: []string{"space"}, show: "space", word: "pause",
			help:  "pause, and go on",
			works: canRun,
			press: send(live.TogglePause{}),
		},
		{
			keys: []string{"right", "+", "="}, show: "→ +", word: "",
			help:  "faster: ×2, ×5, ×10 and on, up to as fast as the machine can",
			press: send(live.ChangeSpeed{Faster: true}),
		},
		{
			keys: []string{"left", "-"}, show: "← -", word: "",
			help:  "slower: down to a tenth of real time",
			press: send(live.ChangeSpeed{}),
		},
		{
			// The two above share a word.
			show: "←→", word: "speed",
		},
		{
			keys: []string{"."}, show: ".", word: "step", spare: 2,
			help:  "pause and go to the next sample",
			works: canRun,
			press: send(live.Step{}),
		},
		{
			keys: []string{"l"}, show: "l", word: "lane", spare: 1,
			help:  "next lane: charts and moves are about the lane in focus",
			works: func(_ *view, f *live.Frame) bool { return len(f.Lanes) > 1 },
			press: func(v *view, f *live.Frame) effect {
				v.lane = (v.laneOf(f) + 1) % len(f.Lanes)
				return effect{}
			},
		},
		{
			keys: []string{"tab"}, show: "Tab", word: "panel", spare: 6,
			help:  "next panel: arrows and y are about the panel in focus",
			press: func(v *view, f *live.Frame) effect { v.next(f, v.panels, 1); return effect{} },
		},
		{
			keys: []string{"backtab"}, show: "Shift-Tab",
			help:  "the panel before",
			press: func(v *view, f *live.Frame) effect { v.next(f, v.panels, -1); return effect{} },
		},
		{
			keys: []string{"down"}, show: "↓",
			help:  "next move, partition, allocator or consumer: what is picked is shown in full, and faults befall it",
			press: func(v *view, f *live.Frame) effect { v.step(f, 1); return effect{} },
		},
		{
			keys: []string{"up"}, show: "↑",
			help:  "the one before",
			press: func(v *view, f *live.Frame) effect { v.step(f, -1); return effect{} },
		},
		{
			// The two above share a word.
			show: "↑↓", word: "pick", spare: 7,
		},
		{
			keys: []string{"enter"}, show: "Enter", word: "settings", spare: 4,
			help: "the settings of the move under the cursor, or the details of what is picked",
			press: func(v *view, f *live.Frame) effect {
				v.dialog = dialogSettings
				if v.focus != panelMoves && v.pickedNow(f).kind != thingNone {
					v.dialog = dialogDetails
				}
				return effect{}
			},
		},
		{
			keys: []string{"esc"}, show: "Esc",
			help: "nothing picked, nothing in focus",
			press: func(v *view, _ *live.Frame) effect {
				v.focus, v.picked = panelNone, thing{}
				return effect{}
			},
		},
		{
			keys: []string{"b"}, show: "b", word: "burst", spare: 5,
			help:  "a burst of writes on the lane in focus, for some seconds",
			works: canRun,
			press: burst,
		},
		{
			keys: []string{"f"}, show: "f", word: "fault",
			help:  "choose what goes wrong now: a crash, a slow partition, a celebrity key, a step of a clock",
			works: canRun,
			press: open(dialogFaults),
		},
		{
			keys: []string{"r"}, show: "r", word: "rewind",
			help:  "back ten simulated seconds, and once more for more: the run stands there, and takes another turn",
			works: func(_ *view, f *live.Frame) bool { return f.Time > 0 },
			press: send(live.Rewind{By: rewound}),
		},
		{
			keys: []string{"R"}, show: "R", word: "back to", spare: 2,
			help:  "start again, or go back to just before a change",
			press: open(dialogBack),
		},
		{
			keys: []string{"t"}, show: "t", word: "twin",
			help:  "the same system on the same draws without the last move runs beside; again: without any; again: gone",
			press: send(live.TurnTwin{}),
		},
		{
			keys: []string{"T"}, show: "T", word: "switch", spare: 1,
			help:  "go on with the twin, and let the run be its twin",
			works: func(_ *view, f *live.Frame) bool { return f.Twin != nil },
			press: send(live.SwitchTwin{}),
		},
		{
			keys: []string{"e"}, show: "e", word: "export", spare: 3,
			help:  "write the session to a file that replays it, and what was measured, and the screen",
			press: open(dialogExport),
		},
		{
			keys: []string{"s"}, show: "s", word: "scenario",
			help:  "choose another scenario",
			works: func(v *view, _ *live.Frame) bool { return len(v.listed()) > 0 },
			press: open(dialogScenarios),
		},
		{
			keys: []string{"o"}, show: "o", word: "open", spare: 12,
			help:  "open a file with a scenario; to start again reads it again",
			works: func(v *view, _ *live.Frame) bool { return v.loads },
			press: open(dialogOpen),
		},
		{
			keys: []string{"z"}, show: "z", word: "freeze", spare: 8,
			help: "freeze the view, and let it go on: the run goes on meanwhile, and is recorded",
			press: func(v *view, f *live.Frame) effect {
				if v.frozen != nil {
					f = nil
				}
				v.frozen = f
				return effect{}
			},
		},
		{
			keys: []string{"y"}, show: "y", word: "copy", spare: 9,
			help:  "copy the panel in focus, or the whole screen, as text: to the clipboard, or to a file where the terminal has none",
			press: func(*view, *live.Frame) effect { return effect{copy: true} },
		},
		{
			keys: []string{"L"}, show: "L", word: "large print", spare: 10,
			help:  "fewer and larger panels, for those who sit far away",
			press: func(v *view, _ *live.Frame) effect { v.large = !v.large; return effect{} },
		},
		{
			keys: []string{"?", "f1"}, show: "?", word: "help",
			help:  "what is on the screen, and what one can do",
			press: open(dialogHelp),
		},
		{
			keys: []string{"q", "ctrl-c"}, show: "q", word: "quit",
			help:  "leave; Ctrl-C does too",
			press: func(*view, *live.Frame) effect { return effect{quit: true} },
		},
	}
}

// rewound is how far the key goes back.
const rewound = 10 * sim.Second

func canRun(_ *view, f *live.Frame) bool { return f.Halted == "" }

func send(c live.Command) func(*view, *live.Frame) effect {
	return func(*view, *live.Frame) effect { return effect{command: c} }
}

func open(d dialogKind) func(*view, *live.Frame) effect {
	return func(v *view, _ *live.Frame) effect {
		v.dialog = d
		return effect{}
	}
}

// keyHint is an entry of the bottom line.
type keyHint struct {
	key, show, word string
	spare           int
}

// hints returns the bottom line: the keys that work now.
func (v *view) hints(f *live.Frame) []keyHint {
	hints := []keyHint{}
	for _, b := range bindings() {
		if b.word == "" || b.works != nil && !b.works(v, f) {
			continue
		}
		hint := keyHint{show: b.show, word: b.word, spare: b.spare}
		if len(b.keys) > 0 {
			hint.key = b.keys[0]
		}
		if hint.key == "space" && !f.Running {
			hint.word = "go on"
		}
		if hint.key == "enter" && v.focus != panelMoves && v.pickedNow(f).kind != thingNone {
			hint.word = "details"
		}
		if hint.key == "z" && v.frozen != nil {
			hint.word, hint.spare = "thaw", 0
		}
		hints = append(hints, hint)
		if hint.word == "step" {
			hints = append(hints, keyHint{show: moveKeys(), word: "moves", spare: 5})
		}
	}
	return hints
}

// moveKeys writes the keys of the moves, the first to the last.
func moveKeys() string {
	moves := live.Moves()
	return string(moves[0].Key) + "-" + string(moves[len(moves)-1].Key)
}

// keysOf writes the keys of a move.
func keysOf(m *live.Move) string {
	keys := []string{string(m.Key)}
	if m.Back != 0 {
		keys = append(keys, string(m.Back))
	}
	return strings.Join(keys, " ")
}
