package sim

import (
	"math"
	"testing"
)

// The first draws of everything that is drawn, as a hash: they must not change
// between versions and must be the same on every machine, under every level of
// optimisation (GOAMD64=v3 lets the compiler fuse multiply and add, as it does
// on arm64). A changed value changes every result ever recorded.
func TestPinnedDraws(t *testing.T) {
	const draws = 100_000
	pin := func(name string, want uint64, draw func(*Stream) uint64) {
		t.Helper()
		s := NewStream(1, 2, "pinned", name)
		h := uint64(fnvOffset)
		for range draws {
			h = hashWord(h, draw(&s))
		}
		if h != want {
			t.Errorf("the draws of %s hash to %#x, want %#x", name, h, want)
		}
	}
	pin("Uint64", 0xbb27d1b720b08e97, (*Stream).Uint64)
	pin("Uint64n", 0x1f866b361e6cfcd7, func(s *Stream) uint64 { return s.Uint64n(3 << 62) })
	pin("At", 0xd3274ffa32c4ab36, func(s *Stream) uint64 { return s.At(s.Uint64()).state })
	pin("Exp", 0x2d780e77d816e0a9, func(s *Stream) uint64 { return math.Float64bits(s.Exp()) })
	pin("Normal", 0x1ab40f1550661371, func(s *Stream) uint64 { return math.Float64bits(s.Normal()) })
	pin("zipf(0.9)", 0xfcdab46ede3c016a, NewZipf(1e6, 0.9).Sample)
	pin("zipf(1.2)", 0x2f988c65b1d2483e, NewZipf(1e12, 1.2).Sample)
	for _, test := range []struct {
		text string
		want uint64
	}{
		{"exponential(1ms)", 0xa5314f412dd94b49},
		{"uniform(1ms, 1h)", 0x711547fc9ea06f83},
		{"erlang(k=3, mean=1h)", 0x78562fc41c1a2f2e},
		{"erlang(k=4, mean=1h)", 0x50b65c14a2dfaa42},
		{"lognormal(mean=1h, cv=0.7)", 0x548c5f7627b826b0},
		{"hyperexp(p=0.9, a=1m, b=1h)", 0xfe7913dadc92d30c},
		{"hyperexp(mean=1h, scv=5)", 0xb9134c17cd988a36},
		{"pareto(alpha=1.5, lo=1ms, hi=1h)", 0xd8830331e6ec7555},
		{"empirical(five.csv)", 0x40827164f69c63b6},
	} {
		d := mustParse(t, test.text)
		pin(test.text, test.want, func(s *Stream) uint64 { return uint64(d.Sample(s)) })
	}
}

// The moments that reports show are the same on every machine too.
func TestPinnedMoments(t *testing.T) {
	h := uint64(fnvOffset)
	for _, c := range distCases {
		d := mustParse(t, c.text)
		h = hashWord(h, math.Float64bits(d.Mean()))
		h = hashWord(h, math.Float64bits(d.SCV()))
	}
	for _, s := range zipfExponents {
		h = hashWord(h, math.Float64bits(NewZipf(1e6, s).Probability(10)))
	}
	if want := uint64(0xeec04ef16f2d25d6); h != want {
		t.Errorf("the moments hash to %#x, want %#x", h, want)
	}
}
