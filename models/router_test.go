package models

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"onepen/sim"
)

// spread is a store of 1 ms an operation, in 8 partitions, under 4 000
// writes/s: half of its capacity, if they spread evenly.
func spread(tb testing.TB, set ...string) *Scenario {
	return built(tb, append([]string{
		"duration", "20s", "warmup", "2s", "lanes.w.arrivals.rate", "4000/s", "lanes.w.keys.space", "100000",
		"stores.s.partitions", "8", "stores.s.overhead", "exponential(1ms)",
	}, set...)...)
}

// skewNow runs a system for a second and returns the skew of that second.
func skewNow(y *System) float64 {
	var snapshot Snapshot
	y.Sample(&snapshot)
	y.RunUntil(y.Now() + sim.Second)
	y.Sample(&snapshot)
	return snapshot.Stores[0].Skew
}

// TestTimeAndSourceSpreadWhatTimeAloneDoesNot is the case of ad clicks: under
// time_bucket all of now is one partition of 16, whatever the ads; with the ad
// in the hash as well, the same clicks spread.
func TestTimeAndSourceSpreadWhatTimeAloneDoesNot(t *testing.T) {
	y := start(t, spread(t, "stores.s.partitions", "16", "stores.s.overhead", "100us", "stores.s.bucket", "10s",
		"lanes.w.keys.skew", "zipf(0.5)", "stores.s.route", "time_bucket"), 0)
	y.RunUntil(2 * sim.Second)
	if skew := skewNow(y); skew < 15.9 {
		t.Errorf("time_bucket: skew %v within a bucket, want 16", skew)
	}
	if err := y.Apply([]Assignment{{"stores.s.route", "time_source"}}); err != nil {
		t.Fatal(err)
	}
	if skew := skewNow(y); skew > 1.5 {
		t.Errorf("time_source: skew %v, want under 1.5", skew)
	}
	holds(t, y)
}

// TestTwoChoices holds the shorter of two random lines against exact chains
// for 2 and 3 servers, solved numerically, and a reference simulation of 100
// servers with a standard error of 0.01 %, close to its limit for many servers,
// 2.614 ms (Mitzenmacher 2001). Ties are random there and go to the first
// choice here, which is random as the keys are many.
func TestTwoChoices(t *testing.T) {
	for _, q := range []struct {
		partitions int
		rho        float64
		service    string
		rate       string
		mean       float64 // sojourn [s]
		seconds    int
	}{
		{2, 0.9, "exponential(2ms)", "900/s", 10.949825642400658e-3, 300},
		{3, 0.8, "exponential(1ms)", "2400/s", 2.5099997890388694e-3, 60},
		{100, 0.9, "exponential(1ms)", "90000/s", 2.645482e-3, 3},
	} {
		t.Run(fmt.Sprintf("%d at %g", q.partitions, q.rho), func(t *testing.T) {
			t.Parallel()
			s := built(t, "duration", fmt.Sprintf("%ds", q.seconds+1), "warmup", "1s", "lanes.w.arrivals.rate", q.rate,
				"stores.s.partitions", fmt.Sprint(q.partitions), "stores.s.route", "two_choices", "stores.s.overhead", q.service)
			replications := 12
			if testing.Short() {
				replications = 6
			}
			results := replicate(t, s, replications)
			agree(t, "mean sojourn [s]", of(results, func(r *Result) float64 { return r.Lanes[0].Commit.Mean() }), q.mean)
			for _, r := range results {
				if r.Stores[0].ReadWidth != 2 {
					t.Fatalf("read width %v, want 2", r.Stores[0].ReadWidth)
				}
			}
		})
	}
}

// TestSaltingRelievesAHotKey gives one key 60 % of 4 000 writes/s, more than
// the 1 000/s of its partition. Over its 8 sub-keys all is well, and reads pay:
// by the share of the key, they ask 1 + 0.6·(8-1) = 5.2 partitions on average.
func TestSaltingRelievesAHotKey(t *testing.T) {
	hot := spread(t, "lanes.w.keys.skew", "hot(0.6, 1)")
	before := finish(t, hot)
	if got := before.Lanes[0].Counts.Committed; float64(got) > 0.65*float64(before.Lanes[0].Counts.Offered) {
		t.Fatalf("%d of %d writes stored by hash: the key is not hot", got, before.Lanes[0].Counts.Offered)
	}
	assign(t, hot, "stores.s.route", "salted")
	after := finish(t, hot)
	if got, offered := after.Lanes[0].Counts.Committed, after.Lanes[0].Counts.Offered; float64(got) < 0.99*float64(offered) {
		t.Errorf("%d of %d writes stored by salted", got, offered)
	}
	if got := after.Stores[0].Skew; got > 1.1 {
		t.Errorf("skew %v, want about 1", got)
	}
	n := float64(after.Lanes[0].Counts.Offered)
	if got, se := after.Stores[0].ReadWidth, 7*math.Sqrt(0.6*0.4/n); math.Abs(got-5.2) > 3*se {
		t.Errorf("read width %v, want 5.2 ± %v", got, se)
	}
	if before.Stores[0].ReadWidth != 1 {
		t.Errorf("read width by hash %v, want 1", before.Stores[0].ReadWidth)
	}
}

// TestSaltedKeyCools: a celebrity that loses its audience is salted no more,
// within two rounds of counting.
func TestSaltedKeyCools(t *testing.T) {
	y := start(t, spread(t, "lanes.w.keys.celebrity", "0.3", "stores.s.route", "salted"), 0)
	places := map[uint16]int{}
	y.onCommit = func(w *write, _ *operation) {
		if w.key == 100_000 {
			places[w.partition]++
		}
	}
	y.RunUntil(4 * sim.Second)
	if len(places) != 8 {
		t.Errorf("the celebrity is in %d partitions, want 8", len(places))
	}
	if err := y.Apply([]Assignment{{"lanes.w.keys.celebrity", "0"}}); err != nil {
		t.Fatal(err)
	}
	y.RunUntil(10 * sim.Second) // 24 000 writes, two rounds of 10 000
	if err := y.Apply([]Assignment{{"lanes.w.keys.celebrity", "0.001"}}); err != nil {
		t.Fatal(err)
	}
	clear(places)
	y.RunUntil(20 * sim.Second)
	if len(places) != 1 {
		t.Errorf("the cooled celebrity is in %d partitions, want 1", len(places))
	}
	holds(t, y)
}

// stored is the number of writes per second that a system stores over some
// seconds, after one to settle.
func stored(y *System, seconds sim.Time) float64 {
	y.RunUntil(y.Now() + sim.Second)
	before := y.lanes[0].whole().counts.Committed
	y.RunUntil(y.Now() + seconds*sim.Second)
	return float64(y.lanes[0].whole().counts.Committed-before) / float64(seconds)
}

// TestSplittingHelpsManyWarmKeysOnly offers 6 000 writes/s to four range
// partitions of 1 000/s each and splits them to 8. Where many keys are warm
// that doubles what is stored. One hot key cannot be split, nor can the end of
// the key space, where IDs in the order of time are all inserted: there the
// partitions added stay idle, as practice with CockroachDB, Spanner and DynamoDB
// has it.
func TestSplittingHelpsManyWarmKeysOnly(t *testing.T) {
	for _, c := range []struct {
		name          string
		set           []string
		before, after float64 // stored per second, to 10 %
	}{
		{"many warm keys", []string{"lanes.w.keys.skew", "hot(0.9, 5000)"}, 4000, 6000},
		// 80 % to one key; of the others 1 200/s, all elsewhere at first or at last.
		{"one hot key", []string{"lanes.w.keys.skew", "hot(0.8, 1)"}, 1000 + 900, 1000 + 1200},
		{"ordered IDs", []string{"stores.s.route_by", "id"}, 1000, 1000},
		{"unordered IDs", []string{"stores.s.route_by", "id", "allocators.a.strategy", "uuid4"}, 4000, 6000},
		{"ordered IDs, hashed", []string{"stores.s.route_by", "id", "stores.s.route", "hash"}, 4000, 6000},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := spread(t, append([]string{"lanes.w.arrivals.rate", "6000/s", "stores.s.partitions", "4", "stores.s.route", "range",
				"stores.s.backlog", "100", "lanes.w.ids", "a", "allocators.a.strategy", "snowflake"}, c.set...)...)
			y := start(t, s, 0)
			if got := stored(y, 5); math.Abs(got-c.before) > 0.1*c.before {
				t.Errorf("4 partitions store %v writes/s, want %v", got, c.before)
			}
			if err := y.Apply([]Assignment{{"stores.s.partitions", "8"}}); err != nil {
				t.Fatal(err)
			}
			if got := stored(y, 5); math.Abs(got-c.after) > 0.1*c.after {
				t.Errorf("8 partitions store %v writes/s, want %v", got, c.after)
			}
			holds(t, y)
		})
	}
}

// TestStickyFillsBatches: 800 writes/s over 8 partitions in batches of up to 16
// that linger for 20 ms. By hash a batch gets 1 + 100/s · 20 ms = 3 writes, as
// the time to wait for company is the same for each; sticky, the batches of one
// partition at a time are full after 16 / 800/s = 20 ms, now and then less.
func TestStickyFillsBatches(t *testing.T) {
	s := spread(t, "lanes.w.arrivals.rate", "800/s", "lanes.w.batch.size", "16", "lanes.w.batch.linger", "20ms")
	byHash := finish(t, s)
	assign(t, s, "stores.s.route", "sticky")
	sticky := finish(t, s)
	if got := byHash.Lanes[0].BatchMean; math.Abs(got-3) > 0.1 {
		t.Errorf("by hash, batches of %v writes, want 3", got)
	}
	// E[min(1+K, 16)] with K Poisson of mean 16 is 15.0: formation of batches
	// with a limit to size and linger.
	want, p := 0.0, math.Exp(-16)
	for k := range 100 {
		want += p * math.Min(1+float64(k), 16)
		p *= 16 / float64(k+1)
	}
	if got := sticky.Lanes[0].BatchMean; math.Abs(got-want) > 0.02*want {
		t.Errorf("sticky, batches of %v writes, want %v", got, want)
	}
	if got := sticky.Stores[0].Skew; got > 1.05 {
		t.Errorf("sticky: skew %v", got)
	}
	if got := sticky.Stores[0].ReadWidth; got != 8 {
		t.Errorf("sticky: read width %v, want 8", got)
	}
}

// TestStickyWithoutBatchesIsRoundRobin also has a second lane, whose turns are
// its own.
func TestStickyWithoutBatchesIsRoundRobin(t *testing.T) {
	s := spread(t, "stores.s.route", "sticky", "lanes.w.arrivals.process", "deterministic", "stores.s.overhead", "0s", "duration", "3s")
	if err := s.Add("lanes", "x"); err != nil {
		t.Fatal(err)
	}
	assign(t, s, "lanes.x.store", "s", "lanes.x.arrivals.rate", "333/s")
	y := start(t, s, 0)
	next := map[uint8]uint16{0: 0, 1: 1}
	y.onCommit = func(w *write, _ *operation) {
		if w.partition != next[w.lane] {
			t.Fatalf("write %d of lane %d is in partition %d, want %d", w.n, w.lane, w.partition, next[w.lane])
		}
		next[w.lane] = (w.partition + 1) % 8
	}
	y.RunUntil(s.Duration)
	holds(t, y)
}

// TestTenantsStayTogether: each tenant's keys are in one partition, which is
// that of no key's own hash.
func TestTenantsStayTogether(t *testing.T) {
	s := spread(t, "stores.s.route", "tenant", "lanes.w.keys.tenants", "50", "duration", "3s", "warmup", "0s")
	y := start(t, s, 0)
	homes, partitions := map[uint32]uint16{}, map[uint16]bool{}
	y.onCommit = func(w *write, _ *operation) {
		tenant := (w.key-1)/2000 + 1
		if home, seen := homes[tenant]; seen && home != w.partition {
			t.Fatalf("tenant %d is in partitions %d and %d", tenant, home, w.partition)
		}
		homes[tenant] = w.partition
		partitions[w.partition] = true
	}
	y.RunUntil(s.Duration)
	if len(homes) != 50 || len(partitions) != 8 {
		t.Errorf("%d tenants in %d partitions, want 50 in 8", len(homes), len(partitions))
	}
}

// TestEveryRouteKeepsTheBooks runs a lane with queue, batches, retries and IDs
// under each route, through changes of its parameters.
func TestEveryRouteKeepsTheBooks(t *testing.T) {
	for route, name := range routes {
		t.Run(name, func(t *testing.T) {
			s := busyPath(t, "duration", "6s", "warmup", "1s", "stores.s.route", name, "stores.s.move_rate", "20000/s",
				"lanes.w.keys.tenants", "20", "allocators.a.strategy", "uuid7")
			for i, c := range []Assignment{
				{"stores.s.partitions", "9"}, {"stores.s.route_by", "id"}, {"stores.s.bucket", "100ms"}, {"stores.s.virtual_nodes", "32"},
				{"stores.s.salt", "4"}, {"stores.s.salt_above", "0.05"}, {"stores.s.route_by", "key"}, {"stores.s.partitions", "3"},
				{"lanes.w.queue.lines", "per_partition"}, {"stores.s.move_rate", "unlimited"},
			} {
				s.Timeline = append(s.Timeline, Change{At: sim.Second + sim.Time(i)*300*sim.Millisecond, Set: []Assignment{c}})
			}
			first := finish(t, s)
			if first.Halted != "" || first.Lanes[0].Counts.Committed < 5000 {
				t.Fatalf("halted: %q, %d writes stored", first.Halted, first.Lanes[0].Counts.Committed)
			}
			sameResult(t, "again", first, finish(t, s))
			y := start(t, s, 0)
			seen := map[uint64]bool{}
			y.onCommit = func(w *write, _ *operation) {
				if seen[w.n] {
					t.Fatalf("write %d is stored twice", w.n)
				}
				seen[w.n] = true
			}
			for y.Now() < s.Duration {
				y.RunUntil(y.Now() + 50*sim.Millisecond)
				holds(t, y)
			}
			if Route(route) == RouteHash != y.stores[0].router.plain {
				t.Errorf("plain is %v", y.stores[0].router.plain)
			}
		})
	}
}

func TestRoutingIsValidated(t *testing.T) {
	for _, c := range []struct {
		set  []string
		want string
	}{
		{[]string{"stores.s.route_by", "id"}, "stores.s.route_by: id needs lanes whose writes have IDs, which those of w have not"},
		{[]string{"stores.s.route_by", "id", "lanes.w.ids", "a", "allocators.a.strategy", "none"}, "stores.s.route_by: id needs lanes"},
		{[]string{"stores.s.route", "ring", "stores.s.partitions", "65536", "stores.s.virtual_nodes", "17"}, "stores.s.virtual_nodes: must be at most 16 for 65536 partitions, got 17"},
		{[]string{"stores.s.route", "ring", "stores.s.partitions", "1000"}, ""},
	} {
		problems := built(t, c.set...).Validate()
		got := fmt.Sprint(problems)
		if (c.want == "") != (len(problems) == 0) || !strings.Contains(got, c.want) {
			t.Errorf("%v: %s, want %q", c.set, got, c.want)
		}
	}
}

// TestWarningsKnowTheRoutes offers 8 partitions of 1 000/s each 4 000 writes/s,
// too much only for those to which more than a quarter of them goes.
func TestWarningsKnowTheRoutes(t *testing.T) {
	ids := []string{"lanes.w.ids", "a", "allocators.a.strategy", "snowflake", "stores.s.route_by", "id"}
	for _, c := range []struct {
		set  []string
		want string // "" = no warning
	}{
		{[]string{"stores.s.route", "ring"}, ""},
		{[]string{"stores.s.route", "range"}, ""},
		{append(ids, "stores.s.route", "range"), "store s, P07 is offered 400 %"},
		{append(ids, "stores.s.route", "ring"), ""},
		{append(ids, "stores.s.route", "range", "allocators.a.strategy", "uuid4"), ""},
		{[]string{"stores.s.route", "time_bucket"}, "store s, partition of the moment is offered 400 %"},
		{[]string{"stores.s.route", "time_source"}, ""},
		{[]string{"lanes.w.keys.skew", "hot(0.6, 1)"}, "is offered 260 %"}, // 2 400/s + 1 600/s / 8
		{[]string{"lanes.w.keys.skew", "hot(0.6, 1)", "stores.s.route", "salted"}, ""},
		{[]string{"lanes.w.keys.skew", "hot(0.6, 1)", "stores.s.route", "salted", "stores.s.salt_above", "0.7"}, "is offered 260 %"},
		{[]string{"lanes.w.keys.tenants", "10", "lanes.w.keys.tenancy", "one", "stores.s.route", "tenant"}, "is offered 400 %"},
		{[]string{"lanes.w.arrivals.rate", "8800/s", "stores.s.route", "two_choices"}, "is offered 110 %"},
		{[]string{"lanes.w.arrivals.rate", "8800/s", "stores.s.route", "sticky"}, "is offered 110 %"},
	} {
		got := strings.Join(spread(t, c.set...).Warnings(), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%v: %q, want %q", c.set, got, c.want)
		}
	}
}

// holds fails unless the books of a system balance.
func holds(tb testing.TB, y *System) {
	tb.Helper()
	if err := y.Check(); err != nil {
		tb.Fatal(err)
	}
}
