package enginebench

import "onepen/sim"

const (
	// interarrival is the mean time between two customers.
	interarrival = sim.Millisecond
	// utilization is the share of time that a server is busy, ρ.
	utilization = 0.8
	// room is the number of customers that a line has room for. With four in
	// five servers busy, the line is longer with probability 0.8⁴⁰⁹⁶.
	room = 1 << 12
)

// Station is a line before some servers, M/M/c: Poisson arrivals, exponential
// service times, servers busy for 80 % of the time. The sojourn time of every
// customer is recorded. One operation is one customer: an arrival and a
// departure, and a draw for each.
//
// Draws are made one ahead. The processor guesses which of the two pending
// events is the next, and is wrong at every other customer; it finds out sooner
// if the instants do not have to wait for a draw.
type Station struct {
	counter
	draws              sim.Stream
	service            float64        // mean [ns]
	gap, work          sim.Time       // drawn for the next arrival and for the next service
	line               [room]sim.Time // ring of the instants of arrival of those that wait
	head, tail         uint32
	idle               []uint32   // servers
	since              []sim.Time // by server: arrival of the customer in service
	arrival, departure sim.Target
	sojourns           sim.Histogram
}

// NewStation returns a station with a number of servers, 1 or more, in its
// steady state.
func NewStation(servers int) *Station {
	s := &Station{
		counter: counter{sim: sim.New()},
		draws:   sim.NewStream(1, 0, "bench", "station"),
		service: float64(interarrival) * float64(servers) * utilization,
		since:   make([]sim.Time, servers),
	}
	for server := range uint32(servers) {
		s.idle = append(s.idle, server)
	}
	s.gap, s.work = s.drawGap(), s.drawWork()
	s.arrival = s.sim.On(s.arrive)
	s.departure = s.sim.On(s.depart)
	s.sim.Schedule(0, s.arrival, 0)
	s.Run(10_000)
	s.sojourns.Reset()
	return s
}

func (s *Station) arrive(uint32) {
	now := s.sim.Now()
	if n := len(s.idle); n > 0 {
		server := s.idle[n-1]
		s.idle = s.idle[:n-1]
		s.serve(server, now)
	} else {
		s.line[s.tail%room] = now
		s.tail++
	}
	s.sim.Schedule(now+s.gap, s.arrival, 0)
	s.gap = s.drawGap()
}

// serve begins the service of a customer that arrived at the given instant.
func (s *Station) serve(server uint32, arrived sim.Time) {
	s.since[server] = arrived
	s.sim.Schedule(s.sim.Now()+s.work, s.departure, server)
	s.work = s.drawWork()
}

func (s *Station) drawGap() sim.Time  { return sim.Time(s.draws.Exp() * float64(interarrival)) }
func (s *Station) drawWork() sim.Time { return sim.Time(s.draws.Exp() * s.service) }

func (s *Station) depart(server uint32) {
	s.sojourns.Record(s.sim.Now() - s.since[server])
	s.count()
	if s.head == s.tail {
		s.idle = append(s.idle, server)
		return
	}
	arrived := s.line[s.head%room]
	s.head++
	s.serve(server, arrived)
}

// Sojourns returns the sojourn times of the customers since the model was made.
func (s *Station) Sojourns() *sim.Histogram { return &s.sojourns }
