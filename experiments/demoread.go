package experiments

import (
	"path/filepath"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
	"onepen/sim"
)

// The parts of a demo, and of a step of it besides those of a change.
const (
	demoScenario = "scenario"
	demoAbout    = "about"
	demoSpeed    = "speed"
	demoLarge    = "large"
	demoSet      = "set"
	demoSteps    = "steps"

	stepAsk = "ask"
	stepSay = "say"
)

// ReadDemo reads a demo from the text of a file. The name is that of the file,
// for messages and for the demo; scenarios are read by way of load.
//
// The error is an *InputError with everything that is wrong.
func ReadDemo(name string, source []byte, load func(string) (*models.Scenario, error)) (*Demo, error) {
	doc := newDocument(name, source)
	doc.kind, doc.hint, doc.form = "demo", "a scenario and steps", "a scenario and steps"
	top := doc.parse(source)
	if top == nil {
		return nil, inputError(doc.problems)
	}
	base := filepath.Base(name)
	d := &demoReader{
		reader: &reader{document: doc, at: make(map[string]position), components: make(map[string]bool), wrong: make(map[string]bool)},
		demo:   &Demo{Name: strings.TrimSuffix(base, filepath.Ext(base)), Speed: 1},
	}
	d.read(top, load)
	if err := inputError(doc.problems); err != nil {
		return nil, err
	}
	return d.demo, nil
}

// demoReader fills a demo from a document.
type demoReader struct {
	*reader
	demo *Demo
}

// read reads one part after the other. Without a scenario the changes cannot be
// judged.
func (d *demoReader) read(top *yaml.Node, load func(string) (*models.Scenario, error)) {
	e := &entry{reader: d.reader}
	parts, _ := e.parts(top, "", []string{demoScenario, demoAbout, demoSpeed, demoLarge, demoSet, demoSteps})
	if n := parts[demoAbout]; n != nil {
		d.demo.About = d.text(n, demoAbout)
	}
	if n := parts[demoSpeed]; n != nil {
		e.readFactor(n, demoSpeed, &d.demo.Speed)
	}
	if n := parts[demoLarge]; n != nil {
		d.demo.Large = d.flag(n, demoLarge)
	}
	if n := parts[demoScenario]; n == nil {
		d.complain(positionOf(top), "", "", "a demo needs %q: the name or the file of one", demoScenario)
	} else if name := d.text(n, demoScenario); name != "" {
		scenario, err := load(name)
		if err != nil {
			d.complain(positionOf(n), demoScenario, "", "%v", err)
		}
		d.scenario = scenario
	}
	if n := parts[demoSet]; n != nil && d.scenario != nil {
		d.readSet(n)
	}
	switch n := parts[demoSteps]; {
	case n == nil:
		d.complain(positionOf(top), "", "", "a demo needs %q", demoSteps)
	case n.Kind != yaml.SequenceNode || len(n.Content) == 0:
		d.complain(positionOf(n), demoSteps, "", "must be a list of steps {at: 5s, say: …}, got %s", describe(n))
	case d.scenario != nil:
		d.demo.Scenario = d.scenario
		if len(d.problems) == 0 {
			d.readSteps(n)
		}
	}
}

// readSet gives the scenario other values from the start.
func (d *demoReader) readSet(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.complain(positionOf(n), demoSet, "", "must be a mapping of parameters, got %s", describe(n))
		return
	}
	e := &entry{reader: d.reader, foresight: &foresight{scenario: d.scenario}}
	before := len(d.problems)
	w := &walker{document: d.document, given: make(map[string]position), component: e.component, value: d.set}
	if w.mapping(n, vocabulary(), ""); len(d.problems) == before {
		d.validate()
	}
	e.file(demoSet, before)
}

// text reads a text that says something.
func (d *demoReader) text(n *yaml.Node, path string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || isNull(n) {
		d.complain(positionOf(n), path, "", "must be a text, got %s", describe(n))
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func (d *demoReader) flag(n *yaml.Node, path string) bool {
	if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" {
		d.complain(positionOf(n), path, "", "must be true or false, got %s", describe(n))
	}
	return n.Value == "true"
}

// readSteps reads the steps. Each change is tried on a copy of the scenario as
// it will be then.
func (d *demoReader) readSteps(n *yaml.Node) {
	then := &foresight{scenario: d.scenario.Clone()}
	then.scenario.Timeline = nil
	words := vocabulary()
	sound := true
	last := sim.Time(0)
	for i, item := range n.Content {
		e := &entry{reader: d.reader, path: join(demoSteps, strconv.Itoa(i+1)), foresight: then, sound: sound}
		step, ok := d.readStep(e, item, words)
		if !ok {
			sound = false
			continue
		}
		if step.Change.At < last {
			d.complain(e.when, join(e.path, entryAt), "", "must not be before the step above it, at %s, got %s", last, step.Change.At)
		}
		last = max(last, step.Change.At)
		if sound {
			sound = e.validate()
		}
		then.remember(step.Change, e.before)
		d.demo.Steps = append(d.demo.Steps, step)
	}
}

// readStep reads what a step says and asks, and the rest of it as a change of
// a timeline if it changes anything.
func (d *demoReader) readStep(e *entry, n *yaml.Node, words *level) (DemoStep, bool) {
	if n.Kind != yaml.MappingNode {
		d.complain(positionOf(n), e.path, "", "must be a step {at: 5s, say: …}, got %s", describe(n))
		return DemoStep{}, false
	}
	parts, _ := e.parts(n, e.path, []string{entryAt, stepAsk, stepSay, entrySet, entryFault, entryFor})
	if e.failed {
		return DemoStep{}, false
	}
	var step DemoStep
	before := len(d.problems)
	if ask := parts[stepAsk]; ask != nil {
		step.Ask = d.text(ask, join(e.path, stepAsk))
	}
	if say := parts[stepSay]; say == nil {
		d.complain(positionOf(n), e.path, "", "a step needs %q", stepSay)
	} else {
		step.Say = d.text(say, join(e.path, stepSay))
	}
	change := withoutParts(n, stepAsk, stepSay)
	ok := true
	switch {
	case parts[entrySet] != nil || parts[entryFault] != nil:
		step.Change, ok = e.read(change, words)
	case parts[entryFor] != nil:
		d.complain(positionOf(parts[entryFor]), join(e.path, entryFor), "", "goes with %q or %q", entrySet, entryFault)
	case parts[entryAt] == nil:
		d.complain(positionOf(n), e.path, "", "a step needs %q", entryAt)
	default:
		e.when = positionOf(parts[entryAt])
		e.readTime(parts[entryAt], join(e.path, entryAt), &step.Change.At)
	}
	if ok && step.Change.At == sim.Never {
		d.complain(positionOf(parts[entryAt]), join(e.path, entryAt), "", "must be a time that comes, got %s", parts[entryAt].Value)
	}
	return step, ok && len(d.problems) == before
}

// withoutParts returns a mapping without some of its parts.
func withoutParts(n *yaml.Node, names ...string) *yaml.Node {
	rest := *n
	rest.Content = nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		kept := true
		for _, name := range names {
			kept = kept && n.Content[i].Value != name
		}
		if kept {
			rest.Content = append(rest.Content, n.Content[i], n.Content[i+1])
		}
	}
	return &rest
}
