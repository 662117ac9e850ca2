package main

import (
	"fmt"
	"io"
)

// statusLine is a line on a terminal that says how far something is. It is not
// shown where nobody looks.
type statusLine struct {
	out   io.Writer // nil if nobody looks
	shown string
}

func (c *cli) statusLine() *statusLine {
	if !isTerminal(c.stderr) {
		return &statusLine{}
	}
	return &statusLine{out: c.stderr}
}

// show rewrites the line if it changes.
func (l *statusLine) show(text string) {
	if l.out == nil || text == l.shown {
		return
	}
	l.shown = text
	fmt.Fprintf(l.out, "\r\x1b[K%s", text)
}

// clear takes the line away.
func (l *statusLine) clear() {
	if l.out != nil && l.shown != "" {
		fmt.Fprint(l.out, "\r\x1b[K")
	}
}
