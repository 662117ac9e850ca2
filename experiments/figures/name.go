package figures

import (
	"slices"
	"strconv"
	"strings"

	"onepen/experiments/plot"
)

// cell writes the cell of a column for people, with the name of the column
// where the text alone would not tell what it is.
func (d *drawing) cell(column, text string) string {
	c := d.column(column)
	value := text
	if x, err := strconv.ParseFloat(text, 64); err == nil && !slices.Contains(componentColumns, column) {
		value = plot.Word(x, plot.Unit(c.Unit))
	}
	switch {
	case c.Factor:
		return d.short(c.Path()) + " = " + value
	case column == partitionColumn:
		return "partition " + text
	case column == configColumn, column == pointColumn, column == seedColumn, column == replicationColumn:
		return column + " " + text
	}
	return value
}

const partitionColumn = "partition"

// short leaves out of a path which lane or store it is of, unless another
// factor is of the same parameter.
func (d *drawing) short(path string) string {
	end := lastParts(path)
	for _, c := range d.table.Columns {
		if c.Factor && c.Path() != path && lastParts(c.Path()) == end {
			return path
		}
	}
	return end
}

func lastParts(path string) string {
	if parts := strings.SplitN(path, ".", 3); len(parts) == 3 {
		return parts[2]
	}
	return path
}

// label returns the words for a column.
func (d *drawing) label(column string) string {
	c := d.column(column)
	switch {
	case c.Factor:
		return c.Path()
	case c.Help != "" && !slices.Contains(componentColumns, column):
		return c.Help
	}
	return strings.ReplaceAll(column, "_", " ")
}

// axisY labels the vertical axis for what is asked for.
func (d *drawing) axisY() plot.Axis {
	first := d.column(d.request.Y[0])
	a := plot.Axis{Label: d.label(first.Name), Unit: plot.Unit(first.Unit), Scale: d.request.scale("y")}
	if len(d.request.Y) > 1 {
		a.Label = d.commonWords()
	}
	return a
}

// commonWords returns what the labels of several measures begin with in common,
// or else their names.
func (d *drawing) commonWords() string {
	common := d.label(d.request.Y[0])
	var names []string
	for _, y := range d.request.Y {
		names = append(names, d.measureName(y))
		other := d.label(y)
		for !strings.HasPrefix(other, common) {
			common = common[:len(common)-1]
		}
	}
	if common = strings.TrimRight(common, ": "); strings.Contains(common, " ") {
		return common
	}
	return strings.Join(names, ", ")
}
