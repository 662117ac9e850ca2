package tui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/gdamore/tcell/v2"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/live"
)

// Options say how the live screen looks and what it can reach. The zero value
// is usable.
type Options struct {
	// Load finds the scenario of a name from the list; nil = there is no list.
	Load func(name string) (*models.Scenario, error)
	// Shipped is the list of scenarios to choose from.
	Shipped []Shipped
	// Name is what Load finds the first scenario by: the name of one of the list,
	// or of a file, which then stands first in the list. A restart reads it
	// again. Empty means that it cannot be read again.
	Name string
	// Until is where the run is complete: it pauses there, and any key lets it go
	// on. 0 = nowhere.
	Until sim.Time
	// Version is that of the program, for the files that are exported.
	Version string
	// Speed is how fast the simulated clock runs at first: simulated seconds per
	// second; +Inf = as fast as the machine can, 0 = 1.
	Speed float64
	// Palette is the choice of colours.
	Palette Palette
	// ASCII draws without braille and boxes. It is chosen anyway on a terminal
	// that cannot be expected to show them.
	ASCII bool
	// Screen is where to draw; nil = the terminal of the process. With a Screen
	// given, the environment and the signals of the process play no part.
	Screen tcell.Screen

	// Demo is shown step by step; nil = none. The scenario to run is the demo's.
	Demo *experiments.Demo
	// Large shows fewer and larger panels, for those who sit far away.
	Large bool

	copyTo   string // the file that copies go to, or ""
	exportTo string // the folder to export to; "" = the current one

	ended func(*live.Driver) // for tests: called at the end, or nil
	drawn func(tcell.Screen) // for tests: called after every drawing, or nil
}

// Shipped is an entry of the list of scenarios.
type Shipped = experiments.Listing

// ParsePalette reads auto, light, dark or none.
func ParsePalette(text string) (Palette, error) {
	i := slices.Index(Palettes(), text)
	if i < 0 {
		return 0, fmt.Errorf("palette %q: must be one of %s", text, strings.Join(Palettes(), ", "))
	}
	return Palette(i), nil
}

// Run shows a scenario live until the person at the screen quits, which is no
// error. It returns an error if the scenario cannot run, if there is no
// terminal, if the simulation or the screen panics, and context.Canceled if the
// context ends or a signal asks the process to. The terminal is restored before
// it returns, whatever the reason.
func Run(ctx context.Context, scenario *models.Scenario, opts Options) error {
	speed := live.Speed(opts.Speed)
	switch {
	case speed == 0:
		speed = 1
	case !(speed > 0):
		return fmt.Errorf("speed %v: must be more than 0", opts.Speed)
	}
	driver, err := live.NewDriver(scenario, live.Options{
		Speed: speed, Hold: opts.Demo != nil, Until: opts.Until, Load: opts.Load, Name: opts.Name, Same: writtenAlike,
	})
	if err != nil {
		return err
	}
	look := newLook(opts.Palette, opts.ASCII)
	if opts.Screen == nil {
		env := environment(os.Getenv)
		if opts.Palette == PaletteAuto {
			opts.Palette = env.palette()
		}
		look = newLook(opts.Palette, opts.ASCII || env.ascii())
		if file, err := copyFile(); err == nil { // else the clipboard must do
			opts.copyTo = file
		}
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer stop()
	}
	err = show(ctx, driver, look, opts)
	if opts.ended != nil {
		opts.ended(driver)
	}
	return err
}

// writtenAlike reports whether two scenarios would be written alike.
func writtenAlike(a, b *models.Scenario) bool {
	return bytes.Equal(experiments.Format(a), experiments.Format(b))
}

// show runs driver and screen until one of them ends.
func show(ctx context.Context, driver *live.Driver, l *look, opts Options) error {
	asked := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	driven := make(chan error, 1)
	go func() {
		defer cancel() // nothing moves any more
		driven <- driver.Run(ctx)
	}()
	s := newScreen(driver, l, opts)
	followed := make(chan struct{})
	s.drawn = opts.drawn
	s.export.ctx = ctx
	s.start = func(t tcell.Screen) {
		go func() {
			defer close(followed)
			s.follow(ctx, t)
		}()
	}
	shown := s.run(opts.Screen)
	cancel()
	s.export.wait()
	err := <-driven
	s.started.Do(func() { close(followed) }) // the terminal never was ours
	<-followed
	return errors.Join(err, shown, asked.Err())
}

// run shows the screen until it is stopped. It returns after the terminal was
// restored.
func (s *screen) run(t tcell.Screen) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("the screen stopped with a bug: %v\n\n%s", value, debug.Stack())
		}
	}()
	s.app.SetScreen(t)
	if err := s.app.Run(); err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	return nil
}
