package tui

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// screen ties the terminal to the view and the driver. Its methods run on the
// goroutine of the application unless they say otherwise.
type screen struct {
	app    *tview.Application
	pages  *tview.Pages
	panels *panels
	driver *live.Driver
	view   view
	look   *look
	inks   inkwell
	shown  shown           // at the last drawing
	dialog tview.Primitive // the one that is open, or nil
	export exporter

	player   *player      // of a demo, or nil
	terminal tcell.Screen // once it is ours
	copyTo   string       // the file that copies go to, or ""

	started sync.Once
	start   func(tcell.Screen) // called once the terminal is ours
	drawn   func(tcell.Screen) // for tests: called after every drawing, or nil
}

// keyWake is a key no terminal has. Posting it makes the application draw: of
// all ways to do so from another goroutine it is the one that can neither block
// nor be late for an application that has stopped.
const keyWake = tcell.Key(-1)

func newScreen(d *live.Driver, l *look, opts Options) *screen {
	s := &screen{
		app:    tview.NewApplication(),
		pages:  tview.NewPages(),
		driver: d,
		view:   newView(opts, d.Frame().Scenario),
		look:   l,
		copyTo: opts.copyTo,
		inks:   newInkwell(l.palette),
		export: exporter{folder: opts.exportTo, version: opts.Version},
	}
	s.panels = newPanels(s)
	s.pages.AddPage(pagePanels, s.panels, true, true)
	s.pages.SetBackgroundColor(tcell.ColorDefault)
	s.player = newPlayer(opts.Demo, d.Frame())
	s.followDemo()
	s.app.SetRoot(s.pages, true).EnableMouse(true).SetInputCapture(s.key)
	s.app.SetAfterDrawFunc(func(t tcell.Screen) {
		s.terminal = t
		s.started.Do(func() { s.start(t) })
		if s.drawn != nil {
			s.drawn(t)
		}
	})
	return s
}

const (
	pagePanels = "panels"
	pageDialog = "dialog"
)

// follow makes the application draw when there is a new frame, twenty times a
// second at most, and stops it when the context ends. It runs on a goroutine of
// its own.
func (s *screen) follow(ctx context.Context, t tcell.Screen) {
	defer s.app.Stop()
	changed := s.driver.Changed()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		for t.PostEvent(tcell.NewEventKey(keyWake, 0, tcell.ModNone)) != nil {
			// The queue of events is full. They are drawn one by one, but the last
			// of them may be drawn before this frame came.
			if !pause(ctx, frameInterval) {
				return
			}
		}
		if !pause(ctx, frameInterval) {
			return
		}
	}
}

// frameInterval is the shortest time between two drawings that nobody asked
// for.
const frameInterval = 50 * time.Millisecond

// pause waits, and reports false if the context ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// key handles every key before a dialog does. What it returns goes to the
// dialog.
func (s *screen) key(event *tcell.EventKey) *tcell.EventKey {
	if event.Key() == keyWake {
		s.followDemo()
		return nil // draws
	}
	name := keyName(event)
	if s.dialog != nil {
		switch {
		case name == "esc", !s.view.dialog.takesLetters() && (name == "q" || name == "?"): // a form takes letters
			s.close()
			return nil
		case name == "ctrl-c":
			s.app.Stop()
			return nil
		}
		return event
	}
	s.press(name)
	return nil
}

// followDemo does what a demo has to do now.
func (s *screen) followDemo() {
	if s.player != nil {
		s.perform(s.player.follow(s.driver.Frame()))
	}
}

// perform sends what a demo asks for, and shows what it says.
func (s *screen) perform(commands []live.Command, say string) {
	for _, c := range commands {
		s.driver.Send(c)
	}
	if say != "" {
		s.view.caption = say
	}
}

// press does what a key asks for.
func (s *screen) press(key string) {
	if s.player != nil && s.player.asked && (key == "space" || key == "enter") {
		s.perform(s.player.answer())
		return
	}
	if s.player != nil && s.player.over && key == "esc" {
		s.view.caption = ""
	}
	effect := s.view.press(key, s.driver.Frame())
	if effect.command != nil {
		s.driver.Send(effect.command)
	}
	if effect.copy {
		s.copy()
	}
	if effect.quit {
		s.app.Stop()
	}
	switch s.view.dialog {
	case dialogScenarios:
		s.open(newScenarioList(s))
	case dialogHelp:
		s.open(newHelp(s))
	case dialogFaults:
		s.open(newFaultList(s))
	case dialogOpen:
		s.open(newOpenFile(s))
	case dialogSettings:
		s.open(newSettings(s))
	case dialogDetails:
		s.open(newDetails(s))
	case dialogBack:
		s.open(newBackList(s))
	case dialogExport:
		s.open(newExportList(s))
	}
}

// copy hands the panel in focus to the clipboard of the terminal (OSC 52) and
// to a file.
func (s *screen) copy() {
	what, text := copied(&s.panels.canvas, s.shown, s.view.focus)
	if s.terminal != nil {
		s.terminal.SetClipboard([]byte(text))
	}
	s.view.note = saveCopy(s.copyTo, what, text)
}

// open lays a dialog over the panels.
func (s *screen) open(d tview.Primitive) {
	if s.dialog != nil {
		return
	}
	s.dialog = d
	s.pages.AddPage(pageDialog, d, true, true)
}

// close takes the dialog away.
func (s *screen) close() {
	s.pages.RemovePage(pageDialog)
	s.dialog = nil
	s.view.dialog = dialogNone
}

// keyNames are the names of the keys that write nothing.
var keyNames = map[tcell.Key]string{
	tcell.KeyLeft:    "left",
	tcell.KeyRight:   "right",
	tcell.KeyUp:      "up",
	tcell.KeyDown:    "down",
	tcell.KeyTab:     "tab",
	tcell.KeyBacktab: "backtab",
	tcell.KeyEnter:   "enter",
	tcell.KeyEscape:  "esc",
	tcell.KeyCtrlC:   "ctrl-c",
	tcell.KeyF1:      "f1",
}

// keyName returns the name that the table of keys has for a key.
func keyName(event *tcell.EventKey) string {
	if event.Key() != tcell.KeyRune {
		return keyNames[event.Key()]
	}
	if event.Rune() == ' ' {
		return "space"
	}
	return string(event.Rune())
}

// panels is the primitive that shows a frame.
type panels struct {
	*tview.Box
	screen *screen
	canvas chart.Canvas
}

func newPanels(s *screen) *panels { return &panels{Box: tview.NewBox(), screen: s} }

// Draw renders the newest frame and writes it to the terminal.
func (p *panels) Draw(t tcell.Screen) {
	x, y, w, h := p.GetRect()
	p.canvas.Reset(w, h)
	s := p.screen
	s.inks.few = t.Colors() < 256
	s.shown = render(&p.canvas, s.view.shows(s.driver.Frame()), &s.view, s.look)
	s.view.panels = s.shown.panels
	blit(t, &p.canvas, x, y, s.inks)
}

// MouseHandler presses the key that stands where the mouse was clicked.
func (p *panels) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return p.WrapMouseHandler(func(action tview.MouseAction, event *tcell.EventMouse, _ func(tview.Primitive)) (bool, tview.Primitive) {
		if action != tview.MouseLeftClick && action != tview.MouseLeftDoubleClick {
			return false, nil
		}
		x, y := event.Position()
		p.screen.click(x, y, action == tview.MouseLeftDoubleClick)
		return true, nil
	})
}

// click does what stands where the mouse was clicked: presses a key, picks a
// component, and at the second click opens its details.
func (s *screen) click(x, y int, twice bool) {
	for _, z := range slices.Backward(s.shown.zones) {
		if x < z.at.X || x >= z.at.X+z.at.W || y < z.at.Y || y >= z.at.Y+z.at.H {
			continue
		}
		switch {
		case z.key != "":
			s.press(z.key)
		case z.pick.kind != thingNone:
			again := s.view.picked == z.pick // two quick clicks may be on two components
			s.view.pick(z.pick)
			if twice && again {
				s.press("enter")
			}
		default:
			s.view.focus = z.panel
		}
		return
	}
}

// blit writes a canvas to the terminal.
func blit(t tcell.Screen, c *chart.Canvas, x0, y0 int, inks inkwell) {
	w, h := c.Size()
	for y := range h {
		for x := range w {
			cell := c.At(x, y)
			if cell.Rune == 0 {
				continue // the right half of a wide rune
			}
			t.SetContent(x0+x, y0+y, cell.Rune, nil, inks.style(cell.Style))
		}
	}
}
