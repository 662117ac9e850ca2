package truth

import (
	"regexp"

	"onepen/models"
	"onepen/sim"
)

// The transient cases ask for many replications of a short beginning. One run of
// a store with many partitions and as many keys, all alike, is as many
// replications: each partition is an M/M/1 queue that starts empty, and they
// are independent, as a Poisson process that is split at random gives
// independent Poisson processes.
const (
	fewestSplit = 100
	mostSplit   = 2000
)

// transient puts the beginning of an M/M/1 queue to the simulator (family 19).
func transient(c *Case) plan {
	lambda, service := c.number("lambda"), c.law("service")
	asked := regexp.MustCompile(`^E_wait_of_customer_([0-9]+)_ms$`)
	times := make(map[string]bool)
	latest, customers := 0.0, 0
	for _, r := range c.Rows {
		if m := asked.FindStringSubmatch(r.Measure); m != nil {
			customers = max(customers, int(real(m[1])))
			// All partitions have had so many by then: a Poisson number of mean
			// 2n is below n with a probability that is nothing.
			latest = max(latest, 2*float64(customers)/lambda)
			continue
		}
		at := instantOf(r.Measure)
		times[at] = true
		latest = max(latest, spanOf(at))
	}
	split := splitInto(lambda * latest)
	t := trial{scenario: c.scenario(splitQueues(split, lambda, service), assignments{"duration", span(latest)})}
	if customers > 0 {
		t.collect = newTurns(split, customers)
	} else {
		t.drive = func(y *models.System, o *observation) { observeAt(y, o, c, split) }
	}
	p := plan{trials: []trial{t}, answers: map[string]answer{}}
	for i, r := range c.Rows {
		if m := asked.FindStringSubmatch(r.Measure); m != nil {
			turn := int(real(m[1]))
			p.answers[r.Measure] = first(r, func(o *observation) reading {
				return reading{over: o.seen.(*turns).waits[turn], per: float64(split)}
			})
			continue
		}
		p.answers[r.Measure] = first(r, func(o *observation) reading {
			return reading{over: o.note[i], per: 1}
		})
	}
	return p
}

// splitInto returns the number of partitions of a run, of which each takes so
// many writes.
func splitInto(writes float64) int {
	return int(min(max(mostWrites/2/writes/UsualReplications, fewestSplit), mostSplit))
}

// splitQueues is a store of so many partitions that each take lambda writes per
// second.
func splitQueues(split int, lambda float64, service sim.Dist) assignments {
	return assignments{
		"lanes.w.arrivals.rate", rate(lambda * float64(split)), "lanes.w.keys.space", text(split),
		"stores.s.partitions", text(split), "stores.s.route", "modulo", "stores.s.overhead", service.String(),
	}
}

// instantOf returns the time at the end of the name of a measure, such as 40ms.
func instantOf(measure string) string {
	return regexp.MustCompile(`[0-9]+ms$`).FindString(measure)
}

// observeAt runs a system to the instants of a case's rows, in their order, and
// notes the mean over the partitions for each.
func observeAt(y *models.System, o *observation, c *Case, split int) {
	var now models.Snapshot
	for _, r := range c.Rows {
		y.RunUntil(sim.FromSeconds(spanOf(instantOf(r.Measure))))
		y.Sample(&now)
		inside, empty := 0, 0
		for _, p := range now.Stores[0].Partitions {
			inside += p.Waiting + p.InService
			if p.Waiting+p.InService == 0 {
				empty++
			}
		}
		var value float64
		switch r.Measure[:4] {
		case "E_L_":
			value = float64(inside)
		case "P_em":
			value = float64(empty)
		case "E_ti":
			depth := y.Result().Lanes[0].Depth
			value = depth[models.StageLine] + depth[models.StageService]
		}
		o.note = append(o.note, value/float64(split))
	}
}

// turns collects the waits of the first customers of each partition, by the
// place at which they came.
type turns struct {
	came  []int     // by partition
	waits []float64 // by place, from 1; summed over partitions [s]
}

func newTurns(partitions, customers int) func() collector {
	return func() collector { return &turns{came: make([]int, partitions), waits: make([]float64, customers+1)} }
}

func (t *turns) see(p *models.Passage) {
	t.came[p.Partition]++
	if place := t.came[p.Partition]; place < len(t.waits) {
		t.waits[place] += p.Parts[models.StageLine].Seconds()
	}
}
