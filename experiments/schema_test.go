package experiments

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"onepen/models"
)

type schemaNode struct {
	Type                 any
	Enum                 []any
	Properties           map[string]*schemaNode
	PatternProperties    map[string]any
	AdditionalProperties json.RawMessage
	Items                *schemaNode
}

func readSchema(t *testing.T) *schemaNode {
	t.Helper()
	var b strings.Builder
	if err := WriteSchema(&b); err != nil {
		t.Fatal(err)
	}
	var top schemaNode
	if err := json.Unmarshal([]byte(b.String()), &top); err != nil {
		t.Fatal(err)
	}
	return &top
}

// below returns the schema of a name in a mapping, or nil.
func (n *schemaNode) below(t *testing.T, name string) *schemaNode {
	t.Helper()
	if child := n.Properties[name]; child != nil {
		return child
	}
	for pattern := range n.PatternProperties {
		if head, rest, dotted := strings.Cut(name, "."); dotted && regexp.MustCompile(pattern).MatchString(name) {
			return n.Properties[head].along(t, rest)
		}
	}
	var any schemaNode
	if len(n.AdditionalProperties) == 0 || n.AdditionalProperties[0] != '{' {
		return nil
	}
	if err := json.Unmarshal(n.AdditionalProperties, &any); err != nil {
		t.Fatal(err)
	}
	return &any
}

// along returns the schema at the end of a path with dots, or nil.
func (n *schemaNode) along(t *testing.T, path string) *schemaNode {
	t.Helper()
	for name := range strings.SplitSeq(path, ".") {
		if n == nil {
			return nil
		}
		n = n.below(t, name)
	}
	return n
}

func TestSchemaHoldsEveryParameter(t *testing.T) {
	top := readSchema(t)
	change := top.Properties[TimelineSection].Items.Properties[entrySet]
	for _, p := range models.Params() {
		at, live := top, change
		for _, name := range strings.Split(p.Path, ".") {
			if at = at.below(t, name); at == nil {
				t.Fatalf("%s is not in the schema", p.Path)
			}
			if live != nil {
				live = live.below(t, name)
			}
		}
		if p.Kind == models.KindChoice && len(at.Enum) != len(p.Choices) {
			t.Errorf("%s: enum %v, choices %v", p.Path, at.Enum, p.Choices)
		}
		if (live != nil) != p.Live {
			t.Errorf("%s: live %v, in the schema of changes %v", p.Path, p.Live, live != nil)
		}
	}
}

func TestShippedScenariosFitTheSchema(t *testing.T) {
	top := readSchema(t)
	for _, name := range shipped() {
		source, _ := Source(name)
		doc := newDocument(name, source)
		fits(t, doc.parse(source), top, name)
	}
}

// fits checks names and types of a node against a schema.
func fits(t *testing.T, n *yaml.Node, schema *schemaNode, path string) {
	t.Helper()
	if n.Kind == yaml.SequenceNode && schema.Items != nil {
		for i, item := range n.Content {
			fits(t, item, schema.Items, path+"."+strconv.Itoa(i))
		}
		return
	}
	if n.Kind != yaml.MappingNode {
		var types []string
		switch allowed := schema.Type.(type) {
		case string:
			types = []string{allowed}
		case []any:
			for _, a := range allowed {
				types = append(types, a.(string))
			}
		}
		kind := map[string]string{"!!str": "string", "!!int": "number", "!!float": "number", "!!bool": "boolean"}[n.Tag]
		if len(schema.Enum) == 0 && !slices.Contains(types, kind) {
			t.Errorf("%s: %s is a %s, the schema has %v", path, n.Value, kind, types)
		}
		if len(schema.Enum) > 0 && n.Tag == "!!str" && !slices.Contains(schema.Enum, any(n.Value)) {
			t.Errorf("%s: %s is none of %v", path, n.Value, schema.Enum)
		}
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		child := schema.below(t, name)
		if child == nil {
			t.Errorf("%s.%s is not in the schema", path, name)
			continue
		}
		fits(t, n.Content[i+1], child, path+"."+name)
	}
}
