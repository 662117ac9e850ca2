package sim

import (
	"strings"
	"testing"
	"unsafe"
)

// bytes reports the memory of the set, backing arrays with their spare room
// included. [bytes]
func (p *pendingSet) bytes() int {
	return int(unsafe.Sizeof(*p)) +
		cap(p.far.pool.blocks)*int(unsafe.Sizeof(block{}))
}

// gap returns a draw that is exponential with mean 1 s.
func gap(draws *Stream) Time {
	return Time(draws.Exp() * float64(Second))
}

// BenchmarkHoldShape is the hold model with other spans than exponential ones,
// 100 000 events pending.
func BenchmarkHoldShape(b *testing.B) {
	const pending = 100_000
	for _, shape := range shapes {
		b.Run(strings.ReplaceAll(shape.name, " ", "-"), func(b *testing.B) {
			s := New()
			draws := NewStream(1, 0, "bench", shape.name)
			var hold Target
			hold = s.On(func(uint32) {
				s.Schedule(s.Now()+shape.span(&draws, s.Now()), hold, 0)
			})
			for range pending {
				s.Schedule(shape.span(&draws, 0), hold, 0)
			}
			for range pending {
				s.Step()
			}
			b.ReportAllocs()
			for b.Loop() {
				s.Step()
			}
			b.ReportMetric(float64(s.pending.bytes())/pending, "bytes/pending")
		})
	}
}
