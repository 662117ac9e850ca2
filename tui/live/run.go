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
	origin   origin
	system   *models.System
	observer *observer
	sampleAt sim.Time // instant of the next sample
	session  Session
	scripted int      // changes of the scenario's own timeline that were made
	endings  []ending // of temporary changes, ordered by time
	record   record   // of what was measured since the last change for good

	now     *models.Scenario // the parameters as they are, for frames
	choices [][]Choice
	stamps  []Stamp
	event   Event
	events  track[Event] // the newest
	noted   int          // events in all

	predictions []Prediction
	warnings    []string
	made        *Made // the last move, or nil
}

// maxMarks is the number of marks on a chart: more do not fit.
const maxMarks = 32

// maxEvents is the number of events that a frame holds.
const maxEvents = 64

// newRun begins a run. The first events have happened, so that what is done
// before the clock moves comes after them, as it does in a timeline.
func newRun(o origin) (*run, error) {
	start, err := o.start()
	if err != nil {
		return nil, err
	}
	system, err := models.New(start, 0)
	if err != nil {
		return nil, err
	}
	r := &run{origin: o, system: system, observer: newObserver(start), session: Session{start: start}, made: o.made}
	r.sampleAt = r.observer.spacing
	r.changed()
	r.observer.observe(system)
	if r.warnings = start.Warnings(); len(r.warnings) > 0 {
		r.note(EventNote, r.warnings[0])
	}
	r.advance(0)
	if len(o.kept) > 0 {
		r.record.begin(r.system)
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
		r.observe()
		r.record.sample(r.system)
		r.sampleAt += r.observer.spacing
	}
	return now - from
}

// observe takes a sample, and tells of what is found to have broken in it.
func (r *run) observe() {
	known := r.observer.breaches.Breaches()
	r.observer.observe(r.system)
	for i, b := range r.observer.breaches.Breaches() {
		if slices.Contains(known, b) {
			continue
		}
		rank := "broke first"
		if i > 0 {
			rank = "broke too"
		}
		r.note(EventBreach, fmt.Sprintf("%s, at %s: %s", rank, chart.Clock(b.At.Seconds()), b.What))
	}
}

// changed renews what frames say of the parameters.
func (r *run) changed() {
	r.now = r.system.Scenario().Clone()
	r.choices = make([][]Choice, len(r.now.Lanes))
	for i := range r.now.Lanes {
		choices := make([]Choice, len(moves))
		for k := range moves {
			choices[k] = moves[k].Choose(r.now, r.origin.written, r.now.Lanes[i].Name, false)
		}
		r.choices[i] = choices
	}
}

// stamp notes that something changed. Frames keep the stamps they were made
// with.
func (r *run) stamp(at sim.Time, label string) {
	r.stamps = append(slices.Clip(r.stamps), Stamp{at, label})
}

// marks returns the newest stamps inside a part of the history, for charts.
func (r *run) marks(window chart.Range) []chart.Mark {
	var marks []chart.Mark
	for _, s := range r.stamps[max(len(r.stamps)-maxMarks, 0):] {
		if x := s.At.Seconds(); x >= window.Min {
			marks = append(marks, chart.Mark{X: x, Label: s.Label})
		}
	}
	return marks
}

func (r *run) note(kind EventKind, text string) {
	r.tell(Event{At: r.system.Now(), Kind: kind, Text: text})
}

// tell puts an event into frames.
func (r *run) tell(e Event) {
	r.event = e
	r.events.keep = maxEvents
	r.events.add(r.event)
	r.noted++
}

// listen takes over what another run has told: those who listen are told of
// every event once, whichever run is the main one.
func (r *run) listen(other *run) {
	r.events = track[Event]{keep: maxEvents}
	for _, e := range other.events.view() {
		r.events.add(e)
	}
	r.noted = other.noted
}

// frame returns what there is to see now.
func (r *run) frame() *Frame {
	f := &Frame{
		Scenario: r.now,
		Time:     r.system.Now(),
		Halted:   r.system.Halted(),
		Event:    r.event,
		Events:   r.events.view(),
		Noted:    r.noted,
		Choices:  r.choices,
		Made:     r.made,
		Warnings: r.warnings,
		Session:  r.session,
		Stamps:   r.stamps,

		Predictions: r.predictions,
	}
	f.Session.until = f.Time
	r.observer.show(f)
	for i := range f.Stores {
		s := &f.Stores[i]
		s.Outage = r.system.Lasting(models.Fault{Kind: models.Crash, Target: partitionTarget(s.Name, 0)}, outage)
	}
	f.Marks = r.marks(f.Window)
	return f
}

// firstLine returns the first line of an error: one line is what there is for
// it on the screen.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
