package reality

import (
	"math"
	"slices"
)

// Error is the relative error of the predicted throughput.
func (p *Prediction) Error() float64 { return p.Throughput/p.Measured.Throughput - 1 }

// TailRatio is the predicted 99th percentile over the measured one.
func (p *Prediction) TailRatio() float64 { return p.P99 / p.Measured.P99 }

// Summary is how wrong predictions are, over those that were foretold.
type Summary struct {
	Points int
	Median float64 // of the relative errors of throughput, without their signs
	Mean   float64
	Worst  float64
	Tails  int // points whose 99th percentile is within a factor of two
}

// Summarize says how wrong predictions are.
func Summarize(predictions []Prediction) Summary {
	var s Summary
	var errors []float64
	for i := range predictions {
		p := &predictions[i]
		if !p.Foretold() {
			continue
		}
		e := math.Abs(p.Error())
		errors = append(errors, e)
		s.Mean += e
		if r := p.TailRatio(); r > 0.5 && r < 2 {
			s.Tails++
		}
	}
	s.Points = len(errors)
	if s.Points == 0 {
		return s
	}
	slices.Sort(errors)
	s.Mean /= float64(s.Points)
	s.Median, s.Worst = errors[(s.Points-1)/2], errors[s.Points-1]
	return s
}
