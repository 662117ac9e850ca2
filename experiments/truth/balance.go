package truth

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// balancing puts the choice of the shorter line to the simulator (family 10).
func balancing(c *Case) plan {
	choices := 2
	if m, said := c.optional("d"); said {
		choices = int(leading(m))
	}
	if choices > 2 {
		return c.skipAll("a choice between more than two partitions")
	}
	if strings.HasPrefix(c.Params, "n->infinity") {
		return c.limit()
	}
	n, lambda, service := c.count("n"), c.number("lambda"), c.law("service")
	p := plan{
		trials:  []trial{c.balanced(n, lambda, service)},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.balancedAnswer(r)
	}
	return p.knowsRate(lambda).knowsWork(lambda * service.Mean() / float64(n))
}

// balanced is n partitions, of which each write joins the shorter of two.
func (c *Case) balanced(n int, lambda float64, service sim.Dist) trial {
	relaxation := balancedRelaxation(n, lambda, service.Mean())
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.partitions", text(n), "stores.s.route", "two_choices",
		"stores.s.overhead", service.String(), "lanes.w.keys.space", "1000000000", // keys hardly ever come twice
	}
	// The mean over n lines needs n times less time than that of one.
	length := lasting(forgetting*relaxation, lambda, relaxation/float64(n))
	t := trial{scenario: c.scenario(set, length), collect: newWaits}
	if slices.ContainsFunc(c.Rows, aboutLengths) {
		t.drive = func(y *models.System, o *observation) { observeLengths(y, o, 5*service.Mean()) }
	}
	return t
}

// balancedRelaxation returns about how fast n balanced lines forget their state
// [s]. Few of them are nearly one station of n servers. Of very many, with two
// choices, the mean number x of writes in a line follows dx/dt = (ρ - (1 -
// 2^-x))/E[S] in heavy traffic, where it takes twice as many busy servers to
// make lines longer by one (Mitzenmacher 2001, § 3), so that it returns to its
// level within E[S]/((1-ρ) ln 2).
func balancedRelaxation(n int, lambda, service float64) float64 {
	q := theory.Station{ArrivalRate: lambda, ArrivalSCV: 1, ServiceTime: service, ServiceSCV: 1, Servers: n}
	return q.Relaxation() + service/((1-q.Intensity())*math.Ln2)
}

// aboutLengths reports whether a row is about how long lines are.
func aboutLengths(r Row) bool { return strings.HasPrefix(r.Measure, "P_server_has_ge_3_jobs") }

// observeLengths runs a system to its end and notes, at instants a distance [s]
// apart, the mean share of partitions that have three writes or more.
func observeLengths(y *models.System, o *observation, distance float64) {
	s := y.Scenario()
	y.RunUntil(s.Warmup)
	var now models.Snapshot
	long, seen := 0, 0
	for y.Now() < s.Duration && y.Halted() == "" {
		y.RunUntil(min(y.Now()+sim.FromSeconds(distance), s.Duration))
		y.Sample(&now)
		for _, p := range now.Stores[0].Partitions {
			seen++
			if p.Waiting+p.InService >= 3 {
				long++
			}
		}
	}
	o.note = []float64{float64(long), float64(seen)}
	o.Result = y.Result()
}

// balancedAnswer answers rows about n partitions. Some are known from another
// simulation only, with a standard error.
func (c *Case) balancedAnswer(r Row) answer {
	plain := r
	plain.Measure = strings.Replace(r.Measure, "_ref", "", 1)
	var a answer
	if aboutLengths(r) {
		a = first(r, func(o *observation) reading { return reading{over: o.note[0], per: o.note[1]} })
	} else {
		a = c.stationAnswer(plain)
	}
	if r.Verified == "ref" {
		a.vague = c.reference(r) / unit(r.Measure)
		a.reason = "the value is a simulation's own, with a standard error"
	}
	return a
}

// reference returns the standard error of a row that is known from a
// simulation, in its unit. A number in the system has that of the sojourn time,
// by Little's law.
func (c *Case) reference(r Row) float64 {
	if m := regexp.MustCompile(`\+-([0-9.e-]+) \(1 s\.e\.\)`).FindStringSubmatch(r.Note); m != nil {
		return real(m[1])
	}
	sojourn, _ := c.row("mean_sojourn_ref_ms")
	return r.Exact * c.reference(sojourn) / sojourn.Exact
}

// limit compares the answers for infinitely many partitions with runs of many
// and of twice as many. The distance from the limit is of the order of 1/n
// (Graham 2000, "Chaoticity on path space for a queueing network with selection
// of the shortest queue among several"), and twice the one less the other
// leaves only what is of the order of 1/n² (Richardson 1911).
func (c *Case) limit() plan {
	const many = 200
	service, rho := c.law("service"), c.number("rho")
	p := plan{answers: map[string]answer{}, replications: UsualReplications / 4}
	for _, n := range []int{many, 2 * many} {
		t := c.balanced(n, rho*float64(n)/service.Mean(), service)
		// So many lines take long to fill. They begin with about as many writes as
		// they will have, and need only forget how those are spread.
		full := rho * float64(n) * c.exact("mean_sojourn_ms_n_infinite") / 1e3 / service.Mean()
		c.must(t.scenario.Set("lanes.w.preload", text(int(full))))
		window := t.scenario.Duration - t.scenario.Warmup
		t.scenario.Warmup = t.scenario.Warmup * 2 / forgetting
		t.scenario.Duration = t.scenario.Warmup + window
		p.trials = append(p.trials, t)
	}
	for _, r := range c.Rows {
		finite := r
		finite.Measure = strings.TrimSuffix(r.Measure, "_n_infinite")
		read := c.balancedAnswer(finite).read
		a := ratio(finite, func(o []observation) reading {
			one, two := read(o[:1]), read(o[1:])
			return reading{over: 2*two.over/two.per - one.over/one.per, per: 1}
		})
		a.reason = "extrapolated from finite numbers of partitions"
		p.answers[r.Measure] = a
	}
	return p
}
