package truth

import (
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// identifiers puts the ways to make an ID to the simulator (family 13).
func identifiers(c *Case) plan {
	switch {
	case strings.Contains(c.Params, "uniform random draws"):
		return birthday(c)
	case strings.Contains(c.Params, "already used"):
		return retriedCodes(c)
	case strings.HasPrefix(c.Params, "M=100000 codes;insert"):
		return filledCodes(c)
	case strings.Contains(c.Params, "sequence bits"):
		return snowflakes(c)
	case strings.HasPrefix(c.Params, "central counter"):
		return counter(c)
	case strings.Contains(c.Params, "node crashes"):
		return crashes(c)
	}
	return leases(c)
}

// counter is one ID per request to a central counter.
func counter(c *Case) plan {
	service := c.law("service")
	q := theory.Station{ArrivalRate: c.number("lambda"), ArrivalSCV: 1, ServiceTime: service.Mean(), ServiceSCV: service.SCV(), Servers: 1}
	set := assignments{"lanes.w.arrivals.rate", rate(q.ArrivalRate), "allocators.a.service", service.String(), "stores.s.overhead", "0s"}
	constant := sim.Time(0)
	if service.SCV() == 0 {
		constant = sim.FromSeconds(service.Mean())
	}
	p := plan{trials: []trial{{scenario: c.scenario(set, settle(q)), collect: newAllocations(constant)}}, answers: map[string]answer{}}
	for _, r := range c.Rows {
		p.answers[r.Measure] = counterAnswer(r)
	}
	return p
}

func counterAnswer(r Row) answer {
	switch r.Measure {
	case "util":
		return first(r, allocatorBusy)
	case "mean_wait_us":
		// Those in line are those at the counter but for the one in service.
		return first(r, func(o *observation) reading {
			a := o.allocator()
			return reading{over: (a.WaitingMean - a.Utilization) * o.seconds(), per: float64(a.Issued)}
		})
	case "mean_latency_us":
		return first(r, spent(models.StageAllocator))
	case "max_rate_per_s", "max_total_id_rate_per_s":
		// IDs per second of busy time.
		return first(r, func(o *observation) reading {
			return reading{over: float64(o.allocator().Issued), per: o.allocator().Utilization * o.seconds()}
		})
	case "p99_wait_us", "p99_latency_us":
		return quantile(r, 0.99, func(o *observation) *sim.Histogram { return o.seen.(*allocations).law })
	}
	return unknown(r)
}

// allocations collects the times from asking to having an ID, less a constant
// service.
type allocations struct {
	constant sim.Time
	law      *sim.Histogram
}

func newAllocations(constant sim.Time) func() collector {
	return func() collector { return &allocations{constant, new(sim.Histogram)} }
}

func (c *allocations) see(p *models.Passage) {
	c.law.Record(p.Parts[models.StageAllocator] - c.constant)
}

// leases is blocks of IDs leased on demand by one node or several.
func leases(c *Case) plan {
	m := c.find(`lambda=([0-9]+)/s.*block B=([0-9]+)`)
	lambda, block := real(m[0]), m[1]
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.overhead", "0s",
		"allocators.a.strategy", "range", "allocators.a.block", block, "allocators.a.prefetch", "0",
	}
	if strings.Contains(c.Params, "8 nodes") {
		set = set.with("lanes.w.arrivals.writers", "8", "allocators.a.service", law(c.find(`1 FIFO server, (exp mean [0-9]+ms)`)[0]).String())
	} else {
		set = set.with("allocators.a.service", c.law("lease latency").String())
	}
	cycle := 4 * real(block) / lambda
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, cycle)), collect: newAllocations(0)}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = leaseAnswer(r)
	}
	return p
}

func leaseAnswer(r Row) answer {
	switch r.Measure {
	case "mean_added_latency_us":
		return first(r, spent(models.StageAllocator))
	case "frac_ids_that_wait":
		return first(r, func(o *observation) reading {
			h := o.seen.(*allocations).law
			return reading{over: float64(h.N()) - zeros(h), per: float64(h.N())}
		})
	case "leases_per_s":
		return first(r, func(o *observation) reading {
			return reading{over: float64(o.allocator().Requests), per: o.seconds()}
		})
	case "frac_time_lease_outstanding", "allocator_util":
		return first(r, allocatorBusy)
	}
	return counterAnswer(r)
}

// crashes is a node that leases blocks and forgets what is left of them. It
// forgets by a change of strategy and back, again and again: each time after
// a pause that is a sum of two uniform ones, each as long as a block lasts, so
// that it tells nothing about how much of the block is used.
func crashes(c *Case) plan {
	const each = 100 // crashes in a replication
	lambda, block := c.number("lambda"), c.find(`block B=([0-9]+)`)[0]
	lasts := real(block) / lambda
	s := c.scenario(assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.overhead", "0s",
		"allocators.a.strategy", "range", "allocators.a.block", block, "allocators.a.prefetch", "0", "allocators.a.service", "0s",
		"duration", span(3 * each * lasts),
	})
	pauses := sim.NewStream(0, 0, c.ID, "pauses")
	at := 0.0
	for range each {
		at += lasts * (pauses.Float64() + pauses.Float64())
		for _, strategy := range []string{"none", "range"} {
			s.Timeline = append(s.Timeline, models.Change{
				At:  sim.FromSeconds(at),
				Set: []models.Assignment{{Path: "allocators.a.strategy", Value: strategy}},
			})
		}
	}
	p := plan{trials: []trial{{scenario: s}}, replications: UsualReplications / 4, answers: map[string]answer{}}
	for _, r := range c.Rows {
		p.answers[r.Measure] = first(r, func(o *observation) reading {
			return reading{over: float64(o.allocator().Wasted), per: each}
		})
	}
	return p
}
