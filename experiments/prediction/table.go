package prediction

import (
	"fmt"
	"math"
	"strings"

	"onepen/experiments/human"
)

// Lines writes predictions for people, a line for each station: what theory
// expects beside what was measured, and what it assumes that is not so.
func Lines(list []Prediction) []string {
	lines := make([]string, 0, len(list))
	for _, p := range list {
		expects := "has no steady state"
		if !math.IsInf(p.Expected, 1) {
			expects = "expects " + human.Span(p.Expected) + " in line"
		}
		if !p.Exact {
			expects += " (an approximation)"
		}
		line := fmt.Sprintf("theory: %s %s, %s busy: %s %s, measured %s",
			strings.TrimSuffix(p.Section, "s"), p.Name, human.Percent(p.Intensity), p.Model, expects, human.Span(p.Measured))
		if len(p.Not) > 0 {
			line += "; it need not hold: " + strings.Join(p.Not, ", ")
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = append(lines, "theory: there is no formula for any part of this scenario")
	}
	return lines
}
