package experiments

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
	"onepen/sim"
	"onepen/sim/names"
)

// entry is one change on its way from the file to the timeline.
type entry struct {
	*reader
	*foresight
	path   string   // timeline.1
	sound  bool     // the scenario is, and so were the changes before
	when   position // of the instant
	values map[string]position
	before []models.Assignment // what the parameters were
	change models.Change
	failed bool
}

// read reads one entry and reports whether it could.
func (e *entry) read(n *yaml.Node, words *level) (models.Change, bool) {
	if n.Kind != yaml.MappingNode {
		e.complain(positionOf(n), e.path, "", "must be a change {at: 20s, set: {…}}, got %s", describe(n))
		return models.Change{}, false
	}
	e.values = make(map[string]position)
	known := []string{entryAt, entryFor, entrySet, entryFault}
	parts, misnamed := e.parts(n, e.path, known)
	if at := parts[entryAt]; at != nil {
		e.when = positionOf(at)
		e.readTime(at, join(e.path, entryAt), &e.change.At)
		e.until(e.change.At)
	}
	if span := parts[entryFor]; span != nil {
		e.readSpan(span, join(e.path, entryFor))
	}
	if fault := parts[entryFault]; fault != nil {
		e.readFault(fault, join(e.path, entryFault))
	}
	if set := parts[entrySet]; set != nil {
		e.readSet(set, words, join(e.path, entrySet))
	}
	switch {
	case misnamed:
	case parts[entryAt] == nil:
		e.fail(positionOf(n), e.path, "", "a change needs %q", entryAt)
	case parts[entrySet] == nil && parts[entryFault] == nil:
		e.fail(positionOf(n), e.path, "", "a change needs %q or %q", entrySet, entryFault)
	}
	return e.change, !e.failed
}

// parts returns the values of a mapping by their names, and whether there are
// others than the known ones.
func (e *entry) parts(n *yaml.Node, path string, known []string) (parts map[string]*yaml.Node, misnamed bool) {
	parts = make(map[string]*yaml.Node)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case parts[key.Value] != nil:
			e.fail(positionOf(key), join(path, key.Value), "", "is given twice")
		case slices.Contains(known, key.Value):
			parts[key.Value] = value
		default:
			misnamed = true
			e.fail(positionOf(key), join(path, key.Value), names.Nearest(key.Value, known), "there is no such name here (there are: %s)", strings.Join(known, ", "))
		}
	}
	return parts, misnamed
}

func (e *entry) fail(at position, path, suggestion, format string, args ...any) {
	e.complain(at, path, suggestion, format, args...)
	e.failed = true
}

func (e *entry) readTime(n *yaml.Node, path string, into *sim.Time) {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		e.fail(positionOf(n), path, "", "must be a time such as 20s, got %s", describe(n))
		return
	}
	time, err := sim.ParseTime(n.Value)
	if err != nil {
		e.fail(positionOf(n), path, "", "%v", err)
		return
	}
	*into = time
}

// readSpan reads how long a change lasts.
func (e *entry) readSpan(n *yaml.Node, path string) {
	var span sim.Time
	e.readTime(n, path, &span)
	switch {
	case e.failed:
	case span == 0 || span == sim.Never:
		e.fail(positionOf(n), path, "", "must be a time above 0, got %s; without it, the change is for good", n.Value)
	case span > e.reader.scenario.Duration && !e.wrong["duration"]:
		e.fail(positionOf(n), path, "", "must be at most the duration, %s, got %s; without it, the change is for good", e.reader.scenario.Duration, span)
	case e.change.For > 0:
		e.fail(positionOf(n), path, "", "is given twice, beside the fault and in it")
	default:
		e.change.For = span
	}
}

// readFault reads a fault, {crash: target, for: 3s} or {slow: target, by: 5,
// for: 3s}.
func (e *entry) readFault(n *yaml.Node, path string) {
	kinds := models.FaultKinds()
	if n.Kind != yaml.MappingNode {
		e.fail(positionOf(n), path, "", "must be a fault {crash: stores.x.partitions.0, for: 3s}, got %s", describe(n))
		return
	}
	parts, misnamed := e.parts(n, path, append(kinds, faultBy, entryFor))
	if span := parts[entryFor]; span != nil {
		e.readSpan(span, join(path, entryFor))
	}
	fault := &e.change.Fault
	if by := parts[faultBy]; by != nil {
		e.readFactor(by, join(path, faultBy), &fault.By)
	}
	var target *yaml.Node
	for _, name := range kinds {
		switch value := parts[name]; {
		case value == nil:
		case target != nil:
			e.fail(positionOf(n), path, "", "a fault is one of %s", strings.Join(kinds, " or "))
		case value.Kind != yaml.ScalarNode || isNull(value):
			e.fail(positionOf(value), join(path, name), "", "must name what is to %s, such as stores.x.partitions.0, got %s", name, describe(value))
		default:
			fault.Kind, _ = models.ParseFaultKind(name) // one of them
			fault.Target, target = value.Value, value
		}
	}
	switch {
	case e.failed || misnamed:
	case target == nil:
		e.fail(positionOf(n), path, "", "must be one of %s", strings.Join(kinds, " or "))
	case e.sound:
		if err := e.foresight.scenario.CheckFault(*fault); err != nil {
			message, suggestion := explain(err)
			e.fail(positionOf(target), join(path, fault.Kind.String()), suggestion, "%s", message)
		}
	}
}

// readFactor reads how many times as long things take.
func (e *entry) readFactor(n *yaml.Node, path string, into *float64) {
	by, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || err != nil || !(by > 0) {
		e.fail(positionOf(n), path, "", "must be a number above 0, got %s", describe(n))
		return
	}
	*into = by
}

// readSet reads the parameters that change, and gives them to the copy. What
// is wrong with them is filed under the path of the change.
func (e *entry) readSet(n *yaml.Node, words *level, path string) {
	if n.Kind != yaml.MappingNode {
		e.fail(positionOf(n), path, "", "must be a mapping of parameters, got %s", describe(n))
		return
	}
	before := len(e.problems)
	w := &walker{document: e.document, given: make(map[string]position), component: e.component, value: e.set}
	w.mapping(n, words, "")
	e.file(path, before)
	e.failed = e.failed || len(e.problems) > before
	if len(n.Content) == 0 {
		e.fail(positionOf(n), path, "", "sets nothing")
	}
}

// file puts the problems from a number on under a path.
func (e *entry) file(path string, from int) {
	for i := range e.problems[from:] {
		p := &e.problems[from+i]
		p.Path = join(path, p.Path)
	}
}

// component reports whether the scenario has a component; a timeline does not
// make new ones.
func (e *entry) component(at position, section, name string) bool {
	known := componentsOf(e.foresight.scenario, section)
	if slices.Contains(known, name) {
		return true
	}
	if e.malformed {
		return false // it may well be in what could not be read
	}
	e.complain(at, join(section, name), names.Nearest(name, known), "there is no such component (there are: %s)", cmp.Or(strings.Join(known, ", "), "none"))
	return false
}

func (e *entry) set(at position, p *models.Param, path, text string) {
	if !p.Live {
		e.complain(at, path, "", "cannot change while the system runs")
		return
	}
	value, _ := e.foresight.scenario.Value(path) // the path is a parameter's
	if err := e.foresight.scenario.Set(path, text); err != nil {
		e.refuse(at, path, err)
		return
	}
	e.values[path] = at
	e.before = append(e.before, models.Assignment{Path: path, Value: value})
	e.change.Set = append(e.change.Set, models.Assignment{Path: path, Value: text})
}

// validate reports whether the values fit each other once the change is made.
func (e *entry) validate() bool {
	errs := e.foresight.scenario.Validate()
	for _, err := range errs {
		path := pathOf(err)
		at, given := e.values[path]
		if !given {
			at = e.when
		}
		message, suggestion := explain(err)
		e.complain(at, join(e.path+"."+entrySet, path), suggestion, "%s", fmt.Sprintf("after this change: %s", message))
	}
	return len(errs) == 0
}
