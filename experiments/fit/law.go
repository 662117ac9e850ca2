package fit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"onepen/sim"
)

// Law is a service law fitted to samples.
type Law struct {
	Name          string
	Dist          sim.Dist // as a parameter reads it, its figures rounded to four digits
	Parameters    int
	LogLikelihood float64
	AIC           float64 // Akaike 1974: 2·parameters - 2·log likelihood
	Distance      float64 // of Kolmogorov and Smirnov: the largest gap between distribution functions
}

// estimate is what a fit finds: the law as text, and its functions with the
// parameters as found, unrounded. Times are in seconds.
type estimate struct {
	text       string
	parameters int
	logDensity func(x float64) float64
	cdf        func(x float64) float64
}

// candidates are the laws that are fitted, by name. A fit returns false where
// its law cannot be that of the samples.
var candidates = []struct {
	name string
	fit  func(m *moments) (estimate, bool)
}{
	{"exponential", exponential},
	{"erlang", erlang},
	{"lognormal", lognormal},
	{"hyperexp", hyperexponential},
	{"pareto", pareto},
	{"uniform", uniform},
}

// moments are the samples, and what several fits want of them.
type moments struct {
	x         []float64 // ascending, positive
	mean, scv float64
	meanLog   float64
}

func momentsOf(x []float64) *moments {
	m := &moments{x: x}
	mean, variance := stat.PopMeanVariance(x, nil)
	m.mean, m.scv = mean, variance/(mean*mean)
	for _, v := range x {
		m.meanLog += math.Log(v)
	}
	m.meanLog /= float64(len(x))
	return m
}

// law measures an estimate against the samples. It returns false if the law is
// not one that package sim can draw from.
func (m *moments) law(name string, e estimate) (Law, bool) {
	dist, err := sim.ParseDist(e.text, nil)
	if err != nil {
		return Law{}, false
	}
	l := Law{Name: name, Dist: dist, Parameters: e.parameters}
	for _, x := range m.x {
		l.LogLikelihood += e.logDensity(x)
	}
	if math.IsNaN(l.LogLikelihood) || math.IsInf(l.LogLikelihood, 0) {
		return Law{}, false
	}
	l.AIC = 2*float64(l.Parameters) - 2*l.LogLikelihood
	l.Distance = distance(m.x, e.cdf)
	return l, true
}

// exponential: the mean is the estimate.
func exponential(m *moments) (estimate, bool) {
	law := distuv.Exponential{Rate: 1 / m.mean}
	return estimate{fmt.Sprintf("exponential(%s)", span(m.mean)), 1, law.LogProb, law.CDF}, true
}

// lognormal: mean and variance of the logarithms are the estimates.
func lognormal(m *moments) (estimate, bool) {
	variance := 0.0
	for _, x := range m.x {
		d := math.Log(x) - m.meanLog
		variance += d * d
	}
	variance /= float64(len(m.x))
	if !(variance > 0) {
		return estimate{}, false
	}
	law := distuv.LogNormal{Mu: m.meanLog, Sigma: math.Sqrt(variance)}
	text := fmt.Sprintf("lognormal(mean=%s, cv=%.4g)", span(law.Mean()), math.Sqrt(math.Expm1(variance)))
	return estimate{text, 2, law.LogProb, law.CDF}, true
}

// mostSteps is the largest number of steps of an Erlang law that is tried: its
// coefficient of variation is a thousandth.
const mostSteps = 1_000_000

// erlang: the likelihood is concave in the number of steps, so that the best
// whole number is beside the estimate of the gamma law, for which Minka (2002,
// "Estimating a gamma distribution", eq. 9) gives a start within 1.5 %.
func erlang(m *moments) (estimate, bool) {
	s := math.Log(m.mean) - m.meanLog
	if !(s > 0) {
		return estimate{}, false
	}
	start := (3 - s + math.Sqrt((s-3)*(s-3)+24*s)) / (12 * s)
	if !(start < mostSteps) {
		return estimate{}, false
	}
	// Of the log likelihood, what depends on k, over the number of samples.
	likelihood := func(k float64) float64 {
		log, _ := math.Lgamma(k)
		return k*math.Log(k/m.mean) - log + (k-1)*m.meanLog - k
	}
	k := math.Max(1, math.Round(start))
	for k > 1 && likelihood(k-1) > likelihood(k) {
		k--
	}
	for likelihood(k+1) > likelihood(k) {
		k++
	}
	law := distuv.Gamma{Alpha: k, Beta: k / m.mean}
	text := fmt.Sprintf("erlang(k=%.0f, mean=%s)", k, span(m.mean))
	return estimate{text, 2, law.LogProb, law.CDF}, true
}

// uniform: the smallest and the largest sample are the estimates.
func uniform(m *moments) (estimate, bool) {
	lo, hi := m.x[0], m.x[len(m.x)-1]
	if !(hi > lo) {
		return estimate{}, false
	}
	law := distuv.Uniform{Min: lo, Max: hi}
	return estimate{fmt.Sprintf("uniform(%s, %s)", span(lo), span(hi)), 2, law.LogProb, law.CDF}, true
}

// span writes seconds with four significant digits, and with a whole number of
// nanoseconds at least.
func span(seconds float64) string {
	if !(seconds < longest) {
		return "never" // no law takes that
	}
	ns := seconds * 1e9
	if ns >= 1e4 {
		unit := math.Pow(10, math.Floor(math.Log10(ns))-3)
		ns = math.Round(ns/unit) * unit
	}
	return sim.Time(math.Max(1, math.Round(ns))).String()
}
