package experiments

import (
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
)

// ReadScenario reads a scenario from the text of a file. Parameters may be
// nested (batch: {size: 64}) or named by their path (batch.size: 64), in block
// or flow style. The name is that of the file, for messages; a scenario that
// does not give its own name takes it from there. Files that the scenario
// names are opened with open, which may be nil where there are none.
//
// The error is an *InputError with everything that is wrong: with the text,
// with single values, with values that do not fit each other, and with the
// timeline.
func ReadScenario(name string, source []byte, open func(string) (io.ReadCloser, error)) (*models.Scenario, error) {
	doc := newDocument(name, source)
	top := doc.parse(source)
	if top == nil {
		return nil, inputError(doc.problems)
	}
	if isDesign(top) {
		doc.complain(position{1, 1}, "", "", "this is a sweep, not a scenario; onepen sweep carries it out, onepen run --point one of its points")
		return nil, inputError(doc.problems)
	}
	s := newScenario(name)
	s.Open = open
	r := newReader(doc, s)
	r.read(top)
	r.checkTraces()
	if err := inputError(doc.problems); err != nil {
		return nil, err
	}
	return s, nil
}

// newScenario returns a scenario without components that is called as the file it
// comes from.
func newScenario(file string) *models.Scenario {
	base := filepath.Base(file)
	return models.NewScenario(strings.TrimSuffix(base, filepath.Ext(base)))
}

func newReader(doc *document, s *models.Scenario) *reader {
	return &reader{
		document:   doc,
		scenario:   s,
		at:         make(map[string]position),
		components: make(map[string]bool),
		wrong:      make(map[string]bool),
	}
}

// reader fills a scenario from a document.
type reader struct {
	*document
	scenario   *models.Scenario
	at         map[string]position // of the value of each path given, or of its key if it is a group
	components map[string]bool     // those named so far; false if refused
	wrong      map[string]bool     // paths whose value was refused
	malformed  bool                // a section or a component could not be read
}

func (r *reader) read(top *yaml.Node) {
	words := vocabulary()
	var timeline *yaml.Node
	before := len(r.problems)
	w := &walker{
		document:  r.document,
		given:     r.at,
		component: r.add,
		value:     r.set,
		extra:     []string{TimelineSection},
		section: func(key, value *yaml.Node) bool {
			if key.Value == TimelineSection {
				timeline = value
			}
			return key.Value == TimelineSection
		},
	}
	w.mapping(top, words, "")
	r.malformed = w.malformed
	fits := !r.malformed && r.validate()
	if timeline != nil {
		r.readTimeline(timeline, words, fits && len(r.problems) == before)
	}
}

// maxComponents is the number of components that a scenario may have.
const maxComponents = 1000

// add makes a component when the file first names it.
func (r *reader) add(at position, section, name string) bool {
	path := join(section, name)
	if added, known := r.components[path]; known {
		return added
	}
	if len(r.components) == maxComponents {
		r.complain(at, path, "", "is one component too many; a scenario has at most %d", maxComponents)
	}
	if len(r.components) >= maxComponents {
		r.components[path] = false
		return false
	}
	err := r.scenario.Add(section, name)
	if err != nil {
		r.refuse(at, path, err)
	}
	r.components[path] = err == nil
	return err == nil
}

// set gives a parameter the value in the file.
func (r *reader) set(at position, _ *models.Param, path, text string) {
	r.at[path] = at
	if err := r.scenario.Set(path, text); err != nil {
		r.refuse(at, path, err)
		r.wrong[path] = true
	}
}

// validate reports whether the values fit each other, and complains about each
// that does not where it was given. A problem with a value that was refused
// already would only repeat what is reported.
func (r *reader) validate() bool {
	errs := r.scenario.Validate()
	for _, err := range errs {
		path := pathOf(err)
		if r.wrong[path] {
			continue
		}
		r.refuse(r.where(path), path, err)
	}
	return len(errs) == 0
}

// checkTraces lets models read the traces of a sound scenario, so that a missing
// or damaged file is found now and shown where it is named.
func (r *reader) checkTraces() {
	if len(r.problems) > 0 || !slices.ContainsFunc(r.scenario.Lanes, func(l models.Lane) bool { return l.Arrivals.Process == models.Trace }) {
		return
	}
	if _, err := models.New(r.scenario, 0); err != nil {
		path := pathOf(err)
		r.refuse(r.where(path), path, err)
	}
}

// where returns the position of a path in the file, or of the smallest part
// around it that is there.
func (r *reader) where(path string) position {
	for path != "" {
		if at, given := r.at[path]; given {
			return at
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return position{1, 1}
}

// refuse complains about an error of models.
func (r *reader) refuse(at position, path string, err error) {
	message, suggestion := explain(err)
	r.complain(at, path, suggestion, "%s", message)
}

// pathOf returns the path that an error of models is about, or "".
func pathOf(err error) string {
	var e *models.ParamError
	if errors.As(err, &e) {
		return e.Path
	}
	return ""
}

// suggested finds a suggestion that is part of a message.
var suggested = regexp.MustCompile(`[;:,] did you mean "?([^"?]+)"?\?`)

// explain splits an error about a value into what is wrong and the name that
// was perhaps meant. Errors about words of a small language, such as the names
// of distributions, carry the suggestion in their text.
func explain(err error) (message, suggestion string) {
	var e *models.ParamError
	if !errors.As(err, &e) {
		message = err.Error()
	} else {
		message, suggestion = e.Problem, e.Nearest
	}
	if found := suggested.FindStringSubmatch(message); suggestion == "" && found != nil {
		return strings.Replace(message, found[0], "", 1), found[1]
	}
	return message, suggestion
}
