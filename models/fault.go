package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onepen/sim"
	"onepen/sim/names"
)

// Fault is the failure of a component, or of a part of one; FaultForms lists
// what can fail and how.
type Fault struct {
	Kind   FaultKind
	Target string
	By     float64 // of slow, above 0
}

// FaultKind is what a Fault does.
type FaultKind uint8

// The kinds of faults.
const (
	NoFault FaultKind = iota
	Crash
	Slow
	numFaultKinds = iota
)

var faultKinds = []string{"none", "crash", "slow"}

func (k FaultKind) String() string { return faultKinds[k] }

// FaultKinds lists the names of the kinds of faults.
func FaultKinds() []string { return slices.Clone(faultKinds[Crash:]) }

// ParseFaultKind reads the name of a kind of fault.
func ParseFaultKind(text string) (FaultKind, error) {
	if i := slices.Index(faultKinds[Crash:], text); i >= 0 {
		return Crash + FaultKind(i), nil
	}
	return NoFault, notOneOf(text, FaultKinds())
}

// faultTarget is what a fault befalls.
type faultTarget struct {
	section, component string
	part               string // "partitions", "nodes", "followers", "queue", "writers"; "" = the component itself
	number             int
}

// faultParts lists the parts of components that faults can befall.
var faultParts = map[string][]string{
	sectionStores:     {"partitions", "nodes", "followers"},
	sectionLanes:      {"queue", "writers"},
	sectionAllocators: nil,
}

// maxSlow bounds how many times as long things can take, so that no span of a
// run overflows.
const maxSlow = 1e6

// FaultForm is something that a fault can befall, and what becomes of it.
type FaultForm struct {
	Kind   FaultKind
	Target string // stores.*.partitions.n, where * stands for a component's name and n for a number
	Help   string // one line
}

// FaultForms lists all faults that can happen.
func FaultForms() []FaultForm {
	return []FaultForm{
		{Crash, "stores.*.partitions.n", "its line is lost and what it works on fails; it refuses until it is back"},
		{Crash, "stores.*.nodes.n", "the same for all partitions of a node"},
		{Crash, "stores.*.followers.n", "a replica of all partitions confirms nothing that is sent to it until it is back; a quorum that needs it waits"},
		{Crash, "allocators.*", "the central counter stands still; requests wait"},
		{Crash, "lanes.*.queue", "memory: all it holds is lost; durable: what is not synced; it refuses until it is back"},
		{Crash, "lanes.*.writers.n", "an app server starts anew: what is left of its leased IDs is lost"},
		{Slow, "stores.*.partitions.n", "all it does takes by times as long"},
		{Slow, "stores.*.nodes.n", "the same for all partitions of a node"},
		{Slow, "stores.*.followers.n", "a replica takes by times as long to confirm"},
		{Slow, "allocators.*", "the central counter takes by times as long"},
		{Slow, "lanes.*.queue", "durable: an append takes by times as long, from the next on"},
	}
}

// CheckFault reports what is wrong with a fault, as a *ParamError.
func (s *Scenario) CheckFault(f Fault) error {
	refuse := func(near, format string, args ...any) error {
		return &ParamError{Path: f.Target, Problem: fmt.Sprintf(format, args...), Nearest: near}
	}
	t, err := s.faultTarget(f.Target)
	switch {
	case err != nil:
		return err
	case f.Kind == Slow && !(f.By > 0 && f.By <= maxSlow):
		return refuse("", "slow needs by: how many times as long everything takes, above 0 and at most %g, got %g", maxSlow, f.By)
	case f.Kind == Slow && t.part == "writers":
		return refuse("", "a writer cannot be slow, only crash; slow the queue, the store or the allocator")
	case f.Kind == Crash && f.By != 0:
		return refuse("", "crash takes no by, got %g", f.By)
	}
	return nil
}

// faultTarget finds what a path names: stores.x.partitions.2, stores.x.nodes.0,
// stores.x.followers.1, allocators.x, lanes.x.queue or lanes.x.writers.3.
func (s *Scenario) faultTarget(path string) (faultTarget, error) {
	words := strings.Split(path, ".")
	refuse := func(near, format string, args ...any) (faultTarget, error) {
		return faultTarget{}, &ParamError{Path: path, Problem: fmt.Sprintf(format, args...), Nearest: near}
	}
	if !slices.Contains(Sections(), words[0]) {
		return refuse(names.Nearest(words[0], Sections()), "a fault befalls stores.x.partitions.n, stores.x.nodes.n, stores.x.followers.n, allocators.x, lanes.x.queue or lanes.x.writers.n")
	}
	t := faultTarget{section: words[0]}
	known := s.components(t.section)
	if len(words) < 2 || !slices.Contains(known, words[1]) {
		name := strings.Join(words[1:min(2, len(words))], "")
		return refuse(prefixed(t.section+".", names.Nearest(name, known), ""), "there is no %s %q (there are: %s)", strings.TrimSuffix(t.section, "s"), name, listed(known))
	}
	t.component = words[1]
	parts := faultParts[t.section]
	if len(parts) == 0 && len(words) == 2 {
		return t, nil
	}
	if len(words) < 3 || !slices.Contains(parts, words[2]) {
		name := strings.Join(words[2:min(3, len(words))], "")
		return refuse(prefixed(t.section+"."+t.component+".", names.Nearest(name, parts), ""), "a fault must name one of its parts: %s", listed(parts))
	}
	t.part = words[2]
	if t.part == "queue" && len(words) == 3 {
		return t, nil
	}
	count := s.countOf(t)
	if count == 0 {
		return refuse("", "there is no follower: stores.%s.replicas is 1", t.component)
	}
	number, err := strconv.Atoi(strings.Join(words[3:], "."))
	if err != nil || number < 0 || number >= count {
		return refuse("", "must end in the number of one of its %s, 0 to %d", t.part, count-1)
	}
	t.number = number
	return t, nil
}

// countOf is the number of the parts that a target is one of.
func (s *Scenario) countOf(t faultTarget) int {
	switch t.part {
	case "partitions":
		return s.Store(t.component).Partitions
	case "nodes":
		st := s.Store(t.component)
		if st.Nodes == 0 {
			return st.Partitions
		}
		return st.Nodes
	case "followers":
		return s.Store(t.component).Replicas - 1
	default:
		return s.Lane(t.component).Arrivals.Writers
	}
}

// inflict makes a fault happen now.
func (y *System) inflict(f Fault) {
	t, _ := y.scenario.faultTarget(f.Target)
	switch t.section {
	case sectionStores:
		y.storeNamed(t.component).inflict(f, t)
	case sectionAllocators:
		a := y.allocatorNamed(t.component)
		if f.Kind == Slow {
			a.slow.begin(f.By)
			return
		}
		a.down++
	case sectionLanes:
		l := y.laneNamed(t.component)
		switch {
		case t.part == "writers" && l.allocator != nil:
			l.allocator.abandon(&l.allocator.nodes[l.firstNode+uint32(t.number)])
		case t.part == "writers":
		case f.Kind == Slow:
			l.slow.begin(f.By)
		default:
			l.crashQueue()
		}
	}
}

// recover ends a fault of what its target named when it began.
func (y *System) recover(f Fault, t faultTarget) {
	switch t.section {
	case sectionStores:
		y.storeNamed(t.component).recover(f, t)
	case sectionAllocators:
		a := y.allocatorNamed(t.component)
		if f.Kind == Slow {
			a.slow.end(f.By)
			return
		}
		a.down--
		a.resume()
	case sectionLanes:
		l := y.laneNamed(t.component)
		switch {
		case t.part == "writers":
		case f.Kind == Slow:
			l.slow.end(f.By)
		default:
			l.queueDown--
			l.pump()
		}
	}
}

// slowness is by how much things take longer during faults; none is zero.
type slowness struct {
	faults int
	by     float64 // their product
}

func (s *slowness) begin(by float64) {
	if s.faults == 0 {
		s.by = 1
	}
	s.faults++
	s.by *= by
}

// end ends a fault, unless its part came into being after the fault began.
func (s *slowness) end(by float64) {
	if s.faults > 0 {
		s.faults--
		s.by /= by
	}
}

// stretch returns how long something takes that takes a time without faults.
func (s *slowness) stretch(time sim.Time) sim.Time {
	if s.faults == 0 {
		return time
	}
	return scaled(time, s.by)
}

// Lasting is how long a fault lasts that begins now and is to last for a span,
// 0 = for ever: where a follower is up, it takes over from a crashed leader.
func (y *System) Lasting(f Fault, span sim.Time) sim.Time {
	t, _ := y.scenario.faultTarget(f.Target)
	if f.Kind != Crash || t.section != sectionStores || t.part == "followers" {
		return span
	}
	s := y.storeNamed(t.component)
	if !s.succeeded() {
		return span
	}
	if span == 0 {
		return s.config.Failover
	}
	return min(span, s.config.Failover)
}

func (y *System) storeNamed(name string) *store {
	return y.stores[slices.IndexFunc(y.stores, func(s *store) bool { return s.config.Name == name })]
}

func (y *System) allocatorNamed(name string) *allocator {
	return y.allocators[slices.IndexFunc(y.allocators, func(a *allocator) bool { return a.config.Name == name })]
}

func (y *System) laneNamed(name string) *lane {
	return y.lanes[slices.IndexFunc(y.lanes, func(l *lane) bool { return l.config.Name == name })]
}
