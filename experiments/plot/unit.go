package plot

import (
	"math"
	"strings"
)

// Unit is the base unit of values. The declared ones are scaled by their range
// and written in people's units; any other is a noun that stands behind a count
// ("writes"), or "" for a pure number.
type Unit string

// The units that are scaled.
const (
	Seconds   Unit = "s"
	PerSecond Unit = "1/s"
	Percent   Unit = "%" // values are shares of a whole: 0.5 is 50 %
)

// scaled is a unit that suits a range: values are divided by factor.
type scaled struct {
	factor float64
	name   string // as it stands behind a label; "" = nothing does
}

// scaleFor returns the unit for values of at most max.
func (u Unit) scaleFor(max float64) scaled {
	max = math.Abs(max)
	switch u {
	case Seconds:
		return spanScale(max)
	case Percent:
		return scaled{0.01, "%"}
	case PerSecond:
		s := prefix(max, 1e4)
		s.name += "/s"
		return s
	case "":
		return prefix(max, 1e6)
	}
	s := prefix(max, 1e5)
	if s.name != "" {
		s.name += " "
	}
	s.name += string(u)
	return s
}

// spanScale follows human.Span: seconds are kept up to a thousand.
func spanScale(max float64) scaled {
	switch {
	case max >= 86400*3:
		return scaled{86400, "d"}
	case max >= 3600*3:
		return scaled{3600, "h"}
	case max >= 1000:
		return scaled{60, "min"}
	case max >= 1 || max == 0:
		return scaled{1, "s"}
	case max >= 1e-3:
		return scaled{1e-3, "ms"}
	case max >= 1e-6:
		return scaled{1e-6, "us"}
	}
	return scaled{1e-9, "ns"}
}

// prefix returns the SI prefix for values of at most max, none below from.
func prefix(max, from float64) scaled {
	s := scaled{1, ""}
	for _, p := range [...]scaled{{1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}} {
		// 2 M, but 1 500 k: two digits before the point say more than one.
		if max >= 2*p.factor && max >= from {
			s = p
		}
	}
	return s
}

// label returns the label of an axis with its unit.
func (s scaled) label(text string) string {
	switch {
	case s.name == "", s.factor == 1 && len(s.name) > 2 && strings.Contains(text, s.name):
		return text // "writes in flight" need no "(writes)"
	case text == "":
		return s.name
	}
	return text + " (" + s.name + ")"
}
