package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// manyRuns are the flags of commands that run a scenario and what they make of
// it many times: which scenario, how often, and where the results go.
type manyRuns struct {
	overrides
	replications, most int
	workers            int
	out                string
	json               bool
}

// register adds the flags to a command, with the usual numbers and what they are
// the numbers of.
func (m *manyRuns) register(cmd *cobra.Command, fewest int, fewestHelp string, most int, mostHelp string) {
	m.overrides.register(cmd)
	flags := cmd.Flags()
	flags.IntVar(&m.replications, "replications", fewest, fewestHelp)
	flags.IntVar(&m.most, "most", most, mostHelp)
	flags.IntVar(&m.workers, "workers", 0, "runs at a time; 0 = as many as there are processors")
	flags.StringVar(&m.out, "out", "", "`folder` to write the results to, as CSV")
	flags.BoolVar(&m.json, "json", false, "print one JSON object instead of the table")
}

// problems says what is wrong with the numbers. That of --most matters only if
// replications are added.
func (m *manyRuns) problems(adds bool) []error {
	var problems []error
	complain := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if m.replications < 2 {
		complain("--replications: must be 2 or more, as one run has no interval, got %d", m.replications)
	}
	if adds && m.most < m.replications {
		complain("--most: must be --replications (%d) or more, got %d", m.replications, m.most)
	}
	if m.workers < 0 {
		complain("--workers: must be 0 or more, got %d", m.workers)
	}
	return problems
}
