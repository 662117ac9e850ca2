package experiments

import (
	"errors"
	"slices"
	"strconv"

	"onepen/experiments/response"
	"onepen/models"
)

// CapacityPoint is a value of the parameter that a search for a capacity has
// looked at.
type CapacityPoint struct {
	Point     int
	Scenario  *models.Scenario
	Responses []CapacityResponse
}

// CapacityResponse is a response there, with the objectives that are about it.
type CapacityResponse struct {
	Response   response.Response
	Objectives string // as they were written, or ""
	Verdicts   string // whether they are kept there, in their order
	Summary    response.Summary
}

type capacityRow struct {
	origin
	*CapacityResponse
}

func capacityTable(factors []FactorColumn) table[capacityRow] {
	type R = capacityRow
	return table[R]{capacityFile, slices.Concat(
		pointIdentity(factors, func(r *R) origin { return r.origin }),
		chosen(func(r *R) response.Response { return r.Response }),
		[]column[R]{
			{"objectives", "", "what it is to keep, if anything", func(r *R) string { return r.Objectives }},
			{"verdicts", "", "of each objective: kept, broken, or undecided where the 95 % interval holds both", func(r *R) string { return r.Verdicts }},
			{"mean", "", "mean over the replications, in the unit of its row", func(r *R) string { return number(r.Summary.Mean) }},
			{"half_width", "", "of the 95 % confidence interval of the mean, by Student's t", func(r *R) string { return number(r.Summary.HalfWidth) }},
			{"n", "replications", "replications that measured it", func(r *R) string { return strconv.Itoa(r.Summary.N) }},
			{"warnings", "", "what is to be held against the mean: " + response.WarningWords(), func(r *R) string { return r.Summary.Warnings.String() }},
		},
	)}
}

// WriteCapacity writes capacity.csv, and manifest.json about it and runs.csv, to
// a folder that is there.
func WriteCapacity(folder string, about Origin, base *models.Scenario, replications int, factor FactorColumn, points []CapacityPoint) error {
	var rows []capacityRow
	for i := range points {
		p := &points[i]
		o := originOf(&Report{Scenario: p.Scenario, Point: p.Point})
		for j := range p.Responses {
			rows = append(rows, capacityRow{o, &p.Responses[j]})
		}
	}
	return errors.Join(
		writeRows(folder, capacityTable([]FactorColumn{factor}), rows),
		writeStudyManifest(folder, about, base, replications, nil, capacityFile, runsFile),
	)
}
