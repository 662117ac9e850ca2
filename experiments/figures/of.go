package figures

import (
	"fmt"
	"slices"
	"strings"

	"onepen/experiments"
	"onepen/experiments/plot"
	"onepen/experiments/results"
)

// Of makes a figure of a table. The manifest, which tells of changes during the
// run, may be nil. The error is an *experiments.InputError if the table and the
// request do not fit together.
func Of(t *results.Table, m *results.Manifest, q Request) (plot.Figure, error) {
	t, err := narrowed(t, q.Where)
	if err != nil {
		return plot.Figure{}, err
	}
	d := &drawing{table: t, manifest: m, request: q}
	if err := d.choose(); err != nil {
		return plot.Figure{}, err
	}
	switch d.request.Kind {
	case Time:
		err = d.time()
	case Columns:
		err = d.columns()
	case Heat:
		err = d.heat()
	case Quantiles:
		err = d.quantiles()
	case Differences:
		err = d.differences()
	default:
		err = d.curve()
	}
	if err != nil {
		return plot.Figure{}, err
	}
	d.words()
	return d.figure, nil
}

// drawing is a figure in the making.
type drawing struct {
	table    *results.Table
	manifest *results.Manifest
	request  Request // completed by choose
	figure   plot.Figure
	points   []point // that were drawn, for the notes
}

// narrowed returns the rows that meet all conditions.
func narrowed(t *results.Table, where []Condition) (*results.Table, error) {
	if len(t.Rows) == 0 {
		return nil, trouble(t, "", "there are no rows, only a header")
	}
	for _, c := range where {
		some, err := t.Where(c.Column, func(text string) bool { return text == c.Value })
		if err != nil {
			return nil, err
		}
		if len(some.Rows) == 0 {
			return nil, trouble(t, "", "no row has %s = %q (there are: %s)", c.Column, c.Value, listed(t.Distinct(c.Column)))
		}
		t = some
	}
	return t, nil
}

// trouble returns an error about a table.
func trouble(t *results.Table, suggestion, format string, args ...any) error {
	return &experiments.InputError{Problems: []experiments.Problem{
		{File: t.Name, Message: fmt.Sprintf(format, args...), Suggestion: suggestion},
	}}
}

// listed writes a list of texts, the first of them if they are many.
func listed(texts []string) string {
	const most = 20
	if len(texts) > most {
		return strings.Join(texts[:most], ", ") + ", …"
	}
	return strings.Join(texts, ", ")
}

// maxSeries is the number of series that can be told apart.
const maxSeries = 12

// gather returns the series of a frame: points by key, in the order met.
func (d *drawing) gather(f frame) (keys []string, of map[string][]point, err error) {
	points, err := f.points()
	if err != nil {
		return nil, nil, err
	}
	of = map[string][]point{}
	for _, p := range points {
		if !slices.Contains(keys, p.series) {
			keys = append(keys, p.series)
		}
		of[p.series] = append(of[p.series], p)
	}
	if len(keys)*max(len(d.request.Y), 1) > maxSeries {
		return nil, nil, trouble(d.table, "", "%d series are more than can be told apart, which is %d: choose with --by, or with --where, of %s",
			len(keys)*max(len(d.request.Y), 1), maxSeries, strings.Join(f.by, ", "))
	}
	d.points = append(d.points, points...)
	return keys, of, nil
}
