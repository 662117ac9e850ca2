package models

import (
	"iter"
	"slices"
)

// demand is the load that a scenario's parameters, and the traces that they
// name, bring to its components.
type demand struct {
	s      *Scenario
	traces []*trace // by lane; nil where there is none
}

// readableTraces reads the traces of the scenario. One that cannot be read is
// reported by New, and brings no load here.
func (s *Scenario) readableTraces() []*trace {
	traces := make([]*trace, len(s.Lanes))
	for i := range s.Lanes {
		traces[i], _ = s.openTrace(&s.Lanes[i])
	}
	return traces
}

// overloads lists the components that are over capacity.
func (d demand) overloads() []overload {
	var found []overload
	for i := range d.s.Allocators {
		a := &d.s.Allocators[i]
		if load := d.counterLoad(a); load >= 1 {
			found = append(found, overload{component: "allocator " + a.Name, load: load})
		}
	}
	for i := range d.s.Stores {
		if o := d.partitionLoad(&d.s.Stores[i]); o.load >= 1 {
			found = append(found, o)
		}
	}
	return found
}

// rate is the mean offered load of a lane while it writes [1/s]; 0 for a
// closed loop, which offers no more than is answered.
func (d demand) rate(lane int) float64 {
	a := &d.s.Lanes[lane].Arrivals
	rate := 0.0
	switch a.Process {
	case Closed:
		return 0
	case Trace:
		if t := d.traces[lane]; t != nil && t.period > 0 {
			rate = a.Speed * float64(len(t.times)) / t.period.Seconds()
		}
		rate *= float64(a.Group)
	case Renewal:
		rate = float64(a.Group) / a.Gap.Mean()
	default:
		rate = a.Rate
	}
	return rate * a.Profile.mean(d.s.Duration)
}

// counterLoad is the offered load of a central counter [erlang].
func (d demand) counterLoad(a *Allocator) float64 {
	perRequest := 1.0
	switch a.Strategy {
	case Unallocated, Snowflake, UUIDv4, UUIDv7:
		return 0
	case Range:
		perRequest = float64(a.Block)
	case Random:
		if !a.Checked {
			return 0
		}
		perRequest = 1 - float64(a.Population)/a.space()
	}
	load := 0.0
	for i := range d.s.Lanes {
		if d.s.Lanes[i].IDs == a.Name {
			load += d.rate(i) / perRequest * a.Service.Mean()
		}
	}
	return load
}

// partitionLoad is the offered load per server of the partition that has most
// of it. Where time decides the partition, the one of the moment has all of it
// and the others rest.
func (d demand) partitionLoad(st *Store) overload {
	total := 0.0 // [1/s]
	for i := range d.s.Lanes {
		if d.s.Lanes[i].Store == st.Name {
			total += d.rate(i)
		}
	}
	if total == 0 {
		return overload{}
	}
	loads, owners := make([]float64, st.Partitions), newOwners(st.routing(), nil, nil)
	for i := range d.s.Lanes {
		l, rate := &d.s.Lanes[i], d.rate(i)
		if l.Store != st.Name || rate == 0 {
			continue
		}
		work := rate * (st.Overhead.Mean()/float64(l.Batch.Size) + st.PerRecord.Mean()) / float64(st.Servers)
		ids := d.s.Allocator(l.IDs)
		grow := ids != nil && ids.Strategy.ordered()
		for j, share := range owners.shares(l, d.popular(i), grow, rate/total) {
			loads[j] += float64(work * share)
		}
	}
	hot := 0
	for j := range loads {
		if loads[j] > loads[hot] {
			hot = j
		}
	}
	return d.overloadOf(st, hot, loads[hot])
}

// overloadOf describes the load of a store's partition.
func (d demand) overloadOf(st *Store, partition int, load float64) overload {
	if st.Route != RouteTimeBucket {
		return overload{component: "store " + st.Name + ", " + PartitionName(partition), load: load}
	}
	o := overload{component: "store " + st.Name + ", partition of the moment", load: load, bucket: st.Bucket}
	o.rotates = load < float64(st.Partitions) && st.Bucket < d.s.Duration
	return o
}

// popular yields the keys of a lane that are looked up one by one, with their
// shares of its writes: the most popular ones as declared, or those of a trace
// as counted, in the order of their numbers.
func (d demand) popular(lane int) iter.Seq2[uint32, float64] {
	l := &d.s.Lanes[lane]
	t := d.traces[lane]
	if l.Keys.Skew.Kind != SkewTrace || t == nil {
		return l.Keys.popular(weighedKeys)
	}
	return func(yield func(uint32, float64) bool) {
		if c := l.Keys.Celebrity; c > 0 && !yield(uint32(l.Keys.Space), c) {
			return
		}
		each := (1 - l.Keys.Celebrity) / float64(len(t.keys))
		sorted := slices.Sorted(slices.Values(t.keys))
		for i := 0; i < len(sorted); {
			n := 1
			for i+n < len(sorted) && sorted[i+n] == sorted[i] {
				n++
			}
			if !yield(sorted[i], float64(n)*each) {
				return
			}
			i += n
		}
	}
}
