package experiments

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
	"onepen/sim/names"
)

// The parts of a range of levels.
const (
	rangeFrom   = "from"
	rangeTo     = "to"
	rangeBy     = "by"
	rangeTimes  = "times"
	rangePoints = "points"
	rangeScale  = "scale"
)

// rangeParts lists the parts of a range.
var rangeParts = []string{rangeFrom, rangeTo, rangeBy, rangeTimes, rangePoints, rangeScale}

// The scales on which the points of a range have equal distances.
var rangeScales = []string{"linear", "log"}

// maxLevels bounds the levels of one factor.
const maxLevels = 10_000

// levelReader reads the levels of one factor.
type levelReader struct {
	*document
	base *models.Scenario
	path string
	p    models.Param
}

// read returns the levels, each as the parameter writes it, and none if
// something is wrong with them:
//
//	[1, 8, 64]                              a list
//	{from: 10, to: 50, by: 10}              equal steps: 10, 20, 30, 40, 50
//	{from: 1, to: 64, times: 2}             equal ratios: 1, 2, 4, …, 64
//	{from: 1ms, to: 1s, points: 4}          that many, at equal distances
//	{from: 1ms, to: 1s, points: 4, scale: log}
func (r *levelReader) read(n *yaml.Node) []string {
	before := len(r.problems)
	var levels []string
	switch n.Kind {
	case yaml.SequenceNode:
		levels = r.list(n)
	case yaml.MappingNode:
		levels = r.span(n)
	default:
		r.level(n, n.Value, &levels)
	}
	if len(r.problems) > before {
		return nil
	}
	if len(levels) == 0 {
		r.complain(positionOf(n), r.path, "", "must have at least one value")
	}
	return levels
}

// list reads values one by one. A call with several arguments has been split at
// its commas, as by rejoin.
func (r *levelReader) list(n *yaml.Node) []string {
	var levels []string
	for i := 0; i < len(n.Content); i++ {
		item := n.Content[i]
		text := item.Value
		for isPlain(item) && len(text) < maxCall && unclosed(text) && i+1 < len(n.Content) && isPlain(n.Content[i+1]) {
			i++
			text += ", " + n.Content[i].Value
		}
		r.level(item, text, &levels)
	}
	return levels
}

// level appends one value, or complains of it.
func (r *levelReader) level(n *yaml.Node, text string, levels *[]string) {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		r.complain(positionOf(n), r.path, "", "must be values of the parameter (%s), got %s", r.p.Allowed, describe(n))
		return
	}
	value, err := r.written(text)
	switch {
	case err != nil:
		message, suggestion := explain(err)
		r.complain(positionOf(n), r.path, suggestion, "%s", message)
	case len(*levels) == maxLevels:
		r.complain(positionOf(n), r.path, "", "a factor has at most %d values", maxLevels)
	default:
		*levels = append(*levels, value)
	}
}

// written returns a value as the parameter writes it.
func (r *levelReader) written(text string) (string, error) {
	s := r.base.Clone()
	if err := s.Set(r.path, text); err != nil {
		return "", err
	}
	return s.Value(r.path)
}

// span reads a range.
func (r *levelReader) span(n *yaml.Node) []string {
	before := len(r.problems)
	parts := make(map[string]*yaml.Node)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(rangeParts, key.Value):
			r.complain(positionOf(key), r.path, names.Nearest(key.Value, rangeParts), "there is no such part of a range (there are: %s)", strings.Join(rangeParts, ", "))
		case parts[key.Value] != nil:
			r.complain(positionOf(key), r.path, "", "%s is given twice", key.Value)
		case value.Kind != yaml.ScalarNode || isNull(value):
			r.complain(positionOf(value), r.path, "", "%s must be a value, got %s", key.Value, describe(value))
		default:
			parts[key.Value] = value
		}
	}
	if len(r.problems) > before {
		return nil
	}
	values, err := r.spread(n, parts)
	if err != nil {
		r.complain(positionOf(n), r.path, "", "%s", err)
		return nil
	}
	var levels []string
	for _, x := range values {
		text, err := r.written(r.p.Text(x))
		if err != nil {
			message, _ := explain(err)
			r.complain(positionOf(n), r.path, "", "of the range: %s", message)
			return nil
		}
		// Whole numbers may have come together.
		if !slices.Contains(levels, text) {
			levels = append(levels, text)
		}
	}
	return levels
}

// spread returns the numbers of a range in base units, each computed from the
// first and its own number, never from the one before, so that rounding does
// not add up.
func (r *levelReader) spread(n *yaml.Node, parts map[string]*yaml.Node) ([]float64, error) {
	from, err := r.bound(parts, rangeFrom)
	if err != nil {
		return nil, err
	}
	to, err := r.bound(parts, rangeTo)
	if err != nil {
		return nil, err
	}
	steps := 0
	for _, name := range []string{rangeBy, rangeTimes, rangePoints} {
		if parts[name] != nil {
			steps++
		}
	}
	switch {
	case from > to:
		return nil, fmt.Errorf("from must be at most to")
	case steps != 1:
		return nil, fmt.Errorf("a range has a from, a to, and one of by, times and points")
	case parts[rangeScale] != nil && parts[rangePoints] == nil:
		return nil, fmt.Errorf("a scale belongs to points; by has equal steps, times equal ratios")
	case parts[rangeBy] != nil:
		return r.steps(parts[rangeBy], from, to)
	case parts[rangeTimes] != nil:
		return ratios(parts[rangeTimes].Value, from, to)
	}
	return points(parts, from, to)
}

// bound reads one end of a range.
func (r *levelReader) bound(parts map[string]*yaml.Node, name string) (float64, error) {
	n := parts[name]
	if n == nil {
		return 0, fmt.Errorf("a range has a from, a to, and one of by, times and points; %s is missing", name)
	}
	x, ok := r.p.Number(n.Value)
	if !ok || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%s must be a number of the parameter (%s), got %q; what has no numbers is given as a list", name, r.p.Allowed, n.Value)
	}
	return x, nil
}

// tolerance is by how much, of a step, a range may miss its end through
// rounding.
const tolerance = 1e-9

func (r *levelReader) steps(n *yaml.Node, from, to float64) ([]float64, error) {
	by, ok := r.p.Number(n.Value)
	if !ok || !(by > 0) {
		return nil, fmt.Errorf("by must be a step above 0, such as the values themselves, got %q", n.Value)
	}
	last := math.Floor((to-from)/by + tolerance)
	return spaced(last, func(i float64) float64 { return from + i*by })
}

func ratios(text string, from, to float64) ([]float64, error) {
	times, ok := quantity(text)
	switch {
	case !ok || !(times > 1):
		return nil, fmt.Errorf("times must be a number above 1, got %q", text)
	case !(from > 0):
		return nil, fmt.Errorf("from must be above 0 for a range with times")
	}
	last := math.Floor(math.Log(to/from)/math.Log(times) + tolerance)
	return spaced(last, func(i float64) float64 { return from * math.Pow(times, i) })
}

func points(parts map[string]*yaml.Node, from, to float64) ([]float64, error) {
	n, ok := quantity(parts[rangePoints].Value)
	if !ok || n != math.Trunc(n) || n < 2 {
		return nil, fmt.Errorf("points must be a whole number, 2 or more, got %q", parts[rangePoints].Value)
	}
	scale := rangeScales[0]
	if given := parts[rangeScale]; given != nil {
		scale = given.Value
	}
	last := n - 1
	switch {
	case !slices.Contains(rangeScales, scale):
		return nil, fmt.Errorf("scale must be one of %s, got %q", strings.Join(rangeScales, ", "), scale)
	case scale == rangeScales[0]:
		return spaced(last, func(i float64) float64 { return from + (to-from)*i/last })
	case !(from > 0):
		return nil, fmt.Errorf("from must be above 0 on a log scale")
	}
	return spaced(last, func(i float64) float64 { return from * math.Pow(to/from, i/last) })
}

// spaced returns the values at 0, 1, …, last.
func spaced(last float64, at func(i float64) float64) ([]float64, error) {
	if last >= maxLevels {
		return nil, fmt.Errorf("a factor has at most %d values", maxLevels)
	}
	values := make([]float64, int(last)+1)
	for i := range values {
		values[i] = at(float64(i))
	}
	return values, nil
}
