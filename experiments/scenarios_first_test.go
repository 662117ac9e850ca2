package experiments

import (
	"fmt"
	"strings"
	"testing"

	"onepen/experiments/breach"
	"onepen/sim"
)

// fall is the first breach of a run, and the load under which it came.
type fall struct {
	breach.Breach
	broke bool
	load  float64 // [1/s]
}

func (f fall) String() string {
	if !f.broke {
		return "nothing"
	}
	return fmt.Sprintf("%s, %s, at %s, %.0f/s", f.Kind, f.What, f.At, f.load)
}

// firstFall runs the first twenty seconds of a scenario and tells what broke
// first.
func firstFall(t *testing.T, name string, texts ...string) fall {
	t.Helper()
	r := mustRun(t, loaded(t, name, append([]string{"duration=20s"}, texts...)...), Options{Series: true})
	if len(r.Breaches) == 0 {
		return fall{}
	}
	first := fall{Breach: r.Breaches[0], broke: true}
	for i := range r.Series { // the load of the second around it
		if s := &r.Series[i]; s.Time > first.At-sim.Second/2 && s.Time <= first.At+sim.Second/2 {
			first.load += s.Lanes[0].OfferedRate * s.Span.Seconds()
		}
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
		part  string
		kind  breach.Kind
		what  string // begins so
		mends [][]string
		fails [][]string
		price breach.Kind // of mending it; that of the scenario for nothing
	}{
		{"storage-cpu", breach.Storage, "the CPUs of both nodes", [][]string{{batch}, {stronger}}, [][]string{{wider}}, breach.Storage},
		{"hot-key", breach.HotKey, "key k1000 in partition", [][]string{{salt}}, [][]string{{wider}, {"stores.orders.cpus=16"}}, breach.Ordering},
		{"ordering", breach.Ordering, "the order", [][]string{{lines, one}, {lock}}, [][]string{{wider}}, breach.Ordering},
		{"durability", breach.Durability, "the promise to keep", [][]string{{refuse}, {block}, {commit}}, [][]string{{durable}}, breach.Durability},
		{"consumers", breach.Consumers, "the consumers of", [][]string{{workers}, {gather}}, [][]string{{wider}}, breach.Consumers},
	} {
		t.Run(test.part, func(t *testing.T) {
			t.Parallel()
			name := "first-to-break-" + test.part
			first := firstFall(t, name)
			if !first.broke || first.Kind != test.kind || !strings.HasPrefix(first.What, test.what) || first.At > 10*sim.Second {
				t.Errorf("first to break is %s, want %s, %s… within ten seconds", first, test.kind, test.what)
			}
			if testing.Short() {
				return
			}
			for _, texts := range test.mends {
				if got := firstFall(t, name, texts...); got.broke && (test.price == test.kind || got.Kind != test.price) {
					t.Errorf("with %v, first to break is %s", texts, got)
				}
			}
			for _, texts := range test.fails {
				if got := firstFall(t, name, texts...); !got.broke || got.Kind != test.kind || got.load > 1.3*first.load {
					t.Errorf("with %v, first to break is %s, want it as before: %s", texts, got, first)
				}
			}
		})
	}
}

// TestNothingBreaks: what is merely busy, bursty or mended does not count as
// broken, however often it is looked at.
func TestNothingBreaks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario string
		set      []string
	}{
		{"one-pen", []string{"allocators.counter.strategy=range"}},
		{"one-pen", []string{"lanes.orders.arrivals.rate=900/s"}},
		{"chat-messages", []string{"stores.chats.key_lock=true"}},
		{"web-clicks", []string{"stores.pages.partitions=4"}},
		{"retry-storm", []string{"duration=4900ms"}}, // 95 % busy
	} {
		if r := watch(t, c.scenario, append(c.set, "seed=77")...); len(r.Breaches) > 0 {
			t.Errorf("%s %v: %s", c.scenario, c.set, breach.Tell(r.Breaches, clock))
		}
	}
}

// TestWhatBreaks: what breaks in scenarios with another lesson.
func TestWhatBreaks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario string
		set      []string
		want     string // begins so
	}{
		{"one-pen", []string{"lanes.orders.arrivals.rate=1200/s"}, "the allocator `counter`, at 100 ms"},
		{"ad-clicks", nil, "partition P0"},
		{"flash-sale", nil, "key k10000 in partition P04 of `stock`, at 3"},
		{"slow-consumer", nil, "the consumers of `orders`"},
		{"clock-step", nil, "the promise that no two writes of `orders` have one ID, at 5."},
		{"clock-step", []string{"allocators.clocks.guard=true"}, "nothing broke"},
		{"one-pen", []string{"allocators.counter.strategy=range", "lanes.orders.queue.mode=memory", "lanes.orders.queue.workers=1"}, "the workers of the queue of `orders`"},
	} {
		r := watch(t, c.scenario, append(c.set, "duration=20s")...)
		if got := breach.Tell(r.Breaches, clock); !strings.HasPrefix(got, "broke first: "+c.want) {
			t.Errorf("%s %v: %s, want %s…", c.scenario, c.set, got, c.want)
		}
	}
}
