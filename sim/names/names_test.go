package names_test

import (
	"fmt"
	"testing"

	"onepen/sim/names"
)

func TestNearest(t *testing.T) {
	distributions := []string{"deterministic", "exponential", "uniform", "erlang", "lognormal", "hyperexp", "pareto", "empirical"}
	for _, test := range []struct {
		name  string
		known []string
		want  string
	}{
		{"expnential", distributions, "exponential"},
		{"Exponential", distributions, "exponential"},
		{"LOGNORMAL", distributions, "lognormal"},
		{"logn", distributions, "lognormal"}, // abbreviation
		{"determ", distributions, "deterministic"},
		{"paretos-law", distributions, "pareto"},
		{"uniform-or-erlang", []string{"uniform", "uniform-or"}, ""}, // goes on from two
		{"e", distributions, ""},                                     // too short to abbreviate
		{"weibull", distributions, ""},
		{"", distributions, ""},
		{"pareto", nil, ""},
		{"scv", []string{"mean", "cv"}, "cv"},
		{"vc", []string{"mean", "cv"}, "cv"}, // a swap
		{"csv", []string{"mean", "scv"}, "scv"},
		{"abc", []string{"cba"}, ""},
		{"x", []string{"a", "b"}, ""},                  // one edit apart, but nothing in common
		{"cat", []string{"bat", "rat"}, "bat"},         // a tie: the earliest
		{"no", []string{"node", "noise"}, ""},          // an abbreviation of two
		{"größe", []string{"grube", "große"}, "große"}, // edits count characters, not bytes
	} {
		if got := names.Nearest(test.name, test.known); got != test.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", test.name, test.known, got, test.want)
		}
	}
}

func ExampleNearest() {
	fmt.Println(names.Nearest("lingr", []string{"size", "linger"}))
	// Output: linger
}
