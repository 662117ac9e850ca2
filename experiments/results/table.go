package results

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"onepen/experiments"
	"onepen/sim/names"
)

// Column is a column of a table.
type Column struct {
	Name   string
	Unit   string // base unit; "" for pure numbers and texts
	Help   string // "" of a column that is not declared
	Factor bool   // a parameter that a sweep varies
}

// Table is a result file in memory.
type Table struct {
	Name    string // of the file, as it was given
	Kind    string // name that such a file is written under: "runs.csv"
	Columns []Column
	Rows    []Row

	// Unended is true if the last row has no line end, as every file that was
	// written whole has: its last number may be cut off.
	Unended bool
}

// Row is one row of a table.
type Row struct {
	Line  int // of the file, from 1
	Cells []string
	at    []int // columns of the line that the cells begin in, from 1
}

// Has reports whether a table has a column.
func (t *Table) Has(name string) bool { return t.index(name) >= 0 }

func (t *Table) index(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
}

// Column returns the column of a name. The error suggests the nearest name.
func (t *Table) Column(name string) (Column, error) {
	i := t.index(name)
	if i < 0 {
		return Column{}, t.noColumn(name)
	}
	return t.Columns[i], nil
}

func (t *Table) noColumn(name string) error {
	all := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		all[i] = c.Name
	}
	p := experiments.Problem{File: t.Name, Message: fmt.Sprintf("there is no column %q", name), Suggestion: names.Nearest(name, all)}
	if p.Suggestion == "" {
		p.Message += fmt.Sprintf(" (there are: %s)", strings.Join(all, ", "))
	}
	return &experiments.InputError{Problems: []experiments.Problem{p}}
}

// Texts returns the cells of a column; nil if there is no such column.
func (t *Table) Texts(name string) []string {
	i := t.index(name)
	if i < 0 {
		return nil
	}
	texts := make([]string, len(t.Rows))
	for j, row := range t.Rows {
		texts[j] = row.Cells[i]
	}
	return texts
}

// Text returns the cell of a row in a column, "" if there is no such column.
func (t *Table) Text(row int, name string) string {
	if i := t.index(name); i >= 0 {
		return t.Rows[row].Cells[i]
	}
	return ""
}

// Distinct returns the different cells of a column, in the order met.
func (t *Table) Distinct(name string) []string {
	var found []string
	met := map[string]bool{}
	for _, text := range t.Texts(name) {
		if !met[text] {
			met[text] = true
			found = append(found, text)
		}
	}
	return found
}

// Numbers returns the numbers of a column, NaN for empty cells. The error names
// each cell that is no number.
func (t *Table) Numbers(name string) ([]float64, error) {
	i := t.index(name)
	if i < 0 {
		return nil, t.noColumn(name)
	}
	var problems []experiments.Problem
	numbers := make([]float64, len(t.Rows))
	for j, row := range t.Rows {
		x, ok := parse(row.Cells[i])
		if !ok {
			problems = append(problems, experiments.Problem{
				File: t.Name, Line: row.Line, Col: row.at[i], Path: name,
				Message: fmt.Sprintf("must be a number or empty, got %q", row.Cells[i]), Source: strings.Join(row.Cells, ","),
			})
		}
		numbers[j] = x
	}
	if problems != nil {
		return nil, &experiments.InputError{Problems: problems}
	}
	return numbers, nil
}

// Numeric reports whether a column holds numbers only, and one at least.
func (t *Table) Numeric(name string) bool {
	some := false
	for _, text := range t.Texts(name) {
		if text == "" {
			continue
		}
		if _, ok := parse(text); !ok {
			return false
		}
		some = true
	}
	return some
}

// parse reads a cell: a finite number, or NaN for an empty one.
func parse(text string) (x float64, ok bool) {
	if text == "" {
		return math.NaN(), true
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// Where returns the rows for which keep is true of the cell of a column.
func (t *Table) Where(name string, keep func(text string) bool) (*Table, error) {
	i := t.index(name)
	if i < 0 {
		return nil, t.noColumn(name)
	}
	some := *t
	some.Rows = nil
	for _, row := range t.Rows {
		if keep(row.Cells[i]) {
			some.Rows = append(some.Rows, row)
		}
	}
	return &some, nil
}

// Factors returns the columns of factors that take more than one value.
func (t *Table) Factors() []Column {
	var list []Column
	for _, c := range t.Columns {
		if c.Factor && len(t.Distinct(c.Name)) > 1 {
			list = append(list, c)
		}
	}
	return list
}
