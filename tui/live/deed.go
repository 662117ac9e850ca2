package live

import (
	"slices"

	"onepen/models"
)

// deed is a change that a person made to a run. It is not changed any more once
// it was done: runs that replay one another, and a run and its twin, share it.
type deed struct {
	change models.Change // At is when it was done
	label  string        // for charts
	good   bool          // for good: a move or a setting; else an incident
	move   *Made         // as a move, without what was measured; nil if what it brought is not told
}

// origin is what a run begins with.
type origin struct {
	written  *models.Scenario // as it was written
	reseeded uint64           // seeds that the run is on from the one written
	kept     []*deed          // changes for good of earlier runs, made from the start
	made     *Made            // the last of them as this run shows it, or nil
}

// start returns the scenario that the run begins with.
func (o *origin) start() (*models.Scenario, error) {
	start := o.written.Clone()
	start.Seed += o.reseeded
	for _, d := range o.kept {
		for _, a := range d.change.Set {
			if err := start.Set(a.Path, a.Value); err != nil {
				return nil, err
			}
		}
	}
	return start, nil
}

// without returns the origin without some of what was kept.
func (o *origin) without(left []*deed) origin {
	other := *o
	other.kept = dropped(o.kept, left)
	if len(other.kept) < len(o.kept) {
		other.made = nil
	}
	return other
}

// dropped returns deeds without those that are left out.
func dropped(deeds, left []*deed) []*deed {
	return slices.DeleteFunc(slices.Clone(deeds), func(d *deed) bool { return slices.Contains(left, d) })
}

// lasting returns the changes for good that a run began with or was given, in
// the order in which they were made.
func (r *run) lasting() []*deed {
	all := slices.Clone(r.origin.kept)
	for _, d := range r.session.deeds {
		if d.good {
			all = append(all, d)
		}
	}
	return all
}
