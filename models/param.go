package models

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onepen/sim"
	"onepen/sim/names"
)

// Param declares one parameter of a scenario: the only place where its path,
// type, unit, default, range and help are stated. Scenario files, command-line
// assignments, sweeps, timelines, the screen and the reference table all read
// these declarations.
type Param struct {
	Path    string // "lanes.*.batch.size", where * stands for a component's name
	Kind    Kind
	Unit    string   // "" for pure numbers and texts
	Default string   // as one would write it
	Allowed string   // the valid range or the choices, for people
	Choices []string // of a parameter that chooses, else nil
	Live    bool     // may change while the system runs
	Help    string   // one line

	section string
	name    string // the path within its section
	get     func(s *Scenario, component string) string
	set     func(s *Scenario, component, text string) error
}

// Kind is the type of a parameter's value.
type Kind uint8

// The kinds of values.
const (
	KindText   Kind = iota
	KindCount       // whole number
	KindNumber      // real number
	KindSpan        // time span such as 5ms
	KindRate        // number per time such as 900/s
	KindDist        // distribution of a time such as exponential(2ms)
	KindChoice      // one of Choices
	KindFlag        // true or false
	KindSkew        // popularity of keys such as zipf(0.9)
)

var kinds = []string{"text", "count", "number", "time", "rate", "distribution", "choice", "flag", "skew"}

func (k Kind) String() string { return kinds[k] }

// The sections of a scenario that hold named components.
const (
	sectionRun        = ""
	sectionLanes      = "lanes"
	sectionAllocators = "allocators"
	sectionStores     = "stores"
)

// Sections lists the sections of a scenario that hold named components.
func Sections() []string { return []string{sectionLanes, sectionAllocators, sectionStores} }

// Params returns the declarations of all parameters, in the order in which
// the reference shows them.
func Params() []Param { return slices.Clone(declared) }

var declared = slices.Concat(runParams(), laneParams(), allocatorParams(), storeParams())

// ParamError is a value that a parameter cannot take, or a path that names no
// parameter.
type ParamError struct {
	Path    string // as given
	Problem string // "must be 1 to 1000000, got 0"
	Nearest string // the valid name that was perhaps meant, or ""
}

func (e *ParamError) Error() string {
	text := e.Path + ": " + e.Problem
	if e.Nearest != "" {
		text += fmt.Sprintf("; did you mean %s?", e.Nearest)
	}
	return text
}

// Set gives the parameter at a path a value read from text. The scenario is
// unchanged if it returns an error, which is a *ParamError. Set checks the
// value alone; Validate checks that the values fit each other.
func (s *Scenario) Set(path, text string) error {
	p, component, err := s.resolve(path)
	if err != nil {
		return err
	}
	if err := p.set(s, component, strings.TrimSpace(text)); err != nil {
		return &ParamError{Path: path, Problem: err.Error()}
	}
	return nil
}

// Value returns the text of the parameter at a path. Set reads it back to the
// same value.
func (s *Scenario) Value(path string) (string, error) {
	p, component, err := s.resolve(path)
	if err != nil {
		return "", err
	}
	return p.get(s, component), nil
}

// Declaration returns the declaration of the parameter at a path.
func (s *Scenario) Declaration(path string) (Param, error) {
	p, _, err := s.resolve(path)
	if err != nil {
		return Param{}, err
	}
	return *p, nil
}

// Number returns the number in base units that a text means to the parameter:
// 0.005 of 5ms, 900 of 900/s, +Inf of unlimited. ok is false if it means none,
// as the text of a choice does or a distribution that is not one time.
func (p *Param) Number(text string) (x float64, ok bool) {
	var err error
	switch p.Kind {
	case KindCount, KindNumber, KindRate:
		if text == unlimitedText {
			return math.Inf(1), true
		}
		if p.Kind == KindRate {
			x, err = parseRate(text)
		} else {
			x, err = parseNumber(text)
		}
	case KindSpan, KindDist:
		var t sim.Time
		t, err = sim.ParseTime(text)
		x = t.Seconds()
	default:
		return 0, false
	}
	return x, err == nil
}

// Text writes a number in base units as a value of the parameter, the inverse of
// Number. Numbers are written with 12 digits, so that 3 · 0.1 is 0.3, times to
// the nanosecond, and counts as the nearest whole number. It is "" if the
// parameter has no numbers, or not such large ones.
func (p *Param) Text(x float64) string {
	rounded := strconv.FormatFloat(x, 'g', 12, 64)
	switch p.Kind {
	case KindCount:
		return strconv.FormatFloat(math.Round(x), 'f', 0, 64)
	case KindNumber:
		return rounded
	case KindRate:
		return rounded + "/s"
	case KindSpan, KindDist:
		if t := math.Round(x * float64(sim.Second)); math.Abs(t) < math.MaxInt64 {
			return sim.Time(t).String()
		}
	}
	return ""
}

// Paths returns the path of every parameter of the scenario, components
// and parameters in the order of their declaration.
func (s *Scenario) Paths() []string {
	var paths []string
	for _, section := range append([]string{sectionRun}, Sections()...) {
		for _, component := range s.components(section) {
			for i := range declared {
				if declared[i].section == section {
					paths = append(paths, declared[i].at(component))
				}
			}
		}
	}
	return paths
}

// at returns the parameter's path in one component.
func (p *Param) at(component string) string {
	return strings.Replace(p.Path, "*", component, 1)
}

// resolve finds the declaration that a path names, and the component in it.
func (s *Scenario) resolve(path string) (*Param, string, error) {
	section, component, name := sectionRun, "", path
	if head, rest, found := strings.Cut(path, "."); found && slices.Contains(Sections(), head) {
		section = head
		component, name, _ = strings.Cut(rest, ".")
		known := s.components(section)
		if !slices.Contains(known, component) {
			return nil, "", &ParamError{
				Path:    path,
				Problem: fmt.Sprintf("there is no %s %q (there are: %s)", strings.TrimSuffix(section, "s"), component, listed(known)),
				Nearest: strings.TrimSuffix(prefixed(section+".", names.Nearest(component, known), "."+name), "."),
			}
		}
	}
	var inSection []string
	for i := range declared {
		if declared[i].section != section {
			continue
		}
		if declared[i].name == name {
			return &declared[i], component, nil
		}
		inSection = append(inSection, declared[i].at(component))
	}
	return nil, "", s.unknown(path, name, inSection)
}

// manyPaths is the number of paths that a message lists.
const manyPaths = 6

// unknown is the error about a path that names no parameter; name is what
// stands behind the component, and near are the paths of the component. Perhaps
// the path names a group or a component, or it ends as another one does, or it
// looks like one.
func (s *Scenario) unknown(path, name string, near []string) error {
	all := s.Paths()
	group, end := strings.TrimSuffix(path, ".")+".", "."+name
	begins := func(p string) bool { return strings.HasPrefix(p, group) }
	ends := func(p string) bool { return name != "" && strings.HasSuffix(p, end) }
	const problem = "there is no such parameter"
	switch inside, here, anywhere := matching(all, begins), matching(near, ends), matching(all, ends); {
	case len(inside) > 0:
		return &ParamError{Path: path, Problem: fmt.Sprintf("holds parameters and is none itself (there are: %s)", some(inside))}
	case len(here) == 1:
		return &ParamError{Path: path, Problem: problem, Nearest: here[0]}
	case len(anywhere) == 1:
		return &ParamError{Path: path, Problem: problem, Nearest: anywhere[0]}
	case len(anywhere) > 1:
		return &ParamError{Path: path, Problem: fmt.Sprintf("%s here (there are: %s)", problem, some(anywhere))}
	case names.Nearest(path, near) != "":
		return &ParamError{Path: path, Problem: problem, Nearest: names.Nearest(path, near)}
	}
	return &ParamError{Path: path, Problem: problem, Nearest: names.Nearest(path, all)}
}

func matching(paths []string, match func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !match(p) })
}

// some lists paths, but not more than fit in a message.
func some(paths []string) string {
	if n := len(paths); n > manyPaths {
		return fmt.Sprintf("%s and %d more", strings.Join(paths[:manyPaths], ", "), n-manyPaths)
	}
	return strings.Join(paths, ", ")
}

// components returns the names of the components of a section; the run itself
// is the one nameless component of its section.
func (s *Scenario) components(section string) []string {
	var found []string
	switch section {
	case sectionRun:
		return []string{""}
	case sectionLanes:
		for i := range s.Lanes {
			found = append(found, s.Lanes[i].Name)
		}
	case sectionAllocators:
		for i := range s.Allocators {
			found = append(found, s.Allocators[i].Name)
		}
	case sectionStores:
		for i := range s.Stores {
			found = append(found, s.Stores[i].Name)
		}
	}
	return found
}

// NewScenario returns a scenario without components, its parameters at
// their defaults.
func NewScenario(name string) *Scenario {
	s := &Scenario{}
	s.setDefaults(sectionRun, "")
	s.Name = name
	return s
}

var componentName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// Add appends a component with default parameters to a section: "lanes",
// "allocators" or "stores".
func (s *Scenario) Add(section, name string) error {
	path := section + "." + name
	switch {
	case !slices.Contains(Sections(), section):
		return &ParamError{Path: path, Problem: fmt.Sprintf("there is no section %q (there are: %s)", section, listed(Sections())), Nearest: names.Nearest(section, Sections())}
	case !componentName.MatchString(name):
		return &ParamError{Path: path, Problem: fmt.Sprintf("a name is made of a-z, 0-9, - and _, and starts with a letter or digit, got %q", name)}
	case name == noAllocator:
		return &ParamError{Path: path, Problem: fmt.Sprintf("%q is the word for having none, not a name", name)}
	case slices.Contains(s.components(section), name):
		return &ParamError{Path: path, Problem: "is there already"}
	}
	switch section {
	case sectionLanes:
		s.Lanes = append(s.Lanes, Lane{Name: name})
	case sectionAllocators:
		s.Allocators = append(s.Allocators, Allocator{Name: name})
	case sectionStores:
		s.Stores = append(s.Stores, Store{Name: name})
	}
	s.setDefaults(section, name)
	return nil
}

func (s *Scenario) setDefaults(section, component string) {
	for i := range declared {
		p := &declared[i]
		if p.section != section {
			continue
		}
		if err := p.set(s, component, p.Default); err != nil {
			panic(fmt.Sprintf("default of %s: %v", p.Path, err))
		}
	}
}

func listed(known []string) string {
	if len(known) == 0 {
		return "none"
	}
	return strings.Join(known, ", ")
}

func prefixed(prefix, name, suffix string) string {
	if name == "" {
		return ""
	}
	return prefix + name + suffix
}
