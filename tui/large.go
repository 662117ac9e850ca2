package tui

import (
	"onepen/models"
	"onepen/tui/chart"
)

// numbers writes four numbers of the large print: what waits, how long an
// answer takes, what is stored, and how busy the busiest component is.
func (p *picture) numbers() {
	area := p.layout.numbers
	if area.H == 0 {
		return
	}
	type number struct {
		caption, text string
		style         chart.Style
		twin          string // the same of the twin
	}
	name, load := p.busiest()
	list := []number{
		{"in flight", chart.Number(p.lane.InFlight), chart.Text, ""},
		{"p99 to ack", chart.Span(last(p.lane.AckP99)), chart.Series2, ""},
		{"committed", chart.Rate(p.lane.Done), chart.Series1, ""},
		{name, chart.Percent(load), chart.Heat(load), ""},
	}
	if t := p.twinLane(); t != nil {
		list[0].twin, list[1].twin, list[2].twin = chart.Number(t.InFlight), chart.Span(last(t.AckP99)), chart.Rate(t.Done)
	}
	if hotAt(load) == chart.StateHot {
		list[3].caption += " " + string(p.look.glyphs.HotSign)
	}
	width := area.W / len(list)
	for i, n := range list {
		c := p.canvas.Sub(chart.Rect{X: area.X + i*width + 1, Y: area.Y, W: width - 1, H: area.H})
		if n.twin != "" {
			n.caption = longestFit(width-2, n.caption+p.look.signs.dot+"twin "+n.twin, "twin "+n.twin, n.caption)
		}
		c.Text(0, 0, chart.Title|chart.Bold, n.caption)
		chart.Big{Text: n.text, Style: n.style | chart.Bold}.Draw(c.Sub(chart.Rect{Y: 1, W: width - 1, H: chart.BigRows}), p.look.glyphs)
	}
}

// longestFit returns the first of some texts that fits into a width, the last if
// none does: half a number is a wrong one.
func longestFit(width int, texts ...string) string {
	for _, text := range texts {
		if chart.Width(text) <= width {
			return text
		}
	}
	return texts[len(texts)-1]
}

// busiest returns the allocator or the partition of the lane that is busiest.
func (p *picture) busiest() (name string, load float64) {
	name, load = models.PartitionName(p.store.Hot), p.store.Partitions[p.store.Hot].Utilization
	if a := p.allocator; a != nil && !(a.Utilization < load) {
		return a.Name, a.Utilization
	}
	return name, load
}
