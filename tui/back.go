package tui

import (
	"slices"

	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// goal is something in the past that one can go back to.
type goal struct {
	name, means string
	command     live.Command
}

// goals lists where one can go back to: to the start in several ways, and to
// just before each change, the newest first.
func goals(f *live.Frame) []goal {
	list := []goal{
		{"start again", "with the same seed, as the scenario is written: a file is read again", live.Restart{}},
		{"start again with the moves", "they hold from the first write on, so that no old pile has to drain", live.Restart{KeepMoves: true}},
		{"start again with the next seed", "other random draws: what stays the same is no accident", live.Restart{NextSeed: true}},
	}
	for _, s := range slices.Backward(f.Stamps) {
		list = append(list, goal{chart.Clock(s.At.Seconds()) + "  " + s.Label, "back to just before it, to take another turn", live.RewindTo{At: s.At}})
	}
	return list
}

// newBackList offers where one can go back to.
func newBackList(s *screen) *dialog {
	list := newList(s)
	goals := goals(s.driver.Frame())
	for i, g := range goals {
		list.AddItem(tview.Escape(s.look.fit(g.name, listWidth-listIndent)), tview.Escape(s.look.plain(g.means)), shortcut(i), func() {
			s.close()
			s.driver.Send(g.command)
		})
	}
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "back to: Enter or a digit goes there, Esc closes",
		w: listWidth, h: 2*len(goals) + 2, inside: list,
	}
}
