package theory

import "math"

// Birthday is the drawing of IDs at random, each of Space IDs as likely as any
// other, without looking whether they are taken (Feller 1968, "An introduction
// to probability theory and its applications", vol. 1, § II.3). Numbers of IDs
// are floats, as 2^122 is one of interest.
type Birthday struct {
	Space float64 // M >= 1
	Draws float64 // n >= 0
}

// Pairs returns the expected number of pairs of equal IDs, n (n-1) / 2M.
func (b Birthday) Pairs() float64 { return b.Draws * (b.Draws - 1) / (2 * b.Space) }

// Repeats returns the expected number of draws that give an ID drawn before,
//
//	n - M (1 - (1-1/M)^n)
//
// As this cancels where repeats are rare, which is the case of interest, it is
// summed there as the series that the binomial theorem gives,
//
//	Σ (-1)^k C(n, k) / M^(k-1),  k = 2, 3, …
//
// whose terms shrink by n/(kM).
func (b Birthday) Repeats() float64 {
	if b.Draws > b.Space/100 {
		return b.Draws + float64(b.Space*math.Expm1(b.Draws*math.Log1p(-1/b.Space)))
	}
	term := b.Pairs()
	sum := term
	for k := 3.0; math.Abs(term) > 1e-17*sum; k++ {
		term *= -(b.Draws - k + 1) / (k * b.Space)
		sum += term
	}
	return sum
}

// Any returns the probability that any two IDs are equal,
//
//	1 - Π (1 - i/M),  i = 1 … n-1
//
// The logarithm of the product is the series in powers of 1/M
//
//	-Σ S(j) / (j M^j),  S(j) = Σ i^j over i = 1 … n-1
//
// of which three terms are kept: the error is below n^5/20M^4, nothing for any
// space worth drawing from. The sums are Faulhaber's.
func (b Birthday) Any() float64 {
	n, m := b.Draws-1, b.Space
	s1 := n * (n + 1) / 2
	s2 := n * (n + 1) * (2*n + 1) / 6
	s3 := s1 * s1
	return -math.Expm1(-(s1/m + s2/(2*m*m) + s3/(3*m*m*m)))
}
