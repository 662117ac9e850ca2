package enginebench

import "onepen/sim"

const (
	// interarrival is the mean time between two customers.
	interarrival = sim.Millisecond
	// utilization is the share of time that a server is busy, ρ.
	utilization = 0.8
	// room is the number of customers that a station has room for, those in
	// service and those who came after the longest served of them included. With
	// four in five servers busy, there are more with a probability near 0.8⁴⁰⁹⁶.
	room = 1 << 12
)

// Station is a line before some servers, M/M/c: Poisson arrivals, exponential
// service times, servers busy for 80 % of the time. The sojourn time of every
// customer is recorded. One operation is one customer: an arrival and a
// departure, and a draw for each.
//
// An event first schedules the next of its kind, from a draw made ahead. The
// processor guesses which of the pending events comes next, and is wrong at
// every other customer; the sooner the instants are there, the sooner it finds
// out.
type Station struct {
	counter
	source    source
	draws     sim.Stream
	mean      float64        // of the service time [ns]
	work      sim.Time       // drawn for the next service
	arrivals  [room]sim.Time // by customer, a ring
	next      uint32         // customer to be served
	arrived   uint32         // customers so far
	idle      int            // servers
	departure sim.Target
	sojourns  sim.Histogram
}

// source sends customers to a station.
type source struct {
	station *Station
	draws   sim.Stream
	gap     sim.Time // drawn for the next arrival
	arrival sim.Target
}

// NewStation returns a station with a number of servers, 1 or more, in its
// steady state.
func NewStation(servers int) *Station {
	s := &Station{
		counter: counter{sim: sim.New()},
		draws:   sim.NewStream(1, 0, "bench", "service"),
		mean:    float64(interarrival) * float64(servers) * utilization,
		idle:    servers,
	}
	s.departure = s.sim.Register(s, 0)
	s.draw()
	s.source = source{station: s, draws: sim.NewStream(1, 0, "bench", "arrival")}
	s.source.arrival = s.sim.Register(&s.source, 0)
	s.source.draw()
	s.sim.Schedule(0, s.source.arrival, 0)
	s.Run(10_000)
	s.sojourns.Reset()
	return s
}

// Handle sends a customer, and schedules the next.
func (c *source) Handle(_ sim.Kind, customer uint32) {
	s := c.station
	now := s.sim.Now()
	s.sim.Schedule(now+c.gap, c.arrival, customer+1)
	c.draw()
	s.arrivals[customer%room] = now
	s.arrived = customer + 1
	if s.idle > 0 {
		s.idle--
		s.serve(now)
	}
}

func (c *source) draw() { c.gap = sim.Time(c.draws.Exp() * float64(interarrival)) }

// serve begins the service of the next customer.
func (s *Station) serve(now sim.Time) {
	s.sim.Schedule(now+s.work, s.departure, s.next)
	s.draw()
	s.next++
}

func (s *Station) draw() { s.work = sim.Time(s.draws.Exp() * s.mean) }

// Handle lets a customer go, whose server turns to the next.
func (s *Station) Handle(_ sim.Kind, customer uint32) {
	now := s.sim.Now()
	if s.next == s.arrived {
		s.idle++
	} else {
		s.serve(now)
	}
	s.sojourns.Record(now - s.arrivals[customer%room])
	s.count()
}

// Sojourns returns the sojourn times of the customers since the model was made.
func (s *Station) Sojourns() *sim.Histogram { return &s.sojourns }
