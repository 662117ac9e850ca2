package tui

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"onepen/experiments/breach"
	"onepen/experiments/prediction"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// PlainOptions say how a run is told in lines of text.
type PlainOptions struct {
	Options
	Out io.Writer
	// Keys is where keys are read from, those of one line at a time, named as on
	// the screen; nil = nobody presses any.
	Keys io.Reader
	// Every is the simulated time between two blocks; 0 = a second.
	Every sim.Time
}

// Plain tells what the live screen shows as lines of text, without boxes and
// braille: a block every so often of simulated time. The same scenario gives the
// same text. It ends where the run is complete or cannot go on, with an error in
// the latter case, and when the context does, or somebody presses q.
func Plain(ctx context.Context, scenario *models.Scenario, opts PlainOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if opts.Every == 0 {
		opts.Every = sim.Second
	}
	v := newView(opts.Options, scenario)
	l := newLook(PaletteNone, opts.ASCII)
	l.signs.changed = "(changed)"
	teller := &teller{out: opts.Out, view: &v, look: l, end: cancel}
	driver, err := live.NewDriver(scenario, live.Options{
		Speed: live.Speed(opts.Speed), Until: opts.Until, Load: opts.Load, Name: opts.Name, Same: writtenAlike,
		Every: opts.Every, See: teller.tell,
	})
	if err != nil {
		return err
	}
	if opts.Keys != nil {
		go obeyKeys(opts.Keys, driver, newView(opts.Options, scenario), cancel)
	}
	if err := driver.Run(ctx); err != nil {
		return err
	}
	return teller.err
}

// obeyKeys presses the keys of each line until there are none left or one of
// them leaves.
func obeyKeys(keys io.Reader, driver *live.Driver, v view, leave func()) {
	lines := bufio.NewScanner(keys)
	for lines.Scan() {
		for _, key := range strings.Fields(lines.Text()) {
			e := v.press(key, driver.Frame())
			if e.command != nil {
				driver.Send(e.command)
			}
			if e.quit {
				leave()
				return
			}
		}
	}
}

// teller writes frames as text.
type teller struct {
	out  io.Writer
	view *view
	look *look
	end  func() // ends the run

	told  sim.Time // the instant of the block before
	run   int      // and its run
	noted int      // events told of in this run
	err   error
}

// tell writes a block about a frame, and ends the run after the last one.
func (w *teller) tell(f *live.Frame) {
	if f.Time != w.told || f.Run != w.run {
		lines := plain(f, w.view, w.look)
		if f.Run != w.run {
			w.noted = 0
		}
		for _, e := range f.Events[max(len(f.Events)-(f.Noted-w.noted), 0):] {
			lines = append(lines, fmt.Sprintf("  event at %s: %s", chart.Clock(e.At.Seconds()), e.Text))
		}
		w.told, w.run, w.noted = f.Time, f.Run, f.Noted
		if _, err := fmt.Fprintf(w.out, "%s\n\n", w.look.plainLines(lines)); err != nil {
			w.err = err
			w.end()
			return
		}
	}
	if f.Halted != "" {
		w.err = fmt.Errorf("the run ended at %s: %s", chart.Clock(f.Time.Seconds()), f.Halted)
	}
	if f.Halted != "" || f.Complete {
		w.end()
	}
}

// plain tells a frame in lines: what is on the screen, in its order, for all
// lanes.
func plain(f *live.Frame, v *view, l *look) []string {
	lines := []string{fmt.Sprintf("t %s  %s, seed %d", chart.Clock(f.Time.Seconds()), f.Scenario.Name, f.Scenario.Seed)}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for i := range f.Lanes {
		of := *v
		of.lane = i
		p := newPicture(chart.NewCanvas(0, 0), f, &of, l)
		name := p.lane.Name
		add("  lane %s: offered %s, committed %s, in flight %s, ack p50 %s, p99 %s", name, chart.Rate(p.lane.Offered),
			chart.Rate(p.lane.Done), chart.Count(whole(p.lane.InFlight)), chart.Span(last(p.lane.AckP50)), chart.Span(last(p.lane.AckP99)))
		if depths := p.depths(); depths != "" {
			add("    writes are in: %s", depths)
		}
		add("    time goes to: %s", p.plainTime())
		add("    moves: %s", p.plainMoves())
		add("    promises: %s", strings.Join(p.promises(), ", "))
	}
	for i := range f.Allocators {
		a := &f.Allocators[i]
		add("  allocator %s: %s, counter %s busy, %s waiting, an ID takes %s", a.Name, a.Strategy,
			chart.Percent(a.Utilization), chart.Count(whole(a.Waiting)), chart.Span(a.Wait))
	}
	for i := range f.Stores {
		add("  %s", plainStore(&f.Stores[i]))
	}
	for _, line := range prediction.Lines(f.Predictions) {
		add("  %s", line)
	}
	for i := range f.Scenario.Lanes {
		if f.Scenario.Lanes[i].Consume.Workers > 0 {
			n := &f.Lanes[i]
			add("  consumers of %s: lag p99 %s, %s unseen", n.Name, chart.Span(n.Lag), chart.Count(whole(n.Unseen)))
		}
	}
	path := f.Path()
	add("  %s %s", question, strings.Join(path.Explain(path.Verdict()), ", "))
	add("  %s", breach.Tell(f.Breaches, clock))
	return lines
}

// plainTime writes where the time of the writes committed lately went.
func (p *picture) plainTime() string {
	list, total := p.timeSpent()
	if total == 0 {
		return "no write was committed lately"
	}
	var texts []string
	for _, s := range list {
		texts = append(texts, s.part.Name+" "+chart.Percent(s.share))
	}
	return strings.Join(texts, ", ") + " of " + chart.Span(total)
}

// depths names the places with writes in them.
func (p *picture) depths() string {
	var list []string
	for stage, part := range stageParts() {
		if n := whole(p.lane.Depth[stage]); n > 0 {
			list = append(list, part.Name+" "+chart.Count(n))
		}
	}
	return strings.Join(list, ", ")
}

// plainMoves writes how the moves are set.
func (p *picture) plainMoves() string {
	var list []string
	moves := live.Moves()
	for i := range moves {
		list = append(list, fmt.Sprintf("%s %s %s", keysOf(&moves[i]), moves[i].Name, p.setting(&p.choices[i])))
	}
	return strings.Join(list, ", ")
}

// hottest is the number of partitions that a line about a store names.
const hottest = 3

// plainStore tells of a store and its busiest partitions.
func plainStore(s *live.Store) string {
	text := fmt.Sprintf("store %s: %d partitions by %s", s.Name, s.Active, s.Route)
	if s.Active > 1 && !math.IsNaN(s.Skew) {
		text += ", skew " + chart.Number(s.Skew)
	}
	order := busiestFirst(s)
	for _, i := range order[:min(hottest, len(order))] {
		part := &s.Partitions[i]
		text += fmt.Sprintf("; %s %s busy, %s in line", models.PartitionName(i), chart.Percent(part.Utilization), chart.Count(whole(part.Waiting)))
		if part.TopKey > 0 && part.TopShare >= telling {
			text += fmt.Sprintf(", key %s %s of it", models.KeyName(part.TopKey), chart.Percent(part.TopShare))
		}
	}
	return text
}

// busiestFirst returns the numbers of the partitions, the busiest first.
func busiestFirst(s *live.Store) []int {
	order := make([]int, len(s.Partitions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(s.Partitions[b].Utilization, s.Partitions[a].Utilization)
	})
	return order
}
