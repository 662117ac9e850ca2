package compare

import (
	"strings"

	"onepen/experiments"
	"onepen/models"
)

// Move is a change to a base scenario.
type Move struct {
	Label    string // what it is called in results
	Set      string // its parameters as written: "path=value,path=value"
	Scenario *models.Scenario
}

// ParseMove reads a move of a base: parameters and their values, separated by
// commas, with a label before them if one is wanted:
//
//	allocators.codes.strategy=range
//	leases: allocators.codes.strategy=range, allocators.codes.block=100
//
// Commas inside parentheses belong to a value. A move without a label is called
// by its parameters. The error, an *experiments.InputError, says everything that
// is wrong.
func ParseMove(base *models.Scenario, written string) (Move, error) {
	label, set := labelled(written)
	m := Move{Label: label, Set: set, Scenario: base.Clone()}
	if m.Label == "" {
		m.Label = set
	}
	var overrides []experiments.Override
	parts := assignments(set)
	for _, part := range parts {
		where := "--move " + written
		if len(parts) > 1 {
			where += ": " + part // which of them
		}
		overrides = append(overrides, experiments.Override{Written: where, Text: part})
	}
	if err := experiments.Assign(m.Scenario, overrides); err != nil {
		return Move{}, err
	}
	return m, sameNumbers(base, m.Scenario, written)
}

// labelled splits a label from the parameters behind it. Values may hold
// colons, paths do not.
func labelled(written string) (label, set string) {
	path, _, _ := strings.Cut(written, "=")
	if label, _, found := strings.Cut(path, ":"); found {
		return strings.TrimSpace(label), strings.TrimSpace(written[len(label)+1:])
	}
	return "", strings.TrimSpace(written)
}

// assignments splits a list at its commas outside parentheses.
func assignments(set string) []string {
	var parts []string
	depth, from := 0, 0
	for i, sign := range set {
		switch {
		case sign == '(':
			depth++
		case sign == ')':
			depth--
		case sign == ',' && depth <= 0:
			parts = append(parts, strings.TrimSpace(set[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(set[from:]))
}

// sameNumbers refuses moves under which the n-th write of a replication would
// not be the same one as under the base.
func sameNumbers(base, moved *models.Scenario, written string) error {
	if base.Seed == moved.Seed {
		return nil
	}
	return &experiments.InputError{Problems: []experiments.Problem{{
		Source: "--move " + written, Path: "seed",
		Message: "a move has the random numbers of the base, so that differences are its own doing; --seed changes both",
	}}}
}
