package chart

import "math"

// Range is an interval of the horizontal axis, such as simulated times [s].
type Range struct{ Min, Max float64 }

// Scale is the range of a vertical axis. The zero Scale means: choose one.
//
// A chart that follows a run keeps its Scale from frame to frame and renews it
// with [NiceScale] or [NiceLogScale], which move only when they must: an axis
// that breathes with every sample cannot be read.
//
// A Scale without a range, or with one at the limits of a float64, counts as
// the zero Scale.
type Scale struct {
	Min, Max float64 // Min < Max; both above 0 when Log
	Log      bool    // decades are equally far apart
}

// tops are where a linear axis may end within a decade, each a multiple of a
// tick step of 1, 2 or 5. Few of them, so that a growing value renews the
// scale four times per decade and still fills half of the chart.
var tops = [...]float64{1, 2, 3, 5, 10}

// shrinkHeadroom is how far above the data the smaller axis must end before it
// replaces the larger: below it, data that swing by half around a top would
// move the axis to and fro.
const shrinkHeadroom = 1.5

// NiceScale reports the linear scale from 0 for data of at most max. It is
// prev when prev still suits: it grows as soon as max exceeds it, and shrinks
// only when the data would leave a third of the smaller one free. A max that
// is not a positive finite number leaves prev as it is, or gives 0 to 1.
func NiceScale(prev Scale, max float64) Scale {
	usable := prev.valid() && !prev.Log && prev.Min == 0
	if !(max > 0) || math.IsInf(max, 0) {
		if usable {
			return prev
		}
		return Scale{Max: 1}
	}
	if usable && max <= prev.Max && niceTop(max*shrinkHeadroom) >= prev.Max {
		return prev
	}
	return Scale{Max: niceTop(max)}
}

// niceTop reports the least nice number not below v.
func niceTop(v float64) float64 {
	v = math.Min(math.Max(v, 1e-300), 1e300)
	exponent := math.Floor(math.Log10(v))
	for {
		unit := math.Pow(10, exponent)
		for _, t := range tops {
			// The tolerance lets 0.3 end at 0.3 though 3*0.1 exceeds it.
			if v <= t*unit*(1+1e-12) {
				return t * unit
			}
		}
		exponent++
	}
}

// NiceLogScale reports the logarithmic scale for data from min to max: whole
// decades, at least one. It is prev when prev still suits: a bound moves out
// as soon as the data exceed it, and in only when they stay clear of the next
// decade by half of one. Bounds that are not positive finite numbers leave
// prev as it is, or give 1 ms to 1 s.
func NiceLogScale(prev Scale, min, max float64) Scale {
	usable := prev.valid() && prev.Log
	if !(min > 0) || !(max >= min) || math.IsInf(max, 0) {
		if usable {
			return prev
		}
		return Scale{Min: 1e-3, Max: 1, Log: true}
	}
	low := math.Floor(math.Log10(min) + 1e-9)
	high := math.Ceil(math.Log10(max) - 1e-9)
	if usable {
		was := Range{Min: math.Log10(prev.Min), Max: math.Log10(prev.Max)}
		if low > was.Min && math.Log10(min) < was.Min+1.5 {
			low = was.Min
		}
		if high < was.Max && math.Log10(max) > was.Max-1.5 {
			high = was.Max
		}
	}
	low = math.Max(math.Round(low), -300)
	high = math.Min(math.Round(high), 300)
	if high <= low {
		high = low + 1
	}
	return Scale{Min: math.Pow(10, low), Max: math.Pow(10, high), Log: true}
}

// valid reports whether s spans a range that can be drawn and labelled: far
// enough from the limits of a float64 for ticks to be distinct and finite.
func (s Scale) valid() bool {
	const huge, tiny, resolution = 1e305, 1e-305, 1e-9
	length, largest := s.Max-s.Min, math.Max(math.Abs(s.Min), math.Abs(s.Max))
	if !(largest < huge) || !(length > tiny) || length < resolution*largest {
		return false
	}
	return !s.Log || s.Min > tiny
}

// Position reports where v stands on the scale: 0 at the bottom, 1 at the top.
// What lies outside stands on the nearer edge; NaN has no position and gives
// NaN, as does every value on a Scale without a range.
func (s Scale) Position(v float64) float64 {
	if !s.valid() || math.IsNaN(v) {
		return math.NaN()
	}
	v = math.Min(math.Max(v, s.Min), s.Max)
	if s.Log {
		low := math.Log10(s.Min)
		return (math.Log10(v) - low) / (math.Log10(s.Max) - low)
	}
	return (v - s.Min) / (s.Max - s.Min)
}

// maxTicks bounds the ticks of an axis, and with it the work of one.
const maxTicks = 64

// appendTicks appends the ticks of s in rising order: at most n, at least the
// two ends when n allows. Linear ticks are multiples of 1, 2 or 5 times a
// power of ten; logarithmic ones are decades, with 2 and 5 between them when
// there is room.
func (s Scale) appendTicks(dst []float64, n int) []float64 {
	n = min(n, maxTicks)
	if !s.valid() || n < 2 {
		return dst
	}
	if s.Log {
		return s.appendLogTicks(dst, n)
	}
	step := niceStep((s.Max - s.Min) / float64(n-1))
	if s.Min == 0 {
		step = wholeStep(s.Max, step)
	}
	first := math.Ceil(s.Min/step - 1e-9)
	last := math.Floor(s.Max/step + 1e-9)
	for i := first; i <= last && i-first < float64(n); i++ {
		dst = append(dst, i*step)
	}
	return dst
}

// niceStep reports the least of 1, 2 and 5 times a power of ten that is not
// below least.
func niceStep(least float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range [...]float64{1, 2, 5} {
		if m*unit >= least*(1-1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// wholeStep reports the least nice step from the given one on that cuts an
// axis from 0 to top into whole parts, so that there is a tick at its end; if
// there is none, top itself: a tick at both ends only.
func wholeStep(top, step float64) float64 {
	for step <= top {
		if parts := top / step; math.Abs(parts-math.Round(parts)) < 1e-6 {
			return step
		}
		next := niceStep(1.5 * step)
		if !(next > step) { // beyond the range of numbers
			break
		}
		step = next
	}
	return top
}

// appendLogTicks appends decades, thinned evenly until at most n are left, or
// filled with 2 and 5 where all of them fit.
func (s Scale) appendLogTicks(dst []float64, n int) []float64 {
	low := math.Ceil(math.Log10(s.Min) - 1e-9)
	high := math.Floor(math.Log10(s.Max) + 1e-9)
	decades := high - low
	every := 1.0
	for math.Floor(decades/every)+1 > float64(n) {
		every++
	}
	between := (decades+1)*3 <= float64(n) // whether 2 and 5 fit
	for e := low; e <= high; e += every {
		unit := math.Pow(10, e)
		dst = append(dst, unit)
		for _, m := range [...]float64{2, 5} {
			if between && m*unit <= s.Max {
				dst = append(dst, m*unit)
			}
		}
	}
	return dst
}

// Extent reports the least and the greatest finite value, and whether there is
// any: what a caller feeds to [NiceScale] and [NiceLogScale].
func Extent(values []float64) (min, max float64, ok bool) {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if !ok || v < min {
			min = v
		}
		if !ok || v > max {
			max = v
		}
		ok = true
	}
	return min, max, ok
}
