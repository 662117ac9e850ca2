package verdict

import (
	"fmt"

	"onepen/models"
)

// isDown reports whether a partition that writes come to is down.
func (s *Store) isDown() bool {
	for i := range s.Partitions {
		if s.Partitions[i].Down && s.Partitions[i].Rate > 0 {
			return true
		}
	}
	return false
}

// down returns how many partitions of a store are down, if one is in the way of
// writes, and which if it is a single one, else -1.
func (s *Store) down() (partition, n int) {
	partition = -1
	if !s.isDown() {
		return partition, 0
	}
	for i := range s.Partitions {
		if s.Partitions[i].Down {
			partition, n = i, n+1
		}
	}
	if n > 1 {
		partition = -1
	}
	return partition, n
}

// one counts a place that is down.
func one(down bool) int {
	if down {
		return 1
	}
	return 0
}

// explainDown writes the verdict on a place that is down: its name, and what
// becomes of the writes.
func explainDown(v Verdict) []string {
	who := fmt.Sprintf("the allocator `%s` is down", v.Name)
	switch {
	case v.Place == PlaceQueue:
		who = fmt.Sprintf("the queue of `%s` is down", v.Name)
	case v.Place == PlaceStore && v.Partition >= 0:
		who = fmt.Sprintf("partition %s of `%s` is down", models.PartitionName(v.Partition), v.Name)
	case v.Place == PlaceStore:
		who = fmt.Sprintf("%d partitions of `%s` are down", v.Down, v.Name)
	}
	if whole(v.piled()) >= 1 {
		return []string{who, writing(v.piled())}
	}
	return []string{who, "what comes there is refused"}
}
