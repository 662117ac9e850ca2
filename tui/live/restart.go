package live

import (
	"errors"
	"fmt"
	"strings"

	"onepen/models"
)

func (c Restart) obey(d *Driver) {
	written, remark := d.reread()
	start := origin{written: written, reseeded: d.run.origin.reseeded}
	if c.NextSeed {
		start.reseeded++
	}
	if c.KeepMoves {
		start.kept, start.made = d.run.lasting(), d.run.keptMove()
	}
	if err := d.begin(start); err != nil {
		d.run.note(EventRefusal, "cannot restart: "+firstLine(err))
		return
	}
	d.running = true
	d.retwin()
	switch {
	case remark != "":
		d.run.note(EventNote, remark)
	case c.KeepMoves && len(start.kept) > 0:
		d.run.note(EventNote, "began with the moves made: "+labels(start.kept))
	case c.KeepMoves:
		d.run.note(EventNote, "began as written: no moves were made")
	}
}

// reread returns the scenario as it is written now, and what to say about that.
// What cannot be read is as it was.
func (d *Driver) reread() (written *models.Scenario, remark string) {
	before := d.run.origin.written
	if d.name == "" || d.options.Load == nil {
		return before.Clone(), ""
	}
	now, err := d.options.Load(d.name)
	if err != nil {
		return before.Clone(), fmt.Sprintf("as it was, since %s cannot be read: %s", d.name, firstLine(err))
	}
	if d.options.Same == nil || d.options.Same(before, now) {
		return now, ""
	}
	return now, d.name + " has changed: read again"
}

// keptMove returns the last move as a run shows it that begins with it, to be
// compared with what was before the move in this run, when it is as old.
func (r *run) keptMove() *Made {
	if r.made == nil {
		return nil
	}
	kept := *r.made
	kept.At, kept.InFlight, kept.tally = 0, 0, tally{}
	return &kept
}

// labels names deeds.
func labels(deeds []*deed) string {
	var texts []string
	for _, d := range deeds {
		texts = append(texts, d.label)
	}
	return strings.Join(texts, ", ")
}

func (c Open) obey(d *Driver) {
	scenario, err := d.open(c.Name)
	if err == nil {
		err = d.begin(origin{written: scenario})
	}
	if err != nil {
		d.run.note(EventRefusal, fmt.Sprintf("cannot open %s: %s", c.Name, firstLine(err)))
		return
	}
	d.name = c.Name
	d.running = true
	d.twinned = NoTwin
}

func (d *Driver) open(name string) (*models.Scenario, error) {
	if d.options.Load == nil {
		return nil, errors.New("there are no other scenarios")
	}
	return d.options.Load(name)
}
