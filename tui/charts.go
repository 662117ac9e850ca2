package tui

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// gutter is the columns of the labels left of the charts: those that stand
// above each other share their axis.
const gutter = 9

// bareRows is the height of a wide panel up to which its chart leaves the
// labels of the horizontal axis to the lowest one.
const bareRows = 12

// bare reports whether a chart has no labels below.
func (p *picture) bare(area chart.Rect) bool { return p.layout.wide && area.H <= bareRows }

// pile draws where the writes in flight are, over time.
func (p *picture) pile() {
	l := p.lane
	remark := writes(l.InFlight) + " in flight, by place"
	c := p.panel(panelPile, p.layout.pile, "queue depth", remark)
	chart.StackChart{
		X: p.frame.Window, XUnit: chart.UnitClock, BareX: p.bare(p.layout.pile),
		Y: l.PiledScale, Unit: chart.UnitCount,
		Parts:  stageParts(),
		Times:  p.frame.Times,
		Values: l.Piled[:],
		Twin:   p.twinSeries(piledUp),
		Marks:  p.frame.Marks,
		Gutter: gutter,
	}.Draw(c, p.look.glyphs)
}

// stageParts returns the parts of a chart that stand for the stages. Both list
// them in the order in which a write passes them.
func stageParts() []chart.Part { return chart.Stages() }

// ackLineRows is the height of the panel of latencies that is no chart: title
// and a row of columns.
const ackLineRows = 2

// ack draws the latency to the answer over time, or writes it into one line.
func (p *picture) ack() {
	l := p.lane
	switch {
	case p.layout.ack.H == 0:
		return
	case p.layout.ack.H <= ackLineRows:
		p.ackLine()
		return
	}
	c := p.panel(panelAck, p.layout.ack, "time to ack", "")
	p.ackValues()
	chart.LineChart{
		X: p.frame.Window, XUnit: chart.UnitClock, BareX: p.bare(p.layout.ack),
		Y: l.AckScale, Unit: chart.UnitSpan,
		Series: []chart.Series{
			p.twinSeries(func(l *live.Lane) []float64 { return l.AckP99 }),
			p.twinSeries(func(l *live.Lane) []float64 { return l.AckP50 }),
			{Times: p.frame.Times, Values: l.AckP99, Style: chart.Series2, Label: "p99"},
			{Times: p.frame.Times, Values: l.AckP50, Style: chart.Series1, Label: "p50"},
		},
		Marks:  p.frame.Marks,
		Gutter: gutter,
	}.Draw(c, p.look.glyphs)
}

// ackValues writes the newest latencies into the title: a legend beside the
// lines would make this chart narrower than the one above it, and a change
// would stand at two places.
func (p *picture) ackValues() {
	p.values(p.layout.ack,
		value{chart.Series1, "p50", padded(chart.Span(last(p.lane.AckP50)), chart.SpanWidth)},
		value{chart.Series2, "p99", padded(chart.Span(last(p.lane.AckP99)), chart.SpanWidth)})
}

// value is the newest value of a line, written in the style of the line.
type value struct {
	style      chart.Style
	name, text string
}

// values writes values at the right end of a title.
func (p *picture) values(area chart.Rect, list ...value) {
	c := p.canvas.Sub(area)
	width, _ := c.Size()
	w := pen{c: c, x: width - 3}
	for _, v := range list {
		w.x -= chart.Width(v.name) + chart.Width(v.text) + 3
	}
	for _, v := range list {
		w.write(v.style, " "+v.name+" "+v.text+" ")
	}
}

// ackLine writes the latencies into a title, and below it the 99th percentile
// as a row of columns on the axis of the chart above.
func (p *picture) ackLine() {
	l := p.lane
	c := p.panel(panelAck, p.layout.ack, "time to ack", "")
	p.ackValues()
	c.Text(gutter-5, 0, chart.Axis, "p99")
	c.Text(gutter-1, 0, chart.Axis, string(p.look.glyphs.Vertical))
	width, _ := c.Size()
	chart.Spark{
		Values: l.AckP99, Times: p.frame.Times, X: p.frame.Window, Style: chart.Series2,
	}.Draw(c.Sub(chart.Rect{X: gutter, W: width - gutter, H: 1}), p.look.glyphs)
}

// rates draws what is offered and what is committed over time.
func (p *picture) rates() {
	if p.layout.rates.H == 0 {
		return
	}
	l := p.lane
	c := p.panel(panelRates, p.layout.rates, "throughput", "")
	p.values(p.layout.rates,
		value{chart.Series2, "offered", padded(chart.Rate(l.Offered), chart.RateWidth)},
		value{chart.Series1, "committed", padded(chart.Rate(l.Done), chart.RateWidth)})
	chart.LineChart{
		X: p.frame.Window, XUnit: chart.UnitClock, BareX: p.bare(p.layout.rates),
		Y: l.RateScale, Unit: chart.UnitRate,
		Series: []chart.Series{
			p.twinSeries(func(l *live.Lane) []float64 { return l.DoneAt }),
			{Times: p.frame.Times, Values: l.OfferedAt, Style: chart.Series2},
			{Times: p.frame.Times, Values: l.DoneAt, Style: chart.Series1},
		},
		Marks:  p.frame.Marks,
		Gutter: gutter,
	}.Draw(c, p.look.glyphs)
}

// time draws where the time of a committed write goes: over time where there
// is room, else as one bar.
func (p *picture) time() {
	switch {
	case p.layout.time.H == 0:
	case p.layout.time.H <= timeBarRows:
		p.timeBar()
	default:
		c := p.panel(panelTime, p.layout.time, "where the time goes", p.timeShares(p.layout.time.W-28))
		chart.StackChart{
			X: p.frame.Window, XUnit: chart.UnitClock,
			Share:  true,
			Parts:  stageParts(),
			Times:  p.frame.Times,
			Values: p.lane.TimeIn[:],
			Marks:  p.frame.Marks,
			Gutter: gutter,
		}.Draw(c, p.look.glyphs)
	}
}

// timeShare is what a stage takes of the time of a write.
type timeShare struct {
	part  chart.Part
	share float64
}

// timeSpent lists the stages that the writes committed lately spent time in,
// the longest first, and the mean time in all.
func (p *picture) timeSpent() (list []timeShare, total float64) {
	for stage, part := range stageParts() {
		if v := p.lane.Parts[stage]; v > 0 && !math.IsInf(v, 0) {
			list = append(list, timeShare{part, v})
			total += v
		}
	}
	for i := range list {
		list[i].share /= total
	}
	slices.SortStableFunc(list, func(a, b timeShare) int { return cmp.Compare(b.share, a.share) })
	return list, total
}

// timeShares names the stages that take most of the time of a write and their
// shares, as many as there is room for, and the mean time in all.
func (p *picture) timeShares(w int) string {
	list, total := p.timeSpent()
	if total == 0 {
		return "no write was committed lately"
	}
	text := ""
	all := "of " + padded(chart.Span(total), chart.SpanWidth)
	for _, s := range list {
		more := fmt.Sprintf("%c %s %s  ", s.part.Key, s.part.Name, padded(chart.Percent(s.share), chart.PercentWidth))
		if text != "" && chart.Width(text)+chart.Width(more)+chart.Width(all) > w {
			break
		}
		text += more
	}
	if chart.Width(text)+chart.Width(all) > w { // which stage it is matters more than how long all took
		return strings.TrimRight(text, " ")
	}
	return text + all
}

// timeBarRows is the height of the bar with its legend.
const timeBarRows = 2

// timeBar draws where the time of the writes committed lately went.
func (p *picture) timeBar() {
	parts := stageParts()
	total := 0.0
	for stage := range parts {
		parts[stage].Value = p.lane.Parts[stage]
		if v := parts[stage].Value; v > 0 {
			total += v
		}
	}
	c := p.canvas.Sub(p.layout.time)
	w := pen{c: c, x: 1}
	w.write(chart.Title|chart.Bold, "time goes to  ")
	width, height := c.Size()
	c = c.Sub(chart.Rect{X: w.x, W: width - w.x - 1, H: height})
	if total == 0 {
		c.Text(0, 0, chart.Dim, "no write was committed lately")
		return
	}
	chart.StackBar{Parts: parts, Unit: chart.UnitSpan, LegendFirst: true}.Draw(c, p.look.glyphs)
}

// padded writes a text with blanks before it.
func padded(text string, w int) string {
	return strings.Repeat(" ", max(w-chart.Width(text), 0)) + text
}

// last returns the newest value of a history, NaN if there is none.
func last(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return values[len(values)-1]
}
