package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/truth"
	"onepen/models"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	family, pattern string
	replications    int
	seed            uint64
	workers         int
	csv             string
	plant           string
	show            bool
	realFlags
}

func (c *cli) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Hold the simulator against models whose exact answers are known",
		Long: `verify runs a suite of models from queueing theory and probability whose answers are
known, each as an ordinary scenario, and compares. A row fails if its difference
from the exact value is more than chance explains: of a suite without a fault,
any row at all fails for at most one seed in a hundred. What a row could miss is
told too. Rows that are no run of a system hold a formula or an estimator against
the exact value, and say so.

--plant makes an error on purpose, to show that it is found: mean (every measured
mean is 2 % too large), p99 (every 99th percentile is 5 % too large) or service
(stores are 2 % slower than told).

--real holds it against a real database instead: PostgreSQL 15 on two cores, from
1 to 64 clients. Each workload has a scenario made of what one client saw; what
more would see is predicted, with what was measured beside it. --leave-out fits the
two properties of the machine that one client cannot show without a workload, or a
group of them (W1, W2, …), and predicts that.`,
		Example: `  onepen verify
  onepen verify --family 01-mm1
  onepen verify --case 'bulk-*' --replications 256 --csv bulk.csv
  onepen verify --case mm1-r80 --show > mm1.yaml
  onepen verify --plant service
  onepen verify --real --out reality
  onepen verify --real --case 'W1*' --show
  onepen verify --real --leave-out group`,
		Args: refuseArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			if f.real {
				return c.verifyReal(cmd.Context(), &f)
			}
			return c.verify(cmd.Context(), &f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.family, "family", "", "only the cases of a family, by its `name` or number")
	flags.StringVar(&f.pattern, "case", "", "only the cases of a `name`, in which * stands for anything")
	flags.IntVar(&f.replications, "replications", truth.UsualReplications, "`number` of runs of a usual case")
	flags.Uint64Var(&f.seed, "seed", 1, "`number` from which all random draws derive")
	flags.IntVar(&f.workers, "workers", 0, "`number` of runs at a time; 0 = as many as there are processors")
	flags.StringVar(&f.csv, "csv", "", "`file` to write all rows to")
	flags.StringVar(&f.plant, "plant", "none", "an `error` to make on purpose: mean, p99 or service")
	flags.BoolVar(&f.show, "show", false, "print the scenarios of the cases and run nothing")
	flags.BoolVar(&f.real, "real", false, "predict what a real database was measured to do")
	flags.StringVar(&f.out, "out", "", "with --real, `folder` to write a CSV file and a plot of each workload to")
	flags.StringVar(&f.leaveOut, "leave-out", "", "with --real, predict each `part` left out of the fit: workload or group")
	return cmd
}

// check refuses flags that do not go together.
func (f *verifyFlags) check(cmd *cobra.Command) error {
	exact, real := []string{"family", "replications", "seed", "csv", "plant"}, []string{"out", "leave-out"}
	foreign, reason := real, "needs --real"
	if f.real {
		foreign, reason = exact, "does not go with --real"
	}
	for _, name := range foreign {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s %s\nsee: onepen verify --help", name, reason)
		}
	}
	return nil
}

// verify runs the suite and says what came of it.
func (c *cli) verify(ctx context.Context, f *verifyFlags) error {
	plant, err := truth.ParsePlant(f.plant)
	if err != nil {
		return err
	}
	if f.replications < 2 {
		return fmt.Errorf("--replications must be 2 or more, got %d", f.replications)
	}
	if f.workers < 0 {
		return fmt.Errorf("--workers must be 0 or more, got %d", f.workers)
	}
	o := truth.Options{
		Family: f.family, Case: f.pattern, Seed: f.seed, Replications: f.replications, Workers: f.workers, Plant: plant,
	}
	if f.show {
		return c.showCases(o)
	}
	outcomes, err := c.watchedSuite(ctx, o)
	if err != nil {
		return err
	}
	if err := truth.WriteTable(c.stdout, outcomes); err != nil {
		return failure{err}
	}
	if f.csv != "" {
		if err := writeOutcomes(f.csv, outcomes); err != nil {
			return failure{err}
		}
	}
	if n := truth.Failures(outcomes); n > 0 {
		return failure{fmt.Errorf("%d of %d rows fail", n, len(outcomes))}
	}
	return nil
}

// watchedSuite runs the suite, with a line on a terminal that says how far it
// is.
func (c *cli) watchedSuite(ctx context.Context, o truth.Options) ([]truth.Outcome, error) {
	o.OnProgress = c.percents()
	outcomes, err := truth.Run(ctx, o)
	c.clearPercents()
	var none *truth.NoCaseError
	if err != nil && !errors.As(err, &none) && ctx.Err() == nil {
		err = failure{err}
	}
	return outcomes, err
}

// showCases prints the scenarios of the cases asked for.
func (c *cli) showCases(o truth.Options) error {
	scenarios, err := truth.Scenarios(o)
	if err != nil {
		return err
	}
	c.show(scenarios)
	return nil
}

// show prints scenarios as one file of YAML documents.
func (c *cli) show(scenarios []*models.Scenario) {
	for i, s := range scenarios {
		if i > 0 {
			fmt.Fprintln(c.stdout, "---")
		}
		fmt.Fprintf(c.stdout, "%s\n", bytes.TrimRight(experiments.Format(s), "\n"))
	}
}

// writeOutcomes writes all rows to a file.
func writeOutcomes(name string, outcomes []truth.Outcome) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("cannot write the rows: %w", err)
	}
	return errors.Join(truth.WriteCSV(file, outcomes), file.Close())
}
