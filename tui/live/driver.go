package live

import (
	"context"
	"errors"
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
	load    func(name string) (*models.Scenario, error)
	inbox   *inbox
	frame   atomic.Pointer[Frame]
	changed chan struct{}

	pacer   pacer
	run     run
	runs    int
	running bool
	stepTo  sim.Time // where a step ends
	dirty   bool     // something happened since the last frame
	urgent  bool     // and somebody waits to see it
}

// PanicError is a panic of the simulation, with the place where it happened.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("the simulation stopped with a bug: %v\n\n%s", e.Value, e.Stack)
}

// NewDriver returns a driver at the beginning of a scenario, which it copies.
// load finds the scenarios that Open names. The error says what does not fit
// in the scenario.
func NewDriver(scenario *models.Scenario, speed Speed, load func(name string) (*models.Scenario, error)) (*Driver, error) {
	d := &Driver{
		load:    load,
		inbox:   newInbox(),
		changed: make(chan struct{}, 1),
		pacer:   newPacer(speed),
		running: true,
	}
	if err := d.begin(scenario); err != nil {
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
	for _, command := range d.inbox.take() {
		command.obey(d)
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

// advance runs the system up to where it should be, for a turn at most. It
// returns the time until there is something to do again.
func (d *Driver) advance() time.Duration {
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
		d.pacer.timed(target-d.run.system.Now(), d.run.advance)
		d.dirty = true
	}
	if reason := d.run.system.Halted(); reason != "" {
		d.halt(reason)
		return forever
	}
	if !d.running {
		d.urgent = true // the end of a step
		return 0
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
		return d.pacer.due(now), true
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
	}
}

// begin starts a run of a scenario, and keeps the one there is if it cannot.
func (d *Driver) begin(scenario *models.Scenario) error {
	started, err := newRun(scenario)
	if err != nil {
		return err
	}
	d.run = *started
	d.runs++
	d.stepTo = 0
	d.pacer.start(0)
	d.pacer.piece = sim.Millisecond
	return nil
}

// publish makes a frame and puts it in the place of the one before.
func (d *Driver) publish() {
	f := d.run.frame()
	f.Run = d.runs
	f.Running = d.running
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
	d.running = !d.running
	d.stepTo = 0
	d.pacer.start(d.run.system.Now())
}

func (Step) obey(d *Driver) {
	d.running = false
	d.stepTo = d.run.sampleAt
}

func (c ChangeSpeed) obey(d *Driver) {
	d.pacer.speed = d.pacer.speed.next(c.Faster)
	d.pacer.start(d.run.system.Now())
}

func (c MakeMove) obey(d *Driver) { d.run.move(c.Move, c.Lane, c.Back) }

func (c Change) obey(d *Driver) { d.run.change(c.Label, c.Set) }

func (c Restart) obey(d *Driver) {
	again := d.run.session.start.Clone()
	if c.NextSeed {
		again.Seed++
	}
	if err := d.begin(again); err != nil {
		d.run.note(EventRefusal, "cannot restart: "+firstLine(err))
		return
	}
	d.running = true
}

func (c Open) obey(d *Driver) {
	scenario, err := d.open(c.Name)
	if err == nil {
		err = d.begin(scenario)
	}
	if err != nil {
		d.run.note(EventRefusal, fmt.Sprintf("cannot open %s: %s", c.Name, firstLine(err)))
		return
	}
	d.running = true
}

func (d *Driver) open(name string) (*models.Scenario, error) {
	if d.load == nil {
		return nil, errors.New("there are no other scenarios")
	}
	return d.load(name)
}
