package live

import "onepen/sim"

// station is what a driver stops for on the way: instants at which somebody
// wants to see the run, whatever the wall clock says, and one at which the run
// is to wait.
type station struct {
	every  sim.Time // 0 = nobody wants to see it at certain instants
	seeAt  sim.Time // the next of them
	holdAt sim.Time // where the run waits; sim.Never = nowhere
}

// newStation returns the stations of a run that is sampled at some spacing:
// frames to see are those of samples.
func newStation(every, spacing sim.Time) station {
	s := station{holdAt: sim.Never}
	if every > 0 {
		s.every = (every + spacing - 1) / spacing * spacing
		s.seeAt = s.every
	}
	return s
}

// PauseAt lets the run go on up to an instant and wait there: at once if that
// has passed.
type PauseAt struct{ At sim.Time }

func (c PauseAt) obey(d *Driver) {
	if d.run.system.Halted() != "" {
		return
	}
	d.station.holdAt = max(c.At, d.run.system.Now())
	d.running, d.stepTo = true, 0
	d.pacer.start(d.run.system.Now())
}

// hold lets the run wait, if it stands where it was asked to.
func (d *Driver) hold() bool {
	if d.run.system.Now() < d.station.holdAt {
		return false
	}
	d.running, d.station.holdAt = false, sim.Never
	d.dirty, d.urgent = true, true
	return true
}

// see shows a frame to who wants to see one at this instant.
func (d *Driver) see() {
	if s := &d.station; s.every > 0 && d.run.system.Now() >= s.seeAt {
		s.seeAt += s.every
		d.seeEnd()
	}
}

// seeEnd shows a frame to who wants to see some: the last one of a run.
func (d *Driver) seeEnd() {
	if d.options.See != nil {
		d.run.predict()
		d.publish()
		d.options.See(d.Frame())
	}
}
