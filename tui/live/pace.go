package live

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"onepen/sim"
)

// Speed is how fast the simulated clock runs: simulated seconds per second.
type Speed float64

// MaxSpeed is as fast as the machine can.
var MaxSpeed = Speed(math.Inf(1))

// Speeds lists the speeds that one can choose, the slowest first.
func Speeds() []Speed {
	return []Speed{0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, MaxSpeed}
}

func (s Speed) String() string {
	switch {
	case s == MaxSpeed:
		return "max"
	case s < 100:
		return "×" + strconv.FormatFloat(float64(s), 'f', 1, 64)
	}
	return fmt.Sprintf("×%.0f", float64(s))
}

// next returns the next faster or slower speed, s itself at the end.
func (s Speed) next(faster bool) Speed {
	speeds := Speeds()
	if faster {
		for _, other := range speeds {
			if other > s {
				return other
			}
		}
		return s
	}
	for i := len(speeds) - 1; i >= 0; i-- {
		if speeds[i] < s {
			return speeds[i]
		}
	}
	return s
}

const (
	// maxDebt is the wall-clock time that the simulation may lag behind and
	// still catch up. More is forgiven: a run that cannot keep up runs slower,
	// rather than jump when it can again.
	maxDebt = 250 * time.Millisecond
	// budget is the longest that the simulation runs before commands and frames
	// get their turn.
	budget = 15 * time.Millisecond
	// slice is the wall-clock time that one piece of a run should take: pieces
	// must be short, since nobody can interrupt one.
	slice = 3 * time.Millisecond
	// measuring is the wall-clock time over which the pace is measured.
	measuring = time.Second
)

// pacer ties the simulated clock to the wall clock, at a speed. It is the only
// one to read the wall clock.
type pacer struct {
	speed Speed

	wall time.Time // when the simulated clock stood at sim
	sim  sim.Time

	markWall time.Time // where the measurement of the pace began
	markSim  sim.Time
	pace     float64 // simulated seconds per second; NaN while unknown

	piece sim.Time // simulated time that takes about a slice

	began     time.Time // of a turn
	published time.Time // when the last frame went out
	predicted time.Time // when a prediction was last due
}

func newPacer(speed Speed) pacer {
	return pacer{speed: speed, piece: sim.Millisecond, pace: math.NaN()}
}

// start ties the clocks together at this instant.
func (p *pacer) start(now sim.Time) {
	p.wall, p.sim = time.Now(), now
	p.markWall, p.markSim = p.wall, now
	p.pace = math.NaN()
}

// begin opens a turn, in which the simulation may run for the budget.
func (p *pacer) begin() { p.began = time.Now() }

// spent reports whether the turn is over.
func (p *pacer) spent() bool { return time.Since(p.began) >= budget }

// due returns the instant that the simulated clock should have reached.
func (p *pacer) due(now sim.Time) sim.Time {
	if p.speed == MaxSpeed {
		return sim.Never
	}
	wall := time.Now()
	due := p.sim + scaled(wall.Sub(p.wall), p.speed)
	if debt := scaled(maxDebt, p.speed); due-now > debt {
		due = now + debt
		p.wall, p.sim = wall, due
	}
	return due
}

// until returns the wall-clock time until the simulated clock is due at an
// instant, at least a microsecond: rounded down to nothing, it would let the
// driver ask again and again until the clock has moved on.
func (p *pacer) until(at sim.Time) time.Duration {
	if p.speed == MaxSpeed {
		return 0
	}
	due := p.wall.Add(time.Duration(float64(at-p.sim) / float64(p.speed)))
	return max(time.Until(due), time.Microsecond)
}

// scaled returns the simulated time that passes in a span of wall-clock time.
func scaled(span time.Duration, speed Speed) sim.Time {
	return sim.Time(float64(span) * float64(speed))
}

// timed runs a piece of the simulation and learns how long the next one may
// be. run moves the simulated clock by at most the span it is given and returns
// by how much it did.
func (p *pacer) timed(limit sim.Time, run func(sim.Time) sim.Time) {
	began := time.Now()
	moved := run(min(limit, p.piece))
	took := time.Since(began)
	if moved <= 0 {
		return
	}
	// At most doubled at once: a burst may be ahead.
	ideal := 2 * p.piece
	if took > 0 {
		ideal = sim.Time(min(float64(moved)*float64(slice)/float64(took), float64(sim.Second)))
	}
	p.piece = min(max(min(ideal, 2*p.piece), sim.Microsecond), sim.Second)
}

// measure updates the pace from where the simulated clock stands.
func (p *pacer) measure(now sim.Time) {
	wall := time.Now()
	if took := wall.Sub(p.markWall); took >= measuring {
		p.pace = (now - p.markSim).Seconds() / took.Seconds()
		p.markWall, p.markSim = wall, now
	}
}

// frameInterval is the shortest wall-clock time between two frames: twenty a
// second are as many as anybody can see.
const frameInterval = 50 * time.Millisecond

// mayPublish returns the wall-clock time until the next frame may go out.
func (p *pacer) mayPublish() time.Duration {
	return max(time.Until(p.published.Add(frameInterval)), 0)
}

// publish notes that a frame goes out.
func (p *pacer) publish() { p.published = time.Now() }

// mayPredict reports whether a prediction is due, and that there is one then.
func (p *pacer) mayPredict() bool {
	if now := time.Now(); now.Sub(p.predicted) >= predicting {
		p.predicted = now
		return true
	}
	return false
}
