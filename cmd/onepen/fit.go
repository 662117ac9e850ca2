package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/stat"

	"onepen/experiments"
	"onepen/experiments/fit"
	"onepen/experiments/human"
	"onepen/experiments/plot"
	"onepen/experiments/reality"
	"onepen/sim"
)

// fitFlags are the flags of fit.
type fitFlags struct {
	source    fit.Source
	parameter string
	out       string
	samples   string

	scenario bool
	clients  int
	sync     string
	client   reality.Client
}

// clientFlags are the flags that only a scenario takes.
func clientFlags() []string {
	return []string{"clients", "sync", "rows", "statements", "before", "cpus", "busy"}
}

func (c *cli) fitCommand() *cobra.Command {
	var f fitFlags
	cmd := &cobra.Command{
		Use:   "fit samples.csv",
		Short: "Fit a service law to measured latencies, or a process to recorded arrivals",
		Long: `fit reads latencies from a CSV file (a column such as lat_us or lat_ms), from a file
with one number or span a line, or from a log of pgbench -l; fits the service laws
that parameters know by maximum likelihood; ranks them by Akaike's criterion, with
their Kolmogorov-Smirnov distance; and prints the parameter to paste. Where none
fits it says so: the samples themselves are the law then.

A file with the columns time_s and key is recorded arrivals: fit prints their rate,
how bursty they are, the Zipf exponent of their keys, and the YAML to paste.

--scenario prints a whole scenario of a database instead, made of the latencies of
one client in a closed loop without think time, such as pgbench -c 1 makes: run it
with more clients to see what they would see. It needs the mean time of a sync
(pg_test_fsync tells it; leave it out where commits do not wait), the rows among
which a transaction changes one, the cores that client and server share, and how
many of them were busy: 25 % of two (us and sy of vmstat) are --busy 0.5. Without
that, a core is taken to be busy whenever the client does not wait for a sync,
which many clients may find to be too little.`,
		Example: `  onepen scenarios export web-clicks clicks.yaml
  onepen fit web-clicks.csv
  onepen fit pgbench_log.4711 --plot qq.svg
  onepen fit pgbench_log.4711 --scenario --sync 95us --busy 0.5 --rows 100 > mine.yaml
  onepen run mine.yaml --set lanes.clients.arrivals.writers=64`,
		Args: between(1, 1, "a file of latencies or arrivals"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return c.fit(args[0], &f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.source.Column, "column", "", "`name` of the column that holds the latencies")
	flags.StringVar(&f.source.Unit, "unit", "", "`unit` of bare numbers: s, ms, us or ns (default: of the column's name)")
	flags.StringVar(&f.parameter, "parameter", "overhead", "`name` of the parameter to print")
	flags.StringVar(&f.out, "plot", "", "`file` to draw a Q-Q plot to, .svg or .png")
	flags.StringVar(&f.samples, "samples", "", "`file` to write the samples to as CSV, for an empirical law")
	flags.BoolVar(&f.scenario, "scenario", false, "print a calibrated scenario of a database")
	flags.IntVar(&f.clients, "clients", 1, "with --scenario, `number` of clients")
	flags.StringVar(&f.sync, "sync", "", "with --scenario, mean `time` of a sync that a commit waits for")
	flags.IntVar(&f.client.Rows, "rows", 0, "with --scenario, `number` of rows of which one is changed; 0 = own ones")
	flags.IntVar(&f.client.Trips, "statements", 1, "with --scenario, `number` of statements in a transaction")
	flags.IntVar(&f.client.Before, "before", 0, "with --scenario, `number` of statements before the one that changes the row")
	flags.IntVar(&f.client.CPUs, "cpus", reality.CPUs, "with --scenario, `number` of cores of clients and server")
	flags.Float64Var(&f.client.Busy, "busy", 0, "with --scenario, busy `cores` while the client ran; 0 = not measured")
	return cmd
}

// check refuses flags that do not go together or are out of range.
func (f *fitFlags) check(cmd *cobra.Command) error {
	for _, name := range clientFlags() {
		if !f.scenario && cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s needs --scenario\nsee: onepen fit --help", name)
		}
	}
	for _, bound := range []struct {
		name     string
		value    int
		lo, most int
	}{
		{"clients", f.clients, 1, 100_000}, {"rows", f.client.Rows, 0, 1_000_000_000}, {"statements", f.client.Trips, 1, 100},
		{"before", f.client.Before, 0, 99}, {"cpus", f.client.CPUs, 1, 100_000},
	} {
		if bound.value < bound.lo || bound.value > bound.most {
			return fmt.Errorf("--%s must be %d to %d, got %d", bound.name, bound.lo, bound.most, bound.value)
		}
	}
	if !(f.client.Busy >= 0 && f.client.Busy <= float64(f.client.CPUs)) {
		return fmt.Errorf("--busy must be 0 to the number of cores, %d, got %g", f.client.CPUs, f.client.Busy)
	}
	if f.sync != "" {
		sync, err := sim.ParseTime(f.sync)
		if err != nil || sync == sim.Never {
			return fmt.Errorf("--sync must be a time such as 95us, got %q", f.sync)
		}
		f.client.Sync = sync.Seconds()
	}
	return nil
}

// fit reads a file and says what is to be had from it.
func (c *cli) fit(name string, f *fitFlags) error {
	var encode func(plot.Figure, plot.Look) ([]byte, error)
	if f.out != "" {
		var err error
		if encode, err = c.encoder(f.out); err != nil {
			return err
		}
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("cannot read the samples: %w", err)
	}
	if f.source.Column == "" && !f.scenario && fit.IsTrace(content) {
		return c.fitArrivals(name, content, f)
	}
	samples, err := fit.ReadSamples(name, content, f.source)
	if err != nil {
		return err
	}
	choice, err := fit.Latencies(samples)
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := drawTo(f.out, choice.Figure(), encode); err != nil {
			return failure{err}
		}
	}
	if f.samples != "" {
		if err := writeTo(f.samples, samples.WriteSamples); err != nil {
			return failure{err}
		}
	}
	if f.scenario {
		return c.fitScenario(choice, f)
	}
	return wrapFailure(choice.WriteReport(c.stdout, f.parameter))
}

// fitArrivals says what is to be had from recorded arrivals.
func (c *cli) fitArrivals(name string, content []byte, f *fitFlags) error {
	if f.out != "" || f.samples != "" {
		return fmt.Errorf("%s holds arrivals: --plot and --samples are for latencies", name)
	}
	trace, err := fit.ReadArrivals(name, content)
	if err != nil {
		return err
	}
	profile := fit.Arrivals(trace)
	return wrapFailure(profile.WriteReport(c.stdout))
}

// fitScenario prints the scenario of clients like the one that was measured.
func (c *cli) fitScenario(choice *fit.Choice, f *fitFlags) error {
	client := f.client
	values := choice.Samples.Values
	base := filepath.Base(choice.Samples.File)
	client.Name = "fitted to " + strings.TrimSuffix(base, filepath.Ext(base))
	client.Mean = choice.Mean
	client.P50 = stat.Quantile(0.5, stat.Empirical, values, nil)
	client.P99 = stat.Quantile(0.99, stat.Empirical, values, nil)
	s, err := client.Scenario(f.clients)
	if err != nil {
		return err
	}
	if beside := client.Beside(); beside > client.Mean/5 {
		fmt.Fprintf(c.stderr, "warning: of %s that cores are busy for each transaction, %s go on beside it: it takes %s, a sync of %s included; "+
			"the scenario counts all of them as its own, and one client is slower in it than measured\n",
			human.Span(client.Busy*client.Mean), human.Span(beside), human.Span(client.Mean), human.Span(client.Sync))
	}
	_, err = fmt.Fprintf(c.stdout, "%s\n", bytes.TrimRight(experiments.Format(s), "\n"))
	return wrapFailure(err)
}

// drawTo draws a figure to a file.
func drawTo(name string, figure plot.Figure, encode func(plot.Figure, plot.Look) ([]byte, error)) error {
	drawing, err := encode(figure, plot.Look{})
	if err != nil {
		return fmt.Errorf("cannot draw %s: %w", name, err)
	}
	return os.WriteFile(name, drawing, 0o666)
}

// writeTo writes a file in one go.
func writeTo(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o666)
}

// wrapFailure marks an error of something that was begun, if there is one.
func wrapFailure(err error) error {
	if err != nil {
		return failure{err}
	}
	return nil
}
