// Package capacity searches how much a system takes: the largest value of a
// parameter, such as the load, that keeps its service-level objectives, or the
// smallest where more of it helps.
//
//	objectives, err := capacity.ParseObjective(base, "p99<50ms")
//	result, err := capacity.Run(ctx, base, capacity.Options{Path: "lanes.orders.arrivals.rate", Objectives: objectives})
//	err = capacity.WriteText(os.Stdout, result)
//
// A value is looked at with several replications. All values meet the same random
// numbers, so that the mean of a fixed set of replications is a function of the
// value, as smooth and as monotone as the system is, and the border a root of
// it:
//
//	bracket ──▶ solve ──▶ estimate ──▶ precise enough? ──▶ knee, result
//	            ▲         root, slope,        │ no
//	            └─────────  interval   ◀──────┘ more replications
//
// The noise that is left is the same for all values: it moves the root, by how
// much the interval says. Replications are added until that is within the wanted
// precision. Percentiles are not averaged, which would be biased, but judged by
// the share of the writes beyond the limit. What is measured alone, at a value,
// is its mean with its own interval.
//
// Why not bisection by tests of significance: each test would need as many runs
// as the last, near the border most of all, and would leave a bracket of values
// not told apart in place of an interval. On M/M/1 at a precision of 1 %, the
// root needs about eight values, most of them with ten replications.
//
//   - objective.go: what is to be kept, how it is written and read off a run
//   - axis.go: the parameter as numbers
//   - probe.go: one value, and what replications say of it
//   - bracket.go, search.go, estimate.go, interval.go: the search
//   - knee.go: where latency begins to grow faster than load
//   - result.go, text.go, json.go, rows.go: what was found, for people and programs
package capacity
