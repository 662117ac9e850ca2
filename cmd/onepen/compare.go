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
	"onepen/experiments/compare"
	"onepen/experiments/human"
	"onepen/experiments/response"
	"onepen/models"
)

// compareFlags are the flags of compare.
type compareFlags struct {
	manyRuns
	moves, measures []string
	until           string
}

func (c *cli) compareCommand() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:   "compare scenario|file.yaml --move path=value[,path=value]",
		Short: "Hold moves against a base: what each brings, and what it breaks",
		Long: `compare runs a scenario and changes of it under the same random numbers, replication
by replication, and says what each change does: the difference with its 95 %
interval, or that no difference is shown; which promises to the writers it broke,
and what else it costs. Moves are ranked by the first measure.

A move is one parameter or several, separated by commas, with a label before them
if you like: --move 'leases: allocators.codes.strategy=range, allocators.codes.block=100'.
With several moves all their intervals of a measure hold together (Bonferroni).

--until adds replications until the first measure's differences are known to a share
of the base (5%) or to a size (10ms); --replications is then the fewest, --most the
most. With --out the results are written as CSV as well: compare.csv, runs.csv and
manifest.json.`,
		Example: `  onepen compare one-pen --move allocators.counter.strategy=range --move stores.orders.partitions=16
  onepen compare url-shortener --move leases:allocators.codes.strategy=range --duration 20s
  onepen compare one-pen --move lanes.orders.arrivals.rate=900/s --measure ack_p99_s --until 20%
  onepen compare ad-clicks --move lanes.clicks.batch.size=64 --duration 10s --out results`,
		Args:              between(1, 1, "a scenario or a file"),
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.compare(cmd.Context(), args[0], &f)
		},
	}
	f.register(cmd, compare.UsualReplications, "runs of the base and of each move", compare.UsualMost, "replications at which --until gives up")
	flags := cmd.Flags()
	flags.StringArrayVar(&f.moves, "move", nil, "`change` to compare: path=value[,path=value]; may be repeated")
	flags.StringArrayVar(&f.measures, "measure", nil, "`name` to compare, such as p99; may be repeated, the first ranks the moves")
	flags.StringVar(&f.until, "until", "", "add replications to this `precision`: 5% of the base, or a size such as 10ms")
	_ = cmd.RegisterFlagCompletionFunc("move", completePath) // the flag is there
	return cmd
}

// compare compares moves and says what they do.
func (c *cli) compare(ctx context.Context, name string, f *compareFlags) error {
	base, err := f.load(name, c.stderr)
	if err != nil {
		return err
	}
	moves, options, err := f.read(base)
	if err != nil {
		return err
	}
	about := experiments.Origin{Version: version(), Command: f.command(name)}
	files, err := c.runFiles(f.out)
	if err != nil {
		return err
	}
	options.OnOutcome = files.add
	line := c.statusLine()
	options.OnLook = func(done, of int, widest float64) {
		line.show(f.progress(done, of, widest, options.Responses[0]))
	}
	study, err := compare.Run(ctx, base, moves, options)
	line.clear()
	if err != nil {
		files.abandon()
		if ctx.Err() != nil {
			return err
		}
		return failure{err}
	}
	write := compare.WriteText
	if f.json {
		write = func(w io.Writer, s *compare.Study) error { return compare.WriteJSON(w, about, s) }
	}
	return wrapFailure(errors.Join(write(c.stdout, study), files.finish(func(folder string) error {
		return experiments.WriteComparison(folder, about, base, study.Replications, compare.Rows(study))
	})))
}

// read reads the flags of a comparison and says everything that is wrong with
// them.
func (f *compareFlags) read(base *models.Scenario) (moves []compare.Move, o compare.Options, err error) {
	var problems []error
	if len(f.moves) == 0 {
		problems = append(problems, errors.New("compare needs a --move, such as --move "+example(base)+"\nsee: onepen compare --help"))
	}
	for _, written := range f.moves {
		m, err := compare.ParseMove(base, written)
		problems = append(problems, err)
		moves = append(moves, m)
	}
	o = compare.Options{Replications: f.replications, Most: f.most, Workers: f.workers}
	o.Responses, err = responses(base, f.measures)
	problems = append(problems, err)
	if o.Responses == nil {
		o.Responses = compare.Usual(base)
	}
	problems = append(problems, f.problems(f.until != "")...)
	if f.until != "" {
		if o.Until, err = compare.ParsePrecision(f.until, o.Responses[0]); err != nil {
			problems = append(problems, fmt.Errorf("--until: %w", err))
		}
	}
	return moves, o, errors.Join(problems...)
}

// example returns a move that any scenario may make.
func example(s *models.Scenario) string { return "stores." + s.Stores[0].Name + ".partitions=8" }

// responses finds measures by their names.
func responses(s *models.Scenario, names []string) ([]response.Response, error) {
	var found []response.Response
	var problems []error
	for _, name := range names {
		r, err := response.Find(s, name)
		if err != nil {
			problems = append(problems, fmt.Errorf("--measure %w", err))
			continue
		}
		found = append(found, r)
	}
	return found, errors.Join(problems...)
}

// progress says how far a comparison is.
func (f *compareFlags) progress(done, of int, widest float64, first response.Response) string {
	text := fmt.Sprintf("replication %d of %d", done, of)
	if f.until != "" {
		text = fmt.Sprintf("replication %d, next look at %d, %s wanted", done, of, f.until)
	}
	if !math.IsNaN(widest) {
		text += " · widest interval of " + first.Name() + " ± " + human.Value(widest, first.Unit)
	}
	return text
}

// command returns the command line that repeats the comparison. How many run
// at a time and where results go does not belong to it.
func (f *compareFlags) command(name string) []string {
	command := append([]string{"onepen", "compare", name}, f.args()...)
	for _, m := range f.moves {
		command = append(command, "--move", m)
	}
	for _, m := range f.measures {
		command = append(command, "--measure", m)
	}
	if f.replications != compare.UsualReplications {
		command = append(command, "--replications", strconv.Itoa(f.replications))
	}
	if f.until != "" {
		command = append(command, "--until", strings.TrimSpace(f.until))
		if f.most != compare.UsualMost {
			command = append(command, "--most", strconv.Itoa(f.most))
		}
	}
	return command
}
