package figures

import (
	"slices"

	"onepen/experiments/plot"
)

// columns draws a measure as a column for each component or partition.
func (d *drawing) columns() error {
	q := &d.request
	names := d.table.Distinct(q.X)
	sortNumbers(names)
	d.figure.X = plot.Axis{Label: d.label(q.X), Names: names}
	d.figure.Y = d.axisY()
	for _, y := range q.Y {
		keys, of, err := d.gather(frame{table: d.table, x: q.X, named: true, y: y, by: q.By})
		if err != nil {
			return err
		}
		for _, key := range keys {
			s := plot.Series{Name: d.nameOf(key, y), Form: plot.Bars}
			for _, p := range of[key] {
				s.X = append(s.X, float64(slices.Index(names, p.xText)))
				s.Y = append(s.Y, p.summary.Mean)
			}
			d.figure.Series = append(d.figure.Series, s)
		}
	}
	return nil
}
