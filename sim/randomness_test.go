package sim

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// A statistical test here fails when its p-value is below this level. Seeds
// are fixed, so a test that passes once passes always; among the few hundred
// tests of this package one would fail by chance for one seed in 50.
const level = 1e-4

// wantChiSquare fails t if the observed counts are not compatible with the
// expected ones (Pearson 1900), of which the last degrees are lost.
func wantChiSquare(t *testing.T, what string, observed, expected []float64, lost int) {
	t.Helper()
	sum := 0.0
	for i, e := range expected {
		if e < 5 {
			t.Fatalf("%s: cell %d expects only %.2g: gather cells", what, i, e)
		}
		sum += (observed[i] - e) * (observed[i] - e) / e
	}
	degrees := float64(len(expected) - lost)
	if degrees == 0 {
		return // one cell, which holds everything
	}
	wantSquares(t, what, sum, degrees)
}

// wantSquares fails t if sum is too large, or too small, to be the sum of the
// squares of that many independent standard normal numbers.
func wantSquares(t *testing.T, what string, sum, degrees float64) {
	t.Helper()
	p := distuv.ChiSquared{K: degrees}.Survival(sum)
	if p < level/2 || p > 1-level/2 {
		t.Errorf("%s: χ² = %.1f with %v degrees of freedom, p = %.2g", what, sum, degrees, p)
	}
}

// wantNormal fails t if z, standard normal under the hypothesis, is too far
// from 0.
func wantNormal(t *testing.T, what string, z float64) {
	t.Helper()
	if p := math.Erfc(math.Abs(z) / math.Sqrt2); !(p >= level) {
		t.Errorf("%s: %.2f standard errors from the expected value, p = %.2g", what, z, p)
	}
}

// wantDistributed fails t if samples, which it sorts, are not compatible with
// the continuous distribution function cdf (Kolmogorov 1933; p by the first
// term of his series, which at this level is the whole of it).
func wantDistributed(t *testing.T, what string, samples []float64, cdf func(float64) float64) {
	t.Helper()
	slices.Sort(samples)
	n := float64(len(samples))
	distance := 0.0
	for i, x := range samples {
		f := cdf(x)
		distance = max(distance, f-float64(i)/n, float64(i+1)/n-f)
	}
	if p := 2 * math.Exp(-2*n*distance*distance); p < level {
		t.Errorf("%s: Kolmogorov distance %.3g over %v samples, p = %.2g", what, distance, n, p)
	}
}

// battery puts draws through the classical tests of Knuth 1997, "The art of
// computer programming", vol. 2, section 3.3.2, and the birthday spacings of
// Marsaglia 1985, "A current view of random number generators".
func battery(t *testing.T, draws []uint64) {
	t.Helper()
	testBits(t, draws)
	testBytes(t, draws)
	testPairs(t, draws)
	testSerialCorrelation(t, draws)
	testGaps(t, draws)
	testRuns(t, draws)
	testBirthdays(t, draws)
}

// testBits: each bit is 1 half of the time, and differs from the same bit of
// the draw before half of the time.
func testBits(t *testing.T, draws []uint64) {
	t.Helper()
	var ones, flips [64]int
	flipped := 0
	for i, x := range draws {
		change := x ^ draws[max(i-1, 0)]
		flipped += bits.OnesCount64(change)
		for b := range 64 {
			ones[b] += int(x >> b & 1)
			flips[b] += int(change >> b & 1)
		}
	}
	n := float64(len(draws))
	onesSquared, flipsSquared := 0.0, 0.0
	for b := range 64 {
		onesSquared += (float64(ones[b]) - n/2) * (float64(ones[b]) - n/2) / (n / 4)
		flipsSquared += (float64(flips[b]) - (n-1)/2) * (float64(flips[b]) - (n-1)/2) / ((n - 1) / 4)
	}
	wantSquares(t, "ones of each bit", onesSquared, 64)
	wantSquares(t, "flips of each bit", flipsSquared, 64)
	wantNormal(t, "flips of all bits", (float64(flipped)-32*(n-1))/math.Sqrt(16*(n-1)))
}

// testBytes: each value of the highest and of the lowest byte is as likely.
func testBytes(t *testing.T, draws []uint64) {
	t.Helper()
	high, low, expected := make([]float64, 256), make([]float64, 256), make([]float64, 256)
	for i := range expected {
		expected[i] = float64(len(draws)) / 256
	}
	for _, x := range draws {
		high[x>>56]++
		low[x&0xff]++
	}
	wantChiSquare(t, "highest byte", high, expected, 1)
	wantChiSquare(t, "lowest byte", low, expected, 1)
}

// testPairs: each pair of successive values, of 6 bits from the top and from
// the middle, is as likely; pairs do not overlap.
func testPairs(t *testing.T, draws []uint64) {
	t.Helper()
	for _, shift := range []int{58, 29} {
		observed, expected := make([]float64, 4096), make([]float64, 4096)
		for i := 0; i+1 < len(draws); i += 2 {
			observed[draws[i]>>shift&63<<6|draws[i+1]>>shift&63]++
		}
		for i := range expected {
			expected[i] = float64(len(draws)/2) / 4096
		}
		wantChiSquare(t, "pairs", observed, expected, 1)
	}
}

// testSerialCorrelation: draws some places apart are uncorrelated. For n
// independent uniform numbers on (-½,½), of variance 1/12, the sum of products
// has variance n/144.
func testSerialCorrelation(t *testing.T, draws []uint64) {
	t.Helper()
	for _, lag := range []int{1, 2, 3, 4, 5, 8, 16} {
		sum := 0.0
		for i := lag; i < len(draws); i++ {
			sum += (float64(draws[i])*0x1p-64 - 0.5) * (float64(draws[i-lag])*0x1p-64 - 0.5)
		}
		wantNormal(t, "serial correlation", 12*sum/math.Sqrt(float64(len(draws)-lag)))
	}
}

// testGaps: the number of draws between two below 1/16 is geometric.
func testGaps(t *testing.T, draws []uint64) {
	t.Helper()
	const cells, hit = 64, 1.0 / 16
	observed, expected := make([]float64, cells), make([]float64, cells)
	gap, gaps := 0, 0.0
	for _, x := range draws {
		if x>>60 != 0 {
			gap++
			continue
		}
		observed[min(gap, cells-1)]++
		gap, gaps = 0, gaps+1
	}
	for i := range expected {
		expected[i] = gaps * hit * math.Pow(1-hit, float64(i))
	}
	expected[cells-1] /= hit // all longer gaps
	wantChiSquare(t, "gaps", observed, expected, 1)
}

// testRuns: ascending runs, each separated from the next by one draw that is
// left out so that they are independent, have length r with probability
// 1/r! - 1/(r+1)! (Knuth 1997, exercise 3.3.2-14).
func testRuns(t *testing.T, draws []uint64) {
	t.Helper()
	const longest = 6
	observed, expected := make([]float64, longest), make([]float64, longest)
	length, runs := 1, 0.0
	for i := 1; i < len(draws); i++ {
		if draws[i] > draws[i-1] {
			length++
			continue
		}
		observed[min(length, longest)-1]++
		length, runs = 1, runs+1
		i++ // the draw that ended the run is left out
	}
	factorial := 1.0
	for r := range longest {
		factorial *= float64(r + 1)
		expected[r] = runs / factorial * (1 - 1/float64(r+2))
	}
	expected[longest-1] = runs / factorial // this long or longer
	wantChiSquare(t, "runs", observed, expected, 1)
}

// testBirthdays: of 512 birthdays in a year of 2^24 days the number of equal
// spacings is Poisson with mean 512³/(4·2^24) = 2; so is, with its mean times
// the number of years, the sum over many years. (The exact mean at this size is
// 1 % lower, less than a standard error for the years tested here.) Days are
// taken from the top, the middle and the bottom of a draw.
func testBirthdays(t *testing.T, draws []uint64) {
	t.Helper()
	const birthdays, days = 512, 24
	for _, shift := range []int{64 - days, 20, 0} {
		equal, years := 0, 0
		for rest := draws; len(rest) >= birthdays; rest = rest[birthdays:] {
			year := make([]uint64, birthdays)
			for i := range year {
				year[i] = rest[i] >> shift & (1<<days - 1)
			}
			slices.Sort(year)
			spacings := make([]uint64, birthdays-1)
			for i := range spacings {
				spacings[i] = year[i+1] - year[i]
			}
			slices.Sort(spacings)
			equal += len(spacings) - len(slices.Compact(spacings))
			years++
		}
		mean := 2 * float64(years)
		wantNormal(t, "birthday spacings", (float64(equal)-mean)/math.Sqrt(mean))
	}
}
