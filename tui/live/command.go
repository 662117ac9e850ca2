package live

import (
	"onepen/models"
	"onepen/sim"
)

// Command is something a person asks of a run. The driver obeys commands in
// the order sent, each between two events.
type Command interface{ obey(d *Driver) }

// TogglePause stops or continues the simulated clock.
type TogglePause struct{}

// Step pauses and goes to the next sample.
type Step struct{}

// ChangeSpeed goes to the next faster or slower speed of Speeds.
type ChangeSpeed struct{ Faster bool }

// MakeMove makes the move of that number in Moves for a lane.
type MakeMove struct {
	Lane string
	Move int
	Back bool
}

// Change sets parameters for good, all or none. What it brings is measured on a
// lane.
type Change struct {
	Lane  string // one that there is not: on none
	Label string // for the charts
	Set   []models.Assignment
}

// Inflict makes an incident happen.
type Inflict struct{ Incident *Incident }

// Rewind goes back by some simulated time, and stands there: another turn can
// be taken. What was done after that instant is undone.
type Rewind struct{ By sim.Time }

// RewindTo goes back to just before an instant: what was changed at it is not
// changed any more.
type RewindTo struct{ At sim.Time }

// TurnTwin goes to the next kind of twin: none, without the last change,
// without any changes. Where there was no change yet, the twin will be without
// the next one.
type TurnTwin struct{}

// SwitchTwin makes the twin the main run, and the main run its twin.
type SwitchTwin struct{}

// Tell puts something on the event line.
type Tell struct {
	Text    string
	Refused bool // something asked for could not be done
}

// Restart begins the scenario anew, with the same seed or with the next one:
// as it was written, or with the moves that were made. What it is written in
// is read again if it can be.
type Restart struct{ NextSeed, KeepMoves bool }

// Open leaves the run for another scenario.
type Open struct{ Name string }
