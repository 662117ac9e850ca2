package models

import (
	"fmt"
	"slices"
)

// pledges are the writes of a lane, still in memory, whose answer and whose
// storing have not both come:
//
//	                 stored            not stored
//	answered         kept              promised
//	not answered     owed              nothing yet
type pledges struct {
	promised uint64 // in flight, or committed by no attempt yet
	owed     uint64 // waiting to become visible, or for a writer's next attempt
}

// add files a write that is in memory.
func (p *pledges) add(answered, stored bool) {
	switch {
	case answered && !stored:
		p.promised++
	case stored && !answered:
		p.owed++
	}
}

// addWrite files a write that has no client.
func (p *pledges) addWrite(w *write) { p.add(w.has(stateAcked), !w.inFlight()) }

// pledgesOfClients files the writes that have clients. A client that has
// failed owes nothing and is owed nothing: such writes are counted as
// ambiguous if they are stored.
func (y *System) pledgesOfClients(spent []stageTimes) {
	free := slices.Sorted(slices.Values(y.clients.free))
	for i := range y.clients.used {
		if _, unused := slices.BinarySearch(free, i); unused {
			continue
		}
		if c := y.clients.at(i); !c.failed {
			spent[c.lane].pledges.add(c.answered, c.stored)
		}
	}
}

// checkPromises compares what was answered with what was stored, over the
// whole run:
//
//	acked + ambiguous + owed = committed + acked and lost before it was stored + promised
//
// Both sides count the writes that are stored, answered, or both: on the left
// by their answers, on the right by what became of them.
func (l *lane) checkPromises(p *pledges) []error {
	c := l.whole().counts
	answers := c.Acked + c.Ambiguous + p.owed
	fates := c.Committed + (c.AckedLost - l.undone) + p.promised
	if answers == fates {
		return nil
	}
	return []error{fmt.Errorf("%s at %s: promises: %d acked, %d ambiguous, %d stored and to be answered; but %d committed, %d acked and lost, %d acked and in flight",
		l, l.y.Now(), c.Acked, c.Ambiguous, p.owed, c.Committed, c.AckedLost-l.undone, p.promised)}
}
