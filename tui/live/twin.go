package live

import (
	"fmt"
	"slices"

	"onepen/sim"
	"onepen/tui/chart"
)

// TwinKind says what a twin leaves out.
type TwinKind uint8

// The kinds of twins.
const (
	NoTwin      TwinKind = iota // nothing runs beside
	WithoutLast                 // the last change for good
	WithoutAny                  // all of them
)

var twinKinds = [...]string{"none", "without the last change", "without changes"}

func (k TwinKind) String() string { return twinKinds[k] }

// Twin is what runs beside: the same scenario on the same random draws, up to
// the same instant, without some changes.
type Twin struct {
	Frame *Frame // as a screen would show it alone
	// Name says how it differs: "batch off".
	Name  string
	Apart sim.Time // from where on the two differ
	Since sim.Time // from where on they are compared
	// Differences are per lane, and empty as long as nothing can be compared.
	Differences [][]Difference
}

func (TurnTwin) obey(d *Driver) {
	d.replay = nil
	changes := len(d.run.lasting())
	switch {
	case d.twinned == NoTwin:
		d.twinned = WithoutLast
	case d.twinned == WithoutLast && changes > 1:
		d.twinned = WithoutAny
	default:
		d.twinned = NoTwin
	}
	d.retwin()
	switch {
	case d.twinned == NoTwin:
		d.run.note(EventNote, "the twin is gone")
	case changes == 0:
		d.run.note(EventNote, "a twin will go on without the next move")
	}
}

func (SwitchTwin) obey(d *Driver) {
	if d.twin == nil {
		d.run.note(EventRefusal, "there is no twin to switch with")
		return
	}
	d.twin.listen(d.run)
	d.run, d.twin = d.twin, d.run
	d.run.note(EventNote, "switched: the twin is the main run now, and beside it runs "+twinName(d.run, d.twin))
}

// retwin makes the twin that is asked for: a run that leaves out what it
// should, replayed up to now. Before there is anything to leave out none is
// needed.
func (d *Driver) retwin() {
	d.twin = nil
	left := d.run.lasting()
	if d.twinned == NoTwin || len(left) == 0 {
		return
	}
	if d.twinned == WithoutLast {
		left = left[len(left)-1:]
	}
	d.makeTwin(d.run.origin.without(left), dropped(d.run.session.deeds, left))
}

// makeTwin begins to replay a twin up to now, compared as the run is.
func (d *Driver) makeTwin(o origin, deeds []*deed) {
	to, record := d.run.system.Now(), d.run.record
	d.begins(o, deeds, to, func(r *run) { d.twin = r })
	if d.replay != nil {
		d.replay.twin = true
		if record.length > 0 {
			d.replay.since = record.since
		}
	}
}

// restoreTwin makes the twin that there was anew after the run went back to an
// instant, if the two still differ; else the one that is asked for.
func (d *Driver) restoreTwin(twin *run, to sim.Time) {
	if twin == nil {
		d.retwin()
		return
	}
	deeds := until(twin.session.deeds, to)
	without, with := unlike(d.run.lasting(), append(slices.Clone(twin.origin.kept), deeds...))
	if len(without)+len(with) == 0 {
		d.retwin()
		return
	}
	d.makeTwin(twin.origin, deeds)
}

// changedForGood sees to the twin after a change of the run, nil if there was
// none.
func (d *Driver) changedForGood(done *deed) {
	switch {
	case done == nil:
	case d.twinned == WithoutAny && d.twin != nil && len(d.twin.lasting()) == 0:
		d.twin.record.begin(d.twin.system)
	default:
		d.retwin()
	}
}

// befall lets what befell the run befall the twin too.
func (d *Driver) befall(done *deed) {
	if done != nil && d.twin != nil && d.twin.do(*done) == nil {
		d.run.note(EventNote, done.label+" does not befall the twin: "+d.twin.event.Text)
	}
}

// advanceBoth moves run and twin by at most a span, to the same instant. It
// returns by how much it did.
func (d *Driver) advanceBoth(span sim.Time) sim.Time {
	moved := d.run.advance(span)
	if d.twin == nil || d.twin.system.Halted() != "" {
		return moved
	}
	for now := d.run.system.Now(); d.twin.system.Now() < now; {
		d.twin.advance(now - d.twin.system.Now())
		if reason := d.twin.system.Halted(); reason != "" {
			d.run.note(EventNote, "the twin ended: "+reason)
			break
		}
	}
	return moved
}

// twinFrame returns what there is to see of the twin.
func (d *Driver) twinFrame(main *Frame) *Twin {
	if d.twin == nil {
		return nil
	}
	f := d.twin.frame()
	for i := range f.Lanes {
		shareScales(&main.Lanes[i], &f.Lanes[i])
	}
	return &Twin{
		Frame: f, Name: twinName(d.run, d.twin), Apart: apart(d.run, d.twin), Since: d.run.record.since,
		Differences: d.contest.of(&d.run.record, &d.twin.record),
	}
}

// shareScales lets the charts of two lanes be drawn into one another.
func shareScales(a, b *Lane) {
	share := func(a, b *chart.Scale) {
		a.Min, a.Max = min(a.Min, b.Min), max(a.Max, b.Max)
		*b = *a
	}
	share(&a.PiledScale, &b.PiledScale)
	share(&a.AckScale, &b.AckScale)
	share(&a.RateScale, &b.RateScale)
}

// unlike returns the changes for good that one of two has and the other has
// not.
func unlike(main, twin []*deed) (without, with []*deed) {
	return dropped(good(main), twin), dropped(good(twin), main)
}

// good returns the changes for good among deeds.
func good(deeds []*deed) []*deed {
	return slices.DeleteFunc(slices.Clone(deeds), func(d *deed) bool { return !d.good })
}

// twinName says how a twin differs from a run.
func twinName(main, twin *run) string {
	without, with := unlike(main.lasting(), twin.lasting())
	switch {
	case len(without) == 1 && len(with) == 0:
		return without[0].undone()
	case len(without) == 0 && len(with) == 1:
		return with[0].label
	case len(with) == 0:
		return fmt.Sprintf("without %d changes", len(without))
	case len(without) == 0:
		return fmt.Sprintf("with %d more changes", len(with))
	}
	return fmt.Sprintf("without %d changes, with %d others", len(without), len(with))
}

// apart returns the instant from which on a twin differs from a run.
func apart(main, twin *run) sim.Time {
	without, with := unlike(main.lasting(), twin.lasting())
	first := sim.Never
	for _, d := range append(without, with...) {
		if slices.Contains(main.origin.kept, d) || slices.Contains(twin.origin.kept, d) {
			return 0
		}
		first = min(first, d.change.At)
	}
	return first
}

// undone names how things are without a change.
func (d *deed) undone() string {
	if d.move == nil || d.move.From == "" {
		return "without " + d.label
	}
	return d.move.Name + " " + d.move.From
}
