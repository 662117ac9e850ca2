package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/prediction"
	"onepen/experiments/sweep"
	"onepen/experiments/trial"
	"onepen/models"
)

// runFlags are the flags of run besides those that change parameters.
type runFlags struct {
	overrides
	replication int
	point       int
	sweep       bool // the point is one of a sweep
	out         string
	json        bool
	theory      bool
}

func (c *cli) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run scenario|file.yaml",
		Short: "Run a scenario to its end and print what it measured",
		Long: `run simulates a scenario as fast as it can and prints a summary: what was offered
and stored, how long writes took and where their time went, how busy allocators
and stores were. With --out it writes everything as CSV as well: runs.csv,
timeseries.csv, stores.csv, partitions.csv, nodes.csv, allocators.csv,
breaches.csv and manifest.json.

With --point it runs one point of a sweep alone: the same run, and the same row of
runs.csv, as the sweep has.`,
		Example: `  onepen run one-pen
  onepen run one-pen --set allocators.counter.strategy=range
  onepen run url-shortener --duration 20s --seed 7 --out results
  onepen run ad-clicks --duration 10s --json
  onepen run batch-size-against-linger --point 3 --replication 2 --out row`,
		Args:              between(1, 1, "a scenario or a file"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.sweep = cmd.Flags().Changed("point")
			return c.run(cmd.Context(), args[0], &f)
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&f.replication, "replication", 0, "`number` of the replication; each has its own random draws")
	cmd.Flags().IntVar(&f.point, "point", 0, "`number` of a design point, of a study or a sweep's file")
	cmd.Flags().StringVar(&f.out, "out", "", "`folder` to write everything to, as CSV")
	cmd.Flags().BoolVar(&f.theory, "theory", false, "print what queueing theory expects beside it")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object instead of the summary")
	return cmd
}

// run runs a scenario and says what it measured. Of a run that broke its own
// checks nothing is said but that.
func (c *cli) run(ctx context.Context, name string, f *runFlags) error {
	t, design, err := f.trial(ctx, name, c.stderr)
	if err != nil {
		return err
	}
	scenario := t.Scenario
	if f.out != "" {
		if err := experiments.CheckFolder(f.out); err != nil {
			return err
		}
	}
	bar := c.progress(scenario.Duration)
	report, err := experiments.Run(ctx, scenario, experiments.Options{
		Replication: f.replication,
		Series:      f.out != "",
		OnSample:    func(s *models.Snapshot) { bar.show(s.Time) },
	})
	report.Point, report.Against = t.Point, report.Against|t.Against
	if design != nil {
		report.Factors = design.Columns()
	}
	bar.clear()
	switch {
	case errors.Is(err, context.Canceled):
		return interruption{report.Result.To, scenario.Duration}
	case report.Scenario == nil:
		return err // refused before anything ran
	case err != nil:
		return failure{err}
	}
	about := experiments.Origin{Version: version(), Command: f.command(name)}
	if err := c.results(report, about, f); err != nil {
		return failure{err}
	}
	if report.Result.Halted != "" {
		return failure{fmt.Errorf("the run ended early: %s", report.Result.Halted)}
	}
	return nil
}

// trial returns the run to make: of a scenario, or of a point of a design, which
// is nil if there is none.
func (f *runFlags) trial(ctx context.Context, name string, remark io.Writer) (trial.Trial, *experiments.Design, error) {
	if !f.sweep {
		scenario, err := f.load(name, remark)
		return trial.Trial{Scenario: scenario}, nil, err
	}
	design, err := experiments.LoadDesign(name)
	if err != nil {
		return trial.Trial{}, nil, err
	}
	t, err := sweep.Point(ctx, design, f.point)
	if err == nil {
		err = f.apply(t.Scenario, remark)
	}
	return t, design, err
}

// results prints what a run measured, and writes it to files if asked to.
func (c *cli) results(report experiments.Report, about experiments.Origin, f *runFlags) error {
	write := experiments.WriteSummary
	if f.json {
		write = func(w io.Writer, r experiments.Report) error { return experiments.WriteJSON(w, about, r) }
	}
	if err := write(c.stdout, report); err != nil {
		return err
	}
	if f.theory && !f.json {
		fmt.Fprintln(c.stdout)
		for _, line := range prediction.Lines(prediction.Of(report.Scenario, &report.Result)) {
			fmt.Fprintln(c.stdout, experiments.Wrap(line, 0, 2))
		}
	}
	if f.out == "" {
		return nil
	}
	if err := experiments.WriteFiles(f.out, about, []experiments.Report{report}); err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "results are in %s%c\n", f.out, os.PathSeparator)
	return nil
}

// command returns the command line that repeats the run. Where results go does
// not belong to it.
func (f *runFlags) command(name string) []string {
	command := append([]string{"onepen", "run", name}, f.args()...)
	if f.sweep {
		command = append(command, "--point", strconv.Itoa(f.point))
	}
	if f.replication != 0 {
		command = append(command, "--replication", strconv.Itoa(f.replication))
	}
	return command
}
