package models

import (
	"fmt"
	"slices"
	"strings"

	"onepen/sim"
	"onepen/sim/names"
)

// Profile is how the load of a lane varies over the run: a factor on its
// rate, as a function of simulated time.
//
//	constant                           1
//	steps(10s: 5, 20s: 1)              from each instant on its factor; 1 before the first
//	ramp(10s: 1, 20s: 3)               linear between the instants, level before and after
//	daily(period=60s, amplitude=0.5)   1 + amplitude · sin(2π t / period)
//
// The sine is drawn as a polygon through dailyCorners points of it, so that the
// factor is linear stretch by stretch in all forms and arrivals can be computed
// exactly. The polygon's mean over a period is 1, and it is off the sine by at
// most amplitude · (2π/dailyCorners)²/8, which is 0.12 % of the rate.
type Profile struct {
	Kind      ProfileKind
	Points    []ProfilePoint // of steps and ramp, at least one, instants growing; not to be changed
	Period    sim.Time       // of daily
	Amplitude float64        // of daily, 0 to 1
}

// ProfilePoint is an instant of a profile and the factor there.
type ProfilePoint struct {
	At     sim.Time
	Factor float64
}

// ProfileKind is the family of a Profile.
type ProfileKind uint8

const (
	ProfileConstant ProfileKind = iota // 1 throughout
	ProfileSteps                       // from each instant its factor
	ProfileRamp                        // linear between the points
	ProfileDaily                       // up and down around 1
)

var profileKinds = []string{"constant", "steps", "ramp", "daily"}

func (k ProfileKind) String() string { return profileKinds[k] }

const (
	profileForms = "constant, steps(10s: 5, 20s: 1), ramp(10s: 1, 20s: 3) or daily(period=60s, amplitude=0.5)"

	maxFactor = 1e6
	minPeriod = sim.Second
)

// String returns the text that ParseProfile reads back to the same value.
func (p Profile) String() string {
	switch p.Kind {
	case ProfileConstant:
		return "constant"
	case ProfileDaily:
		return fmt.Sprintf("daily(period=%s, amplitude=%s)", p.Period, formatNumber(p.Amplitude))
	}
	points := make([]string, len(p.Points))
	for i, point := range p.Points {
		points[i] = fmt.Sprintf("%s: %s", point.At, formatNumber(point.Factor))
	}
	return fmt.Sprintf("%s(%s)", p.Kind, strings.Join(points, ", "))
}

// ParseProfile reads constant, steps(10s: 5, 20s: 1), ramp(10s: 1, 20s: 3) or
// daily(period=60s, amplitude=0.5). Instants and factors may also be tied by =.
func ParseProfile(text string) (Profile, error) {
	name, rest, bracket := strings.Cut(text, "(")
	name = strings.TrimSpace(name)
	kind := slices.Index(profileKinds, name)
	inside, closed := strings.CutSuffix(strings.TrimSpace(rest), ")")
	if kind < 0 || bracket != closed || bracket == (ProfileKind(kind) == ProfileConstant) {
		problem := fmt.Sprintf("must be %s, got %q", profileForms, text)
		if near := names.Nearest(name, profileKinds); near != "" && near != name {
			problem += fmt.Sprintf("; did you mean %s?", near)
		}
		return Profile{}, fmt.Errorf("%s", problem)
	}
	p := Profile{Kind: ProfileKind(kind)}
	var err error
	switch p.Kind {
	case ProfileSteps, ProfileRamp:
		p.Points, err = parsePoints(inside)
	case ProfileDaily:
		p.Period, p.Amplitude, err = parseDaily(inside)
	}
	if err != nil {
		return Profile{}, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// parsePoints reads instants and factors such as 10s: 5, 20s: 1.
func parsePoints(text string) ([]ProfilePoint, error) {
	var points []ProfilePoint
	for part := range strings.SplitSeq(text, ",") {
		at := strings.IndexAny(part, ":=")
		if at < 0 {
			return nil, fmt.Errorf("must list instants and factors such as 10s: 5, got %q", text)
		}
		var p ProfilePoint
		var err error
		if p.At, err = sim.ParseTime(strings.TrimSpace(part[:at])); err != nil {
			return nil, err
		}
		if p.Factor, err = parseNumber(strings.TrimSpace(part[at+1:])); err != nil {
			return nil, err
		}
		if p.At < 0 || p.At > maxSpan {
			return nil, fmt.Errorf("an instant must be 0s to %s, got %s", maxSpan, p.At)
		}
		if p.Factor < 0 || p.Factor > maxFactor {
			return nil, fmt.Errorf("a factor must be 0 to %g, got %s", maxFactor, formatNumber(p.Factor))
		}
		if n := len(points); n > 0 && p.At <= points[n-1].At {
			return nil, fmt.Errorf("instants must grow, got %s after %s", p.At, points[n-1].At)
		}
		points = append(points, p)
	}
	return points, nil
}

// parseDaily reads a period and an amplitude, by name or in that order.
func parseDaily(text string) (period sim.Time, amplitude float64, err error) {
	want := []string{"period", "amplitude"}
	var values [2]string
	for i, part := range strings.Split(text, ",") {
		if name, value, named := strings.Cut(part, "="); named {
			i, part = slices.Index(want, strings.TrimSpace(name)), value
		}
		if i < 0 || i >= len(want) || values[i] != "" {
			return 0, 0, fmt.Errorf("must be given (period, amplitude), got %q", text)
		}
		values[i] = strings.TrimSpace(part)
	}
	if values[1] == "" {
		return 0, 0, fmt.Errorf("must be given (period, amplitude), got %q", text)
	}
	if period, err = sim.ParseTime(values[0]); err != nil {
		return 0, 0, err
	}
	if period < minPeriod || period > maxSpan {
		return 0, 0, fmt.Errorf("period must be %s to %s, got %s", minPeriod, maxSpan, period)
	}
	if amplitude, err = parseNumber(values[1]); err != nil {
		return 0, 0, err
	}
	if amplitude < 0 || amplitude > 1 {
		return 0, 0, fmt.Errorf("amplitude must be 0 to 1, got %s", values[1])
	}
	return period, amplitude, nil
}

// equal reports whether two profiles are the same function.
func (p *Profile) equal(q *Profile) bool {
	return p.Kind == q.Kind && p.Period == q.Period && p.Amplitude == q.Amplitude && slices.Equal(p.Points, q.Points)
}
