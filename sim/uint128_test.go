package sim

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestUint128MatchesBig(t *testing.T) {
	modulus := new(big.Int).Lsh(big.NewInt(1), 128)
	rapid.Check(t, func(t *rapid.T) {
		var u uint128
		want := new(big.Int)
		for _, x := range rapid.SliceOf(rapid.Uint64()).Draw(t, "terms") {
			y := rapid.Uint64().Draw(t, "factor")
			u.add(x)
			u.addProduct(x, y)
			bx, by := new(big.Int).SetUint64(x), new(big.Int).SetUint64(y)
			want.Add(want, bx).Add(want, by.Mul(by, bx))
		}
		want.Mod(want, modulus)
		if u.big().Cmp(want) != 0 {
			t.Fatalf("sum = %v, want %v", u.big(), want)
		}
		exact, _ := new(big.Float).SetInt(want).Float64()
		if got := u.float(); math.Abs(got-exact) > 0x1p-52*exact {
			t.Fatalf("float() = %v, want %v", got, exact)
		}
		v := uint128{rapid.Uint64().Draw(t, "hi"), rapid.Uint64().Draw(t, "lo")}
		if back, ok := u.plus(v).minus(v); back != u || ok != (u.plus(v).big().Cmp(v.big()) >= 0) {
			t.Fatalf("(%v + %v) - %v = %v, %v", u, v, v, back, ok)
		}
	})
}
