package truth

import (
	"onepen/experiments/theory"
)

// scalability puts writers in lock-step rounds to the simulator (family 16):
// a closed loop of writers that write again at once, before as many servers,
// which slow each other down by the law. Nothing in it is random.
func scalability(c *Case) plan {
	m := c.find(`N=([0-9]+) writers.*Z=([0-9.]+)ms.*S=([0-9.]+)ms.*chi=([0-9.]+)ms`)
	n, parallel, serial, exchange := real(m[0]), real(m[1])/1e3, real(m[2])/1e3, real(m[3])/1e3
	u := theory.Rounds(parallel, serial, exchange)
	p := plan{
		trials: []trial{
			{scenario: c.scenario(rounds(n, u, parallel+serial))},
			{scenario: c.scenario(rounds(1, u, parallel+serial))},
		},
		replications: 1,
		answers:      map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = scalabilityAnswer(r, u, n, parallel+serial)
	}
	return p
}

// rounds is n writers who work for a time [s] each when alone.
func rounds(n float64, u theory.USL, alone float64) assignments {
	return assignments{
		"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", text(n),
		"stores.s.servers", text(n), "stores.s.overhead", span(alone),
		"stores.s.contention", text(u.Contention), "stores.s.crosstalk", text(u.Crosstalk),
		"warmup", "10s", "duration", "310s",
	}
}

func scalabilityAnswer(r Row, u theory.USL, n, alone float64) answer {
	// By Little's law the throughput of n writers is n per mean round.
	perRound := func(o *observation, n float64) float64 { return n / o.lane().Commit.Mean() }
	exactly := func(read func([]observation) float64) answer {
		a := ratio(r, func(o []observation) reading { return reading{over: read(o), per: 1} })
		a.method = Exactly
		return a
	}
	switch r.Measure {
	case "throughput_per_s":
		return exactly(func(o []observation) float64 { return perRound(&o[0], n) })
	case "relative_capacity":
		return exactly(func(o []observation) float64 { return perRound(&o[0], n) / perRound(&o[1], 1) })
	case "sigma":
		return computed(u.Contention)
	case "kappa":
		return computed(u.Crosstalk)
	case "asymptotic_throughput_per_s":
		// Amdahl's bound: with ever more writers each takes σ of the time alone.
		return computed(1 / (u.Contention * alone))
	case "N_at_peak":
		return computed(u.Peak())
	case "peak_relative_capacity":
		return computed(u.Capacity(u.Peak()))
	}
	return unknown(r)
}
