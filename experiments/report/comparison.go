package report

import (
	"fmt"
	"math"

	"onepen/experiments/human"
	"onepen/experiments/response"
	"onepen/experiments/results"
	"onepen/sim"
)

// comparisonTables makes a table of each move, the best first, with what it did
// to each measure. What it did not change at all is left out.
func comparisonTables(t *results.Table) ([]table, error) {
	differences, halves, counts, err := estimates(t, "difference")
	if err != nil {
		return nil, err
	}
	bases, err := t.Numbers("base_mean")
	if err != nil {
		return nil, err
	}
	moved, err := t.Numbers("move_mean")
	if err != nil {
		return nil, err
	}
	var tables []table
	for _, group := range groupsOf(t, "rank", "move") {
		out := table{Caption: moveCaption(t, group[0]), Head: []string{"measure", "base", "with the move", "difference", "verdict"}}
		for _, i := range group {
			d := sim.Interval{Mean: differences[i], HalfWidth: halves[i], N: int(counts[i])}
			if d.Mean == 0 && d.HalfWidth == 0 {
				continue
			}
			unit := t.Text(i, "unit")
			out.Rows = append(out.Rows, []cell{
				words(t.Text(i, "component") + " " + heading(t.Text(i, "measure"))),
				{Text: human.Value(bases[i], unit)}, {Text: human.Value(moved[i], unit)},
				out.warned(cell{Text: signed(d, unit)}, response.ParseWarnings(t.Text(i, "warnings"))),
				words(t.Text(i, "verdict")),
			})
		}
		if same := len(group) - len(out.Rows); same > 0 {
			out.Remark = fmt.Sprintf("Not changed at all: %d more.", same)
		}
		tables = append(tables, out)
	}
	return tables, nil
}

// moveCaption names the move of a row and its place.
func moveCaption(t *results.Table, row int) string {
	text := fmt.Sprintf("%s. %s", t.Text(row, "rank"), t.Text(row, "move"))
	if set := t.Text(row, "set"); set != "" && set != t.Text(row, "move") {
		text += " (" + set + ")"
	}
	return text
}

// signed writes a difference with its half-width.
func signed(d sim.Interval, unit string) string {
	text := human.Signed(human.Value(d.Mean, unit))
	if !math.IsNaN(d.HalfWidth) {
		text += " ± " + human.Value(d.HalfWidth, unit)
	}
	return text
}
