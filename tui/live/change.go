package live

import (
	"fmt"
	"slices"
	"strings"

	"onepen/models"
	"onepen/sim"
)

// ending is the instant at which something temporary is over.
type ending struct {
	at    sim.Time
	label string
	paths []string // of the parameters that go back to what they were
}

// move makes a move for a lane.
func (r *run) move(number int, lane string, back bool) {
	m := &moves[number]
	choice := m.Choose(r.system.Scenario(), r.written, lane, back)
	if choice.Reason != "" {
		r.note(EventRefusal, fmt.Sprintf("%s stays %s: %s", m.Name, choice.Setting, choice.Reason))
		return
	}
	before := r.frame()
	if !r.keep(fmt.Sprintf("%s %s", m.Name, choice.Next), choice.Set) {
		return
	}
	l := &before.Lanes[slices.IndexFunc(before.Lanes, func(l Lane) bool { return l.Name == lane })]
	r.made = &Made{
		Move: number, Lane: lane, From: choice.Setting, To: choice.Next, Home: choice.Home, Effect: choice.Effect,
		At: r.system.Now(), Before: before.Standing(l, 0, before.Sampled), tally: before.tally(l),
	}
}

// keep sets parameters for good.
func (r *run) keep(label string, set []models.Assignment) bool {
	if !r.change(label, models.Change{Set: set}) {
		return false
	}
	r.kept = append(slices.Clip(r.kept), set...)
	return true
}

// inflict makes an incident happen, if it can.
func (r *run) inflict(i *Incident) {
	reason := i.Reason
	if until, on := r.temporary(i.Change); on && reason == "" {
		reason = fmt.Sprintf("one is on until %v", until)
	}
	if reason != "" {
		r.note(EventRefusal, fmt.Sprintf("%s cannot happen now: %s", i.Name, reason))
		return
	}
	r.change(i.Name, i.Change)
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

// change makes a change now, and records and reports that it did.
func (r *run) change(label string, c models.Change) bool {
	r.passEndings()
	if err := r.system.Make(c); err != nil {
		r.note(EventRefusal, "not changed: "+firstLine(err))
		return false
	}
	c.At = r.system.Now()
	r.session.add(c)
	if label == "" {
		label = describe(&c)
	}
	r.expect(&c, label)
	r.changed()
	r.mark(c.At, label)
	r.note(EventChange, label+"  ("+describe(&c)+")")
	return true
}

// passEndings moves the clock on, by a nanosecond, if something temporary was
// over at this very instant. The system runs endings after all other changes of
// their instant, so that one made later could not be replayed in its order.
func (r *run) passEndings() {
	for _, change := range [][]models.Change{r.session.start.Timeline, r.session.changes} {
		for i := range change {
			if r.endOf(&change[i]) == r.system.Now() {
				r.system.RunUntil(r.system.Now() + 1)
				r.passEndings()
				return
			}
		}
	}
}

// endOf returns when a change is over; a change for good never is.
func (r *run) endOf(c *models.Change) sim.Time {
	span := c.For
	if c.Fault.Kind == models.Crash {
		if s := r.replicated(c.Fault.Target); s != nil && (span == 0 || s.Failover < span) {
			span = s.Failover // a follower takes over
		}
	}
	if span == 0 {
		return sim.Never
	}
	return c.At + span
}

// replicated returns the store whose part a fault befalls, if followers can
// take over from it.
func (r *run) replicated(target string) *models.Store {
	section, rest, _ := strings.Cut(target, ".")
	name, _, _ := strings.Cut(rest, ".")
	if s := r.session.start.Store(name); section == "stores" && s != nil && s.Replicas > 1 {
		return s
	}
	return nil
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
		r.mark(change.At, describe(change))
		r.event = Event{At: change.At, Kind: EventChange, Text: describe(change) + " (timeline of the scenario)"}
	}
}

// noteEndings notes what was temporary and is over.
func (r *run) noteEndings(now sim.Time) {
	for len(r.endings) > 0 && r.endings[0].at <= now {
		e := r.endings[0]
		r.endings = r.endings[1:]
		r.changed()
		r.mark(e.at, "over")
		r.event = Event{At: e.at, Kind: EventChange, Text: e.label + " is over"}
	}
}

// describe names what a change does.
func describe(c *models.Change) string {
	var texts []string
	for _, a := range c.Set {
		texts = append(texts, a.Path+" = "+a.Value)
	}
	if f := &c.Fault; f.Kind != models.NoFault {
		text := f.Kind.String() + " " + f.Target
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
