package report

import (
	"fmt"
	"strconv"

	"onepen/experiments/plot"
	"onepen/experiments/response"
	"onepen/experiments/results"
	"onepen/sim"
)

// summaryTable makes a row of each design point of a sweep, with its factors and
// what was measured there.
func summaryTable(t *results.Table) (*table, error) {
	means, halves, counts, err := estimates(t, "mean")
	if err != nil {
		return nil, err
	}
	out := &table{Caption: "What each point brought: means over the replications, ± half of a 95 % interval"}
	factors := t.Factors()
	if len(factors) == 0 {
		out.Head = append(out.Head, "point")
	}
	for _, f := range factors {
		out.Head = append(out.Head, breakable(f.Path()))
	}
	column, row := map[string]int{}, map[string]int{}
	points, components, measures := t.Texts("point"), t.Texts("component"), t.Texts("measure")
	units, warnings := t.Texts("unit"), t.Texts("warnings")
	for i := range t.Rows {
		name := components[i] + " " + heading(measures[i])
		if _, met := column[name]; !met {
			column[name] = len(out.Head)
			out.Head = append(out.Head, breakable(name))
		}
	}
	for i := range t.Rows {
		at, met := row[points[i]]
		if !met {
			at = len(out.Rows)
			row[points[i]] = at
			out.Rows = append(out.Rows, levels(t, factors, i, len(out.Head)))
		}
		v := response.Summary{
			Interval: sim.Interval{Mean: means[i], HalfWidth: halves[i], N: int(counts[i])},
			Warnings: response.ParseWarnings(warnings[i]),
		}
		out.Rows[at][column[components[i]+" "+heading(measures[i])]] = out.estimate(v, units[i])
	}
	return out, nil
}

// estimates reads the columns of means and intervals of a file in long form.
func estimates(t *results.Table, mean string) (means, halves, counts []float64, err error) {
	if means, err = t.Numbers(mean); err != nil {
		return nil, nil, nil, err
	}
	if halves, err = t.Numbers("half_width"); err != nil {
		return nil, nil, nil, err
	}
	counts, err = t.Numbers("n")
	return means, halves, counts, err
}

// levels begins a row of a point: the values of its factors, or its number.
func levels(t *results.Table, factors []results.Column, i, width int) []cell {
	row := make([]cell, width)
	if len(factors) == 0 {
		row[0] = words(fmt.Sprint("point ", t.Text(i, "point")))
	}
	for j, f := range factors {
		row[j] = level(f, t.Text(i, f.Name))
	}
	return row
}

// level writes the value of a factor for people.
func level(f results.Column, text string) cell {
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return cell{Text: plot.Word(x, plot.Unit(f.Unit))}
	}
	return words(text)
}
