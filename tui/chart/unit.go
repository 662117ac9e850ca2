package chart

import (
	"bytes"
	"math"
	"strconv"
)

// Unit is what a number counts; it decides how it is written.
type Unit uint8

const (
	UnitNone    Unit = iota // a pure number
	UnitCount               // things: writes, records
	UnitRate                // events per second [1/s]
	UnitPercent             // a fraction, written in percent
	UnitSpan                // a length of time [s]
	UnitClock               // a simulated instant [s], written as a clock
)

var unitNames = [...]string{"none", "count", "rate", "percent", "span", "clock"}

// String names the unit.
func (u Unit) String() string {
	if int(u) < len(unitNames) {
		return unitNames[u]
	}
	return "unknown"
}

// Format writes v in the unit.
func (u Unit) Format(v float64) string { return string(u.append(nil, v)) }

// Width reports the columns that Format needs at most, without a sign.
func (u Unit) Width() int {
	switch u {
	case UnitCount:
		return CountWidth
	case UnitRate:
		return RateWidth
	case UnitPercent:
		return PercentWidth
	case UnitSpan:
		return SpanWidth
	case UnitClock:
		return ClockWidth
	}
	return NumberWidth
}

func (u Unit) append(dst []byte, v float64) []byte {
	switch u {
	case UnitCount:
		if math.IsNaN(v) || math.Abs(v) >= 1e7 {
			return appendNumber(dst, v)
		}
		return appendCount(dst, int64(math.Round(v)))
	case UnitRate:
		return appendRate(dst, v)
	case UnitPercent:
		return appendPercent(dst, v)
	case UnitSpan:
		return appendSpan(dst, v)
	case UnitClock:
		return appendClock(dst, v, 1)
	}
	return appendNumber(dst, v)
}

// appendTick writes the label of a tick: as short as the value allows, "5k/s"
// rather than "5.00k/s", since a tick is exact. The step to the next tick
// decides the decimals of a clock.
func (u Unit) appendTick(dst []byte, v, step float64) []byte {
	switch u {
	case UnitClock:
		decimals := 0
		for unit := 1.0; unit > step*(1+1e-9) && decimals < 9; unit /= 10 {
			decimals++
		}
		return appendClock(dst, v, decimals)
	case UnitPercent:
		dst = appendShort(dst, 100*v)
		return append(dst, " %"...)
	case UnitRate:
		return append(appendShort(dst, v), "/s"...)
	case UnitSpan:
		if v == 0 {
			return append(dst, '0')
		}
		unit, name := spanUnit(v)
		return append(appendShort(dst, v/unit), name...)
	}
	return appendShort(dst, v)
}

// appendShort writes v with up to three significant digits, without trailing
// zeros, and an SI prefix from a thousand on.
func appendShort(dst []byte, v float64) []byte {
	if a := math.Abs(v); a > 0 && a < 0.001 {
		return strconv.AppendFloat(dst, v, 'g', 3, 64)
	}
	start := len(dst)
	dst = appendNumber(dst, v)
	point := bytes.IndexByte(dst[start:], '.')
	if point < 0 {
		return dst
	}
	point += start
	end := point + 1 // after the decimals, before a prefix
	for end < len(dst) && dst[end] >= '0' && dst[end] <= '9' {
		end++
	}
	keep := end
	for dst[keep-1] == '0' {
		keep--
	}
	if keep == point+1 {
		keep = point
	}
	return append(dst[:keep], dst[end:]...)
}
