package models

import (
	"fmt"
	"slices"
	"strings"

	"onepen/sim"
	"onepen/sim/names"
)

// Backoff is the pause before a retry, which may grow from attempt to
// attempt:
//
//	constant(d)           d
//	exponential(d, max)   d · 2^(k-1) before the k-th retry, at most max
type Backoff struct {
	Doubles bool
	First   sim.Time // before the first retry
	Max     sim.Time // sim.Never = no limit
}

const backoffForms = "constant(50ms), exponential(50ms) or exponential(50ms, max=5s)"

// String returns the text that ParseBackoff reads back to the same value.
func (b Backoff) String() string {
	switch {
	case !b.Doubles:
		return fmt.Sprintf("constant(%s)", b.First)
	case b.Max == sim.Never:
		return fmt.Sprintf("exponential(%s)", b.First)
	default:
		return fmt.Sprintf("exponential(%s, max=%s)", b.First, b.Max)
	}
}

// ParseBackoff reads constant(50ms), exponential(50ms) or exponential(50ms,
// max=5s); a bare 50ms is constant.
func ParseBackoff(text string) (Backoff, error) {
	name, rest, bracket := strings.Cut(text, "(")
	if !bracket {
		first, err := sim.ParseTime(text)
		if err != nil {
			return Backoff{}, fmt.Errorf("must be %s, got %q", backoffForms, text)
		}
		return Backoff{First: first, Max: sim.Never}, nil
	}
	known := []string{"constant", "exponential"}
	name = strings.TrimSpace(name)
	inside, closed := strings.CutSuffix(strings.TrimSpace(rest), ")")
	if !slices.Contains(known, name) || !closed {
		problem := fmt.Sprintf("must be %s, got %q", backoffForms, text)
		if near := names.Nearest(name, known); near != "" && near != name {
			problem += fmt.Sprintf("; did you mean %s?", near)
		}
		return Backoff{}, fmt.Errorf("%s", problem)
	}
	first, limit, limited := strings.Cut(inside, ",")
	b := Backoff{Doubles: name == "exponential", Max: sim.Never}
	var err error
	if b.First, err = sim.ParseTime(strings.TrimSpace(first)); err != nil {
		return Backoff{}, err
	}
	if limited {
		if !b.Doubles {
			return Backoff{}, fmt.Errorf("constant takes one time, got %q", text)
		}
		limit = strings.TrimSpace(limit)
		limit = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(limit, "max"), "="))
		if b.Max, err = sim.ParseTime(limit); err != nil {
			return Backoff{}, err
		}
	}
	return b, nil
}

// before returns the pause before the k-th retry, k from 1, without jitter.
func (b Backoff) before(k int) sim.Time {
	if !b.Doubles {
		return b.First
	}
	pause := b.First
	for ; k > 1 && pause < b.Max && pause < sim.Hour; k-- {
		pause *= 2
	}
	return min(pause, b.Max)
}

// spread applies the jitter to a pause.
func (j Jitter) spread(pause sim.Time, draws *sim.Stream) sim.Time {
	switch j {
	case JitterFull:
		return sim.Time(float64(pause) * draws.Float64())
	case JitterEqual:
		return pause/2 + sim.Time(float64(pause/2)*draws.Float64())
	case JitterExponential:
		return sim.Time(float64(pause) * draws.Exp())
	}
	return pause
}
