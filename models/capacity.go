package models

import (
	"fmt"
	"math"

	"onepen/sim"
)

// Warnings tells which components are over capacity by the scenario's own
// numbers, and by how much: the run is possible, but its lines grow as long as
// it lasts. Offered work is
//
//	counter     ρ = Σ lanes rate / IDs per request · E[service]
//	partition   ρ = Σ lanes rate · largest share of a partition · (E[overhead] / batch size + E[per_record]) / servers
//
// (traffic intensity, as in Kleinrock 1975, "Queueing Systems" vol. 1, § 2.1).
// Batches are taken to be full, so a warning about a store is certain while
// none is no promise. Closed loops wait for their answers and are left out; so are
// traces, whose rate and keys are in their file.
func (s *Scenario) Warnings() []string {
	var warnings []string
	for i := range s.Allocators {
		a := &s.Allocators[i]
		if load := s.counterLoad(a); load >= 1 {
			warnings = append(warnings, overCapacity("allocator "+a.Name, load))
		}
	}
	for i := range s.Stores {
		st := &s.Stores[i]
		load, partition := s.partitionLoad(st)
		if load < 1 {
			continue
		}
		name := fmt.Sprintf("store %s, partition %d", st.Name, partition)
		if st.Route == RouteTimeBucket {
			name = fmt.Sprintf("store %s, partition of the moment", st.Name)
		}
		warnings = append(warnings, overCapacity(name, load))
	}
	return warnings
}

func overCapacity(component string, load float64) string {
	return fmt.Sprintf("%s is offered %.0f %% of its capacity: its line will grow as long as the run lasts", component, load*100)
}

// openRate is the offered load of a lane as far as its parameters tell [1/s].
func (l *Lane) openRate() float64 {
	switch l.Arrivals.Process {
	case Closed, Trace:
		return 0
	}
	return l.Arrivals.Rate
}

// counterLoad is the offered load of a central counter [erlang].
func (s *Scenario) counterLoad(a *Allocator) float64 {
	perRequest := 1.0
	switch a.Strategy {
	case Unallocated, Snowflake:
		return 0
	case Range:
		perRequest = float64(a.Block)
	}
	load := 0.0
	for i := range s.Lanes {
		if l := &s.Lanes[i]; l.IDs == a.Name {
			load += l.openRate() / perRequest * a.Service.Mean()
		}
	}
	return load
}

// partitionLoad is the offered load per server of the partition that has most
// of it, and the number of that partition.
func (s *Scenario) partitionLoad(st *Store) (load float64, partition int) {
	loads := make([]float64, st.Partitions)
	for i := range s.Lanes {
		l := &s.Lanes[i]
		if l.Store != st.Name {
			continue
		}
		work := l.openRate() * (st.Overhead.Mean()/float64(l.Batch.Size) + st.PerRecord.Mean()) / float64(st.Servers)
		if work == 0 {
			continue
		}
		if st.Route == RouteTimeBucket {
			loads[0] += work // in turn, but now all of it is in one place
			continue
		}
		for j, share := range l.Keys.shares(st) {
			loads[j] += float64(work * share)
		}
	}
	for j := range loads {
		if loads[j] > loads[partition] {
			partition = j
		}
	}
	return loads[partition], partition
}

// weighedKeys is the number of most popular keys whose owners are looked up;
// the rest are taken to be spread evenly.
const weighedKeys = 10_000

// shares returns the share of the writes that goes to each partition of a
// store which routes by key.
func (k *Keys) shares(st *Store) []float64 {
	shares := make([]float64, st.Partitions)
	var zipf *sim.Zipf
	if k.Skew.Kind == SkewZipf {
		zipf = sim.NewZipf(uint64(k.Space), k.Skew.S)
	}
	rest := 1.0
	for key := range uint32(min(k.Space, weighedKeys)) {
		p := k.probability(key+1, zipf)
		shares[st.route(key+1, 0)] += p
		rest -= p
	}
	rest = math.Max(rest, 0)
	for i := range shares {
		shares[i] += rest / float64(st.Partitions)
	}
	return shares
}
