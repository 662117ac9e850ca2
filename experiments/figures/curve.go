package figures

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"onepen/experiments/plot"
)

// curve draws measures against a factor or a load.
func (d *drawing) curve() error {
	q := &d.request
	named := !d.column(q.X).Factor && slices.Contains(componentColumns, q.X) || !d.table.Numeric(q.X)
	d.figure.X = plot.Axis{Label: d.label(q.X), Unit: plot.Unit(d.column(q.X).Unit), Scale: q.scale("x")}
	d.figure.Y = d.axisY()
	if named {
		d.figure.X.Names = d.table.Distinct(q.X)
	}
	for _, y := range q.Y {
		f := frame{table: d.table, x: q.X, named: named, y: y, by: q.By, apart: d.apart()}
		keys, of, err := d.gather(f)
		if err != nil {
			return err
		}
		for _, key := range keys {
			d.figure.Series = append(d.figure.Series, d.series(d.nameOf(key, y), of[key]))
		}
	}
	d.diagonal()
	return nil
}

// apart returns the column that makes points besides series and X: where X was
// measured, the configuration does.
func (d *drawing) apart() []string {
	if d.column(d.request.X).Factor || !d.table.Has(configColumn) || d.request.X == timeColumn {
		return nil
	}
	return []string{configColumn}
}

// nameOf names a series, by its measure too where there are several.
func (d *drawing) nameOf(key, y string) string {
	name := d.name(key, d.request.By)
	switch {
	case len(d.request.Y) == 1:
		return name
	case name == "":
		return d.measureName(y)
	}
	return name + " · " + d.measureName(y)
}

// measureName writes the name of a measure for people: ack_p99_s is "ack p99".
func (d *drawing) measureName(y string) string {
	name := y
	for _, end := range []string{"_per_s", "_s"} {
		if s, ok := strings.CutSuffix(name, end); ok && d.column(y).Unit != "" {
			name = s
			break
		}
	}
	return strings.ReplaceAll(name, "_", " ")
}

// series makes a series of points, in rising order of X.
func (d *drawing) series(name string, points []point) plot.Series {
	s := plot.Series{Name: name}
	if d.figure.X.Names != nil {
		s.Form = plot.Points
		for i := range points {
			points[i].x = float64(slices.Index(d.figure.X.Names, points[i].xText))
		}
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.x, b.x) })
	for _, p := range points {
		s.X, s.Y = append(s.X, p.x), append(s.Y, p.summary.Mean)
		s.Low, s.High = append(s.Low, p.summary.Low()), append(s.High, p.summary.High())
	}
	if allNaN(s.Low) {
		s.Low, s.High = nil, nil
	}
	return s
}

func allNaN(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return !math.IsNaN(v) })
}

// throughputs lists the measures that cannot exceed the offered load for long.
var throughputs = []string{"throughput_per_s", "goodput_per_s", "acked_per_s"}

// diagonal adds the line on which all that is offered is stored, where
// throughput is drawn against a rate.
func (d *drawing) diagonal() {
	q := &d.request
	load := q.X == offeredColumn || strings.HasSuffix(d.column(q.X).Path(), ".rate")
	if !load || !slices.Contains(throughputs, q.Y[0]) {
		return
	}
	d.figure.Refs = append(d.figure.Refs, plot.Reference{Name: "all that is offered", Slope: 1})
}
