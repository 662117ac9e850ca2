package tui

import "onepen/tui/chart"

// captionRows returns the rows that the words of a demo take on w columns: none
// if no demo plays.
func (p *picture) captionRows(w int) int {
	if p.view.caption == "" {
		return 0
	}
	return len(paragraphs(p.view.caption, w-2*captionMargin))
}

// captionMargin is the room left and right of the words of a demo [columns].
const captionMargin = 2

// caption writes what a demo says, in a band that the last row of a room sees.
func (p *picture) caption() {
	area := p.layout.caption
	if area.H == 0 {
		return
	}
	c := p.canvas.Sub(area)
	w, h := c.Size()
	const band = chart.Title | chart.Reverse
	c.Fill(chart.Rect{W: w, H: h}, band, ' ')
	for y, line := range paragraphs(p.view.caption, w-2*captionMargin) {
		c.Text(captionMargin, y, band|chart.Bold, line)
	}
}
