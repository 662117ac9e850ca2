package sim

import (
	"fmt"
	"math"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// batteryDraws is the number of draws that one source gives to the battery.
const batteryDraws = 1 << 18

// TestStreamQuality puts the draws of one stream, and draws taken across
// streams that are neighbours in some respect, through the battery. Across
// streams it takes the first draws of each, the tenth, or the first four in
// turn: whichever way draws are put side by side, they must look independent.
func TestStreamQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("the battery takes seconds")
	}
	parent := NewStream(42, 0, "lanes.clicks", "keys")
	for _, source := range []struct {
		name   string
		stream func(i uint64) Stream
	}{
		{"seeds", func(i uint64) Stream { return NewStream(i, 0, "lanes.clicks", "keys") }},
		{"replications", func(i uint64) Stream { return NewStream(42, int(i), "lanes.clicks", "keys") }},
		{"paths", func(i uint64) Stream { return NewStream(42, 0, fmt.Sprint("stores.links.partitions.", i), "service") }},
		{"purposes", func(i uint64) Stream { return NewStream(42, 0, "stores.links", fmt.Sprint(i)) }},
		{"substreams", parent.At},
		{"substreams of substreams", func(i uint64) Stream { return parent.At(i / 8).At(i % 8) }},
		{"sparse substreams", func(i uint64) Stream { return parent.At(i << 40) }},
	} {
		for _, taken := range []struct {
			name          string
			skipped, kept int
		}{
			{"first", 0, 1}, {"tenth", 9, 1}, {"first four", 0, 4},
		} {
			t.Run(source.name+"/"+taken.name, func(t *testing.T) {
				t.Parallel()
				draws := make([]uint64, 0, batteryDraws)
				for i := uint64(0); len(draws) < batteryDraws; i++ {
					s := source.stream(i)
					for range taken.skipped {
						s.Uint64()
					}
					for range taken.kept {
						draws = append(draws, s.Uint64())
					}
				}
				battery(t, draws)
			})
		}
	}
	for _, s := range []Stream{parent, parent.At(0), NewStream(0, 0, "", "")} {
		t.Run("one stream", func(t *testing.T) {
			draws := make([]uint64, batteryDraws)
			for i := range draws {
				draws[i] = s.Uint64()
			}
			battery(t, draws)
		})
	}
}

// Two streams side by side, long after their start, are uncorrelated at equal
// and at neighbouring places.
func TestStreamsUncorrelated(t *testing.T) {
	const n = 100_000
	base := NewStream(7, 3, "writers", "gaps")
	for _, test := range []struct {
		name  string
		other Stream
	}{
		{"seed", NewStream(8, 3, "writers", "gaps")},
		{"replication", NewStream(7, 4, "writers", "gaps")},
		{"path", NewStream(7, 3, "writerz", "gaps")},
		{"purpose", NewStream(7, 3, "writers", "gapt")},
		{"substream", base.At(0)},
	} {
		a, b := base, test.other
		sum, shifted, before := 0.0, 0.0, 0.0
		for range n {
			x, y := a.Float64()-0.5, b.Float64()-0.5
			sum += x * y
			shifted += before * y
			before = x
		}
		// Products of independent uniforms of variance 1/12 have variance 1/144.
		wantNormal(t, test.name, 12*sum/math.Sqrt(n))
		wantNormal(t, test.name+", shifted", 12*shifted/math.Sqrt(n-1))
	}
}

// The first numbers of SplitMix64 with the golden step from 1234567, as listed
// by several independent implementations (for one, Rosetta Code,
// "Pseudo-random numbers/Splitmix64").
func TestStreamIsSplitMix64(t *testing.T) {
	s := Stream{state: 1234567, gamma: goldenGamma}
	for i, want := range []uint64{
		6457827717110365317, 3203168211198807973, 9817491932198370423,
		4593380528125082431, 16408922859458223821,
	} {
		if got := s.Uint64(); got != want {
			t.Errorf("draw %d = %d, want %d", i, got, want)
		}
	}
}

func TestStreamIdentity(t *testing.T) {
	if size := unsafe.Sizeof(Stream{}); size != 16 {
		t.Errorf("a Stream has %d bytes, want 16", size)
	}
	seen := map[Stream]string{}
	note := func(what string, s Stream) {
		if s.gamma&1 == 0 {
			t.Errorf("%s: the step is even", what)
		}
		if other, taken := seen[s]; taken {
			t.Errorf("%s and %s are the same stream", what, other)
		}
		seen[s] = what
	}
	for seed := range uint64(8) {
		for replication := -1; replication < 8; replication++ {
			for _, names := range [][2]string{
				{"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"", "abc"}, {"c", "ab"}, {"ab\x00", "c"}, {"ab", "\x00c"}, {"", ""},
			} {
				note(fmt.Sprintf("%d %d %q", seed, replication, names), NewStream(seed, replication, names[0], names[1]))
			}
		}
	}
	first := NewStream(1, 2, "a", "b")
	if again := NewStream(1, 2, "a", "b"); again != first {
		t.Errorf("one name, two streams: %v and %v", first, again)
	}
}

// At depends on the stream and on n, not on what was drawn.
func TestAtIsRandomAccess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fresh := NewStream(rapid.Uint64().Draw(t, "seed"), 0, "a", "b")
		used := fresh
		for range rapid.IntRange(0, 20).Draw(t, "draws") {
			used.Uint64()
		}
		n := rapid.Uint64().Draw(t, "n")
		if fresh.At(n) != used.At(n) {
			t.Fatalf("At(%d) depends on what was drawn", n)
		}
		m := rapid.Uint64().Filter(func(m uint64) bool { return m != n }).Draw(t, "m")
		a, b := fresh.At(n), fresh.At(m)
		if a.gamma&1 == 0 {
			t.Fatalf("At(%d) has an even step", n)
		}
		if a.gamma == b.gamma {
			t.Fatalf("At(%d) and At(%d) have the same step", n, m)
		}
		for j := range 20 {
			if x, y := a.Uint64(), b.Uint64(); x == y {
				t.Fatalf("draw %d of At(%d) and At(%d) is the same, %d", j, n, m, x)
			}
		}
		if again := fresh.At(n).At(n); again == fresh.At(n) {
			t.Fatalf("At(%d).At(%d) is At(%[1]d)", n, n)
		}
	})
}

func TestUint64n(t *testing.T) {
	s := NewStream(1, 0, "below", "")
	for _, n := range []uint64{1, 2, 3, 7, 10, 64, 1000} {
		const draws = 100_000
		observed, expected := make([]float64, n), make([]float64, n)
		for range draws {
			observed[s.Uint64n(n)]++
		}
		for i := range expected {
			expected[i] = draws / float64(n)
		}
		wantChiSquare(t, fmt.Sprint("below ", n), observed, expected, 1)
	}
}

// With n = 3·2^62 plain multiplication would give every third value twice as
// often as the others: the case that needs the rejection.
func TestUint64nWithoutBias(t *testing.T) {
	const n, draws = 3 << 62, 100_000
	s := NewStream(2, 0, "below", "")
	observed := make([]float64, 3)
	for range draws {
		x := s.Uint64n(n)
		if x >= n {
			t.Fatalf("Uint64n(%d) = %d", uint64(n), x)
		}
		observed[x%3]++
	}
	wantChiSquare(t, "residues", observed, []float64{draws / 3.0, draws / 3.0, draws / 3.0}, 1)

	for range 1000 { // the widest interval
		if x := s.Uint64n(math.MaxUint64); x == math.MaxUint64 {
			t.Fatalf("Uint64n(max) = max")
		}
	}
}

func TestUint64nOfNothing(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Uint64n(0) did not panic")
		}
	}()
	s := NewStream(1, 0, "", "")
	s.Uint64n(0)
}

func TestFloat64(t *testing.T) {
	s := NewStream(1, 0, "float", "")
	samples := make([]float64, 100_000)
	for i := range samples {
		samples[i] = s.Float64()
		if x := samples[i]; x < 0 || x >= 1 || x*0x1p53 != math.Trunc(x*0x1p53) {
			t.Fatalf("Float64() = %v", x)
		}
	}
	wantDistributed(t, "Float64", samples, func(x float64) float64 { return x })
	for _, test := range []struct {
		word uint64
		want float64
	}{{0, 0}, {1<<11 - 1, 0}, {1 << 11, 0x1p-53}, {1 << 63, 0.5}, {math.MaxUint64, 1 - 0x1p-53}} {
		s := drawing(test.word)
		if x := s.Float64(); x != test.want {
			t.Errorf("Float64 from the word %#x = %v, want %v", test.word, x, test.want)
		}
	}
}

// drawing returns a stream whose next draw is word.
func drawing(word uint64) Stream {
	return Stream{state: unmix(word) - 1, gamma: 1}
}

// unmix inverts mix64.
func unmix(z uint64) uint64 {
	z = (z ^ z>>31 ^ z>>62) * inverse(0x94d049bb133111eb)
	z = (z ^ z>>27 ^ z>>54) * inverse(0xbf58476d1ce4e5b9)
	return z ^ z>>30 ^ z>>60
}

// inverse returns the inverse of odd a modulo 2^64 by Newton's iteration,
// which doubles the right bits from the three that a itself has.
func inverse(a uint64) uint64 {
	x := a
	for range 5 {
		x *= 2 - a*x
	}
	return x
}
