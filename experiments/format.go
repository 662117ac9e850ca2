package experiments

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
)

// Format writes a scenario as a file that ReadScenario reads back to the same
// scenario. Parameters at their defaults are left out.
func Format(s *models.Scenario) []byte { return format(s, false) }

// FormatAll is Format with every parameter written out.
func FormatAll(s *models.Scenario) []byte { return format(s, true) }

func format(s *models.Scenario, all bool) []byte {
	top := mapping()
	usual := defaults()
	for _, path := range s.Paths() {
		holder, name, declared := top, path, path
		if section, rest, found := strings.Cut(path, "."); found && slices.Contains(models.Sections(), section) {
			var component string
			component, name, _ = strings.Cut(rest, ".")
			holder = grow(grow(top, section), component)
			declared = section + ".*." + name
		}
		value, err := s.Value(path)
		if err != nil {
			panic(err) // the scenario named the path itself
		}
		// The name is the file's unless it is written.
		if !all && path != "name" && value == usual[declared].text {
			continue
		}
		for {
			group, rest, more := strings.Cut(name, ".")
			if !more {
				break
			}
			holder, name = grow(holder, group), rest
		}
		put(holder, name, scalar(usual[declared].kind, value))
	}
	if len(s.Timeline) > 0 {
		put(top, TimelineSection, formatTimeline(s.Timeline))
	}
	return dump(top)
}

// usual is the default of a parameter, in the form in which a scenario writes
// it (60s as 1m), and the kind of its values.
type usual struct {
	text string
	kind models.Kind
}

// defaults returns the defaults of all parameters by their declared paths.
func defaults() map[string]usual {
	s := models.NewScenario("")
	for _, section := range models.Sections() {
		if err := s.Add(section, "x"); err != nil {
			panic(err) // a name like any other
		}
	}
	found := make(map[string]usual)
	for _, p := range models.Params() {
		text, err := s.Value(strings.Replace(p.Path, "*", "x", 1))
		if err != nil {
			panic(err) // a declared path
		}
		found[p.Path] = usual{text, p.Kind}
	}
	return found
}

func formatTimeline(changes []models.Change) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, change := range changes {
		item := mapping()
		put(item, entryAt, word(change.At.String()))
		if change.For > 0 {
			put(item, entryFor, word(change.For.String()))
		}
		if len(change.Set) > 0 {
			set := put(item, entrySet, mapping())
			for _, a := range change.Set {
				put(set, a.Path, word(a.Value))
			}
		}
		if f := change.Fault; f.Kind != models.NoFault {
			fault := put(item, entryFault, mapping())
			put(fault, f.Kind.String(), word(f.Target))
			if f.Kind == models.Slow {
				put(fault, faultBy, word(strconv.FormatFloat(f.By, 'g', -1, 64)))
			}
		}
		list.Content = append(list.Content, item)
	}
	return list
}

func word(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: text} }

// mapping returns an empty mapping, in block style once it holds something.
func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

// grow returns the mapping of a name in another one, made if it is not there.
func grow(holder *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(holder.Content); i += 2 {
		if holder.Content[i].Value == name {
			return holder.Content[i+1]
		}
	}
	return put(holder, name, mapping())
}

// put appends a name and its value to a mapping, and returns the value.
func put(holder *yaml.Node, name string, value *yaml.Node) *yaml.Node {
	holder.Content = append(holder.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, value)
	return value
}

// scalar returns the node of a parameter's value. Free texts are marked as
// strings, so that one that looks like a number or like nothing is quoted.
func scalar(kind models.Kind, value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	if kind == models.KindText {
		n.Tag = "!!str"
		if strings.Contains(value, "\n") {
			n.Style = yaml.LiteralStyle
		}
	}
	return n
}

func dump(top *yaml.Node) []byte {
	text, err := yaml.Dump(top, yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		panic(err) // nodes built here can be written
	}
	return text
}
