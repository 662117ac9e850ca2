package truth

import (
	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// bulkService puts a server that takes whatever waits, up to a limit, to the
// simulator (family 7): a queue in memory whose only worker fills a batch from
// the line without lingering.
func bulkService(c *Case) plan {
	lambda := c.number("lambda")
	most, full, cost := c.bulkCost()
	if cost == nil {
		return c.skipAll("a service time whose law depends on the size of the batch beyond a sum over its writes")
	}
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "1",
		"lanes.w.batch.size", text(most), "lanes.w.batch.linger", "0s",
	}.with(cost...)
	q := theory.Station{ArrivalRate: lambda, ArrivalSCV: 1, ServiceTime: full / float64(most), ServiceSCV: 1, Servers: 1}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, q.Relaxation()+full)), collect: newBulk}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.bulkAnswer(r, most)
	}
	if r, said := c.row("max_throughput_per_s"); said {
		p.trials = append(p.trials, trial{scenario: c.saturated(set, r.Exact, most)})
		p.answers[r.Measure] = ratio(r, func(o []observation) reading { return throughput(&o[1]) })
	}
	return p.knowsRate(lambda)
}

// bulkCost reads how many writes an operation takes at most, how long it then
// lasts on average [s], and what that is for a store; nil if no store works so.
func (c *Case) bulkCost() (most int, full float64, cost assignments) {
	if phrase, said := c.optional("batch service"); said {
		d := law(phrase)
		return c.count("b"), d.Mean(), assignments{"stores.s.overhead", d.String()}
	}
	most = c.count("B")
	m := c.find(`group commit service=(deterministic|exp mean) ([0-9.]+)\+([0-9.]+)\*n ms`)
	if m[0] != "deterministic" {
		return most, 0, nil
	}
	full = (real(m[1]) + real(m[2])*float64(most)) / 1e3
	return most, full, assignments{"stores.s.overhead", m[1] + "ms", "stores.s.per_record", m[2] + "ms"}
}

// saturated makes the scenario of a server that is offered twice what it is
// said to be able to do, with a queue of bounded length before it, so that all
// batches have so many writes. Its window is as long as a whole number of them
// take: their phase would bias any other.
func (c *Case) saturated(set assignments, most float64, size int) *models.Scenario {
	each := float64(size) / most // [s]
	return c.scenario(set, assignments{
		"lanes.w.arrivals.rate", rate(2 * most), "lanes.w.queue.capacity", text(10 * size),
		"warmup", span(100 * each), "duration", span(400 * each),
	})
}

// bulk collects waits and operations.
type bulk struct {
	waits
	operations
}

func newBulk() collector {
	return &bulk{waits{new(sim.Histogram)}, operations{bySize: make(map[int]float64), linger: -1}}
}

func (c *bulk) see(p *models.Passage) {
	c.waits.see(p)
	c.operations.see(p)
}

// bulkAnswer answers the rows about batches of at most so many writes.
func (c *Case) bulkAnswer(r Row, most int) answer {
	size := most
	switch r.Measure {
	case "mean_batch_size":
		return first(r, batchSize)
	case "batches_per_s":
		return first(r, batchRate)
	case "P_batch_is_1":
		size = 1
		fallthrough
	case "P_batch_is_b", "P_batch_is_B":
		return first(r, func(o *observation) reading {
			seen := o.seen.(*bulk)
			return reading{over: seen.bySize[size], per: seen.all}
		})
	}
	return c.stationAnswer(r)
}

// batchSize reads the writes per operation.
func batchSize(o *observation) reading {
	operations := float64(o.lane().BatchCount)
	return reading{over: o.lane().BatchMean * operations, per: operations}
}

// batchRate reads the operations per second.
func batchRate(o *observation) reading {
	return reading{over: float64(o.lane().BatchCount), per: o.seconds()}
}

// batchFormation puts the formation of batches alone to the simulator (family
// 8): writers fill batches before a store that takes no time.
func batchFormation(c *Case) plan {
	lambda := c.number("lambda")
	set := assignments{"lanes.w.arrivals.rate", rate(lambda), "stores.s.overhead", "0s"}
	var linger float64 // [s]
	size := 1_000_000
	if _, said := c.optional("N"); said {
		linger, size = spanOf(c.find(`T=([0-9]+ms)`)[0]), c.count("N")
	} else {
		linger = spanOf(c.find(`multiple of T=([0-9]+ms)`)[0])
		set = set.with("lanes.w.batch.aligned", "true")
	}
	set = set.with("lanes.w.batch.size", text(size), "lanes.w.batch.linger", span(linger))
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, whole(steady, lambda, linger)), collect: newOperations(sim.FromSeconds(linger))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.formationAnswer(r, size, linger)
	}
	return p
}

// whole is steady with a window of a whole number of periods [s].
func whole(of func(rate, relaxation float64) assignments, rate, period float64) assignments {
	set := of(rate, period)
	warmup, end := spanOf(set[1]), spanOf(set[3])
	periods := float64(int((end-warmup)/period) + 1)
	return assignments{"warmup", span(forgetting * period), "duration", span((forgetting + periods) * period)}
}

// formationAnswer answers the rows about batches that close at a size or after
// a linger [s].
func (c *Case) formationAnswer(r Row, size int, linger float64) answer {
	switch r.Measure {
	case "mean_batch_size", "mean_nonempty_batch_size":
		return first(r, batchSize)
	case "batches_per_s":
		return first(r, batchRate)
	case "mean_delay_ms":
		return first(r, spent(models.StageLinger))
	case "frac_batches_closed_by_timeout":
		return first(r, func(o *observation) reading {
			seen := operationsOf(o)
			return reading{over: seen.all - seen.bySize[size], per: seen.all}
		})
	case "mean_open_time_ms":
		return first(r, func(o *observation) reading {
			seen := operationsOf(o)
			return reading{over: seen.open.Seconds(), per: seen.all}
		})
	case "frac_items_delay_exactly_T":
		return first(r, func(o *observation) reading {
			seen := operationsOf(o)
			return reading{over: seen.whole, per: seen.writes}
		})
	case "frac_windows_empty":
		return first(r, func(o *observation) reading {
			windows := o.seconds() / linger
			return reading{over: windows - float64(o.lane().BatchCount), per: windows}
		})
	}
	if a, ok := c.lawAnswer(r); ok {
		return a
	}
	return unknown(r)
}
