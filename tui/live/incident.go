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
	networkDelay  = 20 * sim.Millisecond
)

// Aim says what incidents befall. The zero Aim is the busiest partition of the
// lane's store, and the lane's allocator.
type Aim struct {
	Store     string // of Partition; "" = the busiest partition
	Partition int
	Allocator string // "" = the lane's
}

// Incidents returns what can happen to a lane, to what it passes, and to what
// somebody aims at.
func (f *Frame) Incidents(lane string, aim Aim) []Incident {
	l := f.Scenario.Lane(lane)
	list := f.partitionIncidents(f.aimedAt(l, aim))
	ids := l.IDs
	if aim.Allocator != "" {
		ids = aim.Allocator
	}
	list = append(list, f.allocatorIncidents(ids)...)
	list = append(list,
		f.queueCrash(l), f.writerCrash(l), f.Burst(lane), f.celebrity(l), f.clockStep(l), f.delay(l))
	for i := range list {
		list[i].try(f.Scenario)
	}
	return list
}

// aimedAt returns the store and the partition that somebody aims at: the
// busiest one of the lane's if nobody does, or if it is gone.
func (f *Frame) aimedAt(l *models.Lane, aim Aim) (*models.Store, int) {
	if s := f.Store(aim.Store); s != nil && aim.Partition < s.Active {
		return f.Scenario.Store(s.Name), aim.Partition
	}
	store := f.Store(l.Store)
	hot := 0
	for i := range store.Partitions[:store.Active] {
		if store.Partitions[i].Utilization > store.Partitions[hot].Utilization {
			hot = i
		}
	}
	return f.Scenario.Store(l.Store), hot
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
		b.Reason = "in a closed loop there is no rate to raise: writers wait"
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

// delay lets every message on the network take longer: to a central counter
// and back, and to a follower and back.
func (f *Frame) delay(l *models.Lane) Incident {
	i := Incident{
		Name:   fmt.Sprintf("network delay %v", networkDelay),
		Change: models.Change{For: outage},
	}
	if a := f.Scenario.Allocator(l.IDs); a != nil && (a.Strategy == models.Central || a.Strategy == models.Range) {
		i.Change.Set = append(i.Change.Set, models.Assignment{Path: "allocators." + a.Name + ".round_trip", Value: (a.RoundTrip + networkDelay).String()})
	}
	if s := f.Scenario.Store(l.Store); s.Replicas > 1 {
		mean := sim.Time(s.Replication.Mean() * float64(sim.Second))
		i.Change.Set = append(i.Change.Set, models.Assignment{Path: "stores." + s.Name + ".replication", Value: (mean + networkDelay).String()})
	}
	i.Effect = fmt.Sprintf("each round trip to the counter and to followers takes %v more for %v", networkDelay, outage)
	if len(i.Change.Set) == 0 {
		i.Reason = "this lane crosses no network: no counter, no replicas"
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
