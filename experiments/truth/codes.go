package truth

import (
	"fmt"
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// birthday is codes drawn at random that nobody looks up. What can be drawn in
// a reasonable time is drawn; the rest is held against our formulas.
func birthday(c *Case) plan {
	b := theory.Birthday{Draws: c.number("n"), Space: 1}
	base, power, _ := strings.Cut(strings.Fields(strings.TrimPrefix(c.find(`space M=([^;]*);`)[0], " "))[0], "^")
	power, _, _ = strings.Cut(power, "=")
	for range int(real(power)) {
		b.Space *= real(base)
	}
	p := plan{answers: map[string]answer{}}
	values := map[string]float64{
		"expected_colliding_pairs": b.Pairs(), "expected_repeat_draws": b.Repeats(), "P_at_least_one_collision": b.Any(),
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = computed(values[r.Measure])
	}
	const drawable = 200_000
	if b.Draws > drawable {
		return p
	}
	p.trials = []trial{{scenario: c.scenario(codesOf(b.Space), assignments{
		"lanes.w.preload", text(int(b.Draws)), "lanes.w.arrivals.rate", "0/s",
		"allocators.a.checked", "false", "stores.s.servers", "100000", "duration", "1s",
	})}}
	for _, r := range c.Rows {
		switch r.Measure {
		case "expected_repeat_draws":
			p.answers[r.Measure] = first(r, func(o *observation) reading {
				return reading{over: float64(o.allocator().Uncaught), per: 1}
			})
		case "P_at_least_one_collision":
			p.answers[r.Measure] = first(r, func(o *observation) reading {
				return reading{over: min(1, float64(o.allocator().Uncaught)), per: 1}
			}).asked()
		}
	}
	return p
}

// codesOf gives an allocator a space of so many random codes, a power of 10
// or of 256.
func codesOf(space float64) assignments {
	for _, alphabet := range []float64{10, 256} {
		size, length := 1.0, 0
		for size < space {
			size *= alphabet
			length++
		}
		if size == space {
			return assignments{
				"allocators.a.strategy", "random", "allocators.a.alphabet", text(alphabet), "allocators.a.length", text(length),
				"allocators.a.service", lookup.String(), "stores.s.overhead", "0s",
			}
		}
	}
	panic(fmt.Sprintf("truth: no codes for a space of %v", space))
}

// lookup is how long a code is looked up, where only the number of times
// matters.
const lookup = sim.Microsecond

// retriedCodes is codes drawn until one is free, at a fixed share of taken
// ones. That share is all that the law of the attempts depends on, so the space
// is a larger one than the model's: what is taken during the run does not
// change the share then.
func retriedCodes(c *Case) plan {
	const space, perSecond = 1e15, 2000
	fill := real(c.find(`fill f=([0-9.]+)`)[0])
	set := codesOf(space).with(
		"allocators.a.population", text(int(fill*space)),
		// One at a time: no code waits for another's look-up.
		"lanes.w.arrivals.process", "deterministic", "lanes.w.arrivals.rate", rate(perSecond),
	)
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(perSecond, 1e-3)), collect: newAllocations(0)}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "mean_attempts":
			p.answers[r.Measure] = first(r, attemptsPerCode)
		case "P_more_than_3_attempts":
			p.answers[r.Measure] = first(r, func(o *observation) reading {
				h := o.seen.(*allocations).law
				return reading{over: h.Above(3.5 * lookup.Seconds()), per: float64(h.N())}
			})
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}

// attemptsPerCode reads the codes drawn for each that was free.
func attemptsPerCode(o *observation) reading {
	a := o.allocator()
	return reading{over: float64(a.Issued + a.Caught), per: float64(a.Issued)}
}

// filledCodes is an empty space of codes that fills.
func filledCodes(c *Case) plan {
	m := c.find(`M=([0-9]+) codes;insert n=([0-9]+)`)
	inserts := real(m[1])
	set := codesOf(real(m[0])).with("lanes.w.preload", m[1], "lanes.w.arrivals.rate", "0/s", "stores.s.servers", "100000", "duration", "10s")
	p := plan{trials: []trial{{scenario: c.scenario(set)}}, answers: map[string]answer{}}
	for _, r := range c.Rows {
		per := 1.0
		if r.Measure == "mean_attempts_per_insert" {
			per = inserts
		}
		p.answers[r.Measure] = first(r, func(o *observation) reading {
			return reading{over: attemptsPerCode(o).over, per: per}
		})
	}
	return p
}

// snowflakes is IDs made of the tick and a sequence that may be exhausted.
func snowflakes(c *Case) plan {
	perTick := real(c.find(`Poisson ([0-9]+)/ms`)[0])
	bits := c.find(`\(([0-9]+) sequence bits\)`)[0]
	room := real(c.find(`([0-9]+) ids per 1ms window`)[0])
	const tick = 1e-3 // [s]
	set := assignments{
		"lanes.w.arrivals.rate", rate(perTick / tick), "stores.s.overhead", "0s", "stores.s.servers", "100000",
		"allocators.a.strategy", "snowflake", "allocators.a.tick", span(tick), "allocators.a.sequence_bits", bits,
	}
	q := theory.Station{ArrivalRate: 1 / tick, ArrivalSCV: 1 / perTick, ServiceTime: tick * perTick / room, Servers: 1}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, wholeTicks(steady(perTick/tick, q.Relaxation()), tick)), collect: newTicks(tick, int(room))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = snowflakeAnswer(r)
	}
	return p
}

// wholeTicks rounds warm-up and duration up to whole ticks [s].
func wholeTicks(set assignments, tick float64) assignments {
	for i := 1; i < len(set); i += 2 {
		ticks := int(spanOf(set[i])/tick) + 1
		set[i] = span(float64(ticks) * tick)
	}
	return set
}

func snowflakeAnswer(r Row) answer {
	of := func(read func(*ticks) reading) answer {
		return first(r, func(o *observation) reading { return read(o.seen.(*ticks)) })
	}
	switch r.Measure {
	case "P_arrivals_in_ms_gt_capacity":
		return of(func(t *ticks) reading { return reading{over: t.crowded, per: t.windows} })
	case "frac_windows_ending_with_backlog":
		return of(func(t *ticks) reading { return reading{over: t.backlogged, per: t.windows} })
	case "mean_backlog_at_window_end":
		return of(func(t *ticks) reading { return reading{over: t.carried, per: t.windows} })
	case "frac_ids_stalled":
		return of(func(t *ticks) reading { return reading{over: t.stalled, per: t.ids} })
	case "mean_stall_us":
		return first(r, spent(models.StageAllocator))
	}
	return unknown(r)
}

// ticks collects what happens in the ticks of a clock: writes pass in the order
// of their offers, each in the tick in which it had its ID.
type ticks struct {
	tick sim.Time
	room int

	windows, crowded, backlogged, carried float64
	ids, stalled                          float64

	window   sim.Time // the latest in which a write was offered
	offered  int      // writes in it
	finished sim.Time // the first whose backlog is still unknown
}

func newTicks(tick float64, room int) func() collector {
	return func() collector { return &ticks{tick: sim.FromSeconds(tick), room: room} }
}

func (t *ticks) see(p *models.Passage) {
	offered, issued := p.Offered/t.tick, p.Committed/t.tick
	t.ids++
	if p.Parts[models.StageAllocator] > 0 {
		t.stalled++
	}
	if offered > t.window {
		t.close(offered)
	}
	t.offered++
	for w := max(offered, t.finished); w < issued; w++ {
		t.backlogged++ // the first write to be carried over the end of w
		t.finished = w + 1
	}
	t.carried += float64(issued - offered)
}

// close ends the window of the latest writes and those without any up to next.
func (t *ticks) close(next sim.Time) {
	if t.window > 0 {
		t.windows += float64(next - t.window)
		if t.offered > t.room {
			t.crowded++
		}
	}
	t.window, t.offered = next, 0
}
