package experiments

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim/names"
)

// The parts of the design of a sweep.
const (
	designQuestion     = "question"
	designAbout        = "about"
	designBase         = "base"
	designSet          = "set"
	designFactors      = "factors"
	designZip          = "zip"
	designWhere        = "where"
	designReplications = "replications"
	designWarmup       = "warmup"
	designMeasures     = "measures"

	replicationsUntil = "until"
	replicationsMin   = "min"
	replicationsMax   = "max"

	warmupDetect = "detect"
)

// DesignPart describes a part of the design of a sweep.
type DesignPart struct {
	Name string // "replications", "replications.until"
	Type string // as one would write it
	Help string
}

// DesignParts describes all parts of a design, in the order in which they are
// best written.
func DesignParts() []DesignPart {
	return []DesignPart{
		{designQuestion, "text", "what the sweep is to answer"},
		{designAbout, "text", "how to read the answer, and what it costs"},
		{designBase, "scenario", "name of a scenario, path of a file relative to the design, or a scenario written out below it"},
		{designSet, "{path: value, …}", "parameters that are the same at all points, on top of the base"},
		{designFactors, "{path: values, …}", "parameters that are varied, each a list or a range {from, to, by | times | points, scale: linear | log}; all combinations are run, the last factor varying fastest"},
		{designZip, "[[path, path], …]", "factors that vary together, value by value, instead of being combined"},
		{designWhere, "[comparison, …]", "what must hold at a point, such as stores.x.quorum <= stores.x.replicas; other points are left out"},
		{designReplications, "count", "how often each point is run"},
		{designReplications + "." + replicationsUntil, "{measure: half-width, …}", "or: until the 95 % intervals are this narrow, in the measure's unit or in % of its mean"},
		{designReplications + "." + replicationsMin, "count", "of an until: replications at least"},
		{designReplications + "." + replicationsMax, "count", "of an until: replications at most"},
		{designWarmup, "time | detect", "when statistics begin, or detect: found for each point by MSER-5 from runs of its own"},
		{designMeasures, "[measure, …]", "what is summed up: lanes.x.ack_p99_s, or ack_p99_s where only one component has it; without, every measure of lanes, stores and allocators"},
	}
}

// designKeys returns the names of the parts at the top of a design.
func designKeys() []string {
	var keys []string
	for _, p := range DesignParts() {
		if !strings.Contains(p.Name, ".") {
			keys = append(keys, p.Name)
		}
	}
	return keys
}

// isDesign reports whether the top of a file is that of a sweep.
func isDesign(top *yaml.Node) bool {
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value == designFactors {
			return true
		}
	}
	return false
}

// ReadDesign reads the design of a sweep from the text of a file. The name is
// that of the file, for messages and for the design. Base scenarios that are
// files are read, and files that scenarios name opened, by way of load and open.
//
// The error is an *InputError with everything that is wrong: with the text,
// with the base, and with each point of the design.
func ReadDesign(name string, source []byte, load func(string) (*models.Scenario, error), open func(string) (io.ReadCloser, error)) (*Design, error) {
	doc := newDocument(name, source)
	top := doc.parse(source)
	if top == nil {
		return nil, inputError(doc.problems)
	}
	base := filepath.Base(name)
	r := &designReader{
		document: doc,
		load:     load,
		open:     open,
		design:   &Design{Name: strings.TrimSuffix(base, filepath.Ext(base)), Replications: Replications{Min: usualReplications, Max: usualReplications}},
		parts:    make(map[string]*yaml.Node),
		at:       make(map[string]position),
		seen:     make(map[string]bool),
	}
	r.read(top)
	if err := inputError(doc.problems); err != nil {
		return nil, err
	}
	return r.design, nil
}

// designReader fills a design from a document.
type designReader struct {
	*document
	load   func(string) (*models.Scenario, error)
	open   func(string) (io.ReadCloser, error)
	design *Design
	parts  map[string]*yaml.Node
	at     map[string]position // of the keys of parts and factors, and of paths that are set
	tied   []int               // for cross
	where  []constraint
	seen   map[string]bool // points
}

// read reads one part after the other. Without a sound base nothing else can be
// judged; without sound factors there are no points.
func (r *designReader) read(top *yaml.Node) {
	r.split(top)
	r.design.Question = r.text(designQuestion, true)
	r.design.About = r.text(designAbout, false)
	if !r.readBase() {
		return
	}
	r.readSet()
	r.readWarmup()
	r.readFactors()
	r.readZip()
	r.readWhere()
	if len(r.problems) == 0 {
		r.makePoints()
	}
	r.readMeasures()
	r.readReplications()
}

// split finds the parts at the top.
func (r *designReader) split(top *yaml.Node) {
	keys := designKeys()
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		switch at := positionOf(key); {
		case !slices.Contains(keys, key.Value):
			r.complain(at, key.Value, names.Nearest(key.Value, keys), "there is no such part of a sweep (there are: %s)", strings.Join(keys, ", "))
		case r.parts[key.Value] != nil:
			r.complain(at, key.Value, "", "is given twice, first in line %d", r.at[key.Value].line)
		default:
			r.parts[key.Value], r.at[key.Value] = value, at
		}
	}
}

// text returns a part that is a text; "" if it is not there.
func (r *designReader) text(part string, needed bool) string {
	n := r.parts[part]
	switch {
	case n == nil && needed:
		r.complain(position{1, 1}, part, "", "is missing: a sweep begins with what it is to answer")
	case n != nil && (n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == ""):
		r.complain(positionOf(n), part, "", "must be a text, got %s", describe(n))
	case n != nil:
		return strings.TrimSpace(n.Value)
	}
	return ""
}

// readBase reads the base scenario and reports whether it is sound.
func (r *designReader) readBase() bool {
	n := r.parts[designBase]
	before := len(r.problems)
	switch {
	case n == nil:
		r.complain(position{1, 1}, designBase, "", "is missing: a sweep varies a scenario")
	case n.Kind == yaml.MappingNode:
		s := newScenario(r.file)
		s.Open = r.open
		r.design.Base = s
		within := newReader(r.document, s)
		within.read(n)
		within.checkTraces()
	case n.Kind != yaml.ScalarNode || isNull(n):
		r.complain(positionOf(n), designBase, "", "must be the name or file of a scenario, or a scenario written out, got %s", describe(n))
	default:
		r.loadBase(n)
	}
	return len(r.problems) == before
}

// loadBase loads a base that is named. What is wrong inside it is told as of its
// own file.
func (r *designReader) loadBase(n *yaml.Node) {
	s, err := r.load(n.Value)
	var input *InputError
	switch {
	case errors.As(err, &input):
		r.problems = append(r.problems, input.Problems...)
	case err != nil:
		message, suggestion := explain(err)
		r.complain(positionOf(n), designBase, suggestion, "%s", message)
	}
	r.design.Base = s
}

// readSet gives the base the values that are the same at all points. They are
// judged together with those of the points.
func (r *designReader) readSet() {
	n := r.parts[designSet]
	switch {
	case n == nil:
		return
	case n.Kind != yaml.MappingNode:
		r.complain(positionOf(n), designSet, "", "must be a mapping of parameters to values, got %s", describe(n))
		return
	}
	given := make(map[string]position)
	w := &walker{
		document:  r.document,
		given:     given,
		component: r.known,
		value: func(at position, _ *models.Param, path, text string) {
			if err := r.design.Base.Set(path, text); err != nil {
				message, suggestion := explain(err)
				r.complain(at, path, suggestion, "%s", message)
			}
			r.at[path] = at
		},
	}
	w.mapping(n, vocabulary(), "")
}

// known reports whether the base has a component, and complains if it has not.
func (r *designReader) known(at position, section, name string) bool {
	there := componentsOf(r.design.Base, section)
	if slices.Contains(there, name) {
		return true
	}
	r.complain(at, join(section, name), prefixedBy(section, names.Nearest(name, there)), "the base has no such %s (there are: %s)",
		strings.TrimSuffix(section, "s"), strings.Join(there, ", "))
	return false
}

// readWarmup reads when statistics begin.
func (r *designReader) readWarmup() {
	n := r.parts[designWarmup]
	switch {
	case n == nil:
	case n.Kind == yaml.ScalarNode && n.Value == warmupDetect:
		r.design.DetectWarmup = true
		r.design.Base.Warmup = 0
	case n.Kind != yaml.ScalarNode || isNull(n):
		r.complain(positionOf(n), designWarmup, "", "must be a time, or %s, got %s", warmupDetect, describe(n))
	default:
		if err := r.design.Base.Set(designWarmup, n.Value); err != nil {
			message, _ := explain(err)
			r.complain(positionOf(n), designWarmup, names.Nearest(n.Value, []string{warmupDetect}), "%s, or %s", message, warmupDetect)
		}
	}
}

func prefixedBy(section, name string) string {
	if name == "" {
		return ""
	}
	return join(section, name)
}

// readMeasures finds what is asked of the runs.
func (r *designReader) readMeasures() {
	n := r.parts[designMeasures]
	if n == nil {
		r.design.Responses = append(r.design.Responses, response.All(r.design.Base)...)
		return
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.complain(positionOf(n), designMeasures, "", "must be a list of measures, such as [lanes.x.ack_p99_s], got %s", describe(n))
		return
	}
	for _, item := range n.Content {
		found, ok := r.measure(item, designMeasures)
		switch {
		case !ok:
		case slices.ContainsFunc(r.design.Responses, func(o response.Response) bool { return o.Name() == found.Name() }):
			r.complain(positionOf(item), designMeasures, "", "%s is there already", found.Name())
		default:
			r.design.Responses = append(r.design.Responses, found)
		}
	}
}

// measure finds a measure by its name: of the base, or of a point that has more
// partitions.
func (r *designReader) measure(n *yaml.Node, part string) (response.Response, bool) {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		r.complain(positionOf(n), part, "", "must be the name of a measure, got %s", describe(n))
		return response.Response{}, false
	}
	found, err := response.Find(r.design.Base, n.Value)
	for i := 0; err != nil && response.NamesPartition(n.Value) && i < len(r.design.Points); i++ {
		if one, problem := response.Find(r.design.Scenario(i), n.Value); problem == nil {
			return one, true
		}
	}
	var wrong *response.NameError
	if errors.As(err, &wrong) {
		r.complain(positionOf(n), fmt.Sprintf("%s: %s", part, n.Value), wrong.Nearest, "%s", wrong.Problem)
	}
	return found, err == nil
}
