package response

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onepen/models"
	"onepen/sim/names"
)

// NameError is a name that stands for no response, or for several.
type NameError struct {
	Name    string
	Problem string // "is measured of several components: lanes.mapping, lanes.clicks"
	Nearest string // the full name that was perhaps meant, or ""
}

func (e *NameError) Error() string {
	text := e.Name + ": " + e.Problem
	if e.Nearest != "" {
		text += fmt.Sprintf("; did you mean %s?", e.Nearest)
	}
	return text
}

// Find returns the response of a name: a component and a measure, or a measure
// that only one component of the scenario has. Lanes, stores and allocators are
// looked at for the latter, and not partitions, of which there are many. The
// error is a *NameError.
func Find(s *models.Scenario, name string) (Response, error) {
	all := append(All(s), namedPartition(s, name)...)
	if i := slices.IndexFunc(all, func(r Response) bool { return r.Name() == name }); i >= 0 {
		return all[i], nil
	}
	if strings.Trim(name, ".") != "" && strings.Contains(name, ".") {
		return Response{}, unknown(all, name)
	}
	var found []Response
	for _, r := range all {
		if r.Measure == name && !r.OfPartition() {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return Response{}, unknownMeasure(all, name)
	case 1:
		return found[0], nil
	}
	return Response{}, &NameError{Name: name, Problem: fmt.Sprintf(
		"is measured of several components; write which one: %s", listed(found))}
}

// NamesPartition reports whether a name is of one partition of a store, such as
// stores.links.partitions.2.utilization, there or not.
func NamesPartition(name string) bool {
	parts := strings.Split(name, ".")
	return len(parts) >= 4 && parts[0] == stores && parts[2] == partitions
}

// namedPartition returns the responses of the partition in a name; none if there
// is none.
func namedPartition(s *models.Scenario, name string) []Response {
	if !NamesPartition(name) {
		return nil
	}
	parts := strings.Split(name, ".")
	i := slices.IndexFunc(s.Stores, func(st models.Store) bool { return st.Name == parts[1] })
	p, err := strconv.Atoi(parts[3])
	if i < 0 || err != nil || p < 0 || p >= s.Stores[i].Partitions || strconv.Itoa(p) != parts[3] {
		return nil
	}
	return ofPartition(s, i, p)
}

// unknown is the error about a name with dots. What looks most like it is
// looked for among the measures of its component, or else among all.
func unknown(all []Response, name string) error {
	if i := slices.IndexFunc(all, func(r Response) bool { return r.Component == name }); i >= 0 {
		return &NameError{Name: name, Problem: fmt.Sprintf("is a component, not a measure of it; write %s, for example", all[i].Name())}
	}
	at := strings.LastIndexByte(name, '.')
	component, measure := name[:at], name[at+1:]
	var here []string
	for _, r := range all {
		if r.Component == component {
			here = append(here, r.Measure)
		}
	}
	if len(here) > 0 {
		e := &NameError{Name: name, Problem: fmt.Sprintf("there is no such measure of %s", component)}
		if near := names.Nearest(measure, here); near != "" {
			e.Nearest = component + "." + near
		}
		return e
	}
	e := &NameError{Name: name, Problem: fmt.Sprintf("there is no %s to measure (there are: %s)", component, strings.Join(components(all), ", "))}
	if near := names.Nearest(component, components(all)); near != "" {
		e.Nearest = near + "." + measure
		if !slices.ContainsFunc(all, func(r Response) bool { return r.Name() == e.Nearest }) {
			e.Nearest = names.Nearest(e.Nearest, fullNames(all))
		}
	}
	return e
}

// unknownMeasure is the error about a measure that nothing has.
func unknownMeasure(all []Response, name string) error {
	var measures []string
	for _, r := range all {
		if !slices.Contains(measures, r.Measure) {
			measures = append(measures, r.Measure)
		}
	}
	return &NameError{Name: name, Problem: "there is no such measure; onepen params --measures lists them", Nearest: names.Nearest(name, measures)}
}

// components returns the components that have responses, each once, partitions
// left out.
func components(all []Response) []string {
	var found []string
	for _, r := range all {
		if !r.OfPartition() && !slices.Contains(found, r.Component) {
			found = append(found, r.Component)
		}
	}
	return found
}

func fullNames(all []Response) []string {
	list := make([]string, len(all))
	for i, r := range all {
		list[i] = r.Name()
	}
	return list
}

func listed(responses []Response) string { return strings.Join(fullNames(responses), ", ") }
