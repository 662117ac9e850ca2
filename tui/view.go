package tui

import (
	"slices"
	"strings"

	"onepen/models"
	"onepen/tui/live"
)

// view is what the screen remembers between two frames, apart from what the
// frames hold. It belongs to the goroutine of the screen.
type view struct {
	lane    int    // in focus
	focus   panel  // that keys act on
	move    int    // under the cursor
	picked  thing  // under the other cursor: a component, or none
	large   bool   // fewer and larger panels
	caption string // what a demo says now, or ""
	dialog  dialogKind
	shipped []Shipped
	loads   bool         // whether files can be opened
	panels  []shownPanel // of the drawing before, in the order in which Tab goes through them
	frozen  *live.Frame  // shown instead of the newest one, or nil
	note    string       // about the key pressed last, on the event line
	own     *Shipped     // the file that the screen began with, or nil
}

// dialogKind is what lies over the panels.
type dialogKind uint8

const (
	dialogNone dialogKind = iota
	dialogScenarios
	dialogHelp
	dialogFaults
	dialogSettings
	dialogDetails
	dialogBack
	dialogExport
	dialogOpen
)

// takesLetters reports whether letters are written into a dialog.
func (d dialogKind) takesLetters() bool {
	return d == dialogSettings || d == dialogOpen || d == dialogExport
}

func newView(opts Options, scenario *models.Scenario) view {
	v := view{shipped: opts.Shipped, large: opts.Large, loads: opts.Load != nil}
	known := slices.ContainsFunc(v.shipped, func(s Shipped) bool { return s.Name == opts.Name })
	if opts.Name != "" && !known {
		gist, _, _ := strings.Cut(scenario.About, "\n")
		v.own = &Shipped{Name: opts.Name, Gist: gist, About: scenario.About}
	}
	return v
}

// listed returns the scenarios to choose from, the file that the screen began
// with first.
func (v *view) listed() []Shipped {
	if v.own == nil {
		return v.shipped
	}
	return append([]Shipped{*v.own}, v.shipped...)
}

// shows returns the frame that is to be drawn.
func (v *view) shows(newest *live.Frame) *live.Frame {
	if v.frozen != nil {
		return v.frozen
	}
	return newest
}

// press does what a key asks for, and lets the view go on if that changes the
// run. A key that does nothing now has no effect.
func (v *view) press(key string, f *live.Frame) effect {
	v.note = ""
	e := v.meaning(key, f)
	if e.command != nil {
		v.frozen = nil
	}
	return e
}

// meaning does what a key stands for now.
func (v *view) meaning(key string, f *live.Frame) effect {
	for _, b := range bindings() {
		for _, k := range b.keys {
			if k != key {
				continue
			}
			if b.works != nil && !b.works(v, f) {
				return effect{}
			}
			return b.press(v, f)
		}
	}
	for i, m := range live.Moves() {
		back := m.Back != 0 && key == string(m.Back)
		if back || key == string(m.Key) {
			return effect{command: live.MakeMove{Lane: f.Lanes[v.laneOf(f)].Name, Move: i, Back: back}}
		}
	}
	if f.Complete {
		return effect{command: live.TogglePause{}}
	}
	return effect{}
}

// burst lets a burst happen to the lane in focus.
func burst(v *view, f *live.Frame) effect {
	b := f.Burst(f.Lanes[v.laneOf(f)].Name)
	return effect{command: live.Inflict{Incident: &b}}
}

// laneOf returns the number of the lane in focus: another scenario may have
// fewer lanes than the one in which it was chosen.
func (v *view) laneOf(f *live.Frame) int { return min(v.lane, len(f.Lanes)-1) }
