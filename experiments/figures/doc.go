// Package figures makes figures of result files: it chooses what suits the
// columns of a table, and draws what is asked for.
//
//	table, err := results.Open("out/runs.csv")
//	figure, err := figures.Of(table, manifest, figures.Request{})
//	svg, err := figure.SVG(plot.Look{})
//
//	table ──▶ request: which rows, what is X, Y, a series ──▶ points: replications
//	become a mean and an interval ──▶ plot.Figure
//
// Means and intervals of replications are those of package response, labels and
// units those of the declared columns. What is to be held against the numbers
// stands in the notes of the figure, and where they are from.
//
// Where things are:
//
//   - request.go: what can be asked for
//   - defaults.go: what a table gets unless asked otherwise
//   - of.go: from a table to a figure; points.go: from rows to points with intervals
//   - curve.go, time.go, heat.go, quantiles.go, columns.go, differences.go: one kind each
//   - notes.go, name.go: the words around
package figures
