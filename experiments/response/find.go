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
// looked at for the latter, and not partitions, of which there are many. A
// measure may be written in any of its spellings. The error is a *NameError.
func Find(s *models.Scenario, name string) (Response, error) {
	found := FindAll(s, name)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Response{}, &NameError{Name: name, Problem: fmt.Sprintf(
			"is measured of several components; write which one: %s", strings.Join(fullNames(found), ", "))}
	case strings.IndexByte(name, '.') > 0:
		return Response{}, unknown(s, name)
	}
	all := All(s)
	return Response{}, &NameError{Name: name, Problem: "there is no such measure (" + listing(all) + ")", Nearest: names.Nearest(name, allSpellings(all))}
}

// FindAll returns the responses that a name may stand for: of a component and a
// measure the one of that component, of a measure alone those of all components
// but partitions; none if there is no such measure.
func FindAll(s *models.Scenario, name string) []Response {
	dot := strings.LastIndexByte(name, '.')
	component, measure := name[:max(dot, 0)], name[dot+1:]
	all := append(All(s), namedPartition(s, name)...)
	for spelling := range mostSpellings {
		var found []Response
		for _, r := range all {
			named := dot < 0 && !r.OfPartition() || dot >= 0 && r.Component == component
			if words := r.spellings(); named && spelling < len(words) && words[spelling] == measure {
				found = append(found, r)
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// mostSpellings is how many ways there are to write a measure.
const mostSpellings = 3

// spellings returns the ways to write the measure: in full, without its unit, and,
// of the time to an ack, in a word (ack_p99_s, ack_p99, p99).
func (r Response) spellings() []string {
	words := []string{r.Measure}
	for _, unit := range []string{"_per_s", "_s"} {
		if word, ok := strings.CutSuffix(r.Measure, unit); ok {
			words = append(words, word)
			break
		}
	}
	if word, ok := strings.CutPrefix(words[len(words)-1], "ack_"); ok && len(words) == mostSpellings-1 {
		words = append(words, word)
	}
	return words
}

// listing says which measures there are: where they are listed, and the words
// for the time to an ack, if it is among them.
func listing(responses []Response) string {
	var words []string
	for _, r := range responses {
		if all := r.spellings(); len(all) == mostSpellings && !slices.Contains(words, all[mostSpellings-1]) {
			words = append(words, all[mostSpellings-1])
		}
	}
	text := "onepen params --measures lists them"
	if words == nil {
		return text
	}
	return text + "; of the time to an ack there are " + strings.Join(words, ", ")
}

// allSpellings returns how measures can be written, each once.
func allSpellings(responses []Response) []string {
	var words []string
	for _, r := range responses {
		for _, word := range r.spellings() {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words
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
func unknown(s *models.Scenario, name string) error {
	all := append(All(s), namedPartition(s, name)...)
	if i := slices.IndexFunc(all, func(r Response) bool { return r.Component == name }); i >= 0 {
		return &NameError{Name: name, Problem: fmt.Sprintf("is a component, not a measure of it; write %s, for example", all[i].Name())}
	}
	at := strings.LastIndexByte(name, '.')
	component, measure := name[:at], name[at+1:]
	here := slices.DeleteFunc(slices.Clone(all), func(r Response) bool { return r.Component != component })
	if len(here) > 0 {
		e := &NameError{Name: name, Problem: fmt.Sprintf("there is no such measure of %s (%s)", component, listing(here))}
		if near := names.Nearest(measure, allSpellings(here)); near != "" {
			e.Nearest = component + "." + near
		}
		return e
	}
	e := &NameError{Name: name, Problem: fmt.Sprintf("there is no %s to measure (there are: %s)", component, strings.Join(components(all), ", "))}
	if near := names.Nearest(component, components(all)); near != "" {
		e.Nearest = near + "." + measure
		if FindAll(s, e.Nearest) == nil {
			e.Nearest = names.Nearest(e.Nearest, fullNames(all))
		}
	}
	return e
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
