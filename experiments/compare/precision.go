package compare

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"onepen/experiments/response"
	"onepen/sim"
)

// Precision is how small the half-width of a difference is to become. The zero
// value asks for nothing.
type Precision struct {
	Size     float64 // in the unit of the response, or a share of the base's mean
	Relative bool
	text     string
}

// ParsePrecision reads a precision for a response: a share of what the base
// measures (5%), or a size in the response's unit (10ms, 5/s, 0.02).
func ParsePrecision(text string, of response.Response) (Precision, error) {
	p := Precision{text: text}
	var err error
	switch percent, relative := strings.CutSuffix(text, "%"); {
	case relative:
		p.Relative = true
		p.Size, err = strconv.ParseFloat(strings.TrimSpace(percent), 64)
		p.Size /= 100
	case of.Unit == "s":
		var t sim.Time
		t, err = sim.ParseTime(text)
		p.Size = t.Seconds()
	case of.Unit == "1/s":
		p.Size, err = strconv.ParseFloat(strings.TrimSuffix(text, "/s"), 64)
	default:
		p.Size, err = strconv.ParseFloat(text, 64)
	}
	if err != nil || !(p.Size > 0) || math.IsInf(p.Size, 0) {
		return Precision{}, fmt.Errorf("must be a share of the base's %s such as 5%%, or %s, more than 0; got %q", of.Name(), sizes(of.Unit), text)
	}
	return p, nil
}

// sizes names a size in a unit, for messages.
func sizes(unit string) string {
	switch unit {
	case "s":
		return "a time such as 10ms"
	case "1/s":
		return "a rate such as 5/s"
	case "":
		return "a number such as 0.02"
	}
	return "a number of " + unit
}

// String returns the precision as it was written.
func (p Precision) String() string { return p.text }

// reachedBy reports whether a difference is known as precisely as wanted.
func (p Precision) reachedBy(d sim.Interval, base float64) bool { return d.HalfWidth <= p.target(base) }

// target is the half-width that is wanted, beside a mean of the base.
func (p Precision) target(base float64) float64 {
	if p.Relative {
		return p.Size * math.Abs(base)
	}
	return p.Size
}

// NextLook returns after how many replications to look again whether a half-width
// of n replications has become as small as a target: it shrinks with the root
// of their number. A tenth is added lest many looks follow each other, each of
// which might be the lucky one, and the number is at most doubled, as a guess
// from few replications may be far off.
func NextLook(n int, halfWidth, target float64) int {
	wanted := 1.1 * float64(n) * (halfWidth / target) * (halfWidth / target)
	if !(wanted < float64(2*n)) { // also if there is no half-width yet
		return 2 * n
	}
	return max(n+2, int(math.Ceil(wanted)))
}
