package fit

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onepen/experiments"
	"onepen/sim"
)

// Samples is a sample of latencies.
type Samples struct {
	File     string
	Column   string    // "" in a file without a header
	Unit     string    // of its bare numbers
	Values   []float64 // ascending [s]
	Zeros    int       // samples of 0, which Values holds as half of the smallest other
	Skipped  int       // transactions without a latency
	Readable bool      // sim reads the file as it is, as an empirical law
}

// longest is the longest sample that is taken for one [s]: 73 years, that of
// package sim.
const longest = 1 << 61 * 1e-9

// ReadSamples reads latencies from the content of a file: CSV with a header, a
// single column of numbers or of spans such as 2.5ms, or the log of pgbench -l.
// Lines that begin with # are left out.
//
// The error is a *experiments.InputError with all that is wrong.
func ReadSamples(file string, content []byte, source Source) (*Samples, error) {
	p := parser{file: file, content: content, samples: &Samples{File: file}}
	if err := source.check(); err != nil {
		p.problem(0, 0, "%v", err)
		return nil, p.error()
	}
	if first := p.firstLine(); isPgbench(first) && source.Column == "" {
		p.readPgbench()
	} else {
		p.readCSV(source)
	}
	if len(p.problems) == 0 && len(p.samples.Values) == 0 {
		p.problem(0, 0, "no samples: want CSV with a column such as lat_us, a single column, or the log of pgbench -l")
	}
	if len(p.problems) > 0 {
		return nil, p.error()
	}
	p.samples.sort()
	return p.samples, nil
}

// sort puts samples in order and gives those of 0 a value that laws of positive
// times can have.
func (s *Samples) sort() {
	slices.Sort(s.Values)
	for s.Zeros < len(s.Values) && s.Values[s.Zeros] == 0 {
		s.Zeros++
	}
	if s.Zeros < len(s.Values) {
		for i := range s.Zeros {
			s.Values[i] = s.Values[s.Zeros] / 2
		}
	}
}

// parser reads one file and notes all that is wrong with it.
type parser struct {
	file     string
	content  []byte
	lines    []string // when a problem has asked for them
	samples  *Samples
	problems []experiments.Problem
}

// problem notes what is wrong at a place; line 0 is the whole file.
func (p *parser) problem(line, col int, format string, args ...any) {
	problem := experiments.Problem{File: p.file, Line: line, Col: col, Message: fmt.Sprintf(format, args...)}
	if p.lines == nil {
		p.lines = strings.Split(string(p.content), "\n")
	}
	if line > 0 && line <= len(p.lines) {
		problem.Source = p.lines[line-1]
	}
	p.problems = append(p.problems, problem)
}

func (p *parser) error() error { return &experiments.InputError{Problems: p.problems} }

// firstLine returns the first line that is no remark.
func (p *parser) firstLine() string {
	for line := range strings.Lines(string(p.content)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return line
		}
	}
	return ""
}

// readCSV reads a column of a CSV file.
func (p *parser) readCSV(source Source) {
	rows := csv.NewReader(bytes.NewReader(p.content))
	rows.Comment = '#'
	rows.TrimLeadingSpace = true
	rows.ReuseRecord = true
	first, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return
	}
	if err != nil {
		p.syntax(err)
		return
	}
	at, unit := 0, source.Unit
	header := source.Column != "" || !numeric(first[0])
	switch {
	case header:
		if at, err = source.choose(first); err != nil {
			line, col := rows.FieldPos(0)
			p.problem(line, col, "%v", err)
			return
		}
		p.samples.Column = strings.Clone(first[at])
		if unit == "" {
			unit = unitIn(first[at])
		}
	case len(first) > 1:
		line, col := rows.FieldPos(0)
		p.problem(line, col, "%d columns without a header: want their names in the first line", len(first))
		return
	default:
		p.cell(rows, first[0], 0, unit)
	}
	p.samples.Unit, p.samples.Readable = unit, true
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			p.syntax(err)
			return
		}
		p.cell(rows, row[at], at, unit)
	}
}

// syntax notes that a file is no CSV.
func (p *parser) syntax(err error) {
	var at *csv.ParseError
	if errors.As(err, &at) {
		p.problem(at.Line, max(1, at.Column), "%v", at.Err)
		return
	}
	p.problem(0, 0, "%v", err)
}

// cell reads a sample: a bare number of units, or a span with its unit.
func (p *parser) cell(rows *csv.Reader, text string, at int, unit string) {
	x, err := sample(strings.TrimSpace(text), unit)
	if err != nil {
		line, col := rows.FieldPos(at)
		p.problem(line, col, "%v", err)
		return
	}
	p.samples.Values = append(p.samples.Values, x)
}

func sample(text, unit string) (float64, error) {
	const want = "a sample must be a number of 0 or more, or a span such as 2.5ms"
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		span, err := sim.ParseTime(text)
		if err != nil || span.Seconds() > longest {
			return 0, fmt.Errorf("%s, got %q", want, text)
		}
		return span.Seconds(), nil
	}
	seconds, known := unitOf(unit)
	if !known {
		return 0, fmt.Errorf("in which unit is %s? Say --unit s, ms, us or ns, or let the column's name end in it, as in lat_us", text)
	}
	if x *= seconds; !(x >= 0 && x <= longest) || math.IsNaN(x) {
		return 0, fmt.Errorf("%s, got %q", want, text)
	}
	return x, nil
}

// numeric reports whether a cell is meant as a sample rather than as a name.
func numeric(cell string) bool {
	cell = strings.TrimSpace(cell)
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return true
	}
	first, _ := utf8.DecodeRuneInString(cell)
	return unicode.IsDigit(first) || strings.ContainsRune("+-.", first)
}
