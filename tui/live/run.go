package live

import (
	"fmt"
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
	sampleAt sim.Time // instant of the next sample
	session  Session
	scripted int // changes of the scenario's own timeline that were made

	now     *models.Scenario // the parameters as they are, for frames
	choices [][]Choice
	marks   []chart.Mark
	event   Event
	made    int // number of the last move made, or -1
}

// maxMarks is the number of marks kept: more do not fit on a chart.
const maxMarks = 32

func newRun(scenario *models.Scenario) (*run, error) {
	start := scenario.Clone()
	system, err := models.New(start, 0)
	if err != nil {
		return nil, err
	}
	r := &run{system: system, observer: newObserver(start), session: Session{start: start}, made: -1}
	r.sampleAt = r.observer.spacing
	r.changed()
	r.observer.observe(system)
	if warnings := start.Warnings(); len(warnings) > 0 {
		r.note(EventNote, warnings[0])
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
	if now >= r.sampleAt {
		r.observer.observe(r.system)
		r.sampleAt += r.observer.spacing
	}
	return now - from
}

// noteScript notes the changes of the scenario's own timeline as they come.
func (r *run) noteScript(now sim.Time) {
	script := r.session.start.Timeline
	for r.scripted < len(script) && script[r.scripted].At <= now {
		change := script[r.scripted]
		r.scripted++
		r.changed()
		r.mark(change.At, describe(change.Set))
		r.event = Event{At: change.At, Kind: EventChange, Text: describe(change.Set) + " (timeline of the scenario)"}
	}
}

// move makes a move for a lane.
func (r *run) move(number int, lane string, back bool) {
	m := &moves[number]
	choice := m.Choose(r.system.Scenario(), r.session.start, lane, back)
	if choice.Reason != "" {
		r.note(EventRefusal, fmt.Sprintf("%s stays %s: %s", m.Name, choice.Setting, choice.Reason))
		return
	}
	if r.change(fmt.Sprintf("%s %s", m.Name, choice.Next), choice.Set) {
		r.made = number
	}
}

// change sets parameters, and records and reports that it did.
func (r *run) change(label string, set []models.Assignment) bool {
	if err := r.system.Apply(set); err != nil {
		r.note(EventRefusal, "not changed: "+firstLine(err))
		return false
	}
	at := r.system.Now()
	r.session.add(at, set)
	r.changed()
	if label == "" {
		label = describe(set)
	}
	r.mark(at, label)
	r.note(EventChange, label+"  ("+describe(set)+")")
	return true
}

// changed renews what frames say of the parameters.
func (r *run) changed() {
	r.now = r.system.Scenario().Clone()
	r.choices = make([][]Choice, len(r.now.Lanes))
	for i := range r.now.Lanes {
		choices := make([]Choice, len(moves))
		for k := range moves {
			choices[k] = moves[k].Choose(r.now, r.session.start, r.now.Lanes[i].Name, false)
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

// describe names the assignments of a change.
func describe(set []models.Assignment) string {
	texts := make([]string, len(set))
	for i, a := range set {
		texts[i] = a.Path + " = " + a.Value
	}
	return strings.Join(texts, ", ")
}

// firstLine returns the first line of an error: one line is what there is for
// it on the screen.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
