package capacity

import (
	"strings"

	"onepen/experiments"
)

// Points returns what was looked at as capacity.csv has it.
func Points(r *Result) []experiments.CapacityPoint {
	var points []experiments.CapacityPoint
	for _, p := range r.Points {
		q := experiments.CapacityPoint{Point: p.Point, Scenario: p.Scenario}
		for _, m := range p.Responses {
			var texts, verdicts []string
			for i, o := range r.Objectives {
				if o.Response.Name() == m.Name() {
					texts, verdicts = append(texts, o.String()), append(verdicts, p.Verdicts[i].String())
				}
			}
			q.Responses = append(q.Responses, experiments.CapacityResponse{
				Response: m.Response, Summary: m.Summary,
				Objectives: strings.Join(texts, " "), Verdicts: strings.Join(verdicts, " "),
			})
		}
		points = append(points, q)
	}
	return points
}
