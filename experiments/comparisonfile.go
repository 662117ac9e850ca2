package experiments

import (
	"errors"
	"io"
	"strconv"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Comparison is a row of compare.csv: what one move does to one response.
type Comparison struct {
	Rank     int // of the move, from 1; the best first
	Point    int // its design point; the base is 0
	Label    string
	Set      string // its parameters as they were written
	Scenario *models.Scenario

	Response   response.Response
	Base, Move response.Summary
	Difference sim.Interval
	Confidence float64 // of Difference
	Change     float64 // relative to the base
	Verdict    string
	Warnings   response.Warnings
}

func comparisonTable() table[Comparison] {
	type R = Comparison
	text := func(name, help string, of func(*R) string) column[R] { return column[R]{name, "", help, of} }
	value := func(name, help string, of func(*R) float64) column[R] {
		return column[R]{name, "", help, func(r *R) string { return number(of(r)) }}
	}
	return table[R]{compareFile, []column[R]{
		text("scenario", "name of the scenario", func(r *R) string { return r.Scenario.Name }),
		text("config", "hash of all parameters but the seed, with the move", func(r *R) string { return ConfigHash(r.Scenario) }),
		text("point", "number of the move's design point; that of the base is 0", func(r *R) string { return strconv.Itoa(r.Point) }),
		text("seed", "seed of all runs", func(r *R) string { return strconv.FormatUint(r.Scenario.Seed, 10) }),
		text("rank", "place of the move by the first measure, from 1", func(r *R) string { return strconv.Itoa(r.Rank) }),
		text("move", "what the move is called", func(r *R) string { return r.Label }),
		text("set", "the parameters that it changes", func(r *R) string { return r.Set }),
		text("component", "what was measured, such as lanes.clicks", func(r *R) string { return r.Response.Component }),
		text("measure", "name of the measure, its base unit at the end", func(r *R) string { return r.Response.Measure }),
		text("unit", "its unit; nothing for a pure number", func(r *R) string { return r.Response.Unit }),
		value("base_mean", "mean over the base's replications, in the unit of its row", func(r *R) float64 { return r.Base.Mean }),
		value("base_half_width", "of the 95 % interval of that mean", func(r *R) float64 { return r.Base.HalfWidth }),
		value("move_mean", "mean over the move's replications", func(r *R) float64 { return r.Move.Mean }),
		value("move_half_width", "of the 95 % interval of that mean", func(r *R) float64 { return r.Move.HalfWidth }),
		value("difference", "mean of the move less the base, over pairs of replications", func(r *R) float64 { return r.Difference.Mean }),
		value("half_width", "of the interval of the difference, by Student's t", func(r *R) float64 { return r.Difference.HalfWidth }),
		value("confidence", "of that interval alone; those of all moves hold together at 0.95", func(r *R) float64 { return r.Confidence }),
		{"n", "replications", "pairs of replications", func(r *R) string { return strconv.Itoa(r.Difference.N) }},
		value("change", "difference relative to the base's mean", func(r *R) float64 { return r.Change }),
		text("verdict", "what the difference shows", func(r *R) string { return r.Verdict }),
		text("warnings", "what is to be held against it: "+response.WarningWords(), func(r *R) string { return r.Warnings.String() }),
	}}
}

// WriteComparison writes compare.csv, and manifest.json about it and runs.csv,
// to a folder that is there.
func WriteComparison(folder string, about Origin, base *models.Scenario, replications int, rows []Comparison) error {
	var points []point
	for i := range rows {
		if i == 0 || rows[i].Point != rows[i-1].Point {
			points = append(points, point{rows[i].Point, rows[i].Label, rows[i].Set, ConfigHash(rows[i].Scenario)})
		}
	}
	return errors.Join(
		writeRows(folder, comparisonTable(), rows),
		writeStudyManifest(folder, about, base, replications, points, compareFile, runsFile),
	)
}

// writeRows writes a CSV file of rows.
func writeRows[T any](folder string, t table[T], rows []T) error {
	return writeFile(folder, t.file, func(w io.Writer) error {
		c := newCSV(w)
		_ = c.Write(t.header()) // what goes wrong is kept until the flush
		for i := range rows {
			_ = c.Write(t.row(&rows[i]))
		}
		c.Flush()
		return c.Error()
	})
}
