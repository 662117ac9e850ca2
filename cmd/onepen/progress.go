package main

import (
	"fmt"
	"io"

	"onepen/sim"
)

// progress is a line on a terminal that says how far a run is.
type progress struct {
	out     io.Writer // nil if nobody looks
	end     sim.Time
	percent int64
}

func (c *cli) progress(end sim.Time) *progress {
	if !isTerminal(c.stderr) {
		return &progress{}
	}
	return &progress{out: c.stderr, end: end, percent: -1}
}

// show rewrites the line when it would change.
func (p *progress) show(now sim.Time) {
	if p.out == nil {
		return
	}
	if percent := int64(100 * now.Seconds() / p.end.Seconds()); percent != p.percent {
		p.percent = percent
		fmt.Fprintf(p.out, "\r%3d %% of %s", percent, p.end)
	}
}

// clear takes the line away.
func (p *progress) clear() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
