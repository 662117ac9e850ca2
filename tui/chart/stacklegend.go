package chart

// drawLegend writes key, name and share of the parts: of all of them while
// they fit, so that none moves as shares come and go, else of those in the bar.
func (s StackBar) drawLegend(c *Canvas, r Rect, total float64) {
	all := s.flowLegend(c, r, total, legendAll, true)
	if all <= r.H {
		s.flowLegend(c, r, total, legendAll, false)
		return
	}
	s.flowLegend(c, r, total, legendPresent, false)
}

// legendParts says which parts a legend names.
type legendParts uint8

const (
	legendAll legendParts = iota
	legendPresent
)

// flowLegend writes the entries one after the other into the rows of r, or
// only measures them, and reports the rows they take.
func (s StackBar) flowLegend(c *Canvas, r Rect, total float64, which legendParts, measure bool) int {
	x, y := 0, 0
	for i := range s.Parts {
		p := &s.Parts[i]
		share := 0.0
		if total > 0 {
			share = p.value(false) / total
		}
		if which == legendPresent && share < 0.005 {
			continue
		}
		width := legendEntryWidth(p)
		if x > 0 && x+width > r.W {
			x, y = 0, y+1
		}
		if !measure && y < r.H {
			drawLegendEntry(c, r.X+x, r.Y+y, p, share)
		}
		x += width + 2
	}
	return y + 1
}

// legendEntryWidth reports the columns of key, name and share.
func legendEntryWidth(p *Part) int {
	return 2 + Width(p.Name) + 1 + PercentWidth
}

// drawLegendEntry writes key, name and share.
func drawLegendEntry(c *Canvas, x, y int, p *Part, share float64) {
	style, text := p.Style|Bold, Text
	if share == 0 {
		style, text = Dim, Dim
	}
	if runeWidth(p.Key) == 1 {
		c.put(x, y, style, p.Key)
	}
	c.Text(x+2, y, text, p.Name)
	var buf [32]byte
	b := appendPercent(buf[:0], share)
	c.bytes(x+legendEntryWidth(p)-percentCols(b), y, text, b)
}
