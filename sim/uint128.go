package sim

import (
	"math/big"
	"math/bits"
)

// uint128 is an unsigned 128-bit sum. Products of two 63-bit numbers add up in
// it exactly, so that an area under a level or a sum of squared gaps neither
// overflows nor depends on the order or the machine it was computed on, as a
// sum of floats would.
type uint128 struct{ hi, lo uint64 }

// add adds x.
func (u *uint128) add(x uint64) {
	var carry uint64
	u.lo, carry = bits.Add64(u.lo, x, 0)
	u.hi += carry
}

// addProduct adds x·y.
func (u *uint128) addProduct(x, y uint64) {
	hi, lo := bits.Mul64(x, y)
	var carry uint64
	u.lo, carry = bits.Add64(u.lo, lo, 0)
	u.hi, _ = bits.Add64(u.hi, hi, carry)
}

// plus returns u + v.
func (u uint128) plus(v uint128) uint128 {
	lo, carry := bits.Add64(u.lo, v.lo, 0)
	hi, _ := bits.Add64(u.hi, v.hi, carry)
	return uint128{hi, lo}
}

// minus returns u - v and whether v was no greater than u.
func (u uint128) minus(v uint128) (uint128, bool) {
	lo, borrow := bits.Sub64(u.lo, v.lo, 0)
	hi, borrow := bits.Sub64(u.hi, v.hi, borrow)
	return uint128{hi, lo}, borrow == 0
}

// float returns u as a float64, to within one unit in its last place. Equal
// sums give equal floats. Scaling by 2^64 is exact, so a fused multiply-add
// gives the same result.
func (u uint128) float() float64 {
	return float64(u.hi)*(1<<64) + float64(u.lo)
}

// big returns u as a big integer.
func (u uint128) big() *big.Int {
	b := new(big.Int).SetUint64(u.hi)
	b.Lsh(b, 64)
	return b.Or(b, new(big.Int).SetUint64(u.lo))
}
