package live

import (
	"slices"
	"strings"

	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
)

// run is one run of a scenario, from its beginning to a restart.
type run struct {
	system   *models.System
	observer *observer
	sampleAt sim.Time         // instant of the next sample
	written  *models.Scenario // as it was written, without moves kept from an earlier run
	session  Session
	scripted int      // changes of the scenario's own timeline that were made
	endings  []ending // of temporary changes, ordered by time
	kept     []models.Assignment
	// kept are the changes for good that a person made, those of earlier runs
	// that this one began with included.

	now      *models.Scenario // the parameters as they are, for frames
	choices  [][]Choice
	marks    []chart.Mark
	event    Event
	warnings []string
	made     *Made // the last move, or nil
}

// maxMarks is the number of marks kept: more do not fit on a chart.
const maxMarks = 32

// newRun begins a scenario, with some parameters set from the start as they
// were not written, and a seed some way on from the one written.
func newRun(written *models.Scenario, kept []models.Assignment, reseeded uint64) (*run, error) {
	start := written.Clone()
	start.Seed += reseeded
	for _, a := range kept {
		if err := start.Set(a.Path, a.Value); err != nil {
			return nil, err
		}
	}
	system, err := models.New(start, 0)
	if err != nil {
		return nil, err
	}
	r := &run{system: system, observer: newObserver(start), written: written.Clone(), session: Session{start: start}, kept: kept}
	r.sampleAt = r.observer.spacing
	r.changed()
	r.observer.observe(system)
	if r.warnings = start.Warnings(); len(r.warnings) > 0 {
		r.note(EventNote, r.warnings[0])
	}
	return r, nil
}

// advance moves the clock by at most a span, and at most to the next sample. It
// returns by how much it did.
func (r *run) advance(span sim.Time) sim.Time {
	from := r.system.Now()
	r.system.RunUntil(min(from+span, r.sampleAt))
	now := r.system.Now()
	r.noteScript(now)
	r.noteEndings(now)
	if now >= r.sampleAt {
		r.observer.observe(r.system)
		r.sampleAt += r.observer.spacing
	}
	return now - from
}

// changed renews what frames say of the parameters.
func (r *run) changed() {
	r.now = r.system.Scenario().Clone()
	r.choices = make([][]Choice, len(r.now.Lanes))
	for i := range r.now.Lanes {
		choices := make([]Choice, len(moves))
		for k := range moves {
			choices[k] = moves[k].Choose(r.now, r.written, r.now.Lanes[i].Name, false)
		}
		r.choices[i] = choices
	}
}

// mark stamps the charts. Frames keep the marks they were made with.
func (r *run) mark(at sim.Time, label string) {
	r.marks = append(slices.Clip(r.marks), chart.Mark{X: at.Seconds(), Label: label})
	if extra := len(r.marks) - maxMarks; extra > 0 {
		r.marks = r.marks[extra:]
	}
}

func (r *run) note(kind EventKind, text string) {
	r.event = Event{At: r.system.Now(), Kind: kind, Text: text}
}

// frame returns what there is to see now.
func (r *run) frame() *Frame {
	f := &Frame{
		Scenario: r.now,
		Time:     r.system.Now(),
		Halted:   r.system.Halted(),
		Event:    r.event,
		Choices:  r.choices,
		Made:     r.made,
		Warnings: r.warnings,
		Session:  r.session,
	}
	f.Session.until = f.Time
	r.observer.show(f)
	for i := range r.marks {
		if r.marks[i].X >= f.Window.Min {
			f.Marks = r.marks[i:len(r.marks):len(r.marks)]
			break
		}
	}
	return f
}

// firstLine returns the first line of an error: one line is what there is for
// it on the screen.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
