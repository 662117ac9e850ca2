package experiments

import (
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"

	"onepen/models"
	"onepen/sim"
)

// The parts of an entry of the timeline, and of a fault in it.
const (
	entryAt    = "at"
	entryFor   = "for"
	entrySet   = "set"
	entryFault = "fault"

	faultBy = "by"
)

// TimelinePart describes a part of a change in the timeline.
type TimelinePart struct {
	Name string // "at", "fault.by"
	Type string // as one would write it
	Help string
}

// TimelineParts describes all parts of a change. What faults there are,
// models.FaultForms tells.
func TimelineParts() []TimelinePart {
	parts := []TimelinePart{
		{entryAt, "time", "when it happens; changes stand in the order in which they do"},
		{entryFor, "time", "after which it is undone; without it, it is for good"},
		{entrySet, "{path: value, …}", "parameters that take effect together, of those that can change while the system runs"},
	}
	for _, kind := range models.FaultKinds() {
		parts = append(parts, TimelinePart{entryFault + "." + kind, "target", "what is to " + kind})
	}
	return append(parts,
		TimelinePart{entryFault + "." + faultBy, "number", "of slow: how many times as long everything takes"},
		TimelinePart{entryFault + "." + entryFor, "time", "how long the fault lasts, the same as for beside it"})
}

// TimelineExample is a change as one would write it, and what it stands for.
type TimelineExample struct {
	Name  string
	Entry string // names its components x
}

// TimelineExamples are the troubles that need no fault of their own: they are
// changes that are undone after a span.
func TimelineExamples() []TimelineExample {
	return []TimelineExample{
		{"burst", "{at: 10s, for: 2s, set: {lanes.x.arrivals.rate: 5000/s}}"},
		{"celebrity key", "{at: 20s, for: 5s, set: {lanes.x.keys.celebrity: 0.4}}"},
		{"clock step", "{at: 30s, for: 1s, set: {allocators.x.clock_offset: 200ms}}"},
		{"network delay", "{at: 40s, for: 3s, set: {stores.x.replication: 20ms}}"},
		{"slow replica", "{at: 50s, for: 3s, set: {stores.x.slow_replica: 20}}"},
	}
}

// readTimeline reads the list of changes, {at: 20s, set: {path: value}} or
// {at: 20s, fault: {crash: stores.links.partitions.2, for: 3s}}. Each
// is tried on a copy of the scenario as it will be then, if the scenario itself
// is sound. Changes are counted from 1 in messages.
func (r *reader) readTimeline(n *yaml.Node, words *level, sound bool) {
	if n.Kind != yaml.SequenceNode {
		r.complain(positionOf(n), TimelineSection, "", "must be a list of changes {at: 20s, set: {…}}, got %s", describe(n))
		return
	}
	then := &foresight{scenario: r.scenario.Clone()}
	var changes []models.Change
	last := sim.Time(0)
	for i, item := range n.Content {
		e := &entry{reader: r, path: join(TimelineSection, strconv.Itoa(i+1)), foresight: then, sound: sound}
		change, ok := e.read(item, words)
		if !ok {
			continue
		}
		if change.At < last {
			r.complain(e.when, e.path+"."+entryAt, "", "must not be before the change above it, at %s, got %s", last, change.At)
		}
		last = max(last, change.At)
		if change.At > r.scenario.Duration && !r.wrong["duration"] {
			r.complain(e.when, e.path+"."+entryAt, "", "must be at most the duration, %s, got %s", r.scenario.Duration, change.At)
		}
		if sound {
			sound = e.validate()
		}
		then.remember(change, e.before)
		changes = append(changes, change)
	}
	r.scenario.Timeline = changes
}

// foresight is a scenario as it will be at some instant of its timeline.
type foresight struct {
	scenario *models.Scenario
	undo     []models.Change // of temporary changes, ordered by time
}

// until undoes the temporary changes that are over at an instant.
func (f *foresight) until(at sim.Time) {
	for len(f.undo) > 0 && f.undo[0].At <= at {
		for _, a := range f.undo[0].Set {
			_ = f.scenario.Set(a.Path, a.Value) // the value that it had
		}
		f.undo = f.undo[1:]
	}
}

// remember notes how to undo a change, if it is temporary.
func (f *foresight) remember(c models.Change, before []models.Assignment) {
	if c.For == 0 || len(before) == 0 {
		return
	}
	back := models.Change{At: c.At + c.For, Set: before}
	at := slices.IndexFunc(f.undo, func(other models.Change) bool { return other.At > back.At })
	if at < 0 {
		at = len(f.undo)
	}
	f.undo = slices.Insert(f.undo, at, back)
}
