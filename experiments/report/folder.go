package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"onepen/experiments/results"
)

// Folder is a folder of results in memory.
type Folder struct {
	Name     string
	Manifest *results.Manifest // nil if there is none
	tables   map[string]*results.Table
}

// Open reads the result files of a folder.
func Open(name string) (*Folder, error) {
	if _, err := os.ReadDir(name); err != nil {
		return nil, err
	}
	m, err := results.ManifestIn(name)
	if err != nil {
		return nil, err
	}
	f := &Folder{Name: name, Manifest: m, tables: map[string]*results.Table{}}
	for _, file := range results.Kinds() {
		t, err := results.Open(filepath.Join(name, file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(t.Rows) > 0 {
			f.tables[file] = t
		}
	}
	if len(f.tables) == 0 {
		return nil, fmt.Errorf("there are no results in %s: runs.csv, summary.csv or compare.csv, with a row at least", name)
	}
	return f, nil
}

// table returns the file of a name, nil if the folder has none with rows.
func (f *Folder) table(file string) *results.Table { return f.tables[file] }

// any returns one of the files, the most telling first.
func (f *Folder) any() *results.Table {
	for _, file := range append([]string{compareFile, summaryFile, runsFile}, results.Kinds()...) {
		if t := f.table(file); t != nil {
			return t
		}
	}
	panic("report: a folder without results") // Open refuses one
}

// The files that have a table of their own.
const (
	runsFile       = "runs.csv"
	summaryFile    = "summary.csv"
	compareFile    = "compare.csv"
	seriesFile     = "timeseries.csv"
	partitionsFile = "partitions.csv"
)
