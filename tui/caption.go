package tui

import "onepen/tui/chart"

// captionRows returns the rows that the words of a demo take on w columns: none
// if no demo plays.
func (p *picture) captionRows(w int) int {
	if p.view.caption == "" {
		return 0
	}
	return len(paragraphs(p.view.caption, w-4)) + 1
}

// caption writes what a demo says.
func (p *picture) caption() {
	area := p.layout.caption
	if area.H == 0 {
		return
	}
	c := p.canvas.Sub(area)
	w, h := c.Size()
	c.Fill(chart.Rect{W: w, H: 1}, chart.Key, p.look.glyphs.Horizontal)
	for y, line := range paragraphs(p.view.caption, w-4) {
		if y+1 < h {
			c.Text(2, y+1, chart.Title|chart.Bold, line)
		}
	}
}
