package tui

import (
	"fmt"

	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// relief is what a move did to what the writers fought over.
type relief uint8

const (
	reliefUnknown relief = iota // it is too early, nothing was fought over, or what was down has come back
	reliefEarly                 // the run is younger than the one before the move was
	reliefNone                  // the same place is fought over
	reliefEased                 // it is, by far fewer writes
	reliefMoved                 // another place is
	reliefFull                  // nothing is
)

// settles is the time from a move on which it is told whether it helps: the
// averages that a verdict is made of have forgotten what was before.
const settles = sim.Second

// eased is the part of the writes that waited at a place before a move, up to
// which the place counts as eased: less may be a matter of the moment.
const eased = 0.1

// relief compares what the writers fight over, which it returns as well, with
// what they did before a move.
func (p *picture) relief(m *live.Made) (relief, live.Verdict) {
	now := p.measured.VerdictOn(m.Lane)
	switch {
	case p.early(m):
		return reliefEarly, now
	case p.frame.Time-m.At < settles || m.Fought.Place == live.PlaceNone:
		return reliefUnknown, now
	case m.Fought.Down > 0 && !now.Same(&m.Fought): // it came back, whatever the move did
		return reliefUnknown, now
	case now.Place == live.PlaceNone:
		return reliefFull, now
	case now.Same(&m.Fought) && now.Waiting() <= eased*m.Fought.Waiting():
		return reliefEased, now
	case now.Same(&m.Fought):
		return reliefNone, now
	}
	return reliefMoved, now
}

// early reports whether the run is younger than the one was that it would be
// compared with.
func (p *picture) early(m *live.Made) bool { return p.frame.Time < m.Age }

// helped writes in a sentence whether a move helped, "" if that is not known.
func (p *picture) helped(m *live.Made) string {
	did, verdict := p.relief(m)
	now := p.measured.Who(verdict)
	if verdict.Partition != m.Fought.Partition && verdict.Same(&m.Fought) && !verdict.Lock { // a lock names its key
		now = verdict.Why + ", in " + now
	}
	switch did {
	case reliefEarly:
		return fmt.Sprintf("Too early to compare: the move was made at %s of the run before.", chart.Clock(m.Age.Seconds()))
	case reliefEased:
		return fmt.Sprintf("Eased: still %s, with %s waiting instead of %s.", now, writes(verdict.Waiting()), chart.Count(whole(m.Fought.Waiting())))
	case reliefFull:
		return fmt.Sprintf("Relief: the path keeps up, where %s waited for %s.", writes(m.Fought.Waiting()), m.Rival)
	case reliefMoved:
		return fmt.Sprintf("Moved on: from %s to %s.", m.Rival, now)
	case reliefNone:
		if p.frame.Drains(m) {
			return fmt.Sprintf("No relief yet: still %s. What it stores now came before the move.", now)
		}
		return fmt.Sprintf("No relief: still %s.", now)
	}
	return ""
}

// helpedBriefly says the same in a line of several things.
func (p *picture) helpedBriefly(m *live.Made) string {
	switch did, _ := p.relief(m); did {
	case reliefEarly:
		return "compared from " + chart.Clock(m.Age.Seconds()) + " on"
	case reliefEased:
		return "eased"
	case reliefFull:
		return "relief"
	case reliefMoved:
		return "moved on"
	case reliefNone:
		if p.frame.Drains(m) {
			return "old writes drain"
		}
		return "no relief"
	}
	return ""
}
