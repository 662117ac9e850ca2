package models

import (
	"testing"

	"onepen/sim"
)

// built returns a scenario of one lane "w", one allocator "a" and one store
// "s", with the given assignments.
func built(tb testing.TB, set ...string) *Scenario {
	tb.Helper()
	s := NewScenario("test")
	for _, c := range [][2]string{{"lanes", "w"}, {"allocators", "a"}, {"stores", "s"}} {
		if err := s.Add(c[0], c[1]); err != nil {
			tb.Fatal(err)
		}
	}
	assign(tb, s, append([]string{"lanes.w.store", "s"}, set...)...)
	return s
}

// assign sets parameters, given as path, value, path, value, …
func assign(tb testing.TB, s *Scenario, set ...string) {
	tb.Helper()
	for i := 0; i < len(set); i += 2 {
		if err := s.Set(set[i], set[i+1]); err != nil {
			tb.Fatal(err)
		}
	}
}

func start(tb testing.TB, s *Scenario, replication int) *System {
	tb.Helper()
	y, err := New(s, replication)
	if err != nil {
		tb.Fatal(err)
	}
	return y
}

// BenchmarkFullPath is the whole path under load: Zipf keys, leased IDs, a
// durable queue, batches of 64, 16 partitions, all statistics on. One op is
// one write, offered at 200 000 writes/s.
func BenchmarkFullPath(b *testing.B) {
	benchmarkPath(b, 200_000, built(b,
		"duration", "1000h", "lanes.w.arrivals.rate", "200000/s", "lanes.w.arrivals.writers", "16",
		"lanes.w.keys.skew", "zipf(0.9)", "lanes.w.ids", "a", "lanes.w.ack", "accept",
		"lanes.w.queue.mode", "durable", "lanes.w.queue.workers", "32", "lanes.w.queue.append", "500us",
		"lanes.w.batch.size", "64", "lanes.w.batch.linger", "10ms",
		"allocators.a.strategy", "range", "allocators.a.block", "1000",
		"stores.s.partitions", "16", "stores.s.overhead", "lognormal(mean=2ms, cv=0.7)", "stores.s.per_record", "10us"))
}

// BenchmarkDirectPath is the path without queue and batch behind a central
// allocator. One op is one write, offered at 50 000 writes/s.
func BenchmarkDirectPath(b *testing.B) {
	benchmarkPath(b, 50_000, built(b,
		"duration", "1000h", "lanes.w.arrivals.rate", "50000/s", "lanes.w.arrivals.writers", "16",
		"lanes.w.keys.skew", "zipf(0.9)", "lanes.w.ids", "a",
		"allocators.a.strategy", "central", "allocators.a.service", "exponential(15us)", "allocators.a.round_trip", "500us",
		"stores.s.partitions", "16", "stores.s.servers", "16", "stores.s.overhead", "lognormal(mean=2ms, cv=0.7)"))
}

// benchmarkPath runs b.N writes of a scenario that has reached its steady
// state.
func benchmarkPath(b *testing.B, rate float64, s *Scenario) {
	y := start(b, s, 0)
	y.RunUntil(2 * sim.Second)
	b.ReportAllocs()
	b.ResetTimer()
	before := y.lanes[0].offered
	y.RunUntil(y.Now() + sim.FromSeconds(float64(b.N)/rate))
	b.StopTimer()
	if y.Halted() != "" {
		b.Fatal(y.Halted())
	}
	if err := y.Check(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(y.lanes[0].offered-before)/float64(b.N), "writes/op")
	b.ReportMetric(float64(y.lanes[0].offered-before)/b.Elapsed().Seconds()/1e6, "Mwrites/s")
	b.ReportMetric(float64(y.lanes[0].inFlight), "in-flight")
}
