package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/human"
	"onepen/models"
	"onepen/sim"
)

// overrides are the flags that change parameters of a scenario.
type overrides struct {
	set      []string
	duration string
	seed     string
}

func (o *overrides) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&o.set, "set", nil, "give a parameter a value, `path=value`; may be repeated")
	cmd.Flags().StringVar(&o.duration, "duration", "", "simulated `time` of the run, such as 10s")
	cmd.Flags().StringVar(&o.seed, "seed", "", "`number` from which all random draws derive")
	_ = cmd.RegisterFlagCompletionFunc("set", completePath) // the flag is there
}

// list returns the flags that were given, as assignments.
func (o *overrides) list() []experiments.Override {
	var list []experiments.Override
	for _, text := range o.set {
		list = append(list, experiments.Override{Written: "--set " + text, Text: text})
	}
	if o.duration != "" {
		list = append(list, experiments.Override{Written: "--duration " + o.duration, Text: "duration=" + o.duration})
	}
	if o.seed != "" {
		list = append(list, experiments.Override{Written: "--seed " + o.seed, Text: "seed=" + o.seed})
	}
	return list
}

// load reads a scenario and gives it the values of the flags.
func (o *overrides) load(name string, remark io.Writer) (*models.Scenario, error) {
	scenario, err := experiments.Load(name)
	if err == nil {
		err = o.apply(scenario, remark)
	}
	if err != nil {
		return nil, err
	}
	return scenario, nil
}

// apply gives a scenario the values of the flags. A run that --duration cuts
// short keeps its shape: what the scenario would do later is left out, a warm-up
// as long as the run is shortened, and remark is told so.
func (o *overrides) apply(scenario *models.Scenario, remark io.Writer) error {
	if end, err := sim.ParseTime(o.duration); err == nil && end > 0 {
		later := func(c models.Change) bool { return c.At > end }
		if i := slices.IndexFunc(scenario.Timeline, later); i >= 0 {
			fmt.Fprintf(remark, "--duration %s: the change at %s and later ones are left out\n", o.duration, human.Span(scenario.Timeline[i].At.Seconds()))
			scenario.Timeline = scenario.Timeline[:i]
		}
		given := slices.ContainsFunc(o.set, func(text string) bool { return strings.HasPrefix(text, "warmup=") })
		if scenario.Warmup >= end && !given {
			scenario.Warmup = end / 10
			fmt.Fprintf(remark, "--duration %s: the warm-up is shortened to %s\n", o.duration, human.Span(scenario.Warmup.Seconds()))
		}
	}
	return experiments.Assign(scenario, o.list())
}

// args returns the flags as they are written.
func (o *overrides) args() []string {
	var args []string
	for _, given := range o.list() {
		flag, value, _ := strings.Cut(given.Written, " ")
		args = append(args, flag, value)
	}
	return args
}

// completePath offers the paths of the scenario's parameters.
func completePath(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	name := experiments.DefaultScenario
	if len(args) > 0 {
		name = args[0]
	}
	scenario, err := experiments.Load(name)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []string
	for _, path := range scenario.Paths() {
		if strings.HasPrefix(path, begun) {
			found = append(found, path+"=")
		}
	}
	return found, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
