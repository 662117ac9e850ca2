package experiments_test

import (
	"testing"

	"onepen/experiments"
)

// TestWrapKeepsPercentages: a line never begins with the % of a number before it.
func TestWrapKeepsPercentages(t *testing.T) {
	text := "fighting over: the one partition of `pages`: 100 % busy, 15 906 writes wait, 99 % of each write's time"
	want := "fighting over: the one partition of `pages`: 100 % busy, 15 906 writes wait,\n  99 % of each write's time"
	if got := experiments.Wrap(text, 0, 2); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := experiments.Wrap("% alone", 0, 0); got != "% alone" {
		t.Errorf("got %q", got)
	}
}
