package sim

import (
	"fmt"
	"math"
	"math/big"
)

// A Dispersion measures how bursty a stream of instants is, such as the
// arrivals at a queue. Three numbers tell regular, random and bursty streams
// apart:
//
//	                             deterministic   Poisson   bursty
//	index of dispersion, IDC(w)       → 0           1        > 1
//	SCV of the gaps                     0           1        > 1
//	lag-1 autocorrelation of gaps       -           0        > 0 if bursts last
//
// The index of dispersion of counts over windows of width w is
//
//	IDC(w) = Var N(w) / E N(w)
//
// with N(w) the number of instants in a window. It tends to the SCV of the
// gaps for wide windows if the gaps are independent, and exceeds it if short
// gaps keep company (Cox and Lewis 1966, "The Statistical Analysis of Series of
// Events"; Fendick and Whitt 1989, "Measurements and approximations to
// describe the offered traffic", Proc. IEEE 77(1)). Windows are half-open,
// [start + k·w, start + (k+1)·w), and only complete ones count.
//
// Recording costs the same for every instant, whatever the gap, and sums are
// integers, so that nothing is lost to rounding in long runs. The figures are
// computed when asked for, with big integers: only asking allocates.
//
// A Dispersion must be made by NewDispersion; a copy is independent.
type Dispersion struct {
	window  Time
	end     Time    // of the open window
	inside  uint64  // instants in the open window
	windows uint64  // complete windows
	counted uint64  // sum over complete windows of their counts
	counts2 uint128 // sum of squared counts

	n           uint64 // instants
	first, last Time   // first and last instant; meaningful if n > 0
	firstGap    Time   // meaningful if n > 1
	lastGap     Time
	gaps2       uint128 // sum of squared gaps [ns²]
	products    uint128 // sum of products of successive gaps [ns²]
}

// NewDispersion returns a Dispersion whose windows are window wide, the first
// beginning at start. It panics if window is not positive.
func NewDispersion(start, window Time) Dispersion {
	if window <= 0 {
		panic(fmt.Sprintf("sim: dispersion over a window of %v, must be positive", window))
	}
	return Dispersion{window: window, end: start + window, last: start}
}

// Record notes an instant. Instants may coincide; Record panics if at is before
// an earlier one or before the start.
func (d *Dispersion) Record(at Time) {
	if at < d.last {
		panic(fmt.Sprintf("sim: dispersion given an instant at %v, after one at %v", at, d.last))
	}
	if at >= d.end {
		d.closeWindows(at)
	}
	d.inside++
	gap := at - d.last
	d.last = at
	d.n++
	if d.n <= 2 {
		d.begin(at, gap)
		return
	}
	d.gaps2.addProduct(uint64(gap), uint64(gap))
	d.products.addProduct(uint64(gap), uint64(d.lastGap))
	d.lastGap = gap
}

// begin notes the first instant, which ends no gap, and the second, whose gap
// follows none.
func (d *Dispersion) begin(at, gap Time) {
	if d.n == 1 {
		d.first = at
		return
	}
	d.firstGap, d.lastGap = gap, gap
	d.gaps2.addProduct(uint64(gap), uint64(gap))
}

// closeWindows completes every window that ends at or before now.
func (d *Dispersion) closeWindows(now Time) {
	d.counted += d.inside
	d.counts2.addProduct(d.inside, d.inside)
	d.inside = 0
	passed := (now-d.end)/d.window + 1
	d.windows += uint64(passed)
	d.end += passed * d.window
}

// Reset forgets everything and begins anew at now, for instance after the
// warm-up.
func (d *Dispersion) Reset(now Time) { *d = NewDispersion(now, d.window) }

// N returns the number of instants recorded.
func (d *Dispersion) N() uint64 { return d.n }

// IndexOfDispersion returns IDC(w) over the windows complete by now, with the
// unbiased sample variance; NaN for fewer than two windows or if none holds an
// instant.
func (d *Dispersion) IndexOfDispersion(now Time) float64 {
	c := *d
	if now >= c.end {
		c.closeWindows(now)
	}
	if c.windows < 2 || c.counted == 0 {
		return math.NaN()
	}
	m := new(big.Int).SetUint64(c.windows)
	sum := new(big.Int).SetUint64(c.counted)
	// Var/mean = (m·Σc² - (Σc)²) / ((m-1)·Σc).
	num := spread(m, sum, c.counts2)
	den := new(big.Int).SetUint64(c.windows - 1)
	return ratio(num, den.Mul(den, sum))
}

// SCV returns the squared coefficient of variation of the gaps, with the
// unbiased sample variance; NaN for fewer than two gaps or if all are zero.
func (d *Dispersion) SCV() float64 {
	if d.n < 3 || d.last == d.first {
		return math.NaN()
	}
	m := new(big.Int).SetUint64(d.n - 1)
	sum := big.NewInt(int64(d.last - d.first))
	// Var/mean² = (m·Σg² - (Σg)²)·m / ((m-1)·(Σg)²).
	num := spread(m, sum, d.gaps2)
	num.Mul(num, m)
	den := new(big.Int).SetUint64(d.n - 2)
	den.Mul(den, sum).Mul(den, sum)
	return ratio(num, den)
}

// Autocorrelation returns the lag-1 autocorrelation of the gaps, in [-1,1], as
// the function Autocorrelation defines it; NaN for fewer than two gaps or if
// all are equal.
func (d *Dispersion) Autocorrelation() float64 {
	if d.n < 3 {
		return math.NaN()
	}
	m := new(big.Int).SetUint64(d.n - 1)
	sum := big.NewInt(int64(d.last - d.first))
	// With mean S/m, the sum over i < m of (g(i) - S/m)·(g(i+1) - S/m), times m²:
	//
	//	m²·Σg(i)·g(i+1) - m·S·(2·S - g(1) - g(m)) + (m-1)·S²
	num := d.products.big()
	num.Mul(num, m).Mul(num, m)
	ends := new(big.Int).Lsh(sum, 1)
	ends.Sub(ends, big.NewInt(int64(d.firstGap))).Sub(ends, big.NewInt(int64(d.lastGap)))
	num.Sub(num, ends.Mul(ends, m).Mul(ends, sum))
	rest := new(big.Int).SetUint64(d.n - 2)
	num.Add(num, rest.Mul(rest, sum).Mul(rest, sum))
	// The sum of squared deviations, times m².
	den := spread(m, sum, d.gaps2)
	return ratio(num, den.Mul(den, m))
}

// spread returns m·squares - sum²: m times the sum of squared deviations of m
// numbers.
func spread(m, sum *big.Int, squares uint128) *big.Int {
	s := squares.big()
	s.Mul(s, m)
	return s.Sub(s, new(big.Int).Mul(sum, sum))
}

// ratio returns the float64 nearest to num/den; NaN if den is zero.
func ratio(num, den *big.Int) float64 {
	if den.Sign() == 0 {
		return math.NaN()
	}
	f, _ := new(big.Rat).SetFrac(num, den).Float64()
	return f
}

// Autocorrelation returns the lag-k sample autocorrelation of x,
//
//	r(k) = Σ (x(i) - x̄)·(x(i+k) - x̄) / Σ (x(i) - x̄)²
//
// with n-k terms above and n below (Box and Jenkins 1976, "Time Series
// Analysis", ch. 2). It lies in [-1,1] and is of order 1/n too small. For
// independent values its standard error is about 1/√n. It is NaN if all values
// are equal or lag is not below len(x), and panics for a negative lag.
func Autocorrelation(x []float64, lag int) float64 {
	if lag < 0 {
		panic(fmt.Sprintf("sim: autocorrelation at lag %d, must not be negative", lag))
	}
	if lag >= len(x) {
		return math.NaN()
	}
	var t Tally
	for _, v := range x {
		t.Add(v)
	}
	if t.Min() == t.Max() {
		return math.NaN()
	}
	mean := t.Mean()
	var num, den float64
	for i, v := range x {
		d := v - mean
		den += float64(d * d)
		if i >= lag {
			num += float64(d * (x[i-lag] - mean))
		}
	}
	return num / den
}
