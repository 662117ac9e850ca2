package tui

import (
	"fmt"
	"math"
	"strings"

	"onepen/models"
	"onepen/tui/chart"
)

// fact is a line of a card: what is known of a component.
type fact struct {
	name, text string
	style      chart.Style
}

// details are what the screen knows of one component: facts, what theory
// expects of it, and how it went.
type details struct {
	title   string
	facts   []fact
	theory  string
	what    string // what history is of
	history []float64
	scale   chart.Scale
	unit    chart.Unit
}

// detailsPanel draws the details of what was picked; of the busiest partition
// where there is room to spare and nothing was.
func (p *picture) detailsPanel() {
	if p.layout.details.H == 0 {
		return
	}
	t := p.picked
	if t.kind == thingNone {
		t = p.partition(p.store.Hot)
	}
	d := p.detailsOf(t)
	p.drawDetails(p.panel(panelDetails, p.layout.details, d.title, ""), d)
}

// detailsOf gathers the details of a component.
func (p *picture) detailsOf(t thing) details {
	switch t.kind {
	case thingAllocator:
		return p.allocatorDetails(t)
	case thingConsumers:
		return p.consumerDetails(t)
	}
	return p.partitionDetails(t)
}

// busyScale is the axis of utilizations.
var busyScale = chart.Scale{Max: 1}

func (p *picture) partitionDetails(t thing) details {
	s := p.frame.Store(t.name)
	part := &s.Partitions[t.number]
	d := details{title: models.PartitionName(t.number) + " of " + t.name, what: "busy", scale: busyScale, unit: chart.UnitPercent}
	for _, loads := range s.Heat {
		load := math.NaN()
		if t.number < len(loads) {
			load = loads[t.number]
		}
		d.history = append(d.history, load)
	}
	share, fair := part.Rate, math.NaN()
	for i := range s.Partitions[:s.Active] {
		if i == 0 {
			fair = 0
		}
		fair += s.Partitions[i].Rate / float64(s.Active)
	}
	d.facts = []fact{
		p.busyFact(part.Utilization),
		{"in line", chart.Count(whole(part.Waiting)) + " writes", chart.Text},
		{"offered", chart.Rate(part.Rate), chart.Text},
		{"share", timesOf(share, fair), chart.Text},
		{"servers", chart.Count(int64(part.Servers)), chart.Text},
	}
	name := "top keys"
	for _, k := range part.Most {
		if k.Key > 0 && k.Share > 0 {
			d.facts = append(d.facts, fact{name, fmt.Sprintf("%s %s", models.KeyName(k.Key), chart.Percent(k.Share)), chart.Text})
			name = ""
		}
	}
	if name != "" {
		d.facts = append(d.facts, fact{name, "none stands out", chart.Dim})
	}
	d.theory = p.theory("stores", t.name)
	return d
}

// timesOf writes a share as a multiple of the fair one.
func timesOf(x, of float64) string {
	if !(of > 0) {
		return chart.Absent
	}
	return chart.Number(x/of) + " times fair"
}

// busyFact writes a utilization, with a sign where it is hot.
func (p *picture) busyFact(load float64) fact {
	f := fact{"busy", chart.Percent(load), chart.Heat(load)}
	if hotAt(load) == chart.StateHot {
		f.text += " " + string(p.look.glyphs.HotSign)
	}
	return f
}

func (p *picture) allocatorDetails(t thing) details {
	a := p.frame.Allocator(t.name)
	d := details{title: "allocator " + t.name, what: "counter busy", history: a.BusyAt, scale: busyScale, unit: chart.UnitPercent}
	busy := p.busyFact(a.Utilization)
	busy.name = "counter"
	busy.text += " busy"
	d.facts = []fact{
		{"strategy", a.Strategy.String(), chart.Text},
		busy,
		{"waiting", chart.Count(whole(a.Waiting)) + " writes", chart.Text},
		{"hands out", chart.Rate(a.Rate), chart.Text},
		{"an ID takes", chart.Span(a.Wait), chart.Text},
		{"reordered", chart.Count(int64(a.Reordered)) + " IDs", chart.Text},
	}
	d.theory = p.theory("allocators", t.name)
	return d
}

func (p *picture) consumerDetails(t thing) details {
	d := details{title: "consumers of " + t.name, what: "lag p99", unit: chart.UnitSpan}
	config := p.scenario.Lane(t.name)
	for i := range p.frame.Lanes {
		l := &p.frame.Lanes[i]
		if l.Name != t.name {
			continue
		}
		low, high, ok := chart.Extent(l.LagAt)
		if !ok || low <= 0 {
			low = math.NaN()
		}
		d.history, d.scale = l.LagAt, chart.NiceLogScale(chart.Scale{}, low, high)
		lag := fact{"lag p99", chart.Span(l.Lag), chart.Text}
		if l.Lag >= slow {
			lag.text, lag.style = lag.text+" "+string(p.look.glyphs.HotSign), chart.Hot
		}
		d.facts = []fact{
			lag,
			{"unseen", chart.Count(whole(l.Unseen)) + " commits", chart.Text},
			{"committed", chart.Rate(l.Done), chart.Text},
			{"workers", chart.Count(int64(config.Consume.Workers)), chart.Text},
		}
	}
	return d
}

// factIndent is the column at which what is known begins.
const factIndent = 12

// minHistoryRows is the least height of a history that shows a shape.
const minHistoryRows = 5

// drawDetails writes facts, theory and history below each other, as far as
// there is room.
func (p *picture) drawDetails(c *chart.Canvas, d details) {
	w, h := c.Size()
	y := 0
	for _, f := range d.facts {
		c.Text(0, y, chart.Dim, f.name)
		c.Fit(factIndent, y, w-factIndent, f.style, f.text, p.look.glyphs)
		y++
	}
	if d.theory != "" {
		text := c.Sub(chart.Rect{Y: y, W: w, H: max(h-y, 0)})
		p.prose(text, d.theory)
		y += len(paragraphs(d.theory, w))
	}
	if h-y < minHistoryRows+1 {
		return
	}
	c.Text(0, y, chart.Title|chart.Bold, d.what+" over time")
	chart.LineChart{
		X: p.frame.Window, XUnit: chart.UnitClock,
		Y: d.scale, Unit: d.unit,
		Series: []chart.Series{{Times: p.frame.Times, Values: d.history, Style: chart.Series1}},
		Marks:  p.frame.Marks,
	}.Draw(c.Sub(chart.Rect{Y: y + 1, W: w, H: h - y - 1}), p.look.glyphs)
}

// theory writes what queueing theory expects of a component, and what it
// assumes that is not so; "" if it knows no formula for it.
func (p *picture) theory(section, name string) string {
	of, known := p.frame.Predicted(section, name)
	if !known {
		return ""
	}
	expects := chart.Span(of.Expected)
	if math.IsInf(of.Expected, 1) {
		expects = "no end"
	}
	if !of.Exact {
		expects = "about " + expects
	}
	text := fmt.Sprintf("Theory: %s at %s busy expects a wait in line of %s; measured %s.",
		of.Model, chart.Percent(of.Intensity), expects, chart.Span(of.Measured))
	if len(of.Not) > 0 {
		text += "\n\nNot so: " + strings.Join(of.Not, "; ") + "."
	}
	return text
}
