package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/sweep"
)

// sweepFlags are the flags of sweep.
type sweepFlags struct {
	out     string
	workers int
	resume  bool
}

func (c *cli) sweepCommand() *cobra.Command {
	var f sweepFlags
	cmd := &cobra.Command{
		Use:   "sweep study|file.yaml",
		Short: "Vary parameters of a scenario and sum up what that changes",
		Long: `sweep runs a scenario many times with other values of some parameters, several
times each with other random draws, and prints what was measured at each point:
a mean, its 95 % interval and what is to be held against it. What is varied
stands in a file; onepen params sweep says how it is written, onepen studies
lists those that come with the program.

With --out it writes everything as CSV: what run writes but the time series, with
the factors in every row, what was asked of each run in responses.csv, and the
means in summary.csv. Rows are in the order of the design and saved
run by run. A sweep that was interrupted goes on with --resume, and ends in the
same files as if it had not been.`,
		Example: `  onepen sweep batch-size-against-linger
  onepen sweep my-sweep.yaml --out answers
  onepen sweep my-sweep.yaml --out answers --resume
  onepen run my-sweep.yaml --point 3 --replication 2`,
		Args:              between(1, 1, "a study or a file"),
		ValidArgsFunction: completeStudy,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sweep(cmd.Context(), args[0], &f)
		},
	}
	cmd.Flags().StringVar(&f.out, "out", "", "`folder` to write everything to, as CSV")
	cmd.Flags().IntVar(&f.workers, "workers", 0, "`number` of runs at a time; 0 = as many as there are processors")
	cmd.Flags().BoolVar(&f.resume, "resume", false, "go on with what the folder of --out holds")
	return cmd
}

// sweep carries out a design and says what it brought.
func (c *cli) sweep(ctx context.Context, name string, f *sweepFlags) error {
	design, err := experiments.LoadDesign(name)
	switch {
	case err != nil:
		return err
	case f.workers < 0:
		return fmt.Errorf("--workers must be 0 or more, got %d", f.workers)
	case f.resume && f.out == "":
		return fmt.Errorf("--resume needs the folder to go on with: --out")
	}
	bar := c.bar()
	result, err := sweep.Run(ctx, design, sweep.Options{
		Folder: f.out, Resume: f.resume, Workers: f.workers,
		Origin:     experiments.Origin{Version: version(), Command: []string{"onepen", "sweep", name}},
		OnProgress: bar.show,
	})
	bar.clear()
	if err != nil {
		return sweepError(err, name, f)
	}
	if err := sweep.WriteTable(c.stdout, result); err != nil {
		return failure{err}
	}
	if f.out != "" {
		fmt.Fprintf(c.stderr, "results are in %s%c\n", f.out, os.PathSeparator)
	}
	if failures := result.Failures; len(failures) > 0 {
		first := failures[0]
		return failure{fmt.Errorf("%d runs failed; the first is replication %d of point %d: %s", len(failures), first.Replication, first.Point, first.Reason)}
	}
	return nil
}

// sweepError says how to go on after an error, if what there is was kept.
func sweepError(err error, name string, f *sweepFlags) error {
	again := fmt.Sprintf("finished runs are kept; to go on: onepen sweep %s --out %s --resume", name, f.out)
	var exists *sweep.ExistsError
	var unwritten *sweep.WriteError
	switch {
	case errors.As(err, &exists):
		return err
	case errors.Is(err, context.Canceled) && f.out != "":
		return stopped{fmt.Errorf("interrupted; %s", again)}
	case errors.As(err, &unwritten):
		return failure{fmt.Errorf("%w\n%s", err, again)}
	}
	return failure{err}
}

// completeStudy offers the studies that come with the program; files are
// offered by the shell.
func completeStudy(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return listings(experiments.Studies(), begun), cobra.ShellCompDirectiveDefault
}
