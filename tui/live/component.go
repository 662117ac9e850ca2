package live

import (
	"fmt"

	"onepen/models"
)

// crash is the incident that something fails for some seconds, and slow that
// all it does takes longer.
func crash(name, target, effect string) Incident {
	return Incident{
		Name: "crash " + name, Effect: effect,
		Change: models.Change{Fault: models.Fault{Kind: models.Crash, Target: target}, For: outage},
	}
}

func slow(name, target string) Incident {
	return Incident{
		Name:   fmt.Sprintf("slow %s ×%g", name, slowness),
		Effect: fmt.Sprintf("all it does takes %g times as long for %v", slowness, outage),
		Change: models.Change{Fault: models.Fault{Kind: models.Slow, Target: target, By: slowness}, For: outage},
	}
}

// partitionIncidents befall a partition, the node it is on, and one of its
// followers.
func (f *Frame) partitionIncidents(s *models.Store, number int) []Incident {
	name, target := models.PartitionName(number), partitionTarget(s.Name, number)
	effect := fmt.Sprintf("its line is lost, it refuses writes for %v", outage)
	if down := f.Store(s.Name).Outage; down < outage {
		effect = fmt.Sprintf("its line is lost, a follower takes over after %v", down)
	} else if s.Replicas > 1 {
		effect += ": no follower takes over"
	}
	list := []Incident{crash(name, target, effect), slow(name, target)}
	if s.Nodes > 0 {
		node := number % s.Nodes
		target, name := fmt.Sprintf("stores.%s.nodes.%d", s.Name, node), fmt.Sprintf("node %d", node)
		effect := "the same for every partition of the node of " + models.PartitionName(number)
		list = append(list, crash(name, target, effect), slow(name, target))
	}
	if s.Replicas > 1 {
		target := fmt.Sprintf("stores.%s.followers.0", s.Name)
		effect := fmt.Sprintf("one follower of each partition confirms nothing for %v: quorums wait", outage)
		list = append(list, crash("a replica", target, effect), slow("a replica", target))
	}
	return list
}

// partitionTarget names a partition as the target of a fault.
func partitionTarget(store string, number int) string {
	return fmt.Sprintf("stores.%s.partitions.%d", store, number)
}

// allocatorIncidents befall what hands out IDs.
func (f *Frame) allocatorIncidents(ids string) []Incident {
	target := "allocators." + ids
	list := []Incident{
		crash("the allocator", target, fmt.Sprintf("the counter of %s stands still for %v: who asks it waits", ids, outage)),
		slow("the allocator", target),
	}
	reason := ""
	switch a := f.Scenario.Allocator(ids); {
	case a == nil:
		reason = "this lane needs no IDs"
	case a.Strategy != models.Central && a.Strategy != models.Range:
		reason = fmt.Sprintf("%s IDs need no counter", a.Strategy)
	}
	for i := range list {
		list[i].Reason = reason
	}
	return list
}

func (f *Frame) queueCrash(l *models.Lane) Incident {
	i := crash("the queue", "lanes."+l.Name+".queue", fmt.Sprintf("it refuses writes for %v; what it holds in memory alone is lost", outage))
	if l.Queue.Mode == models.QueueNone {
		i.Reason = "the lane has no queue"
	}
	return i
}

// writerCrash lets an app server start anew: nothing lasts, so it has no span.
func (f *Frame) writerCrash(l *models.Lane) Incident {
	i := crash("writer 0", "lanes."+l.Name+".writers.0", "an app server starts anew: what is left of its leased IDs is lost")
	i.Change.For = 0
	if f.Scenario.Allocator(l.IDs) == nil {
		i.Reason = "this lane needs no IDs"
	}
	return i
}
