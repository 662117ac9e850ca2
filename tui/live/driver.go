package live

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"onepen/models"
	"onepen/sim"
)

// Driver owns a running system. Send, Frame and Changed may be called from any
// goroutine, Run from one.
type Driver struct {
	options Options
	name    string // that the scenario is loaded by, or ""
	inbox   *inbox
	pending []Command // taken from the inbox and not yet obeyed
	frame   atomic.Pointer[Frame]
	changed chan struct{}

	pacer   pacer
	run     *run
	runs    int
	twin    *run // runs beside; nil = none does
	twinned TwinKind
	contest contest // of the two
	replay  *replay // that is waited for, or nil
	running bool
	stepTo  sim.Time // where a step ends
	stop    sim.Time // where the run is complete
	station station
	dirty   bool // something happened since the last frame
	urgent  bool // and somebody waits to see it
}

// PanicError is a panic of the simulation, with the place where it happened.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("the simulation stopped with a bug: %v\n\n%s", e.Value, e.Stack)
}

// Options say how a driver runs and what it can reach.
type Options struct {
	Speed Speed    // at first; 0 = 1
	Hold  bool     // the first run waits at its beginning
	Until sim.Time // where a run is complete and waits to be sent on; 0 = nowhere
	// Load finds the scenarios that Open names, and reads them anew; nil = there
	// are no others.
	Load func(name string) (*models.Scenario, error)
	// Name is what Load finds the first scenario by; "" = not at all.
	Name string
	// See is called with a frame every so often of simulated time, rounded up to
	// the spacing of samples, and at the end of a run. The run waits for it.
	See   func(*Frame)
	Every sim.Time // 0 = at the end alone
	// Same reports whether two scenarios are written alike, so that a restart
	// can say that a file has changed; nil = not known.
	Same func(a, b *models.Scenario) bool
}

// NewDriver returns a driver at the beginning of a scenario, which it copies.
// The error says what does not fit in the scenario.
func NewDriver(scenario *models.Scenario, options Options) (*Driver, error) {
	if options.Speed == 0 {
		options.Speed = 1
	}
	d := &Driver{
		options: options,
		name:    options.Name,
		inbox:   newInbox(),
		changed: make(chan struct{}, 1),
		pacer:   newPacer(options.Speed),
		running: !options.Hold,
	}
	if err := d.begin(origin{written: scenario.Clone()}); err != nil {
		return nil, err
	}
	d.publish()
	return d, nil
}

// Send asks the driver for something. It returns at once.
func (d *Driver) Send(c Command) { d.inbox.put(c) }

// Frame returns the newest frame.
func (d *Driver) Frame() *Frame { return d.frame.Load() }

// Changed receives when there is a frame newer than the one that Frame
// returned when it last received.
func (d *Driver) Changed() <-chan struct{} { return d.changed }

// Result returns what the run measured. It may be called once Run has returned.
func (d *Driver) Result() models.Result { return d.run.system.Result() }

// Run drives the simulation until the context ends. It returns nil then, and
// a *PanicError if the simulation panics.
func (d *Driver) Run(ctx context.Context) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	d.pacer.start(d.run.system.Now())
	for ctx.Err() == nil {
		wait := d.turn()
		if wait == 0 {
			continue
		}
		var alarm <-chan time.Time // of a nil channel nobody wakes up
		if wait > 0 {
			alarm = time.After(wait)
		}
		select {
		case <-ctx.Done():
		case <-d.inbox.ready:
		case <-alarm:
		}
	}
	return nil
}

// forever is the wait of a turn after which only a command can change
// anything.
const forever = -1

// turn runs what is due, obeys what was asked and publishes what is new. It
// returns how long nothing will be due.
func (d *Driver) turn() time.Duration {
	wait := d.advance()
	if d.obey() {
		d.dirty, d.urgent = true, true
		wait = 0
	}
	if !d.dirty {
		return wait
	}
	if rest := d.pacer.mayPublish(); rest > 0 && !d.urgent {
		if wait == forever {
			return rest
		}
		return min(wait, rest)
	}
	d.publish()
	return wait
}

// obey does what was asked for. What is about the run that a replay will bring
// waits for it. It reports whether anything was done.
func (d *Driver) obey() bool {
	d.pending = append(d.pending, d.inbox.take()...)
	done := 0
	for done < len(d.pending) && !d.mustWait(d.pending[done]) {
		d.pending[done].obey(d)
		done++
	}
	d.pending = d.pending[done:]
	return done > 0
}

// advance runs the system up to where it should be, for a turn at most. It
// returns the time until there is something to do again.
func (d *Driver) advance() time.Duration {
	if d.replay != nil {
		return d.advanceReplay()
	}
	target, ok := d.target()
	if !ok {
		return forever
	}
	d.pacer.begin()
	for d.run.system.Now() < target && d.run.system.Halted() == "" {
		if d.pacer.spent() {
			d.pacer.measure(d.run.system.Now())
			return 0
		}
		d.pacer.timed(target-d.run.system.Now(), d.advanceBoth)
		d.dirty = true
		d.see()
	}
	if reason := d.run.system.Halted(); reason != "" {
		d.halt(reason)
		return forever
	}
	if !d.running {
		d.urgent = true // the end of a step
		return 0
	}
	if d.run.system.Now() == d.stop {
		d.complete()
		return forever
	}
	if d.hold() {
		return forever
	}
	d.pacer.measure(d.run.system.Now())
	return min(d.pacer.until(d.run.sampleAt), 2*frameInterval)
}

// target returns the instant to which the clock should run now, false if it
// stands.
func (d *Driver) target() (sim.Time, bool) {
	now := d.run.system.Now()
	switch {
	case d.run.system.Halted() != "":
		return 0, false
	case d.running:
		return min(d.pacer.due(now), d.stop, d.station.holdAt), true
	case now < d.stepTo:
		return d.stepTo, true
	}
	return 0, false
}

// halt notes that the run cannot go on.
func (d *Driver) halt(reason string) {
	if d.running || d.stepTo > 0 {
		d.running, d.stepTo = false, 0
		d.run.note(EventHalt, "the run ended: "+reason)
		d.dirty, d.urgent = true, true
		d.seeEnd()
	}
}

// complete ends a run where it was asked to end. It can be sent on.
func (d *Driver) complete() {
	d.running = false
	d.run.note(EventNote, fmt.Sprintf("run complete, as asked at %v: any key goes on", d.stop))
	d.dirty, d.urgent = true, true
	d.seeEnd()
}

// completed reports whether the run stands where it was asked to end.
func (d *Driver) completed() bool { return !d.running && d.run.system.Now() == d.stop }

// sendOn lets a run that is complete go on.
func (d *Driver) sendOn() {
	if d.run.system.Now() >= d.stop {
		d.stop = sim.Never
	}
}

// begin starts a run, and keeps the one there is if it cannot.
func (d *Driver) begin(o origin) error {
	started, err := newRun(o)
	if err != nil {
		return err
	}
	d.stop = sim.Never
	if d.options.Until > 0 {
		d.stop = d.options.Until
	}
	d.run, d.twin, d.replay = started, nil, nil
	d.runs++
	d.stepTo = 0
	d.station = newStation(d.options.Every, started.observer.spacing)
	d.pacer.start(0)
	d.pacer.piece = sim.Millisecond
	return nil
}

// publish makes a frame and puts it in the place of the one before.
func (d *Driver) publish() {
	if d.pacer.mayPredict() {
		d.run.predict()
	}
	f := d.run.frame()
	f.Run = d.runs
	f.Twinned, f.Twin = d.twinned, d.twinFrame(f)
	if d.replay != nil {
		f.Replay = d.replay.progress()
	}
	f.Running = d.running
	f.Complete = d.completed()
	f.Speed, f.Pace = d.pacer.speed, d.pacer.pace
	d.frame.Store(f)
	d.pacer.publish()
	d.dirty, d.urgent = false, false
	ring(d.changed)
}

func (TogglePause) obey(d *Driver) {
	if d.run.system.Halted() != "" {
		return
	}
	d.sendOn()
	d.running = !d.running
	d.stepTo = 0
	d.pacer.start(d.run.system.Now())
}

func (Step) obey(d *Driver) {
	d.sendOn()
	d.running = false
	d.stepTo = d.run.sampleAt
}

func (c ChangeSpeed) obey(d *Driver) {
	d.pacer.speed = d.pacer.speed.next(c.Faster)
	d.pacer.start(d.run.system.Now())
}

func (c Tell) obey(d *Driver) {
	kind := EventNote
	if c.Refused {
		kind = EventRefusal
	}
	d.run.note(kind, c.Text)
}

func (c MakeMove) obey(d *Driver) { d.changedForGood(d.run.move(c.Move, c.Lane, c.Back)) }

func (c Change) obey(d *Driver) {
	made := deed{label: c.Label, change: models.Change{Set: c.Set}, good: true}
	if d.run.now.Lane(c.Lane) != nil {
		made.move = &Made{Name: c.Label, Lane: c.Lane}
	}
	d.changedForGood(d.run.do(made))
}

func (c Inflict) obey(d *Driver) { d.befall(d.run.inflict(c.Incident)) }
