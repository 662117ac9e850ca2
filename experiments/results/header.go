package results

import (
	"slices"
	"strings"

	"onepen/experiments"
)

// Declared describes the columns of all files that can be read back.
func Declared() []experiments.Column { return experiments.Columns() }

// recognised is how much alike a header and the declared columns of a file must
// be to be of that file: one that another version wrote lacks a few, or has a
// few more.
const recognised = 0.4

// kindOf returns the file that a header is of, "" if it is of none: the one that
// it has most in common with, by the share of their common columns in all that
// either has (Jaccard 1901). Factors are in none of them.
func kindOf(header []string) string {
	declared, has := map[string]int{}, map[string]int{}
	var files []string
	for _, c := range Declared() {
		if !slices.Contains(files, c.File) {
			files = append(files, c.File)
		}
		declared[c.File]++
		if slices.Contains(header, c.Name) {
			has[c.File]++
		}
	}
	plain := 0
	for _, name := range header {
		if !strings.Contains(name, ".") {
			plain++
		}
	}
	best, most := "", recognised
	for _, file := range files {
		if share := float64(has[file]) / float64(declared[file]+plain-has[file]); share > most {
			best, most = file, share
		}
	}
	return best
}

// describe returns the columns of a header of a kind.
func describe(header []string, kind string) []Column {
	columns := make([]Column, len(header))
	declared := Declared()
	for i, name := range header {
		columns[i] = Column{Name: name}
		for _, c := range declared {
			if c.File == kind && c.Name == name {
				columns[i] = Column{Name: name, Unit: c.Unit, Help: c.Help}
			}
		}
		// The name of a factor is the path of a parameter.
		if columns[i].Help == "" && strings.Contains(name, ".") {
			columns[i] = factor(name)
		}
	}
	return columns
}

// unitEnds lists how the base unit stands at the end of a column's name.
var unitEnds = [...]struct{ end, unit string }{{"_per_s", "1/s"}, {"_s", "s"}}

func factor(name string) Column {
	c := Column{Name: name, Factor: true}
	for _, u := range unitEnds {
		if strings.HasSuffix(name, u.end) {
			c.Unit = u.unit
			break
		}
	}
	return c
}

// Path returns the path of the parameter that a factor's column is of.
func (c Column) Path() string {
	for _, u := range unitEnds {
		if c.Unit == u.unit {
			return strings.TrimSuffix(c.Name, u.end)
		}
	}
	return c.Name
}
