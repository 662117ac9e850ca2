package bench

import (
	"onepen/experiments/human"
	"onepen/models/pathbench"
	"onepen/sim/enginebench"
)

// model is what is timed. It is in its steady state.
type model interface {
	Run(n int)    // does n operations, or about as many
	Done() uint64 // operations since it was made
}

// workload says what is timed and what it is called.
type workload struct {
	name      string
	operation string
	make      func() model

	// Memory is measured by one of these, or not at all: of what a model
	// holds when it is made, or of the writes that pile up before a store that
	// stands still.
	holds   func(model) int
	stalled func(writes int) *pathbench.Path
}

// Names of the workloads whose ratio is reported.
const (
	oneServer = "M/M/1"
	recursion = "Lindley recursion"
)

// workloads lists what is measured, in the order of the report. The two whose
// ratio is reported are neighbours.
func workloads() []workload {
	list := []workload{
		{name: recursion, operation: "customer", make: func() model { return enginebench.NewLindley() }},
		{name: oneServer, operation: "customer", make: func() model { return enginebench.NewStation(1) }},
		{name: "M/M/4", operation: "customer", make: func() model { return enginebench.NewStation(4) }},
	}
	for _, pending := range []int{10, 100, 1_000, 10_000, 100_000, 1_000_000} {
		list = append(list, workload{
			name: "hold, " + human.Count(uint64(pending)) + " pending", operation: "event",
			make:  func() model { return enginebench.NewHold(pending) },
			holds: func(m model) int { return m.(*enginebench.Hold).Pending() },
		})
	}
	return append(list,
		workload{
			name: "cancel 80 %", operation: "request",
			make:  func() model { return enginebench.NewRequests() },
			holds: func(m model) int { return m.(*enginebench.Requests).Pending() },
		},
		workload{
			name: "full path", operation: "write",
			make: func() model { return pathbench.Full() }, stalled: pathbench.FullStalled,
		},
		workload{
			name: "direct path", operation: "write",
			make: func() model { return pathbench.Direct() }, stalled: pathbench.DirectStalled,
		},
	)
}
