package verdict

import (
	"math"
	"slices"

	"onepen/models"
)

// isDown reports whether a partition is down. None knows whether writes would
// come to it: a writer or a worker of a queue does not even try.
func (s *Store) isDown() bool {
	return slices.ContainsFunc(s.Partitions, func(p Partition) bool { return p.Down })
}

// down returns how many partitions of a store are down, and which if it is a
// single one, else -1.
func (s *Store) down() (partition, n int) {
	partition = -1
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

// quorum says what is known of a store too few of whose replicas are up. Workers
// of queues keep what waits for it.
func (p *Path) quorum(s *Store) Verdict {
	v := Verdict{Place: PlaceStore, Name: s.Name, Partition: -1, Quorum: true, Down: 1, Utilization: math.NaN()}
	for i := range p.Lanes {
		if l := &p.Lanes[i]; l.Store == s.Name {
			v.Piled += l.Depth[models.StageReplication]
			v.Queued += l.Depth[models.StageQueue]
		}
	}
	v.Share = p.share(func(l *Lane) bool { return l.Store == s.Name }, models.StageQueue, models.StageReplication)
	return v
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
func (p *Path) explainDown(v Verdict) []string {
	who := p.Who(v) + " is down"
	if v.Down > 1 {
		who = p.Who(v) + " are down"
	}
	if whole(v.Waiting()) >= 1 {
		return []string{who, writing(v.Waiting())}
	}
	return []string{who, "what comes there is refused"}
}
