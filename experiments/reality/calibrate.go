package reality

import (
	"fmt"
	"math"

	"onepen/models"
	"onepen/sim"
)

// calibration is what a workload's single client says about the machine's part
// in it. Times are in seconds.
type calibration struct {
	work    float64 // CPU of a transaction on a busy machine, its sync's apart
	spread  float64 // coefficient of variation of that
	cold    float64 // how many times longer it takes a lone client
	floor   float64 // part of the work that is client and protocol
	sync    float64 // time of the device in a sync
	syncCPU float64 // CPU in a sync
	sleep   float64
}

// evidence is what is known of single clients, over all workloads.
type evidence struct {
	single map[string]Measurement
}

func gather() evidence {
	e := evidence{single: map[string]Measurement{}}
	for _, m := range Measurements() {
		if m.Clients == 1 {
			e.single[m.name()] = m
		}
	}
	return e
}

// syncCPU is the CPU that a sync takes: what a durable transaction takes more
// than the same that is not.
func (e *evidence) syncCPU() float64 {
	durable, not := e.single["W2 uni1000_sync"], e.single["W2 uni1000_async"]
	return durable.cpu() - not.cpu()
}

// least is the smallest work that is believed of a transaction: what is left
// after subtraction is uncertain by as much.
const least = 5e-6

// Calibrate makes the scenario of a workload for a number of clients out of
// what was measured with one, on a machine. Of one client, let T be the latency
// and B the busy time of cores in a transaction, the k syncs of both taken off:
//
//	T = latency - k · sync              B = busy cores / throughput - k · sync_cpu
//
// A lone client waits for CPUs to wake, and in a share r of that wait they are
// busy. Both are more by it than the work of a transaction on a busy machine:
//
//	B - work = r (T - work)      work = (B - r T) / (1 - r)      cold = T / work
//
// The work comes before the key lock as far as it is client and protocol, which
// SELECT 1 shows, or whole round trips before the UPDATE; the rest is done
// under the lock, in two steps for each further trip, the client's and the
// server's.
func Calibrate(w *Workload, clients int, m Machine) *models.Scenario {
	e := gather()
	return w.scenario(clients, e.calibrate(w, m), m)
}

func (e *evidence) calibrate(w *Workload, m Machine) calibration {
	one, measured := w.single()
	if !measured {
		one = e.single[w.Like]
	}
	floor := e.single["W0 select1"]
	c := calibration{floor: m.work(floor.Mean, floor.cpu())}
	latency, busy, syncs := one.Mean, one.cpu(), w.syncs()
	median, p99 := one.P50, one.P99
	if syncs > 0 {
		c.syncCPU = e.syncCPU()
		c.sync = one.Sync - c.syncCPU
		busy -= syncs * c.syncCPU
		latency -= syncs * one.Sync
		median -= syncs * one.Sync
		p99 -= syncs * one.Sync
	}
	c.work = m.work(latency, busy)
	if w.Sleeps { // how long it slept is not known but from the latency
		c.work = max(least, busy)
		c.sleep = max(0, latency-c.work)
		latency, median, p99 = latency-c.sleep, median-c.sleep, p99-c.sleep
	}
	c.cold = max(1, latency/c.work)
	c.spread = spread(median, p99)
	return c
}

// work is the CPU time of what takes a lone client so long and keeps CPUs busy
// for so long, on a machine whose CPUs are awake [s].
func (m Machine) work(latency, busy float64) float64 {
	return max(least, min(busy, (busy-m.Rousing*latency)/(1-m.Rousing)))
}

// syncs is how many syncs a transaction waits for.
func (w *Workload) syncs() float64 {
	switch {
	case !w.Durable:
		return 0
	case w.Twice:
		return 2
	}
	return 1
}

// z99 is the 99th percentile of the standard normal law.
const z99 = 2.3263478740408408

// spread is the coefficient of variation of the lognormal law with a median and
// a 99th percentile: quantiles tell it better than a standard deviation that
// one stall of the machine decides.
func spread(median, p99 float64) float64 {
	if !(median > 0) || p99 <= median {
		return 1
	}
	sigma := math.Log(p99/median) / z99
	return min(2, math.Sqrt(math.Expm1(sigma*sigma)))
}

// connections is the number of operations that the server takes up at once:
// more than there are clients, as each has a backend of its own.
const connections = "1000"

// scenario writes a calibrated workload as a scenario.
func (w *Workload) scenario(clients int, c calibration, m Machine) *models.Scenario {
	s := models.NewScenario(fmt.Sprintf("%s, %d clients", w.Name, clients))
	s.Duration, s.Warmup = duration+warmup, warmup
	s.About = w.About
	set := func(path, value string) {
		if err := s.Set(path, value); err != nil {
			panic("reality: " + err.Error())
		}
	}
	for _, component := range [][2]string{{"lanes", "clients"}, {"stores", "postgres"}} {
		if err := s.Add(component[0], component[1]); err != nil {
			panic("reality: " + err.Error())
		}
	}
	set("lanes.clients.store", "postgres")
	set("lanes.clients.arrivals.process", "closed")
	set("lanes.clients.arrivals.writers", fmt.Sprint(clients))
	set("lanes.clients.arrivals.think", span(c.sleep))
	set("lanes.clients.keys.space", fmt.Sprint(max(1, w.Keys)))
	if w.Zipf > 0 {
		set("lanes.clients.keys.skew", fmt.Sprintf("zipf(%g)", w.Zipf))
	}
	const store = "stores.postgres."
	set(store+"servers", connections)
	set(store+"nodes", "1")
	set(store+"cpus", fmt.Sprint(CPUs))
	set(store+"wake", m.Wake.String())
	set(store+"cold", fmt.Sprintf("%.4g", c.cold))
	set(store+"handover", "recheck")
	set(store+"key_lock", fmt.Sprint(w.Keys > 0))
	set(store+"sync", span(c.sync))
	set(store+"sync_cpu", span(c.syncCPU))
	before := w.before(c)
	set(store+"prepare", law(before, c.spread))
	set(store+"prepare_sync", fmt.Sprint(w.Twice))
	set(store+"overhead", law(c.work-before, c.spread))
	set(store+"steps", fmt.Sprint(w.steps()))
	return s
}

// before is the part of the work that a transaction does before it asks for
// the row's lock.
func (w *Workload) before(c calibration) float64 {
	if w.Keys == 0 && !w.Twice {
		return 0 // there is no lock, so nothing is before it
	}
	trips := float64(w.Before)
	if w.Twice {
		trips = 1
	}
	return min(c.floor+c.work*trips/float64(w.Trips), mostBefore*c.work)
}

// mostBefore is the largest part of the work that may lie before the lock: an
// UPDATE has something to do, whatever the floor says.
const mostBefore = 0.7

// steps is the number of parts of the work under the lock, between which
// another process may have the CPU.
func (w *Workload) steps() int {
	if w.Twice {
		return 1
	}
	return 2*(w.Trips-w.Before) - 1
}

// law writes a lognormal law of a mean and a coefficient of variation.
func law(mean, cv float64) string {
	if mean <= 0 {
		return "0s"
	}
	return fmt.Sprintf("lognormal(mean=%s, cv=%.3g)", span(mean), cv)
}

// span writes seconds with a tenth of a microsecond.
func span(seconds float64) string {
	return (sim.FromSeconds(max(0, seconds)) / 100 * 100).String()
}
