package figures

import (
	"fmt"
	"slices"
	"strings"

	"onepen/experiments/response"
)

// words gives the figure its title, its subtitle and its notes.
func (d *drawing) words() {
	scenarios := d.table.Distinct(scenarioColumn)
	d.figure.Title = d.request.Title
	if d.figure.Title == "" && d.manifest != nil {
		d.figure.Title = d.manifest.Question
	}
	if d.figure.Title == "" {
		d.figure.Title = listed(scenarios)
	}
	var about []string
	if listed(scenarios) != d.figure.Title {
		about = append(about, listed(scenarios))
	}
	for _, column := range componentColumns {
		if texts := d.table.Distinct(column); len(texts) == 1 && texts[0] != "" {
			about = append(about, strings.TrimSuffix(column, "component")+" "+texts[0])
		}
	}
	d.figure.Subtitle = strings.TrimSpace(strings.Join(about, " · "))
	d.figure.Notes = slices.Concat(d.warnings(), d.origin())
}

// warnings returns a note for each kind of warning: how many points it is held
// against, and what it means.
func (d *drawing) warnings() []string {
	var notes []string
	for w := range d.allWarnings().All() {
		n := 0
		for _, p := range d.points {
			if p.summary.Warnings&w != 0 {
				n++
			}
		}
		where := fmt.Sprintf("%d of %d values", n, len(d.points))
		if n == len(d.points) {
			where = "all values"
		}
		notes = append(notes, fmt.Sprintf("Warning (%s): %s", where, w.Texts()[0]))
	}
	if n := d.failed(); n > 0 {
		notes = append(notes, fmt.Sprintf("%d runs failed and are left out", n))
	}
	if d.table.Unended {
		notes = append(notes, "the last row of "+d.table.Name+" has no line end: its last number may be cut off")
	}
	return notes
}

func (d *drawing) allWarnings() response.Warnings {
	var all response.Warnings
	for _, p := range d.points {
		all |= p.summary.Warnings
	}
	if d.singleRun() {
		all &^= response.FewReplications // the origin says so
	}
	return all
}

// singleRun reports whether no value rests on more than one replication.
func (d *drawing) singleRun() bool {
	return !slices.ContainsFunc(d.points, func(p point) bool { return p.summary.N > 1 })
}

// failed returns the number of rows of runs that failed.
func (d *drawing) failed() int {
	n := 0
	for _, text := range d.table.Texts("error") {
		if text != "" {
			n++
		}
	}
	return n
}

// origin says where the data are from, and what the intervals are.
func (d *drawing) origin() []string {
	var parts []string
	for _, column := range []string{scenarioColumn, seedColumn, configColumn} {
		switch texts := d.table.Distinct(column); {
		case len(texts) == 1:
			parts = append(parts, column+" "+texts[0])
		case len(texts) > 1 && column == configColumn:
			parts = append(parts, fmt.Sprintf("%d configurations", len(texts)))
		case len(texts) > 1:
			parts = append(parts, fmt.Sprintf("%ss %s", column, listed(texts)))
		}
	}
	if d.singleRun() {
		parts = append(parts, "one run each: no intervals")
	} else {
		parts = append(parts, d.replications()+", "+d.intervals())
	}
	return []string{strings.Join(parts, " · ")}
}

// intervals says at which confidence intervals hold: those of a comparison hold
// all at once, and are wider than 95 % for each of them would ask.
func (d *drawing) intervals() string {
	if d.table.Has(confidenceColumn) {
		return "pairs under the same random numbers; the intervals of all moves hold together at 95 %"
	}
	return "intervals of the mean at 95 %"
}

func (d *drawing) replications() string {
	least, most := d.points[0].summary.N, 0
	for _, p := range d.points {
		least, most = min(least, p.summary.N), max(most, p.summary.N)
	}
	if least == most {
		return fmt.Sprintf("%d replications", most)
	}
	return fmt.Sprintf("%d to %d replications", least, most)
}
