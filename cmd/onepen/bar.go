package main

import (
	"fmt"
	"strings"
	"time"

	"onepen/experiments/human"
	"onepen/experiments/sweep"
)

// bar is a status line that says how far a sweep is, how fast it goes, how long
// it will take and how sure its numbers are so far.
type bar struct {
	*statusLine
	begun time.Time
}

func (c *cli) bar() *bar { return &bar{c.statusLine(), time.Now()} }

// show rewrites the line.
func (b *bar) show(p sweep.Progress) { b.statusLine.show(barText(p, time.Since(b.begun))) }

// barWidth is the width of the bar itself [columns].
const barWidth = 20

// barText is the line after some time. What is left is estimated from the runs
// made since the begin; a sweep until a precision may need less.
func barText(p sweep.Progress, elapsed time.Duration) string {
	if p.Done == p.Kept && p.ToSettle > 0 {
		return fmt.Sprintf("warm-ups %d of %d points", p.Settled, p.ToSettle)
	}
	full := barWidth * p.Done / max(p.Of, 1)
	text := fmt.Sprintf("%3d %% %s%s %d of %d runs", 100*p.Done/max(p.Of, 1),
		strings.Repeat("█", full), strings.Repeat("░", barWidth-full), p.Done, p.Of)
	if made := p.Done - p.Kept; made > 0 && elapsed > 0 {
		rate := float64(made) / elapsed.Seconds()
		text += fmt.Sprintf(" · %s · %s left", human.Rate(rate), human.Span(float64(p.Of-p.Done)/rate))
	}
	if p.Worst > 0 {
		text += fmt.Sprintf(" · widest ±%s", human.Percent(p.Worst))
	}
	return text
}
