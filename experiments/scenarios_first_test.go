package experiments

import (
	"cmp"
	"context"
	"fmt"
	"testing"

	"onepen/models"
	"onepen/sim"
)

// breach is what can break first as the load on a write path rises.
type breach string

const (
	breachNone       breach = "nothing"
	breachCPU        breach = "storage CPU"
	breachHotKey     breach = "a hot key"
	breachOrder      breach = "ordering"
	breachDurability breach = "durability"
	breachConsumers  breach = "consumers"
)

// breaches returns what is broken in a snapshot of a path with one lane and
// one store, from what was measured over the last second alone.
//
//	storage CPU  the partitions are full, all of them
//	hot key      one partition is full, most of it for one key, and the mean is below a half
//	ordering     a write was stored after a later one of its key
//	durability   a write was acked and then lost
//	consumers    one write in a hundred is visible more than a second late
func breaches(x *models.Snapshot) []breach {
	const full, late = 0.95, 1.0
	lane, store := &x.Lanes[0], &x.Stores[0]
	mean := 0.0
	for _, p := range store.Partitions[:store.Active] {
		mean += p.Utilization / float64(store.Active)
	}
	hot := store.Partitions[store.Hot]
	var found []breach
	for _, b := range []struct {
		breach breach
		holds  bool
	}{
		{breachCPU, mean >= full},
		{breachHotKey, hot.Utilization >= full && mean < 0.5 && hot.TopShare > 0.5},
		{breachOrder, lane.Span.Inversions > 0},
		{breachDurability, lane.Span.AckedLost > 0},
		{breachConsumers, lane.Lag.P99 > late},
	} {
		if b.holds {
			found = append(found, b.breach)
		}
	}
	return found
}

// fall is the first breach of a run, and the load under which it came.
type fall struct {
	breach breach
	at     sim.Time
	load   float64 // [1/s]
}

func (f fall) String() string { return fmt.Sprintf("%s at %s, %.0f/s", f.breach, f.at, f.load) }

// firstFall runs a scenario and watches, second by second, what breaks first.
func firstFall(t *testing.T, name string, texts ...string) fall {
	t.Helper()
	s := loaded(t, name, append([]string{"sample=1s", "duration=20s"}, texts...)...)
	first := fall{breach: breachNone}
	_, err := Run(context.Background(), s, Options{OnSample: func(x *models.Snapshot) {
		found := breaches(x)
		if first.breach != breachNone || len(found) == 0 {
			return
		}
		if len(found) > 1 {
			t.Errorf("%s %v: %v break in the same second", name, texts, found)
		}
		first = fall{found[0], x.Time, x.Lanes[0].OfferedRate}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return first
}

// Each scenario breaks first where its name says, within ten seconds, and no
// part of it breaks once that one is mended; what does not mend it leaves it to
// break under the same load.
func TestFirstToBreak(t *testing.T) {
	t.Parallel()
	const batch, salt = "lanes.orders.batch.size=64", "stores.orders.route=salted"
	const lines, one = "lanes.orders.queue.lines=per_partition", "lanes.orders.queue.workers=1"
	const wider, stronger, lock = "stores.orders.partitions=32", "stores.orders.cpus=8", "stores.orders.key_lock=true"
	const refuse, block, durable, commit = "lanes.orders.queue.when_full=reject", "lanes.orders.queue.when_full=block", "lanes.orders.queue.mode=durable", "lanes.orders.ack=commit"
	const workers, gather = "lanes.orders.consumers.workers=16", "lanes.orders.consumers.batch=8"
	for _, test := range []struct {
		part   string
		breach breach
		mends  [][]string
		fails  [][]string
		price  breach // of mending it
	}{
		{"storage-cpu", breachCPU, [][]string{{batch}, {stronger}}, [][]string{{wider}}, ""},
		{"hot-key", breachHotKey, [][]string{{salt}}, [][]string{{wider}, {"stores.orders.cpus=16"}}, breachOrder},
		{"ordering", breachOrder, [][]string{{lines, one}, {lock}}, [][]string{{wider}}, ""},
		{"durability", breachDurability, [][]string{{refuse}, {block}, {commit}}, [][]string{{durable}}, ""},
		{"consumers", breachConsumers, [][]string{{workers}, {gather}}, [][]string{{wider}}, ""},
	} {
		t.Run(test.part, func(t *testing.T) {
			t.Parallel()
			name := "first-to-break-" + test.part
			first := firstFall(t, name)
			if first.breach != test.breach || first.at > 10*sim.Second {
				t.Errorf("first to break is %s, want %s within ten seconds", first, test.breach)
			}
			if testing.Short() {
				return
			}
			for _, texts := range test.mends {
				if got := firstFall(t, name, texts...); got.breach != cmp.Or(test.price, breachNone) {
					t.Errorf("with %v, first to break is %s, want %s", texts, got, cmp.Or(test.price, breachNone))
				}
			}
			for _, texts := range test.fails {
				if got := firstFall(t, name, texts...); got.breach != test.breach || got.load > 1.3*first.load {
					t.Errorf("with %v, first to break is %s, want it as before: %s", texts, got, first)
				}
			}
		})
	}
}
