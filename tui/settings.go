package tui

import (
	"errors"
	"slices"
	"strings"

	"onepen/models"
	"onepen/tui/live"
)

// setting is a row of the form of a move: a parameter, what was typed for it,
// and what is wrong with that.
type setting struct {
	path  string
	param models.Param
	value string // as it is now
	typed string
	wrong string // why it would be refused, or ""
}

// changed reports whether something else was typed than what is.
func (s *setting) changed() bool { return strings.TrimSpace(s.typed) != s.value }

// settings is the form of a move, apart from the terminal: all parameters of
// the component that the move acts on which may change during a run.
type settings struct {
	move     string
	lane     string
	list     []setting
	free     setting // an assignment to any parameter, path=value
	scenario *models.Scenario
	wrong    string // with all of it together, or ""
}

// newSettingsOf returns the form of a move for a lane.
func newSettingsOf(s *models.Scenario, lane string, m *live.Move) *settings {
	form := &settings{move: m.Name, lane: lane, scenario: s}
	for _, path := range settingPaths(s, lane, m) {
		param, err := s.Declaration(path)
		if err != nil || !param.Live {
			continue
		}
		value, err := s.Value(path)
		if err != nil {
			continue
		}
		form.list = append(form.list, setting{path: path, param: param, value: value, typed: value})
	}
	form.free = setting{path: "any parameter", param: models.Param{Help: "path=value, such as lanes." + lane + ".arrivals.rate=2k/s"}}
	return form
}

// settingPaths lists the parameters in the form of a move: its own first, then
// those that stand beside them.
func settingPaths(s *models.Scenario, lane string, m *live.Move) []string {
	own := m.PathsFor(s, lane)
	paths := slices.Clone(own)
	for _, path := range own {
		group := path[:strings.LastIndexByte(path, '.')+1]
		if strings.HasPrefix(group, "lanes.") && strings.Count(group, ".") == 2 {
			continue // beside it stands all of the lane
		}
		for _, other := range s.Paths() {
			if strings.HasPrefix(other, group) && !slices.Contains(paths, other) {
				paths = append(paths, other)
			}
		}
	}
	return paths
}

// check finds out what of the typed would be refused, and why.
func (f *settings) check() {
	trial := f.scenario.Clone()
	trial.Timeline = nil // what the scenario still plans was checked when the run began
	f.wrong = ""
	for i := range f.list {
		s := &f.list[i]
		if s.wrong = ""; s.changed() {
			s.wrong = problem(trial.Set(s.path, s.typed))
		}
	}
	f.checkFree(trial)
	if !f.sound() {
		return
	}
	if problems := trial.Validate(); len(problems) > 0 {
		f.blame(problems[0])
	}
}

// checkFree checks the assignment to any parameter.
func (f *settings) checkFree(trial *models.Scenario) {
	f.free.wrong = ""
	a, given := f.assignment()
	switch {
	case !given && f.free.changed():
		f.free.wrong = "write path=value"
		return
	case !given:
		return
	}
	param, err := trial.Declaration(a.Path)
	switch {
	case err != nil:
		f.free.wrong = problem(err)
	case !param.Live:
		f.free.wrong = "not during a run: start one with --set " + a.Path + "=" + a.Value
	default:
		f.free.wrong = problem(trial.Set(a.Path, a.Value))
	}
}

// assignment returns the assignment to any parameter, false if there is none.
func (f *settings) assignment() (models.Assignment, bool) {
	path, value, found := strings.Cut(f.free.typed, "=")
	return models.Assignment{Path: strings.TrimSpace(path), Value: strings.TrimSpace(value)}, found
}

// problem writes an error without the path, which stands beside it.
func problem(err error) string {
	var wrong *models.ParamError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &wrong):
		return err.Error()
	case wrong.Nearest != "":
		return wrong.Problem + "; did you mean " + wrong.Nearest + "?"
	}
	return wrong.Problem
}

// blame puts a problem of all values together under the parameter that it
// names, or under the form.
func (f *settings) blame(err error) {
	var wrong *models.ParamError
	if errors.As(err, &wrong) {
		for i := range f.list {
			if f.list[i].path == wrong.Path {
				f.list[i].wrong = problem(err)
				return
			}
		}
	}
	f.wrong = err.Error()
}

// sound reports whether nothing typed is wrong.
func (f *settings) sound() bool {
	wrong := func(s setting) bool { return s.wrong != "" }
	return f.wrong == "" && f.free.wrong == "" && !slices.ContainsFunc(f.list, wrong)
}

// change returns what was typed as a change to the run, false if there is
// nothing to change.
func (f *settings) change() (live.Change, bool) {
	c := live.Change{Lane: f.lane}
	for i := range f.list {
		if s := &f.list[i]; s.changed() {
			c.Set = append(c.Set, models.Assignment{Path: s.path, Value: strings.TrimSpace(s.typed)})
		}
	}
	if a, given := f.assignment(); given {
		c.Set = append(c.Set, a)
	}
	c.Label = shortLabel(c.Set)
	return c, len(c.Set) > 0
}

// shortLabel names a change on the charts, by what parameters are called within
// their lane, store or allocator: "queue.mode durable", "partitions 16".
func shortLabel(set []models.Assignment) string {
	var texts []string
	for _, a := range set {
		parts := strings.SplitN(a.Path, ".", 3)
		texts = append(texts, parts[len(parts)-1]+" "+a.Value)
	}
	return strings.Join(texts, ", ")
}

// hint says what may be typed, first what a row too short must not cut off.
func (s *setting) hint() string {
	if s.param.Allowed == "" {
		return s.param.Help
	}
	return s.param.Allowed + ": " + s.param.Help
}
