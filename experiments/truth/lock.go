package truth

import (
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
)

// keyLock puts the exclusive hold on a hot key to the simulator (family 15).
func keyLock(c *Case) plan {
	if strings.Contains(c.Params, "critical section") {
		return criticalSection(c)
	}
	workers, share, service := c.count("c"), c.number("h"), c.law("service")
	const keys = 1_000_000_000 // so many that the others hardly ever meet
	set := assignments{
		"lanes.w.keys.space", text(keys), "lanes.w.keys.celebrity", text(share),
		"stores.s.servers", text(workers), "stores.s.overhead", service.String(), "stores.s.key_lock", "true",
	}
	most := capacity(workers, share, service.Mean())
	if lambda, open := c.optional("lambda"); open {
		q := theory.Station{ArrivalRate: leading(lambda), ArrivalSCV: 1, ServiceTime: 1 / most, ServiceSCV: 1, Servers: 1}
		set = set.with("lanes.w.arrivals.rate", rate(q.ArrivalRate)).with(steady(q.ArrivalRate, q.Relaxation()+service.Mean())...)
	} else {
		// Twice as many writers as workers, who write again at once, keep the
		// workers busy.
		set = set.with("lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", text(2*workers)).
			with(steady(most, float64(2*workers)/most)...)
	}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set), collect: newHot(keys)}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.lockAnswer(r)
	}
	return p
}

// capacity bounds what workers can do for writes of whom a share excludes each
// other [1/s].
func capacity(workers int, share, service float64) float64 {
	return min(float64(workers)/service, 1/(share*service))
}

func (c *Case) lockAnswer(r Row) answer {
	switch r.Measure {
	case "max_throughput_per_s":
		return first(r, throughput)
	case "throughput_upper_bound_per_s":
		return first(r, throughput).bounded()
	case "lock_util":
		return first(r, func(o *observation) reading {
			return reading{over: o.seen.(*hot).service.Seconds(), per: o.seconds()}
		})
	case "mean_workers_blocked":
		return first(r, held(models.StageKeyLock))
	case "frac_workers_occupied":
		return first(r, utilization)
	}
	return c.stationAnswer(r)
}

// criticalSection puts workers to the simulator whose jobs end, one in 1/h,
// with a critical section. Between two of its critical sections a worker does a
// geometric number of exponential pieces of other work, which together are
// exponential again, with mean 1/h times that of one piece: so a worker is a
// writer of a closed loop that thinks for so long and then needs the lock.
func criticalSection(c *Case) plan {
	workers, share := c.count("c"), c.find(`w\.p\. h=([0-9.]+)`)[0]
	unlocked, locked := law(c.find(`unlocked work (exp mean [0-9.]+ms)`)[0]), law(c.find(`critical section (exp mean [0-9.]+ms)`)[0])
	h := real(share)
	think := unlocked.Mean() / h
	set := assignments{
		"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", text(workers),
		"lanes.w.arrivals.think", "exponential(" + span(think) + ")", "stores.s.overhead", locked.String(),
	}
	cycle := think + float64(workers)*locked.Mean()
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(float64(workers)/cycle, cycle))}},
		answers: map[string]answer{},
	}
	jobs := func(o *observation) reading {
		return reading{over: float64(o.lane().Counts.Committed), per: h * o.seconds()}
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "throughput_per_s":
			p.answers[r.Measure] = first(r, jobs)
		case "throughput_upper_bound_per_s":
			p.answers[r.Measure] = first(r, jobs).bounded()
		case "lock_util":
			p.answers[r.Measure] = first(r, utilization)
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}
