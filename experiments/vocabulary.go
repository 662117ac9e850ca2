package experiments

import (
	"slices"
	"strings"

	"onepen/models"
	"onepen/sim/names"
)

// level is a place in the tree of parameter names: a parameter, a group of
// them such as batch, a component, a section of components, or the top.
type level struct {
	param     *models.Param // at the leaves, else nil
	names     []string      // of the children, in the order of declaration
	children  map[string]*level
	component *level // below a section: any component, else nil
}

// TimelineSection is the section of a scenario file that holds changes instead
// of parameters.
const TimelineSection = "timeline"

// vocabulary returns the tree of all names that a scenario file may use.
func vocabulary() *level {
	top := &level{}
	for _, p := range models.Params() {
		at := top
		for _, name := range strings.Split(p.Path, ".") {
			at = at.grow(name)
		}
		at.param = &p
	}
	return top
}

func (l *level) grow(name string) *level {
	if name == "*" {
		if l.component == nil {
			l.component = &level{}
		}
		return l.component
	}
	if l.children == nil {
		l.children = make(map[string]*level)
	}
	child := l.children[name]
	if child == nil {
		child = &level{}
		l.children[name] = child
		l.names = append(l.names, name)
	}
	return child
}

// child returns the level below of that name, or nil.
func (l *level) child(name string) *level {
	if l.component != nil {
		return l.component
	}
	return l.children[name]
}

// elsewhere returns the parameters of that name of any component, as text; ""
// if there are none.
func elsewhere(name string) string {
	var paths []string
	for _, p := range models.Params() {
		if strings.HasSuffix(p.Path, "."+name) {
			paths = append(paths, strings.Replace(p.Path, "*", "x", 1))
		}
	}
	return strings.Join(paths, " or ")
}

// nearest returns the valid name at this level that an unknown one probably
// stands for: one that looks like it, or the way to a deeper parameter of
// exactly that name (size: batch.size); "" if there is none.
func (l *level) nearest(name string, more ...string) string {
	if near := names.Nearest(name, slices.Concat(l.names, more)); near != "" {
		return near
	}
	for _, group := range l.names {
		child := l.children[group]
		if slices.Contains(child.names, name) {
			return group + "." + name
		}
	}
	return ""
}
