package models_test

import (
	"testing"

	"onepen/models/pathbench"
)

// BenchmarkFullPath is the whole path under load: Zipf keys, leased IDs, a
// durable queue, batches of 64, 16 partitions, all statistics on. One op is
// one write, offered at 200 000 writes/s.
func BenchmarkFullPath(b *testing.B) { benchmarkPath(b, pathbench.Full()) }

// BenchmarkDirectPath is the path without queue and batch behind a central
// allocator. One op is one write, offered at 50 000 writes/s.
func BenchmarkDirectPath(b *testing.B) { benchmarkPath(b, pathbench.Direct()) }

// benchmarkPath runs b.N writes on a path that is in its steady state.
func benchmarkPath(b *testing.B, p *pathbench.Path) {
	before := p.Done()
	b.ReportAllocs()
	b.ResetTimer()
	p.Run(b.N)
	b.StopTimer()
	if err := p.Check(); err != nil {
		b.Fatal(err)
	}
	writes := float64(p.Done() - before)
	b.ReportMetric(writes/float64(b.N), "writes/op")
	b.ReportMetric(writes/b.Elapsed().Seconds()/1e6, "Mwrites/s")
	b.ReportMetric(float64(p.InFlight()), "in-flight")
}
