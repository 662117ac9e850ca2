package truth

import (
	"fmt"
	"regexp"
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
)

// stage is a station of a tandem.
type stage struct {
	name    string
	law     string // in words
	servers string
	split   string // shares of partitions, "" = none
}

// tandem puts stations in series to the simulator (family 17): the allocator,
// the store and the consumers. Since each station's output is Poisson (Burke
// 1956) and sojourns add up, the order of stations does not matter: a stage of
// partitions is the store, one of several servers too, and of what is left the
// first is the allocator.
func tandem(c *Case) plan {
	lambda := c.number("lambda")
	stages := c.stages()
	store := 0
	for i, s := range stages {
		if s.servers != "1" || s.split != "" {
			store = i
		}
	}
	places := make([]string, len(stages))
	places[store] = "store"
	set := assignments{"lanes.w.arrivals.rate", rate(lambda), "lanes.w.ack", "visible"}
	slowest, work := 0.0, 0.0 // relaxation [s]; intensity of the store
	for i, s := range stages {
		q := theory.Station{ArrivalRate: lambda, ArrivalSCV: 1, ServiceTime: law(s.law).Mean(), ServiceSCV: 1, Servers: int(real(s.servers))}
		cost := law(s.law).String()
		switch {
		case i == store:
			set = set.with("stores.s.overhead", cost, "stores.s.servers", s.servers)
			work = q.Intensity()
			if s.split != "" {
				set = set.with(splitKeys(s.split)...)
				work /= 4
				q.ArrivalRate *= largestShare(s.split)
			}
		case !contains(places, "allocator"):
			places[i] = "allocator"
			set = set.with("allocators.a.service", cost)
		default:
			places[i] = "consumers"
			set = set.with("lanes.w.consumers.workers", "1", "lanes.w.consumers.service", cost)
		}
		slowest = max(slowest, q.Relaxation())
	}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, slowest))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.tandemAnswer(r, places)
	}
	return p.knowsRate(lambda).knowsWork(work)
}

// stages reads the stations of a tandem.
func (c *Case) stages() []stage {
	var stages []stage
	for _, m := range regexp.MustCompile(`(stage[0-9]): (?:one of [0-9]+ partitions w\.p\. ([0-9.,]+), each )?c=([0-9]+) (exp mean [0-9.]+ms)`).FindAllStringSubmatch(c.Params, -1) {
		stages = append(stages, stage{name: m[1], split: strings.TrimSuffix(m[2], ","), servers: m[3], law: m[4]})
	}
	return stages
}

func contains(places []string, name string) bool {
	for _, p := range places {
		if p == name {
			return true
		}
	}
	return false
}

func (c *Case) tandemAnswer(r Row, places []string) answer {
	if m := regexp.MustCompile(`^mean_sojourn_stage([0-9])_ms$`).FindStringSubmatch(r.Measure); m != nil {
		switch places[int(real(m[1]))-1] {
		case "allocator":
			return first(r, spent(models.StageAllocator))
		case "store":
			return first(r, spent(models.StageLine, models.StageService))
		}
		return first(r, func(o *observation) reading {
			return reading{over: o.lane().Lag.Sum(), per: float64(o.lane().Lag.N())}
		})
	}
	switch r.Measure {
	case "mean_total_ms":
		return first(r, func(o *observation) reading {
			return reading{over: o.lane().Ack.Sum(), per: float64(o.lane().Ack.N())}
		})
	case "L_total":
		return first(r, func(o *observation) reading {
			// In flight until committed; unseen until visible, by Little's law.
			inside := held(models.StageAllocator, models.StageLine, models.StageService)(o)
			inside.over += o.lane().Lag.Sum()
			return inside
		})
	}
	if a, ok := c.lawAnswer(r); ok {
		return a
	}
	return unknown(r)
}

// splitKeys gives four partitions shares such as 0.4,0.3,0.2,0.1, the largest
// first: by four keys of two tenants,
//
//	key   1      2           3           4
//	      p q    p (1-q)     (1-p) q     (1-p)(1-q)
//
// of which the fourth draws a share x of all writes on top. With shares a >= b
// >= c >= d for the keys 1, 4, 2, 3 the products are right if
//
//	x = b - c d / a,  p = (a + c)/(1-x),  q = a/(a + c)
func splitKeys(shares string) assignments {
	var v []float64
	for s := range strings.SplitSeq(shares, ",") {
		v = append(v, real(s))
	}
	a, b, c, d := v[0], v[1], v[2], v[3]
	extra := b - c*d/a
	return assignments{
		"lanes.w.keys.space", "4", "lanes.w.keys.tenants", "2", "lanes.w.keys.celebrity", text(extra),
		"lanes.w.keys.tenancy", fmt.Sprintf("hot(share=%v, count=1)", (a+c)/(1-extra)),
		"lanes.w.keys.skew", fmt.Sprintf("hot(share=%v, count=1)", a/(a+c)),
		"stores.s.partitions", "4", "stores.s.route", "modulo",
	}
}

// largestShare returns the first of shares such as 0.4,0.3,0.2,0.1.
func largestShare(shares string) float64 { return leading(shares) }
