package truth

import (
	"math"

	"onepen/experiments/theory"
	"onepen/sim"
)

// zipfPartitions puts partitions of unequal popularity to the simulator
// (family 9).
func zipfPartitions(c *Case) plan {
	keys, partitions, lambda, service := c.count("K"), c.count("P"), c.number("lambda"), c.law("service")
	skew := real(c.find(`;s=([0-9.]+);`)[0])
	route := "modulo"
	if c.find(`partition\(i\)=(\(i-1\)|splitmix64\(i\)) mod P`)[0] != "(i-1)" {
		route = "hash"
	}
	share := partitionShares(keys, partitions, skew, route)
	hottest, coldest := extremes(share)
	q := theory.Station{ArrivalRate: lambda * share[hottest], ArrivalSCV: 1, ServiceTime: service.Mean(), ServiceSCV: service.SCV(), Servers: 1}
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "lanes.w.keys.space", text(keys), "lanes.w.keys.skew", "zipf(" + text(skew) + ")",
		"stores.s.partitions", text(partitions), "stores.s.route", route, "stores.s.overhead", service.String(),
	}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, q.Relaxation())), collect: newShares(partitions)}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.zipfAnswer(r, hottest, coldest)
	}
	return p.knowsRate(lambda).knowsWork(lambda * service.Mean() / float64(partitions))
}

// zipfAnswer answers the rows about keys and partitions of unequal popularity.
func (c *Case) zipfAnswer(r Row, hottest, coldest int) answer {
	switch r.Measure {
	case "H_normaliser":
		// The share of the first key is 1/H, so H is writes per write to it.
		return first(r, func(o *observation) reading { return reading{over: sharesOf(o).all, per: sharesOf(o).first} })
	case "top1_key_share":
		return first(r, func(o *observation) reading { return reading{over: sharesOf(o).first, per: sharesOf(o).all} })
	case "top10_key_share":
		return first(r, func(o *observation) reading { return reading{over: sharesOf(o).ten, per: sharesOf(o).all} })
	case "hottest_partition_share":
		return first(r, func(o *observation) reading { return reading{over: sharesOf(o).writes[hottest], per: sharesOf(o).all} })
	case "coldest_partition_share":
		return first(r, func(o *observation) reading { return reading{over: sharesOf(o).writes[coldest], per: sharesOf(o).all} })
	case "hottest_partition_util":
		return first(r, func(o *observation) reading {
			return reading{over: o.store().Partitions[hottest].Utilization * o.seconds(), per: o.seconds()}
		})
	case "saturation_total_rate_per_s":
		// The rate at which the hottest partition would be busy all the time,
		// by the time it is busy at this one.
		return first(r, func(o *observation) reading {
			return reading{over: sharesOf(o).all, per: o.store().Partitions[hottest].Utilization * o.seconds()}
		})
	case "hottest_mean_sojourn_ms":
		return first(r, func(o *observation) reading {
			return reading{over: sharesOf(o).sojourns[hottest], per: sharesOf(o).writes[hottest]}
		})
	}
	return c.stationAnswer(r)
}

// partitionShares returns the share of the writes that each partition takes:
// the sum over its keys i of i^-s / Σ j^-s, with keys placed as the model says.
func partitionShares(keys, partitions int, skew float64, route string) []float64 {
	zipf := sim.NewZipf(uint64(keys), skew)
	shares := make([]float64, partitions)
	for i := range uint64(keys) {
		at := i
		if route == "hash" {
			at = splitmix64(i + 1)
		}
		shares[at%uint64(partitions)] += zipf.Probability(i)
	}
	return shares
}

// splitmix64 is the hash that the models name, written down once more so that
// the simulator's is held against it.
func splitmix64(i uint64) uint64 {
	z := i + 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// extremes returns where the largest and the smallest of x are.
func extremes(x []float64) (largest, smallest int) {
	most, least := math.Inf(-1), math.Inf(1)
	for i, v := range x {
		if v > most {
			most, largest = v, i
		}
		if v < least {
			least, smallest = v, i
		}
	}
	return largest, smallest
}
