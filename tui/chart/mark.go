package chart

import "slices"

// Mark is a vertical line at an instant when something was changed.
type Mark struct {
	X     float64
	Label string
}

// mark draws the line of a mark over the height of the plot.
func (p *plotter) mark(m Mark) {
	if x, ok := p.cellColumn(m.X); ok {
		for y := range p.c.h {
			p.c.put(x, y, Marker.over(p.c.At(x, y), p.g), p.g.MarkLine)
		}
	}
}

// over reports s for a sign that takes the place of a cell: an area that filled
// the cell stays behind it, of two that met there the larger. What filled only a
// part of the cell, such as a dot of a line or the edge of an area, does not.
func (s Style) over(cell Cell, g Glyphs) Style {
	switch {
	case cell.Rune == g.Full, cell.Style.Has(Reverse): // in reverse: the key letter of an area
		return s.On(cell.Style)
	case cell.Style.Back() == Text:
		return s
	case slices.Index(g.Rise[:], cell.Rune) >= 4: // more than half of it from below
		return s.On(cell.Style)
	}
	return s.On(cell.Style.Back())
}

// markLabels writes the labels of the marks where they hide nothing, those of
// the newest first: they are what a reader looks for.
func (p *plotter) markLabels(marks []Mark) {
	for i := len(marks) - 1; i >= 0; i-- {
		if x, ok := p.cellColumn(marks[i].X); ok {
			placeLabel(&p.c, x, marks[i].Label, p.g)
		}
	}
}

// placeLabel writes a label beside column x in the first row where it hides
// nothing, right of x if it can. Where there is no such row it may lie over the
// lines of other marks, which go on above and below it; else it is left out.
func placeLabel(c *Canvas, x int, label string, g Glyphs) {
	n := Width(label)
	if n == 0 {
		return
	}
	for _, place := range [...]struct {
		at   int
		over rune
	}{{x + 1, ' '}, {x - n, ' '}, {x + 1, g.MarkLine}, {x - n, g.MarkLine}} {
		for y := range c.h {
			if c.vacant(place.at, y, n, place.over) && c.apart(place.at, y, n, g.MarkLine) {
				c.Text(place.at, y, Marker, label)
				return
			}
		}
	}
}

// vacant reports whether n cells from column x of row y lie in c and are blank
// or hold a sign that may be written over.
func (c *Canvas) vacant(x, y, n int, over rune) bool {
	if x < 0 || x+n > c.w {
		return false
	}
	for i := range n {
		if r := c.At(x+i, y).Rune; r != ' ' && r != over {
			return false
		}
	}
	return true
}

// apart reports whether no other label stands directly before or after n cells
// from column x of row y: the two would read as one.
func (c *Canvas) apart(x, y, n int, line rune) bool {
	for _, at := range [...]int{x - 1, x + n} {
		if at < 0 || at >= c.w {
			continue
		}
		if cell := c.At(at, y); cell.Style == Marker && cell.Rune != ' ' && cell.Rune != line {
			return false
		}
	}
	return true
}
