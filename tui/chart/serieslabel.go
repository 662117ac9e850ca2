package chart

import "math"

// seriesLabel writes the label of a series beside its newest sample, so that
// lines can be told apart without colour: right of it if there is room, else
// before it, in the nearest row where it hides nothing, on the side away from the
// line above. A label without such a row is left out.
func (p *plotter) seriesLabel(s *Series, all []Series) {
	n := Width(s.Label)
	x, height, ok := p.newest(s)
	if n == 0 || !ok {
		return
	}
	y := round(height) / p.dotsY
	side, before := -1, true // up
	for i := range all {
		if &all[i] == s {
			before = false
			continue
		}
		// Of two at the same height the one before is the one above.
		if _, other, ok := p.newest(&all[i]); ok && all[i].Label != "" && (other < height || other == height && before) {
			side = 1
		}
	}
	for distance := range p.c.h {
		for _, row := range [...]int{y + side*distance, y - side*distance} {
			if row < 0 || row >= p.c.h {
				continue
			}
			for _, at := range [...]int{x + 1, x - n} {
				if p.c.vacant(at, row, n, p.g.MarkLine) {
					p.c.Text(at, row, s.Style, s.Label)
					return
				}
			}
		}
	}
}

// newest reports the column of cells and the height of the newest sample of a
// series on the canvas.
func (p *plotter) newest(s *Series) (x int, height float64, ok bool) {
	for i := min(len(s.Times), len(s.Values)) - 1; i >= 0; i-- {
		if math.IsNaN(s.Values[i]) {
			continue
		}
		x, on := p.cellColumn(s.Times[i])
		if on {
			return x, p.height(s.Values[i]), true
		}
	}
	return 0, 0, false
}
