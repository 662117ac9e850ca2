package live

import (
	"errors"
	"fmt"

	"onepen/models"
)

func (c Restart) obey(d *Driver) {
	written, remark := d.reread()
	if c.NextSeed {
		d.reseeded++
	}
	var kept []models.Assignment
	var made *Made
	if c.KeepMoves {
		kept, made = d.run.kept, d.run.keptMove()
	}
	if err := d.begin(written, kept); err != nil {
		d.run.note(EventRefusal, "cannot restart: "+firstLine(err))
		return
	}
	d.running = true
	d.run.made = made
	switch {
	case remark != "":
		d.run.note(EventNote, remark)
	case c.KeepMoves && len(kept) > 0:
		d.run.note(EventNote, "began with the moves made: "+describe(&models.Change{Set: kept}))
	case c.KeepMoves:
		d.run.note(EventNote, "began as written: no moves were made")
	}
}

// reread returns the scenario as it is written now, and what to say about that.
// What cannot be read is as it was.
func (d *Driver) reread() (written *models.Scenario, remark string) {
	before := d.run.written
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
// compared with what was before the move in this run.
func (r *run) keptMove() *Made {
	if r.made == nil {
		return nil
	}
	kept := *r.made
	kept.Kept, kept.At, kept.tally = true, 0, tally{}
	return &kept
}

func (c Open) obey(d *Driver) {
	reseeded := d.reseeded
	d.reseeded = 0
	scenario, err := d.open(c.Name)
	if err == nil {
		err = d.begin(scenario, nil)
	}
	if err != nil {
		d.reseeded = reseeded
		d.run.note(EventRefusal, fmt.Sprintf("cannot open %s: %s", c.Name, firstLine(err)))
		return
	}
	d.name = c.Name
	d.running = true
}

func (d *Driver) open(name string) (*models.Scenario, error) {
	if d.options.Load == nil {
		return nil, errors.New("there are no other scenarios")
	}
	return d.options.Load(name)
}
