package truth

import (
	"onepen/experiments/theory"
)

// closedLoop puts writers that wait for their answers to the simulator (family
// 11), at one station or behind an allocator as another.
func closedLoop(c *Case) plan {
	q := theory.Closed{Writers: c.count("N"), Servers: 1}
	think := "0s"
	if phrase, said := c.optional("think"); said {
		d := law(phrase)
		q.Think, think = d.Mean(), d.String()
	}
	set := assignments{"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", text(q.Writers), "lanes.w.arrivals.think", think}
	total := 0.0
	if phrase, said := c.optional("service"); said {
		d := law(phrase)
		q.Servers, q.ServiceTime = c.count("c"), d.Mean()
		total = d.Mean()
		set = set.with("stores.s.overhead", d.String(), "stores.s.servers", text(q.Servers))
	} else {
		first, second := law(c.find(`station1 \(allocator\)=([^;]*)`)[0]), law(c.find(`station2 \(partition\)=([^;]*)`)[0])
		q.ServiceTime, total = max(first.Mean(), second.Mean()), first.Mean()+second.Mean()
		set = set.with("allocators.a.strategy", "central", "allocators.a.service", first.String(), "stores.s.overhead", second.String())
	}
	// What the writers did is forgotten when all have thought and been served
	// once or twice.
	cycle := q.Think + float64(q.Writers)*total/float64(q.Servers)
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(float64(q.Writers)/cycle, cycle))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.closedAnswer(r, q)
	}
	return p
}

func (c *Case) closedAnswer(r Row, q theory.Closed) answer {
	switch r.Measure {
	case "throughput_upper_bound_per_s", "throughput_balanced_upper_bound_per_s":
		return first(r, throughput).bounded()
	case "knee_N_star":
		return computed(q.Knee())
	case "util_station1":
		return first(r, allocatorBusy)
	case "util_station2":
		return first(r, utilization)
	case "mean_response_ms":
		return first(r, wholeWay)
	}
	return c.stationAnswer(r)
}

// allocatorBusy reads the share of time that the central counter is busy.
func allocatorBusy(o *observation) reading {
	return reading{over: o.allocator().Utilization * o.seconds(), per: o.seconds()}
}

// wholeWay reads the mean time from offer to commit.
func wholeWay(o *observation) reading {
	return reading{over: o.lane().Commit.Sum(), per: float64(o.lane().Commit.N())}
}
