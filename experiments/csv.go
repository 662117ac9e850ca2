package experiments

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
)

// WriteFiles writes what runs measured to a folder, which is made if it is not
// there: runs.csv, timeseries.csv, stores.csv, partitions.csv, nodes.csv,
// allocators.csv, breaches.csv and manifest.json. Each file appears whole or not at all. Rows are in the
// order of the reports, which must not be empty.
//
// The files are tidy: RFC 4180, UTF-8, a header always, base units named in the
// columns, nothing where nothing was measured, and numbers that read back to
// the same float. They hold no wall-clock time and nothing about the machine,
// so equal runs give equal bytes.
func WriteFiles(folder string, about Origin, reports []Report) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("cannot make the folder for results: %w", err)
	}
	origins := make([]origin, len(reports))
	for i := range reports {
		origins[i] = originOf(&reports[i])
	}
	factors := reports[0].Factors
	return errors.Join(
		writeTable(folder, runsTable(factors), origins, runRows),
		writeTable(folder, seriesTable(factors), origins, seriesRows),
		writeTable(folder, storesTable(factors), origins, storeRows),
		writeTable(folder, partitionsTable(factors), origins, partitionRows),
		writeTable(folder, nodesTable(factors), origins, nodeRows),
		writeTable(folder, allocatorsTable(factors), origins, allocatorRows),
		writeTable(folder, breachesTable(factors), origins, breachRows),
		writeManifest(folder, about, origins),
	)
}

func originOf(r *Report) origin { return origin{report: r, config: ConfigHash(r.Scenario)} }

// runRows hands over a row for each lane, also of a run without a result.
func runRows(o origin, emit func(*runRow)) {
	for i := range o.report.Scenario.Lanes {
		row := runRow{origin: o, name: o.report.Scenario.Lanes[i].Name}
		if o.report.Failure == "" {
			row.lane = &o.report.Result.Lanes[i]
		}
		emit(&row)
	}
}

func seriesRows(o origin, emit func(*seriesRow)) {
	for i := range o.report.Series {
		sample := &o.report.Series[i]
		for j := range sample.Lanes {
			emit(&seriesRow{o, sample, &sample.Lanes[j]})
		}
	}
}

func storeRows(o origin, emit func(*storeRow)) {
	for i := range o.report.Result.Stores {
		emit(&storeRow{o, &o.report.Result.Stores[i]})
	}
}

func partitionRows(o origin, emit func(*partitionRow)) {
	for i := range o.report.Result.Stores {
		store := &o.report.Result.Stores[i]
		for j := range store.Partitions {
			emit(&partitionRow{o, store.Name, &store.Partitions[j]})
		}
	}
}

func nodeRows(o origin, emit func(*nodeRow)) {
	for i := range o.report.Result.Stores {
		store := &o.report.Result.Stores[i]
		for j := range store.Nodes {
			emit(&nodeRow{o, store.Name, &store.Nodes[j]})
		}
	}
}

func breachRows(o origin, emit func(*breachRow)) {
	for i := range o.report.Breaches {
		emit(&breachRow{o, &o.report.Breaches[i]})
	}
}

func allocatorRows(o origin, emit func(*allocatorRow)) {
	for i := range o.report.Result.Allocators {
		emit(&allocatorRow{o, &o.report.Result.Allocators[i]})
	}
}

// newCSV returns a writer of rows with the line ends of RFC 4180.
func newCSV(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c
}

// writeTable writes one CSV file with the rows of all runs.
func writeTable[T any](folder string, t table[T], origins []origin, rows func(origin, func(*T))) error {
	return writeFile(folder, t.file, func(w io.Writer) error {
		c := newCSV(w)
		// What goes wrong on the way is kept by the writer until the flush.
		_ = c.Write(t.header())
		for _, o := range origins {
			rows(o, func(v *T) { _ = c.Write(t.row(v)) })
		}
		c.Flush()
		return c.Error()
	})
}

// CheckFolder makes a folder for results, if it is not there, and tries to write
// to it: better before a long run than after it.
func CheckFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("cannot make the folder for results: %w", err)
	}
	f, err := os.CreateTemp(folder, ".try.*")
	if err != nil {
		return cannotWrite(folder, "results", err)
	}
	f.Close()
	return os.Remove(f.Name())
}
