package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, tc := range []struct{ call, got, want string }{
		{"Count(0)", Count(0), "0"},
		{"Count(999)", Count(999), "999"},
		{"Count(12043)", Count(12043), "12 043"},
		{"Count(1000000)", Count(1000000), "1 000 000"},
		{"Count(-12043)", Count(-12043), "-12 043"},
		{"Count(MinInt64)", Count(math.MinInt64), "-9 223 372 036 854 775 808"},

		{"Rate(0)", Rate(0), "0/s"},
		{"Rate(0.25)", Rate(0.25), "0.250/s"},
		{"Rate(9.996)", Rate(9.996), "10.0/s"},
		{"Rate(850)", Rate(850), "850/s"},
		// Three digits of 999.6 are 1000: the prefix takes over.
		{"Rate(999.6)", Rate(999.6), "1.00k/s"},
		{"Rate(12000)", Rate(12000), "12.0k/s"},
		{"Rate(1.2e6)", Rate(1.2e6), "1.20M/s"},
		{"Rate(1e21)", Rate(1e21), "1e+21/s"},
		{"Rate(-12000)", Rate(-12000), "-12.0k/s"},
		{"Rate(NaN)", Rate(nan), "–"},
		{"Rate(+Inf)", Rate(inf), "inf/s"},

		{"Percent(0)", Percent(0), "0 %"},
		{"Percent(0.984)", Percent(0.984), "98 %"},
		{"Percent(1)", Percent(1), "100 %"},
		// Almost all and almost none are not all and none: a promise broken
		// once in a million writes is not kept at 100 %.
		{"Percent(0.999999)", Percent(0.999999), "99 %"},
		{"Percent(1e-6)", Percent(1e-6), "<1 %"},
		{"Percent(1.3)", Percent(1.3), "130 %"},
		{"Percent(-0.12)", Percent(-0.12), "-12 %"},
		{"Percent(NaN)", Percent(nan), "–"},
		{"Percent(1e9)", Percent(1e9), "100G %"},

		{"Span(0)", Span(0), "0"},
		{"Span(1e-10)", Span(1e-10), "0"},
		{"Span(3e-9)", Span(3e-9), "3.00 ns"},
		{"Span(850e-6)", Span(850e-6), "850 µs"},
		{"Span(0.9996e-3)", Span(0.9996e-3), "1.00 ms"},
		{"Span(0.0041)", Span(0.0041), "4.10 ms"},
		{"Span(1.2)", Span(1.2), "1.20 s"},
		// Up to a thousand seconds a second stays the unit.
		{"Span(90)", Span(90), "90.0 s"},
		{"Span(1200)", Span(1200), "20.0 min"},
		{"Span(7200)", Span(7200), "2.00 h"},
		{"Span(864000)", Span(864000), "10.0 d"},
		{"Span(-0.0041)", Span(-0.0041), "-4.10 ms"},
		{"Span(NaN)", Span(nan), "–"},
		{"Span(+Inf)", Span(inf), "inf s"},

		{"Clock(0)", Clock(0), "00:00.0"},
		{"Clock(42.3)", Clock(42.3), "00:42.3"},
		{"Clock(59.99)", Clock(59.99), "00:59.9"},
		{"Clock(3723.45)", Clock(3723.45), "1:02:03.4"},
		{"Clock(-1.5)", Clock(-1.5), "-00:01.5"},
		{"Clock(NaN)", Clock(nan), "–"},

		{"Number(0.25)", Number(0.25), "0.250"},
		{"Number(0.0004)", Number(0.0004), "0"},
		{"Number(64)", Number(64), "64.0"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s = %q, want %q", tc.call, tc.got, tc.want)
		}
	}
}

// A tick is exact and short; the step of a clock decides its decimals.
func TestTickLabels(t *testing.T) {
	for _, tc := range []struct {
		unit    Unit
		v, step float64
		want    string
	}{
		{UnitNone, 1500, 500, "1.5k"},
		{UnitCount, 100, 50, "100"},
		{UnitCount, 2e6, 1e6, "2M"},
		{UnitRate, 5000, 5000, "5k/s"},
		{UnitRate, 0, 5000, "0/s"},
		{UnitPercent, 0.5, 0.25, "50 %"},
		{UnitPercent, 0.005, 0.005, "0.5 %"},
		{UnitPercent, 2e-6, 1e-6, "0.0002 %"},
		{UnitSpan, 0, 0.1, "0"},
		{UnitSpan, 0.02, 0.01, "20 ms"},
		{UnitSpan, 10, 10, "10 s"},
		{UnitSpan, 3600, 1800, "1 h"},
		{UnitClock, 75, 15, "01:15"},
		{UnitClock, 0.75, 0.05, "00:00.75"},
	} {
		if got := string(tc.unit.appendTick(nil, tc.v, tc.step)); got != tc.want {
			t.Errorf("tick of %g %v, step %g = %q, want %q", tc.v, tc.unit, tc.step, got, tc.want)
		}
	}
}

// TestNumberKeepsThreeDigits reads numbers back: they are off by at most half
// a unit in the third digit, or in the third decimal below 1.
func TestNumberKeepsThreeDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := math.Pow(10, rapid.Float64Range(-4, 20).Draw(t, "exponent"))
		s := Number(v)
		scale := 1.0
		if i := strings.IndexByte(siPrefixes, s[len(s)-1]); i >= 0 {
			s, scale = s[:len(s)-1], math.Pow(1000, float64(i+1))
		}
		back, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		if off := math.Abs(back*scale - v); off > math.Max(0.0051*v, 0.00051) {
			t.Fatalf("Number(%g) = %q", v, Number(v))
		}
	})
}

func TestUnitFormat(t *testing.T) {
	for _, tc := range []struct {
		unit Unit
		v    float64
		want string
	}{
		{UnitNone, 12.5, "12.5"},
		{UnitCount, 1204, "1 204"},
		{UnitCount, 2.5e7, "25.0M"},
		{UnitCount, math.NaN(), "–"},
		{UnitRate, 9800, "9.80k/s"},
		{UnitPercent, 0.41, "41 %"},
		{UnitSpan, 0.0041, "4.10 ms"},
		{UnitClock, 61, "01:01.0"},
	} {
		if got := tc.unit.Format(tc.v); got != tc.want {
			t.Errorf("%v.Format(%g) = %q, want %q", tc.unit, tc.v, got, tc.want)
		}
	}
}

func Example() {
	depth := Series{Style: Series1}
	for t := range 60 {
		depth.Times = append(depth.Times, float64(t))
		depth.Values = append(depth.Values, float64(t*t)/20)
	}
	c := NewCanvas(40, 6)
	LineChart{
		X: Range{0, 60}, XUnit: UnitClock, Unit: UnitCount,
		Series: []Series{depth},
		Marks:  []Mark{{X: 20, Label: "queue off"}},
	}.Draw(c, ASCII())
	fmt.Println(c)
	// Output:
	// 200 +           :queue off
	//     |           :                 ******
	// 100 +           :          ********
	//     |           : **********
	//   0 +*************
	//            00:15    00:30    00:45
}
