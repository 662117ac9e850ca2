package live

import "onepen/sim"

// replay is a run on its way to an instant, doing again what was done to
// another one: since nothing but the scenario, the seed and what was done
// decides what happens, it arrives at the same state.
type replay struct {
	run   *run
	deeds []*deed // still to be done
	to    sim.Time
	since sim.Time   // where the record of the run begins; sim.Never = where a change says so
	then  func(*run) // takes over the run when it has arrived
	twin  bool       // the run will be a twin, else the main one
}

// Replay says how far a replay has come that the screen waits for.
type Replay struct {
	Twin bool    // it makes a twin; else it goes back
	Done float64 // of the way, 0 to 1
}

// newReplay begins a run that will do what was done up to an instant.
func newReplay(o origin, deeds []*deed, to sim.Time) (*replay, error) {
	r, err := newRun(o)
	if err != nil {
		return nil, err
	}
	return &replay{run: r, deeds: until(deeds, to), to: to, since: sim.Never}, nil
}

// advance moves the clock of the run by at most a span, not past what is to be
// done next. It returns by how much it did.
func (p *replay) advance(span sim.Time) sim.Time {
	from := p.run.system.Now()
	p.catchUp()
	stop := min(p.to, p.since)
	if len(p.deeds) > 0 {
		stop = min(stop, p.deeds[0].change.At)
	}
	if rest := stop - p.run.system.Now(); rest > 0 {
		p.run.advance(min(span, rest))
		p.catchUp()
	}
	return p.run.system.Now() - from
}

// catchUp does what was done up to now.
func (p *replay) catchUp() {
	for len(p.deeds) > 0 && p.deeds[0].change.At <= p.run.system.Now() {
		d := p.deeds[0]
		p.deeds = p.deeds[1:]
		p.run.repeat(d)
	}
	if p.since <= p.run.system.Now() {
		p.run.record.begin(p.run.system)
		p.since = sim.Never
	}
}

// arrived reports whether there is nothing left to replay.
func (p *replay) arrived() bool {
	left := len(p.deeds) > 0 || p.since <= p.to || p.run.system.Now() < p.to
	return !left || p.run.system.Halted() != ""
}

// progress says how far the replay has come.
func (p *replay) progress() *Replay {
	done := 1.0
	if p.to > 0 {
		done = min(p.run.system.Now().Seconds()/p.to.Seconds(), 1)
	}
	return &Replay{Twin: p.twin, Done: done}
}
