package verdict

import (
	"fmt"
	"math"

	"onepen/models"
)

// locks says what is known of the locks of a store's keys; ok is false unless
// writes spend most of their time behind them. A key that is held all the time
// leaves its partition time to spare: batches on it wait for one another, and
// no server for them.
func (p *Path) locks(s *Store) (v Verdict, ok bool) {
	v = Verdict{
		Place: PlaceStore, Name: s.Name, Partition: -1, Lock: true, Utilization: math.NaN(),
		Share: p.share(func(l *Lane) bool { return l.Store == s.Name }, models.StageKeyLock),
	}
	for i := range p.Lanes {
		if l := &p.Lanes[i]; l.Store == s.Name {
			v.Piled += l.Depth[models.StageKeyLock]
		}
	}
	if s.Hot < len(s.Partitions) && s.Partitions[s.Hot].tells() {
		v.Partition, v.Why = s.Hot, s.why(s.Hot)
	}
	return v, v.Piled >= 1 && v.Share >= mostly
}

// whoOfLock names the key whose lock is waited for: that which brings much of its
// writes to the busiest partition, if there is one.
func (s *Store) whoOfLock(partition int) string {
	if partition < 0 {
		return fmt.Sprintf("locks of keys of `%s`", s.Name)
	}
	key := models.KeyName(s.Partitions[partition].TopKey)
	return fmt.Sprintf("the lock of key %s in partition %s of `%s`", key, models.PartitionName(partition), s.Name)
}
