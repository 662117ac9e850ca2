package models

import (
	"math"
	"testing"

	"onepen/sim"
)

// replicated is a store that is never the place to wait at, with three replicas
// of exponential confirmation times of 2 ms.
func replicated(t *testing.T, quorum string) *Scenario {
	t.Helper()
	return built(t, "duration", "20s", "lanes.w.arrivals.rate", "2000/s", "stores.s.partitions", "4", "stores.s.servers", "64",
		"stores.s.overhead", "1ms", "stores.s.replicas", "3", "stores.s.quorum", quorum, "stores.s.replication", "exponential(2ms)")
}

func fault(kind FaultKind, target string, at, span sim.Time) Change {
	c := Change{At: at, Fault: Fault{Kind: kind, Target: target}, For: span}
	if kind == Slow {
		c.Fault.By = 10
	}
	return c
}

// TestFollowerOutOfAction: the wait for a quorum is an order statistic of those
// followers that are up, and of their own speeds: the least of two exponential
// times of rates 1/m and 1/(10 m) has mean 10 m/11, the greater 10 m + m - 10 m/11.
func TestFollowerOutOfAction(t *testing.T) {
	const m = 0.002
	for _, c := range []struct {
		name   string
		quorum string
		fault  Change
		want   float64
	}{
		{"all up, the first of two", "2", Change{}, m / 2},
		{"one down, the only one left", "2", fault(Crash, "stores.s.followers.0", 0, 0), m},
		{"the other", "2", fault(Crash, "stores.s.followers.1", 0, 0), m},
		{"all up, the last of two", "3", Change{}, 1.5 * m},
		{"one slow, the first of two", "2", fault(Slow, "stores.s.followers.1", 0, 0), m * 10 / 11},
		{"one slow, the last of two", "3", fault(Slow, "stores.s.followers.0", 0, 0), m * (11 - 10./11)},
	} {
		s := replicated(t, c.quorum)
		if c.fault.Fault.Kind != NoFault {
			s.Timeline = []Change{c.fault}
		}
		l := finish(t, s).Lanes[0]
		got := l.Parts[StageReplication]
		if slack := 4 * 10 * m / math.Sqrt(float64(l.Counts.Committed)); math.Abs(got-c.want) > slack || math.Abs(got/c.want-1) > 0.05 {
			t.Errorf("%s: %v s waiting for replicas, want %v", c.name, got, c.want)
		}
	}
}

// TestQuorumComesBack: while too few replicas are up nothing is committed, and
// nothing lost; with the follower everything that has waited goes on.
func TestQuorumComesBack(t *testing.T) {
	s := replicated(t, "3")
	s.Timeline = []Change{fault(Crash, "stores.s.followers.1", 5*sim.Second, 5*sim.Second)}
	y := start(t, s, 0)
	committed := func(until sim.Time) uint64 {
		y.RunUntil(until)
		mustHold(t, y)
		return y.Result().Lanes[0].Counts.Committed
	}
	before := committed(5*sim.Second + 100*sim.Millisecond) // what was sent before is confirmed
	if during := committed(10 * sim.Second); during != before {
		t.Errorf("%d writes were committed without a quorum", during-before)
	}
	after, counts := committed(10*sim.Second+100*sim.Millisecond), y.Result().Lanes[0].Counts
	if after < before+9_500 || counts.AckedLost+counts.Rejected+counts.Erred > 0 {
		t.Errorf("%d writes after five seconds of 2000/s, and %+v", after-before, counts)
	}

	// A quorum that needs fewer is enough as well.
	s.Timeline = []Change{
		fault(Crash, "stores.s.followers.1", 5*sim.Second, 0),
		{At: 10 * sim.Second, Set: []Assignment{{Path: "stores.s.quorum", Value: "2"}}},
	}
	if l := finish(t, s).Lanes[0]; l.InFlight > 100 {
		t.Errorf("%d writes in flight ten seconds after the quorum was made smaller", l.InFlight)
	}
}

// TestLeaderAlone: a leader that waits for nobody, and whose followers are down,
// is ahead by all that it stores. Does it crash when one of them is up again,
// that one takes over without what it has not been sent yet; if none is, the
// leader itself comes back.
func TestLeaderAlone(t *testing.T) {
	for _, c := range []struct {
		name        string
		back        sim.Time
		least, most uint64 // of the writes that a partition stores in 5 s, 2500
	}{
		{"caught up", 2 * sim.Second, 0, 30},
		{"back at the moment of the crash", 5 * sim.Second, 2_200, 2_800},
		{"still down", 6 * sim.Second, 0, 0},
	} {
		s := replicated(t, "1")
		s.Timeline = []Change{
			fault(Crash, "stores.s.followers.0", 5*sim.Second, c.back),
			fault(Crash, "stores.s.followers.1", 5*sim.Second, c.back),
			fault(Crash, "stores.s.partitions.0", 10*sim.Second, sim.Second),
		}
		if got := finish(t, s).Lanes[0].Counts.AckedLost; got < c.least || got > c.most {
			t.Errorf("%s: %d acked writes lost, want %d to %d", c.name, got, c.least, c.most)
		}
	}
}

// TestNewFollower: a follower that is added has to be sent what there is, like
// one that comes back. Before that it is part of no quorum, and does not have what
// the leader committed on its own.
func TestNewFollower(t *testing.T) {
	const added, confirms = 8 * sim.Second, 200 * sim.Millisecond
	whileOneIsDown := func(quorum string, more ...Change) *Scenario {
		s := replicated(t, quorum)
		assign(t, s, "stores.s.replicas", "2", "stores.s.replication", "200ms")
		s.Timeline = append([]Change{
			fault(Crash, "stores.s.followers.0", 5*sim.Second, 0),
			{At: added, Set: []Assignment{{Path: "stores.s.replicas", Value: "3"}}},
		}, more...)
		return s
	}

	y := start(t, whileOneIsDown("2"), 0)
	y.RunUntil(added + confirms/2)
	before := y.Result().Lanes[0].Counts.Committed
	if y.RunUntil(added + 2*confirms); y.Result().Lanes[0].Counts.Committed < before+5_500 {
		t.Errorf("%d writes of three seconds of 2000/s were committed when the new follower had them", y.Result().Lanes[0].Counts.Committed-before)
	}

	for _, c := range []struct {
		crash       sim.Time
		least, most uint64 // of the 500 writes that a partition stores in a second
	}{
		{added + confirms/2, 1_400, 1_700}, // in 3.1 s
		{added + 2*confirms, 60, 140},      // in 0.2 s
	} {
		s := whileOneIsDown("1", fault(Crash, "stores.s.partitions.0", c.crash, sim.Second))
		if got := finish(t, s).Lanes[0].Counts.AckedLost; got < c.least || got > c.most {
			t.Errorf("crash at %v: %d acked writes lost, want %d to %d", c.crash, got, c.least, c.most)
		}
	}
}
