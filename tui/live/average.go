package live

import (
	"math"

	"onepen/sim"
)

// memory is the time constant of the averages on the screen: what happened
// this long ago counts 1/e of what happens now. Samples of a tenth of a second
// hold few writes, and a number that jumps ten times a second cannot be read;
// half a second still follows a move at once.
const memory = 500 * sim.Millisecond

// faded is the weight below which an average is of too little to be shown: one
// write fades away after seven seconds.
const faded = 1e-6

// average is an exponentially weighted mean over simulated time. The zero
// value has seen nothing.
//
//	mean = Σ dᵢ·wᵢ·xᵢ / Σ dᵢ·wᵢ,   dᵢ = exp(-ageᵢ/memory)
type average struct{ sum, weight float64 }

// decay reports by how much the past counts less after a span.
func decay(span sim.Time) float64 {
	return math.Exp(-span.Seconds() / memory.Seconds())
}

// add lets the past fade and counts x with a weight. A value that does not
// exist (NaN) or weighs nothing only lets the past fade.
func (a *average) add(x, weight, fade float64) {
	a.sum *= fade
	a.weight *= fade
	if weight > 0 && !math.IsNaN(x) {
		a.sum += x * weight
		a.weight += weight
	}
}

// value returns the mean, NaN when there is nothing to average.
func (a *average) value() float64 {
	if a.weight < faded {
		return math.NaN()
	}
	return a.sum / a.weight
}

// fraction returns the mean of a busy fraction, to a thousandth: what fades
// away would keep a server that is busy all the time just below 100 % for ever.
func (a *average) fraction() float64 { return math.Round(1000*a.value()) / 1000 }
