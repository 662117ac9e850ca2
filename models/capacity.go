package models

import "fmt"

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
	rate := s.storeRate(st)
	if rate == 0 {
		return 0, 0
	}
	loads, owners := make([]float64, st.Partitions), newOwners(st.routing(), nil, nil)
	for i := range s.Lanes {
		l := &s.Lanes[i]
		if l.Store != st.Name || l.openRate() == 0 {
			continue
		}
		work := l.openRate() * (st.Overhead.Mean()/float64(l.Batch.Size) + st.PerRecord.Mean()) / float64(st.Servers)
		ids := s.Allocator(l.IDs)
		grow := ids != nil && ids.Strategy.ordered()
		for j, share := range owners.shares(l, grow, l.openRate()/rate) {
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

// storeRate is the offered load of a store as far as the parameters tell
// [1/s].
func (s *Scenario) storeRate(st *Store) float64 {
	rate := 0.0
	for i := range s.Lanes {
		if l := &s.Lanes[i]; l.Store == st.Name {
			rate += l.openRate()
		}
	}
	return rate
}
