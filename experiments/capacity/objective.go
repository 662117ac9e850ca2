package capacity

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Objective is a bound that a response is to keep: a service-level objective.
type Objective struct {
	Response response.Response
	Above    bool    // the response is to be above the limit rather than below
	Limit    float64 // in the unit of the response
	bound    string  // as written: "<50ms"
}

// String writes the objective with the full name of its response:
// "lanes.orders.ack_p99_s<50ms".
func (o Objective) String() string { return o.Response.Name() + o.bound }

// SyntaxError is an objective that cannot be read, and where.
type SyntaxError struct {
	Text    string // as written
	Column  int    // from 1, in bytes
	Problem string
	Nearest string // the name that was perhaps meant, or ""
}

func (e *SyntaxError) Error() string {
	text := fmt.Sprintf("%s: column %d: %s", e.Text, e.Column, e.Problem)
	if e.Nearest != "" {
		text += fmt.Sprintf("; did you mean %s?", e.Nearest)
	}
	return text
}

// ParseObjective reads an objective: a measure, <, <=, > or >=, and a limit with
// its unit.
//
//	p99<50ms                 the 99th percentile of the time to an ack, of every lane
//	lanes.orders.p99<50ms    of one lane
//	loss<0.1%                writes lost, of every lane
//	goodput>900/s            stored in time, of every lane
//	allocators.codes.utilization<0.8
//
// Measures are named as response.Find has it; one of lanes without a lane is an
// objective of each. What is the better the lower it is can only be kept below a
// limit, and the other way round: the search would take the worst for the best.
// The error is a *SyntaxError.
func ParseObjective(s *models.Scenario, text string) ([]Objective, error) {
	at := strings.IndexAny(text, "<>")
	if at < 0 {
		return nil, &SyntaxError{Text: text, Column: len(text) + 1, Problem: "a measure, < or >, and a limit, such as p99<50ms"}
	}
	end := at + 1
	if strings.HasPrefix(text[end:], "=") {
		end++
	}
	name := strings.TrimSpace(text[:at])
	found, err := resolve(s, name)
	if err != nil {
		err.Text, err.Column = text, 1+len(text)-len(strings.TrimLeft(text, " "))
		return nil, err
	}
	written := strings.ReplaceAll(text[end:], " ", "")
	limit, allowed := limitOf(written, found[0].Unit)
	if allowed != "" {
		return nil, &SyntaxError{Text: text, Column: end + 1, Problem: fmt.Sprintf("the limit of %s must be %s, got %q", found[0].Measure, allowed, written)}
	}
	if sign, wish := wished(found[0].Better); sign != "" && sign != text[at:at+1] {
		return nil, &SyntaxError{Text: text, Column: at + 1, Problem: fmt.Sprintf("%s is the better the %s it is", found[0].Measure, wish),
			Nearest: name + sign + text[at+1:end] + written}
	}
	var objectives []Objective
	for _, r := range found {
		objectives = append(objectives, Objective{Response: r, Above: text[at] == '>', Limit: limit, bound: text[at:end] + written})
	}
	return objectives, nil
}

// wished returns the sign of the objectives that a measure can have, and how it
// is wished to be; "" if it can have both.
func wished(b models.Better) (sign, wish string) {
	switch b {
	case models.BetterLow:
		return "<", "lower"
	case models.BetterHigh:
		return ">", "higher"
	}
	return "", ""
}

// limitOf reads a limit in a unit. If it cannot, allowed says what could be.
func limitOf(text, unit string) (limit float64, allowed string) {
	var ok bool
	switch unit {
	case "s":
		t, err := sim.ParseTime(text)
		limit, ok, allowed = t.Seconds(), err == nil && t != sim.Never, "a time such as 50ms"
	case "1/s":
		limit, ok = (&models.Param{Kind: models.KindRate}).Number(text)
		allowed = "a rate such as 900/s"
	case "":
		percent, share := strings.CutSuffix(text, "%")
		limit, ok = (&models.Param{Kind: models.KindNumber}).Number(percent)
		if share {
			limit /= 100
		}
		allowed = "a number or a share such as 0.1%"
	default:
		limit, ok = (&models.Param{Kind: models.KindNumber}).Number(text)
		allowed = "a number of " + unit
	}
	if ok && limit >= 0 && !math.IsInf(limit, 0) {
		return limit, ""
	}
	return 0, allowed + ", 0 or more"
}

// resolve returns the responses that a name stands for: of a measure alone, those
// of all lanes.
func resolve(s *models.Scenario, name string) ([]response.Response, *SyntaxError) {
	if name == "" {
		return nil, &SyntaxError{Problem: "a measure is missing, such as p99"}
	}
	found := response.FindAll(s, name)
	ofLanes := slices.DeleteFunc(slices.Clone(found), func(r response.Response) bool { return !strings.HasPrefix(r.Component, "lanes.") })
	switch {
	case strings.Contains(name, ".") && len(found) > 0:
		return found, nil
	case len(ofLanes) > 0:
		return ofLanes, nil
	case len(found) == 1: // an objective of something other than a lane says of what
		return nil, &SyntaxError{Problem: "write which one", Nearest: found[0].Name()}
	}
	_, err := response.Find(s, name)
	wrong := err.(*response.NameError) // as all its errors are
	return nil, &SyntaxError{Problem: wrong.Problem, Nearest: wrong.Nearest}
}

// reading is what one replication says of an objective: a sum and what it is to
// be divided by. Their ratio, over all replications, is compared with a target.
type reading struct {
	over, per, target float64
	missing           bool // the run ended early, or measured nothing: the objective is not kept
}

// read reads an objective off a run. A percentile is below its limit if the
// share of the observations beyond the limit is below 1 - p; shares of runs add
// up without bias, while percentiles of runs do not.
func (o Objective) read(result *models.Result) reading {
	if result.Halted != "" {
		return reading{missing: true}
	}
	if law, p, ok := o.Response.Percentile(result); ok {
		return reading{over: law.Above(o.Limit), per: float64(law.N()), target: 1 - p, missing: law.N() == 0}
	}
	x := o.Response.Of(result)
	return reading{over: x, per: 1, target: o.Limit, missing: math.IsNaN(x)}
}
