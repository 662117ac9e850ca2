package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"onepen/experiments/bench"
)

func (c *cli) benchCommand() *cobra.Command {
	var quick, json bool
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure how fast this machine simulates",
		Long: `bench measures the speed of the engine (queues, pending events, cancelled events)
and of the write path, with queue and batches and without, and what a pending
event and a write in flight take of memory. The benchmarks of go test are the
same. All are run in turn, several times, and the median counts; the machine
should have little else to do.`,
		Example: `  onepen bench
  onepen bench --quick
  onepen bench --json > bench.json`,
		Args: refuseArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings := bench.Thorough()
			if quick {
				settings = bench.Quick()
			}
			write := bench.WriteText
			if json {
				write = func(w io.Writer, r bench.Report) error { return bench.WriteJSON(w, version(), r) }
			}
			return c.bench(cmd.Context(), settings, write)
		},
	}
	cmd.Flags().BoolVar(&quick, "quick", false, "take a look of a second or two, for a rough idea")
	cmd.Flags().BoolVar(&json, "json", false, "print one JSON object instead of the table")
	return cmd
}

// bench measures and prints the report.
func (c *cli) bench(ctx context.Context, settings bench.Settings, write func(io.Writer, bench.Report) error) error {
	shown := isTerminal(c.stderr)
	if shown {
		settings.OnStep = func(done, all int) { fmt.Fprintf(c.stderr, "\r%3d %%", 100*done/all) }
	}
	report, err := bench.Run(ctx, settings)
	if shown {
		fmt.Fprint(c.stderr, "\r\x1b[K")
	}
	if err != nil {
		return failure{err}
	}
	if err := write(c.stdout, report); err != nil {
		return failure{err}
	}
	return nil
}
