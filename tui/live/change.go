package live

import (
	"fmt"
	"slices"
	"strings"

	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
)

// ending is the instant at which something temporary is over.
type ending struct {
	at    sim.Time
	label string
	paths []string // of the parameters that go back to what they were
}

// move makes a move for a lane. It returns what was done, nil if nothing was.
func (r *run) move(number int, lane string, back bool) *deed {
	m := &moves[number]
	choice := m.Choose(r.system.Scenario(), r.origin.written, lane, back)
	if choice.Reason != "" {
		r.note(EventRefusal, fmt.Sprintf("%s stays %s: %s", m.Name, choice.Setting, choice.Reason))
		return nil
	}
	return r.do(deed{
		change: models.Change{Set: choice.Set},
		label:  fmt.Sprintf("%s %s", m.Name, choice.Next),
		good:   true,
		move: &Made{
			Name: m.Name, Lane: lane, From: choice.Setting, To: choice.Next, Home: choice.Home, Effect: choice.Effect,
		},
	})
}

// do changes the run now, and records and reports that it did. It returns what
// was done, nil if that was refused.
func (r *run) do(d deed) *deed {
	d.change.At = r.system.Now()
	if d.label == "" {
		d.label = describe(&d.change)
	}
	d.change.Set = slices.Clone(d.change.Set)
	if !r.repeat(&d) {
		return nil
	}
	return &d
}

// repeat does what was done to another run, now.
func (r *run) repeat(d *deed) bool {
	var before *Frame
	if d.move != nil {
		before = r.frame()
	}
	if err := r.system.Make(d.change); err != nil {
		r.note(EventRefusal, "not changed: "+firstLine(err))
		return false
	}
	r.session.add(d)
	r.expect(&d.change, d.label)
	r.changed()
	r.stamp(d.change.At, d.label)
	r.note(EventChange, d.label+"  ("+describe(&d.change)+")")
	if d.good {
		r.record.begin(r.system)
	}
	if before != nil {
		r.made = d.move.measured(before)
	}
	return true
}

// inflict makes an incident happen, if it can. It returns what was done, nil if
// nothing was.
func (r *run) inflict(i *Incident) *deed {
	reason := i.Reason
	if until, on := r.temporary(i.Change); on && reason == "" {
		reason = fmt.Sprintf("one is on until %s", chart.Clock(until.Seconds()))
	}
	if reason != "" {
		r.note(EventRefusal, fmt.Sprintf("%s cannot happen now: %s", i.Name, reason))
		return nil
	}
	return r.do(deed{change: i.Change, label: i.Name})
}

// temporary reports until when a parameter of a temporary change has another
// temporary value: it would go back to that, and stay there.
func (r *run) temporary(c models.Change) (until sim.Time, on bool) {
	if c.For == 0 {
		return 0, false
	}
	for _, e := range r.endings {
		for _, a := range c.Set {
			if slices.Contains(e.paths, a.Path) {
				return e.at, true
			}
		}
	}
	return 0, false
}

// endOf returns when a change that was made just now is over; a change for good
// never is.
func (r *run) endOf(c *models.Change) sim.Time {
	span := c.For
	if c.Fault.Kind != models.NoFault {
		span = r.system.Lasting(c.Fault, span)
	}
	if span == 0 {
		return sim.Never
	}
	return c.At + span
}

// expect plans to report the end of a change.
func (r *run) expect(c *models.Change, label string) {
	at := r.endOf(c)
	if at == sim.Never {
		return
	}
	e := ending{at: at, label: label}
	for _, a := range c.Set {
		e.paths = append(e.paths, a.Path)
	}
	after := slices.IndexFunc(r.endings, func(other ending) bool { return other.at > at })
	if after < 0 {
		after = len(r.endings)
	}
	r.endings = slices.Insert(r.endings, after, e)
}

// noteScript notes the changes of the scenario's own timeline as they come.
func (r *run) noteScript(now sim.Time) {
	script := r.session.start.Timeline
	for r.scripted < len(script) && script[r.scripted].At <= now {
		change := &script[r.scripted]
		r.scripted++
		r.expect(change, describe(change))
		r.changed()
		r.stamp(change.At, brief(change))
		r.tell(Event{At: change.At, Kind: EventChange, Text: describe(change) + " (timeline of the scenario)"})
	}
}

// noteEndings notes what was temporary and is over.
func (r *run) noteEndings(now sim.Time) {
	for len(r.endings) > 0 && r.endings[0].at <= now {
		e := r.endings[0]
		r.endings = r.endings[1:]
		r.changed()
		r.stamp(e.at, "over")
		r.tell(Event{At: e.at, Kind: EventChange, Text: e.label + " is over"})
	}
}

// describe names what a change does.
func describe(c *models.Change) string {
	return inWords(c, " = ", func(path string) string { return path })
}

// brief is describe for where there is less room, as on charts: it leaves out
// whether it is a lane, a store or an allocator.
func brief(c *models.Change) string {
	return inWords(c, " ", func(path string) string {
		_, within, _ := strings.Cut(path, ".")
		return within
	})
}

// inWords names what a change does: parameters and targets as called, and
// between a parameter and its value what sets it.
func inWords(c *models.Change, sets string, called func(path string) string) string {
	var texts []string
	for _, a := range c.Set {
		texts = append(texts, called(a.Path)+sets+a.Value)
	}
	if f := &c.Fault; f.Kind != models.NoFault {
		text := f.Kind.String() + " " + called(f.Target)
		if f.Kind == models.Slow {
			text += fmt.Sprintf(" by %g", f.By)
		}
		texts = append(texts, text)
	}
	text := strings.Join(texts, ", ")
	if c.For > 0 {
		text += " for " + c.For.String()
	}
	return text
}
