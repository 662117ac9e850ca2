package live

import "onepen/models"

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

// Change sets parameters for good, all or none.
type Change struct {
	Label string // for the charts
	Set   []models.Assignment
}

// Inflict makes an incident happen.
type Inflict struct{ Incident *Incident }

// Restart begins the scenario anew, with the same seed or with the next one:
// as it was written, or with the moves that were made. What it is written in
// is read again if it can be.
type Restart struct{ NextSeed, KeepMoves bool }

// Open leaves the run for another scenario.
type Open struct{ Name string }
