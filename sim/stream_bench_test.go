package sim

import "testing"

// The results of the benchmarks, kept so that their work is not optimised away.
var (
	sinkWord  uint64
	sinkFloat float64
	sinkTime  Time
)

func BenchmarkStream(b *testing.B) {
	b.Run("Uint64", func(b *testing.B) {
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		for b.Loop() {
			sinkWord = s.Uint64()
		}
	})
	b.Run("Uint64n", func(b *testing.B) {
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		for b.Loop() {
			sinkWord = s.Uint64n(1_000_003)
		}
	})
	b.Run("Float64", func(b *testing.B) {
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		for b.Loop() {
			sinkFloat = s.Float64()
		}
	})
	b.Run("Exp", func(b *testing.B) {
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		for b.Loop() {
			sinkFloat = s.Exp()
		}
	})
	b.Run("Normal", func(b *testing.B) {
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		for b.Loop() {
			sinkFloat = s.Normal()
		}
	})
	b.Run("At", func(b *testing.B) { // a substream and one draw from it
		b.ReportAllocs()
		s := NewStream(1, 0, "bench", "")
		n := uint64(0)
		for b.Loop() {
			sub := s.At(n)
			n++
			sinkWord = sub.Uint64()
		}
	})
	b.Run("New", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s := NewStream(1, 0, "stores.links.partitions.2", "service")
			sinkWord = s.state
		}
	})
}

func BenchmarkElementary(b *testing.B) {
	b.Run("exp", func(b *testing.B) {
		x := 0.0
		for b.Loop() {
			sinkFloat = exp(x)
			x += 1e-7
		}
	})
	b.Run("log", func(b *testing.B) {
		x := 1.0
		for b.Loop() {
			sinkFloat = log(x)
			x += 1e-7
		}
	})
}
