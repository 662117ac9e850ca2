package pathbench

import (
	"onepen/models"
	"onepen/sim"
)

// Path is a write path to be run for a number of writes at a time.
type Path struct {
	system   *models.System
	rate     int // offered load [1/s]
	snapshot models.Snapshot
}

// warmup is the simulated time after which a path is in its steady state: the
// lines are a few milliseconds long.
const warmup = 2 * sim.Second

// Full returns the whole path at 200 000 writes/s, in its steady state.
func Full() *Path { return warm(start(fullRate, scenario("full path", fullRate, shared, full))) }

// Direct returns the path without queue and batch at 50 000 writes/s, in its
// steady state.
func Direct() *Path {
	return warm(start(directRate, scenario("direct path", directRate, shared, direct)))
}

// FullStalled returns the whole path before a store that stands still, at its
// start: writes that are run stay in flight. It has room for a number of them.
func FullStalled(writes int) *Path {
	return start(fullRate, scenario("full path, stalled", fullRate, shared, full, stalled(writes)))
}

// DirectStalled is FullStalled for the path without queue and batch.
func DirectStalled(writes int) *Path {
	return start(directRate, scenario("direct path, stalled", directRate, shared, direct, stalled(writes)))
}

func start(rate int, s *models.Scenario) *Path {
	system, err := models.New(s, 0)
	must(err)
	return &Path{system: system, rate: rate}
}

func warm(p *Path) *Path {
	p.system.RunUntil(warmup)
	return p
}

// Run runs the path for the time in which n writes are offered on average.
// Arrivals are Poisson, so the number differs from n by about √n; see Done.
func (p *Path) Run(n int) {
	p.system.RunUntil(p.system.Now() + span(n, p.rate))
	if why := p.system.Halted(); why != "" {
		panic("pathbench: " + why)
	}
}

// Done returns the number of writes offered since the path was made. [writes]
func (p *Path) Done() uint64 { return p.sample().Totals.Offered }

// InFlight returns the number of writes on their way. [writes]
func (p *Path) InFlight() int { return p.sample().InFlight }

// Check tells which invariant of a run the path has broken; nil if none.
func (p *Path) Check() error { return p.system.Check() }

func (p *Path) sample() *models.LaneSample {
	p.system.Sample(&p.snapshot)
	return &p.snapshot.Lanes[0]
}
