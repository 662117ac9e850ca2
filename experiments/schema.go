package experiments

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"onepen/models"
)

// WriteSchema writes a JSON Schema (draft 2020-12) of scenario files, from
// which editors complete names, show help and mark mistakes while one types.
// It knows the nested form; names with dots are read all the same.
func WriteSchema(w io.Writer) error {
	return writeSchema(w, "onepen scenario", scenarioSchema(vocabulary()))
}

// writeSchema writes the schema of one kind of file.
func writeSchema(w io.Writer, title string, of object) error {
	return EncodeJSON(w, append(object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", title},
	}, of...))
}

// scenarioSchema is the schema of a scenario.
func scenarioSchema(words *level) object {
	properties := object{}
	for _, name := range words.names {
		properties = append(properties, member{name, levelSchema(words.children[name], false)})
	}
	properties = append(properties, member{TimelineSection, timelineSchema(words)})
	return object{
		{"type", "object"},
		{"additionalProperties", false},
		{"properties", properties},
	}
}

// timelineSchema is the schema of the changes on the way.
func timelineSchema(words *level) object {
	help := make(map[string]string)
	for _, p := range TimelineParts() {
		help[p.Name] = p.Help
	}
	text := func(name string) object { return object{{"description", help[name]}, {"type", "string"}} }
	fault := object{}
	for _, kind := range models.FaultKinds() {
		fault = append(fault, member{kind, text(entryFault + "." + kind)})
	}
	fault = append(fault,
		member{faultBy, object{{"description", help[entryFault+"."+faultBy]}, {"type", "number"}}},
		member{entryFor, text(entryFault + "." + entryFor)})
	return object{
		{"description", "changes on the way, in the order of their time"},
		{"type", "array"},
		{"items", object{
			{"type", "object"},
			{"required", []string{entryAt}},
			{"anyOf", []object{{{"required", []string{entrySet}}}, {{"required", []string{entryFault}}}}},
			{"additionalProperties", false},
			{"properties", object{
				{entryAt, text(entryAt)},
				{entryFor, text(entryFor)},
				{entrySet, changesSchema(words)},
				{entryFault, object{{"type", "object"}, {"additionalProperties", false}, {"properties", fault}}},
			}},
		}},
	}
}

// changesSchema is the schema of what a change sets: the sections, and paths
// with dots.
func changesSchema(words *level) object {
	sections := object{}
	for _, name := range models.Sections() {
		sections = append(sections, member{name, levelSchema(words.children[name], true)})
	}
	return object{
		{"type", "object"},
		{"properties", sections},
		{"patternProperties", object{{"^(" + strings.Join(models.Sections(), "|") + `)\.`, true}}},
		{"additionalProperties", false},
	}
}

// levelSchema is the schema of a level of the vocabulary. Of a live one,
// only what may change while the system runs.
func levelSchema(l *level, live bool) object {
	switch {
	case l.param != nil:
		return paramSchema(l.param)
	case l.component != nil:
		return object{{"type", "object"}, {"additionalProperties", levelSchema(l.component, live)}}
	}
	properties := object{}
	for _, name := range l.names {
		child := l.children[name]
		if live && !child.anyLive() {
			continue
		}
		properties = append(properties, member{name, levelSchema(child, live)})
	}
	return object{
		{"type", []string{"object", "null"}},
		{"additionalProperties", false},
		{"properties", properties},
	}
}

// anyLive reports whether a parameter at or below the level may change while
// the system runs.
func (l *level) anyLive() bool {
	if l.param != nil {
		return l.param.Live
	}
	return slices.ContainsFunc(l.names, func(name string) bool { return l.children[name].anyLive() })
}

// paramSchema is the schema of one parameter's value.
func paramSchema(p *models.Param) object {
	help := fmt.Sprintf("%s (%s; default %s)", p.Help, p.Allowed, orNone(p.Default))
	o := object{{"description", help}}
	switch p.Kind {
	case models.KindCount, models.KindNumber:
		// 1e6 and 2k are read as well, and the latter is a text to YAML.
		return append(o, member{"type", []string{"number", "string"}})
	case models.KindChoice:
		return append(o, member{"enum", p.Choices})
	case models.KindFlag:
		return append(o, member{"enum", []any{true, false, "on", "off", "yes", "no"}})
	case models.KindRate:
		return append(o, member{"type", "string"}, member{"pattern", `^[-+.0-9eE]+[kM]? */ *(s|ms|min|h)$`})
	case models.KindText:
		return append(o, member{"type", []string{"string", "number", "boolean"}})
	case models.KindSpan, models.KindDist:
		// A bare 0 is a time.
		return append(o, member{"type", []string{"string", "number"}})
	}
	return append(o, member{"type", "string"})
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
