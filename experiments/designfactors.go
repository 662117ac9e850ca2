package experiments

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/models"
	"onepen/sim/names"
)

// fixedForAll lists the parameters that all points of a design share: they name
// the scenario, and make the random numbers common.
var fixedForAll = []string{"name", "about", "seed"}

// readFactors reads what is varied.
func (r *designReader) readFactors() {
	n := r.parts[designFactors]
	switch {
	case n == nil:
		r.complain(position{1, 1}, designFactors, "", "are missing: a sweep varies parameters")
		return
	case n.Kind != yaml.MappingNode || len(n.Content) == 0:
		r.complain(positionOf(n), designFactors, "", "must be a mapping of parameters to their values, such as {lanes.x.batch.size: [1, 8, 64]}, got %s", describe(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.readFactor(n.Content[i], n.Content[i+1])
	}
}

// readFactor reads one parameter and its values.
func (r *designReader) readFactor(key, value *yaml.Node) {
	path, at := key.Value, positionOf(key)
	p, err := r.design.Base.Declaration(path)
	switch {
	case key.Kind != yaml.ScalarNode || isNull(key):
		r.complain(at, designFactors, "", "must have the path of a parameter before the colon, got %s", describe(key))
		return
	case err != nil:
		message, suggestion := explain(err)
		r.complain(at, path, suggestion, "%s", message)
		return
	case slices.Contains(fixedForAll, path):
		r.complain(at, path, "", "is the same at all points, as they share their random numbers; it cannot be a factor")
		return
	case r.design.DetectWarmup && path == designWarmup:
		r.complain(at, path, "", "is detected; it cannot be a factor as well")
		return
	case r.number(path) >= 0:
		r.complain(at, path, "", "is given twice")
		return
	}
	if set, given := r.at[path]; given && path != designWarmup {
		r.complain(set, path, "", "is a factor as well, so this value would not count")
	}
	levels := (&levelReader{r.document, r.design.Base, path, p}).read(value)
	r.at[path] = at
	r.tied = append(r.tied, len(r.design.Factors))
	r.design.Factors = append(r.design.Factors, Factor{Path: path, Levels: levels, Column: factorColumn(p, path, levels)})
}

// number returns the number of a factor, -1 if there is none of that path.
func (r *designReader) number(path string) int {
	return slices.IndexFunc(r.design.Factors, func(f Factor) bool { return f.Path == path })
}

// readZip reads which factors vary together.
func (r *designReader) readZip() {
	n := r.parts[designZip]
	if n == nil {
		return
	}
	const form = "must be a list of lists of factors, such as [[lanes.x.arrivals.rate, stores.y.partitions]], got %s"
	if n.Kind != yaml.SequenceNode {
		r.complain(positionOf(n), designZip, "", form, describe(n))
		return
	}
	for _, group := range n.Content {
		if group.Kind != yaml.SequenceNode || len(group.Content) < 2 {
			r.complain(positionOf(group), designZip, "", form, describe(group))
			continue
		}
		r.zip(group)
	}
}

// zip ties the factors of one group to the one that stands first among the
// factors.
func (r *designReader) zip(group *yaml.Node) {
	var members []int
	for _, item := range group.Content {
		i := r.number(item.Value)
		switch {
		case item.Kind != yaml.ScalarNode:
			r.complain(positionOf(item), designZip, "", "must be the path of a factor, got %s", describe(item))
		case i < 0:
			r.complain(positionOf(item), designZip, names.Nearest(item.Value, r.paths()), "%s is no factor (there are: %s)", item.Value, strings.Join(r.paths(), ", "))
		case r.tied[i] != i || slices.Contains(members, i) || slices.Contains(r.tied[:i], i) || slices.Contains(r.tied[i+1:], i):
			r.complain(positionOf(item), designZip, "", "%s varies together with others already", item.Value)
		default:
			members = append(members, i)
		}
	}
	if len(members) < len(group.Content) {
		return
	}
	first := slices.Min(members)
	for _, i := range members {
		r.tied[i] = first
		if a, b := r.design.Factors[first], r.design.Factors[i]; len(a.Levels) != len(b.Levels) && len(a.Levels) > 0 && len(b.Levels) > 0 {
			r.complain(positionOf(group), designZip, "", "must have equally many values: %s has %d, %s has %d", a.Path, len(a.Levels), b.Path, len(b.Levels))
		}
	}
}

func (r *designReader) paths() []string {
	var paths []string
	for _, f := range r.design.Factors {
		paths = append(paths, f.Path)
	}
	return paths
}

// readWhere reads what must hold at a point.
func (r *designReader) readWhere() {
	n := r.parts[designWhere]
	if n == nil {
		return
	}
	if n.Kind != yaml.SequenceNode {
		r.complain(positionOf(n), designWhere, "", "must be a list of comparisons, such as [stores.x.quorum <= stores.x.replicas], got %s", describe(n))
		return
	}
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || isNull(item) {
			r.complain(positionOf(item), designWhere, "", "must be a comparison, such as stores.x.quorum <= stores.x.replicas, got %s", describe(item))
			continue
		}
		c, err := parseConstraint(item.Value, r.design.Base)
		if err != nil {
			message, suggestion := explain(err)
			r.complain(positionOf(item), designWhere, suggestion, "%s", message)
			continue
		}
		r.where = append(r.where, c)
	}
}

// makePoints crosses the factors, leaves out what the constraints leave out and
// looks whether what is left can be run.
func (r *designReader) makePoints() {
	if crossed(r.design.Factors, r.tied) > maxPoints {
		r.complain(r.at[designFactors], designFactors, "", "have too many combinations; a sweep has at most %d points", maxPoints)
		return
	}
	told := make(map[string]bool)
	for _, p := range cross(r.design.Factors, r.tied) {
		if r.repeated(p) {
			return
		}
		s, errs := r.design.at(p)
		if !r.allowed(s) {
			continue
		}
		for _, err := range errs {
			r.refusePoint(p, err, told)
		}
		r.design.Points = append(r.design.Points, p)
	}
	if len(r.design.Points) == 0 {
		r.complain(r.at[designWhere], designWhere, "", "leaves no point")
	}
}

// repeated reports, and complains, whether a point is among those that are there
// already. Values may come twice among factors that vary together, but not all
// of them.
func (r *designReader) repeated(p Point) bool {
	key := strings.Join(p, "\n")
	if r.seen[key] {
		r.complain(r.at[designFactors], designFactors, "", "have the point %s twice", r.describe(p))
		return true
	}
	r.seen[key] = true
	return false
}

// describe writes a point for messages.
func (r *designReader) describe(p Point) string {
	var levels []string
	for i, f := range r.design.Factors {
		levels = append(levels, fmt.Sprintf("%s: %s", f.Path, p[i]))
	}
	return "{" + strings.Join(levels, ", ") + "}"
}

// allowed reports whether the constraints let a point be run. They were tried
// on the base; what compares there compares everywhere, but for a level that is
// no number.
func (r *designReader) allowed(s *models.Scenario) bool {
	for _, c := range r.where {
		if holds, err := c.holds(s); err == nil && !holds {
			return false
		}
	}
	return true
}

// refusePoint complains about a point that cannot be run, where the parameter
// that does not fit was given. The same is said once, of the first such point.
func (r *designReader) refusePoint(p Point, err error, told map[string]bool) {
	message, suggestion := explain(err)
	path := pathOf(err)
	if told[path] {
		return
	}
	told[path] = true
	at, given := r.at[path]
	if !given {
		at = r.at[designFactors]
	}
	r.complain(at, path, suggestion, "%s; at the point %s, which a line under where could leave out", message, r.describe(p))
}
