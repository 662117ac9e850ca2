package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// axis is an Axis made ready to be drawn.
type axis struct {
	lo, hi float64 // of the positions
	scale  Scale   // never Auto
	names  []string
	unit   scaled
	label  string
	ticks  []gonum.Tick
}

// Room for the label of a tick [pt].
const (
	tickRoomX = vg.Length(52)
	tickRoomY = vg.Length(24)
)

// logFrom is the ratio of the largest to the smallest value from which an axis
// is logarithmic.
const logFrom = 100

// extent is the range of what has been seen.
type extent struct{ lo, hi float64 }

func nothing() extent { return extent{math.Inf(1), math.Inf(-1)} }

func (e *extent) see(values ...float64) {
	for _, v := range values {
		if finite(v) {
			e.lo, e.hi = math.Min(e.lo, v), math.Max(e.hi, v)
		}
	}
}

func (e extent) empty() bool { return e.lo > e.hi }

// place returns the position of a value on an axis of a scale; NaN if it has
// none.
func (s Scale) place(v float64) float64 {
	switch {
	case s == Log && !(v >= smallest), s == Tail && !(v >= 0 && v < 1):
		return math.NaN()
	case s == Tail:
		return 1 / (1 - v)
	}
	return v
}

// resolve chooses a scale for values.
func (s Scale) resolve(values extent) Scale {
	if s != Auto {
		return s
	}
	if values.lo >= smallest && values.hi >= logFrom*values.lo {
		return Log
	}
	return Linear
}

// ready makes an axis ready: seen is the extent of its positions, of which at
// least one was seen; zero tells that the axis should begin at zero, and even
// that it should end at ticks.
func (a Axis) ready(scale Scale, seen extent, room, tickRoom vg.Length, zero, even bool) axis {
	if a.Names != nil {
		return a.ofNames(room, tickRoom)
	}
	n := max(2, int(room/tickRoom))
	r := axis{lo: seen.lo, hi: seen.hi, scale: scale}
	switch scale {
	case Tail:
		r.hi = math.Max(r.hi, 2*r.lo)
		r.unit = scaled{1, ""}
		r.ticks = tailTicks(r.lo, r.hi, float64(room/tickRoom))
	case Log:
		r.readyLog(a.Unit, n, even)
	default:
		r.readyLinear(a.Unit, n, zero, even)
	}
	// A tick beyond the end by the last bit of a float would be drawn, but have
	// no room for its label.
	for i := range r.ticks {
		r.ticks[i].Value = math.Min(math.Max(r.ticks[i].Value, r.lo), r.hi)
	}
	r.label = r.unit.label(a.Label)
	return r
}

func (r *axis) readyLog(u Unit, n int, even bool) {
	if r.hi < r.lo*1.5 {
		r.lo, r.hi = r.lo/2, r.hi*2
	}
	if even {
		r.lo, r.hi = 1/nextRound(1/r.lo), nextRound(r.hi)
	}
	r.unit = u.scaleFor(math.Sqrt(r.lo) * math.Sqrt(r.hi))
	if r.ticks = logTicks(r.lo, r.hi, n, r.unit); len(r.ticks) < 2 {
		r.tickLinear(linearStep((r.hi-r.lo)/r.unit.factor, n) * r.unit.factor) // within one multiple of a decade
	}
}

// nextRound returns the least of 1, 2 and 5 times a power of ten from v on.
func nextRound(v float64) float64 { return linearStep(v, 2) }

func (r *axis) readyLinear(u Unit, n int, zero, even bool) {
	if zero {
		r.lo, r.hi = math.Min(r.lo, 0), math.Max(r.hi, 0)
	}
	if r.hi-r.lo <= math.Max(1e-9*math.Max(math.Abs(r.lo), math.Abs(r.hi)), smallest) {
		// One value, or none but zero, has no range of its own.
		by := math.Abs(r.hi) / 2
		if by <= smallest {
			by = 0.5
		}
		r.lo, r.hi = r.lo-by, r.hi+by
	}
	r.unit = u.scaleFor(math.Max(math.Abs(r.lo), math.Abs(r.hi)))
	// Steps are round in the unit that is shown.
	step := linearStep((r.hi-r.lo)/r.unit.factor, n) * r.unit.factor
	if even {
		r.lo, r.hi = math.Floor(r.lo/step+1e-9)*step, math.Ceil(r.hi/step-1e-9)*step
	}
	r.tickLinear(step)
}

// tickLinear sets ticks at the multiples of a step, or of a smaller one if there
// are fewer than two: one value does not tell a range.
func (r *axis) tickLinear(step float64) {
	for r.ticks = linearTicks(r.lo, r.hi, step, r.unit); len(r.ticks) < 2; r.ticks = linearTicks(r.lo, r.hi, step, r.unit) {
		step = linearStep(step/r.unit.factor*0.4, 2) * r.unit.factor
	}
}

// ofNames makes an axis of names: as many of them as there is room for.
func (a Axis) ofNames(room, tickRoom vg.Length) axis {
	n := len(a.Names)
	r := axis{lo: -0.5, hi: float64(n) - 0.5, names: a.Names, scale: Linear, unit: scaled{1, ""}, label: a.Label}
	every := 1
	for vg.Length(n/every)*tickRoom > room {
		every++
	}
	for i := 0; i < n; i += every {
		r.ticks = append(r.ticks, gonum.Tick{Value: float64(i), Label: a.Names[i]})
	}
	return r
}

// at returns the position of a value, NaN if it has none. On a logarithmic
// axis what is not positive may be asked to stand below the frame instead.
func (r *axis) at(v float64) float64 { return r.scale.place(v) }

// atEnd returns the position of the end of an interval: one that a logarithmic
// axis cannot show is below the frame.
func (r *axis) atEnd(v float64) float64 {
	if r.scale == Log && v < smallest {
		return r.lo / 10
	}
	return r.scale.place(v)
}

// install sets an axis of a gonum plot.
func (r *axis) install(to *gonum.Axis, downwards bool) {
	to.Min, to.Max = r.lo, r.hi
	to.Tick.Marker = gonum.ConstantTicks(r.ticks)
	switch {
	case r.scale == Log || r.scale == Tail:
		to.Scale = gonum.LogScale{}
	case r.names != nil && downwards:
		to.Scale = gonum.InvertedScale{Normalizer: gonum.LinearScale{}}
	}
}
