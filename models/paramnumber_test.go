package models

import (
	"math"
	"testing"
)

func TestNumberAndText(t *testing.T) {
	s := NewScenario("x")
	for _, section := range Sections() {
		if err := s.Add(section, "x"); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		path, text string
		want       float64 // NaN = none
		back       string
	}{
		{"lanes.x.batch.size", "64", 64, "64"},
		{"lanes.x.batch.size", "1e3", 1000, "1000"},
		{"lanes.x.batch.linger", "5ms", 0.005, "5ms"},
		{"lanes.x.batch.linger", "1m", 60, "1m"},
		{"lanes.x.arrivals.rate", "900/s", 900, "900/s"},
		{"lanes.x.arrivals.rate", "30/min", 0.5, "0.5/s"},
		{"lanes.x.retry.budget", "unlimited", math.Inf(1), ""},
		{"stores.x.overhead", "2ms", 0.002, "2ms"},
		{"stores.x.overhead", "exponential(2ms)", math.NaN(), ""},
		{"stores.x.route", "hash", math.NaN(), ""},
		{"lanes.x.keys.skew", "zipf(1)", math.NaN(), ""},
		{"stores.x.contention", "0.25", 0.25, "0.25"},
	}
	for _, test := range tests {
		p, err := s.Declaration(test.path)
		if err != nil {
			t.Fatal(err)
		}
		x, ok := p.Number(test.text)
		if ok == math.IsNaN(test.want) || ok && x != test.want {
			t.Errorf("%s: Number(%q) = %v, %v, want %v", test.path, test.text, x, ok, test.want)
		}
		if ok && test.back != "" && p.Text(x) != test.back {
			t.Errorf("%s: Text(%v) = %q, want %q", test.path, x, p.Text(x), test.back)
		}
	}
}

// What is computed as a multiple of a step reads like the multiple.
func TestTextRoundsTheLastDigits(t *testing.T) {
	for _, test := range []struct {
		path string
		x    float64
		want string
	}{
		{"stores.x.contention", 3 * 0.1, "0.3"},
		{"lanes.x.arrivals.rate", 3 * 0.1, "0.3/s"},
		{"lanes.x.batch.linger", 3 * 0.1, "300ms"},
		{"lanes.x.batch.size", 7.6, "8"},
	} {
		s := NewScenario("x")
		for _, section := range Sections() {
			if err := s.Add(section, "x"); err != nil {
				t.Fatal(err)
			}
		}
		p, err := s.Declaration(test.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Text(test.x); got != test.want {
			t.Errorf("%s: Text(%v) = %q, want %q", test.path, test.x, got, test.want)
		}
	}
}
