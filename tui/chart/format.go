package chart

import (
	"math"
	"strconv"
)

// Absent is how a number that does not exist is written.
const Absent = "–"

// The widths that the formatted numbers never exceed [columns], for values in
// the range a run can show; pad to them with [Canvas.FitRight] for columns
// that do not move. A minus sign takes one column more.
const (
	CountWidth   = 9  // 9 999 999
	RateWidth    = 7  // 12.0k/s
	PercentWidth = 5  // 100 %
	SpanWidth    = 8  // 20.0 min
	ClockWidth   = 10 // 12:02:03.4
	NumberWidth  = 5  // 12.0k
)

// Count writes a whole number with its thousands grouped: "12 043".
func Count(n int64) string { return string(appendCount(nil, n)) }

// Rate writes a number of events per second [1/s] with three significant
// digits: "850/s", "12.0k/s", "1.20M/s". Below 0.001/s it counts as 0.
func Rate(perSecond float64) string { return string(appendRate(nil, perSecond)) }

// Percent writes a fraction in whole percent: 0.984 is "98 %". It never rounds
// to a certainty: "0 %" and "100 %" are exact, what is nearer to them than
// half a percent is "<1 %" and "99 %".
func Percent(fraction float64) string { return string(appendPercent(nil, fraction)) }

// Span writes a length of time [s] with three significant digits in the unit
// that suits it: "850 µs", "4.10 ms", "1.20 s", "20.0 min". Less than a
// nanosecond is "0".
func Span(seconds float64) string { return string(appendSpan(nil, seconds)) }

// Clock writes a simulated time [s] to the tenth: "00:42.3", "1:02:03.4". It
// is cut off, not rounded: a clock does not show an instant before it comes.
func Clock(seconds float64) string { return string(appendClock(nil, seconds, 1)) }

// Number writes a pure number with three significant digits: "0.250", "12.0",
// "1.20k".
func Number(v float64) string { return string(appendNumber(nil, v)) }

func appendCount(dst []byte, n int64) []byte {
	u := uint64(n)
	if n < 0 {
		dst = append(dst, '-')
		u = -u
	}
	var digits [20]byte
	d := strconv.AppendUint(digits[:0], u, 10)
	for i, c := range d {
		if i > 0 && (len(d)-i)%3 == 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, c)
	}
	return dst
}

func appendRate(dst []byte, v float64) []byte {
	if math.IsNaN(v) {
		return append(dst, Absent...)
	}
	return append(appendNumber(dst, v), "/s"...)
}

func appendPercent(dst []byte, v float64) []byte {
	p := 100 * v
	switch {
	case math.IsNaN(p):
		return append(dst, Absent...)
	case p > 0 && p < 0.5:
		return append(dst, "<1 %"...)
	case p >= 99.5 && p < 100:
		p = 99
	}
	if a := math.Abs(p); a >= 99999.5 {
		return append(appendNumber(dst, p), " %"...)
	}
	dst = appendCount(dst, int64(math.Round(p)))
	return append(dst, " %"...)
}

// spanUnits are the units of time from the largest; a span is written in the
// first that is not larger than it.
var spanUnits = [...]struct {
	seconds float64
	name    string
}{
	{86400, " d"}, {3600, " h"}, {60, " min"},
	{1, " s"}, {1e-3, " ms"}, {1e-6, " µs"}, {1e-9, " ns"},
}

// minutesFrom is the span from which minutes and larger units are used [s]:
// "90.0 s" says more than "1.50 min".
const minutesFrom = 999.5

func appendSpan(dst []byte, v float64) []byte {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return append(dst, Absent...)
	case a < 1e-9:
		return append(dst, '0')
	case math.IsInf(v, 0):
		return append(appendNumber(dst, v), " s"...)
	}
	unit, name := spanUnit(v)
	return append(appendNumber(dst, v/unit), name...)
}

// spanUnit reports the unit to write a span in: its length [s] and its name.
func spanUnit(v float64) (seconds float64, name string) {
	a := math.Abs(v)
	for _, u := range spanUnits {
		if u.seconds > 1 && a < minutesFrom {
			continue
		}
		// 0.9996 ms rounds to 1.00 ms, not to 1000 µs: the next unit takes over
		// where three digits end.
		if a >= u.seconds*0.9995 {
			return u.seconds, u.name
		}
	}
	return 1e-9, " ns"
}

func appendClock(dst []byte, v float64, decimals int) []byte {
	if math.IsNaN(v) || math.Abs(v) > 1e12 {
		return append(dst, Absent...)
	}
	if v < 0 {
		dst = append(dst, '-')
		v = -v
	}
	scale := math.Pow10(decimals)
	// The half unit in the last place of a nanosecond keeps 42.3, which has no
	// exact binary form, from showing as 42.2.
	total := int64(math.Floor((v + 0.5e-9) * scale))
	whole := total / int64(scale)
	if h := whole / 3600; h > 0 {
		dst = strconv.AppendInt(dst, h, 10)
		dst = append(dst, ':')
	}
	dst = appendTwo(dst, whole/60%60)
	dst = append(dst, ':')
	dst = appendTwo(dst, whole%60)
	if decimals > 0 {
		dst = append(dst, '.')
		rest := total % int64(scale)
		for unit := int64(scale) / 10; unit > 0; unit /= 10 {
			dst = append(dst, byte('0'+rest/unit%10))
		}
	}
	return dst
}

func appendTwo(dst []byte, n int64) []byte {
	return append(dst, byte('0'+n/10%10), byte('0'+n%10))
}

// siPrefixes are the prefixes of thousand, million and so on.
const siPrefixes = "kMGTPE"

// appendNumber writes v with three significant digits and an SI prefix from a
// thousand on; 0 is "0", and so is what would round to 0.000.
func appendNumber(dst []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return append(dst, Absent...)
	case math.IsInf(v, 1):
		return append(dst, "inf"...)
	case math.IsInf(v, -1):
		return append(dst, "-inf"...)
	case math.Abs(v) < 0.0005:
		return append(dst, '0')
	}
	// Three digits and an exponent of ten, rounded once: d.dde±xx.
	var buf [32]byte
	e := strconv.AppendFloat(buf[:0], math.Abs(v), 'e', 2, 64)
	digits := [3]byte{e[0], e[2], e[3]}
	exponent, _ := strconv.Atoi(string(e[5:])) // always a number with a sign
	if v < 0 {
		dst = append(dst, '-')
	}
	switch {
	case exponent < 0:
		// Three decimals, however few significant digits they leave.
		return strconv.AppendFloat(dst, math.Abs(v), 'f', 3, 64)
	case exponent/3 > len(siPrefixes):
		dst = append(dst, digits[0], 'e', '+')
		return strconv.AppendInt(dst, int64(exponent), 10)
	}
	point := exponent%3 + 1
	dst = append(dst, digits[:point]...)
	if point < 3 {
		dst = append(dst, '.')
		dst = append(dst, digits[point:]...)
	}
	if exponent >= 3 {
		dst = append(dst, siPrefixes[exponent/3-1])
	}
	return dst
}
