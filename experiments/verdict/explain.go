package verdict

import (
	"fmt"
	"math"
	"slices"

	"onepen/experiments/human"
	"onepen/models"
)

// Explain writes a verdict on the path as clauses: a subject first, and then
// what may be left out, from the last on, where there is no room.
func (p *Path) Explain(v Verdict) []string {
	if v.Down > 0 {
		return explainDown(v)
	}
	switch v.Place {
	case PlaceAllocator:
		return clauses(v, fmt.Sprintf("the allocator `%s`: %s busy", v.Name, human.Percent(v.Utilization)), writing(v.Piled))
	case PlaceQueue:
		n := p.lane(v.Name).Workers
		who := fmt.Sprintf("the %d queue workers of `%s`", n, v.Name)
		if n == 1 {
			who = fmt.Sprintf("the one queue worker of `%s`", v.Name)
		}
		return clauses(v, fmt.Sprintf("%s: %s busy", who, human.Percent(v.Utilization)), writing(v.Piled))
	case PlaceStore:
		return p.explainStore(v)
	}
	return p.explainNothing(v)
}

func (p *Path) explainStore(v Verdict) []string {
	s := p.store(v.Name)
	who := fmt.Sprintf("%s of `%s`", human.All(len(s.Partitions), "partition"), v.Name)
	why := ""
	switch {
	case v.CPUs && v.Node >= 0:
		who = fmt.Sprintf("the CPUs of node %d of `%s`", v.Node, v.Name)
	case v.CPUs:
		who = fmt.Sprintf("the CPUs of %s of `%s`", human.All(len(s.Nodes), "node"), v.Name)
	case v.Partition >= 0:
		who = fmt.Sprintf("partition %s of `%s`", models.PartitionName(v.Partition), v.Name)
		why = s.cause(v.Partition)
	}
	waiting := writing(v.piled())
	if v.Queued >= 1 {
		waiting += fmt.Sprintf(" (%s queued)", human.Count(whole(v.Queued)))
	}
	return clauses(v, fmt.Sprintf("%s: %s busy", who, human.Percent(v.Utilization)), why, p.tooLate(v.Name), waiting)
}

// tooLate says how much of what a store commits is for writers that have given
// up, if that is most of it.
func (p *Path) tooLate(store string) string {
	var late, all float64
	for i := range p.Lanes {
		if l := &p.Lanes[i]; l.Store == store {
			late, all = late+l.Late, all+l.Done
		}
	}
	if !(late >= mostly*all) || !(all > 0) {
		return ""
	}
	return human.Percent(late/all) + " of it too late"
}

// clauses adds to what is known of a place how much of the time of a write
// goes there, and leaves out what is not known.
func clauses(v Verdict, parts ...string) []string {
	if !math.IsNaN(v.Share) {
		parts = append(parts, human.Percent(v.Share)+" of each write's time")
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// telling is the share of a partition's writes from which one key explains
// that the partition is hot.
const telling = 0.25

// cause says why one partition gets more than the others, if that is known.
func (s *Store) cause(partition int) string {
	hot := &s.Partitions[partition]
	switch {
	case s.Route == models.RouteTimeBucket:
		return "all of now goes there"
	case hot.TopKey > 0 && hot.TopShare >= telling:
		return fmt.Sprintf("key %s is %s of it", models.KeyName(hot.TopKey), human.Percent(hot.TopShare))
	}
	return ""
}

// mostly is the share from which a part is told of as if it were the whole.
const mostly = 0.5

// explainNothing writes that nothing is fought over, what is busiest all the
// same, and whether writes spend their time waiting for one another to fill
// batches.
func (p *Path) explainNothing(v Verdict) []string {
	if math.IsNaN(v.Utilization) || v.Name == "" {
		return []string{"nothing yet"}
	}
	told := []string{"nothing: the path keeps up"}
	if share := p.share(func(*Lane) bool { return true }, models.StageLinger); share >= mostly {
		told = append(told, "linger is "+human.Percent(share)+" of each write's time")
	}
	busiest := fmt.Sprintf("`%s`", v.Name)
	if v.Partition >= 0 {
		busiest = fmt.Sprintf("partition %s of `%s`", models.PartitionName(v.Partition), v.Name)
	}
	return append(told, fmt.Sprintf("%s is %s busy", busiest, human.Percent(v.Utilization)))
}

// writing says how many writes wait.
func writing(n float64) string {
	if whole(n) == 1 {
		return "1 write waits"
	}
	return human.Count(whole(n)) + " writes wait"
}

// whole rounds a mean number of writes; what is unknown counts as none.
func whole(n float64) uint64 {
	if !(n > 0) {
		return 0
	}
	return uint64(math.Round(n))
}
