package bench

import (
	"io"

	"onepen/experiments"
)

// The form of a report for programs: base units, named in the members, and null
// for what was not measured.
type (
	jsonReport struct {
		Version   string       `json:"version"`
		CPU       string       `json:"cpu"`
		Cores     int          `json:"cores"`
		Go        string       `json:"go"`
		System    string       `json:"system"`
		Rounds    int          `json:"rounds"`
		SpanS     float64      `json:"span_s"`
		OverFloor jsonSpread   `json:"mm1_over_lindley"`
		Workloads []jsonResult `json:"workloads"`
	}
	jsonResult struct {
		Workload    string     `json:"workload"`
		Operation   string     `json:"operation"`
		PerSecond   float64    `json:"operations_per_s"`
		TimeS       jsonSpread `json:"time_s"`
		Allocations float64    `json:"allocations"`
		Holds       *string    `json:"memory_of"`
		Bytes       *float64   `json:"memory_bytes"`
	}
	jsonSpread struct {
		Least  float64 `json:"min"`
		Low    float64 `json:"p25"`
		Median float64 `json:"p50"`
		High   float64 `json:"p75"`
	}
)

// WriteJSON writes a report as one JSON object. Times and allocations are of
// one operation.
func WriteJSON(w io.Writer, version string, r Report) error {
	out := jsonReport{
		Version: version, CPU: r.Machine.CPU, Cores: r.Machine.Cores, Go: r.Machine.Go, System: r.Machine.System,
		Rounds: r.Rounds, SpanS: r.Span.Seconds(), OverFloor: jsonSpread(r.OverFloor),
	}
	for _, res := range r.Results {
		row := jsonResult{
			Workload: res.Workload, Operation: res.Operation, PerSecond: 1 / res.Time.Median,
			TimeS: jsonSpread(res.Time), Allocations: res.Allocations,
		}
		if res.Holds != "" {
			row.Holds, row.Bytes = &res.Holds, &res.Bytes
		}
		out.Workloads = append(out.Workloads, row)
	}
	return experiments.EncodeJSON(w, out)
}
