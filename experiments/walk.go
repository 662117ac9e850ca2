package experiments

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
)

// walker goes through a mapping of parameters, however nested, and hands over
// each value with the full path of its parameter. What does not fit the
// vocabulary becomes a problem of the document, and the walk goes on.
type walker struct {
	*document
	given map[string]position // where each path was given, for duplicates

	// component is told each component that is named, and reports whether its
	// parameters are to be read.
	component func(at position, section, name string) bool
	// value takes the text of a parameter.
	value func(at position, p *models.Param, path, text string)
	// section takes what the vocabulary does not cover, and reports whether it
	// knows the name. Nil if there is nothing of the kind.
	section func(key, value *yaml.Node) bool
	extra   []string // names that section knows

	// malformed is set when a section or a component could not be read as such:
	// every reference to it would then be reported as wrong as well.
	malformed bool
}

// mapping walks one mapping, which stands at a level of the vocabulary.
func (w *walker) mapping(n *yaml.Node, at *level, path string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || isNull(key) {
			w.complain(positionOf(key), path, "", "a name must stand before the colon, got %s", describe(key))
			continue
		}
		if rest, pairs := thousands(n, i); pairs > 0 && at.component == nil {
			w.complain(positionOf(value), join(path, key.Value), "", "a comma ends a value inside { }: write %s%s without it, or short as in 1k", value.Value, rest)
			i += 2 * pairs
			continue
		}
		full := join(path, key.Value)
		if first, twice := w.given[full]; twice {
			w.complain(positionOf(key), full, "", "is given twice, first in line %d", first.line)
			continue
		}
		w.given[full] = positionOf(key)
		if path == "" && w.section != nil && w.section(key, value) {
			continue
		}
		if below := w.descend(key, at, path); below != nil {
			w.node(value, below, full)
		}
	}
}

// descend returns the level that a key leads to, or nil if it leads nowhere. A
// key may hold several names with dots between them.
func (w *walker) descend(key *yaml.Node, at *level, path string) *level {
	where := positionOf(key)
	for _, name := range strings.Split(key.Value, ".") {
		below := at.child(name)
		if below == nil {
			w.unknown(where, at, path, name)
			return nil
		}
		if at.component != nil && !w.component(where, path, name) {
			w.malformed = true
			return nil
		}
		where = where.shifted(len([]rune(name)) + 1)
		at, path = below, join(path, name)
	}
	return at
}

// unknown complains about a name that does not exist at a level.
func (w *walker) unknown(where position, at *level, path, name string) {
	var extra []string
	if path == "" {
		extra = w.extra
	}
	run, value, glued := strings.Cut(name, ":")
	switch {
	case glued && at.child(run) != nil:
		w.complain(where, join(path, run), "", "a space must follow the colon: write %s: %s", run, value)
	case at.param != nil:
		w.complain(where, join(path, name), "", "%s has no parts, it is a %s", path, at.param.Kind)
	case name == "":
		w.complain(where, path, "", "a name is missing")
	default:
		w.malformed = w.malformed || path == ""
		valid := slices.Concat(at.names, extra)
		near := at.nearest(name, extra...)
		if near == "" && path != "" {
			if there := elsewhere(name); there != "" {
				w.complain(where, join(path, name), "", "there is no such name here; it is %s", there)
				return
			}
		}
		w.complain(where, join(path, name), near, "there is no such name here (there are: %s)", strings.Join(valid, ", "))
	}
}

// node takes the value that belongs to a level.
func (w *walker) node(n *yaml.Node, at *level, path string) {
	where := positionOf(n)
	if p := at.param; p != nil {
		if n.Kind != yaml.ScalarNode || isNull(n) {
			w.complain(where, path, "", "must be a %s (%s), got %s", p.Kind, p.Allowed, describe(n))
			return
		}
		w.value(where, p, path, n.Value)
		return
	}
	switch {
	case n.Kind == yaml.MappingNode:
		w.mapping(n, at, path)
	case isNull(n) && n.Value == "" && isComponent(path):
		// "codes:" with nothing behind it: all parameters at their defaults.
	case n.Kind == yaml.ScalarNode && w.glued(n, at, path):
		w.malformed = true
	default:
		w.malformed = true
		w.complain(where, path, "", "must be a mapping of %s, got %s", w.holds(at), describe(n))
	}
}

// thousands returns what follows the value of the pair that begins at the i-th
// place of a mapping written with braces, and how many pairs it takes, if it
// belongs to the value: the commas between thousands, as in {rate: 1,000/s}, end
// the value, and each 000 becomes a name without a value.
func thousands(n *yaml.Node, i int) (rest string, pairs int) {
	value := n.Content[i+1]
	if n.Style&yaml.FlowStyle == 0 || !isPlain(value) || !leading.MatchString(value.Value) {
		return "", 0
	}
	for i += 2; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !isPlain(key) || !isNull(value) || value.Value != "" || !following.MatchString(key.Value) {
			break
		}
		rest += key.Value
		pairs++
	}
	return rest, pairs
}

var (
	leading   = regexp.MustCompile(`^[0-9]{1,3}$`)          // of the groups of digits in a number
	following = regexp.MustCompile(`^[0-9]{3}([./kM].*)?$`) // the others, the unit behind the last
)

// glued reports, and complains about, a text where a mapping should stand that
// is a name and a value without a space between them.
func (w *walker) glued(n *yaml.Node, at *level, path string) bool {
	name, value, found := strings.Cut(n.Value, ":")
	if !found || at.component == nil && at.child(name) == nil {
		return false
	}
	w.complain(positionOf(n), path, "", "a space must follow the colon: write %s: %s", name, value)
	return true
}

// holds says what a level is made of.
func (w *walker) holds(at *level) string {
	if at.component != nil {
		return "names to parameters"
	}
	return strings.Join(at.names, ", ")
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// isComponent reports whether a path that is not a parameter's names a
// component.
func isComponent(path string) bool {
	section, name, found := strings.Cut(path, ".")
	return found && slices.Contains(models.Sections(), section) && !strings.Contains(name, ".")
}

// componentsOf returns the names of the components of a section.
func componentsOf(s *models.Scenario, section string) []string {
	var found []string
	for _, path := range s.Paths() {
		if rest, inside := strings.CutPrefix(path, section+"."); inside {
			name, _, _ := strings.Cut(rest, ".")
			found = append(found, name)
		}
	}
	return slices.Compact(found)
}
