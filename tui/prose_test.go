package tui

import (
	"slices"
	"testing"
)

// TestWrap: lines are as full as they can be, and numbers whole.
func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text string
		w    int
		want []string
	}{
		{"", 10, nil},
		{"one pen, too many writers", 10, []string{"one pen,", "too many", "writers"}},
		{"a longer-than-the-line word", 8, []string{"a", "longer-than-the-line", "word"}},
		{"measured 460 µs.", 12, []string{"measured", "460 µs."}},
		{"it is 98 % busy", 8, []string{"it is", "98 %", "busy"}},
		{"for 1 200 000 writes", 9, []string{"for", "1 200 000", "writes"}},
		{"after 2 s, at 3 servers", 10, []string{"after 2 s,", "at 3", "servers"}},
		{"lost 31 of 2000", 9, []string{"lost 31", "of 2000"}},
	} {
		if got := wrap(test.text, test.w); !slices.Equal(got, test.want) {
			t.Errorf("%q on %d columns is %q, want %q", test.text, test.w, got, test.want)
		}
	}
}
