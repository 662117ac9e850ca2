package tui

import (
	"fmt"

	"onepen/models"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// path draws the way of a write through the components of the lane.
func (p *picture) path() {
	var c *chart.Canvas
	if p.layout.wide {
		c = p.panel(panelPath, p.layout.path, "path of "+p.lane.Name, "")
		p.brokeRemark()
	} else {
		w := p.layout.path.W
		c = p.canvas.Sub(p.layout.path).Sub(chart.Rect{X: 1, W: w - 2, H: p.layout.path.H})
	}
	nodes := []chart.Node{{
		Name: "writers", Value: chart.Rate(p.lane.Offered), Width: chart.RateWidth,
	}}
	if p.allocator != nil {
		nodes = append(nodes, p.allocatorNode())
	}
	nodes = append(nodes, p.queueNode(), p.batchNode(), p.partitionNode())
	if p.laneNow.Consume.Workers > 0 {
		nodes = append(nodes, p.consumerNode())
	}
	nodes = append(nodes, chart.Node{
		Name: "committed", Short: "commits", Value: chart.Rate(p.lane.Done), Width: chart.RateWidth,
	})
	chart.Path{Nodes: nodes}.Draw(c, p.look.glyphs)
}

func (p *picture) allocatorNode() chart.Node {
	a := p.allocator
	n := chart.Node{
		Name:       "allocator",
		Short:      "alloc",
		Value:      fmt.Sprintf("%s %s, %s wait", a.Strategy, chart.Percent(a.Utilization), chart.Count(whole(a.Waiting))),
		ShortValue: fmt.Sprintf("%s %s", chart.Percent(a.Utilization), chart.Count(whole(a.Waiting))),
		Width:      24,
		Style:      chart.Heat(a.Utilization),
		State:      max(p.stateOf(live.PlaceAllocator, a.Name), allocatorState(a)),
	}
	if a.Down {
		n.Value = fmt.Sprintf("%s %s, %s wait", a.Strategy, downWord, chart.Count(whole(a.Waiting)))
		n.ShortValue = fmt.Sprintf("%s %s", downWord, chart.Count(whole(a.Waiting)))
	}
	return n
}

func (p *picture) queueNode() chart.Node {
	deep := p.lane.Depth[models.StageQueue]
	n := chart.Node{
		Name:       "queue",
		Value:      chart.Count(whole(deep)) + " deep",
		ShortValue: chart.Count(whole(deep)),
		Width:      12,
	}
	if p.laneNow.Queue.Mode == models.QueueNone && whole(deep) == 0 {
		n.Value, n.ShortValue, n.Style = "none", "none", chart.Dim
		return n
	}
	n.State = p.stateOf(live.PlaceQueue, p.lane.Name)
	if p.lane.Now.QueueDown {
		n.Value, n.ShortValue, n.State = downWord+", "+n.Value, downWord, chart.StateDown
		return n
	}
	if p.verdict.Place == live.PlaceStore && p.verdict.Name == p.store.Name && p.verdict.Queued >= 1 {
		n.State = chart.StateHot
	}
	return n
}

func (p *picture) batchNode() chart.Node {
	size := p.laneNow.Batch.Size
	n := chart.Node{
		Name:       "batcher",
		Short:      "batch",
		Value:      fmt.Sprintf("%s of %d", chart.Number(p.lane.Fill), size),
		ShortValue: fmt.Sprintf("%s/%d", chart.Number(p.lane.Fill), size),
		Width:      10,
	}
	if size == 1 {
		n.Value, n.ShortValue, n.Style = "off", "off", chart.Dim
	}
	return n
}

func (p *picture) partitionNode() chart.Node {
	s := p.store
	hot := &s.Partitions[s.Hot]
	waiting := chart.Count(whole(p.lane.Depth[models.StageLine]))
	if down := firstDown(s); down >= 0 {
		text := models.PartitionName(down) + " " + downWord
		return chart.Node{
			Name: "partitions", Short: "parts", Width: 20, State: chart.StateDown,
			Value: text + ", " + waiting + " wait", ShortValue: text,
		}
	}
	return chart.Node{
		Name:       "partitions",
		Short:      "parts",
		Value:      fmt.Sprintf("%s %s, %s wait", models.PartitionName(s.Hot), chart.Percent(hot.Utilization), waiting),
		ShortValue: fmt.Sprintf("%s %s", models.PartitionName(s.Hot), chart.Percent(hot.Utilization)),
		Width:      20,
		Style:      chart.Heat(hot.Utilization),
		State:      max(p.stateOf(live.PlaceStore, s.Name), hotAt(hot.Utilization)),
	}
}

// slow is the visibility lag from which readers notice [s]: the limit up to
// which a person's flow of thought is not interrupted (Nielsen 1993, Usability
// Engineering, section 5.5).
const slow = 1.0

func (p *picture) consumerNode() chart.Node {
	lag := p.lane.Lag
	n := chart.Node{
		Name:       "consumers",
		Short:      "lag",
		Value:      fmt.Sprintf("lag %s, %s unseen", chart.Span(lag), chart.Count(whole(p.lane.Unseen))),
		ShortValue: chart.Span(lag),
		Width:      21,
	}
	if lag >= slow {
		n.State = chart.StateHot
	}
	return n
}

// stateOf returns hot for the place that the writers fight over.
func (p *picture) stateOf(place live.Place, name string) chart.State {
	if p.verdict.Place == place && p.verdict.Name == name {
		return chart.StateHot
	}
	return chart.StateCalm
}
