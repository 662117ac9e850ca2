package sim

import "math"

// The functions exp, expm1, log and log1p of package math are written in assembly on
// some machines and compiled with fused multiply-add on others, so their last
// bits differ from machine to machine. A simulation must not: what a sample
// depends on uses the functions below, which consist of additions, products
// and divisions that IEEE 754 rounds alike everywhere. The conversions
// float64(x*y) forbid the compiler to fuse the product with a sum.
//
// The tests hold their relative errors below 1e-15, that of expm1 below 1e-14.

// ln2High and ln2Low add up to ln 2. ln2High has 36 significant bits, so its
// product with an integer below 2^17 is exact.
const (
	ln2High = 0xB17217F7Dp-36
	ln2Low  = math.Ln2 - ln2High
)

// powersOfTwo holds 2^(j/32) for j in [0,32), as products of repeated square
// roots, which IEEE 754 rounds exactly.
var powersOfTwo = func() (table [32]float64) {
	for j := range table {
		table[j] = 1
		root := math.Sqrt(2)
		for bit := 16; bit > 0; bit >>= 1 {
			if j&bit != 0 {
				table[j] *= root
			}
			root = math.Sqrt(root)
		}
	}
	return table
}()

// exp returns e^x, +Inf above 709.78 and 0 below -708, where the result would
// be subnormal.
//
// With k the integer nearest 32·x/ln 2 and r = x - k·ln 2/32, |r| < 0.011,
//
//	e^x = 2^(k div 32) · 2^((k mod 32)/32) · e^r
//
// (Tang 1989, "Table-driven implementation of the exponential function", ACM
// TOMS 15(2)).
func exp(x float64) float64 {
	if x > 709.78 {
		return math.Inf(1)
	}
	if x < -708 {
		return 0
	}
	k, r := reduceExp(x)
	p := powersOfTwo[k&31]
	return float64(p+float64(p*expm1Small(r))) * powerOfTwo(k>>5)
}

// expm1 returns e^x - 1 without loss of digits near 0.
func expm1(x float64) float64 {
	if math.Abs(x) < 0.010 {
		return expm1Small(x)
	}
	if x > 709.78 || x < -708 {
		return exp(x) - 1
	}
	k, r := reduceExp(x)
	p := powersOfTwo[k&31]
	scale := powerOfTwo(k >> 5)
	// The exact part p·scale - 1 first: it cancels before anything is rounded.
	return float64(float64(p*scale)-1) + float64(float64(p*expm1Small(r))*scale)
}

// reduceExp returns k and r with x = k·ln 2/32 + r and |r| ≤ ln 2/64, for
// |x| < 1000.
func reduceExp(x float64) (k int64, r float64) {
	// Adding 1.5·2^52 rounds to an integer, which the low bits then hold.
	const round = 0x1.8p52
	shifted := float64(x*(32/math.Ln2)) + round
	k = int64(math.Float64bits(shifted)) - int64(math.Float64bits(round))
	n := shifted - round
	r = float64(x-float64(n*(ln2High/32))) - float64(n*(ln2Low/32))
	return k, r
}

// powerOfTwo returns 2^n for n in [-1022,1023].
func powerOfTwo(n int64) float64 {
	return math.Float64frombits(uint64(n+1023) << 52)
}

// expm1Small returns e^r - 1 for |r| < 0.011 by its Taylor series; the first
// term left out is below 2^-57 of the result.
func expm1Small(r float64) float64 {
	r2 := r * r
	high := float64(1.0/120) + float64(r*(1.0/720)) + float64(r2*(1.0/5040))
	low := float64(0.5) + float64(r*(1.0/6)) + float64(r2*(1.0/24))
	return r + float64(r2*(low+float64(float64(r2*r)*high)))
}

// log returns the natural logarithm of x, for normal x > 0.
//
// With x = 2^k·m, √½ ≤ m < √2, and s = (m-1)/(m+1), |s| < 0.172,
//
//	ln x = k·ln 2 + 2·(s + s³/3 + s⁵/5 + … + s^19/19)
//
// (Abramowitz and Stegun 1964, 4.1.27); the first term left out is below 2^-55
// of the sum.
func log(x float64) float64 {
	const sqrtHalf = 0x3fe6a09e667f3bcd // bits of √½
	word := math.Float64bits(x)
	k := int64(word-sqrtHalf) >> 52
	m := math.Float64frombits(word - uint64(k)<<52)
	n := float64(k)
	return float64(n*ln2High) + (2*atanh((m-1)/(m+1)) + float64(n*ln2Low))
}

// log1p returns ln(1+x) for x > -1 without loss of digits near 0.
func log1p(x float64) float64 {
	if -0.25 < x && x < 0.4 {
		return 2 * atanh(x/(2+x))
	}
	return log(1 + x)
}

// atanh returns the inverse hyperbolic tangent of s, |s| < 0.172.
func atanh(s float64) float64 {
	z := s * s
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	a := float64(1.0/3) + float64(z*(1.0/5))
	b := float64(1.0/7) + float64(z*(1.0/9))
	c := float64(1.0/11) + float64(z*(1.0/13))
	d := float64(1.0/15) + float64(z*(1.0/17))
	series := (a + float64(z2*b)) + float64(z4*((c+float64(z2*d))+float64(z4*(1.0/19))))
	return s + float64(float64(s*z)*series)
}

// pow returns x^y for normal x > 0, with a relative error of about
// |y·ln x|·2^-52.
func pow(x, y float64) float64 { return exp(float64(y * log(x))) }
