package figures

import (
	"fmt"
	"slices"

	"onepen/experiments/plot"
	"onepen/experiments/response"
	"onepen/sim"
)

// The columns of a comparison.
const (
	moveColumn       = "move"
	unitColumn       = "unit"
	verdictColumn    = "verdict"
	differenceColumn = "difference"
	confidenceColumn = "confidence"
)

// differences draws what moves do to one response: the difference of each to
// the base, with its interval, the best above.
func (d *drawing) differences() error {
	if err := d.oneResponse(); err != nil {
		return err
	}
	t := d.table
	means, err := t.Numbers(differenceColumn)
	if err != nil {
		return err
	}
	halves, err := t.Numbers(halfWidthColumn)
	if err != nil {
		return err
	}
	counts, err := t.Numbers(countColumn)
	if err != nil {
		return err
	}
	moves, verdicts, words := t.Texts(moveColumn), t.Texts(verdictColumn), t.Texts(warningsColumn)
	s := plot.Series{Form: plot.Points}
	for i := range t.Rows {
		v := sim.Interval{Mean: means[i], HalfWidth: halves[i], N: int(counts[i])}
		d.points = append(d.points, point{summary: response.Summary{Interval: v, Warnings: response.ParseWarnings(words[i])}})
		s.X, s.Y = append(s.X, v.Mean), append(s.Y, float64(i))
		s.XLow, s.XHigh = append(s.XLow, v.Low()), append(s.XHigh, v.High())
		d.figure.Y.Names = append(d.figure.Y.Names, fmt.Sprintf("%s (%s)", moves[i], verdicts[i]))
	}
	d.figure.Series = []plot.Series{s}
	d.figure.Marks = []plot.Mark{{X: 0, Label: "the base"}}
	d.figure.X = plot.Axis{
		Label: "difference in " + d.label(d.request.Y[0]), Unit: plot.Unit(t.Texts(unitColumn)[0]), Scale: plot.Linear,
	}
	return nil
}

// oneResponse narrows the table to one response: differences in several units
// have no axis in common.
func (d *drawing) oneResponse() error {
	q := &d.request
	if !d.table.Has(differenceColumn) {
		return trouble(d.table, "", "there are no differences in it; compare.csv has them")
	}
	if len(q.Y) == 0 {
		q.Y = []string{d.table.Distinct(measureColumn)[0]}
	}
	if len(q.Y) > 1 {
		return trouble(d.table, "", "differences are drawn of one measure, got %s", listed(q.Y))
	}
	if err := d.checkMeasure(q.Y[0]); err != nil {
		return err
	}
	some, err := d.table.Where(measureColumn, func(text string) bool { return text == q.Y[0] })
	if err != nil {
		return err
	}
	// Of several components, the one that stands first.
	component := some.Distinct(componentColumn)[0]
	d.table, err = some.Where(componentColumn, func(text string) bool { return text == component })
	if err != nil {
		return err
	}
	if moves := d.table.Texts(moveColumn); len(slices.Compact(slices.Sorted(slices.Values(moves)))) < len(moves) {
		return trouble(d.table, "", "a move stands in several rows for %s of %s", q.Y[0], component)
	}
	return nil
}
