package tui

import (
	"slices"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// panel is a part of the screen that can be in focus: keys act on it, and its
// text can be copied.
type panel uint8

const (
	panelNone panel = iota
	panelMoves
	panelPartitions
	panelHeat
	panelAllocators
	panelConsumers
	panelPile
	panelAck
	panelRates
	panelTime
	panelLastMove
	panelDetails
	panelAbout
	panelPath
)

// shownPanel is a panel as it was drawn: where its text stands, without frame
// and title.
type shownPanel struct {
	panel  panel
	title  string
	inside chart.Rect
}

// thing is a component that can be picked, to see its details and to let
// faults befall it. The zero thing is none.
type thing struct {
	kind   thingKind
	name   string // of the store, the allocator, or the lane of the consumers
	number int    // of the partition
}

type thingKind uint8

const (
	thingNone thingKind = iota
	thingPartition
	thingAllocator
	thingConsumers
)

// panel returns the panel in which a thing is shown.
func (t thing) panel() panel {
	switch t.kind {
	case thingPartition:
		return panelPartitions
	case thingAllocator:
		return panelAllocators
	case thingConsumers:
		return panelConsumers
	}
	return panelNone
}

// things lists what can be picked while a lane is in focus: the partitions of
// its store, all allocators, and the consumers of all lanes.
func things(f *live.Frame, lane int) []thing {
	var list []thing
	store := f.Store(f.Scenario.Lanes[lane].Store)
	for i := range store.Partitions {
		list = append(list, thing{thingPartition, store.Name, i})
	}
	for i := range f.Allocators {
		list = append(list, thing{kind: thingAllocator, name: f.Allocators[i].Name})
	}
	for i := range f.Scenario.Lanes {
		if l := &f.Scenario.Lanes[i]; l.Consume.Workers > 0 {
			list = append(list, thing{kind: thingConsumers, name: l.Name})
		}
	}
	return list
}

// pickedNow returns what is picked, none if a restart or a move took it away.
func (v *view) pickedNow(f *live.Frame) thing {
	if slices.Contains(things(f, v.laneOf(f)), v.picked) {
		return v.picked
	}
	return thing{}
}

// aim returns what incidents are to befall: what is picked.
func (v *view) aim(f *live.Frame) live.Aim {
	switch t := v.pickedNow(f); t.kind {
	case thingPartition:
		return live.Aim{Store: t.name, Partition: t.number}
	case thingAllocator:
		return live.Aim{Allocator: t.name}
	}
	return live.Aim{}
}

// step moves the cursor of the panel in focus: to another move, or to another
// component.
func (v *view) step(f *live.Frame, by int) {
	if v.focus == panelMoves || v.focus == panelNone && v.picked.kind == thingNone {
		n := len(live.Moves())
		v.focus, v.move = panelMoves, (v.move+by+n)%n
		return
	}
	list := things(f, v.laneOf(f))
	at := slices.Index(list, v.picked)
	if at < 0 {
		v.pick(v.first(list, f))
		return
	}
	v.pick(list[(at+by+len(list))%len(list)])
}

// pick puts the cursor on a component.
func (v *view) pick(t thing) { v.picked, v.focus = t, t.panel() }

// first returns what the cursor begins with: the busiest partition, or the
// first component of the panel in focus.
func (v *view) first(list []thing, f *live.Frame) thing {
	for _, t := range list {
		if t.panel() == v.focus && t.kind != thingPartition {
			return t
		}
	}
	return list[f.Store(f.Scenario.Lanes[v.laneOf(f)].Store).Hot]
}

// next moves the focus to another panel of those on the screen, and the cursor
// into it if it has components.
func (v *view) next(f *live.Frame, shown []shownPanel, by int) {
	if len(shown) == 0 {
		return
	}
	at := slices.IndexFunc(shown, func(s shownPanel) bool { return s.panel == v.focus })
	if at < 0 && by < 0 {
		at = 0
	}
	v.focus = shown[(at+by+len(shown))%len(shown)].panel
	switch v.focus {
	case panelPartitions, panelAllocators, panelConsumers:
		if v.pickedNow(f).panel() != v.focus {
			v.picked = v.first(things(f, v.laneOf(f)), f)
		}
	}
}
