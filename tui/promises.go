package tui

import (
	"onepen/models"
	"onepen/tui/chart"
)

// promisesLine writes what became of the writes of the lane since the start:
// broken promises first, in all and each, and then what happened besides, as
// far as there is room.
func (p *picture) promisesLine() {
	n := &p.lane.Now.Totals
	w := pen{c: p.canvas.Sub(p.layout.promises), x: 1}
	w.write(chart.Title|chart.Bold, "promises").write(chart.Text, "  ")
	start := w.x
	tell := func(style chart.Style, text string) {
		if w.x > start {
			text = p.look.signs.dot + text
		}
		if w.room() > chart.Width(text) {
			w.write(style, text)
		}
	}
	count := func(words string, n uint64) string { return words + " " + chart.Count(int64(n)) }
	unless0 := func(style chart.Style, words string, n uint64) {
		if n > 0 {
			tell(style, count(words, n))
		}
	}
	acked := "acked"
	if p.laneNow.Ack == models.AckAccept {
		acked = "acked on accept"
	}
	tell(chart.Text, count(acked, n.Acked))
	tell(chart.Text, count("committed", n.Committed))

	prices := p.frame.Prices(p.lane)
	broken := uint64(0)
	for _, price := range prices {
		if price.Broken {
			broken += price.Count
		}
	}
	if broken == 0 {
		tell(chart.Good, "broken 0")
	} else {
		tell(chart.Broken|chart.Bold, count(string(p.look.glyphs.DownSign)+" broken", broken))
	}
	for _, price := range prices {
		style := chart.Text
		if price.Broken {
			style = chart.Broken | chart.Bold
		}
		tell(style, count(price.Name, price.Count))
	}
	unless0(chart.Hot, "rejected", n.Rejected)
	unless0(chart.Hot, "dropped", n.Dropped)
	unless0(chart.Hot, "failed", n.Failed)
	unless0(chart.Hot, "store errors", n.Erred)
	unless0(chart.Hot, "timed out", n.TimedOut)
	unless0(chart.Text, "retried", n.Retried)
	tell(chart.Text, count("in flight", uint64(p.lane.Now.InFlight)))
}
