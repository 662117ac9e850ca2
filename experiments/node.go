package experiments

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// isNull reports whether a node is an empty value, written as nothing, ~ or
// null.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// describe says what a node is, for a message about what it should have been.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "nothing"
	}
	text := []rune(n.Value)
	if len(text) > 40 {
		return fmt.Sprintf("%q…", string(text[:40]))
	}
	return fmt.Sprintf("%q", n.Value)
}

// rejoin mends calls with several arguments in mappings written with braces.
// To YAML, the comma in
//
//	{overhead: lognormal(mean=2ms, cv=0.7), servers: 4}
//
// ends the value, and cv=0.7) is a key of its own without a value. A plain
// value with an open bracket followed by such keys can mean nothing but the
// call, so they are put together again.
func rejoin(n *yaml.Node) {
	for _, child := range n.Content {
		rejoin(child)
	}
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle == 0 {
		return
	}
	var kept []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if len(kept) > 0 {
			if open := kept[len(kept)-1]; isPlain(open) && len(open.Value) < maxCall && unclosed(open.Value) && isPlain(key) && isNull(value) && value.Value == "" {
				open.Value += ", " + key.Value
				continue
			}
		}
		kept = append(kept, key, value)
	}
	n.Content = kept
}

// maxCall is the longest text that is put together [bytes]; no call is nearly as
// long, and without a bound the work would grow with the square of the length.
const maxCall = 1000

// isPlain reports whether a node is a scalar without quotes.
func isPlain(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Style == 0 }

// unclosed reports whether a text opens more brackets than it closes.
func unclosed(text string) bool {
	return strings.Count(text, "(") > strings.Count(text, ")")
}
