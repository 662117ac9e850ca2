package pathbench

import (
	"strconv"

	"onepen/models"
	"onepen/sim"
)

// Offered loads [1/s]: high enough for lines to form, low enough for them to
// stay short.
const (
	fullRate   = 200_000
	directRate = 50_000
)

// shared is what both paths have.
var shared = []models.Assignment{
	{Path: "duration", Value: "1000h"},
	{Path: "lanes.w.arrivals.writers", Value: "16"},
	{Path: "lanes.w.keys.skew", Value: "zipf(0.9)"},
	{Path: "lanes.w.ids", Value: "a"},
	{Path: "lanes.w.store", Value: "s"},
	{Path: "stores.s.partitions", Value: "16"},
	{Path: "stores.s.overhead", Value: "lognormal(mean=2ms, cv=0.7)"},
}

// full is the whole path: every component works for every write.
var full = []models.Assignment{
	{Path: "lanes.w.ack", Value: "accept"},
	{Path: "lanes.w.queue.mode", Value: "durable"},
	{Path: "lanes.w.queue.workers", Value: "32"},
	{Path: "lanes.w.queue.append", Value: "500us"},
	{Path: "lanes.w.batch.size", Value: "64"},
	{Path: "lanes.w.batch.linger", Value: "10ms"},
	{Path: "allocators.a.strategy", Value: "range"},
	{Path: "allocators.a.block", Value: "1000"},
	{Path: "stores.s.per_record", Value: "10us"},
}

// direct is the path without queue and batch, behind one central allocator.
var direct = []models.Assignment{
	{Path: "allocators.a.strategy", Value: "central"},
	{Path: "allocators.a.service", Value: "exponential(15us)"},
	{Path: "allocators.a.round_trip", Value: "500us"},
	{Path: "stores.s.servers", Value: "16"},
}

// stalled makes the store stand still, with room for a number of writes before
// it.
func stalled(writes int) []models.Assignment {
	room := strconv.Itoa(2 * writes)
	return []models.Assignment{
		{Path: "max_in_flight", Value: room},
		{Path: "lanes.w.queue.capacity", Value: room},
		{Path: "stores.s.overhead", Value: "1000h"},
	}
}

// scenario returns a scenario of one lane w, one allocator a and one store s.
// It panics if the model refuses it, as nobody but this package has a say.
func scenario(name string, rate int, assignments ...[]models.Assignment) *models.Scenario {
	s := models.NewScenario(name)
	for _, c := range [...]struct{ section, name string }{{"lanes", "w"}, {"allocators", "a"}, {"stores", "s"}} {
		must(s.Add(c.section, c.name))
	}
	must(s.Set("lanes.w.arrivals.rate", strconv.Itoa(rate)+"/s"))
	for _, list := range assignments {
		for _, a := range list {
			must(s.Set(a.Path, a.Value))
		}
	}
	return s
}

func must(err error) {
	if err != nil {
		panic("pathbench: " + err.Error())
	}
}

// span is the simulated time in which a number of writes is offered.
func span(writes, rate int) sim.Time {
	return sim.FromSeconds(float64(writes) / float64(rate))
}
