package models

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"onepen/sim"
)

// traced gives a scenario a trace of n writes, gap seconds apart, whose keys
// are 0, 1, 2, … modulo some number.
func traced(s *Scenario, n int, gap float64, keys int) *Scenario {
	var b strings.Builder
	b.WriteString("time_s,key\n")
	for i := range n {
		fmt.Fprintf(&b, "%g,%d\n", float64(i)*gap, i%keys)
	}
	s.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(b.String())), nil }
	return s
}

// TestWarningsSeeTraces replays a write every 10 ms ten times as fast, 1 000/s,
// on partitions that take 500/s each.
func TestWarningsSeeTraces(t *testing.T) {
	for _, c := range []struct {
		keys int
		set  []string
		want string // "" = no warning
	}{
		{1000, []string{"stores.s.partitions", "1"}, "store s, P00 is offered 200 % of its capacity: its line will grow as long as the run lasts"},
		{1000, []string{"stores.s.partitions", "4"}, ""},
		{1000, []string{"stores.s.partitions", "1", "lanes.w.arrivals.speed", "1"}, ""},
		{1, []string{"stores.s.partitions", "4", "lanes.w.keys.skew", "trace"}, "is offered 200 %"},
		{1000, []string{"stores.s.partitions", "4", "lanes.w.keys.skew", "trace"}, ""},
		{1000, []string{"stores.s.partitions", "1", "lanes.w.arrivals.group", "2"}, "is offered 400 %"},
	} {
		s := built(t, append([]string{"lanes.w.arrivals.process", "trace", "lanes.w.arrivals.trace", "x.csv",
			"lanes.w.arrivals.speed", "10", "stores.s.overhead", "2ms"}, c.set...)...)
		got := strings.Join(traced(s, 2000, 0.01, c.keys).Warnings(), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d keys, %v: %q, want %q", c.keys, c.set, got, c.want)
		}
	}
}

// TestWarningsSeeRenewals: gaps of 1 ms on average are 1 000/s, whatever rate is
// declared for other processes.
func TestWarningsSeeRenewals(t *testing.T) {
	s := built(t, "lanes.w.arrivals.process", "renewal", "lanes.w.arrivals.gap", "uniform(0.5ms, 1.5ms)",
		"lanes.w.arrivals.rate", "1/s", "stores.s.partitions", "1", "stores.s.overhead", "2ms")
	if got := strings.Join(s.Warnings(), "; "); !strings.Contains(got, "is offered 200 %") {
		t.Errorf("%q", got)
	}
}

// TestWarningsFollowTheTimeline offers 400/s to a partition that takes 500/s,
// and changes the rate on the way.
func TestWarningsFollowTheTimeline(t *testing.T) {
	rate := func(at, span sim.Time, rate string) Change {
		return Change{At: at * sim.Second, For: span * sim.Second, Set: []Assignment{{"lanes.w.arrivals.rate", rate}}}
	}
	for _, c := range []struct {
		name     string
		timeline []Change
		want     string
	}{
		{"never", []Change{rate(10, 0, "450/s")}, ""},
		{"for good", []Change{rate(10, 0, "600/s")}, "store s, P00 is offered 120 % of its capacity from 10s on: its line will grow as long as the run lasts"},
		{"for a while", []Change{rate(10, 5, "600/s")}, "store s, P00 is offered 120 % of its capacity from 10s to 15s: its line will grow meanwhile"},
		{"until it is mended", []Change{rate(10, 0, "600/s"), rate(20, 0, "100/s")}, "store s, P00 is offered 120 % of its capacity from 10s to 20s: its line will grow meanwhile"},
		{"at any nanosecond", []Change{{At: 3_636_336_109, Set: rate(0, 0, "600/s").Set}}, "store s, P00 is offered 120 % of its capacity from 3.636s on: its line will grow as long as the run lasts"},
		{"for less than what is told", []Change{{At: 3_636_100_000, For: 300_000, Set: rate(0, 0, "600/s").Set}}, "store s, P00 is offered 120 % of its capacity from 3.6361s to 3.6364s: its line will grow meanwhile"},
		{"twice", []Change{rate(5, 5, "600/s"), rate(20, 5, "700/s")}, "store s, P00 is offered 120 % of its capacity from 5s to 10s: its line will grow meanwhile; " +
			"store s, P00 is offered 140 % of its capacity from 20s to 25s: its line will grow meanwhile"},
		{"more and more", []Change{rate(5, 0, "600/s"), rate(20, 0, "700/s")}, "store s, P00 is offered 140 % of its capacity from 5s on: its line will grow as long as the run lasts"},
		{"at the start", []Change{rate(0, 0, "600/s")}, "store s, P00 is offered 120 % of its capacity: its line will grow as long as the run lasts"},
	} {
		s := built(t, "duration", "30s", "lanes.w.arrivals.rate", "400/s", "stores.s.partitions", "1", "stores.s.overhead", "2ms")
		s.Timeline = c.timeline
		if got := strings.Join(s.Warnings(), "; "); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestWarningsKnowBucketsThatRotate: 1 000/s on eight partitions of 500/s, all
// of now on one. Together they keep up, unless the load is nine times as high
// or the bucket outlasts the run.
func TestWarningsKnowBucketsThatRotate(t *testing.T) {
	for _, c := range []struct {
		set  []string
		want string
	}{
		{nil, "store s, partition of the moment is offered 200 % of its capacity: its line piles up while its bucket lasts (1s) and drains afterwards"},
		{[]string{"lanes.w.arrivals.rate", "4500/s"}, "is offered 900 % of its capacity: its line will grow as long as the run lasts"},
		{[]string{"stores.s.bucket", "2m"}, "is offered 200 % of its capacity: its line will grow as long as the run lasts"},
	} {
		s := built(t, append([]string{"duration", "1m", "lanes.w.arrivals.rate", "1000/s", "stores.s.partitions", "8",
			"stores.s.overhead", "2ms", "stores.s.route", "time_bucket", "stores.s.bucket", "1s"}, c.set...)...)
		if got := strings.Join(s.Warnings(), "; "); !strings.Contains(got, c.want) {
			t.Errorf("%v: %q, want %q", c.set, got, c.want)
		}
	}
}
