package bench

import "testing"

func TestModelName(t *testing.T) {
	for _, test := range []struct{ name, cpuinfo, want string }{
		{"x86", "processor\t: 0\nmodel\t\t: 2\nmodel name\t: Abacus 3000\n\nprocessor\t: 1\nmodel name\t: other\n", "Abacus 3000"},
		{"a board", "processor : 0\nBogoMIPS : 108.00\n\nModel : Board 4 B\n", "Board 4 B"},
		{"no name", "processor : 0\nFeatures : fp asimd\n", ""},
		{"nothing", "", ""},
	} {
		if got := modelName(test.cpuinfo); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
