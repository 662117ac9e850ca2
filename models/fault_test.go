package models

import (
	"strings"
	"testing"

	"onepen/sim"
)

// crashed is a lane whose queue takes 1 000 writes a second that the store
// cannot keep up with, and crashes at 10 s for 2 s.
func crashed(t *testing.T, set ...string) (y *System, queued, acked int) {
	t.Helper()
	s := built(t, append([]string{"duration", "20s", "lanes.w.arrivals.rate", "1000/s", "lanes.w.ack", "accept",
		"lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "1", "stores.s.overhead", "2ms"}, set...)...)
	y = start(t, s, 0)
	y.RunUntil(10 * sim.Second)
	for i := range y.writes.used { // an independent count: every write in memory, one by one
		w := y.writes.at(i)
		if w.inFlight() && w.stage() == StageQueue {
			queued++
			if w.has(stateAcked) {
				acked++
			}
		}
	}
	if err := y.Make(Change{Fault: Fault{Kind: Crash, Target: "lanes.w.queue"}, For: 2 * sim.Second}); err != nil {
		t.Fatal(err)
	}
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	return y, queued, acked
}

func TestMemoryQueueLosesWhatItAcked(t *testing.T) {
	y, queued, acked := crashed(t)
	c := y.Result().Lanes[0].Counts
	if acked < 4000 || acked != queued || c.AckedLost != uint64(acked) || c.Dropped != uint64(queued) {
		t.Errorf("%d writes in the queue, %d of them acked; %d dropped, %d acked and lost", queued, acked, c.Dropped, c.AckedLost)
	}
	y.RunUntil(11 * sim.Second)
	if got := y.Result().Lanes[0].Counts.Rejected - c.Rejected; got < 900 {
		t.Errorf("%d writes rejected in a second without the queue, want about 1000", got)
	}
	y.RunUntil(20 * sim.Second)
	if err := y.Check(); err != nil {
		t.Error(err)
	}
	if got := y.Result().Lanes[0].Counts.Committed - c.Committed; got < 3500 {
		t.Errorf("%d writes committed after the crash, want about 4000 in 8 s", got)
	}
}

func TestDurableQueueKeepsWhatItSynced(t *testing.T) {
	y, _, acked := crashed(t, "lanes.w.queue.mode", "durable")
	if c := y.Result().Lanes[0].Counts; c.AckedLost != 0 || acked < 4000 {
		t.Errorf("%d acked writes in a log that is synced before every answer, %d lost", acked, c.AckedLost)
	}
	// Synced every 300 ms, the last time at 9.9 s: what was accepted in the 100 ms since is lost, about 100 writes.
	y, _, _ = crashed(t, "lanes.w.queue.mode", "durable", "lanes.w.queue.sync_every", "300ms")
	if c := y.Result().Lanes[0].Counts; c.AckedLost < 70 || c.AckedLost > 130 {
		t.Errorf("%d acked writes lost of the 100 ms since the last sync, want about 100", c.AckedLost)
	}
}

func TestPartitionCrash(t *testing.T) {
	s := built(t, "duration", "30s", "lanes.w.arrivals.rate", "400/s", "stores.s.partitions", "4", "stores.s.overhead", "5ms")
	s.Timeline = []Change{{At: 10 * sim.Second, Fault: Fault{Kind: Crash, Target: "stores.s.partitions.2"}, For: 5 * sim.Second}}
	c := finish(t, s).Lanes[0].Counts
	refused := c.Rejected + c.Erred
	if refused < 400 || refused > 600 { // a quarter of 400/s for 5 s
		t.Errorf("%d writes refused, want about 500", refused)
	}
	if c.AckedLost != 0 {
		t.Errorf("%d acked writes lost, though writers are answered on commit", c.AckedLost)
	}

	// With replicas a follower takes over after 1 s.
	assign(t, s, "stores.s.replicas", "3", "stores.s.quorum", "2", "stores.s.failover", "1s")
	c = finish(t, s).Lanes[0].Counts
	if refused := c.Rejected + c.Erred; refused < 60 || refused > 140 || c.AckedLost != 0 {
		t.Errorf("with a quorum %d writes refused, want about 100, and %d lost, want 0", refused, c.AckedLost)
	}

	// Without a quorum the leader is ahead of its followers by 20 ms, 2 writes a partition, on average.
	lost := uint64(0)
	for seed := range uint64(20) {
		s.Seed = seed
		assign(t, s, "stores.s.quorum", "1", "stores.s.replication", "20ms")
		lost += finish(t, s).Lanes[0].Counts.AckedLost
	}
	if lost < 20 || lost > 60 {
		t.Errorf("%d acked writes lost in 20 crashes of a leader that is 2 writes ahead, want about 40", lost)
	}
}

// TestSlowQueue makes each append take 5 ms in place of 1 for a second. A write
// waits for the rest of the append under way and for its own: one and a half
// appends in the mean at this load.
func TestSlowQueue(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.arrivals.rate", "5000/s", "lanes.w.ack", "accept",
		"lanes.w.queue.mode", "durable", "lanes.w.queue.append", "1ms", "stores.s.overhead", "100us")
	s.Timeline = []Change{{At: 5 * sim.Second, Fault: Fault{Kind: Slow, Target: "lanes.w.queue", By: 5}, For: sim.Second}}
	y := start(t, s, 0)
	for _, c := range []struct {
		until sim.Time
		want  float64 // mean time to ack [s]
	}{{5 * sim.Second, 0.0015}, {6 * sim.Second, 0.0075}, {10 * sim.Second, 0.0015}} {
		y.RunUntil(c.until)
		var snapshot Snapshot
		y.Sample(&snapshot)
		if got := snapshot.Lanes[0].Ack.Mean; got < 0.95*c.want || got > 1.05*c.want {
			t.Errorf("to %v: %v s to ack, want about %v", c.until, got, c.want)
		}
	}
	mustHold(t, y)
}

func TestSlowPartitionAndCounter(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "allocators.a.service", "1ms", "stores.s.overhead", "2ms")
	s.Timeline = []Change{
		{At: 5 * sim.Second, Fault: Fault{Kind: Slow, Target: "stores.s.partitions.0", By: 3}},
		{At: 5 * sim.Second, Fault: Fault{Kind: Slow, Target: "allocators.a", By: 4}, For: 5 * sim.Second},
	}
	y := start(t, s, 0)
	y.RunUntil(5 * sim.Second)
	y.Sample(new(Snapshot))
	y.RunUntil(10 * sim.Second)
	var snapshot Snapshot
	y.Sample(&snapshot)
	if got := snapshot.Stores[0].Partitions[0].Utilization; got < 0.5 || got > 0.7 {
		t.Errorf("utilization %v of a partition three times as slow, want about 0.6", got)
	}
	if got := snapshot.Allocators[0].Utilization; got < 0.33 || got > 0.47 {
		t.Errorf("utilization %v of a counter four times as slow, want about 0.4", got)
	}
}

func TestCounterCrashStopsIDsAndGoesOn(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.arrivals.rate", "500/s", "lanes.w.ids", "a", "allocators.a.service", "1ms", "stores.s.overhead", "100us")
	y := start(t, s, 0)
	y.RunUntil(5 * sim.Second)
	if err := y.Make(Change{Fault: Fault{Kind: Crash, Target: "allocators.a"}, For: sim.Second}); err != nil {
		t.Fatal(err)
	}
	y.RunUntil(5900 * sim.Millisecond)
	var snapshot Snapshot
	y.Sample(&snapshot)
	if got := snapshot.Allocators[0].Waiting; got < 400 {
		t.Errorf("%d writes wait for a counter that is down for 0.9 s, want about 450", got)
	}
	y.RunUntil(10 * sim.Second)
	y.Sample(&snapshot)
	if got := snapshot.Allocators[0].Waiting; got > 10 {
		t.Errorf("%d writes still wait", got)
	}
	if err := y.Check(); err != nil {
		t.Error(err)
	}
}

func TestWriterCrashWastesItsLease(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "allocators.a.strategy", "range", "allocators.a.prefetch", "0", "allocators.a.block", "1000", "stores.s.overhead", "100us")
	s.Timeline = []Change{{At: 5 * sim.Second, Fault: Fault{Kind: Crash, Target: "lanes.w.writers.0"}}}
	r := finish(t, s)
	issued := r.Allocators[0].Issued
	if got := r.Allocators[0].Wasted; got == 0 || got >= 1000 || issued < 900 {
		t.Errorf("%d IDs wasted of a lease of 1000", got)
	}
}

func TestChangeForASpanIsUndone(t *testing.T) {
	s := built(t, "duration", "10s", "stores.s.overhead", "100us")
	s.Timeline = []Change{{At: 2 * sim.Second, For: 3 * sim.Second, Set: []Assignment{{Path: "lanes.w.arrivals.rate", Value: "1000/s"}}}}
	y := start(t, s, 0)
	for _, want := range []struct {
		at   sim.Time
		rate string
	}{{sim.Second, "100/s"}, {4 * sim.Second, "1000/s"}, {6 * sim.Second, "100/s"}} {
		y.RunUntil(want.at)
		if got, _ := y.Scenario().Value("lanes.w.arrivals.rate"); got != want.rate {
			t.Errorf("at %s the rate is %s, want %s", want.at, got, want.rate)
		}
	}
}

func TestCheckFault(t *testing.T) {
	s := built(t, "stores.s.partitions", "4", "lanes.w.arrivals.writers", "8")
	for _, c := range []struct {
		fault Fault
		want  string // in the error; "" = none
	}{
		{Fault{Kind: Crash, Target: "stores.s.partitions.3"}, ""},
		{Fault{Kind: Crash, Target: "stores.s.nodes.0"}, ""},
		{Fault{Kind: Crash, Target: "lanes.w.queue"}, ""},
		{Fault{Kind: Crash, Target: "lanes.w.writers.7"}, ""},
		{Fault{Kind: Slow, Target: "allocators.a", By: 2}, ""},
		{Fault{Kind: Crash, Target: "stores.s.partitions.4"}, "0 to 3"},
		{Fault{Kind: Crash, Target: "stores.s.partition.1"}, "did you mean stores.s.partitions"},
		{Fault{Kind: Crash, Target: "stores.t.partitions.1"}, `there is no store "t"`},
		{Fault{Kind: Crash, Target: "store.s.partitions.1"}, "did you mean stores"},
		{Fault{Kind: Crash, Target: "stores.s"}, "one of its parts: partitions, nodes"},
		{Fault{Kind: Slow, Target: "stores.s.partitions.1"}, "slow needs by"},
		{Fault{Kind: Slow, Target: "lanes.w.queue", By: 2}, ""},
		{Fault{Kind: Slow, Target: "lanes.w.queue"}, "slow needs by"},
		{Fault{Kind: Slow, Target: "lanes.w.writers.0", By: 2}, "cannot be slow"},
		{Fault{Kind: Crash, Target: "allocators.a", By: 2}, "takes no by"},
		{Fault{Kind: Crash, Target: ""}, "a fault befalls"},
	} {
		err := s.CheckFault(c.fault)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%+v: %v", c.fault, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%+v: error %v, want %q in it", c.fault, err, c.want)
		}
	}
}

// TestOrderOfAConversation: with shared workers two writes of one key can
// overtake each other at a partition with several servers; with one server per
// partition they cannot.
func TestOrderOfAConversation(t *testing.T) {
	set := []string{"duration", "20s", "lanes.w.arrivals.rate", "500/s", "lanes.w.keys.space", "10", "lanes.w.queue.mode", "memory",
		"stores.s.partitions", "4", "stores.s.servers", "4", "stores.s.overhead", "exponential(5ms)"}
	if got := finish(t, built(t, set...)).Lanes[0].Counts.Inversions; got < 500 {
		t.Errorf("shared workers: %d order inversions, want many", got)
	}
	one := append(set, "lanes.w.queue.lines", "per_partition", "lanes.w.queue.workers", "1")
	if got := finish(t, built(t, one...)).Lanes[0].Counts.Inversions; got != 0 {
		t.Errorf("one worker for each partition: %d order inversions, want none", got)
	}
}

// TestFaultOfPartitionThatIsGoneEnds: fewer partitions while one of those that
// go is down must not leave it down for ever.
func TestFaultOfPartitionThatIsGoneEnds(t *testing.T) {
	y := start(t, built(t, "stores.s.partitions", "4", "stores.s.overhead", "100us"), 0)
	if err := y.Make(Change{Fault: Fault{Kind: Crash, Target: "stores.s.partitions.3"}, For: 2 * sim.Second}); err != nil {
		t.Fatal(err)
	}
	if err := y.Apply([]Assignment{{Path: "stores.s.partitions", Value: "2"}}); err != nil {
		t.Fatal(err)
	}
	y.RunUntil(3 * sim.Second)
	if down := y.stores[0].partitions[3].down; down != 0 {
		t.Errorf("partition 3 is down %d times after its fault", down)
	}
}

// TestSampleTellsWhatIsDown crashes each component for a second, one after the
// other, and looks at them in between.
func TestSampleTellsWhatIsDown(t *testing.T) {
	s := built(t, "duration", "10s", "lanes.w.ids", "a", "lanes.w.queue.mode", "durable", "stores.s.partitions", "4",
		"stores.s.replicas", "3", "stores.s.quorum", "3", "stores.s.failover", "1s")
	for i, target := range []string{"stores.s.partitions.2", "lanes.w.queue", "allocators.a", "stores.s.followers.1"} {
		s.Timeline = append(s.Timeline, Change{At: sim.Time(2*i+1) * sim.Second, Fault: Fault{Kind: Crash, Target: target}, For: sim.Second})
	}
	y := start(t, s, 0)
	var x Snapshot
	for half := range sim.Time(9) {
		y.RunUntil(half*sim.Second + sim.Second/2)
		y.Sample(&x)
		for i, p := range x.Stores[0].Partitions {
			if want := half == 1 && i == 2; p.Down != want {
				t.Errorf("at %v partition %d is down: %v, want %v", x.Time, i, p.Down, want)
			}
		}
		if got := x.Lanes[0].QueueDown; got != (half == 3) {
			t.Errorf("at %v the queue is down: %v", x.Time, got)
		}
		if got := x.Allocators[0].Down; got != (half == 5) {
			t.Errorf("at %v the counter is down: %v", x.Time, got)
		}
		if got := x.Stores[0].Short; got != (half == 7) {
			t.Errorf("at %v the store is short of replicas: %v", x.Time, got)
		}
	}
}
