package compare

import (
	"slices"

	"onepen/experiments/response"
	"onepen/models"
)

// usual lists the measures of a lane that most want to know of, and goods what
// of a store or an allocator a move may cost.
var (
	usual = []string{"ack_p99_s", "ack_mean_s", "goodput_per_s", "loss"}
	goods = []string{"visibility_lag_p99_s", "read_width", "wasted", "reordered", "collisions_caught"}
)

// Usual returns the responses that suit most questions: how long each lane
// waits, what it gets done, and what it loses.
func Usual(s *models.Scenario) []response.Response {
	list := chosen(s, func(r response.Response) bool { return slices.Contains(usual, r.Measure) })
	// By lane, as all are, and within a lane by how much they matter.
	slices.SortStableFunc(list, func(a, b response.Response) int {
		if a.Component != b.Component {
			return 0
		}
		return slices.Index(usual, a.Measure) - slices.Index(usual, b.Measure)
	})
	return list
}

// price returns the responses that say what a move costs: broken promises, then
// what is neither time nor throughput.
func price(s *models.Scenario) []response.Response {
	return slices.Concat(
		chosen(s, func(r response.Response) bool { return r.Broken }),
		chosen(s, func(r response.Response) bool { return slices.Contains(goods, r.Measure) }),
	)
}

func chosen(s *models.Scenario, wanted func(response.Response) bool) []response.Response {
	return slices.DeleteFunc(response.All(s), func(r response.Response) bool { return !wanted(r) })
}

// Broke reports whether a row counts promises that were broken under the move.
func (r *Row) Broke() bool { return r.Response.Broken && r.Move.Mean > 0 }

// Costs reports whether a row of a price is more than under the base.
func (r *Row) Costs() bool { return !r.Response.Broken && r.Verdict == Worse }
