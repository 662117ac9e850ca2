package tui

import (
	"slices"

	"onepen/models"
	"onepen/tui/chart"
)

// phrase is a piece of a line, in a style.
type phrase struct {
	style chart.Style
	sign  rune // before it, where signs are drawn; 0 = none
	text  string
}

// promisesLine writes what became of the writes of the lane, as far as there is
// room.
func (p *picture) promisesLine() {
	w := pen{c: p.canvas.Sub(p.layout.promises), x: 1}
	w.write(chart.Title|chart.Bold, "promises").write(chart.Text, "  ")
	list := p.ledger()
	if !p.showsBad(list, w.room()) {
		list = slices.Delete(list, 1, 2)                                      // the commits: their rate stands elsewhere
		list[0].text = "acked " + chart.Count(int64(p.lane.Now.Totals.Acked)) // on what: it stands beside the move
	}
	for i := range list {
		if text := p.inLine(list, i); w.room() > chart.Width(text) {
			w.write(list[i].style, text)
		}
	}
}

// inLine writes a phrase as it stands in a line of several.
func (p *picture) inLine(list []phrase, i int) string {
	text := list[i].text
	if list[i].sign != 0 {
		text = string(list[i].sign) + " " + text
	}
	if i > 0 {
		text = p.look.signs.dot + text
	}
	return text
}

// showsBad reports whether there is room for all of a ledger up to the last
// promise that is broken or refusal.
func (p *picture) showsBad(list []phrase, room int) bool {
	width := 0
	for i := range list {
		width += chart.Width(p.inLine(list, i))
		bad := list[i].style == chart.Broken|chart.Bold || list[i].style == chart.Hot
		if bad && width >= room {
			return false
		}
	}
	return true
}

// promises writes the same for those who read no signs.
func (p *picture) promises() []string {
	var texts []string
	for _, phrase := range p.ledger() {
		texts = append(texts, phrase.text)
	}
	return texts
}

// ledger tells what became of the writes of the lane since the start: broken
// promises first, in all and each, then what writers were refused, and then what
// happened besides.
func (p *picture) ledger() []phrase {
	n := &p.lane.Now.Totals
	var list []phrase
	tell := func(style chart.Style, words string, n uint64) {
		list = append(list, phrase{style: style, text: words + " " + chart.Count(int64(n))})
	}
	unless0 := func(style chart.Style, words string, n uint64) {
		if n > 0 {
			tell(style, words, n)
		}
	}
	acked := "acked"
	if p.laneNow.Ack == models.AckAccept {
		acked = "acked on accept"
	}
	tell(chart.Text, acked, n.Acked)
	tell(chart.Text, "committed", n.Committed)

	prices := p.frame.Prices(p.lane)
	broken := uint64(0)
	for _, price := range prices {
		if price.Broken {
			broken += price.Count
		}
	}
	if tell(chart.Good, "broken", broken); broken > 0 {
		all := &list[len(list)-1]
		all.style, all.sign = chart.Broken|chart.Bold, p.look.glyphs.DownSign
	}
	for _, price := range prices {
		if price.Broken {
			tell(chart.Broken|chart.Bold, price.Name, price.Count)
		}
	}
	unless0(chart.Hot, "rejected", n.Rejected)
	unless0(chart.Hot, "dropped", n.Dropped)
	unless0(chart.Hot, "failed", n.Failed)
	unless0(chart.Hot, "store errors", n.Erred)
	unless0(chart.Hot, "timed out", n.TimedOut)
	for _, price := range prices {
		if !price.Broken {
			tell(chart.Text, price.Name, price.Count)
		}
	}
	unless0(chart.Text, "retried", n.Retried)
	tell(chart.Text, "in flight", uint64(p.lane.Now.InFlight))
	return list
}
