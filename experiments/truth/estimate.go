package truth

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"onepen/sim"
)

// sample is all that the replications of a case say about a row.
type sample struct {
	readings []reading
	law      *sim.Histogram // of a quantile's row: of all replications
	bent     float64        // by which the law's values are off on purpose; 1 = they are not
	controls [][]float64    // by control and replication; the expectation of each is 0
}

// estimation is a ratio, and how far it is from its target.
type estimation struct {
	ratio   float64
	shift   float64 // what the controls add to the ratio
	t       float64 // difference from the target, in standard errors, corrected for skewness
	se      float64 // standard error of the ratio, if the target is right
	degrees float64 // of freedom of se

	// Of yesNo: the probability of as many that say yes or fewer, and as many or
	// more, if the target is right; half of that of as many belongs to each.
	atMost, atLeast float64
}

// estimate estimates a ratio from independent readings. See reading for why
// the differences over - target·per are what is averaged.
func estimate(a answer, s sample) estimation {
	n := float64(len(s.readings))
	var over, per sim.Tally
	for _, r := range s.readings {
		over.Add(r.over)
		per.Add(r.per)
	}
	e := estimation{ratio: over.Mean() / per.Mean(), degrees: n - 1}
	if a.yesNo {
		yes, law := math.Round(over.Mean()*n), distuv.Binomial{N: n, P: a.target}
		e.se = math.Sqrt(a.target * (1 - a.target) / n)
		e.atMost = law.CDF(yes) - law.Prob(yes)/2
		e.atLeast = law.Survival(yes) + law.Prob(yes)/2
		return e
	}
	m := controlled(a.differences(s.readings), s.controls)
	e.shift, e.degrees = m.shift/per.Mean(), m.degrees
	e.ratio += e.shift
	e.se = math.Hypot(m.se/per.Mean(), a.vague)
	if e.se > 0 {
		e.t = withoutSkew(m.mean/per.Mean()/e.se, m.skewness, n)
	}
	return e
}

// differences returns over - target·per of each reading.
func (a answer) differences(readings []reading) []float64 {
	d := make([]float64, len(readings))
	for i, r := range readings {
		d[i] = r.over - float64(a.target*r.per)
	}
	return d
}

// adjusted is a mean with the help of controls.
type adjusted struct {
	mean, se, degrees float64
	shift             float64 // mean less the plain mean
	skewness          float64 // of what the controls leave unexplained
}

// controlled estimates the mean of y with the help of controls, whose mean is
// known to be 0 and which rise and fall with y: a run in which servers happened
// to be busier than they are on average has longer waits, too. The estimate is
// where the regression of y on the controls meets 0 (Lavenberg and Welch 1981,
// "A perspective on the use of control variables to increase the efficiency of
// Monte Carlo simulations", Management Science 27(3)):
//
//	mean = ȳ - βᵀx̄,  se² = s² (1/n + x̄ᵀ S⁻¹ x̄),  β = S⁻¹ Σ (x-x̄)(y-ȳ)
//
// with S = Σ (x-x̄)(x-x̄)ᵀ and s² the variance of the residuals, of n - 1 less
// the number of controls degrees of freedom. An error in what the controls say
// fails their own rows, and not again all that follows from it. Controls that
// say the same are left out, as are all of them if they are nothing but y by
// another name.
func controlled(y []float64, controls [][]float64) adjusted {
	plain := centred(y)
	residuals := plain
	var shift, leverage float64
	used := 0
	for _, x := range orthogonal(controls) {
		d := centred(x)
		length := dot(d, d)
		slope := dot(residuals, d) / length
		residuals = minus(residuals, d, slope)
		middle := mean(x)
		shift -= slope * middle
		leverage += middle * middle / length
		used++
	}
	if dot(residuals, residuals) < 1e-3*dot(plain, plain) {
		residuals, shift, leverage, used = plain, 0, 0, 0
	}
	n := float64(len(y))
	degrees := n - 1 - float64(used)
	variance := dot(residuals, residuals) / degrees
	return adjusted{
		mean: mean(y) + shift, se: math.Sqrt(variance * (1/n + leverage)), degrees: degrees,
		shift: shift, skewness: skewness(residuals),
	}
}

// orthogonal takes from each control what it repeats of those before it, as
// far as they rise and fall together, and leaves out those of which nothing of
// their own remains. Combinations of controls have mean 0 as well (Gram and
// Schmidt).
func orthogonal(controls [][]float64) [][]float64 {
	var kept [][]float64
	for _, x := range controls {
		whole := centred(x)
		for _, k := range kept {
			d := centred(k)
			x = minus(x, k, dot(centred(x), d)/dot(d, d))
		}
		if own := centred(x); dot(own, own) > 1e-6*dot(whole, whole) {
			kept = append(kept, x)
		}
	}
	return kept
}

// centred returns x less its mean.
func centred(x []float64) []float64 {
	c, m := make([]float64, len(x)), mean(x)
	for i, v := range x {
		c[i] = v - m
	}
	return c
}

// minus returns x - factor·y.
func minus(x, y []float64, factor float64) []float64 {
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - float64(factor*y[i])
	}
	return d
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i := range x {
		sum += float64(x[i] * y[i])
	}
	return sum
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// skewness returns the third standardised moment of values of mean 0; 0 if they
// are all 0.
func skewness(x []float64) float64 {
	variance := dot(x, x) / float64(len(x))
	if variance == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v * v * v
	}
	return sum / float64(len(x)) / (variance * math.Sqrt(variance))
}

// withoutSkew corrects a t statistic of n values for their skewness γ (Hall
// 1992, "On the removal of skewness by transformation", J. R. Statist. Soc. B
// 54, eq. 2.4):
//
//	t + γ t²/(3√n) + γ² t³/(27 n) + γ/(6√n)
//
// Long tails make mean and standard deviation rise and fall together, so that
// a sample without a rare large value has a t far below what its law allows.
func withoutSkew(t, skewness, n float64) float64 {
	g := skewness / math.Sqrt(n)
	return t + g*t*t/3 + g*g*t*t*t/27 + g/6
}
