package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"onepen/models"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// partitions draws the partitions of the lane's store: a bar each, or a strip
// where there are too many.
func (p *picture) partitions() {
	area := p.layout.partitions
	if area.H == 0 {
		return
	}
	s := p.store
	c := p.panel(panelPartitions, area, "partitions of "+s.Name, p.storeRemark())
	inside := p.panels[len(p.panels)-1].inside
	if !p.layout.wide { // no frame keeps them from the edges
		inside.X, inside.W = inside.X+1, inside.W-2
		c = p.canvas.Sub(inside)
	}
	w, h := c.Size()
	if len(s.Partitions) > h {
		p.strip(c, inside)
		return
	}
	bars := chart.HeatBars{NameWidth: 3, ValueWidth: 6}
	for i := range s.Partitions {
		bar := p.bar(i)
		if bar.Note == "" && h >= 2*len(s.Partitions) {
			bar.Note = p.traffic(i)
		}
		bar.Selected = p.picked == thing{thingPartition, s.Name, i}
		bars.Bars = append(bars.Bars, bar)
	}
	bars.Draw(c, p.look.glyphs)
	p.sayBelow(c)
	p.rowZones(area, w, h, func(_, y int) thing { return p.partition(bars.Hit(h, y)) })
}

// partition returns a partition of the store in focus as a thing, none if
// there is no such one.
func (p *picture) partition(i int) thing {
	if i < 0 {
		return thing{}
	}
	return thing{thingPartition, p.store.Name, i}
}

// rowZones makes the rows of the panel drawn last clickable, as what pick says
// of them.
func (p *picture) rowZones(area chart.Rect, w, h int, pick func(x, y int) thing) {
	inside := p.panels[len(p.panels)-1].inside
	for y := range h {
		if t := pick(0, y); t.kind != thingNone {
			p.zones = append(p.zones, zone{at: chart.Rect{X: area.X, Y: inside.Y + y, W: area.W, H: 1}, pick: t})
		}
	}
}

// traffic says what comes to a partition.
func (p *picture) traffic(i int) string {
	part := &p.store.Partitions[i]
	text := chart.Rate(part.Rate)
	if part.TopKey > 0 && part.TopShare >= telling/5 {
		text += fmt.Sprintf("%s%s %s", p.look.signs.dot, models.KeyName(part.TopKey), chart.Percent(part.TopShare))
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
		Name:  models.PartitionName(i),
		Load:  part.Utilization,
		State: stateOf(part),
		Value: chart.Count(whole(part.Waiting)),
	}
	switch {
	case part.Down:
		bar.Value = downWord
	case i >= s.Active:
		bar.Note = "gave its keys away, still drains"
	case bar.State == chart.StateHot && part.TopKey > 0 && part.TopShare >= telling:
		bar.Note = fmt.Sprintf("hot key %s %s", models.KeyName(part.TopKey), chart.Percent(part.TopShare))
	}
	return bar
}

// strip draws one cell for each partition on c, which stands at a place of the
// screen, and names the busiest.
func (p *picture) strip(c *chart.Canvas, at chart.Rect) {
	s := p.store
	strip := chart.HeatStrip{Prefix: "P"}
	for i := range s.Partitions {
		load := s.Partitions[i].Utilization
		strip.Loads = append(strip.Loads, load)
		strip.States = append(strip.States, stateOf(&s.Partitions[i]))
	}
	if p.picked.kind == thingPartition {
		strip.ShowCursor, strip.Cursor = true, p.picked.number
	}
	w, h := c.Size()
	if !p.layout.wide && h == 1 {
		named := s.Hot
		if down := firstDown(s); down >= 0 {
			named = down
		}
		if strip.ShowCursor {
			named = strip.Cursor
		}
		style, text := p.nameOf(named)
		x := w - chart.Width(text)
		c.Text(x, 0, style, text)
		w = x - 1
		c = c.Sub(chart.Rect{W: w, H: h})
	}
	strip.Draw(c, p.look.glyphs)
	for y := range h {
		for x := range w {
			if t := p.partition(strip.Hit(w, h, x, y)); t.kind != thingNone {
				p.zones = append(p.zones, zone{at: chart.Rect{X: at.X + x, Y: at.Y + y, W: 1, H: 1}, pick: t})
			}
		}
	}
}

// nameOf names a partition beside a strip, and says how it fares.
func (p *picture) nameOf(partition int) (chart.Style, string) {
	part, name := &p.store.Partitions[partition], models.PartitionName(partition)
	if part.Down {
		return chart.Broken, fmt.Sprintf("%s %s %c", name, downWord, p.look.glyphs.DownSign)
	}
	text := fmt.Sprintf("%s %s  ", name, padded(chart.Percent(part.Utilization), chart.PercentWidth))
	if hotAt(part.Utilization) == chart.StateHot {
		text = strings.TrimSuffix(text, " ") + string(p.look.glyphs.HotSign)
	}
	return chart.Heat(part.Utilization), text
}

// heat draws how the load of the partitions went over time.
func (p *picture) heat() {
	area := p.layout.heat
	if area.H == 0 {
		return
	}
	s := p.store
	c := p.panel(panelHeat, area, "heat over time", p.heatScale())
	if len(s.Partitions) > live.MaxHeat {
		c.Text(0, 0, chart.Dim, "not recorded: more than "+chart.Count(live.MaxHeat)+" partitions")
		return
	}
	m := chart.HeatMap{
		X: p.frame.Window, XUnit: chart.UnitClock, Prefix: "P", Count: len(s.Partitions),
		Times: p.frame.Times, Loads: s.Heat, Marks: p.frame.Marks,
		ShowCursor: p.picked.kind == thingPartition, Cursor: p.picked.number,
	}
	m.Draw(c, p.look.glyphs)
	p.sayBelow(c)
	w, h := c.Size()
	p.rowZones(area, w, h, func(_, y int) thing { return p.partition(m.Hit(h, y)) })
}

// heatScale says from where on a partition counts as hot.
func (p *picture) heatScale() string {
	return "busy, " + string(p.look.glyphs.Full) + " 90 %+"
}

// hotAt returns the state of something with a load: the sign stands where the
// heat scale ends.
func hotAt(load float64) chart.State {
	if chart.Heat(load) == chart.Heat4 {
		return chart.StateHot
	}
	return chart.StateCalm
}

// downWord stands for the writes in line where a crash has left none.
const downWord = "down"

// stateOf returns the state of a partition.
func stateOf(p *live.Partition) chart.State {
	if p.Down {
		return chart.StateDown
	}
	return hotAt(p.Utilization)
}

// firstDown returns the first partition of a store that is down, or -1.
func firstDown(s *live.Store) int {
	return slices.IndexFunc(s.Partitions, func(p live.Partition) bool { return p.Down })
}

// allocatorState returns the state of an allocator.
func allocatorState(a *live.Allocator) chart.State {
	if a.Down {
		return chart.StateDown
	}
	return hotAt(a.Utilization)
}

// allocators draws the saturation of the allocators.
func (p *picture) allocators() {
	if p.layout.allocators.H == 0 {
		return
	}
	if !p.layout.wide {
		p.allocatorLine()
		return
	}
	c := p.panel(panelAllocators, p.layout.allocators, "allocators", "counter busy, wait for an ID")
	bars := chart.HeatBars{ValueWidth: chart.SpanWidth}
	for i := range p.frame.Allocators {
		a := &p.frame.Allocators[i]
		bars.Bars = append(bars.Bars, chart.Bar{
			Name:  a.Name,
			Load:  a.Utilization,
			State: allocatorState(a),
			Value: chart.Span(a.Wait),
			Note:  a.Strategy.String() + p.look.signs.dot + chart.Count(whole(a.Waiting)) + " wait",

			Selected: p.picked == thing{kind: thingAllocator, name: a.Name},
		})
	}
	bars.Draw(c, p.look.glyphs)
	w, h := c.Size()
	p.rowZones(p.layout.allocators, w, h, func(_, y int) thing {
		if i := bars.Hit(h, y); i >= 0 {
			return thing{kind: thingAllocator, name: p.frame.Allocators[i].Name}
		}
		return thing{}
	})
}

// allocatorLine writes the allocators into one line.
func (p *picture) allocatorLine() {
	area := p.layout.allocators
	w := pen{c: p.canvas.Sub(area), x: 1}
	w.write(chart.Title|chart.Bold, "allocators")
	for i := range p.frame.Allocators {
		a := &p.frame.Allocators[i]
		t := thing{kind: thingAllocator, name: a.Name}
		name := chart.Text
		if p.picked == t {
			name |= chart.Reverse
		}
		w.x += 2
		p.zones = append(p.zones, zone{at: chart.Rect{X: area.X + w.x, Y: area.Y, W: chart.Width(a.Name), H: 1}, pick: t})
		w.write(name, a.Name).write(chart.Text, fmt.Sprintf(" %s ", a.Strategy))
		w.write(chart.Heat(a.Utilization), padded(chart.Percent(a.Utilization), chart.PercentWidth))
		switch allocatorState(a) {
		case chart.StateHot:
			w.write(chart.Hot|chart.Bold, " "+string(p.look.glyphs.HotSign))
		case chart.StateDown:
			w.write(chart.Broken|chart.Bold, fmt.Sprintf(" %c %s,", p.look.glyphs.DownSign, downWord))
		}
		w.write(chart.Dim, fmt.Sprintf(" wait %s, %s waiting", chart.Span(a.Wait), chart.Count(whole(a.Waiting))))
	}
}

// unseenWidth is the room for the writes not yet seen; more take what they need.
const unseenWidth = 7

// consumers draws how far those who read the commits are behind.
func (p *picture) consumers() {
	area := p.layout.consumers
	if area.H == 0 {
		return
	}
	c := p.panel(panelConsumers, area, "consumers", "lag p99, unseen")
	w, h := c.Size()
	rows := p.consumerLanes()
	for y, l := range rows {
		if y >= h {
			break
		}
		t := thing{kind: thingConsumers, name: l.Name}
		name, style, sign := chart.Text, chart.Text, " "
		if p.picked == t {
			name |= chart.Reverse
		}
		if l.Lag >= slow {
			style, sign = chart.Hot|chart.Bold, string(p.look.glyphs.HotSign)
		}
		unseen := padded(chart.Count(whole(l.Unseen)), unseenWidth)
		lag := padded(chart.Span(l.Lag), chart.SpanWidth) + " " + sign
		c.Fit(0, y, min(chart.Width(l.Name), max(w-unseenWidth-chart.SpanWidth-3, 1)), name, l.Name, p.look.glyphs)
		c.FitRight(w-chart.Width(unseen)-chart.Width(lag), y, chart.Width(lag), style, lag, p.look.glyphs)
		c.Text(w-chart.Width(unseen), y, chart.Text, unseen)
	}
	p.rowZones(area, w, min(h, len(rows)), func(_, y int) thing {
		return thing{kind: thingConsumers, name: rows[y].Name}
	})
}

// consumerLanes returns the lanes whose commits somebody reads.
func (p *picture) consumerLanes() []*live.Lane {
	var lanes []*live.Lane
	for i := range p.scenario.Lanes {
		if p.scenario.Lanes[i].Consume.Workers > 0 {
			lanes = append(lanes, &p.frame.Lanes[i])
		}
	}
	return lanes
}
