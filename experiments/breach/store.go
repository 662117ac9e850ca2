package breach

import (
	"fmt"
	"strconv"

	"onepen/experiments/human"
	"onepen/models"
)

// seeStore looks for a pile of writes that a store could not store, and for
// what it is that is full: CPUs that partitions share, partitions, the lock of a
// key, or else the workers of the queues before it.
func (w *Watcher) seeStore(s *models.Scenario, x *models.Snapshot, i int) {
	st := &x.Stores[i]
	here := func(lane int) bool { return s.Lanes[lane].Store == st.Name }
	came, group := w.traffic(x, here)
	unstored, locked := 0, 0
	for lane := range x.Lanes {
		if here(lane) {
			l := &x.Lanes[lane]
			unstored += int(unmet(l))
			locked += l.Depth[models.StageKeyLock]
		}
	}
	f := fullest(st)
	if p := &w.stores[i]; p.see(x.Time, f.full() || locked > 0, float64(unstored), came, group) {
		grown := float64(unstored) - p.lowest
		// Locks without a full partition: only if it is they that the pile is made of.
		if f.full() || 2*float64(locked) >= grown {
			kind, what := f.blame(st)
			w.note(Breach{Kind: kind, Name: st.Name, What: what, At: p.at, Piled: uint64(grown)})
		}
	}
	for lane := range x.Lanes {
		if here(lane) {
			w.seeQueue(x, lane, f.full())
		}
	}
}

// unmet is how many attempts of a lane have their IDs and were not stored:
// those under way, and those that were refused for want of room or time.
func unmet(l *models.LaneSample) uint64 {
	c := &l.Totals
	return c.Attempts() - c.Committed - c.Duplicates - c.Suppressed - c.Erred - uint64(l.Depth[models.StageAllocator])
}

// seeQueue looks for a pile of writes in a queue whose workers are too few.
func (w *Watcher) seeQueue(x *models.Snapshot, lane int, storeFull bool) {
	l, p := &x.Lanes[lane], &w.queues[lane]
	busy := l.QueueMode != models.QueueNone && l.Busy >= l.Workers && !storeFull
	if p.see(x.Time, busy, float64(unmet(l)), l.Totals.Attempts(), w.groups[lane]) {
		w.note(Breach{Kind: Queue, Name: l.Name, What: fmt.Sprintf("the workers of the queue of `%s`", l.Name), At: p.at, Piled: uint64(l.Depth[models.StageQueue])})
	}
}

// fullness is which parts of a store are full in a sample.
type fullness struct {
	nodes      []int
	partitions []int
	inService  int // partition with the most writes in service
}

func (f *fullness) full() bool { return len(f.nodes)+len(f.partitions) > 0 }

func fullest(st *models.StoreSample) fullness {
	var f fullness
	for i := range st.Nodes {
		if st.Nodes[i].Utilization >= full {
			f.nodes = append(f.nodes, i)
		}
	}
	for i := range st.Partitions {
		p := &st.Partitions[i]
		if p.Utilization >= full {
			f.partitions = append(f.partitions, i)
		}
		if p.InService > st.Partitions[f.inService].InService {
			f.inService = i
		}
	}
	return f
}

// blame tells what it is that broke of a store some of which is full: the
// machines first, for a partition that waits for a CPU is busy too. If nothing
// is full, it is a key lock, of the partition where most are in service.
func (f *fullness) blame(st *models.StoreSample) (Kind, string) {
	if len(f.nodes) > 0 {
		return Storage, fmt.Sprintf("the CPUs of %s of `%s`", some("node", strconv.Itoa, f.nodes, len(st.Nodes)), st.Name)
	}
	if len(f.partitions) == 0 {
		return HotKey, keyOf(st, f.inService)
	}
	hot := f.partitions[0]
	for _, i := range f.partitions {
		if st.Partitions[i].Rate > st.Partitions[hot].Rate {
			hot = i
		}
	}
	if p := &st.Partitions[hot]; p.TopShare > 0.5 && 2*len(f.partitions) < max(st.Active, 2) {
		return HotKey, keyOf(st, hot)
	}
	return Storage, fmt.Sprintf("%s of `%s`", some("partition", models.PartitionName, f.partitions, st.Active), st.Name)
}

// keyOf names the most frequent key of a partition.
func keyOf(st *models.StoreSample, partition int) string {
	key := st.Partitions[partition].TopKey
	return fmt.Sprintf("key %s in partition %s of `%s`", models.KeyName(key), models.PartitionName(partition), st.Name)
}

// some names one of several things, or says how many of them it is.
func some(what string, name func(int) string, which []int, of int) string {
	switch {
	case len(which) >= of:
		return human.All(of, what)
	case len(which) == 1:
		return what + " " + name(which[0])
	}
	return fmt.Sprintf("%d of %d %ss", len(which), of, what)
}
