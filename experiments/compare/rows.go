package compare

import (
	"slices"

	"onepen/experiments"
)

// Rows returns a study as rows of compare.csv, the best move first.
func Rows(s *Study) []experiments.Comparison {
	var rows []experiments.Comparison
	for i := range s.Ranked {
		r := &s.Ranked[i]
		for _, row := range slices.Concat(r.Rows, r.Price) {
			rows = append(rows, experiments.Comparison{
				Rank: i + 1, Point: r.Point, Label: r.Label, Set: r.Set, Scenario: r.Scenario,
				Response: row.Response, Base: row.Base, Move: row.Move,
				Difference: row.Difference, Confidence: s.Each, Change: row.Change(),
				Verdict: row.Verdict.String(), Warnings: row.Warnings,
			})
		}
	}
	return rows
}
