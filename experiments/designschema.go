package experiments

import (
	"io"
	"strings"

	"onepen/models"
)

// WriteDesignSchema writes a JSON Schema (draft 2020-12) of the designs of
// sweeps, for editors, as WriteSchema does for scenarios.
func WriteDesignSchema(w io.Writer) error {
	words := vocabulary()
	properties := object{}
	for _, p := range DesignParts() {
		if !strings.Contains(p.Name, ".") {
			properties = append(properties, member{p.Name, append(object{{"description", p.Help}}, designPartSchema(p.Name, words)...)})
		}
	}
	return writeSchema(w, "onepen sweep", object{
		{"type", "object"},
		{"additionalProperties", false},
		{"required", []string{designQuestion, designBase, designFactors}},
		{"properties", properties},
	})
}

// designPartSchema is the schema of one part of a design.
func designPartSchema(name string, words *level) object {
	text, number := object{{"type", "string"}}, object{{"type", []string{"integer", "string"}}}
	scalar := object{{"type", []string{"string", "number", "boolean"}}}
	list := func(of object) object { return object{{"type", "array"}, {"items", of}} }
	switch name {
	case designBase:
		return object{{"oneOf", []object{text, scenarioSchema(words)}}}
	case designSet:
		return levelsSchema(words)
	case designFactors:
		return object{
			{"type", "object"},
			{"propertyNames", object{{"pattern", factorPattern()}}},
			{"additionalProperties", object{{"oneOf", []object{scalar, list(scalar), rangeSchema(scalar)}}}},
		}
	case designZip:
		return list(append(list(text), member{"minItems", 2}))
	case designWhere, designMeasures:
		return list(text)
	case designReplications:
		return object{{"oneOf", []object{number, untilSchema(scalar, number)}}}
	}
	return text
}

// levelsSchema is the schema of parameters that are set, nested or with dots.
func levelsSchema(words *level) object {
	o := object{}
	for _, name := range words.names {
		o = append(o, member{name, levelSchema(words.children[name], false)})
	}
	return object{
		{"type", "object"},
		{"properties", o},
		{"patternProperties", object{{factorPattern(), true}}},
		{"additionalProperties", false},
	}
}

// factorPattern matches the path of a parameter, loosely within components.
func factorPattern() string {
	var run []string
	for _, p := range models.Params() {
		if !strings.Contains(p.Path, "*") {
			run = append(run, strings.ReplaceAll(p.Path, ".", `\.`))
		}
	}
	return "^(" + strings.Join(run, "|") + "|(" + strings.Join(models.Sections(), "|") + `)\..+)$`
}

func rangeSchema(scalar object) object {
	properties := object{}
	for _, name := range rangeParts {
		of := scalar
		if name == rangeScale {
			of = object{{"enum", rangeScales}}
		}
		properties = append(properties, member{name, of})
	}
	return object{
		{"type", "object"},
		{"required", []string{rangeFrom, rangeTo}},
		{"additionalProperties", false},
		{"properties", properties},
	}
}

func untilSchema(scalar, number object) object {
	return object{
		{"type", "object"},
		{"required", []string{replicationsUntil}},
		{"additionalProperties", false},
		{"properties", object{
			{replicationsUntil, object{{"type", "object"}, {"additionalProperties", scalar}}},
			{replicationsMin, number},
			{replicationsMax, number},
		}},
	}
}
