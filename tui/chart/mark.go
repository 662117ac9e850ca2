package chart

// Mark is a vertical line at an instant when something was changed.
type Mark struct {
	X     float64
	Label string
}

// mark draws the line of a mark over the height of the plot. Over an area it
// leaves the area's colour behind it.
func (p *plotter) mark(m Mark) {
	if x, ok := p.cellColumn(m.X); ok {
		for y := range p.c.h {
			p.c.put(x, y, Marker.On(p.c.At(x, y).Style), p.g.MarkLine)
		}
	}
}

// markLabels writes the labels of the marks where they hide nothing, those of
// the newest first: they are what a reader looks for.
func (p *plotter) markLabels(marks []Mark) {
	for i := len(marks) - 1; i >= 0; i-- {
		if x, ok := p.cellColumn(marks[i].X); ok {
			placeLabel(&p.c, x, marks[i].Label)
		}
	}
}

// placeLabel writes a label beside column x in the first row where it hides
// nothing; right of x if it can. A label without such a row is left out.
func placeLabel(c *Canvas, x int, label string) {
	n := Width(label)
	if n == 0 {
		return
	}
	for y := range c.h {
		for _, at := range [...]int{x + 1, x - n} {
			if c.vacant(at, y, n) {
				c.Text(at, y, Marker, label)
				return
			}
		}
	}
}

// vacant reports whether n cells from column x of row y lie in c and are blank.
func (c *Canvas) vacant(x, y, n int) bool {
	if x < 0 || x+n > c.w {
		return false
	}
	for i := range n {
		if c.At(x+i, y).Rune != ' ' {
			return false
		}
	}
	return true
}
