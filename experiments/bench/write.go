package bench

import (
	"fmt"
	"io"
	"strings"

	"onepen/experiments"
	"onepen/experiments/human"
)

// WriteText writes a report for people, at most 80 columns wide.
func WriteText(w io.Writer, r Report) error {
	var b strings.Builder
	m := r.Machine
	fmt.Fprintf(&b, "%s · cores: %d, of which one is used · %s %s\n", m.CPU, m.Cores, m.Go, m.System)
	fmt.Fprintf(&b, "time is that of one operation, the median of %d runs of %s; best is the\n"+
		"fastest run, spread the width of the middle half\n\n", r.Rounds, human.Span(r.Span.Seconds()))
	row := func(cells ...any) {
		line := fmt.Sprintf("%-23s %-9s%8s%9s%9s%7s%7s%7s", cells...)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	row("workload", "operation", "per s", "time", "best", "spread", "allocs", "bytes")
	for _, res := range r.Results {
		row(res.Workload, res.Operation, human.Number(1/res.Time.Median),
			human.Span(res.Time.Median), human.Span(res.Time.Least), human.Percent(res.Time.Width()),
			human.Number(res.Allocations), memory(res))
	}
	floor := fmt.Sprintf("M/M/1 takes %s times as long (%s to %s) as the Lindley recursion, which makes the same draws "+
		"and records for a customer, but has no clock and no events: the floor that no engine gets below. "+
		"A customer is two events.", human.Number(r.OverFloor.Median), human.Number(r.OverFloor.Low), human.Number(r.OverFloor.High))
	b.WriteString("\nbytes: memory of a pending event; of a write in flight, in a long line\n" + experiments.Wrap(floor, 0, 0) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// memory is what the last column says; nothing if it was not measured.
func memory(r Result) string {
	if r.Holds == "" {
		return ""
	}
	return human.Number(r.Bytes)
}
