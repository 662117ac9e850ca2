package truth

import (
	"math"
	"strconv"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// station puts a single station to the simulator: families 1 to 6, whatever
// comes to it, and however long its line may be.
func station(c *Case) plan {
	q, arrivals := c.arrivals()
	service, servers := c.law("service"), 1
	if _, said := c.optional("c"); said {
		servers = c.count("c")
	}
	q.ServiceTime, q.ServiceSCV, q.Servers = service.Mean(), service.SCV(), servers
	set := assignments{"stores.s.servers", text(servers), "stores.s.overhead", service.String()}
	var length assignments
	if room, limited := c.optional("K"); limited {
		waiting := int(leading(room)) - servers
		set = set.with("stores.s.backlog", text(waiting))
		length = settleLoss(q, waiting)
	} else {
		length = settle(q)
	}
	t := trial{scenario: c.scenario(arrivals, set, length), collect: newWaits}
	p := plan{trials: []trial{t}, answers: map[string]answer{}}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.stationAnswer(r)
	}
	return p.knowsRate(q.ArrivalRate)
}

// settleLoss is settle for a line with room for so many, which has a steady
// state at any load. Its length is a random walk between two walls, which forgets
// where it was within the time of the drift across it or, if that is weak, of
// the walk, whichever is less; without room, within a service.
func settleLoss(q theory.Station, room int) assignments {
	drift := math.Abs(1 - q.Intensity())
	steps := min(float64(room*room), 4/(drift*drift))
	return steady(q.ArrivalRate, q.ServiceTime*(1+steps/float64(q.Servers)))
}

// arrivals reads what comes to a station: in words for the simulator, and as
// far as a station's formulas know it.
func (c *Case) arrivals() (theory.Station, assignments) {
	if gaps, said := c.optional("interarrival"); said {
		gap := law(gaps)
		return theory.Station{ArrivalRate: 1 / gap.Mean(), ArrivalSCV: gap.SCV()},
			assignments{"lanes.w.arrivals.process", "renewal", "lanes.w.arrivals.gap", gap.String()}
	}
	switch form, _ := c.optional("arrivals"); form {
	case "MMPP2":
		return c.modulated()
	case "":
		lambda := c.number("lambda")
		return theory.Station{ArrivalRate: lambda, ArrivalSCV: 1}, assignments{"lanes.w.arrivals.rate", rate(lambda)}
	}
	batches, size := real(c.find(`Poisson batches ([0-9]+)/s`)[0]), real(c.find(`batch size=fixed ([0-9]+)`)[0])
	return theory.Station{ArrivalRate: batches * size, ArrivalSCV: size},
		assignments{"lanes.w.arrivals.rate", rate(batches * size), "lanes.w.arrivals.group", text(size)}
}

// modulated reads a Markov-modulated Poisson process of two states. Its index
// of dispersion over long times takes the place of the SCV of its gaps (Fischer
// and Meier-Hellstern 1993, "The Markov-modulated Poisson process (MMPP)
// cookbook", Performance Evaluation 18):
//
//	I = 1 + 2 σ1 σ2 (λ1-λ2)² / ((σ1+σ2)² (λ1σ2+λ2σ1))
//
// with σ the rates of leaving the states.
func (c *Case) modulated() (theory.Station, assignments) {
	rate1, rate2 := c.number("rate1"), c.number("rate2")
	stays := c.find(`mean stay state1=([0-9]+ms) exp;mean stay state2=([0-9]+ms) exp`)
	on, off := spanOf(stays[0]), spanOf(stays[1])
	mean := (rate1*on + rate2*off) / (on + off)
	s1, s2 := 1/on, 1/off
	dispersion := 1 + 2*s1*s2*(rate1-rate2)*(rate1-rate2)/((s1+s2)*(s1+s2)*(rate1*s2+rate2*s1))
	return theory.Station{ArrivalRate: mean, ArrivalSCV: dispersion}, assignments{
		"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.rate", rate(mean), "lanes.w.arrivals.peak", rate(rate1),
		"lanes.w.arrivals.on", "exponential(" + stays[0] + ")", "lanes.w.arrivals.off", "exponential(" + stays[1] + ")",
	}
}

// stationAnswer answers the rows that any single station may have.
func (c *Case) stationAnswer(r Row) answer {
	switch r.Measure {
	case "util":
		return first(r, utilization)
	case "throughput_per_s", "goodput_per_s":
		return first(r, throughput)
	case "L_mean_in_system":
		return first(r, held(models.StageQueue, models.StageLinger, models.StageLine, models.StageKeyLock, models.StageService))
	case "Lq_mean_waiting":
		return first(r, held(models.StageQueue, models.StageLinger, models.StageLine))
	case "mean_busy_servers":
		return first(r, held(models.StageService))
	case "mean_sojourn_ms", "mean_sojourn_accepted_ms", "mean_response_ms", "mean_latency_ms":
		return first(r, spent(models.StageQueue, models.StageLinger, models.StageLine, models.StageKeyLock, models.StageService, models.StageReplication))
	case "mean_wait_ms", "mean_wait_accepted_ms", "mean_wait_served_ms":
		return first(r, spent(models.StageQueue, models.StageLinger, models.StageLine))
	case "P_wait":
		return first(r, func(o *observation) reading {
			h := waitLaw(o)
			return reading{over: float64(h.N()) - zeros(h), per: float64(h.N())}
		})
	case "loss_prob":
		return first(r, func(o *observation) reading {
			n := &o.lane().Counts
			return reading{over: float64(n.Rejected), per: float64(n.Offered)}
		})
	case "mean_wait_upper_bound_kingman_ms", "mean_wait_upper_bound_daley_ms":
		return first(r, spent(models.StageLine)).bounded()
	}
	if a, ok := c.lawAnswer(r); ok {
		return a
	}
	return unknown(r)
}

// unknown is the answer to a row that the family does not know.
func unknown(r Row) answer { return skipped("no answer to " + r.Measure) }

// lawAnswer answers the rows about the law of waits and sojourns.
func (c *Case) lawAnswer(r Row) (answer, bool) {
	if m := quantileName.FindStringSubmatch(r.Measure); m != nil {
		percent, err := strconv.ParseFloat(m[1], 64)
		if of := lawNamed(m[2]); of != nil && err == nil {
			return quantile(r, percent/100, of), true
		}
	}
	if m := thresholdName.FindStringSubmatch(r.Measure); m != nil {
		if of := lawNamed(m[1]); of != nil {
			return exceeds(r, spanOf(m[2]), of), true
		}
	}
	if m := deviationName.FindStringSubmatch(r.Measure); m != nil {
		mean, said := c.row("mean_" + m[1] + "_ms")
		if of := lawNamed(m[1]); of != nil && said {
			return deviation(r, mean.Exact/1e3, of), true
		}
	}
	return answer{}, false
}

// lawNamed returns the source of a law by the word for it in measures.
func lawNamed(name string) lawOf {
	switch name {
	case "sojourn", "response", "latency", "delay":
		return func(o *observation) *sim.Histogram { return o.lane().Commit }
	case "wait":
		return waitLaw
	case "total":
		return func(o *observation) *sim.Histogram { return o.lane().Ack }
	}
	return nil
}

// utilization reads the busy share of the servers of all partitions, which are
// equal.
func utilization(o *observation) reading {
	busy := 0.0
	for i := range o.store().Partitions {
		busy += o.store().Partitions[i].Utilization
	}
	return reading{over: busy * o.seconds(), per: float64(len(o.store().Partitions)) * o.seconds()}
}

// throughput reads the writes committed per second.
func throughput(o *observation) reading {
	return reading{over: float64(o.lane().Counts.Committed), per: o.seconds()}
}

// held reads the mean number of writes in some stages.
func held(stages ...models.Stage) func(*observation) reading {
	return func(o *observation) reading {
		n := 0.0
		for _, s := range stages {
			n += o.lane().Depth[s]
		}
		return reading{over: n * o.seconds(), per: o.seconds()}
	}
}

// spent reads the mean time of a committed write in some stages.
func spent(stages ...models.Stage) func(*observation) reading {
	return func(o *observation) reading {
		n := float64(o.lane().Counts.Committed)
		if n == 0 {
			return reading{}
		}
		sum := 0.0
		for _, s := range stages {
			sum += o.lane().Parts[s] * n
		}
		return reading{over: sum, per: n}
	}
}
