package human

import "testing"

// TestGrid: columns are as wide as what is in them, on a screen, and lines end
// with their last sign.
func TestGrid(t *testing.T) {
	g := Grid{Left: []int{0}}
	g.Add("lane", "ack p99")
	g.Add("µ", "–")
	g.Add("alone")
	if got, want := g.String(), "lane   ack p99\nµ            –\nalone\n"; got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	if got := (&Grid{}).String(); got != "" {
		t.Errorf("an empty grid is %q, want nothing", got)
	}
}
