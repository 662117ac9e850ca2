package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"onepen/experiments"
	"onepen/experiments/plot"
	"onepen/experiments/reality"
)

// realFlags are the flags of verify that concern the real database.
type realFlags struct {
	real     bool
	out      string
	leaveOut string
}

// verifyReal predicts the measurements of a real database and says how wrong
// that is.
func (c *cli) verifyReal(ctx context.Context, f *verifyFlags) error {
	o := reality.Options{Case: f.pattern, Workers: f.workers}
	if f.workers < 0 {
		return fmt.Errorf("--workers must be 0 or more, got %d", f.workers)
	}
	if f.show {
		return c.showReal(o)
	}
	if f.out != "" {
		if err := experiments.CheckFolder(f.out); err != nil {
			return err
		}
	}
	o.OnProgress = c.percents()
	defer c.clearPercents()
	if f.leaveOut != "" {
		return c.leaveOut(ctx, o, f.leaveOut)
	}
	predictions, err := reality.Predict(ctx, reality.Usual, o)
	c.clearPercents()
	if err != nil {
		return c.realError(ctx, err)
	}
	if err := reality.WriteTable(c.stdout, predictions); err != nil {
		return failure{err}
	}
	if f.out != "" {
		if err := writeReal(f.out, predictions); err != nil {
			return failure{err}
		}
		fmt.Fprintf(c.stderr, "results are in %s%c\n", f.out, os.PathSeparator)
	}
	if f.pattern == "" && !reality.Summarize(predictions).Good() {
		return failure{fmt.Errorf("beyond the bounds: median error %.0f %%, worst %.0f %%, most 99th percentiles within a factor of two",
			100*reality.WorstMedian, 100*reality.WorstWorst)}
	}
	return nil
}

// leaveOut fits the machine without each workload, or group of them, and says
// how well that predicts it.
func (c *cli) leaveOut(ctx context.Context, o reality.Options, what string) error {
	if what != "workload" && what != "group" {
		return fmt.Errorf("--leave-out must be workload or group, got %q", what)
	}
	fit, err := reality.FitMachines(ctx, o)
	c.clearPercents()
	if err != nil {
		return c.realError(ctx, err)
	}
	if err := reality.WriteLeftOut(c.stdout, fit.LeaveOneOut(what == "group")); err != nil {
		return failure{err}
	}
	return nil
}

// realError marks what went wrong in a run, which is no fault of its input.
func (c *cli) realError(ctx context.Context, err error) error {
	var none *reality.NoWorkloadError
	if errors.As(err, &none) || ctx.Err() != nil {
		return err
	}
	return failure{err}
}

// showReal prints the calibrated scenarios.
func (c *cli) showReal(o reality.Options) error {
	scenarios, err := reality.Scenarios(reality.Usual, o)
	if err != nil {
		return err
	}
	c.show(scenarios)
	return nil
}

// writeReal writes predictions as CSV, and a figure of each workload.
func writeReal(folder string, predictions []reality.Prediction) error {
	var rows bytes.Buffer
	if err := reality.WriteCSV(&rows, predictions); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "predictions.csv"), rows.Bytes(), 0o666); err != nil {
		return fmt.Errorf("cannot write the predictions: %w", err)
	}
	for _, f := range reality.Figures(predictions) {
		drawing, err := f.SVG(plot.Look{})
		if err != nil {
			return fmt.Errorf("cannot draw %s: %w", f.Workload, err)
		}
		name := filepath.Join(folder, reality.FileName(f.Workload)+".svg")
		if err := os.WriteFile(name, drawing, 0o666); err != nil {
			return fmt.Errorf("cannot write a figure: %w", err)
		}
	}
	return nil
}

// percents returns a callback that says how far a suite is, on a line of the
// terminal; nil if nobody looks.
func (c *cli) percents() func(done, of int) {
	if !isTerminal(c.stderr) {
		return nil
	}
	last := -1
	return func(done, of int) {
		if percent := 100 * done / of; percent != last {
			last = percent
			fmt.Fprintf(c.stderr, "\r%3d %%", percent)
		}
	}
}

// clearPercents takes the line of percents away.
func (c *cli) clearPercents() {
	if isTerminal(c.stderr) {
		fmt.Fprint(c.stderr, "\r\x1b[K")
	}
}
