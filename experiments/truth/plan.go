package truth

import (
	"fmt"
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// plan is how a case is put to the simulator: the systems to run and, for each
// row, what of them is its answer.
type plan struct {
	trials       []trial
	replications int // 0 = the usual number
	answers      map[string]answer
	known        []answer // what no row asks but is known, to help to estimate the rows
}

// knowsRate adds to a plan that so many writes arrive per second.
func (p plan) knowsRate(arrivalRate float64) plan {
	p.known = append(p.known, answer{method: Sampled, target: arrivalRate, read: func(o []observation) reading {
		return reading{over: float64(o[0].lane().Counts.Offered), per: o[0].seconds()}
	}})
	return p
}

// knowsWork adds to a plan that the servers of the store are busy for this
// share of the time, as their work is arrivals times service.
func (p plan) knowsWork(busy float64) plan {
	p.known = append(p.known, answer{method: Sampled, target: busy, read: func(o []observation) reading { return utilization(&o[0]) }})
	return p
}

// trial is a system to run. What it says about a write that is committed after
// the warm-up goes to the collector.
type trial struct {
	scenario *models.Scenario
	collect  func() collector                   // nil = the results suffice
	drive    func(*models.System, *observation) // nil = to the end of the duration, for the result
	draw     func(*sim.Stream) []float64        // in place of all these: no system, but an estimator
}

// collector gathers what results do not hold from the passages of writes.
type collector interface{ see(*models.Passage) }

// observation is what one replication of a trial has shown.
type observation struct {
	models.Result
	seen collector
	note []float64 // what drive or draw has measured
}

func (o *observation) lane() *models.LaneResult           { return &o.Lanes[0] }
func (o *observation) store() *models.StoreResult         { return &o.Stores[0] }
func (o *observation) allocator() *models.AllocatorResult { return &o.Allocators[0] }

// seconds is the length of the window.
func (o *observation) seconds() float64 { return (o.To - o.From).Seconds() }

// assignments are parameters as path, value, path, value, …
type assignments []string

// with returns the assignments and more of them.
func (a assignments) with(more ...string) assignments {
	return append(append(assignments{}, a...), more...)
}

// scenario makes the scenario of a case: one lane "w" that writes to one store
// "s", behind an allocator "a" if one is mentioned.
func (c *Case) scenario(sets ...assignments) *models.Scenario {
	s := models.NewScenario(c.ID)
	c.must(s.Add("lanes", "w"))
	c.must(s.Add("stores", "s"))
	c.must(s.Set("about", "Truth case "+c.ID+": "+c.Params))
	c.must(s.Set("lanes.w.store", "s"))
	c.must(s.Set("lanes.w.keys.space", "1")) // most models know no keys
	for _, set := range sets {
		for i := 0; i < len(set); i += 2 {
			if strings.HasPrefix(set[i], "allocators.a.") && s.Allocator("a") == nil {
				c.must(s.Add("allocators", "a"))
				c.must(s.Set("lanes.w.ids", "a"))
			}
			c.must(s.Set(set[i], set[i+1]))
		}
	}
	return s
}

// must reports a bug: the cases and what is made of them are part of the
// program.
func (c *Case) must(err error) {
	if err != nil {
		panic(fmt.Sprintf("truth: case %s: %v", c.ID, err))
	}
}

// UsualReplications is the number of independent runs of most cases.
const UsualReplications = 64

// A case is run until its mean is known to about aimedError, as a standard
// error relative to the mean, within bounds that keep the suite short. The
// same rule holds for all cases.
const (
	aimedError   = 0.0035
	fewestWrites = 1_500_000 // over all replications
	mostWrites   = 5_000_000
	forgetting   = 8 // relaxation times of warm-up: the start fades to e^-8
)

// steady returns warm-up and duration for a steady state, for a system that
// takes so many writes per second [1/s] and has such a relaxation time [s].
func steady(rate, relaxation float64) assignments {
	return lasting(forgetting*relaxation, rate, relaxation)
}

// lasting returns warm-up and duration for averages that vary like those of a
// process that forgets within a time τ: their relative variance over a time H is
// of the order of τ/H, as long as the process varies by its own mean (Whitt
// 1989, "Planning queueing simulations").
func lasting(warmup, rate, tau float64) assignments {
	writes := rate * tau / (aimedError * aimedError)
	writes = min(max(writes, fewestWrites), mostWrites)
	window := writes / rate / UsualReplications
	return assignments{"warmup", upTo(warmup), "duration", upTo(warmup + window)}
}

// settle is steady for a station.
func settle(q theory.Station) assignments { return steady(q.ArrivalRate, q.Relaxation()) }

// span writes a time [s] for a scenario.
func span(seconds float64) string { return sim.FromSeconds(seconds).String() }

// upTo writes a time [s] for a scenario, rounded up to three digits: for what
// need not be exact.
func upTo(seconds float64) string {
	unit := sim.Time(1)
	for t := sim.FromSeconds(seconds); t >= 1000*unit; {
		unit *= 10
	}
	return ((sim.FromSeconds(seconds) + unit - 1) / unit * unit).String()
}

// rate writes a number per second for a scenario.
func rate(perSecond float64) string { return fmt.Sprintf("%v/s", perSecond) }

// text writes any value for a scenario.
func text(x any) string { return fmt.Sprint(x) }

// spanOf reads a time such as 5ms. [s]
func spanOf(text string) float64 {
	t, err := sim.ParseTime(text)
	if err != nil {
		panic(fmt.Sprintf("truth: no time: %q", text))
	}
	return t.Seconds()
}
