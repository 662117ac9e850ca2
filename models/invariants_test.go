package models

import (
	"fmt"
	"strings"
	"testing"
)

// inspect looks at every list, line and lease of a system between two events
// and returns what must not be. Check knows totals; inspect knows where each
// write is, and that nothing waits for something that will never come.
func inspect(y *System) []string {
	v := &inspection{y: y, listed: map[uint32]bool{}}
	for _, l := range y.lanes {
		v.lane(l)
	}
	for _, a := range y.allocators {
		v.allocator(a)
	}
	return v.faults
}

// mustHold fails unless the system satisfies Check and inspect.
func mustHold(tb interface {
	Helper()
	Fatalf(string, ...any)
}, y *System) {
	tb.Helper()
	if err := y.Check(); err != nil {
		tb.Fatalf("Check at %v:\n%v", y.Now(), err)
	}
	if faults := inspect(y); len(faults) > 0 {
		tb.Fatalf("at %v:\n%v", y.Now(), faults)
	}
}

type inspection struct {
	y      *System
	listed map[uint32]bool // writes seen in some list
	faults []string
}

func (v *inspection) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// walk goes through a list and checks that its writes are of the lane, in the
// stage, and in no other list.
func (v *inspection) walk(l *lane, where string, writes list, stage Stage) {
	n := 0
	for i := writes.head; writes.n > 0; n++ {
		w := v.y.writes.at(i)
		if w.lane != l.index || !w.inFlight() || w.stage() != stage {
			v.fault("%v, %s: holds a write of lane %d in stage %v", l, where, w.lane, w.stage())
		}
		if v.listed[i] {
			v.fault("%v, %s: write %d is in two lists", l, where, w.n)
			return
		}
		v.listed[i] = true
		if i = w.next; i == none {
			n++
			break
		}
	}
	if n != writes.n {
		v.fault("%v, %s: counts %d writes and holds %d", l, where, writes.n, n)
	}
}

func (v *inspection) lane(l *lane) {
	waiting := 0
	for number := range l.queues {
		q := &l.queues[number]
		name := fmt.Sprintf("queue %d", number)
		v.walk(l, name+" line", q.line, StageQueue)
		v.walk(l, name+" log", q.log, StageQueue)
		v.walk(l, name+" append", q.appending, StageQueue)
		v.walk(l, name+" outside", q.outside, StageQueue)
		waiting += q.inside() + q.outside.n
		v.wakeups(l, uint32(number), q)
	}
	if held := l.stages[StageQueue].n(); held != waiting {
		v.fault("%v: %d writes in the queue stage, its queues hold %d", l, held, waiting)
	}
	lingering := 0
	for partition := range l.batches {
		b := &l.batches[partition]
		v.walk(l, fmt.Sprintf("batch %d", partition), b.writes, StageLinger)
		lingering += b.writes.n
		if b.writes.n >= l.config.Batch.Size {
			v.fault("%v: open batch of partition %d holds %d writes, the size is %d", l, partition, b.writes.n, l.config.Batch.Size)
		}
	}
	if held := l.stages[StageLinger].n(); held != lingering {
		v.fault("%v: %d writes in the linger stage, its batches hold %d", l, held, lingering)
	}
}

// wakeups checks that whatever waits in a queue has something to wait for.
func (v *inspection) wakeups(l *lane, number uint32, q *queue) {
	if q.appending.n > 0 && !q.working {
		v.fault("%v, queue %d: append under way is %v with %d writes in it", l, number, q.working, q.appending.n)
	}
	if q.log.n > 0 && !q.working && l.settling == 0 {
		v.fault("%v, queue %d: %d writes wait for an append that nobody has begun", l, number, q.log.n)
	}
	if l.queueDown > 0 {
		return // all wait until it is back
	}
	if q.outside.n > 0 && l.settling == 0 && q.inside() < l.config.Queue.Capacity {
		v.fault("%v, queue %d: %d writers are blocked though it holds %d of %d", l, number, q.outside.n, q.inside(), l.config.Queue.Capacity)
	}
	if q.line.n == 0 {
		return
	}
	partition := v.y.writes.at(q.line.head).partition
	switch {
	case l.batches[partition].writes.n > 0:
		v.fault("%v, queue %d: the head of the line waits beside the open batch of its partition", l, number)
	case !l.store.hasRoom(partition):
	case l.config.Queue.Mode == QueueNone:
		v.fault("%v, queue %d: switched off, but holds a line that could go", l, number)
	case q.busy < l.config.Queue.Workers:
		v.fault("%v, queue %d: the head of the line waits beside %d free workers", l, number, l.config.Queue.Workers-q.busy)
	}
}

func (v *inspection) allocator(a *allocator) {
	if (a.requests.n > 0) != (a.busy.n() == 1) {
		v.fault("allocator %s: %d requests at the counter, busy is %d", a.config.Name, a.requests.n, a.busy.n())
	}
	for _, l := range v.y.lanes {
		if l.allocator != a {
			continue
		}
		for writer := range l.config.Arrivals.Writers {
			n := &a.nodes[int(l.firstNode)+writer]
			v.walk(l, fmt.Sprintf("IDs of writer %d", writer), n.line, StageAllocator)
			if n.line.n > 0 && !n.fetching && !n.stalled { // or nobody will wake them
				v.fault("allocator %s: %d writes of writer %d of %v wait for neither a lease nor a tick", a.config.Name, n.line.n, writer, l)
			}
		}
	}
}

// TestInspectionSeesFaults breaks a system in ways that the inspection is there
// to find: a test of the tests.
func TestInspectionSeesFaults(t *testing.T) {
	faults := []struct {
		name  string
		spoil func(y *System)
	}{
		{"a list is miscounted", func(y *System) { y.lanes[0].queues[0].line.n-- }},
		{"free workers look on", func(y *System) { y.lanes[0].config.Queue.Workers++ }},
		{"a blocked writer is forgotten", func(y *System) { y.lanes[0].config.Queue.Capacity++ }},
		{"a write is in the wrong stage", func(y *System) {
			y.writes.at(y.lanes[0].queues[0].line.head).enter(StageLinger)
		}},
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			y := start(t, built(t, "lanes.w.arrivals.rate", "1000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.capacity", "5",
				"lanes.w.queue.when_full", "block", "lanes.w.queue.workers", "3", "stores.s.overhead", "50ms"), 0)
			y.RunUntil(y.scenario.Sample)
			mustHold(t, y)
			f.spoil(y)
			if len(inspect(y)) == 0 {
				t.Error("not seen")
			}
		})
	}
}

// TestCheckSeesIdleness breaks a system so that somebody idles beside a line.
func TestCheckSeesIdleness(t *testing.T) {
	for _, f := range []struct {
		want  string
		spoil func(y *System)
	}{
		{"beside an idle counter", func(y *System) { y.allocators[0].serving = false }},
		{"beside 1 idle ones", func(y *System) { y.lanes[0].config.Consume.Workers++ }},
		{"beside 1 idle servers", func(y *System) { y.stores[0].config.Servers++ }},
	} {
		t.Run(f.want, func(t *testing.T) {
			y := start(t, built(t, "lanes.w.arrivals.rate", "1000/s", "lanes.w.consumers.workers", "1", "lanes.w.consumers.service", "50ms",
				"lanes.w.ids", "a", "allocators.a.service", "2ms", "stores.s.overhead", "50ms", "stores.s.partitions", "1", "stores.s.servers", "2"), 0)
			y.RunUntil(y.scenario.Sample * 5)
			mustHold(t, y)
			f.spoil(y)
			if err := y.Check(); err == nil || !strings.Contains(err.Error(), f.want) {
				t.Errorf("Check says %v", err)
			}
		})
	}
}
