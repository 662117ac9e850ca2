package truth

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed cases.csv
var casesCSV string

// Case is one parameter point of a model whose answers are known.
type Case struct {
	ID     string // "mm1-r80"
	Family string // "01-mm1"
	Params string // the model in words, as the file states it
	Rows   []Row
}

// Row is one known answer.
type Row struct {
	Measure  string
	Exact    float64 // in the unit that the measure's name ends in; times without one are [ms]
	Verified string  // y: checked by an independent simulation; n: a formula of its inputs; ref: a simulation itself
	Source   string
	Note     string
}

// row returns the exact answer of another measure of the case, and whether
// there is one.
func (c *Case) row(measure string) (Row, bool) {
	for _, r := range c.Rows {
		if r.Measure == measure {
			return r, true
		}
	}
	return Row{}, false
}

// exact returns the known answer of a measure that the case must have.
func (c *Case) exact(measure string) float64 {
	r, ok := c.row(measure)
	if !ok {
		panic(fmt.Sprintf("truth: case %s has no %s", c.ID, measure))
	}
	return r.Exact
}

// Cases returns all cases in the order of the file. The file is part of the
// program, so that a mistake in it is a bug: Cases panics.
func Cases() []Case {
	cases, err := readCases(casesCSV)
	if err != nil {
		panic("truth: cases.csv: " + err.Error())
	}
	return cases
}

func readCases(text string) ([]Case, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 || strings.Join(records[0], ",") != "case_id,family,params,measure,exact,verified,source,note" {
		return nil, fmt.Errorf("unexpected header")
	}
	var cases []Case
	for _, f := range records[1:] {
		exact, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", f[0], f[3], err)
		}
		if n := len(cases); n == 0 || cases[n-1].ID != f[0] {
			cases = append(cases, Case{ID: f[0], Family: f[1], Params: f[2]})
		}
		last := &cases[len(cases)-1]
		last.Rows = append(last.Rows, Row{Measure: f[3], Exact: exact, Verified: f[5], Source: f[6], Note: f[7]})
	}
	return cases, nil
}
