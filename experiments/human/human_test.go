package human_test

import (
	"math"
	"testing"

	"onepen/experiments/human"
)

func TestNumbersForPeople(t *testing.T) {
	nan := math.NaN()
	tests := []struct{ got, want string }{
		{human.Count(0), "0"},
		{human.Count(999), "999"},
		{human.Count(12043), "12 043"},
		{human.Count(math.MaxUint64), "18 446 744 073 709 551 615"},

		{human.All(1, "node"), "the one node"},
		{human.All(2, "node"), "both nodes"},
		{human.All(3, "node"), "all 3 nodes"},

		{human.Number(nan), "–"},
		{human.Number(0), "0"},
		{human.Number(0.25), "0.250"},
		{human.Number(0.9996), "1.00"},
		{human.Number(-2.345), "-2.35"},
		{human.Number(9.996), "10.0"},
		{human.Number(99.96), "100"},
		{human.Number(999.4), "999"},
		{human.Number(999.6), "1.00k"},
		{human.Number(1e6), "1.00M"},
		{human.Number(math.Inf(1)), "+Inf"},

		{human.Rate(980), "980/s"},
		{human.Rate(12034), "12.0k/s"},
		{human.Rate(nan), "–"},

		{human.Percent(0), "0 %"},
		{human.Percent(0.001), "<1 %"},
		{human.Percent(0.984), "98 %"},
		{human.Percent(0.997), "99 %"},
		{human.Percent(1), "100 %"},
		{human.Percent(nan), "–"},

		{human.Span(0), "0"},
		{human.Span(1e-10), "0"},
		{human.Span(3e-9), "3.00 ns"},
		{human.Span(850e-6), "850 us"},
		{human.Span(0.0009996), "1.00 ms"},
		{human.Span(0.0041), "4.10 ms"},
		{human.Span(1.2), "1.20 s"},
		{human.Span(90), "90.0 s"},
		{human.Span(1200), "20.0 min"},
		{human.Span(7200), "2.00 h"},
		{human.Span(nan), "–"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
