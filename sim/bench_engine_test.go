package sim_test

import (
	"fmt"
	"testing"

	"onepen/sim/enginebench"
)

// model is what the models of package enginebench have in common.
type model interface {
	Run(n int)
	Done() uint64
}

// benchmark times a model that is in its steady state. One operation of the
// benchmark is one of the model, which unit names.
func benchmark(b *testing.B, m model, unit string) {
	b.ReportAllocs()
	b.ResetTimer()
	m.Run(b.N)
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "M"+unit+"/s")
}

// BenchmarkMM1 serves customers one after the other and records the sojourn
// time of each. One operation is one customer: two events, two draws.
func BenchmarkMM1(b *testing.B) { benchmark(b, enginebench.NewStation(1), "customers") }

// BenchmarkMMc is BenchmarkMM1 with four servers.
func BenchmarkMMc(b *testing.B) { benchmark(b, enginebench.NewStation(4), "customers") }

// BenchmarkLindley is the floor below BenchmarkMM1: the same draws and records
// without events.
func BenchmarkLindley(b *testing.B) { benchmark(b, enginebench.NewLindley(), "customers") }

// BenchmarkHold is the hold model. One operation is one event.
func BenchmarkHold(b *testing.B) {
	for _, pending := range []int{2, 10, 20, 100, 1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("pending=%d", pending), func(b *testing.B) {
			before := enginebench.LiveBytes()
			hold := enginebench.NewHold(pending)
			memory := enginebench.LiveBytes() - before
			benchmark(b, hold, "events")
			b.ReportMetric(float64(memory)/float64(pending), "bytes/pending")
		})
	}
}

// BenchmarkCancel schedules requests and their timeouts, of which four in five
// are cancelled as the answer comes first. One operation is one request.
func BenchmarkCancel(b *testing.B) {
	before := enginebench.LiveBytes()
	requests := enginebench.NewRequests()
	memory := enginebench.LiveBytes() - before
	benchmark(b, requests, "requests")
	b.ReportMetric(float64(memory)/float64(requests.Pending()), "bytes/pending")
}
