package sim

import (
	"fmt"
	"strings"
)

// Trace is a transcript of a run for tests: a line for each thing that
// happened, with its instant and where it happened. A test compares it with
// the text that a person has read and found right.
//
//	    0  writer     offers 1
//	1.5ms  batcher    flush of 3, linger
//
// A nil *Trace is valid and records nothing, so that a component can carry one
// at all times.
type Trace struct {
	sim  *Sim
	text strings.Builder
}

// NewTrace returns an empty transcript that takes its instants from s.
func NewTrace(s *Sim) *Trace {
	return &Trace{sim: s}
}

// Addf adds a line about a component, with what happened in the manner of
// fmt.Sprintf.
func (t *Trace) Addf(component, format string, args ...any) {
	if t == nil {
		return
	}
	fmt.Fprintf(&t.text, "%8v  %-10s %s\n", t.sim.Now(), component, fmt.Sprintf(format, args...))
}

// On is Sim.On for an action that adds a line with its name and argument
// before it runs; the action may be nil.
func (t *Trace) On(name string, action func(arg uint32)) Target {
	return t.sim.On(func(arg uint32) {
		t.Addf(name, "%d", arg)
		if action != nil {
			action(arg)
		}
	})
}

// String returns the transcript since the start or the last Reset.
func (t *Trace) String() string {
	if t == nil {
		return ""
	}
	return t.text.String()
}

// Reset empties the transcript.
func (t *Trace) Reset() {
	if t != nil {
		t.text.Reset()
	}
}
