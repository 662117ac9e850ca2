package models

import (
	"fmt"
	"slices"
	"strings"

	"onepen/sim/names"
)

// Skew is the popularity of keys.
type Skew struct {
	Kind  SkewKind
	S     float64 // exponent of zipf: P(rank k) is proportional to k^-S
	Share float64 // hot: share of the writes that go to the hot keys
	Count int     // hot: number of hot keys, equally popular among themselves
}

// SkewKind is the family of a Skew.
type SkewKind uint8

const (
	SkewUniform SkewKind = iota // all keys alike
	SkewZipf                    // zipf(s)
	SkewHot                     // hot(share, count): the rest of the keys share what is left
	SkewOne                     // all to one key
	SkewTrace                   // from the trace of the arrivals
)

var skewKinds = []string{"uniform", "zipf", "hot", "one", "trace"}

func (k SkewKind) String() string { return skewKinds[k] }

// skewExamples are the kinds that need arguments, with some.
var skewExamples = [...]string{SkewZipf: "zipf(0.9)", SkewHot: "hot(0.5, 1)", SkewTrace: ""}

const skewForms = "uniform, zipf(s), hot(share, count), one or trace"

// maxExponent bounds Zipf's s: beyond it practically every write goes to k1.
const maxExponent = 10

// String returns the text that ParseSkew reads back to the same value.
func (k Skew) String() string {
	switch k.Kind {
	case SkewZipf:
		return fmt.Sprintf("zipf(%s)", formatNumber(k.S))
	case SkewHot:
		return fmt.Sprintf("hot(share=%s, count=%d)", formatNumber(k.Share), k.Count)
	}
	return k.Kind.String()
}

// ParseSkew reads uniform, zipf(0.9), hot(share=0.5, count=1), one or trace.
// Arguments may be given by name or in that order.
func ParseSkew(text string) (Skew, error) {
	name, rest, hasArguments := strings.Cut(text, "(")
	name = strings.TrimSpace(name)
	kind := slices.Index(skewKinds, name)
	if kind < 0 {
		problem := fmt.Sprintf("must be %s, got %q", skewForms, text)
		if near := names.Nearest(name, skewKinds); near != "" {
			if hasArguments && near == SkewZipf.String() {
				near += "(" + rest
			}
			problem += fmt.Sprintf("; did you mean %s?", near)
		}
		return Skew{}, fmt.Errorf("%s", problem)
	}
	skew := Skew{Kind: SkewKind(kind)}
	if example := skewExamples[skew.Kind]; example != "" && !hasArguments {
		return Skew{}, fmt.Errorf("%s needs its arguments, as in %s; got %q", name, example, text)
	}
	var arguments []string
	if hasArguments {
		inside, closed := strings.CutSuffix(strings.TrimSpace(rest), ")")
		if !closed {
			return Skew{}, fmt.Errorf("must be %s, got %q: the bracket is not closed", skewForms, text)
		}
		arguments = strings.Split(inside, ",")
	}
	switch skew.Kind {
	case SkewZipf:
		x, err := skewArguments(text, arguments, "s")
		if err != nil {
			return Skew{}, err
		}
		skew.S = x[0]
		if skew.S < 0 || skew.S > maxExponent {
			return Skew{}, fmt.Errorf("zipf: s must be 0 to %d, got %s", maxExponent, formatNumber(skew.S))
		}
	case SkewHot:
		x, err := skewArguments(text, arguments, "share", "count")
		if err != nil {
			return Skew{}, err
		}
		skew.Share, skew.Count = x[0], int(x[1])
		if skew.Share < 0 || skew.Share > 1 {
			return Skew{}, fmt.Errorf("hot: share must be 0 to 1, got %s", formatNumber(skew.Share))
		}
		if x[1] < 1 || x[1] != float64(skew.Count) || skew.Count > maxKeys {
			return Skew{}, fmt.Errorf("hot: count must be a whole number, 1 to %d, got %s", maxKeys, formatNumber(x[1]))
		}
	default:
		if hasArguments {
			return Skew{}, fmt.Errorf("%s takes no arguments, got %q", name, text)
		}
	}
	return skew, nil
}

// skewArguments reads exactly the named numbers, given by name or in order.
func skewArguments(text string, given []string, want ...string) ([]float64, error) {
	values := make([]float64, len(want))
	seen := make([]bool, len(want))
	for i, argument := range given {
		at := i
		if name, value, named := strings.Cut(argument, "="); named {
			at = slices.Index(want, strings.TrimSpace(name))
			argument = value
		}
		if at < 0 || at >= len(want) || seen[at] {
			return nil, fmt.Errorf("must be given (%s), got %q", strings.Join(want, ", "), text)
		}
		x, err := parseNumber(strings.TrimSpace(argument))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", want[at], err)
		}
		values[at], seen[at] = x, true
	}
	if i := slices.Index(seen, false); i >= 0 {
		return nil, fmt.Errorf("must be given (%s), got %q", strings.Join(want, ", "), text)
	}
	return values, nil
}
