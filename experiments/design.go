package experiments

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"onepen/experiments/response"
	"onepen/models"
)

// Design is an experiment with a question: a base scenario, the parameters that
// are varied, how often each point is run, and what is asked of the runs. All
// points share the seed, and with it their random numbers.
type Design struct {
	Name         string
	Question     string
	About        string           // how to read the answer, and what it costs
	Base         *models.Scenario // with what the design sets for all points
	Factors      []Factor         // in the order in which they vary, the last one fastest
	Points       []Point          // those that the constraints leave, numbered in their order
	Replications Replications
	DetectWarmup bool // the warm-up is found by looking at runs of each point
	Responses    []response.Response
}

// Factor is a parameter that is varied.
type Factor struct {
	Path   string
	Levels []string // values, as the parameter writes them
	Column FactorColumn
}

// Point is one combination of the levels of all factors.
type Point []string

// Replications says how often each point is run: Min times, and then, if there
// are targets, until all of them are met or Max is reached.
type Replications struct {
	Min, Max int // equal if there are no targets
	Targets  []Target
}

// Target is a half-width that the interval of a response must not exceed.
type Target struct {
	Response  response.Response
	HalfWidth float64 // in the response's unit, or as a share of the mean
	Relative  bool
}

// Met reports whether a summary is as precise as the target asks. A response
// that was not measured cannot become more precise.
func (t Target) Met(s response.Summary) bool {
	switch {
	case s.N == 0:
		return true
	case t.Relative:
		return s.HalfWidth <= t.HalfWidth*abs(s.Mean)
	}
	return s.HalfWidth <= t.HalfWidth
}

// Needs estimates how many replications meet the target, from a summary of some:
// a half-width shrinks with the root of their number. It is NaN if the summary
// tells nothing.
func (t Target) Needs(s response.Summary) float64 {
	aim := t.HalfWidth
	if t.Relative {
		aim *= abs(s.Mean)
	}
	ratio := s.HalfWidth / aim
	return float64(s.N) * ratio * ratio
}

func abs(x float64) float64 { return max(x, -x) }

// Columns returns the columns of the factors in the result files.
func (d *Design) Columns() []FactorColumn {
	columns := make([]FactorColumn, len(d.Factors))
	for i, f := range d.Factors {
		columns[i] = f.Column
	}
	return columns
}

// Scenario returns the scenario of a point, the caller's to change.
func (d *Design) Scenario(point int) *models.Scenario {
	s, errs := d.at(d.Points[point])
	if len(errs) > 0 {
		panic(fmt.Sprintf("point %d of a design that was read: %v", point, errs))
	}
	return s
}

// at gives the base the levels of a point, and returns what does not fit.
func (d *Design) at(p Point) (*models.Scenario, []error) {
	s := d.Base.Clone()
	for i, f := range d.Factors {
		if err := s.Set(f.Path, p[i]); err != nil {
			return s, []error{err}
		}
	}
	return s, s.Validate()
}

// Hash returns a hash of all that decides about the results: of the seed, of
// each point's parameters and the files they name, of the replications and of
// what is asked.
func (d *Design) Hash() (string, error) {
	h := sha256.New()
	for i := range d.Points {
		s := d.Scenario(i)
		fmt.Fprintf(h, "point %d\n%s", i, FormatAll(s))
		inputs, err := hashInputs(s)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "inputs %v\n", inputs)
	}
	r := d.Replications
	fmt.Fprintf(h, "replications %d to %d, warm-up detected %v\n", r.Min, r.Max, d.DetectWarmup)
	for _, t := range r.Targets {
		fmt.Fprintf(h, "until %s %v %v\n", t.Response.Name(), t.HalfWidth, t.Relative)
	}
	for _, r := range d.Responses {
		fmt.Fprintf(h, "measure %s\n", r.Name())
	}
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}
