package tui

import (
	"fmt"
	"math"
	"strings"

	"onepen/tui/chart"
)

// gutter is the columns of the labels left of the charts: those that stand
// above each other share their axis.
const gutter = 9

// pile draws where the writes in flight are, over time.
func (p *picture) pile() {
	l := p.lane
	c := p.panel(p.layout.pile, "queue depth", "writes in flight, by place: "+chart.Count(whole(l.InFlight)))
	chart.StackChart{
		X: p.frame.Window, XUnit: chart.UnitClock,
		Y: l.PiledScale, Unit: chart.UnitCount,
		Parts:  stageParts(),
		Times:  p.frame.Times,
		Values: l.Piled[:],
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
	if p.layout.ack.H <= ackLineRows {
		p.ackLine()
		return
	}
	c := p.panel(p.layout.ack, "time to ack", "")
	p.ackValues()
	chart.LineChart{
		X: p.frame.Window, XUnit: chart.UnitClock,
		Y: l.AckScale, Unit: chart.UnitSpan,
		Series: []chart.Series{
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
	const values = " p50 12345678  p99 12345678 "
	c := p.canvas.Sub(p.layout.ack)
	width, _ := c.Size()
	w := pen{c: c, x: width - 3 - len(values)}
	w.write(chart.Series1, " p50 "+padded(chart.Span(last(p.lane.AckP50)), chart.SpanWidth))
	w.write(chart.Series2, "  p99 "+padded(chart.Span(last(p.lane.AckP99)), chart.SpanWidth)+" ")
}

// ackLine writes the latencies into a title, and below it the 99th percentile
// as a row of columns on the axis of the chart above.
func (p *picture) ackLine() {
	l := p.lane
	c := p.panel(p.layout.ack, "time to ack", "")
	p.ackValues()
	c.Text(gutter-5, 0, chart.Axis, "p99")
	c.Text(gutter-1, 0, chart.Axis, string(p.look.glyphs.Vertical))
	width, _ := c.Size()
	chart.Spark{
		Values: l.AckP99, Times: p.frame.Times, X: p.frame.Window, Style: chart.Series2,
	}.Draw(c.Sub(chart.Rect{X: gutter, W: width - gutter, H: 1}), p.look.glyphs)
}

// time draws where the time of a committed write goes.
func (p *picture) time() {
	parts := stageParts()
	total := 0.0
	for stage := range parts {
		parts[stage].Value = p.lane.Parts[stage]
		if v := parts[stage].Value; v > 0 {
			total += v
		}
	}
	var c *chart.Canvas
	if p.layout.wide {
		c = p.panel(p.layout.time, "where the time goes", "mean of a write, offer to commit")
	} else {
		c = p.canvas.Sub(p.layout.time)
		w := pen{c: c, x: 1}
		w.write(chart.Title|chart.Bold, "time goes to  ")
		width, height := c.Size()
		c = c.Sub(chart.Rect{X: w.x, W: width - w.x - 1, H: height})
	}
	if total == 0 {
		c.Text(0, 0, chart.Dim, "no write was committed lately")
		return
	}
	chart.StackBar{Parts: parts, Unit: chart.UnitSpan}.Draw(c, p.look.glyphs)
}

// partitions draws the partitions of the lane's store: a bar each, or a strip
// where there are too many.
func (p *picture) partitions() {
	s := p.store
	title := fmt.Sprintf("partitions of %s", s.Name)
	remark := p.storeRemark()
	area := p.layout.partitions
	inside := area.H - 1
	if p.layout.wide {
		inside--
	}
	c := p.panel(area, title, remark)
	if len(s.Partitions) > inside {
		p.strip(c)
		return
	}
	bars := chart.HeatBars{NameWidth: 3, ValueWidth: 6}
	for i := range s.Partitions {
		bar := p.bar(i)
		if bar.Note == "" && inside >= 2*len(s.Partitions) {
			bar.Note = p.traffic(i)
		}
		bars.Bars = append(bars.Bars, bar)
	}
	bars.Draw(c, p.look.glyphs)
}

// traffic says what comes to a partition.
func (p *picture) traffic(i int) string {
	part := &p.store.Partitions[i]
	text := chart.Rate(part.Rate)
	if part.TopKey > 0 && part.TopShare >= telling/5 {
		text += fmt.Sprintf("%sk%d %s", p.look.signs.dot, part.TopKey, chart.Percent(part.TopShare))
	}
	return text
}

// storeRemark says how the keys are spread, shorter where there are few
// columns.
func (p *picture) storeRemark() string {
	remark := p.store.Route.String()
	if p.store.Active > 1 && !math.IsNaN(p.store.Skew) {
		remark += p.look.signs.dot + "skew " + chart.Number(p.store.Skew)
	}
	return remark
}

// bar returns the row of a partition.
func (p *picture) bar(i int) chart.Bar {
	s := p.store
	part := &s.Partitions[i]
	bar := chart.Bar{
		Name:  partitionName(i),
		Load:  part.Utilization,
		State: hotAt(part.Utilization),
		Value: chart.Count(whole(part.Waiting)),
	}
	switch {
	case i >= s.Active:
		bar.Note = "gave its keys away, still drains"
	case bar.State == chart.StateHot && part.TopKey > 0 && part.TopShare >= telling:
		bar.Note = fmt.Sprintf("hot key k%d %s", part.TopKey, chart.Percent(part.TopShare))
	}
	return bar
}

// strip draws one cell for each partition, and names the busiest.
func (p *picture) strip(c *chart.Canvas) {
	s := p.store
	strip := chart.HeatStrip{Prefix: "P"}
	for i := range s.Partitions {
		load := s.Partitions[i].Utilization
		strip.Loads = append(strip.Loads, load)
		strip.States = append(strip.States, hotAt(load))
	}
	w, h := c.Size()
	if !p.layout.wide && h == 1 {
		hot := &s.Partitions[s.Hot]
		text := fmt.Sprintf("%s %s", partitionName(s.Hot), chart.Percent(hot.Utilization))
		at := w - 1 - chart.Width(text)
		c.Text(at, 0, chart.Heat(hot.Utilization), text)
		c = c.Sub(chart.Rect{X: 1, W: at - 2, H: h})
	}
	strip.Draw(c, p.look.glyphs)
}

// hotAt returns the state of something with a load: the sign stands where the
// heat scale ends.
func hotAt(load float64) chart.State {
	if chart.Heat(load) == chart.Heat4 {
		return chart.StateHot
	}
	return chart.StateCalm
}

// allocators draws the saturation of the allocators.
func (p *picture) allocators() {
	if len(p.frame.Allocators) == 0 {
		return
	}
	if !p.layout.wide {
		p.allocatorLine()
		return
	}
	c := p.panel(p.layout.allocators, "allocators", "counter busy, wait for an ID")
	bars := chart.HeatBars{ValueWidth: chart.SpanWidth}
	for i := range p.frame.Allocators {
		a := &p.frame.Allocators[i]
		bars.Bars = append(bars.Bars, chart.Bar{
			Name:  a.Name,
			Load:  a.Utilization,
			State: hotAt(a.Utilization),
			Value: chart.Span(a.Wait),
			Note:  a.Strategy.String() + p.look.signs.dot + chart.Count(whole(a.Waiting)) + " wait",
		})
	}
	bars.Draw(c, p.look.glyphs)
}

// allocatorLine writes the allocators into one line.
func (p *picture) allocatorLine() {
	w := pen{c: p.canvas.Sub(p.layout.allocators), x: 1}
	w.write(chart.Title|chart.Bold, "allocators")
	for i := range p.frame.Allocators {
		a := &p.frame.Allocators[i]
		w.write(chart.Text, fmt.Sprintf("  %s %s ", a.Name, a.Strategy))
		w.write(chart.Heat(a.Utilization), padded(chart.Percent(a.Utilization), chart.PercentWidth))
		if hotAt(a.Utilization) == chart.StateHot {
			w.write(chart.Hot|chart.Bold, " "+string(p.look.glyphs.HotSign))
		}
		w.write(chart.Dim, fmt.Sprintf(" wait %s, %s waiting", chart.Span(a.Wait), chart.Count(whole(a.Waiting))))
	}
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
