package sim

import (
	"fmt"
	"math"
)

// Pareto is the bounded Pareto distribution, a power law cut off at both ends:
//
//	F(x) = (1 - (lo/x)^α)/(1 - (lo/hi)^α)    lo ≤ x ≤ hi
//
// (Harchol-Balter 2013, "Performance modeling and design of computer systems",
// chapter 20). It describes heavy-tailed work: with α near 1 a small share of
// the operations is most of the load.
type Pareto struct {
	alpha  float64
	lo, hi Time

	kept float64 // 1 - (lo/hi)^α, the share of the unbounded law kept
}

// NewPareto returns the bounded Pareto distribution of exponent alpha, in
// [0.01, 100], over [lo, hi], where 0 < lo < hi ≤ 73 years.
func NewPareto(alpha float64, lo, hi Time) (Pareto, error) {
	if err := firstError(
		checkNumber("pareto", "alpha", alpha, alpha >= 0.01 && alpha <= 100, "0.01 to 100"),
		checkSpan("pareto", "lo", lo),
		checkSpan("pareto", "hi", hi),
	); err != nil {
		return Pareto{}, err
	}
	if hi <= lo {
		return Pareto{}, fmt.Errorf("pareto: hi must be above lo = %v, got %v", lo, hi)
	}
	kept := -expm1(float64(-alpha * log(float64(hi)/float64(lo))))
	return Pareto{alpha, lo, hi, kept}, nil
}

// Mean returns the first moment. [s]
func (d Pareto) Mean() float64 { return seconds(float64(d.lo) * d.moment(1)) }

// SCV returns E[X²]/E[X]² - 1.
func (d Pareto) SCV() float64 {
	mean := d.moment(1)
	return max(0, d.moment(2)/float64(mean*mean)-1)
}

// moment returns E[(X/lo)^k]. With T = ln(hi/lo) and the substitution
// x = lo·e^t it is
//
//	α/kept · ∫₀ᵀ e^((k-α)t) dt = α/kept · (e^((k-α)T) - 1)/(k-α)
//
// and α/kept · T in the limit k = α.
func (d Pareto) moment(k float64) float64 {
	length := log(float64(d.hi) / float64(d.lo))
	integral := length
	if excess := k - d.alpha; excess != 0 {
		integral = expm1(float64(excess*length)) / excess
	}
	return d.alpha / d.kept * integral
}

// Quantile returns lo·(1 - p·kept)^(-1/α). [s]
func (d Pareto) Quantile(p float64) float64 {
	mustProbability(p)
	x := d.lo.Seconds() * math.Exp(-math.Log1p(-p*d.kept)/d.alpha)
	return min(x, d.hi.Seconds())
}

// Sample inverts F at a uniform number.
func (d Pareto) Sample(s *Stream) Time {
	rest := 1 - float64(s.Float64()*d.kept)
	return min(span(float64(d.lo)*pow(rest, -1/d.alpha)), d.hi)
}

// String returns text such as pareto(alpha=1.5, lo=1ms, hi=1s).
func (d Pareto) String() string {
	return fmt.Sprintf("pareto(alpha=%v, lo=%v, hi=%v)", d.alpha, d.lo, d.hi)
}

// paretoForm says how the distribution is written.
func paretoForm() DistForm {
	return DistForm{
		Name: "pareto",
		Args: []DistArg{
			{Name: "alpha", Kind: NumberArg, Meaning: "exponent of the tail, 0.01 to 100; the smaller the heavier"},
			{Name: "lo", Kind: SpanArg, Meaning: "least value, > 0"},
			{Name: "hi", Kind: SpanArg, Meaning: "greatest value, > lo"},
		},
		Meaning: "bounded power law: heavy-tailed work",
		Example: "pareto(alpha=1.5, lo=1ms, hi=1s)",
		build: func(a distArgs) (Dist, error) {
			return NewPareto(a.number("alpha"), a.span("lo"), a.span("hi"))
		},
	}
}
