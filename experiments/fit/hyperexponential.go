package fit

import (
	"fmt"
	"math"
)

// The search for a mixture: how many samples it looks at in each step, as
// quantiles stand for all if there are more, how many steps it may take, and
// the relative change of its parameters at which it has arrived.
const (
	mostForSearch = 5_000
	mostRounds    = 2_000
	arrived       = 1e-7
)

// hyperexponential maximises the likelihood of the mixture of two exponentials
// by the EM algorithm (Dempster, Laird and Rubin 1977, § 4.3), from the mixture
// of balanced means that has the samples' first two moments.
func hyperexponential(m *moments) (estimate, bool) {
	if !(m.scv > 1) || math.IsInf(m.scv, 0) {
		return estimate{}, false // a mixture of exponentials varies more than one
	}
	x := thinned(m.x, mostForSearch)
	root := math.Sqrt((m.scv - 1) / (m.scv + 1))
	p := (1 + root) / 2
	mix := mixture{p, m.mean / (2 * p), m.mean / (2 * (1 - p))}
	for range mostRounds {
		next := mix.improved(x)
		if !(next.p > 0 && next.p < 1 && next.a > 0 && next.b > 0) {
			return estimate{}, false // one of the two is never drawn: an exponential
		}
		step := max(math.Abs(next.p/mix.p-1), math.Abs(next.a/mix.a-1), math.Abs(next.b/mix.b-1))
		if mix = next; step < arrived {
			break
		}
	}
	text := fmt.Sprintf("hyperexp(p=%.4g, a=%s, b=%s)", mix.p, span(mix.a), span(mix.b))
	return estimate{text, 3, mix.logDensity, mix.cdf}, true
}

// mixture is an exponential of mean a with probability p, else one of mean b.
type mixture struct{ p, a, b float64 }

// improved is one step of EM: each sample belongs to the first part with the
// probability that the mixture gives it; shares and means of the parts follow.
func (m mixture) improved(x []float64) mixture {
	var share, first, second float64
	for _, t := range x {
		u := math.Log(m.p/m.a) - t/m.a
		v := math.Log((1-m.p)/m.b) - t/m.b
		belongs := 1 / (1 + math.Exp(v-u))
		share += belongs
		first += belongs * t
		second += (1 - belongs) * t
	}
	n := float64(len(x))
	return mixture{share / n, first / share, second / (n - share)}
}

func (m mixture) logDensity(x float64) float64 {
	// The larger of the two terms is taken out, or both underflow in the tail.
	u := math.Log(m.p/m.a) - x/m.a
	v := math.Log((1-m.p)/m.b) - x/m.b
	hi, lo := max(u, v), min(u, v)
	return hi + math.Log1p(math.Exp(lo-hi))
}

func (m mixture) cdf(x float64) float64 {
	return -m.p*math.Expm1(-x/m.a) - (1-m.p)*math.Expm1(-x/m.b)
}

// thinned returns at most n of ascending samples, at equal distances in rank.
func thinned(x []float64, n int) []float64 {
	if len(x) <= n {
		return x
	}
	few := make([]float64, n)
	for i := range few {
		few[i] = x[int((float64(i)+0.5)*float64(len(x))/float64(n))]
	}
	return few
}
