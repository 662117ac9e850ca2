package enginebench

import "onepen/sim"

// Lindley is the floor below the Station with one server: the same draws and
// the same record for every customer, but no clock and no events. What a
// Station takes longer is the price of the engine. The waiting time of the next
// customer follows from that of this one (Lindley 1952, "The theory of queues
// with a single server", Math. Proc. Camb. Phil. Soc. 48):
//
//	Wₙ₊₁ = max(0, Wₙ + Sₙ − Aₙ)   S service time, A time to the next arrival
//
// One operation is one customer.
type Lindley struct {
	arrivals sim.Stream
	services sim.Stream
	waiting  sim.Time
	done     uint64
	sojourns sim.Histogram
}

// NewLindley returns the recursion, in its steady state.
func NewLindley() *Lindley {
	l := &Lindley{
		arrivals: sim.NewStream(1, 0, "bench", "arrival"),
		services: sim.NewStream(1, 0, "bench", "service"),
	}
	l.Run(10_000)
	l.sojourns.Reset()
	return l
}

// Run lets n more customers pass.
func (l *Lindley) Run(n int) {
	const service = float64(interarrival) * utilization
	for range n {
		work := sim.Time(l.services.Exp() * service)
		l.sojourns.Record(l.waiting + work)
		l.waiting = max(0, l.waiting+work-sim.Time(l.arrivals.Exp()*float64(interarrival)))
	}
	l.done += uint64(n)
}

// Done returns the number of customers since the model was made.
func (l *Lindley) Done() uint64 { return l.done }

// Sojourns returns the sojourn times of the customers since the model was made.
func (l *Lindley) Sojourns() *sim.Histogram { return &l.sojourns }
