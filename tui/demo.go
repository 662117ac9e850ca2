package tui

import (
	"strings"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/live"
)

// player shows a demo: it lets the run wait where a step comes, asks, makes the
// change and says the rest. It belongs to the goroutine of the screen.
type player struct {
	demo  *experiments.Demo
	lane  string   // whose fate the changes are measured by
	next  int      // step that comes next
	run   int      // the run that the demo is shown in
	at    sim.Time // of the last frame
	asked bool     // the next step has asked, and waits for an answer
	over  bool     // all is said, or somebody took the run elsewhere
}

// newPlayer returns what shows a demo from its beginning, nil if there is none.
func newPlayer(demo *experiments.Demo, first *live.Frame) *player {
	if demo == nil {
		return nil
	}
	return &player{demo: demo, lane: first.Lanes[0].Name, run: first.Run}
}

// follow does what is due in a frame: what it returns is for the driver and to
// be said, "" = nothing new.
func (p *player) follow(f *live.Frame) (commands []live.Command, say string) {
	if p.over || p.asked {
		return nil, ""
	}
	if f.Run != p.run || f.Time < p.at {
		p.over = true
		return nil, demoLeft
	}
	p.at = f.Time
	step := &p.demo.Steps[p.next]
	switch {
	case f.Running:
		return nil, ""
	case f.Time >= step.Change.At && step.Ask == "":
		return p.perform()
	case f.Time >= step.Change.At:
		p.asked = true
		return nil, step.Ask + "\n\n" + demoGoesOn
	case f.Time == 0: // the first step comes later
		return []live.Command{live.PauseAt{At: step.Change.At}}, ""
	}
	return nil, "" // somebody paused
}

// What the screen says while a demo waits, and once it was left.
const (
	demoGoesOn = "Space: see what happens."
	demoOver   = "This was the demo. The run goes on: it is yours."
	demoLeft   = "The demo ends here: the run was taken elsewhere."
)

// answer goes on after a question.
func (p *player) answer() (commands []live.Command, say string) {
	p.asked = false
	return p.perform()
}

// perform makes the change of the next step, and lets the run go on to the one
// after it.
func (p *player) perform() (commands []live.Command, say string) {
	step := &p.demo.Steps[p.next]
	p.next++
	if step.Changes() {
		commands = append(commands, commandOf(&step.Change, p.lane))
	}
	if p.next < len(p.demo.Steps) {
		return append(commands, live.PauseAt{At: p.demo.Steps[p.next].Change.At}), step.Say
	}
	p.over = true
	return append(commands, live.TogglePause{}), step.Say + "\n\n" + demoOver
}

// commandOf returns the command that makes a change, whose effect on a lane is
// shown.
func commandOf(c *models.Change, lane string) live.Command {
	if c.Fault.Kind == models.NoFault && c.For == 0 {
		return live.Change{Lane: lane, Label: shortLabel(c.Set), Set: c.Set}
	}
	label := shortLabel(c.Set)
	if c.Fault.Kind != models.NoFault {
		label = c.Fault.Kind.String() + " " + c.Fault.Target[strings.LastIndexByte(c.Fault.Target, '.')+1:]
	}
	return live.Inflict{Incident: &live.Incident{Name: label, Change: *c}}
}
