package reality

import (
	"fmt"

	"onepen/sim"
)

// Machine is what a single client cannot show, the same for all workloads.
type Machine struct {
	// Wake is the CPU time that it costs to wake an operation which waited: a
	// context switch each way, its look at what has changed, what led up to its
	// sleep.
	Wake sim.Time

	// Rousing is the share of a lone client's waits for CPUs to wake, on its way
	// to the server and back, in which a CPU is busy with waking. With several
	// clients no CPU sleeps, and both are saved.
	Rousing float64
}

// Usual is the machine that fits all workloads best, among those of Candidates.
var Usual = Machine{Wake: 42 * sim.Microsecond, Rousing: 0.33}

// CPUs is the number of cores that the measurements were made on.
const CPUs = 2

// Candidates returns the machines among which one is chosen: a grid.
func Candidates() []Machine {
	var all []Machine
	for wake := 26; wake <= 46; wake += 4 {
		for _, rousing := range []float64{0.24, 0.27, 0.3, 0.33, 0.36, 0.39} {
			all = append(all, Machine{sim.Time(wake) * sim.Microsecond, rousing})
		}
	}
	return all
}

func (m Machine) String() string { return fmt.Sprintf("wake %s, rousing %g", m.Wake, m.Rousing) }
