package tui

import (
	"fmt"
	"math"
	"strings"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// madeTitle names a move and where it went, and whether that is back.
func (p *picture) madeTitle(m *live.Made) string {
	switch {
	case m.To == "":
		return m.Name
	case m.Home:
		return m.Name + " back to " + m.To
	}
	return m.Name + " " + m.To
}

// change is a measure before and after a move.
type change struct {
	name          string
	before, after string
}

// changes compares what was before a move with what is now, once that can be
// compared. What is known of neither is left out.
func (p *picture) changes(m *live.Made) []change {
	if p.early(m) {
		return nil
	}
	now := p.frame.Now(m)
	var list []change
	compare := func(name string, before, after float64, write func(float64) string) {
		if !math.IsNaN(before) || !math.IsNaN(after) {
			list = append(list, change{name, write(before), write(after)})
		}
	}
	compare("p50", m.Before.AckP50, now.AckP50, chart.Span)
	compare("p99", m.Before.AckP99, now.AckP99, chart.Span)
	compare("in flight", m.Before.InFlight, now.InFlight, chart.Number)
	return list
}

// write writes a change, the arrow between before and after.
func (c change) write(arrow string) string {
	return fmt.Sprintf("%s %s %s %s", c.name, c.before, arrow, c.after)
}

// paid writes what was counted of costs since a move was made, which another
// move may have caused.
func (p *picture) paid(m *live.Made) []string {
	var texts []string
	for _, price := range p.frame.PricesSince(m) {
		texts = append(texts, chart.Count(int64(price.Count))+" "+price.Noun())
	}
	return texts
}

// cards write what the last move brought, what it promises and what it costs, the
// longest first: a shorter one leaves out the promise, the shortest has few words
// for the costs.
func (p *picture) cards(m *live.Made) []string {
	told := p.told(m)
	if m.Effect.Gain == "" {
		return []string{told}
	}
	gains := "Gains"
	if m.Home {
		gains = "Back to " + m.To
	}
	costs := fmt.Sprintf("Costs: %s.", m.Effect.Cost)
	return []string{
		fmt.Sprintf("%s%s: %s.\n\n%s", told, gains, m.Effect.Gain, costs),
		told + costs,
		fmt.Sprintf("%sCosts: %s.", told, m.Effect.Price),
	}
}

// told writes what the last move brought, and what was counted of costs since.
// What it brought is left to the differences to a twin where there is one.
func (p *picture) told(m *live.Made) string {
	var b strings.Builder
	if helped := p.helped(m); helped != "" {
		b.WriteString(helped + "\n\n")
	}
	if len(p.differences()) == 0 {
		for _, c := range p.changes(m) {
			b.WriteString(c.write(p.look.signs.next) + "\n\n")
		}
	}
	if paid := p.paid(m); len(paid) > 0 {
		b.WriteString("Since then: " + strings.Join(paid, ", ") + "\n\n")
	}
	return b.String()
}

// broughtLine writes the same into one line, as much of it as there is room
// for: what it brought, the first measure in any case, and what it costs.
func (p *picture) broughtLine(w *pen, m *live.Made) {
	dot := p.look.signs.dot
	w.write(chart.Dim, chart.Clock(m.At.Seconds())+"  ").write(chart.Marker, p.madeTitle(m)+":")
	changes, separator := p.changes(m), " "
	if helped := p.helpedBriefly(m); helped != "" {
		w.write(chart.Text|chart.Bold, separator+helped)
		separator = dot
	}
	if len(changes) > 0 {
		w.write(chart.Text, separator+changes[0].write(p.look.signs.next))
		changes, separator = changes[1:], dot
	}
	cost := p.costLine(m, w.room()-chart.Width(separator)-1)
	for _, c := range changes {
		text := separator + c.write(p.look.signs.next)
		if chart.Width(text)+chart.Width(separator)+chart.Width(cost) < w.room() {
			w.write(chart.Text, text)
		}
	}
	if cost != "" {
		w.c.Fit(w.x, 0, w.room()-1, chart.Dim, separator+cost, p.look.glyphs)
	}
}

// costLine writes what a move costs: what was counted of it, the first in any
// case and more as far as there is room, or what is to be expected; "" for
// settings, of which nothing is.
func (p *picture) costLine(m *live.Made, room int) string {
	paid := p.paid(m)
	switch {
	case len(paid) == 0 && m.Effect.Price == "":
		return ""
	case len(paid) == 0:
		return "costs: " + m.Effect.Price
	}
	text := "since: " + paid[0]
	for _, more := range paid[1:] {
		if chart.Width(text)+2+chart.Width(more) > room {
			break
		}
		text += ", " + more
	}
	return text
}
