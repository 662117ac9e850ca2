package truth

import (
	"strings"

	"onepen/sim"
)

// quorum puts the wait for the fastest W of N replicas to the simulator
// (family 12): followers of a leader that takes no time, or only the time that
// all replicas have in common.
func quorum(c *Case) plan {
	switch {
	case strings.HasPrefix(c.Params, "leader write"):
		return c.skipAll("followers that work while the leader still does")
	case strings.HasPrefix(c.Params, "2 replicas, each its own FIFO"):
		return c.skipAll("a line of its own at each replica")
	case strings.Contains(c.Params, "replica latencies=exp means"):
		return c.skipAll("a law of its own for each replica")
	}
	replicas, needed := c.count("N"), c.count("W")
	phrase := c.field("replica latency")
	common := "0s"
	if shift, rest, shifted := strings.Cut(phrase, " + "); shifted {
		common, phrase = strings.Replace(shift, "0ms", "0s", 1), rest
	}
	var follower sim.Dist = law(phrase)
	const lambda = 1000 // [1/s]; writes do not meet
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.servers", "100000", "stores.s.overhead", common,
		"stores.s.replicas", text(replicas + 1), "stores.s.quorum", text(needed + 1), "stores.s.replication", follower.String(),
	}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, 10*follower.Mean()))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.stationAnswer(r)
	}
	return p
}
