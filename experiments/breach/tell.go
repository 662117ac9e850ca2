package breach

import (
	"fmt"

	"onepen/sim"
)

// Tell says in a sentence what broke first, and what broke after it; clock
// writes an instant.
func Tell(found []Breach, clock func(sim.Time) string) string {
	if len(found) == 0 {
		return "broke first: nothing broke"
	}
	text := fmt.Sprintf("broke first: %s, at %s", found[0].What, clock(found[0].At))
	for i, b := range found[1:] {
		if i == 0 {
			text += "; later"
		} else {
			text += ","
		}
		text += fmt.Sprintf(" %s at %s", b.What, clock(b.At))
	}
	return text
}
