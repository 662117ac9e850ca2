package tui

import (
	"onepen/experiments/breach"
	"onepen/sim"
	"onepen/tui/chart"
)

// broke says what broke first, and what broke after it as far as there is room,
// the first in any case; "" while nothing has.
func (p *picture) broke(room int) string {
	text := ""
	for n := range p.frame.Breaches {
		more := breach.Tell(p.frame.Breaches[:n+1], clock)
		if n > 0 && chart.Width(more) > room {
			break
		}
		text = more
	}
	return text
}

// brokeRemark writes what broke into the frame of the path.
func (p *picture) brokeRemark() {
	room := p.brokeRoom()
	text := p.broke(room)
	if width := chart.Width(text); width > 0 && width <= room {
		p.canvas.Sub(p.layout.path).Text(p.layout.path.W-width-4, 0, chart.Broken, " "+text+" ")
	}
}

// brokeRoom returns the columns for what broke in the frame of the path.
func (p *picture) brokeRoom() int {
	const title = 32 // columns, a long name of a lane included
	return p.layout.path.W - title
}

// brokeLine writes what broke into the row below the verdict, where there is
// one.
func (p *picture) brokeLine() {
	area := p.layout.verdict
	if area.H < 2 {
		return
	}
	room := area.W - 2
	p.canvas.Sub(area).Fit(1, 1, room, chart.Broken|chart.Bold, p.broke(room), p.look.glyphs)
}

func clock(t sim.Time) string { return chart.Clock(t.Seconds()) }
