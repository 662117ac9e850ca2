package models

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

func apply(tb testing.TB, y *System, set ...Assignment) {
	tb.Helper()
	if err := y.Apply(set); err != nil {
		tb.Fatal(err)
	}
}

// commitMean runs a system to an instant and returns the mean latency from
// offer to commit on the way [s].
func commitMean(y *System, until sim.Time) float64 {
	var snapshot Snapshot
	y.Sample(&snapshot)
	y.RunUntil(until)
	y.Sample(&snapshot)
	return snapshot.Lanes[0].Commit.Mean
}

// TestRepartitionUnderLoad changes the partitions of a store under load, 8 to
// 16 and 8 to 9, by modulo and on a ring. The keys that move are those of the
// formulas of TestMovedShare; 20 000 of them move per second, while the
// partitions that they leave or reach lose 40 % of their capacity. All are
// M/M/1 before, during and after with sojourn 1/(μ'-λ), λ being 500/s a
// partition of the 8, and μ' = 600/s during the move; as writes spread over more
// partitions meanwhile, that is the worst case.
func TestRepartitionUnderLoad(t *testing.T) {
	const keys, rate, nodes = 100_000, 20_000, 1024
	for _, c := range []struct {
		route string
		to    int
		moved float64
	}{
		{"hash", 16, 1.0 / 2}, {"hash", 9, 8.0 / 9}, {"ring", 16, 1.0 / 2}, {"ring", 9, 1.0 / 9},
	} {
		t.Run(fmt.Sprintf("%s to %d", c.route, c.to), func(t *testing.T) {
			t.Parallel()
			s := spread(t, "duration", "30s", "stores.s.route", c.route, "stores.s.virtual_nodes", fmt.Sprint(nodes),
				"stores.s.move_rate", fmt.Sprintf("%d/s", rate), "stores.s.move_cost", "0.4")
			y := start(t, s, 0)
			seen := map[uint64]bool{}
			y.onCommit = func(w *write, _ *operation) {
				if seen[w.n] {
					t.Fatalf("write %d is stored twice", w.n)
				}
				seen[w.n] = true
			}
			y.RunUntil(2 * sim.Second)
			before := commitMean(y, 10*sim.Second)
			apply(t, y, Assignment{"stores.s.partitions", fmt.Sprint(c.to)})
			span := sim.FromSeconds(c.moved * keys / rate)
			y.RunUntil(10*sim.Second + span/5)
			var half Snapshot
			during := commitMean(y, 10*sim.Second+span/2)
			y.Sample(&half)
			if p := half.Stores[0].Progress; math.Abs(p-0.5) > 0.05 {
				t.Errorf("half of the time has passed, the progress is %v", p)
			}
			holds(t, y)
			y.RunUntil(20 * sim.Second)
			after := commitMean(y, 30*sim.Second)
			holds(t, y)

			r := y.Result()
			variance := c.moved * (1 - c.moved) / keys
			if c.route == "ring" {
				variance += c.moved * (1 - c.moved) / float64(c.to*nodes+1)
			}
			st := &r.Stores[0]
			if math.Abs(st.MovedShare-c.moved) > 3*math.Sqrt(variance) {
				t.Errorf("%v of the keys move, want %v ± %v", st.MovedShare, c.moved, math.Sqrt(variance))
			}
			if want := st.MovedShare * keys; math.Abs(st.KeysMoved-want) > 1e-6 || st.Migrations != 1 {
				t.Errorf("%v keys moved in %d migrations, want %v in 1", st.KeysMoved, st.Migrations, want)
			}
			if want := st.KeysMoved / rate; math.Abs(st.Moving-want) > 1e-6 {
				t.Errorf("keys moved for %v s, want %v s", st.Moving, want)
			}
			if during < 1.5*before || after > 1.1*before {
				t.Errorf("latency %.2f ms before, %.2f ms during, %.2f ms after: want the middle highest, and it to pass", 1e3*before, 1e3*during, 1e3*after)
			}
			if inFlight := y.lanes[0].inFlight; len(seen)+inFlight != int(y.lanes[0].offered) {
				t.Errorf("%d writes offered, %d stored and %d in flight", y.lanes[0].offered, len(seen), inFlight)
			}
		})
	}
}

// placed is the share of some keys that are with their owners among so many
// partitions, by hash.
func placed(y *System, partitions int) float64 {
	const keys = 10_000
	n, owners, r := 0, testOwners(RouteHash, partitions), y.stores[0].router
	for key := range uint32(keys) {
		if r.reroute(y.lanes[0], &write{key: key + 1}) == owners.home(splitmix64(uint64(key+1))) {
			n++
		}
	}
	return float64(n) / keys
}

// moves is a system in which a change from 8 to 16 partitions takes 10 s.
func moves(tb testing.TB, set ...string) *System {
	return start(tb, spread(tb, append([]string{"duration", "100s", "warmup", "0s", "lanes.w.arrivals.rate", "100/s",
		"stores.s.move_rate", "5000/s"}, set...)...), 0)
}

// TestKeysKeepTheirOwnersUntilMoved: of the half that moves, that share has
// moved which the progress says.
func TestKeysKeepTheirOwnersUntilMoved(t *testing.T) {
	y := moves(t)
	apply(t, y, Assignment{"stores.s.partitions", "16"})
	for second := range sim.Time(11) {
		y.RunUntil(second * sim.Second)
		moved := min(float64(second)/10, 1)
		for partitions, want := range map[int]float64{8: 1 - moved/2, 16: 0.5 + moved/2} {
			if got := placed(y, partitions); math.Abs(got-want) > 0.02 {
				t.Errorf("after %d s, %v of the keys are with their owners among %d, want %v", second, got, partitions, want)
			}
		}
		holds(t, y)
	}
	y.RunUntil(10*sim.Second + 100*sim.Millisecond)
	if placed(y, 16) != 1 || y.stores[0].router.move.underWay() {
		t.Error("the migration is not over when its time is")
	}
}

// TestMovesCanBeTurnedBack: a change back after 3 s of 10 moves the 30 % that
// have moved, which takes 3 s, and nothing else.
func TestMovesCanBeTurnedBack(t *testing.T) {
	y := moves(t)
	apply(t, y, Assignment{"stores.s.partitions", "16"})
	y.RunUntil(3*sim.Second + 10*sim.Millisecond)
	if got := placed(y, 8); math.Abs(got-0.85) > 0.02 {
		t.Errorf("%v of the keys are where they were, want 0.85", got)
	}
	apply(t, y, Assignment{"stores.s.partitions", "8"})
	if got := y.Result().Stores[0].MovedShare; math.Abs(got-0.15) > 0.01 {
		t.Errorf("%v of the keys move back, want 0.15", got)
	}
	if got := placed(y, 8); math.Abs(got-0.85) > 0.02 {
		t.Errorf("%v of the keys are where they were when the way back begins, want 0.85", got)
	}
	y.RunUntil(6 * sim.Second)
	if !y.stores[0].router.move.underWay() || y.Result().Stores[0].Active != 16 {
		t.Error("the way back is over too soon")
	}
	y.RunUntil(6*sim.Second + 200*sim.Millisecond)
	if placed(y, 8) != 1 || y.stores[0].router.move.underWay() || y.Result().Stores[0].Active != 8 {
		t.Error("the way back is not over when its time is")
	}
	holds(t, y)
}

// TestAnotherMoveDuringAMove: keys go on from where they are. 8 → 16 → 32 by
// modulo, changed half way: of the moved half of the keys 1 - 16/32 move again,
// of the others 1 - 8/32.
func TestAnotherMoveDuringAMove(t *testing.T) {
	y := moves(t)
	apply(t, y, Assignment{"stores.s.partitions", "16"})
	y.RunUntil(5*sim.Second + 10*sim.Millisecond)
	before := make([]uint16, 10_000)
	for key := range before {
		before[key] = y.stores[0].router.reroute(y.lanes[0], &write{key: uint32(key) + 1})
	}
	apply(t, y, Assignment{"stores.s.partitions", "32"})
	if got, want := y.Result().Stores[0].MovedShare, 0.5*0.5+0.5*0.75; math.Abs(got-want) > 0.01 {
		t.Errorf("%v of the keys move, want %v", got, want)
	}
	for key, p := range before {
		if got := y.stores[0].router.reroute(y.lanes[0], &write{key: uint32(key) + 1}); got != p {
			t.Fatalf("key %d belongs to %d and not to %d any more, before it has moved", key+1, got, p)
		}
	}
	y.RunUntil(60 * sim.Second)
	if placed(y, 32) != 1 {
		t.Error("some keys have not arrived")
	}
	holds(t, y)
}

// TestRateOfAMoveMayChange: 4 s of 10 at 5 000/s leave 30 000 keys, which at
// 10 000/s take 3 s; another change after 1 s of them to no limit ends it.
func TestRateOfAMoveMayChange(t *testing.T) {
	y := moves(t)
	apply(t, y, Assignment{"stores.s.partitions", "16"})
	y.RunUntil(4 * sim.Second)
	apply(t, y, Assignment{"stores.s.move_rate", "10000/s"})
	y.RunUntil(5 * sim.Second)
	if got := y.stores[0].router.move.progress(); math.Abs(got-0.6) > 0.02 {
		t.Errorf("progress %v, want 0.6", got)
	}
	faster := moves(t)
	apply(t, faster, Assignment{"stores.s.partitions", "16"})
	faster.RunUntil(4 * sim.Second)
	apply(t, faster, Assignment{"stores.s.move_rate", "10000/s"})
	faster.RunUntil(10 * sim.Second)
	got := faster.Result().Stores[0]
	if want := 4 + (got.KeysMoved-20_000)/10_000; math.Abs(got.Moving-want) > 1e-6 {
		t.Errorf("keys moved for %v s, want %v s", got.Moving, want)
	}
	apply(t, y, Assignment{"stores.s.move_rate", "unlimited"})
	if placed(y, 16) != 1 || y.stores[0].router.move.underWay() {
		t.Error("without a limit, not all keys have moved at once")
	}
	holds(t, y)
}

// TestOnlyPartitionsThatGiveOrTakeAreSlowed: the sixth of five ranges takes
// from one of them; the others do not notice.
func TestOnlyPartitionsThatGiveOrTakeAreSlowed(t *testing.T) {
	y := moves(t, "stores.s.partitions", "5", "stores.s.route", "range", "lanes.w.keys.skew", "hot(0.5, 1)")
	y.RunUntil(2 * sim.Second)
	hottest := y.stores[0].router.current.home(splitmix64(1))
	apply(t, y, Assignment{"stores.s.partitions", "6"})
	for p := range y.stores[0].partitions {
		if got, want := y.stores[0].partitions[p].moving, p == int(hottest) || p == 5; got != want {
			t.Errorf("partition %d gives or takes keys: %v, want %v", p, got, want)
		}
	}
	if got := y.Result().Stores[0].MovedShare; math.Abs(got-0.1) > 0.01 {
		t.Errorf("%v of the keys move, want half of a fifth", got)
	}
	if got := y.stores[0].router.slowed(sim.Millisecond); got != 1250*sim.Microsecond {
		t.Errorf("1 ms of work takes %v beside a move that costs 20 %%, want 1.25 ms", got)
	}
}

// TestWhatMovesBetweenRoutes: keys that have no certain partition need not
// move; from such a route to one partition each, what is spread over 8 has 7/8
// of it elsewhere; and what another key of the hash decides is 7/8 elsewhere
// too. Of two choices one is home already.
func TestWhatMovesBetweenRoutes(t *testing.T) {
	for _, c := range []struct {
		from, to string
		moved    float64
	}{
		{"hash", "time_source", 0}, {"time_bucket", "time_source", 0}, {"sticky", "hash", 7.0 / 8},
		{"hash", "salted", 0}, {"hash", "tenant", 7.0 / 8}, {"hash", "range", 7.0 / 8},
		{"hash", "two_choices", 0}, {"two_choices", "hash", 1.0 / 2},
	} {
		y := moves(t, "stores.s.route", c.from, "lanes.w.keys.tenants", "10000")
		y.RunUntil(sim.Second)
		apply(t, y, Assignment{"stores.s.route", c.to})
		// 100 000 keys: a standard error of 0.1 %; 10 000 tenants: of 0.33 %.
		if got := y.stores[0].router.move.share; math.Abs(got-c.moved) > 0.01 {
			t.Errorf("%s to %s moves %v of the keys, want %v", c.from, c.to, got, c.moved)
		}
		if got := y.stores[0].router.move.underWay(); got != (c.moved > 0) {
			t.Errorf("%s to %s: a migration is under way: %v", c.from, c.to, got)
		}
		holds(t, y)
	}
}

// TestWaitingWritesFollowTheirKeys fills the queue of a store that does not
// keep up: whatever waits goes to the new partitions as its keys move, and in
// the end the old ones have nothing.
func TestWaitingWritesFollowTheirKeys(t *testing.T) {
	for _, lines := range []string{"shared", "per_partition"} {
		for _, route := range []string{"hash", "ring", "two_choices", "sticky", "range"} {
			t.Run(lines+" "+route, func(t *testing.T) {
				y := moves(t, "lanes.w.arrivals.rate", "4000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.lines", lines,
					"lanes.w.queue.workers", "4", "lanes.w.batch.size", "4", "stores.s.overhead", "8ms", "stores.s.route", route)
				y.RunUntil(2 * sim.Second)
				apply(t, y, Assignment{"stores.s.partitions", "3"})
				if route == "sticky" { // nothing to wait for
					waitsFor(t, y, 3)
				}
				for y.Now() < 22*sim.Second { // 20 s at most, by modulo 3/4 of them
					y.RunUntil(y.Now() + 500*sim.Millisecond)
					holds(t, y)
				}
				waitsFor(t, y, 3)
				y.RunUntil(30 * sim.Second)
				for i := 3; i < 8; i++ {
					if p := &y.stores[0].partitions[i]; p.line.n()+p.stored > 0 {
						t.Errorf("partition %d has work though it owns nothing", i)
					}
				}
				apply(t, y, Assignment{"lanes.w.arrivals.rate", "0/s"}, Assignment{"stores.s.overhead", "100us"}, Assignment{"lanes.w.batch.linger", "0s"},
					Assignment{"stores.s.partitions", "64"}, Assignment{"stores.s.move_rate", "unlimited"})
				y.RunUntil(60 * sim.Second)
				if n := y.lanes[0].inFlight; n > 0 {
					t.Errorf("%d writes are still in flight", n)
				}
				holds(t, y)
			})
		}
	}
}

// waitsFor fails unless all that waits in queues waits for the first so many
// partitions, in their lines.
func waitsFor(t *testing.T, y *System, partitions int) {
	t.Helper()
	l := y.lanes[0]
	for number := range l.queues {
		line := &l.queues[number].line
		for i, n := line.head, line.n; n > 0; n-- {
			w := y.writes.at(i)
			if int(w.partition) >= partitions || l.queueOf(w.partition) != uint32(number) {
				t.Fatalf("write %d waits in line %d for partition %d", w.n, number, w.partition)
			}
			i = w.next
		}
	}
}

// TestMovedWritesSetOffAtOnce: writes that wait for two partitions move to
// eight when no more arrive that could set the idle workers to work.
func TestMovedWritesSetOffAtOnce(t *testing.T) {
	y := moves(t, "lanes.w.arrivals.rate", "4000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.lines", "per_partition",
		"stores.s.overhead", "8ms", "stores.s.partitions", "2")
	y.RunUntil(10 * sim.Second)
	apply(t, y, Assignment{"lanes.w.arrivals.rate", "0/s"}, Assignment{"stores.s.partitions", "8"})
	// A partition stores 125 writes/s, so 37 500 wait. Their keys move for 15 s;
	// 8 partitions store them in less than 50 s from then.
	y.RunUntil(10*sim.Second + 65*sim.Second)
	if n := y.lanes[0].inFlight; n > 0 {
		t.Errorf("%d writes are still in flight", n)
	}
	holds(t, y)
}

// TestSurveyOfManyKeys: the survey of a sample agrees with the whole.
func TestSurveyOfManyKeys(t *testing.T) {
	y := moves(t, "lanes.w.keys.space", "1000000000")
	apply(t, y, Assignment{"stores.s.partitions", "9"})
	const want = 8.0 / 9
	if got, se := y.stores[0].router.move.share, math.Sqrt(want*(1-want)/surveyed); math.Abs(got-want) > 3*se {
		t.Errorf("%v of the keys move, want %v ± %v", got, want, se)
	}
}

// TestMigrationsCompose changes routing again and again, at any moment of the
// moves before. From one change to the next a key moves at most once, from where
// it was straight to where it shall be; in the end all have arrived.
func TestMigrationsCompose(t *testing.T) {
	const keys = 300
	rapid.Check(t, func(rt *rapid.T) {
		y := moves(t, "lanes.w.keys.space", fmt.Sprint(keys), "lanes.w.keys.tenants", "7", "stores.s.move_rate", "100/s")
		r := y.stores[0].router
		place := func(key int) uint16 { return r.reroute(y.lanes[0], &write{key: uint32(key) + 1}) }
		for range rapid.IntRange(1, 6).Draw(rt, "changes") {
			var origin [keys]uint16
			for key := range origin {
				origin[key] = place(key)
			}
			apply(t, y,
				Assignment{"stores.s.partitions", fmt.Sprint(rapid.IntRange(1, 20).Draw(rt, "partitions"))},
				Assignment{"stores.s.route", rapid.SampledFrom([]string{"hash", "ring", "range", "tenant"}).Draw(rt, "route")},
				Assignment{"stores.s.move_rate", rapid.SampledFrom([]string{"100/s", "1000/s"}).Draw(rt, "rate")})
			arrived := map[int]bool{}
			for range rapid.IntRange(0, 5).Draw(rt, "looks") {
				y.RunUntil(y.Now() + sim.Time(rapid.IntRange(0, 1000).Draw(rt, "ms"))*sim.Millisecond)
				for key := range origin {
					aim := r.current.home(splitmix64(r.current.subject(y.lanes[0], &write{key: uint32(key) + 1})))
					switch at := place(key); {
					case at == aim:
						arrived[key] = true
					case at != origin[key]:
						rt.Fatalf("key %d is in %d, on its way from %d to %d", key+1, at, origin[key], aim)
					case arrived[key]:
						rt.Fatalf("key %d is back in %d, though it had arrived in %d", key+1, at, aim)
					}
				}
				if err := y.Check(); err != nil {
					rt.Fatal(err)
				}
			}
		}
		y.RunUntil(y.Now() + 10*sim.Second) // 300 keys at 100/s
		if r.move.underWay() {
			rt.Fatal("the last migration does not end")
		}
	})
}
