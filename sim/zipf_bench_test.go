package sim

import (
	"fmt"
	"testing"
)

func BenchmarkZipf(b *testing.B) {
	for _, size := range []struct {
		n uint64
		s float64
	}{{1000, 0.9}, {1e6, 0}, {1e6, 0.5}, {1e6, 0.9}, {1e6, 1.2}, {1e6, 2}, {1e12, 0.9}} {
		b.Run(fmt.Sprintf("n=%.0e/s=%v", float64(size.n), size.s), func(b *testing.B) {
			b.ReportAllocs()
			z := NewZipf(size.n, size.s)
			s := NewStream(1, 0, "bench", "")
			for b.Loop() {
				sinkWord = z.Sample(&s)
			}
			b.ReportMetric(float64(len(z.bins)*40), "table-bytes")
		})
	}
}

func BenchmarkNewZipf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sinkFloat = NewZipf(1e6, 0.9).harmonic
	}
}
