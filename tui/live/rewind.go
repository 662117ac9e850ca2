package live

import (
	"fmt"
	"time"

	"onepen/sim"
)

func (c Rewind) obey(d *Driver) {
	from := d.run.system.Now()
	if d.replay != nil && !d.replay.twin {
		from = d.replay.to // asked again before it arrived: further back
	}
	d.rewind(max(from-c.By, 0), "")
}

func (c RewindTo) obey(d *Driver) {
	label := ""
	for _, s := range d.run.stamps {
		if s.At == c.At {
			label = s.Label
			break
		}
	}
	d.rewind(max(c.At-1, 0), label)
}

// rewind begins to go back to an instant, before a change if it has a label.
// What was done up to the instant is done again.
func (d *Driver) rewind(to sim.Time, label string) {
	if to >= d.run.system.Now() {
		d.run.note(EventRefusal, "this is the beginning")
		return
	}
	old, twin := d.run, d.twin
	undone := len(old.session.deeds) - len(until(old.session.deeds, to))
	d.begins(old.origin, old.session.deeds, to, func(r *run) {
		r.listen(d.run)
		d.run, d.twin = r, nil
		d.running, d.stepTo = false, 0
		d.restoreTwin(twin, to)
		r.note(EventNote, backAt(to, label, undone))
	})
}

// backAt says where a rewind has come to.
func backAt(to sim.Time, label string, undone int) string {
	text := fmt.Sprintf("back at %v", to/sim.Millisecond*sim.Millisecond)
	if label != "" {
		text = fmt.Sprintf("back before %s", label)
	}
	switch undone {
	case 0:
	case 1:
		text += ", one change undone"
	default:
		text += fmt.Sprintf(", %d changes undone", undone)
	}
	return text + ": take another turn, space goes on"
}

// begins starts a replay that then hands over its run, in the place of one that
// is under way. The screen goes on showing the run there is until then.
func (d *Driver) begins(o origin, deeds []*deed, to sim.Time, then func(*run)) {
	p, err := newReplay(o, deeds, to)
	if err != nil { // what the scenario is read from is gone
		d.run.note(EventRefusal, "cannot replay the run: "+firstLine(err))
		return
	}
	p.then = then
	d.replay = p
}

// mustWait reports whether a command waits for the replay that is under way,
// since it is about the run that the replay will bring.
func (d *Driver) mustWait(c Command) bool {
	if d.replay == nil {
		return false
	}
	switch c.(type) {
	case Rewind, RewindTo, Restart, Open, Tell:
		return false
	case TurnTwin:
		return !d.replay.twin
	}
	return true
}

// advanceReplay runs a replay for a turn.
func (d *Driver) advanceReplay() time.Duration {
	p := d.replay
	d.pacer.begin()
	for !p.arrived() && !d.pacer.spent() {
		d.pacer.timed(sim.Second, p.advance)
	}
	d.dirty = true
	if p.arrived() {
		d.replay = nil
		p.then(p.run)
		d.pacer.start(d.run.system.Now())
		d.urgent = true
	}
	return 0
}
