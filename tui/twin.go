package tui

import (
	"math"
	"slices"
	"strings"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// twinNote says in a few words what runs beside, or what the screen waits for.
func (p *picture) twinNote() string {
	f := p.frame
	switch {
	case f.Replay != nil && f.Replay.Twin:
		return "twin catches up " + chart.Percent(f.Replay.Done)
	case f.Replay != nil:
		return "rewinding " + chart.Percent(f.Replay.Done)
	case f.Twin != nil && f.Twin.Frame.Halted != "":
		return "twin: " + f.Twin.Name + ", ended"
	case f.Twin != nil:
		return "twin: " + f.Twin.Name
	case f.Twinned != live.NoTwin:
		return "twin: from the next move on"
	}
	return ""
}

// twinLane returns the lane in focus of the twin, or nil.
func (p *picture) twinLane() *live.Lane {
	if p.frame.Twin == nil {
		return nil
	}
	return &p.frame.Twin.Frame.Lanes[p.view.laneOf(p.frame)]
}

// twinSeries returns a measure of the twin's lane as a line, from where on it
// can differ; an empty one without a twin.
func (p *picture) twinSeries(of func(*live.Lane) []float64) chart.Series {
	l := p.twinLane()
	if l == nil {
		return chart.Series{}
	}
	times, values := p.frame.Twin.Frame.Times, of(l)
	from, _ := slices.BinarySearch(times, p.frame.Twin.Apart.Seconds())
	from = max(from-1, 0)
	return chart.Series{Times: times[from:], Values: values[min(from, len(values)):], Style: chart.Twin}
}

// piledUp returns the writes in flight of a lane over time.
func piledUp(l *live.Lane) []float64 {
	sum := make([]float64, len(l.Piled[0]))
	for _, stage := range l.Piled {
		for i, n := range stage {
			sum[i] += n
		}
	}
	return sum
}

// differences returns how the lane in focus differs from that of the twin.
func (p *picture) differences() []live.Difference {
	t := p.frame.Twin
	if t == nil || len(t.Differences) == 0 {
		return nil
	}
	return t.Differences[p.view.laneOf(p.frame)]
}

// difference writes a difference with its interval: p99 −212 ms, 180 to 240. As
// long as it may be chance it is said to be, and what is shown to be too small to
// matter is called that and no gain.
func (p *picture) difference(d *live.Difference) string {
	v := d.Interval
	switch {
	case math.IsNaN(v.Mean):
		return d.Measure + " not measured yet"
	case v.Mean == 0 && v.HalfWidth == 0:
		return d.Measure + " the same"
	case d.Slight():
		return d.Measure + " equal within 1 %"
	}
	sign, low, high := "+", v.Low(), v.High()
	if v.Mean < 0 {
		sign, low, high = p.look.signs.minus, -high, -low
	}
	mean := d.Unit.Format(math.Abs(v.Mean))
	if !d.Shown() {
		return d.Measure + " " + sign + mean + ", may be chance"
	}
	from, to := d.Unit.Format(low), d.Unit.Format(high)
	if unit := unitOf(mean); unitOf(from) == unit && unitOf(to) == unit {
		from, to = strings.TrimSpace(strings.TrimSuffix(from, unit)), strings.TrimSpace(strings.TrimSuffix(to, unit))
	}
	return d.Measure + " " + sign + mean + ", " + from + " to " + to
}

// unitOf returns what stands behind the digits of a number.
func unitOf(text string) string { return strings.TrimLeft(text, "0123456789.- ") }

// differenceStyle tells better from worse from neither.
func differenceStyle(d *live.Difference) chart.Style {
	switch {
	case !d.Shown() || d.Slight():
		return chart.Dim
	case d.More == (d.Interval.Mean > 0):
		return chart.Good
	}
	return chart.Hot
}

// differenceRows writes the differences into the first rows of c, and returns
// what is left of it.
func (p *picture) differenceRows(c *chart.Canvas) *chart.Canvas {
	list := p.differences()
	w, h := c.Size()
	if len(list) == 0 {
		return c
	}
	c.Text(0, 0, chart.Title|chart.Bold, "against the twin:")
	y := 1
	for i := range list {
		for _, line := range wrap(p.difference(&list[i]), w) {
			c.Text(0, y, differenceStyle(&list[i]), line)
			y++
		}
	}
	return c.Sub(chart.Rect{Y: y, W: w, H: max(h-y, 0)})
}

// twinLine writes the differences into one line, as many as there is room for.
func (p *picture) twinLine(w *pen) {
	w.write(chart.Title|chart.Bold, "against the twin:")
	separator := " "
	for _, d := range p.differences() {
		text := p.difference(&d)
		if chart.Width(separator)+chart.Width(text) >= w.room() {
			continue
		}
		w.write(chart.Dim, separator).write(differenceStyle(&d), text)
		separator = p.look.signs.dot
	}
}
