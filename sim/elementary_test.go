package sim

import (
	"math"
	"testing"
)

// The reference is package math, which is within one unit in the last place
// (2^-52 of the result) of the truth.
func TestElementary(t *testing.T) {
	s := NewStream(1, 0, "elementary", "")
	between := func(lo, hi float64) float64 { return lo + (hi-lo)*s.Float64() }
	small := func() float64 { return math.Copysign(math.Exp(between(-40, -1)), between(-1, 1)) }
	for _, f := range []struct {
		name      string
		got, want func(float64) float64
		draw      func() float64
		tolerance float64
	}{
		{"exp", exp, math.Exp, func() float64 { return between(-20, 20) }, 1e-15},
		{"exp far", exp, math.Exp, func() float64 { return between(-708, 709.78) }, 1e-15},
		{"exp small", exp, math.Exp, small, 1e-15},
		{"expm1", expm1, math.Expm1, func() float64 { return between(-20, 20) }, 1e-14},
		{"expm1 near 0", expm1, math.Expm1, func() float64 { return between(-0.1, 0.1) }, 1e-14},
		{"expm1 small", expm1, math.Expm1, small, 1e-14},
		{"log", log, math.Log, func() float64 { return math.Exp(between(-700, 700)) }, 1e-15},
		{"log near 1", log, math.Log, func() float64 { return between(0.5, 2) }, 1e-15},
		{"log of 1+small", log, math.Log, func() float64 { return 1 + small() }, 1e-15},
		{"log1p", log1p, math.Log1p, func() float64 { return between(-0.9, 20) }, 1e-15},
		{"log1p small", log1p, math.Log1p, small, 1e-15},
	} {
		worst, at := 0.0, 0.0
		for range 20_000 {
			x := f.draw()
			want := f.want(x)
			if miss := math.Abs(f.got(x)-want) / math.Abs(want); miss > worst {
				worst, at = miss, x
			}
		}
		if worst > f.tolerance {
			t.Errorf("%s(%v) is off by a relative %.2g, want at most %g", f.name, at, worst, f.tolerance)
		}
	}
}

func TestElementaryEdges(t *testing.T) {
	for _, test := range []struct {
		call      string
		got, want float64
	}{
		{"exp(0)", exp(0), 1},
		{"exp(-Inf)", exp(math.Inf(-1)), 0},
		{"exp(-709)", exp(-709), 0},
		{"exp(710)", exp(710), math.Inf(1)},
		{"exp(Inf)", exp(math.Inf(1)), math.Inf(1)},
		{"expm1(0)", expm1(0), 0},
		{"expm1(-800)", expm1(-800), -1},
		{"expm1(800)", expm1(800), math.Inf(1)},
		{"log(1)", log(1), 0},
		{"log(2)", log(2), math.Ln2},
		{"log(2^-1022)", log(0x1p-1022), -1022 * math.Ln2},
		{"log1p(0)", log1p(0), 0},
		{"pow(2, 0)", pow(2, 0), 1},
		{"pow(1, 1e9)", pow(1, 1e9), 1},
	} {
		if test.got != test.want {
			t.Errorf("%s = %v, want %v", test.call, test.got, test.want)
		}
	}
}
