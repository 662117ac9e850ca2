package truth

import (
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// drain puts loaded systems to the simulator that empty (family 20).
func drain(c *Case) plan {
	switch {
	case strings.HasPrefix(c.Params, "B="):
		return preloaded(c)
	case strings.HasPrefix(c.Params, "M/M/1"):
		return burst(c)
	}
	return fixedBurst(c)
}

// preloaded is a line that is full at the start, run until it is empty.
func preloaded(c *Case) plan {
	m := c.find(`B=([0-9]+) jobs.*lambda=([0-9]+)/s Poisson`)
	jobs, lambda, service := real(m[0]), real(m[1]), c.law("service")
	servers := c.count("c")
	mean := jobs / (float64(servers)/service.Mean() - lambda)
	s := c.scenario(assignments{
		"lanes.w.preload", m[0], "lanes.w.arrivals.rate", rate(lambda),
		"stores.s.servers", text(servers), "stores.s.overhead", service.String(), "duration", span(10 * mean),
	})
	p := plan{
		trials:       []trial{{scenario: s, collect: newEmptying(0), drive: untilEmpty}},
		replications: 16 * UsualReplications, // a drain is one number
		answers:      map[string]answer{},
	}
	law := func(o *observation) *sim.Histogram { return o.seen.(*emptying).law }
	for _, r := range c.Rows {
		switch {
		case r.Measure == "mean_drain_ms":
			p.answers[r.Measure] = first(r, func(o *observation) reading { return reading{over: law(o).Sum(), per: 1} })
		case r.Measure == "sd_drain_ms":
			p.answers[r.Measure] = deviation(r, c.exact("mean_drain_ms")/1e3, law)
		case r.Measure == "p95_drain_ms":
			p.answers[r.Measure] = quantile(r, 0.95, law).asked()
		case thresholdName.MatchString(r.Measure):
			p.answers[r.Measure] = exceeds(r, spanOf(thresholdName.FindStringSubmatch(r.Measure)[2]), law).asked()
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}

// emptying notes when the system is first empty after an instant.
type emptying struct {
	from  sim.Time
	empty bool
	law   *sim.Histogram // of that one instant
}

func newEmptying(from float64) func() collector {
	return func() collector { return &emptying{from: sim.FromSeconds(from), law: new(sim.Histogram)} }
}

func (e *emptying) see(p *models.Passage) {
	if !e.empty && p.InFlight == 0 && p.Committed >= e.from {
		e.empty = true
		e.law.Record(p.Committed)
	}
}

// untilEmpty runs a system until it has been empty, in pieces of its duration.
func untilEmpty(y *models.System, o *observation) {
	seen, end := o.seen.(*emptying), y.Scenario().Duration
	for !seen.empty && y.Halted() == "" {
		y.RunUntil(y.Now() + end/40)
	}
}

// burst is an overload of a given length, after which the line empties.
func burst(c *Case) plan {
	m := c.find(`burst ([0-9]+)/s Poisson for ([0-9]+ms);then lambda=([0-9]+)/s`)
	peak, length, lambda, service := real(m[0]), spanOf(m[1]), real(m[2]), c.law("service")
	b := theory.Burst{Rate: peak, Rest: lambda, Capacity: 1 / service.Mean(), Length: length}
	s := c.scenario(assignments{
		"lanes.w.arrivals.rate", rate(lambda), "lanes.w.arrivals.profile", "steps(0s: " + text(peak/lambda) + ", " + m[1] + ": 1)",
		"stores.s.overhead", service.String(), "duration", span(10 * (length + b.Drain())),
	})
	p := plan{
		replications: 8 * UsualReplications,
		trials: []trial{{scenario: s, collect: newEmptying(length), drive: func(y *models.System, o *observation) {
			y.RunUntil(sim.FromSeconds(length))
			var now models.Snapshot
			y.Sample(&now)
			backlog := now.Lanes[0].InFlight
			lasted := 0.0
			if backlog > 0 {
				untilEmpty(y, o)
				lasted = o.seen.(*emptying).law.Sum() - length
			}
			o.note = []float64{float64(backlog), lasted}
		}}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "E_backlog_at_burst_end":
			p.answers[r.Measure] = first(r, func(o *observation) reading { return reading{over: o.note[0], per: 1} })
		case "mean_drain_ms":
			p.answers[r.Measure] = first(r, func(o *observation) reading { return reading{over: o.note[1], per: 1} })
		case "backlog_fluid_approx":
			p.answers[r.Measure] = computed(b.Backlog())
		case "drain_fluid_approx_ms":
			p.answers[r.Measure] = computed(b.Drain() * 1e3)
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}

// fixedBurst is a burst without chance. Our first write comes a gap after the
// start, where the model's comes at the start, so our burst begins and ends a gap
// later.
func fixedBurst(c *Case) plan {
	m := c.find(`interarrival 1/([0-9]+) s while t<Tb=([0-9]+ms), then 1/([0-9]+) s`)
	peak, length, lambda, service := real(m[0]), spanOf(m[1]), real(m[2]), c.law("service")
	b := theory.Burst{Rate: peak, Rest: lambda, Capacity: 1 / service.Mean(), Length: length}
	end := length + 1/peak
	s := c.scenario(assignments{
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", rate(lambda),
		"lanes.w.arrivals.profile", "steps(0s: " + text(peak/lambda) + ", " + span(end) + ": 1)",
		"stores.s.overhead", service.String(), "duration", span(4 * (length + b.Drain())),
	})
	p := plan{
		trials:       []trial{{scenario: s, collect: newRelief(end)}},
		replications: 1,
		answers:      map[string]answer{},
	}
	exactly := func(r Row, read func(*relief) reading) answer {
		a := first(r, func(o *observation) reading { return read(o.seen.(*relief)) })
		a.method = Exactly
		return a
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "max_wait_ms":
			p.answers[r.Measure] = exactly(r, func(s *relief) reading { return reading{over: s.longest.Seconds(), per: 1} })
		case "server_first_idle_after_burst_end_ms":
			p.answers[r.Measure] = exactly(r, func(s *relief) reading { return reading{over: s.at.Seconds() - end, per: 1} })
		case "mean_wait_of_jobs_until_then_ms":
			p.answers[r.Measure] = exactly(r, func(s *relief) reading { return reading{over: s.waited.Seconds(), per: s.writes} })
		case "max_backlog_fluid_approx_ms":
			p.answers[r.Measure] = computed(b.LongestWait() * 1e3)
		case "drain_fluid_approx_ms":
			p.answers[r.Measure] = computed(b.Drain() * 1e3)
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}

// relief collects waits until a write after an instant does not wait at all.
type relief struct {
	after, at       sim.Time
	longest, waited sim.Time
	writes          float64
	over            bool
}

func newRelief(after float64) func() collector {
	return func() collector { return &relief{after: sim.FromSeconds(after)} }
}

func (s *relief) see(p *models.Passage) {
	wait := p.Parts[models.StageLine]
	if wait == 0 && p.Offered > s.after && !s.over {
		s.over, s.at = true, p.Offered
	}
	if s.over {
		return
	}
	s.longest = max(s.longest, wait)
	s.waited += wait
	s.writes++
}
