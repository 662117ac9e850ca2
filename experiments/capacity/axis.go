package capacity

import (
	"fmt"
	"math"

	"onepen/experiments"
	"onepen/models"
)

// axis is the parameter that is searched, as numbers in base units.
type axis struct {
	base  *models.Scenario
	path  string
	param models.Param
	start float64 // the base's value
	whole bool    // only whole numbers are values
}

func newAxis(base *models.Scenario, path string) (*axis, error) {
	p, err := base.Declaration(path)
	if err != nil {
		return nil, err
	}
	value, err := base.Value(path)
	if err != nil {
		return nil, err
	}
	a := &axis{base: base, path: path, param: p, whole: p.Kind == models.KindCount}
	switch p.Kind {
	case models.KindRate, models.KindNumber, models.KindCount, models.KindSpan:
		a.start, _ = p.Number(value)
		return a, nil
	}
	return nil, fmt.Errorf("%s is a %s: only a rate, a number, a count or a time can be searched", path, p.Kind)
}

// load reports whether the parameter is an offered load, of which more makes
// things worse.
func (a *axis) load() bool { return a.param.Kind == models.KindRate }

// at returns the scenario with a value, and the value as it can be written; an
// error if it is not allowed.
func (a *axis) at(x float64) (*models.Scenario, float64, error) {
	text := a.param.Text(x)
	exact, ok := a.param.Number(text)
	if !ok {
		return nil, 0, fmt.Errorf("%s: must be %s, got %g", a.path, a.param.Allowed, x)
	}
	s := a.base.Clone()
	err := experiments.Assign(s, []experiments.Override{{Written: a.path + "=" + text, Text: a.path + "=" + text}})
	return s, exact, err
}

// allowed reports whether the parameter takes a value.
func (a *axis) allowed(x float64) bool {
	_, _, err := a.at(x)
	return err == nil
}

// parse reads a value as a person writes it.
func (a *axis) parse(text string) (float64, error) {
	x, ok := a.param.Number(text)
	if !ok || math.IsInf(x, 0) {
		return 0, fmt.Errorf("must be a %s (%s), got %q", a.param.Kind, a.param.Allowed, text)
	}
	_, _, err := a.at(x)
	return x, err
}
