package sim

import "math/bits"

// Stream is a source of random numbers: a SplitMix64 generator (Steele, Lea
// and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA)
// with a step of its own. It is a value of 16 bytes, holds no pointers and is
// not safe for concurrent use.
//
//	state ← state + gamma        gamma odd, so the period is 2^64
//	draw  = mix64(state)
//
// A Stream is used in one of two ways, never both:
//
//   - in sequence: a component draws from the Stream made for its purpose;
//   - by number: what belongs to the n-th write is drawn from At(n), so that
//     the same write meets every alternative unchanged, however many draws
//     other writes took (common random numbers).
//
// Every method gives the same bits on every machine.
//
// Invariant: gamma is odd. The zero Stream is not valid; see [NewStream].
type Stream struct{ state, gamma uint64 }

// goldenGamma is the odd integer nearest to 2^64 divided by the golden ratio,
// whose multiples are spread most evenly over the 64-bit circle.
const goldenGamma = 0x9e3779b97f4a7c15

// substreamFactor is 2·goldenGamma modulo 2^64: even, as At needs.
const substreamFactor = 0x3c6ef372fe94f82a

// NewStream returns the stream of one purpose of one component in one
// replication. Streams that differ in any of the four are statistically
// independent. Two different quadruples receive the same stream with
// probability 2^-64.
func NewStream(seed uint64, replication int, path, purpose string) Stream {
	h := uint64(fnvOffset)
	h = hashWord(h, seed)
	h = hashWord(h, uint64(replication))
	h = hashText(h, path)
	h = hashText(h, purpose)
	return Stream{state: mix64(h), gamma: mixGamma(h + goldenGamma)}
}

// Uint64 returns 64 random bits.
func (s *Stream) Uint64() uint64 {
	s.state += s.gamma
	return mix64(s.state)
}

// Float64 returns a number uniform on [0,1): a multiple of 2^-53, each as
// likely as the next.
func (s *Stream) Float64() float64 {
	return float64(int64(s.Uint64()>>11)) * 0x1p-53
}

// Uint64n returns an integer uniform on [0,n), without bias. It panics if n is
// 0.
//
// The method is multiplication with rejection (Lemire 2019, "Fast random
// integer generation in an interval", ACM TOMACS 29(1), alg. 5): it divides
// only in one of 2^64/n draws.
func (s *Stream) Uint64n(n uint64) uint64 {
	high, low := bits.Mul64(s.Uint64(), n)
	if low <= n-1 { // n-1 wraps for n = 0, which so ends in the slow path
		high = s.rejectBiased(high, low, n)
	}
	return high
}

// rejectBiased finishes Uint64n: it redraws while low falls in the excess of
// 2^64 over the largest multiple of n.
func (s *Stream) rejectBiased(high, low, n uint64) uint64 {
	if n == 0 {
		panic("sim: Uint64n of 0: the interval [0,0) is empty")
	}
	excess := -n % n
	for low < excess {
		high, low = bits.Mul64(s.Uint64(), n)
	}
	return high
}

// At returns the n-th substream. It depends on n and on the identity of s, not
// on what has been drawn from s, and may be called in any order and again on
// the result, for the parts of a part.
//
// The step of s identifies it. With h = mix64(step + (n+1)·golden) and c =
// substreamFactor the substream is {state: h, gamma: c·h + 1}, so its j-th input to
// the mixer is h·(1 + j·c) + j. As 1 + j·c is odd, the j-th draw is a
// one-to-one function of n for every j: over all n each 64-bit value comes up
// exactly once, and no two substreams repeat each other's j-th draw. Two of
// them could share a run of draws only if their steps were equal, which for a
// given pair has probability 2^-63.
func (s Stream) At(n uint64) Stream {
	h := mix64(s.gamma + (n+1)*goldenGamma)
	return Stream{state: h, gamma: h*substreamFactor + 1}
}

// mix64 is a bijection of 64-bit words in which each input bit flips each
// output bit with probability close to 1/2: variant 13 of Stafford 2011,
// "Better bit mixing: improving on MurmurHash3's 64-bit finalizer".
func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// mixGamma returns an odd step derived from z. It mixes with the finaliser of
// MurmurHash3 (Appleby 2011) so that the step is unrelated to mix64(z), and
// mends steps with too few changes between neighbouring bits, whose sums would
// disturb too few bits for mix64 to spread (Steele, Lea and Flood 2014).
func mixGamma(z uint64) uint64 {
	z = (z ^ z>>33) * 0xff51afd7ed558ccd
	z = (z ^ z>>33) * 0xc4ceb9fe1a85ec53
	z = (z ^ z>>33) | 1
	if bits.OnesCount64(z^z>>1) < 24 {
		z ^= 0xaaaaaaaaaaaaaaaa
	}
	return z
}

// The 64-bit FNV-1a hash (Fowler, Noll and Vo 1991).
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// hashWord continues the hash h with the eight bytes of w, lowest first.
func hashWord(h, w uint64) uint64 {
	for range 8 {
		h = (h ^ w&0xff) * fnvPrime
		w >>= 8
	}
	return h
}

// hashText continues the hash h with the length and the bytes of text. The
// length keeps ("ab","c") apart from ("a","bc").
func hashText(h uint64, text string) uint64 {
	h = hashWord(h, uint64(len(text)))
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * fnvPrime
	}
	return h
}
