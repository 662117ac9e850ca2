package models

import (
	"math"
	"sort"

	"onepen/sim"
)

// stretch is a part of a profile, from some instant on, on which the factor is
// linear:
//
//	factor(t) = factor + slope · t    t since that instant [ns]
type stretch struct {
	factor float64
	slope  float64 // [1/ns]
	end    float64 // instant of the end [ns], +Inf for the last stretch, whose slope is 0
}

// stretch returns the rest of the stretch that the instant at [ns] lies in. Its
// end is later than at.
func (p *Profile) stretch(at float64) stretch {
	end := math.Inf(1)
	switch p.Kind {
	case ProfileConstant:
		return stretch{1, 0, end}
	case ProfileDaily:
		return p.dailyStretch(at)
	}
	next := sort.Search(len(p.Points), func(i int) bool { return float64(p.Points[i].At) > at })
	if next < len(p.Points) {
		end = float64(p.Points[next].At)
	}
	switch {
	case next == 0 && p.Kind == ProfileSteps:
		return stretch{1, 0, end}
	case next == 0:
		return stretch{p.Points[0].Factor, 0, end}
	case next == len(p.Points) || p.Kind == ProfileSteps:
		return stretch{p.Points[next-1].Factor, 0, end}
	}
	from, to := p.Points[next-1], p.Points[next]
	return between(at, float64(from.At), float64(to.At), from.Factor, to.Factor)
}

// between returns the rest, from at on, of the stretch that leads from one
// factor to another.
func between(at, start, end, from, to float64) stretch {
	slope := (to - from) / (end - start)
	return stretch{max(0, from+float64(slope*(at-start))), slope, end}
}

// area returns the integral of the factor over the first d nanoseconds. [ns]
func (s stretch) area(d float64) float64 {
	if s.slope == 0 {
		return float64(s.factor * d)
	}
	return float64(d * (s.factor + float64(s.slope*d)/2))
}

// reach returns the d at which the integral of the factor is area, which the
// stretch must contain: the smaller root of
//
//	slope/2 · d² + factor · d - area = 0
//
// in the form that loses no digits when the slope is small.
func (s stretch) reach(area float64) float64 {
	square := float64(s.factor*s.factor) + 2*float64(s.slope*area)
	return 2 * area / (s.factor + math.Sqrt(max(0, square)))
}

// dailyCorners is the number of corners of the polygon that stands for a sine.
const dailyCorners = 64

// dailyStretch is stretch for a daily profile.
func (p *Profile) dailyStretch(at float64) stretch {
	step := float64(p.Period) / dailyCorners
	n := math.Floor(at / step)
	for float64((n+1)*step) <= at { // the division may have rounded down, far from 0
		n++
	}
	corner := int64(n) % dailyCorners
	from := 1 + float64(p.Amplitude*dailySine(corner))
	to := 1 + float64(p.Amplitude*dailySine(corner+1))
	return between(at, float64(n*step), float64((n+1)*step), from, to)
}

// dailySine returns sin(2π k / dailyCorners), k ≥ 0.
func dailySine(k int64) float64 {
	const quarter = dailyCorners / 4
	k %= dailyCorners
	switch {
	case k <= quarter:
		return sines[k]
	case k <= 2*quarter:
		return sines[2*quarter-k]
	case k <= 3*quarter:
		return -sines[k-2*quarter]
	default:
		return -sines[4*quarter-k]
	}
}

// sines holds sin(2π k / dailyCorners) for a quarter of the period. They are
// written out because math.Sin may differ between machines in the last bit.
var sines = [dailyCorners/4 + 1]float64{
	0,
	0.0980171403295606,
	0.19509032201612825,
	0.29028467725446233,
	0.3826834323650898,
	0.47139673682599764,
	0.5555702330196022,
	0.6343932841636455,
	0.7071067811865475,
	0.773010453362737,
	0.8314696123025452,
	0.8819212643483549,
	0.9238795325112867,
	0.9569403357322089,
	0.9807852804032304,
	0.9951847266721968,
	1.0,
}

// max returns the largest factor.
func (p *Profile) max() float64 {
	switch p.Kind {
	case ProfileConstant:
		return 1
	case ProfileDaily:
		return 1 + p.Amplitude
	}
	largest := 0.0
	if p.Kind == ProfileSteps {
		largest = 1
	}
	for _, point := range p.Points {
		largest = max(largest, point.Factor)
	}
	return largest
}

// mean returns the mean factor from the start of the run to d > 0.
func (p *Profile) mean(d sim.Time) float64 {
	at, end, area := 0.0, float64(d), 0.0
	if p.Kind == ProfileDaily { // whole periods have mean 1
		at = float64(d - d%p.Period)
		area = at
	}
	for at < end {
		stretch := p.stretch(at)
		next := min(stretch.end, end)
		area += stretch.area(next - at)
		at = next
	}
	return area / end
}
