package main

import (
	"errors"
	"fmt"
	"os"

	"onepen/experiments"
	"onepen/experiments/trial"
)

// runFiles are the files of a command that makes many runs, if it is to write
// any: runs.csv while they are made, and others when they have been.
type runFiles struct {
	c      *cli
	folder string // "" if nothing is to be written
	runs   *experiments.RunsFile
}

func (c *cli) runFiles(folder string, factors ...experiments.FactorColumn) (*runFiles, error) {
	f := &runFiles{c: c, folder: folder}
	if folder == "" {
		return f, nil
	}
	err := experiments.CheckFolder(folder)
	if err == nil {
		f.runs, err = experiments.BeginRuns(folder, factors...)
	}
	return f, err
}

// add writes the rows of a run.
func (f *runFiles) add(o *trial.Outcome) error {
	if f.folder == "" {
		return nil
	}
	if err := f.runs.Add(&o.Report); err != nil {
		return failure{err}
	}
	return nil
}

// finish completes runs.csv and writes the others.
func (f *runFiles) finish(others func(folder string) error) error {
	if f.folder == "" {
		return nil
	}
	err := errors.Join(f.runs.Finish(), others(f.folder))
	if err == nil {
		fmt.Fprintf(f.c.stderr, "results are in %s%c\n", f.folder, os.PathSeparator)
	}
	return err
}

// abandon leaves nothing of the runs behind.
func (f *runFiles) abandon() {
	if f.runs != nil {
		f.runs.Abandon()
	}
}
