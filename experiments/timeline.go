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

// The parts of an entry of the timeline.
const (
	entryAt  = "at"
	entrySet = "set"
)

// readTimeline reads the list of changes, {at: 20s, set: {path: value}}. Each
// is tried on a copy of the scenario as it will be then, if the scenario itself
// is sound.
func (r *reader) readTimeline(n *yaml.Node, words *level, sound bool) {
	if n.Kind != yaml.SequenceNode {
		r.complain(positionOf(n), timelineSection, "", "must be a list of changes {at: 20s, set: {…}}, got %s", describe(n))
		return
	}
	then := r.scenario.Clone()
	var changes []models.Change
	last := sim.Time(0)
	for i, item := range n.Content {
		e := &entry{reader: r, path: join(timelineSection, strconv.Itoa(i)), then: then}
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
		changes = append(changes, change)
	}
	r.scenario.Timeline = changes
}

// entry is one change on its way from the file to the timeline.
type entry struct {
	*reader
	path   string           // timeline.0
	then   *models.Scenario // the parameters as they are then
	when   position         // of the instant
	values map[string]position
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
	seen := make(map[string]bool)
	misnamed := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		path := join(e.path, key.Value)
		switch {
		case seen[key.Value]:
			e.fail(positionOf(key), path, "", "is given twice")
		case key.Value == entryAt:
			e.readInstant(value, path)
		case key.Value == entrySet:
			e.readSet(value, words, path)
		default:
			misnamed = true
			known := []string{entryAt, entrySet}
			e.fail(positionOf(key), path, names.Nearest(key.Value, known), "there is no such name here (there are: at, set)")
		}
		seen[key.Value] = true
	}
	for _, name := range []string{entryAt, entrySet} {
		if !seen[name] && !misnamed {
			e.fail(positionOf(n), e.path, "", "a change needs %q", name)
		}
	}
	return e.change, !e.failed
}

func (e *entry) fail(at position, path, suggestion, format string, args ...any) {
	e.complain(at, path, suggestion, format, args...)
	e.failed = true
}

func (e *entry) readInstant(n *yaml.Node, path string) {
	e.when = positionOf(n)
	if n.Kind != yaml.ScalarNode || isNull(n) {
		e.fail(e.when, path, "", "must be a time such as 20s, got %s", describe(n))
		return
	}
	at, err := sim.ParseTime(n.Value)
	if err != nil {
		e.fail(e.when, path, "", "%v", err)
		return
	}
	e.change.At = at
}

// readSet reads the parameters that change, and gives them to the copy.
func (e *entry) readSet(n *yaml.Node, words *level, path string) {
	if n.Kind != yaml.MappingNode {
		e.fail(positionOf(n), path, "", "must be a mapping of parameters, got %s", describe(n))
		return
	}
	before := len(e.problems)
	w := &walker{document: e.document, given: make(map[string]position), component: e.component, value: e.set}
	w.mapping(n, words, "")
	e.failed = e.failed || len(e.problems) > before
	if len(n.Content) == 0 {
		e.fail(positionOf(n), path, "", "sets nothing")
	}
}

// component reports whether the scenario has a component; a timeline does not
// make new ones.
func (e *entry) component(at position, section, name string) bool {
	known := componentsOf(e.then, section)
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
	if err := e.then.Set(path, text); err != nil {
		e.refuse(at, path, err)
		return
	}
	e.values[path] = at
	e.change.Set = append(e.change.Set, models.Assignment{Path: path, Value: text})
}

// validate reports whether the values fit each other once the change is made.
func (e *entry) validate() bool {
	errs := e.then.Validate()
	for _, err := range errs {
		path := pathOf(err)
		at, given := e.values[path]
		if !given {
			at = e.when
		}
		message, suggestion := explain(err)
		e.complain(at, path, suggestion, "%s", fmt.Sprintf("after this change: %s", message))
	}
	return len(errs) == 0
}
