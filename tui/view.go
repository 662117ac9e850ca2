package tui

import "onepen/tui/live"

// view is what the screen remembers between two frames, apart from what the
// frames hold. It belongs to the goroutine of the screen.
type view struct {
	lane    int // in focus
	dialog  dialogKind
	shipped []Shipped
}

// dialogKind is what lies over the panels.
type dialogKind uint8

const (
	dialogNone dialogKind = iota
	dialogScenarios
	dialogHelp
)

// press does what a key asks for. A key that does nothing now has no effect.
func (v *view) press(key string, f *live.Frame) effect {
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
	return effect{}
}

// laneOf returns the number of the lane in focus: another scenario may have
// fewer lanes than the one in which it was chosen.
func (v *view) laneOf(f *live.Frame) int { return min(v.lane, len(f.Lanes)-1) }
