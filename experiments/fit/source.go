package fit

import (
	"fmt"
	"slices"
	"strings"

	"onepen/sim/names"
)

// Source says what of a file to read. The zero value leaves it to the file.
type Source struct {
	Column string // "" = the one that holds latencies by its name, or the only one
	Unit   string // of bare numbers: s, ms, us or ns; "" = what the column's name ends in
}

// units are the units of bare numbers, with their length [s].
var units = []struct {
	name    string
	seconds float64
}{{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}}

// unitOf returns the length of a unit [s].
func unitOf(name string) (float64, bool) {
	for _, u := range units {
		if u.name == name {
			return u.seconds, true
		}
	}
	return 0, false
}

// unitIn returns the unit that the name of a column ends in, or "".
func unitIn(column string) string {
	for _, u := range units {
		if strings.HasSuffix(column, "_"+u.name) {
			return u.name
		}
	}
	return ""
}

// check refuses a unit that is none.
func (s Source) check() error {
	if _, known := unitOf(s.Unit); s.Unit != "" && !known {
		return fmt.Errorf("unit must be s, ms, us or ns, got %q", s.Unit)
	}
	return nil
}

// choose finds the column to read in a header.
func (s Source) choose(header []string) (int, error) {
	if s.Column != "" {
		if i := slices.Index(header, s.Column); i >= 0 {
			return i, nil
		}
		near := names.Nearest(s.Column, header)
		if near != "" {
			near = "; did you mean " + near + "?"
		}
		return 0, fmt.Errorf("no column %q%s (there are: %s)", s.Column, near, strings.Join(header, ", "))
	}
	if len(header) == 1 {
		return 0, nil
	}
	var latencies, spans []int
	for i, name := range header {
		if strings.HasPrefix(strings.ToLower(name), "lat") {
			latencies = append(latencies, i)
		}
		if unitIn(name) != "" {
			spans = append(spans, i)
		}
	}
	for _, found := range [][]int{latencies, spans} {
		if len(found) == 1 {
			return found[0], nil
		}
	}
	return 0, fmt.Errorf("which column holds the samples? Say --column (there are: %s)", strings.Join(header, ", "))
}
