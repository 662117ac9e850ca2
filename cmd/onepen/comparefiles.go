package main

import (
	"errors"
	"fmt"
	"os"

	"onepen/experiments"
	"onepen/experiments/compare"
	"onepen/experiments/trial"
)

// comparisonFiles are the files that a comparison is written to, if any.
type comparisonFiles struct {
	c      *cli
	folder string // "" if nothing is to be written
	about  experiments.Origin
	runs   *experiments.RunsFile
}

func (c *cli) comparisonFiles(folder string, about experiments.Origin) (*comparisonFiles, error) {
	f := &comparisonFiles{c: c, folder: folder, about: about}
	if folder == "" {
		return f, nil
	}
	err := experiments.CheckFolder(folder)
	if err == nil {
		f.runs, err = experiments.BeginRuns(folder)
	}
	return f, err
}

// add writes the rows of a run.
func (f *comparisonFiles) add(o *trial.Outcome) error {
	if f.folder == "" {
		return nil
	}
	o.Report.Point = o.Point
	return f.runs.Add(&o.Report)
}

// finish completes the files.
func (f *comparisonFiles) finish(s *compare.Study) error {
	if f.folder == "" {
		return nil
	}
	err := errors.Join(f.runs.Finish(), experiments.WriteComparison(f.folder, f.about, s.Base, s.Replications, compare.Rows(s)))
	if err == nil {
		fmt.Fprintf(f.c.stderr, "results are in %s%c\n", f.folder, os.PathSeparator)
	}
	return err
}

// abandon leaves nothing of the runs behind.
func (f *comparisonFiles) abandon() {
	if f.runs != nil {
		f.runs.Abandon()
	}
}
