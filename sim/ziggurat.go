package sim

import "math"

// The ziggurat method (Marsaglia and Tsang 2000, "The ziggurat method for
// generating random variables", J. Stat. Software 5(8)) covers the area under
// a decreasing density f with 256 layers of equal area v: a base strip with
// the tail beyond r, and 255 boxes stacked on it.
//
//	f(x₂₅₅) ┌──┐          Draw a layer and a point across its width. To the
//	        │  └─┐        left of the layer above, nearly always, the point is
//	f(x₂)   │    └───┐    under f and is the result; otherwise look at f.
//	f(x₁)   │        └──┐
//	        │ base strip│⋯ tail
//	        └───────────┴────
//	                    r
//
// Layer i ≥ 1 has width x(i) and lies between the heights f(x(i)) and
// f(x(i+1)); x(1) = r, x(256) = 0; the strip is as wide as a box of its area,
// x(0) = v/f(r). Layer and point come from different bits of one word, which
// avoids the correlation between them in the original (Doornik 2005, "An
// improved ziggurat method to generate normal random samples").
type ziggurat struct {
	inside [256]uint64      // 2^53·x(i+1)/x(i): points below it are under f
	scale  [256]float64     // x(i)/2^53
	height [256 + 1]float64 // f(x(i)), and f(0) = 1
}

// newZiggurat builds the tables of a density with f(0) = 1 and its inverse,
// given where its tail begins and the area of each layer.
func newZiggurat(r, v float64, f, inverse func(float64) float64) *ziggurat {
	z := new(ziggurat)
	x := [256 + 1]float64{0: v / f(r), 1: r}
	for i := 2; i < 256; i++ {
		x[i] = inverse(f(x[i-1]) + v/x[i-1])
	}
	for i := range 256 {
		z.inside[i] = uint64(x[i+1] / x[i] * 0x1p53)
		z.scale[i] = x[i] * 0x1p-53
		z.height[i] = f(x[i])
	}
	z.height[256] = 1
	return z
}

// under reports whether a point of layer i ≥ 1 at x lies under the density,
// where fx = f(x) and u is uniform on [0,1).
func (z *ziggurat) under(i uint64, u, fx float64) bool {
	return z.height[i]+float64(u*(z.height[i+1]-z.height[i])) < fx
}

// Where the tail begins, and the area of a layer: the pair for which 256
// layers of equal area reach f(0) = 1 exactly.
const (
	exponentialTail = 7.69711747013104972
	exponentialArea = 3.949659822581557e-3 // (r + 1)·e^-r
	normalTail      = 3.6541528853610088
	normalArea      = 4.928673233974655e-3 // r·e^(-r²/2) + √(π/2)·erfc(r/√2)
)

// The two tables are constants: nothing writes to them after this.
var (
	exponentialLayers = newZiggurat(exponentialTail, exponentialArea,
		func(x float64) float64 { return exp(-x) },
		func(y float64) float64 { return -log(y) })
	normalLayers = newZiggurat(normalTail, normalArea,
		func(x float64) float64 { return exp(-x * x / 2) },
		func(y float64) float64 { return math.Sqrt(-2 * log(y)) })
)

// Exp returns an exponential number of mean 1, in [0,∞), exact in the tail.
func (s *Stream) Exp() float64 {
	u := s.Uint64()
	i, across := u&0xff, u>>11
	x := float64(float64(int64(across)) * exponentialLayers.scale[i])
	if across < exponentialLayers.inside[i] {
		return x
	}
	return s.expOutside(i, x)
}

// expOutside decides about a point of layer i at x that does not lie under the
// layer above, about one in ninety.
func (s *Stream) expOutside(i uint64, x float64) float64 {
	switch {
	case i == 0:
		// The exponential has no memory: beyond r it starts anew.
		return exponentialTail + s.Exp()
	case exponentialLayers.under(i, s.Float64(), exp(-x)):
		return x
	default:
		return s.Exp()
	}
}

// Normal returns a normal number of mean 0 and variance 1, exact in the tails.
func (s *Stream) Normal() float64 {
	u := s.Uint64()
	i, across := u&0xff, u>>11
	x := float64(float64(int64(across)) * normalLayers.scale[i])
	if across >= normalLayers.inside[i] {
		x = s.normalOutside(i, x)
	}
	// Bit 8 belongs neither to the layer nor to the point: it is the sign.
	return math.Float64frombits(math.Float64bits(x) | u<<55&(1<<63))
}

// normalOutside decides about a point of layer i at x ≥ 0 that does not lie
// under the layer above, about one in eighty, and returns a magnitude.
func (s *Stream) normalOutside(i uint64, x float64) float64 {
	switch {
	case i == 0:
		return s.normalTail()
	case normalLayers.under(i, s.Float64(), exp(-x*x/2)):
		return x
	default:
		return math.Abs(s.Normal())
	}
}

// normalTail returns a normal number given that it exceeds r (Marsaglia 1964,
// "Generating a variable from the tail of the normal distribution",
// Technometrics 6(1)).
func (s *Stream) normalTail() float64 {
	for {
		x := s.Exp() / normalTail
		if 2*s.Exp() > x*x {
			return normalTail + x
		}
	}
}
