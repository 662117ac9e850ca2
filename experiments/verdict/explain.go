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
	if v.Place == PlaceNone {
		return p.explainNothing(v)
	}
	if v.Down > 0 {
		return p.explainDown(v)
	}
	if v.Lock {
		return clauses(v, fmt.Sprintf("%s: %s", p.Who(v), writing(v.Piled)), p.tooLate(v.Name))
	}
	busy := fmt.Sprintf("%s: %s busy", p.Who(v), human.Percent(v.Utilization))
	if v.Place != PlaceStore {
		return clauses(v, busy, writing(v.Piled))
	}
	why := ""
	if v.Partition >= 0 && !v.CPUs {
		why = p.store(v.Name).cause(v.Partition)
	}
	waiting := writing(v.Waiting())
	if v.Queued >= 1 {
		waiting += fmt.Sprintf(" (%s queued)", human.Count(whole(v.Queued)))
	}
	return clauses(v, busy, why, p.tooLate(v.Name), waiting)
}

// Who names the place of a verdict: partition P07 of `clicks`. It is "" where
// nothing is fought over.
func (p *Path) Who(v Verdict) string {
	switch v.Place {
	case PlaceAllocator:
		return fmt.Sprintf("the allocator `%s`", v.Name)
	case PlaceQueue:
		switch n := p.lane(v.Name).Workers; {
		case v.Down > 0:
			return fmt.Sprintf("the queue of `%s`", v.Name)
		case n == 1:
			return fmt.Sprintf("the one queue worker of `%s`", v.Name)
		default:
			return fmt.Sprintf("the %d queue workers of `%s`", n, v.Name)
		}
	case PlaceStore:
		return p.whoOfStore(v)
	}
	return ""
}

func (p *Path) whoOfStore(v Verdict) string {
	s := p.store(v.Name)
	switch {
	case v.Quorum:
		return fmt.Sprintf("a replica that the quorum of `%s` needs", v.Name)
	case v.Lock:
		return s.whoOfLock(v.Partition)
	case v.CPUs && v.Node >= 0:
		return fmt.Sprintf("the CPUs of node %d of `%s`", v.Node, v.Name)
	case v.CPUs:
		return fmt.Sprintf("the CPUs of %s of `%s`", human.All(len(s.Nodes), "node"), v.Name)
	case v.Partition >= 0:
		return fmt.Sprintf("partition %s of `%s`", models.PartitionName(v.Partition), v.Name)
	case v.Down > 0:
		return fmt.Sprintf("%d partitions of `%s`", v.Down, v.Name)
	}
	return fmt.Sprintf("%s of `%s`", human.All(len(s.Partitions), "partition"), v.Name)
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

// tells reports whether one key explains what a partition gets.
func (p *Partition) tells() bool { return p.TopKey > 0 && p.TopShare >= telling }

// why names what of the writes brings them to one partition, "" if that is not
// known or it is no single one.
func (s *Store) why(partition int) string {
	switch {
	case partition < 0:
		return ""
	case s.Route == models.RouteTimeBucket:
		return "all of now"
	case s.Partitions[partition].tells():
		return "key " + models.KeyName(s.Partitions[partition].TopKey)
	}
	return ""
}

// cause says why one partition gets more than the others, if that is known.
func (s *Store) cause(partition int) string {
	why := s.why(partition)
	switch {
	case why == "":
		return ""
	case s.Route == models.RouteTimeBucket:
		return why + " goes there"
	}
	return why + " is " + human.Percent(s.Partitions[partition].TopShare) + " of it"
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
		told = append(told, "linger takes "+human.Percent(share)+" of the time")
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
