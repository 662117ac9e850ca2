package chart

import (
	"strings"
	"unicode/utf8"
)

// Cell is one position of the screen. A rune two columns wide stands in its
// left cell and leaves Rune 0 in the cell to its right.
type Cell struct {
	Rune  rune
	Style Style
}

// blank is what an empty canvas is filled with.
var blank = Cell{Rune: ' '}

// Rect is a part of a canvas in its coordinates: X to the right, Y downward.
type Rect struct{ X, Y, W, H int }

// Canvas is a grid of cells, or a view on a part of one. Whatever is written
// outside it is ignored. The zero Canvas has no cells; Reset gives it some.
type Canvas struct {
	cells  []Cell // from the view's first cell on
	stride int    // cells from one row of the grid to the next
	w, h   int
}

// NewCanvas returns a blank canvas of w columns and h rows; a negative size
// counts as 0.
func NewCanvas(w, h int) *Canvas {
	c := new(Canvas)
	c.Reset(w, h)
	return c
}

// Reset makes c a blank canvas of w by h, in the memory it already has when
// that suffices. Views taken earlier are void.
func (c *Canvas) Reset(w, h int) {
	w, h = max(w, 0), max(h, 0)
	n := w * h
	if cap(c.cells) < n {
		c.cells = make([]Cell, n)
	}
	c.cells, c.stride, c.w, c.h = c.cells[:n], w, w, h
	for i := range c.cells {
		c.cells[i] = blank
	}
}

// Size reports the columns and rows of c.
func (c *Canvas) Size() (w, h int) { return c.w, c.h }

// Bounds reports the rectangle of all cells of c.
func (c *Canvas) Bounds() Rect { return Rect{W: c.w, H: c.h} }

// Sub returns a view on the part of r that lies in c: what is drawn on the view
// is drawn on c. Its column 0 and row 0 are the first ones inside c. Do not
// Reset a view.
func (c *Canvas) Sub(r Rect) *Canvas {
	v := c.view(r)
	return &v
}

// view is Sub by value, for views that should not reach the heap.
func (c *Canvas) view(r Rect) Canvas {
	x0, y0 := min(max(r.X, 0), c.w), min(max(r.Y, 0), c.h)
	x1, y1 := min(max(addClamped(r.X, r.W), x0), c.w), min(max(addClamped(r.Y, r.H), y0), c.h)
	v := Canvas{w: x1 - x0, h: y1 - y0}
	if v.w > 0 && v.h > 0 {
		v.cells, v.stride = c.cells[y0*c.stride+x0:], c.stride
	}
	return v
}

// addClamped adds a length to a coordinate; a sum that overflows is the
// largest int.
func addClamped(at, length int) int {
	if sum := at + length; length <= 0 || sum >= at {
		return sum
	}
	return int(^uint(0) >> 1)
}

// At reports the cell at column x of row y, a blank outside c.
func (c *Canvas) At(x, y int) Cell {
	if !c.holds(x, y) {
		return blank
	}
	return c.cells[y*c.stride+x]
}

// Set writes one rune. A rune that cannot stand alone in a cell, such as a
// control character or a combining mark, is ignored; one two columns wide
// takes the next cell too, and is ignored where there is none.
func (c *Canvas) Set(x, y int, s Style, r rune) {
	switch runeWidth(r) {
	case 1:
		c.put(x, y, s, r)
	case 2:
		if c.holds(x, y) && c.holds(x+1, y) {
			c.put(x, y, s, r)
			c.put(x+1, y, s, ' ')
			c.cells[y*c.stride+x] = Cell{Rune: r, Style: s}
			c.cells[y*c.stride+x+1] = Cell{Rune: 0, Style: s}
		}
	}
}

// put writes a rune known to be one column wide. Half of a wide rune that it
// overwrites takes the other half with it.
func (c *Canvas) put(x, y int, s Style, r rune) {
	if !c.holds(x, y) {
		return
	}
	i := y*c.stride + x
	if c.cells[i].Rune == 0 && x > 0 {
		c.cells[i-1].Rune = ' '
	}
	if x+1 < c.w && c.cells[i+1].Rune == 0 {
		c.cells[i+1].Rune = ' '
	}
	c.cells[i] = Cell{Rune: r, Style: s}
}

// Text writes s from column x of row y and reports the column after it. What
// does not fit is cut off, and a wide rune that fits only by half is a blank.
func (c *Canvas) Text(x, y int, style Style, s string) int {
	for _, r := range s {
		x = c.next(x, y, style, r)
	}
	return x
}

// bytes is Text for text formatted into a buffer.
func (c *Canvas) bytes(x, y int, style Style, s []byte) int {
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		x = c.next(x, y, style, r)
		s = s[n:]
	}
	return x
}

// next writes one rune of a text and reports the column after it.
func (c *Canvas) next(x, y int, style Style, r rune) int {
	w := runeWidth(r)
	switch {
	case w == 0:
	case w == 2 && (!c.holds(x, y) || !c.holds(x+1, y)):
		c.put(x, y, style, ' ')
		c.put(x+1, y, style, ' ')
	default:
		c.Set(x, y, style, r)
	}
	return x + w
}

// Fill writes the rune, one column wide, into every cell of r.
func (c *Canvas) Fill(r Rect, s Style, char rune) {
	if runeWidth(char) != 1 {
		char = ' '
	}
	v := c.view(r)
	for y := range v.h {
		for x := range v.w {
			v.put(x, y, s, char)
		}
	}
}

// Restyle gives every cell of r the style, and leaves what it shows.
func (c *Canvas) Restyle(r Rect, s Style) {
	v := c.view(r)
	for y := range v.h {
		row := v.row(y)
		for x := range row {
			row[x].Style = s
		}
	}
}

// row reports the cells of row y, which must be in c.
func (c *Canvas) row(y int) []Cell { return c.cells[y*c.stride:][:c.w] }

// holds reports whether the cell lies in c.
func (c *Canvas) holds(x, y int) bool {
	return uint(x) < uint(c.w) && uint(y) < uint(c.h)
}

// String renders c as plain text: one line per row, each without its trailing
// blanks, joined by newlines.
func (c *Canvas) String() string {
	var b strings.Builder
	b.Grow(c.h * (c.w + 1))
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		row := c.row(y)
		end := len(row)
		for end > 0 && (row[end-1].Rune == ' ' || row[end-1].Rune == 0 && end == 1) {
			end--
		}
		for _, cell := range row[:end] {
			if cell.Rune != 0 {
				b.WriteRune(cell.Rune)
			}
		}
	}
	return b.String()
}

// Fold replaces every rune outside ASCII: signs this package uses by their
// nearest ASCII sign, all others by a question mark.
func (c *Canvas) Fold() {
	for y := range c.h {
		row := c.row(y)
		for x := range row {
			if r := row[x].Rune; r >= 0x80 {
				row[x].Rune = foldRune(r)
			} else if r == 0 {
				row[x].Rune = ' '
			}
		}
	}
}
