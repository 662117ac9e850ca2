// Package human writes numbers for people: scaled units, thousands grouped,
// three significant digits, and columns. Files for programs never use it.
package human

import (
	"fmt"
	"math"
	"strconv"
)

// Absent is how a number that does not exist is written.
const Absent = "–"

// All names all of a number of things: "the one node", "both nodes", "all 4
// nodes".
func All(n int, what string) string {
	switch n {
	case 1:
		return "the one " + what
	case 2:
		return "both " + what + "s"
	}
	return fmt.Sprintf("all %d %ss", n, what)
}

// Count writes a whole number with its thousands grouped: "12 043".
func Count(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var out []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ' ')
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// Number writes a pure number with three significant digits and, from a
// thousand on, a prefix: "0.250", "12.0", "1.20k".
func Number(x float64) string {
	const prefixes = "kMGTP"
	switch a := math.Abs(x); {
	case math.IsNaN(x):
		return Absent
	case math.IsInf(x, 0):
		return strconv.FormatFloat(x, 'g', -1, 64)
	case a < 0.0005:
		return "0"
	case a < 0.9995:
		return strconv.FormatFloat(x, 'f', 3, 64)
	}
	scaled, step := x, 0
	// 999.6 has three digits as 1.00k, not as 1000.
	for step < len(prefixes) && math.Abs(scaled) >= 999.5 {
		scaled /= 1000
		step++
	}
	text := threeDigits(scaled)
	if step > 0 {
		text += prefixes[step-1 : step]
	}
	return text
}

// threeDigits writes a number from 1 to 999 with three significant digits.
func threeDigits(x float64) string {
	decimals := 2
	switch a := math.Abs(x); {
	case a >= 99.95:
		decimals = 0
	case a >= 9.995:
		decimals = 1
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// Rate writes a number of events per second [1/s]: "850/s", "12.0k/s".
func Rate(perSecond float64) string {
	if math.IsNaN(perSecond) {
		return Absent
	}
	return Number(perSecond) + "/s"
}

// Percent writes a fraction in whole percent: 0.984 is "98 %". Only nothing is
// "0 %" and only all of it "100 %"; what would round to them is "<1 %" and
// "99 %".
func Percent(fraction float64) string {
	switch p := 100 * fraction; {
	case math.IsNaN(p):
		return Absent
	case p > 0 && p < 0.5:
		return "<1 %"
	case p >= 99.5 && p < 100:
		return "99 %"
	default:
		return strconv.FormatFloat(p, 'f', 0, 64) + " %"
	}
}

// Span writes a length of time [s] in the unit that suits it: "850 us",
// "4.10 ms", "1.20 s", "20.0 min". Less than half a nanosecond is "0".
func Span(seconds float64) string {
	units := [...]struct {
		seconds float64
		name    string
	}{{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}}
	a := math.Abs(seconds)
	if math.IsNaN(seconds) {
		return Absent
	}
	for _, u := range units {
		// "90.0 s" says more than "1.50 min".
		if u.seconds > 1 && a < 999.5 {
			continue
		}
		// 0.9996 ms is "1.00 ms", not "1000 us".
		if a >= u.seconds*0.9995 {
			return Number(seconds/u.seconds) + " " + u.name
		}
	}
	if a >= 0.5e-9 {
		return Number(math.Round(seconds*1e9)) + " ns"
	}
	return "0"
}
