package enginebench

import "onepen/sim"

// counter runs a simulation for a number of operations.
type counter struct {
	sim  *sim.Sim
	done uint64
	stop uint64 // the simulation halts when done is this
}

// Run does n more operations.
func (c *counter) Run(n int) {
	if n == 0 {
		return
	}
	c.stop = c.done + uint64(n)
	c.sim.RunUntil(sim.Never)
}

// Done returns the number of operations done since the model was made.
func (c *counter) Done() uint64 { return c.done }

// Pending returns the number of pending events. [events]
func (c *counter) Pending() int { return c.sim.Pending() }

// count counts an operation that ends.
func (c *counter) count() {
	if c.done++; c.done == c.stop {
		c.sim.Halt()
	}
}
