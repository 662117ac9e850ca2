package experiments

import (
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim/names"
)

// Numbers of replications.
const (
	usualReplications = 5
	mostReplications  = 100 // of an until that does not say
	maxReplications   = 100_000
)

// readReplications reads how often each point is run: a number, or
// {until: {lanes.x.ack_p99_s: 5%}, min: 5, max: 50}.
func (r *designReader) readReplications() {
	n := r.parts[designReplications]
	switch {
	case n == nil:
	case n.Kind == yaml.MappingNode:
		r.readUntil(n)
	default:
		if count, ok := r.count(n, designReplications, 1); ok {
			r.design.Replications = Replications{Min: count, Max: count}
		}
	}
}

// count reads a whole number of replications.
func (r *designReader) count(n *yaml.Node, path string, least int) (int, bool) {
	x, ok := quantity(n.Value)
	if n.Kind != yaml.ScalarNode || !ok || x != math.Trunc(x) || x < float64(least) || x > maxReplications {
		r.complain(positionOf(n), path, "", "must be a whole number, %d to %d, got %s", least, maxReplications, describe(n))
		return 0, false
	}
	return int(x), true
}

// readUntil reads a number of replications that depends on their precision.
func (r *designReader) readUntil(n *yaml.Node) {
	rep := Replications{Min: usualReplications, Max: mostReplications}
	parts := []string{replicationsUntil, replicationsMin, replicationsMax}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		path := join(designReplications, key.Value)
		if seen[key.Value] {
			r.complain(positionOf(key), path, "", "is given twice")
			continue
		}
		seen[key.Value] = true
		switch key.Value {
		case replicationsUntil:
			rep.Targets = r.targets(value, path)
		case replicationsMin:
			if count, ok := r.count(value, path, 2); ok {
				rep.Min = count
			}
		case replicationsMax:
			if count, ok := r.count(value, path, 2); ok {
				rep.Max = count
			}
		default:
			r.complain(positionOf(key), path, names.Nearest(key.Value, parts), "there is no such part (there are: %s)", strings.Join(parts, ", "))
		}
	}
	if !seen[replicationsUntil] {
		r.complain(positionOf(n), designReplications, "", "must be a number, or have an until, such as {until: {lanes.x.ack_p99_s: 5%%}, max: 50}")
	}
	if rep.Max < rep.Min {
		r.complain(positionOf(n), designReplications, "", "must have a max of at least min, %d, got %d", rep.Min, rep.Max)
	}
	r.design.Replications = rep
}

// targets reads half-widths, which measures must reach.
func (r *designReader) targets(n *yaml.Node, path string) []Target {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		r.complain(positionOf(n), path, "", "must be a mapping of measures to half-widths, such as {lanes.x.ack_p99_s: 5%%}, got %s", describe(n))
		return nil
	}
	var targets []Target
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		found, ok := r.measure(key, path)
		if !ok {
			continue
		}
		// What is aimed at is summed up as well.
		if !slices.ContainsFunc(r.design.Responses, func(o response.Response) bool { return o.Name() == found.Name() }) {
			r.design.Responses = append(r.design.Responses, found)
		}
		t, ok := parseTarget(found, value.Value)
		if value.Kind != yaml.ScalarNode || !ok {
			r.complain(positionOf(value), join(path, key.Value), "", "must be a half-width above 0, in %% of the mean or in the unit of the measure, such as %s, got %s", exampleTarget(found), describe(value))
			continue
		}
		targets = append(targets, t)
	}
	return targets
}

// kindOfUnit is the kind of parameter whose values have a unit; others are
// numbers.
func kindOfUnit(unit string) models.Kind {
	switch unit {
	case "s":
		return models.KindSpan
	case "1/s":
		return models.KindRate
	}
	return models.KindNumber
}

// parseTarget reads a half-width.
func parseTarget(r response.Response, text string) (Target, bool) {
	if percent, relative := strings.CutSuffix(text, "%"); relative {
		x, ok := (&models.Param{Kind: models.KindNumber}).Number(strings.TrimSpace(percent))
		return Target{Response: r, HalfWidth: x / 100, Relative: true}, ok && x > 0
	}
	x, ok := (&models.Param{Kind: kindOfUnit(r.Unit)}).Number(text)
	return Target{Response: r, HalfWidth: x}, ok && x > 0 && !math.IsInf(x, 0)
}

func exampleTarget(r response.Response) string {
	switch kindOfUnit(r.Unit) {
	case models.KindSpan:
		return "5% or 2ms"
	case models.KindRate:
		return "5% or 10/s"
	}
	return "5% or 2"
}
