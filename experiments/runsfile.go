package experiments

import (
	"encoding/csv"
)

// RunsFile is runs.csv while the runs are being made. The file has its name once
// it is finished, and memory holds none of its rows.
type RunsFile struct {
	file  *unfinished
	rows  *csv.Writer
	table table[runRow]
}

// BeginRuns begins runs.csv in a folder that is there, with columns for what
// differs from run to run.
func BeginRuns(folder string, factors ...FactorColumn) (*RunsFile, error) {
	file, err := begin(folder, runsFile)
	if err != nil {
		return nil, err
	}
	f := &RunsFile{file: file, rows: newCSV(file), table: runsTable(factors)}
	_ = f.rows.Write(f.table.header()) // the error is kept until the flush
	return f, nil
}

// Add adds the rows of a run.
func (f *RunsFile) Add(r *Report) error {
	runRows(originOf(r), func(row *runRow) { _ = f.rows.Write(f.table.row(row)) })
	f.rows.Flush()
	if err := f.rows.Error(); err != nil {
		return cannotWrite(f.file.folder, f.file.name, err)
	}
	return nil
}

// Finish completes the file.
func (f *RunsFile) Finish() error { return f.file.finish() }

// Abandon leaves nothing behind.
func (f *RunsFile) Abandon() { f.file.abandon() }
