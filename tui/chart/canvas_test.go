package chart

import "testing"

func TestCanvasText(t *testing.T) {
	for _, tc := range []struct {
		name string
		draw func(c *Canvas)
		want string
	}{
		{"cut at the right edge", func(c *Canvas) { c.Text(4, 0, Text, "abcdef") }, "    abcd"},
		{"cut at the left edge", func(c *Canvas) { c.Text(-2, 0, Text, "abcdef") }, "cdef"},
		{"outside", func(c *Canvas) { c.Text(0, 1, Text, "a"); c.Text(0, -1, Text, "b") }, ""},
		{"wide", func(c *Canvas) { c.Text(1, 0, Text, "写入a") }, " 写入a"},
		{"wide by half", func(c *Canvas) { c.Text(5, 0, Text, "写入") }, "     写"},
		{"left half overwritten", func(c *Canvas) { c.Text(0, 0, Text, "写入"); c.Text(0, 0, Text, "a") }, "a 入"},
		{"right half overwritten", func(c *Canvas) { c.Text(0, 0, Text, "写入"); c.Text(1, 0, Text, "a") }, " a入"},
		{"wide over wide, one off", func(c *Canvas) { c.Text(0, 0, Text, "写入"); c.Text(1, 0, Text, "写") }, " 写"},
		// An escape sequence in a scenario's name must not reach the terminal.
		{"control characters", func(c *Canvas) { c.Text(0, 0, Text, "a\x1b[1m\nb\u200d\u0301") }, "a[1mb"},
		{"fit", func(c *Canvas) { c.Text(0, 0, Text, "xxxxxxxx"); c.Fit(1, 0, 5, Text, "ab", Unicode()) }, "xab   xx"},
		{"fit with ellipsis", func(c *Canvas) { c.Fit(1, 0, 5, Text, "abcdef", Unicode()) }, " abcd…"},
		{"fit wide with ellipsis", func(c *Canvas) { c.Fit(0, 0, 4, Text, "写入写", Unicode()) }, "写…"},
		{"fit to the right", func(c *Canvas) { c.FitRight(1, 0, 5, Text, "310", Unicode()) }, "   310"},
		{"fill", func(c *Canvas) { c.Fill(Rect{6, -3, 9, 9}, Text, '#') }, "      ##"},
	} {
		c := NewCanvas(8, 1)
		tc.draw(c)
		if got := c.String(); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestCanvasViews(t *testing.T) {
	c := NewCanvas(6, 3)
	v := c.Sub(Rect{X: 2, Y: 1, W: 9, H: 1})
	if w, h := v.Size(); w != 4 || h != 1 {
		t.Fatalf("view clipped to %d by %d, want 4 by 1", w, h)
	}
	v.Text(0, 0, Hot, "abcdef")
	v.Sub(Rect{X: 1, Y: 0, W: 2, H: 1}).Text(-1, 0, Hot, "-++")
	v.Text(0, 1, Hot, "below")
	if got, want := c.String(), "\n  a++d\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	v.Restyle(v.Bounds(), Dim)
	if got := c.At(2, 1); got != (Cell{'a', Dim}) {
		t.Errorf("restyled cell is %v", got)
	}
	const most = int(^uint(0) >> 1)
	for _, r := range []Rect{{-1, -1, 0, 0}, {7, 7, 1, 1}, {0, 0, -4, 2}, {most, most, most, most}, {-most, 0, 1, 1}} {
		if w, h := c.Sub(r).Size(); w*h != 0 {
			t.Errorf("Sub(%v) is %d by %d, want no cells", r, w, h)
		}
	}
}

func TestCanvasReset(t *testing.T) {
	c := NewCanvas(4, 4)
	c.Text(0, 0, Hot, "abcd")
	if n := testing.AllocsPerRun(10, func() { c.Reset(3, 2) }); n != 0 {
		t.Errorf("Reset to a smaller size allocates %g times", n)
	}
	if got := c.String(); got != "\n" {
		t.Errorf("canvas after Reset shows %q", got)
	}
	if got := c.At(0, 0); got != (Cell{' ', Text}) {
		t.Errorf("cell after Reset is %v", got)
	}
	c.Reset(-1, 5)
	if w, h := c.Size(); w != 0 || h != 5 {
		t.Errorf("size %d by %d, want 0 by 5", w, h)
	}
}

func TestFold(t *testing.T) {
	c := NewCanvas(20, 1)
	c.Text(0, 0, Text, "▲✗▶│─█░…–·é写a µs")
	c.Fold()
	if got, want := c.String(), "^x>|-#.~-.?? a us"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStyle(t *testing.T) {
	seen := map[string]bool{}
	for s := range Style(RoleCount) {
		if name := s.String(); name == "" || seen[name] {
			t.Errorf("role %d has the name %q, already taken or empty", s, name)
		} else {
			seen[name] = true
		}
	}
	s := StageQueue.On(Heat3) | Bold
	if s.Role() != StageQueue || s.Back() != Heat3 || !s.Has(Bold) || s.Has(Reverse) {
		t.Errorf("parts of %v are %v, %v", s, s.Role(), s.Back())
	}
	if got, want := s.String(), "queue on heat3+bold"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if s := Style(RoleCount); s.Role() != Text {
		t.Errorf("an unknown role is %v, want text: a palette is indexed by it", s.Role())
	}
}
