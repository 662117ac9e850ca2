package sim

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Erlang is the distribution of the sum of k independent exponential spans of
// mean m/k each:
//
//	F(x) = 1 - e^(-kx/m)·Σ (kx/m)^i/i!  over i < k    x ≥ 0
//
// It describes work of k like steps, steadier the more there are.
type Erlang struct {
	k    int
	mean Time
}

// NewErlang returns the Erlang distribution of k steps, in [1, 1000000], and
// the given mean of the whole, in (0, 73 years].
func NewErlang(k int, mean Time) (Erlang, error) {
	if k < 1 || k > 1_000_000 {
		return Erlang{}, fmt.Errorf("erlang: k must be 1 to 1000000, got %d", k)
	}
	return Erlang{k, mean}, checkSpan("erlang", "mean", mean)
}

// Mean returns m. [s]
func (d Erlang) Mean() float64 { return d.mean.Seconds() }

// SCV returns 1/k.
func (d Erlang) SCV() float64 { return 1 / float64(d.k) }

// Quantile inverts the regularised incomplete gamma function P(k, kx/m). [s]
func (d Erlang) Quantile(p float64) float64 {
	mustProbability(p)
	if p == 1 {
		return math.Inf(1)
	}
	k := float64(d.k)
	return d.mean.Seconds() / k * mathext.GammaIncRegInv(k, p)
}

// summedSteps is the number of steps up to which adding exponential numbers is
// quicker than drawing the sum at once.
const summedSteps = 3

// Sample draws the sum of the steps.
func (d Erlang) Sample(s *Stream) Time {
	step := float64(d.mean) / float64(d.k)
	if d.k > summedSteps {
		return span(step * s.gammaNumber(float64(d.k)))
	}
	sum := 0.0
	for range d.k {
		sum += s.Exp()
	}
	return span(step * sum)
}

// gammaNumber returns a gamma number of shape k ≥ 1 and mean k (Marsaglia and
// Tsang 2000, "A simple method for generating gamma variables", ACM TOMS
// 26(3)). The cube of a scaled normal number is nearly gamma; a test that
// nearly always succeeds makes it exactly so.
func (s *Stream) gammaNumber(k float64) float64 {
	d := k - 1.0/3
	c := 1 / (3 * math.Sqrt(d))
	for {
		x := s.Normal()
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = float64(v * v * v)
		u := 1 - s.Float64() // in (0,1], for its logarithm
		x2 := x * x
		if u < 1-float64(0.0331*x2*x2) {
			return d * v // the squeeze: sure without a logarithm
		}
		if log(u) < x2/2+float64(d*(1-v+log(v))) {
			return d * v
		}
	}
}

// String returns text such as erlang(k=4, mean=2ms).
func (d Erlang) String() string { return fmt.Sprintf("erlang(k=%d, mean=%v)", d.k, d.mean) }

// erlangForm says how the distribution is written.
func erlangForm() DistForm {
	return DistForm{
		Name: "erlang",
		Args: []DistArg{
			{Name: "k", Kind: CountArg, Meaning: "number of steps, 1 to 1000000"},
			meanArg(),
		},
		Meaning: "sum of k like exponential steps, SCV 1/k",
		Example: "erlang(k=4, mean=2ms)",
		build:   func(a distArgs) (Dist, error) { return NewErlang(a.count("k"), a.span("mean")) },
	}
}
