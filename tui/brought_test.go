package tui

import (
	"strings"
	"testing"

	"onepen/tui/live"
)

// TestCostsAreSeen: of whatever move it tells, the panel of the last one has room
// for what it costs, if need be in few words.
func TestCostsAreSeen(t *testing.T) {
	for _, m := range live.Moves() {
		for _, s := range m.Settings {
			f := shopFrame(t)
			f.Made.Name, f.Made.To, f.Made.Effect = m.Name, s.Name, s.Effect
			if screen := rendered(f, &view{}, newLook(PaletteDark, false), 120, 36); !strings.Contains(screen, "Costs: ") {
				t.Errorf("%s %s: the costs are cut off:\n%s", m.Name, s.Name, screen)
			}
		}
	}
}
