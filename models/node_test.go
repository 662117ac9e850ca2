package models

import (
	"math"
	"testing"

	"onepen/sim"
)

// TestNodeMeasures: 400 operations a second of 4 ms each, spread over four
// partitions on two nodes, take 1.6 CPUs of 2 × 1, 0.8 of each node; M/D/1 has
// ρ²/2(1-ρ) = 1.6 in line (Kleinrock 1975, "Queueing Systems" vol. 1, eq. 5.66)
// on each as long as a partition takes all that come.
func TestNodeMeasures(t *testing.T) {
	r := finish(t, built(t, "duration", "500s", "warmup", "20s", "lanes.w.arrivals.rate", "400/s", "lanes.w.keys.space", "100000",
		"stores.s.partitions", "4", "stores.s.servers", "1000", "stores.s.overhead", "4ms", "stores.s.nodes", "2", "stores.s.cpus", "1"))
	nodes := r.Stores[0].Nodes
	if len(nodes) != 2 {
		t.Fatalf("%d nodes measured, want 2", len(nodes))
	}
	for _, n := range nodes {
		// Of 100 000 operations at ρ = 0.8 the utilization has a standard error of
		// ρ/√n = 0.0025, the line one of about 4 %.
		if math.Abs(n.Utilization-0.8) > 4*0.0025+0.01 || math.Abs(n.LineMean-1.6) > 0.3 || n.LineMax < 5 || n.CPUs != 1 {
			t.Errorf("node %d: %+v, want 0.8 busy and 1.6 in line", n.Node, n)
		}
	}
}

// TestNodeLog: a log that is synced for 2 ms in a row without an end is always
// busy, one that nobody writes to never.
func TestNodeLog(t *testing.T) {
	r := finish(t, built(t, "duration", "20s", "lanes.w.arrivals.rate", "2000/s", "lanes.w.keys.skew", "one",
		"stores.s.partitions", "2", "stores.s.servers", "1000", "stores.s.overhead", "0s", "stores.s.nodes", "2", "stores.s.sync", "2ms"))
	var busy, idle *NodeResult
	for i := range r.Stores[0].Nodes {
		if n := &r.Stores[0].Nodes[i]; n.Syncs > 0 {
			busy = n
		} else {
			idle = n
		}
	}
	// The log rests for 1/λ = 0.5 ms after a sync in which nobody came: with
	// probability exp(-4). So 2 ms of every 2 ms + 0.5 ms · exp(-4) are busy.
	want := 2 / (2 + 0.5*math.Exp(-4))
	if busy == nil || idle == nil || math.Abs(busy.SyncBusy-want) > 0.003 || idle.SyncBusy != 0 {
		t.Fatalf("busy %+v, idle %+v, want %v and 0", busy, idle, want)
	}
	if syncs := want * 20 / 0.002; math.Abs(float64(busy.Syncs)-syncs) > 0.003*syncs {
		t.Errorf("%d syncs, want %.0f", busy.Syncs, syncs)
	}
}

// TestCPUsTakenAway: CPUs that are taken away while at work finish what they
// do, and are busy no longer than they are there.
func TestCPUsTakenAway(t *testing.T) {
	y := start(t, built(t, "lanes.w.arrivals.rate", "2000/s", "stores.s.partitions", "4", "stores.s.servers", "100",
		"stores.s.overhead", "exponential(4ms)", "stores.s.nodes", "1", "stores.s.cpus", "8"), 0)
	for i, cpus := range []string{"1", "16", "3", "2", "8"} {
		y.RunUntil(sim.Time(i+1) * sim.Second)
		if err := y.Apply([]Assignment{{Path: "stores.s.cpus", Value: cpus}}); err != nil {
			t.Fatal(err)
		}
		mustHold(t, y)
	}
}
