package live

import (
	"fmt"
	"strconv"

	"onepen/models"
	"onepen/sim"
)

// Incident is something bad that a person can make happen at this instant: a
// fault of a component, or a surge of the load.
type Incident struct {
	Name   string // crash P07
	Effect string // what one will see
	Change models.Change
	Reason string // why it cannot happen now, or ""
}

// How bad the incidents are, and for how long.
const (
	outage        = 5 * sim.Second
	slowness      = 5.0
	surge         = 5.0
	fame          = 0.3
	famous        = 10 * sim.Second
	clockStepBack = 50 * sim.Millisecond
)

// Incidents returns what can happen to a lane and to what it passes.
func (f *Frame) Incidents(lane string) []Incident {
	l := f.Scenario.Lane(lane)
	list := append(f.partitionIncidents(l),
		f.queueCrash(l), f.allocatorCrash(l), f.Burst(lane), f.celebrity(l), f.clockStep(l))
	for i := range list {
		list[i].try(f.Scenario)
	}
	return list
}

// Burst returns the incident that a lane's load is a multiple of itself for
// some seconds.
func (f *Frame) Burst(lane string) Incident {
	l := f.Scenario.Lane(lane)
	b := Incident{
		Name:   fmt.Sprintf("burst ×%g", surge),
		Effect: fmt.Sprintf("%g times the writes of %s for %v", surge, lane, outage),
		Change: models.Change{For: outage},
	}
	scale := func(parameter string, value float64, unit string) {
		b.Change.Set = append(b.Change.Set, models.Assignment{
			Path:  "lanes." + lane + ".arrivals." + parameter,
			Value: strconv.FormatFloat(surge*value, 'g', -1, 64) + unit,
		})
	}
	switch l.Arrivals.Process {
	case models.Closed:
		b.Reason = "the writers of a closed loop wait for their answers: there is no rate to raise"
	case models.Renewal:
		b.Reason = "the gaps of a renewal process are drawn, not set by a rate"
	case models.Trace:
		scale("speed", l.Arrivals.Speed, "")
	default:
		scale("rate", l.Arrivals.Rate, "/s")
		if l.Arrivals.Peak > 0 {
			scale("peak", l.Arrivals.Peak, "/s")
		}
	}
	b.try(f.Scenario)
	return b
}

// partitionIncidents befall the busiest partition of a lane's store.
func (f *Frame) partitionIncidents(l *models.Lane) []Incident {
	store := f.Store(l.Store)
	hot := 0
	for i := range store.Partitions[:store.Active] {
		if store.Partitions[i].Utilization > store.Partitions[hot].Utilization {
			hot = i
		}
	}
	target := fmt.Sprintf("stores.%s.partitions.%d", store.Name, hot)
	name := fmt.Sprintf("P%02d", hot)
	effect := fmt.Sprintf("the busiest of %s: its line is lost, it refuses writes for %v", store.Name, outage)
	if s := f.Scenario.Store(l.Store); s.Replicas > 1 && s.Failover < outage {
		effect = fmt.Sprintf("the busiest of %s: its line is lost, a follower takes over after %v", store.Name, s.Failover)
	}
	return []Incident{
		{
			Name: "crash " + name, Effect: effect,
			Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: target}, For: outage},
		},
		{
			Name:   fmt.Sprintf("slow %s ×%g", name, slowness),
			Effect: fmt.Sprintf("all it does takes %g times as long for %v", slowness, outage),
			Change: models.Change{Fault: models.Fault{Kind: models.Slow, Target: target, By: slowness}, For: outage},
		},
	}
}

func (f *Frame) queueCrash(l *models.Lane) Incident {
	i := Incident{
		Name:   "crash the queue",
		Effect: fmt.Sprintf("it refuses writes for %v; what it holds in memory alone is lost", outage),
		Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: "lanes." + l.Name + ".queue"}, For: outage},
	}
	if l.Queue.Mode == models.QueueNone {
		i.Reason = "the lane has no queue"
	}
	return i
}

func (f *Frame) allocatorCrash(l *models.Lane) Incident {
	i := Incident{
		Name:   "crash the allocator",
		Effect: fmt.Sprintf("the counter of %s stands still for %v: who asks it waits", l.IDs, outage),
		Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: "allocators." + l.IDs}, For: outage},
	}
	switch a := f.Scenario.Allocator(l.IDs); {
	case a == nil:
		i.Reason = "this lane needs no IDs"
	case a.Strategy != models.Central && a.Strategy != models.Range:
		i.Reason = fmt.Sprintf("%s IDs need no counter", a.Strategy)
	}
	return i
}

func (f *Frame) celebrity(l *models.Lane) Incident {
	i := Incident{
		Name:   fmt.Sprintf("celebrity key %.0f %%", 100*fame),
		Effect: fmt.Sprintf("one key draws %.0f %% of the writes of %s for %v", 100*fame, l.Name, famous),
		Change: models.Change{
			Set: []models.Assignment{{Path: "lanes." + l.Name + ".keys.celebrity", Value: fmt.Sprint(fame)}},
			For: famous,
		},
	}
	if l.Keys.Celebrity >= fame {
		i.Reason = fmt.Sprintf("one key draws %.0f %% already", 100*l.Keys.Celebrity)
	}
	return i
}

func (f *Frame) clockStep(l *models.Lane) Incident {
	i := Incident{
		Name:   fmt.Sprintf("clock step %v", clockStepBack),
		Effect: fmt.Sprintf("the clock of the first writer of %s goes back, for good", l.Name),
	}
	switch a := f.Scenario.Allocator(l.IDs); {
	case a == nil:
		i.Reason = "this lane needs no IDs"
	case a.Strategy != models.Snowflake:
		i.Reason = fmt.Sprintf("%s IDs need no clock", a.Strategy)
	default:
		i.Change.Set = []models.Assignment{{Path: "allocators." + a.Name + ".clock_offset", Value: (a.ClockOffset + clockStepBack).String()}}
	}
	return i
}

// try finds out why an incident would be refused.
func (i *Incident) try(now *models.Scenario) {
	if i.Reason != "" {
		return
	}
	if i.Change.Fault.Kind != models.NoFault {
		if err := now.CheckFault(i.Change.Fault); err != nil {
			i.Reason = firstLine(err)
		}
	}
	if len(i.Change.Set) == 0 {
		return
	}
	trial := now.Clone()
	trial.Timeline = nil
	for _, a := range i.Change.Set {
		if err := trial.Set(a.Path, a.Value); err != nil {
			i.Reason = firstLine(err)
			return
		}
	}
	if problems := trial.Validate(); len(problems) > 0 {
		i.Reason = firstLine(problems[0])
	}
}
