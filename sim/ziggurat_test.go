package sim

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The last box must end at the peak f(0) = 1 and every layer must have the
// area v; together they fix where the tail begins.
func TestZigguratCloses(t *testing.T) {
	for _, test := range []struct {
		name       string
		z          *ziggurat
		tail, area float64
		f          func(float64) float64
		beyond     float64 // area of the tail
	}{
		{
			"exponential", exponentialLayers, exponentialTail, exponentialArea,
			func(x float64) float64 { return math.Exp(-x) }, math.Exp(-exponentialTail),
		}, {
			"normal", normalLayers, normalTail, normalArea,
			func(x float64) float64 { return math.Exp(-x * x / 2) },
			math.Sqrt(math.Pi/2) * math.Erfc(normalTail/math.Sqrt2),
		},
	} {
		close := func(what string, got, want float64) {
			t.Helper()
			if math.Abs(got-want) > 1e-11*math.Abs(want) {
				t.Errorf("%s: %s is %v, want %v", test.name, what, got, want)
			}
		}
		close("area of the base", test.tail*test.f(test.tail)+test.beyond, test.area)
		width := func(i int) float64 { return test.z.scale[i] * 0x1p53 }
		close("width of the base strip", width(0), test.area/test.f(test.tail))
		close("where the tail begins", width(1), test.tail)
		for i := 1; i < 256; i++ {
			close("area of a box", width(i)*(test.z.height[i+1]-test.z.height[i]), test.area)
			close("height of a box", test.z.height[i], test.f(width(i)))
		}
		for i := range 255 {
			close("inner width", float64(test.z.inside[i])*test.z.scale[i], width(i+1))
		}
		if test.z.inside[255] != 0 {
			t.Errorf("%s: the top box has an inner part", test.name)
		}
	}
}

func TestExp(t *testing.T) {
	testContinuous(t, "exponential", (*Stream).Exp,
		func(x float64) float64 { return -math.Expm1(-x) },
		func(p float64) float64 { return -math.Log1p(-p) })
}

func TestNormal(t *testing.T) {
	testContinuous(t, "normal", (*Stream).Normal,
		distuv.UnitNormal.CDF, distuv.UnitNormal.Quantile)
}

// testContinuous checks draws against a distribution: as a whole, in a
// thousand cells of equal probability, and beyond both sides of the tables.
func testContinuous(t *testing.T, name string, draw func(*Stream) float64, cdf, quantile func(float64) float64) {
	t.Helper()
	const n, cells = 1_000_000, 1000
	s := NewStream(11, 0, "ziggurat", name)
	samples := make([]float64, n)
	for i := range samples {
		samples[i] = draw(&s)
	}
	wantDistributed(t, name, samples, cdf) // sorts them

	observed, expected := make([]float64, cells), make([]float64, cells)
	cell := 0
	for _, x := range samples {
		for cell < cells-1 && x > quantile(float64(cell+1)/cells) {
			cell++
		}
		observed[cell]++
	}
	for i := range expected {
		expected[i] = n / cells
	}
	wantChiSquare(t, name, observed, expected, 1)
}

// Beyond the tables, where one draw in 2200 (3900 for the normal) falls, the
// excess must follow the law of the tail.
func TestZigguratTails(t *testing.T) {
	const n = 10_000_000
	s := NewStream(12, 0, "ziggurat", "tails")
	var exponential, right, left []float64
	for range n {
		if x := s.Exp(); x > exponentialTail {
			exponential = append(exponential, x)
		}
		if x := s.Normal(); x > normalTail {
			right = append(right, x)
		} else if x < -normalTail {
			left = append(left, -x)
		}
	}
	count := func(name string, found []float64, p float64) {
		wantNormal(t, name, (float64(len(found))-n*p)/math.Sqrt(n*p*(1-p)))
	}
	count("exponential tail", exponential, math.Exp(-exponentialTail))
	half := math.Erfc(normalTail/math.Sqrt2) / 2
	count("right tail", right, half)
	count("left tail", left, half)

	wantDistributed(t, "exponential tail", exponential, func(x float64) float64 {
		return -math.Expm1(exponentialTail - x)
	})
	wantDistributed(t, "normal tails", append(right, left...), beyondNormal)

	tail := make([]float64, 200_000)
	for i := range tail {
		tail[i] = s.normalTail()
	}
	wantDistributed(t, "normal tail", tail, beyondNormal)
}

// beyondNormal is the distribution function of a normal number given that it
// exceeds normalTail.
func beyondNormal(x float64) float64 {
	return 1 - math.Erfc(x/math.Sqrt2)/math.Erfc(normalTail/math.Sqrt2)
}
