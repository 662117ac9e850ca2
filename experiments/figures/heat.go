package figures

import (
	"math"
	"slices"
	"strconv"

	"onepen/experiments/plot"
)

// heat draws a measure over partitions and design points, one row for each.
func (d *drawing) heat() error {
	q := &d.request
	f := frame{table: d.table, x: q.X, named: true, y: q.Y[0], by: q.By}
	points, err := f.points()
	if err != nil {
		return err
	}
	d.points = points
	var rows []string
	columns := d.table.Distinct(q.X)
	sortNumbers(columns)
	for _, p := range points {
		if !slices.Contains(rows, p.series) {
			rows = append(rows, p.series)
		}
	}
	h := &plot.Heat{Label: d.axisY().Label, Unit: plot.Unit(d.column(q.Y[0]).Unit)}
	for range rows {
		h.Values = append(h.Values, filled(len(columns)))
	}
	for _, p := range points {
		h.Values[slices.Index(rows, p.series)][slices.Index(columns, p.xText)] = p.summary.Mean
	}
	d.figure.Heat = h
	d.figure.X = plot.Axis{Label: q.X, Names: columns}
	d.figure.Y.Names = make([]string, len(rows))
	for i, key := range rows {
		d.figure.Y.Names[i] = d.name(key, q.By)
	}
	return nil
}

// filled returns n values that do not exist.
func filled(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}

// sortNumbers sorts texts that are all whole numbers, and leaves others as they
// are.
func sortNumbers(texts []string) {
	numbers := map[string]int{}
	for _, text := range texts {
		n, err := strconv.Atoi(text)
		if err != nil {
			return
		}
		numbers[text] = n
	}
	slices.SortFunc(texts, func(a, b string) int { return numbers[a] - numbers[b] })
}
