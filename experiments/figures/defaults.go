package figures

import (
	"cmp"
	"slices"
	"strings"

	"onepen/experiments/plot"
	"onepen/experiments/results"
	"onepen/sim/names"
)

// Columns that say what a row is about.
const (
	scenarioColumn    = "scenario"
	configColumn      = "config"
	pointColumn       = "point"
	replicationColumn = "replication"
	seedColumn        = "seed"
	timeColumn        = "time_s"
	offeredColumn     = "offered_per_s"
)

// componentColumns lists the columns that name a part of the system.
var componentColumns = []string{"lane", "store", "allocator", componentColumn, "partition"}

// Files, by the names that they are written under.
const (
	runsFile       = "runs.csv"
	seriesFile     = "timeseries.csv"
	storesFile     = "stores.csv"
	partitionsFile = "partitions.csv"
	allocatorsFile = "allocators.csv"
)

// usualY is what a figure of a file shows unless asked otherwise; of a file in
// long form it is the first measure in it.
var usualY = map[string]string{
	runsFile: "ack_p99_s", seriesFile: "ack_p99_s", storesFile: "utilization_max",
	partitionsFile: "utilization", allocatorsFile: "utilization",
}

// choose completes the request by what suits the table, and refuses what does
// not fit to it.
func (d *drawing) choose() error {
	q, t := &d.request, d.table
	for _, column := range slices.Concat([]string{q.X}, q.By) {
		if column != "" && !t.Has(column) {
			_, err := t.Column(column)
			return err
		}
	}
	if q.Kind == Choose {
		q.Kind = d.usualKind()
	}
	if q.Kind == Differences || q.Kind == Quantiles {
		return nil // their columns are what they are
	}
	if q.Y == nil {
		q.Y = []string{d.usualMeasure()}
	}
	for _, y := range q.Y {
		if err := d.checkY(y); err != nil {
			return err
		}
	}
	if long(t) {
		some, err := t.Where(measureColumn, func(text string) bool { return slices.Contains(q.Y, text) })
		if err != nil {
			return err
		}
		d.table = some
	}
	if err := d.sameUnit(); err != nil {
		return err
	}
	if q.X == "" {
		q.X = d.usualX()
	}
	if q.By == nil {
		q.By = d.usualBy()
	}
	// What suits the kind that was asked for may not be there.
	_, err := t.Column(q.X)
	return err
}

// usualKind chooses a kind for the table.
func (d *drawing) usualKind() Kind {
	t := d.table
	varies := len(t.Factors()) > 0 || len(t.Distinct(configColumn)) > 1
	y := d.request.Y
	latency := len(y) == 1 && !t.Has(y[0]) && t.Has(y[0]+"_p50_s")
	switch {
	case t.Has(timeColumn):
		return Time
	case t.Has(differenceColumn):
		return Differences
	case t.Kind == partitionsFile && len(t.Distinct(configColumn)) > 1:
		return Heat
	case t.Kind == partitionsFile, !varies && t.Kind != runsFile:
		return Columns
	case latency, !varies && y == nil:
		return Quantiles
	}
	return Curve
}

func (d *drawing) usualMeasure() string {
	if long(d.table) {
		return d.table.Distinct(measureColumn)[0]
	}
	if y, ok := usualY[d.table.Kind]; ok && d.table.Has(y) {
		return y
	}
	for _, c := range d.table.Columns {
		if c.Help != "" && c.Unit != "" && d.table.Numeric(c.Name) {
			return c.Name
		}
	}
	return d.table.Columns[len(d.table.Columns)-1].Name
}

// checkY refuses a measure that the table does not have.
func (d *drawing) checkY(y string) error {
	t := d.table
	if !long(t) {
		if _, err := t.Column(y); err != nil {
			return err
		}
		_, err := t.Numbers(y)
		return err
	}
	return d.checkMeasure(y)
}

// checkMeasure refuses a measure that a file in long form has no row of.
func (d *drawing) checkMeasure(y string) error {
	t := d.table
	measures := t.Distinct(measureColumn)
	if slices.Contains(measures, y) {
		return nil
	}
	return trouble(t, names.Nearest(y, measures), "there is no measure %q (there are: %s)", y, listed(measures))
}

// sameUnit refuses measures that one axis cannot carry.
func (d *drawing) sameUnit() error {
	first := d.column(d.request.Y[0])
	for _, y := range d.request.Y[1:] {
		if c := d.column(y); c.Unit != first.Unit {
			return trouble(d.table, "", "one axis cannot carry %s in %s and %s in %s", first.Name, unitName(first.Unit), c.Name, unitName(c.Unit))
		}
	}
	return nil
}

func unitName(unit string) string { return cmp.Or(unit, "pure numbers") }

// column describes a column, or a measure of a file in long form.
func (d *drawing) column(name string) results.Column {
	for _, c := range d.table.Columns {
		if c.Name == name {
			return withShares(c)
		}
	}
	for _, c := range results.Declared() {
		if c.Name == name {
			return withShares(results.Column{Name: name, Unit: c.Unit, Help: c.Help})
		}
	}
	return results.Column{Name: name}
}

// withShares gives pure numbers that are shares by their description the unit
// that people read shares in.
func withShares(c results.Column) results.Column {
	if c.Unit == "" && (strings.HasPrefix(c.Help, "share of ") || strings.Contains(c.Help, " share of ")) {
		c.Unit = string(plot.Percent)
	}
	return c
}

// usualX chooses what is along the horizontal axis: the factor with the most
// values, a number before a text.
func (d *drawing) usualX() string {
	t := d.table
	switch d.request.Kind {
	case Time:
		return timeColumn
	case Columns, Heat:
		return d.component()
	}
	best, most := "", 0
	for _, c := range t.Factors() {
		n := len(t.Distinct(c.Name))
		if t.Numeric(c.Name) {
			n *= 1000
		}
		if n > most {
			best, most = c.Name, n
		}
	}
	if best == "" && t.Has(offeredColumn) && len(t.Distinct(configColumn)) > 1 {
		return offeredColumn
	}
	if best == "" {
		return d.component()
	}
	return best
}

// component returns the column that names the smallest parts of the system.
func (d *drawing) component() string {
	for _, name := range slices.Backward(componentColumns) {
		if d.table.Has(name) {
			return name
		}
	}
	return pointColumn
}

// usualBy chooses what makes series: parts of the system and factors, as far as
// they take several values and are not along the horizontal axis.
func (d *drawing) usualBy() []string {
	q, t := &d.request, d.table
	by := []string{}
	take := func(column string) {
		if column != q.X && len(t.Distinct(column)) > 1 {
			by = append(by, column)
		}
	}
	for _, name := range componentColumns {
		take(name)
	}
	for _, c := range t.Factors() {
		if !d.follows(c.Name, q.X) {
			take(c.Name)
		}
	}
	take(scenarioColumn)
	// Points that no factor tells apart have nothing but their number, or hash.
	if len(t.Factors()) == 0 && q.X != offeredColumn {
		take(configColumn)
	}
	return by
}

// follows reports whether every value of a column goes with one value of
// another: of zipped factors, the one along the horizontal axis stands for all.
func (d *drawing) follows(column, other string) bool {
	of := map[string]string{}
	texts, others := d.table.Texts(column), d.table.Texts(other)
	for i, at := range others {
		if known, met := of[at]; met && known != texts[i] {
			return false
		}
		of[at] = texts[i]
	}
	return true
}

// name writes the key of a series for people.
func (d *drawing) name(key string, by []string) string {
	if len(by) == 0 {
		return ""
	}
	var parts []string
	for i, text := range strings.Split(key, "\x01") {
		parts = append(parts, d.cell(by[i], text))
	}
	return strings.Join(parts, " · ")
}
