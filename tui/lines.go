package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// header writes the first line: what runs, and how fast.
func (p *picture) header() {
	f := p.frame
	w := pen{c: p.canvas.Sub(p.layout.header)}
	w.write(chart.Title|chart.Bold, " onepen  ").write(chart.Title|chart.Bold, p.scenario.Name)
	w.to(26).write(chart.Dim, "t ").write(chart.Text|chart.Bold, clock(f.Time))
	w.to(38).write(chart.Text, f.Speed.String())
	if text := p.pace(); text != "" {
		w.write(chart.Marker, " "+text)
	}
	w.to(46)
	switch {
	case p.view.frozen != nil:
		w.write(chart.Marker|chart.Bold, p.look.signs.paused+" frozen")
	case f.Halted != "":
		w.write(chart.Broken, p.look.signs.ended+" ended")
	case f.Complete:
		w.write(chart.Good, p.look.signs.ended+" complete")
	case f.Running:
		w.write(chart.Good, p.look.signs.running+" running")
	default:
		w.write(chart.Marker|chart.Bold, p.look.signs.paused+" paused")
	}
	p.headerEnd(&w)
}

// headerEnd writes seed, lane and twin as far as there is room: what is going on
// first, then the lane, then the seed.
func (p *picture) headerEnd(w *pen) {
	f := p.frame
	seed, lane, twin := fmt.Sprintf("seed %d", p.scenario.Seed), "", p.twinNote()
	if n := len(f.Lanes); n > 1 {
		lane = fmt.Sprintf("lane %s (%d of %d)", p.lane.Name, p.view.laneOf(f)+1, n)
	}
	const from, gap = 58, 2
	room := w.room() - (max(from, w.x+gap) - w.x) - 1
	width := func() int {
		sum := -gap
		for _, text := range []string{seed, lane, twin} {
			if text != "" {
				sum += chart.Width(text) + gap
			}
		}
		return sum
	}
	if width() > room {
		seed = ""
	}
	if width() > room && lane != "" {
		lane = p.lane.Name
	}
	if width() > room {
		lane = ""
	}
	w.to(from)
	if seed != "" {
		w.write(chart.Dim, seed)
		w.x += gap
	}
	if lane != "" {
		lead, name, found := strings.Cut(lane, p.lane.Name)
		w.write(chart.Dim, lead)
		if found {
			w.write(chart.Title|chart.Bold, p.lane.Name).write(chart.Dim, name)
		}
		w.x += gap
	}
	style := chart.Marker
	if f.Replay != nil {
		style |= chart.Bold
	}
	w.c.Fit(w.x, 0, w.room()-1, style, twin, p.look.glyphs)
}

// keepsUp is the share of the speed asked for below which the header says that
// the run is slower.
const keepsUp = 0.95

// pace says how fast the run really is, where that is not what was asked for.
func (p *picture) pace() string {
	f := p.frame
	switch {
	case !f.Running || math.IsNaN(f.Pace):
		return ""
	case f.Speed == live.MaxSpeed:
		return "×" + chart.Number(f.Pace)
	case f.Pace < keepsUp*float64(f.Speed):
		return "only " + chart.Percent(f.Pace/float64(f.Speed))
	}
	return ""
}

// The question that the screen is there to answer, and how it is put where
// columns are scarce.
const (
	question      = "what are the writers fighting over?"
	shortQuestion = "fighting over:"
)

// verdictLine answers the question with as many clauses as there is room for,
// the first in any case.
func (p *picture) verdictLine() {
	w := pen{c: p.canvas.Sub(p.layout.verdict), x: 1}
	asked := question
	if !p.layout.wide {
		asked = shortQuestion
	}
	style := chart.Hot | chart.Bold
	if p.verdict.Place == live.PlaceNone {
		style = chart.Good
	}
	w.write(chart.Title|chart.Bold, asked).write(chart.Text, "  ")
	parts := p.measured.Explain(p.verdict)
	answer := parts[0]
	for _, part := range parts[1:] {
		if chart.Width(answer)+2+chart.Width(part) >= w.room() {
			break
		}
		answer += ", " + part
	}
	w.c.Fit(w.x, 0, w.room()-1, style, answer, p.look.glyphs)
}

// eventLasts is the simulated time for which an event stands on its line before
// the differences to a twin, which change all the time, take it where they
// have no other place; and for which something that broke after a move does,
// before what the move brought.
const eventLasts = 3 * sim.Second

// tellsOf reports whether the line of events is about a move: it was the last
// thing that happened, but for something that broke a while ago.
func (p *picture) tellsOf(m *live.Made) bool {
	e := &p.frame.Event
	switch e.Kind {
	case live.EventRefusal:
		return false
	case live.EventBreach:
		return m.At <= e.At && p.frame.Time-e.At > eventLasts
	}
	return m.At == e.At
}

// toldAbove reports whether the event is told all the time elsewhere, and is no
// news.
func (p *picture) toldAbove(e *live.Event) bool {
	return e.Kind == live.EventBreach && p.frame.Time-e.At > eventLasts && p.tellsBroken()
}

// eventLine writes what happened last.
func (p *picture) eventLine() {
	e := &p.frame.Event
	w := pen{c: p.canvas.Sub(p.layout.event), x: 1}
	if p.view.note != "" {
		w.c.Fit(w.x, 0, w.room()-1, chart.Marker, p.view.note, p.look.glyphs)
		return
	}
	if p.layout.lastMove.H == 0 && len(p.differences()) > 0 && e.Kind != live.EventRefusal && p.frame.Time-e.At > eventLasts {
		p.twinLine(&w)
		return
	}
	if m := p.frame.Made; m != nil && p.layout.lastMove.H == 0 && p.tellsOf(m) {
		p.broughtLine(&w, m)
		return
	}
	if e.Text == "" || p.toldAbove(e) {
		w.write(chart.Dim, p.look.plain("press "+moveKeys()+" to make a move, → to go faster, ? for what is on the screen"))
		return
	}
	style := chart.Text
	switch e.Kind {
	case live.EventChange:
		style = chart.Marker
	case live.EventRefusal, live.EventHalt, live.EventBreach:
		style = chart.Broken
	}
	if e.Kind != live.EventBreach { // which says itself when it was
		w.write(chart.Dim, chart.Clock(e.At.Seconds())+"  ")
	}
	text := e.Text
	if more := " ?: all"; chart.Width(text) >= w.room() {
		w.c.Text(w.x+w.room()-1-len(more), 0, chart.Dim, more)
		w.c.Fit(w.x, 0, w.room()-1-len(more), style, text, p.look.glyphs)
		return
	}
	w.c.Fit(w.x, 0, w.room()-1, style, text, p.look.glyphs)
}

// keysLine writes the keys that do something now.
func (p *picture) keysLine() {
	line := p.layout.keysLine
	w := pen{c: p.canvas.Sub(line), x: 1}
	hints, gap := fitHints(p.view.hints(p.frame), w.room()-1)
	for _, h := range hints {
		from := w.x
		w.write(chart.Key, p.look.plain(h.show)).write(chart.Dim, " "+h.word)
		if h.key != "" {
			p.zones = append(p.zones, zone{at: chart.Rect{X: line.X + from, Y: line.Y, W: w.x - from, H: 1}, key: h.key})
		}
		w.x += gap
	}
}

// fitHints leaves out what can be spared until the rest fits, and reports the
// gap between two entries.
func fitHints(hints []keyHint, w int) (fitting []keyHint, gap int) {
	for {
		for gap := 2; gap > 0; gap-- {
			if hintsWidth(hints, gap) <= w {
				return hints, gap
			}
		}
		least := 0
		for i, h := range hints {
			if h.spare > hints[least].spare {
				least = i
			}
		}
		if len(hints) == 0 || hints[least].spare == 0 {
			return hints, 1
		}
		hints = slices.Delete(slices.Clone(hints), least, least+1)
	}
}

// hintsWidth returns the columns that entries take with gaps between them.
func hintsWidth(hints []keyHint, gap int) int {
	sum := -gap
	for _, h := range hints {
		sum += chart.Width(h.show) + 1 + chart.Width(h.word) + gap
	}
	return sum
}
