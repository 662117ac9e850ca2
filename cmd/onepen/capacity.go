package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/capacity"
	"onepen/models"
)

// capacityFlags are the flags of capacity.
type capacityFlags struct {
	manyRuns
	path, from, to string
	objectives     []string
	precision      string
}

func (c *cli) capacityCommand() *cobra.Command {
	var f capacityFlags
	cmd := &cobra.Command{
		Use:   "capacity scenario|file.yaml --slo 'p99<50ms'",
		Short: "Find the highest load that keeps a promise",
		Long: `capacity searches the highest offered load, or the border of any other parameter,
that keeps service-level objectives, and says which of them is broken first beyond
it, what is measured there, and where the knee of the latency curve lies.

An objective is a measure, < or >, and a limit with its unit: 'p99<50ms' is the 99th
percentile of the time to an ack in every lane, as p50, p90, p999, mean and max are
of it, 'lanes.clicks.p99<50ms' in one; 'loss<0.1%', 'goodput>900/s',
'allocators.codes.utilization<0.8' are others; onepen params --measures lists all.
With several, all are to be kept. A parameter of which more helps, such as servers, is
searched for its smallest value instead.

The range is found from the scenario's value unless --from and --to give it.
Replications are added until the 95 % interval of the value is as narrow as
--precision. With --out every load that was looked at is written as CSV as well:
capacity.csv, runs.csv and manifest.json.`,
		Example: `  onepen capacity one-pen --slo 'p99<50ms'
  onepen capacity one-pen --slo 'p99<50ms' --slo 'loss<0.1%' --precision 2% --out results
  onepen capacity one-pen --path stores.orders.partitions --slo 'p99<30ms' --from 1 --to 64
  onepen capacity web-clicks --path lanes.requests.arrivals.speed --slo 'p99<1s' --precision 5%`,
		Args:              between(1, 1, "a scenario or a file"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.capacity(cmd.Context(), args[0], &f)
		},
	}
	f.register(cmd, capacity.UsualReplications, "the fewest runs of each value", capacity.UsualMost, "the most runs of each value")
	flags := cmd.Flags()
	flags.StringVar(&f.path, "path", "", "`parameter` to search; the rate of a scenario's only lane unless given")
	flags.StringArrayVar(&f.objectives, "slo", nil, "`objective` to keep, such as 'p99<50ms'; may be repeated")
	flags.StringVar(&f.from, "from", "", "lower end of the range, a `value` of the parameter")
	flags.StringVar(&f.to, "to", "", "upper end of the range, a `value` of the parameter")
	flags.StringVar(&f.precision, "precision", "1%", "half-width of the interval, as a `share` of the value")
	_ = cmd.RegisterFlagCompletionFunc("path", completeName) // the flag is there
	return cmd
}

// completeName offers the paths of the scenario's parameters, without a value
// to follow.
func completeName(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	found, directive := completePath(cmd, args, begun)
	for i := range found {
		found[i] = strings.TrimSuffix(found[i], "=")
	}
	return found, directive &^ cobra.ShellCompDirectiveNoSpace
}

// capacity searches a capacity and says what it found.
func (c *cli) capacity(ctx context.Context, name string, f *capacityFlags) error {
	base, err := f.load(name, c.stderr)
	if err != nil {
		return err
	}
	options, err := f.read(base)
	if err != nil {
		return err
	}
	factor, err := experiments.NumberColumn(base, options.Path)
	if err != nil {
		return fmt.Errorf("--path %w", err)
	}
	files, err := c.runFiles(f.out, factor)
	if err != nil {
		return err
	}
	line := c.statusLine()
	options.OnOutcome = files.add
	options.OnProbe = func(value string, replications int) {
		line.show(fmt.Sprintf("looking at %s, %d replications", value, replications))
	}
	result, err := capacity.Run(ctx, base, options)
	line.clear()
	var failed *capacity.RunError
	if err != nil {
		files.abandon()
		if errors.As(err, &failed) && ctx.Err() == nil {
			return failure{err}
		}
		return err
	}
	about := experiments.Origin{Version: version(), Command: f.command(name)}
	write := capacity.WriteText
	if f.json {
		write = func(w io.Writer, r *capacity.Result) error { return capacity.WriteJSON(w, about, r) }
	}
	return wrapFailure(errors.Join(write(c.stdout, result), files.finish(func(folder string) error {
		return experiments.WriteCapacity(folder, about, base, result.Replications, factor, capacity.Points(result))
	})))
}

// read reads the flags of a search and says everything that is wrong with them.
func (f *capacityFlags) read(base *models.Scenario) (capacity.Options, error) {
	o := capacity.Options{
		Path: f.path, From: f.from, To: f.to,
		Replications: f.replications, Most: f.most, Workers: f.workers,
	}
	var problems []error
	complain := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	switch {
	case o.Path == "" && len(base.Lanes) == 1:
		o.Path = "lanes." + base.Lanes[0].Name + ".arrivals.rate"
	case o.Path == "":
		complain("capacity needs a --path, such as --path lanes.%s.arrivals.rate\nsee: onepen capacity --help", base.Lanes[0].Name)
	}
	if len(f.objectives) == 0 {
		complain("capacity needs an --slo, such as --slo 'p99<50ms'\nsee: onepen capacity --help")
	}
	for _, text := range f.objectives {
		objectives, err := capacity.ParseObjective(base, text)
		if err != nil {
			complain("--slo %w", err)
		}
		o.Objectives = append(o.Objectives, objectives...)
	}
	percent, isShare := strings.CutSuffix(f.precision, "%")
	share, err := strconv.ParseFloat(strings.TrimSpace(percent), 64)
	if o.Precision = share / 100; !isShare || err != nil || !(share > 0) || math.IsInf(share, 0) {
		complain("--precision: must be a share such as 1%%, more than 0, got %q", f.precision)
	}
	return o, errors.Join(append(problems, f.problems(true)...)...)
}

// command returns the command line that repeats the search. How many run at a
// time and where results go does not belong to it.
func (f *capacityFlags) command(name string) []string {
	command := append([]string{"onepen", "capacity", name}, f.args()...)
	add := func(flag, value, usual string) {
		if value != usual {
			command = append(command, flag, value)
		}
	}
	add("--path", f.path, "")
	for _, text := range f.objectives {
		add("--slo", text, "")
	}
	add("--from", f.from, "")
	add("--to", f.to, "")
	add("--precision", f.precision, "1%")
	add("--replications", strconv.Itoa(f.replications), strconv.Itoa(capacity.UsualReplications))
	add("--most", strconv.Itoa(f.most), strconv.Itoa(capacity.UsualMost))
	return command
}
