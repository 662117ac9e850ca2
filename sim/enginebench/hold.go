package enginebench

import "onepen/sim"

// Hold is the hold model (Jones 1986, "An empirical comparison of
// priority-queue and event-set implementations", CACM 29): every event
// schedules one more, an exponential time later, so that the number of pending
// events stays the same. One operation is one event.
type Hold struct {
	counter
	draws sim.Stream
	hold  sim.Target
}

// turnovers is how often every pending event is replaced before a set is in
// its steady state.
const turnovers = 3

// NewHold returns a hold model with a number of pending events, 1 or more.
// Making it takes the time of some operations for each of them.
func NewHold(pending int) *Hold {
	h := &Hold{
		counter: counter{sim: sim.New()},
		draws:   sim.NewStream(1, 0, "bench", "hold"),
	}
	h.hold = h.sim.Register(h, 0)
	for range pending {
		h.sim.Schedule(gap(&h.draws), h.hold, 0)
	}
	h.Run(turnovers * pending)
	return h
}

// Handle schedules the event that follows on this one.
func (h *Hold) Handle(sim.Kind, uint32) {
	h.sim.Schedule(h.sim.Now()+gap(&h.draws), h.hold, 0)
	h.count()
}

// gap returns a draw that is exponential with mean 1 s.
func gap(draws *sim.Stream) sim.Time {
	return sim.Time(draws.Exp() * float64(sim.Second))
}
