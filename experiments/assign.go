package experiments

import (
	"strings"

	"onepen/models"
)

// Override is a value that the command line gives a parameter.
type Override struct {
	Written string // as it stands on the command line, for messages: "--duration 10s"
	Text    string // path and value: "duration=10s"
}

// Assign gives parameters the values of overrides, in their order. Values may
// fit each other only together, so that is looked at after the last one. On
// error, an *InputError with everything that is wrong, the scenario may have
// some of the values.
func Assign(s *models.Scenario, overrides []Override) error {
	var problems []Problem
	for _, o := range overrides {
		path, value, found := strings.Cut(o.Text, "=")
		path = strings.TrimSpace(path)
		problem := Problem{Source: o.Written, Path: path}
		if !found {
			problem.Message = "must be a path and a value, such as lanes.clicks.batch.size=64"
			problems = append(problems, problem)
			continue
		}
		if err := s.Set(path, value); err != nil {
			problem.Message, problem.Suggestion = explain(err)
			problems = append(problems, problem)
		}
	}
	if len(problems) == 0 {
		seen := make(map[string]bool)
		for _, err := range s.Validate() {
			message, suggestion := explain(err)
			path := pathOf(err)
			if seen[message] {
				continue // what does not fit at the start does not fit after a change either
			}
			seen[message] = true
			problems = append(problems, Problem{Source: written(overrides, path), Path: path, Message: message, Suggestion: suggestion})
		}
	}
	return inputError(problems)
}

// written returns the last override of a path as it was written, or the path
// itself if the value that does not fit came from elsewhere.
func written(overrides []Override, path string) string {
	text := path
	for _, o := range overrides {
		if given, _, _ := strings.Cut(o.Text, "="); strings.TrimSpace(given) == path {
			text = o.Written
		}
	}
	return text
}
