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

// brokeLine writes what broke into the row below the verdict, where there is
// one.
func (p *picture) brokeLine() {
	if p.layout.verdict.H < 2 {
		return
	}
	room := p.brokeRoom()
	p.canvas.Sub(p.layout.verdict).Fit(1, 1, room, chart.Broken|chart.Bold, p.broke(room), p.look.glyphs)
}

// brokeRoom returns the columns that are there for what broke: in the frame of
// the path or in a row of its own, or none.
func (p *picture) brokeRoom() int {
	const title = 32 // columns, a long name of a lane included
	switch {
	case p.layout.wide:
		return p.layout.path.W - title
	case p.layout.verdict.H >= 2:
		return p.layout.verdict.W - 2
	}
	return 0
}

// tellsBroken reports whether there is room for all that broke.
func (p *picture) tellsBroken() bool {
	return chart.Width(breach.Tell(p.frame.Breaches, clock)) <= p.brokeRoom()
}

func clock(t sim.Time) string { return chart.Clock(t.Seconds()) }
