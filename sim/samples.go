package sim

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"onepen/sim/names"
)

// sampleUnits are the units of bare numbers in a file of samples.
var sampleUnits = []string{"s", "ms", "us", "ns"}

// unitSpan returns the span of a unit in sampleUnits.
func unitSpan(unit string) Time {
	switch unit {
	case "s":
		return Second
	case "ms":
		return Millisecond
	case "us":
		return Microsecond
	case "ns":
		return Nanosecond
	}
	panic("sim: no unit of samples: " + unit)
}

// ReadSamples reads an empirical distribution from r, the content of
// source.File: CSV (RFC 4180), one sample per record in one column, with an
// optional header; lines that begin with # are left out.
//
// The column is source.Column, a name of the header, or the only one. A cell
// is a span with a unit, as in 2.5ms, or a bare number in source.Unit; without
// that, in the unit the column's name ends in, as in write_us; else in
// seconds. Samples are rounded to the nearest nanosecond and must be in
// [0, 73 years]; there must be at least one.
func ReadSamples(r io.Reader, source SampleSource) (*Empirical, error) {
	if err := checkUnit(source.Unit); err != nil {
		return nil, err
	}
	records := csv.NewReader(r)
	records.Comment = '#'
	records.ReuseRecord = true
	records.TrimLeadingSpace = true

	first, err := records.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("empirical: %s holds no samples", source.File)
	}
	if err != nil {
		return nil, fmt.Errorf("empirical: %s: %w", source.File, err)
	}
	column, err := chooseColumn(first, source)
	if err != nil {
		return nil, err
	}
	record := first
	if column.header {
		record, err = records.Read()
	}
	var samples []Time
	for ; err == nil; record, err = records.Read() {
		sample, bad := parseSample(record[column.index], column.unit)
		if bad != nil {
			line, _ := records.FieldPos(column.index)
			return nil, fmt.Errorf("empirical: %s:%d: %w", source.File, line, bad)
		}
		samples = append(samples, sample)
	}
	if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("empirical: %s: %w", source.File, err)
	}
	if len(samples) == 0 {
		return nil, fmt.Errorf("empirical: %s holds no samples", source.File)
	}
	return newEmpirical(samples, source), nil
}

// sampleColumn is the column to read.
type sampleColumn struct {
	index  int
	unit   Time // of bare numbers
	header bool // whether the first record names the columns
}

// chooseColumn finds the column that source asks for, given the first record.
func chooseColumn(first []string, source SampleSource) (sampleColumn, error) {
	c := sampleColumn{header: source.Column != "" || !looksNumeric(first[0])}
	switch {
	case source.Column != "":
		c.index = slices.Index(first, source.Column)
		if c.index < 0 {
			return c, fmt.Errorf("empirical: %s has no column %q%s (columns: %s)", source.File,
				source.Column, didYouMean(source.Column, first), strings.Join(first, ", "))
		}
	case len(first) > 1:
		return c, fmt.Errorf("empirical: %s has %d columns: say which with column=NAME (the first line reads: %s)",
			source.File, len(first), strings.Join(first, ", "))
	}
	unit := source.Unit
	if unit == "" {
		unit = "s"
		if _, ending, ok := cutLast(first[c.index], "_"); ok && c.header && slices.Contains(sampleUnits, ending) {
			unit = ending
		}
	}
	c.unit = unitSpan(unit)
	return c, nil
}

// looksNumeric reports whether a cell is meant as a sample rather than as the
// name of a column.
func looksNumeric(cell string) bool {
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return true // NaN and Inf too, to be refused as samples
	}
	return cell != "" && strings.ContainsRune("0123456789+-.", rune(cell[0]))
}

// cutLast splits text around the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// parseSample reads a cell: a bare number of units, or a span with its unit.
func parseSample(cell string, unit Time) (Time, error) {
	cell = strings.TrimSpace(cell)
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t, err := ParseTime(cell)
		if err == nil && t > maxSpan {
			err = fmt.Errorf("sample %q: must be at most 73 years", cell)
		}
		return t, err
	}
	ns := x * float64(unit)
	if !(ns >= 0 && ns <= float64(maxSpan)) {
		return 0, fmt.Errorf("sample %q: must be 0 to 73 years", cell)
	}
	return span(ns), nil
}

// checkUnit returns an error unless unit is empty or a unit of samples.
func checkUnit(unit string) error {
	if unit == "" || slices.Contains(sampleUnits, unit) {
		return nil
	}
	return fmt.Errorf("empirical: unknown unit %q%s (known: %s)",
		unit, didYouMean(unit, sampleUnits), strings.Join(sampleUnits, ", "))
}

// didYouMean returns the suggestion that follows a wrong name, or "".
func didYouMean(name string, known []string) string {
	if near := names.Nearest(name, known); near != "" {
		return fmt.Sprintf(": did you mean %s?", near)
	}
	return ""
}
