package experiments

import (
	"slices"
	"strconv"

	"onepen/experiments/response"
)

// The rows of files that only a sweep writes.
type (
	// responseRow is what one run says of one response.
	responseRow struct {
		origin
		response response.Response
		value    float64
		warnings response.Warnings
	}
	// summaryRow is what all replications of a point say of one.
	summaryRow struct {
		origin
		response response.Response
		summary  response.Summary
	}
)

func responsesTable(factors []FactorColumn) table[responseRow] {
	type R = responseRow
	return table[R]{ResponsesFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		chosen(func(r *R) response.Response { return r.response }),
		[]column[R]{
			{"value", "", "what the run measured, in the unit of its row", func(r *R) string { return number(r.value) }},
			{"warnings", "", "what is to be held against it: " + response.WarningWords(), func(r *R) string { return r.warnings.String() }},
		},
	)}
}

func summaryTable(factors []FactorColumn) table[summaryRow] {
	type R = summaryRow
	return table[R]{SummaryFile, slices.Concat(
		pointIdentity(factors, func(r *R) origin { return r.origin }),
		chosen(func(r *R) response.Response { return r.response }),
		[]column[R]{
			{"mean", "", "mean over the replications, in the unit of its row", func(r *R) string { return number(r.summary.Mean) }},
			{"half_width", "", "of the 95 % confidence interval of the mean, by Student's t", func(r *R) string { return number(r.summary.HalfWidth) }},
			{"n", "replications", "replications that measured it", func(r *R) string { return strconv.Itoa(r.summary.N) }},
			{"warnings", "", "what is to be held against the mean: " + response.WarningWords(), func(r *R) string { return r.summary.Warnings.String() }},
		},
	)}
}

// chosen returns the columns that say what a row in long form is about.
func chosen[T any](of func(*T) response.Response) []column[T] {
	return []column[T]{
		{"component", "", "what was measured, such as lanes.clicks", func(r *T) string { return of(r).Component }},
		{"measure", "", "name of the measure, its base unit at the end", func(r *T) string { return of(r).Measure }},
		{"unit", "", "its unit; nothing for a pure number", func(r *T) string { return of(r).Unit }},
	}
}
