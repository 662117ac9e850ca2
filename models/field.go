package models

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onepen/sim"
	"onepen/sim/names"
)

// field declares a parameter of a component of type T. The functions below
// build one field each: the accessor says where the value lives, the rest is
// what a person needs to know.
type field[T any] struct {
	Param
	text  func(c *T) string
	parse func(c *T, text string, open opener) error
}

type opener = func(name string) (io.ReadCloser, error)

// fixed marks a parameter that cannot change while the system runs.
func (f field[T]) fixed() field[T] {
	f.Live = false
	return f
}

// section turns the fields of one kind of component into declarations. The
// accessor finds the component of a given name.
func section[T any](name string, component func(s *Scenario, name string) *T, fields ...field[T]) []Param {
	params := make([]Param, len(fields))
	for i, f := range fields {
		p := f.Param
		p.section, p.name = name, p.Path
		if name != sectionRun {
			p.Path = name + ".*." + p.Path
		}
		p.get = func(s *Scenario, at string) string { return f.text(component(s, at)) }
		p.set = func(s *Scenario, at, text string) error { return f.parse(component(s, at), text, s.Open) }
		params[i] = p
	}
	return params
}

// textField declares a free text.
func textField[T any](path, value, allowed, help string, at func(*T) *string) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindText, Default: value, Allowed: allowed, Live: true, Help: help},
		text:  func(c *T) string { return *at(c) },
		parse: func(c *T, text string, _ opener) error { *at(c) = text; return nil },
	}
}

// countField declares a whole number from lo to hi. Forms such as 1e6 are read.
func countField[T any](path, unit, value string, lo, hi int, help string, at func(*T) *int) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindCount, Unit: unit, Default: value, Allowed: fmt.Sprintf("%d to %d", lo, hi), Live: true, Help: help},
		text:  func(c *T) string { return strconv.Itoa(*at(c)) },
		parse: func(c *T, text string, _ opener) error {
			x, err := parseNumber(text)
			if err != nil || x != math.Trunc(x) {
				return fmt.Errorf("must be a whole number, %d to %d, got %q%s", lo, hi, text, withoutCommas(text))
			}
			if x < float64(lo) || x > float64(hi) {
				return fmt.Errorf("must be %d to %d, got %s", lo, hi, text)
			}
			*at(c) = int(x)
			return nil
		},
	}
}

// limitField declares a whole number from 0 to hi, or no limit at all.
func limitField[T any](path, unit, value string, hi int, help string, at func(*T) *int) field[T] {
	f := countField(path, unit, value, 0, hi, help, at)
	f.Allowed += ", or " + unlimitedText
	number, read := f.text, f.parse
	f.text = func(c *T) string {
		if *at(c) == unlimited {
			return unlimitedText
		}
		return number(c)
	}
	f.parse = func(c *T, text string, open opener) error {
		if text == unlimitedText {
			*at(c) = unlimited
			return nil
		}
		if err := read(c, text, open); err != nil {
			return fmt.Errorf("%w (or %s)", err, unlimitedText)
		}
		return nil
	}
	return f
}

// unboundedField declares a real number from lo to hi, or no limit at all,
// which is +Inf.
func unboundedField[T any](path, unit, value string, lo, hi float64, help string, at func(*T) *float64) field[T] {
	return orUnlimited(numberField(path, unit, value, lo, hi, help, at), at)
}

// unboundedRateField declares a number per time, or no limit at all.
func unboundedRateField[T any](path, value, help string, at func(*T) *float64) field[T] {
	return orUnlimited(rateField(path, value, 1e-6, help, at), at)
}

func orUnlimited[T any](f field[T], at func(*T) *float64) field[T] {
	f.Allowed += ", or " + unlimitedText
	number, read := f.text, f.parse
	f.text = func(c *T) string {
		if math.IsInf(*at(c), 1) {
			return unlimitedText
		}
		return number(c)
	}
	f.parse = func(c *T, text string, open opener) error {
		if text == unlimitedText {
			*at(c) = math.Inf(1)
			return nil
		}
		if err := read(c, text, open); err != nil {
			return fmt.Errorf("%w (or %s)", err, unlimitedText)
		}
		return nil
	}
	return f
}

// skewField declares a popularity.
func skewField[T any](path, help string, at func(*T) *Skew) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindSkew, Default: "uniform", Allowed: skewForms, Live: true, Help: help},
		text:  func(c *T) string { return at(c).String() },
		parse: func(c *T, text string, _ opener) error {
			skew, err := ParseSkew(text)
			if err == nil {
				*at(c) = skew
			}
			return err
		},
	}
}

// patienceField declares a distribution of a time, or none: for ever.
func patienceField[T any](path, help string, at func(*T) *sim.Dist) field[T] {
	f := distField(path, "none", help, at)
	f.Allowed = "none, or " + f.Allowed
	dist, read := f.text, f.parse
	f.text = func(c *T) string {
		if *at(c) == nil {
			return "none"
		}
		return dist(c)
	}
	f.parse = func(c *T, text string, open opener) error {
		if text == "none" {
			*at(c) = nil
			return nil
		}
		return read(c, text, open)
	}
	return f
}

// backoffField declares a pause that may grow from attempt to attempt.
func backoffField[T any](path, value, help string, at func(*T) *Backoff) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindText, Unit: "s", Default: value, Allowed: backoffForms, Live: true, Help: help},
		text:  func(c *T) string { return at(c).String() },
		parse: func(c *T, text string, _ opener) error {
			backoff, err := ParseBackoff(text)
			if err == nil {
				*at(c) = backoff
			}
			return err
		},
	}
}

// profileField declares how the load of a lane varies over the run.
func profileField() field[Lane] {
	return field[Lane]{
		Param: Param{Path: "arrivals.profile", Kind: KindText, Default: "constant", Allowed: profileForms, Live: true, Help: "how the load of an open loop varies over the run, as a factor on its rate"},
		text:  func(l *Lane) string { return l.Arrivals.Profile.String() },
		parse: func(l *Lane, text string, _ opener) error {
			profile, err := ParseProfile(text)
			if err == nil {
				l.Arrivals.Profile = profile
			}
			return err
		},
	}
}

// unlimited is the value of a limit that is none.
const (
	unlimited     = math.MaxInt
	unlimitedText = "unlimited"
)

// numberField declares a real number from lo to hi.
func numberField[T any](path, unit, value string, lo, hi float64, help string, at func(*T) *float64) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindNumber, Unit: unit, Default: value, Allowed: fmt.Sprintf("%g to %g", lo, hi), Live: true, Help: help},
		text:  func(c *T) string { return formatNumber(*at(c)) },
		parse: func(c *T, text string, _ opener) error {
			x, err := parseNumber(text)
			if err != nil {
				return fmt.Errorf("must be a number, %g to %g, got %q%s", lo, hi, text, withoutCommas(text))
			}
			if x < lo || x > hi {
				return fmt.Errorf("must be %g to %g, got %s", lo, hi, text)
			}
			*at(c) = x
			return nil
		},
	}
}

// maxRate bounds every rate: a write each nanosecond, the clock's step.
const maxRate = 1e9

// rateField declares a number of writes per time, from lo to 1e9 a second.
func rateField[T any](path, value string, lo float64, help string, at func(*T) *float64) field[T] {
	allowed := fmt.Sprintf("%s to %s", formatRate(lo), formatRate(maxRate))
	return field[T]{
		Param: Param{Path: path, Kind: KindRate, Unit: "1/s", Default: value, Allowed: allowed, Live: true, Help: help},
		text:  func(c *T) string { return formatRate(*at(c)) },
		parse: func(c *T, text string, _ opener) error {
			x, err := parseRate(text)
			if err != nil {
				return err
			}
			if x < lo || x > maxRate {
				return fmt.Errorf("must be %s, got %s", allowed, text)
			}
			*at(c) = x
			return nil
		},
	}
}

// spanField declares a time span from lo to hi.
func spanField[T any](path, value string, lo, hi sim.Time, help string, at func(*T) *sim.Time) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindSpan, Unit: "s", Default: value, Allowed: fmt.Sprintf("%s to %s", lo, hi), Live: true, Help: help},
		text:  func(c *T) string { return at(c).String() },
		parse: func(c *T, text string, _ opener) error {
			x, err := sim.ParseTime(text)
			if err != nil {
				return err
			}
			if x < lo || x > hi {
				return fmt.Errorf("must be %s to %s, got %s", lo, hi, text)
			}
			*at(c) = x
			return nil
		},
	}
}

// distField declares a distribution of a time.
func distField[T any](path, value, help string, at func(*T) *sim.Dist) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindDist, Unit: "s", Default: value, Allowed: "a time such as 2ms, or a distribution such as exponential(2ms)", Live: true, Help: help},
		text:  func(c *T) string { return (*at(c)).String() },
		parse: func(c *T, text string, open opener) error {
			if open == nil {
				open = noFiles
			}
			d, err := sim.ParseDist(text, open)
			if err != nil {
				return err
			}
			*at(c) = d
			return nil
		},
	}
}

func noFiles(name string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("cannot read %s: this scenario has no files", name)
}

// choiceField declares a choice among named behaviours, numbered from 0.
func choiceField[T any, E ~uint8](path, value string, choices []string, help string, at func(*T) *E) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindChoice, Default: value, Allowed: strings.Join(choices, ", "), Choices: choices, Live: true, Help: help},
		text:  func(c *T) string { return choices[*at(c)] },
		parse: func(c *T, text string, _ opener) error {
			i := slices.Index(choices, text)
			if i < 0 {
				return notOneOf(text, choices)
			}
			*at(c) = E(i)
			return nil
		},
	}
}

// notOneOf is the complaint about a word that is none of the known ones.
func notOneOf(text string, known []string) error {
	problem := fmt.Sprintf("must be one of %s, got %q", strings.Join(known, ", "), text)
	if near := names.Nearest(text, known); near != "" {
		problem += fmt.Sprintf("; did you mean %s?", near)
	}
	return errors.New(problem)
}

// flagField declares a yes or no.
func flagField[T any](path, value, help string, at func(*T) *bool) field[T] {
	return field[T]{
		Param: Param{Path: path, Kind: KindFlag, Default: value, Allowed: "true, false", Live: true, Help: help},
		text:  func(c *T) string { return strconv.FormatBool(*at(c)) },
		parse: func(c *T, text string, _ opener) error {
			switch text {
			case "true", "on", "yes":
				*at(c) = true
			case "false", "off", "no":
				*at(c) = false
			default:
				return fmt.Errorf("must be true or false, got %q", text)
			}
			return nil
		},
	}
}

// parseNumber reads a finite number with an optional k (thousand) or M
// (million) behind it.
func parseNumber(text string) (float64, error) {
	digits, scale := text, 1.0
	switch {
	case strings.HasSuffix(text, "k"):
		digits, scale = text[:len(text)-1], 1e3
	case strings.HasSuffix(text, "M"):
		digits, scale = text[:len(text)-1], 1e6
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("must be a number, got %q%s", text, withoutCommas(text))
	}
	return x * scale, nil
}

// withoutCommas suggests the text without the commas between its thousands, if
// it has any.
func withoutCommas(text string) string {
	if !grouped.MatchString(text) {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", strings.ReplaceAll(text, ",", ""))
}

// grouped matches a number whose thousands are set off by commas.
var grouped = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+([./kM].*)?$`)

func formatNumber(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// parseRate reads a number per time span, such as 900/s, 2k/s or 30/min, as
// a number per second.
func parseRate(text string) (float64, error) {
	number, unit, found := strings.Cut(text, "/")
	x, err := parseNumber(strings.TrimSpace(number))
	switch {
	case err != nil:
		return 0, fmt.Errorf("must be a rate such as 900/s, got %q%s", text, withoutCommas(text))
	case !found:
		return 0, fmt.Errorf("must be a rate such as 900/s, 2k/s or 1M/h, per s, ms, min or h, got %q; did you mean %s/s?", text, text)
	}
	switch strings.TrimSpace(unit) {
	case "s":
		return x, nil
	case "ms":
		return x * 1e3, nil
	case "min":
		return x / 60, nil
	case "h":
		return x / 3600, nil
	}
	return 0, fmt.Errorf("must be a rate per s, ms, min or h, such as 900/s, 2k/s or 1M/h, got %q", text)
}

func formatRate(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) + "/s" }
