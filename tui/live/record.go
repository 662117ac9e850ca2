package live

import (
	"onepen/models"
	"onepen/sim"
)

// maxReadings is the number of readings at which a record is thinned to half
// of it: between 20 and 40 batches are kept. More would hardly make an interval
// better (Schmeiser 1982, "Batch size effects in the analysis of simulation
// output", Operations Research 30(3)), and fewer leave no batch long enough to
// depend little on its neighbours.
const maxReadings = 41

// record holds what a run had measured at instants since a change: the ends of
// batches of equal length, which doubles whenever there are too many. When
// readings are taken depends on the change and on the spacing of samples alone,
// so that a run and its twin are read at the same instants.
//
// The zero record takes no readings.
type record struct {
	since    sim.Time // where it began
	readings []reading
	length   int // of a batch [samples]; 0 = no readings are taken
	left     int // samples until the next reading
}

// reading is what a run had measured up to an instant.
type reading struct {
	at, from sim.Time // now, and the begin of the window that was measured
	lanes    []laneReading
}

// laneReading is what was measured of a lane. All of it only grows.
type laneReading struct {
	ack       *sim.Histogram // offer to ack
	committed float64        // writes
	piled     float64        // in flight, integrated over time [writes·s]
}

// begin starts anew, at this instant.
func (c *record) begin(y *models.System) {
	c.since = y.Now()
	c.readings = []reading{read(y)}
	c.length, c.left = 1, 1
}

// sample takes a reading if one is due. When the statistics were reset since
// the last one, after the warm-up, the record begins anew: what was measured
// before is to be discarded.
func (c *record) sample(y *models.System) {
	if c.length == 0 {
		return
	}
	if c.left--; c.left > 0 {
		return
	}
	now := read(y)
	if now.from != c.readings[0].from {
		c.since, c.readings, c.length = now.at, nil, 1
	}
	c.readings = append(c.readings, now)
	if len(c.readings) == maxReadings {
		c.thin()
	}
	c.left = c.length
}

// newest returns the newest reading. There must be one.
func (c *record) newest() reading { return c.readings[len(c.readings)-1] }

// thin joins the batches in pairs.
func (c *record) thin() {
	half := make([]reading, 0, maxReadings)
	for i := 0; i < len(c.readings); i += 2 {
		half = append(half, c.readings[i])
	}
	c.readings = half
	c.length *= 2
}

func read(y *models.System) reading {
	result := y.Result()
	r := reading{at: result.To, from: result.From, lanes: make([]laneReading, len(result.Lanes))}
	for i := range result.Lanes {
		l := &result.Lanes[i]
		inFlight := 0.0
		for _, depth := range l.Depth {
			if depth > 0 { // NaN of an empty window
				inFlight += depth
			}
		}
		r.lanes[i] = laneReading{ack: l.Ack, committed: float64(l.Counts.Committed), piled: inFlight * l.Window.Seconds()}
	}
	return r
}
