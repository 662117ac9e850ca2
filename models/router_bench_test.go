package models

import (
	"testing"

	"onepen/sim"
)

// BenchmarkRoute is what finding the partition of a write costs, under each
// route, for Zipf keys and 16 partitions: a lookup, with the counting that goes
// with it.
func BenchmarkRoute(b *testing.B) {
	for _, name := range routes {
		b.Run(name, func(b *testing.B) { benchmarkRoute(b, "stores.s.route", name) })
	}
	b.Run("ring of 65536 nodes", func(b *testing.B) {
		benchmarkRoute(b, "stores.s.route", "ring", "stores.s.partitions", "1024")
	})
	b.Run("range by uuid", func(b *testing.B) {
		benchmarkRoute(b, "stores.s.route", "range", "stores.s.route_by", "id", "lanes.w.ids", "a", "allocators.a.strategy", "uuid4")
	})
	b.Run("hash, moving", func(b *testing.B) {
		y := routed(b, "stores.s.move_rate", "1/s")
		apply(b, y, Assignment{"stores.s.partitions", "32"})
		benchmarkAdmit(b, y)
	})
}

func routed(b *testing.B, set ...string) *System {
	return start(b, built(b, append([]string{"stores.s.partitions", "16", "lanes.w.keys.tenants", "1000"}, set...)...), 0)
}

func benchmarkRoute(b *testing.B, set ...string) { benchmarkAdmit(b, routed(b, set...)) }

func benchmarkAdmit(b *testing.B, y *System) {
	writes := make([]write, 1<<16)
	zipf, stream := sim.NewZipf(1_000_000, 0.9), sim.NewStream(1, 0, "bench", "keys")
	for i := range writes {
		n := uint64(i)
		writes[i] = write{n: n, key: uint32(zipf.Sample(&stream)) + 1, id: splitmix64(n), offered: sim.Time(i) * sim.Microsecond}
	}
	r, l, sum := y.stores[0].router, y.lanes[0], uint64(0)
	for i := range writes { // counts reach their size
		r.admit(l, &writes[i])
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		sum += uint64(r.admit(l, &writes[i%len(writes)]))
	}
	if sum == 0 && b.N > 1000 && y.scenario.Stores[0].Route != RouteTimeBucket {
		b.Fatal("all in partition 0")
	}
}

// BenchmarkOwners is what a change of a large ring, and the survey of the keys
// that it moves, take.
func BenchmarkOwners(b *testing.B) {
	b.Run("ring of 65536 nodes", func(b *testing.B) {
		for b.Loop() {
			testOwners(RouteRing, 1024)
		}
	})
	b.Run("split 1 into 4096", func(b *testing.B) {
		one := newRanges(1)
		for b.Loop() {
			one.resized(4096, []uint64{1})
		}
	})
	b.Run("survey", func(b *testing.B) {
		y := routed(b)
		m := &y.stores[0].router.move
		for c := range m.homes {
			m.homes[c] = y.stores[0].router.current
		}
		to := testOwners(RouteHash, 17)
		y.stores[0].partitions = append(y.stores[0].partitions, partition{})
		for b.Loop() {
			y.stores[0].router.survey(to)
		}
	})
}
