package sim

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Time is an instant since the start of the run, or a span between two
// instants, as a whole number of nanoseconds. An integer keeps a run the same
// on every machine and at every length: a float64 of seconds is coarser than a
// nanosecond after 97 days, and sums of it depend on the order of addition.
type Time int64

// Units of Time; a span is written as a product, 5*Millisecond.
const (
	Nanosecond  Time = 1
	Microsecond      = 1000 * Nanosecond
	Millisecond      = 1000 * Microsecond
	Second           = 1000 * Millisecond
	Minute           = 60 * Second
	Hour             = 60 * Minute
)

// Never is the instant that does not come, 292 years after the start.
const Never Time = math.MaxInt64

// Seconds reports t in seconds, for output; whatever decides the order of
// events stays in Time. [s]
func (t Time) Seconds() float64 {
	return float64(t) / float64(Second)
}

// FromSeconds reports the Time nearest to s [s]; halves go away from zero.
// What lies beyond the range of Time becomes Never, or its negative. It panics
// if s is NaN.
func FromSeconds(s float64) Time {
	ns := math.Round(s * float64(Second))
	switch {
	case math.IsNaN(ns):
		panic("sim: FromSeconds of NaN")
	case ns >= float64(Never): // as a float64, Never is 2⁶³, one too many
		return Never
	case ns <= -float64(Never):
		return -Never
	}
	return Time(ns)
}

// timeUnits are the units of a written Time, the longest first.
var timeUnits = [...]struct {
	name string
	span Time
}{
	{"h", Hour},
	{"m", Minute},
	{"s", Second},
	{"ms", Millisecond},
	{"us", Microsecond},
	{"ns", Nanosecond},
}

// String writes t as a number of one unit, such as 20us, 1.5s or 90m: the
// shortest such text, and of equally short ones that with the longest unit.
// The number is at least 1, and whole if the unit is m or h. Nothing is
// rounded, so ParseTime reads the text back to t; a negative span carries a
// sign, which ParseTime refuses.
func (t Time) String() string {
	switch {
	case t == 0:
		return "0"
	case t == Never:
		return "never"
	case t < 0:
		// The most negative Time is its own negative; read without a sign, its
		// bits are the magnitude.
		return "-" + timeText(uint64(-t))
	}
	return timeText(uint64(t))
}

// timeText writes a span of ns nanoseconds, more than zero.
func timeText(ns uint64) string {
	shortest := ""
	for _, unit := range timeUnits {
		span := uint64(unit.span)
		if ns < span || unit.span > Second && ns%span > 0 {
			continue
		}
		text := decimal(ns, span) + unit.name
		if shortest == "" || len(text) < len(shortest) {
			shortest = text
		}
	}
	return shortest
}

// decimal writes n/span without trailing zeros. The quotient must have an end.
func decimal(n, span uint64) string {
	text := strconv.AppendUint(nil, n/span, 10)
	rest := n % span
	if rest > 0 {
		text = append(text, '.')
	}
	for ; rest > 0; rest %= span {
		rest *= 10
		text = append(text, byte('0'+rest/span))
	}
	return string(text)
}

// ParseTime reads a Time that is not negative: "0", "never", or decimal
// numbers with units h, m, s, ms, us (or µs) and ns, the longest unit first,
// each at most once: "5ms", "1.5s", "2m30s". The text must mean a whole number
// of nanoseconds; the error says what is wrong and what is allowed.
func ParseTime(text string) (Time, error) {
	switch text {
	case "0":
		return 0, nil
	case "never":
		return Never, nil
	}
	if strings.HasPrefix(text, "-") {
		return 0, fmt.Errorf("time %q: must not be negative", text)
	}
	var sum uint64
	last := -1 // the unit before, as an index of timeUnits
	for rest := text; rest != "" || text == ""; {
		part, err := nextTimePart(rest)
		if err != nil {
			return 0, fmt.Errorf("time %q: %w", text, err)
		}
		if part.unit <= last {
			const order = "the longest unit comes first, each at most once"
			return 0, fmt.Errorf("time %q: %s after %s: %s", text,
				timeUnits[part.unit].name, timeUnits[last].name, order)
		}
		sum += part.ns // both are below 2⁶³
		if sum >= uint64(Never) {
			return 0, fmt.Errorf("time %q: %w", text, errTooLong)
		}
		last, rest = part.unit, part.rest
	}
	return Time(sum), nil
}

var errTooLong = errors.New("must be less than 292 years")

// timePart is one number with its unit, and the text that follows it.
type timePart struct {
	ns   uint64
	unit int // index of timeUnits
	rest string
}

// nextTimePart reads one number and unit from the front of text.
func nextTimePart(text string) (timePart, error) {
	const allowed = "want a number and a unit (h, m, s, ms, us, ns), as in 5ms, 1.5s or 2m30s"
	whole, rest := cutDigits(text)
	var decimals string
	point := strings.HasPrefix(rest, ".")
	if point {
		decimals, rest = cutDigits(rest[1:])
	}
	if whole == "" || point && decimals == "" {
		return timePart{}, fmt.Errorf("no number at %q: %s", text, allowed)
	}
	name := rest
	if end := strings.IndexAny(rest, "0123456789."); end >= 0 {
		name = rest[:end]
	}
	rest = rest[len(name):]
	if name == "" {
		return timePart{}, fmt.Errorf("no unit after %s: %s", text, allowed)
	}
	for i, unit := range timeUnits {
		if unit.name == name || unit.span == Microsecond && (name == "µs" || name == "μs") {
			ns, err := exactSpan(whole, decimals, i)
			return timePart{ns, i, rest}, err
		}
	}
	return timePart{}, fmt.Errorf("unknown unit %q: %s", name, allowed)
}

// cutDigits splits text behind its leading decimal digits.
func cutDigits(text string) (digits, rest string) {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return text[:n], text[n:]
}

// maxTimeDecimals is the number of decimals beyond which no number of hours,
// let alone of a shorter unit, is a whole number of nanoseconds: an hour is
// 2¹³·3²·5¹¹ ns.
const maxTimeDecimals = 13

// exactSpan reports whole.decimals of a unit in nanoseconds, which must be a
// whole number below 2⁶³.
func exactSpan(whole, decimals string, unit int) (uint64, error) {
	span := uint64(timeUnits[unit].span)
	n, err := strconv.ParseUint(whole, 10, 64)
	if err != nil || n > uint64(Never)/span {
		return 0, errTooLong
	}
	significant := strings.TrimRight(decimals, "0")
	if significant == "" {
		return n * span, nil
	}
	errTooFine := fmt.Errorf("%s.%s %s is finer than a nanosecond", whole, decimals, timeUnits[unit].name)
	if len(significant) > maxTimeDecimals {
		return 0, errTooFine
	}
	numerator, err := strconv.ParseUint(significant, 10, 64)
	if err != nil {
		return 0, err // cannot happen: thirteen digits fit
	}
	denominator := uint64(math.Pow10(len(significant)))
	high, low := bits.Mul64(numerator, span)
	// The numerator is less than the denominator, so the quotient is less than
	// span and fits.
	part, remainder := bits.Div64(high, low, denominator)
	if remainder != 0 {
		return 0, errTooFine
	}
	if n*span+part > uint64(Never) {
		return 0, errTooLong
	}
	return n*span + part, nil
}
