package capacity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Result is what a search has found.
type Result struct {
	Base       *models.Scenario
	Path       string
	Param      models.Param
	Objectives []Objective

	Border Border
	// Value is the largest value that keeps the objectives if Rising, else the
	// smallest. Low and High are the ends of its 95 % interval, which need not be
	// symmetric; its half-width is half of their distance. Of a count all are whole
	// numbers. If the border was not found, Value is the last one that was looked
	// at, without an interval.
	Value     sim.Interval
	Low, High float64
	Rising    bool // more of the parameter makes things worse
	Binding   int  // the objective that is broken first beyond the value; -1 if none is
	Precise   bool // the precision was reached

	Knee         *sim.Interval // see search.knee; nil if there is none
	There        Point         // at the value, or next to it
	Points       []Point       // all that was looked at, by value
	Replications int           // at the value
	Notes        []string
}

// Border says whether there is a value at which the objectives are just kept.
type Border uint8

// What a search may find.
const (
	Found  Border = iota
	Always        // the objectives are kept at all values looked at
	Never         // they are kept at none
)

var borders = []string{"found", "always_kept", "never_kept"}

func (b Border) String() string { return borders[b] }

// Point is one value of the parameter, and what was measured there.
type Point struct {
	Point     int // number of the design point, in the order of the search
	Value     float64
	Scenario  *models.Scenario
	Verdicts  []Verdict // by objective
	Responses []Measured
}

// Measured is a response at a point.
type Measured struct {
	response.Response
	response.Summary
}

// found makes the result of an estimate.
func (s *search) found(e estimate, precise bool) *Result {
	r := s.result(e.there)
	r.Replications = s.n
	r.Value, r.Binding, r.Precise = e.Interval, e.binding, precise
	r.Low, r.High = e.low, e.high
	s.remark(r, e)
	r.Points = s.points()
	return r
}

// onesided makes the result of a search that has not found the border.
func (s *search) onesided() *Result {
	end := s.low
	if end == nil {
		end = s.high
	}
	r := s.result(end)
	r.Value = sim.Interval{Mean: end.x, HalfWidth: math.NaN(), N: end.n}
	r.Low, r.High = math.NaN(), math.NaN()
	r.Rising = s.isKept(end) == (s.low != nil)
	r.Border, r.Binding, r.Replications = Always, -1, end.n
	if !s.isKept(end) {
		r.Border = Never
		r.Binding, _ = end.worst(s.Objectives)
	}
	r.Points = s.points()
	return r
}

func (s *search) result(there *probe) *Result {
	return &Result{
		Base: s.axis.base, Path: s.Path, Param: s.axis.param, Objectives: s.Objectives,
		Rising: s.rising, There: s.point(there),
	}
}

// points returns all that was looked at, by value.
func (s *search) points() []Point {
	var points []Point
	for _, p := range s.probes {
		points = append(points, s.point(p))
	}
	slices.SortFunc(points, func(a, b Point) int { return cmp.Compare(a.Value, b.Value) })
	return points
}

func (s *search) point(p *probe) Point {
	q := Point{Point: p.point, Value: p.x, Scenario: p.scenario}
	for i, o := range s.Objectives {
		q.Verdicts = append(q.Verdicts, p.verdict(o, i))
	}
	for i, r := range s.responses {
		q.Responses = append(q.Responses, Measured{r, p.samples[i].Summary()})
	}
	return q
}

// remark notes what is to be known of a border: that it was not found as
// precisely as wanted, that another objective may bind as well, that the
// objectives are not monotone.
func (s *search) remark(r *Result, e estimate) {
	note := func(format string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(format, args...)) }
	if !r.Precise {
		note("NOT AS PRECISE AS WANTED: after %d replications the interval is still wider than ± %.3g %%", s.n, 100*s.Precision)
	}
	for i, o := range s.Objectives {
		if i != e.binding && e.there.verdict(o, i) == Undecided {
			note("%s may bind as well", o)
		}
	}
	broken, kept := make([][]string, len(s.Objectives)), []string(nil) // the values, in the order of the search
	for _, p := range s.probes {
		if p.x >= r.Low && p.x <= r.High {
			continue
		}
		text, good := r.value(p.x), p.x < r.Low == s.rising
		for i, o := range s.Objectives {
			if good && p.verdict(o, i) == Broken {
				broken[i] = append(broken[i], text)
			}
		}
		if !good && s.allKept(p) {
			kept = append(kept, text)
		}
	}
	for i, o := range s.Objectives {
		if len(broken[i]) > 0 {
			note("not monotone: %s is broken at %s, on the good side", o, strings.Join(broken[i], ", "))
		}
	}
	if len(kept) > 0 {
		note("not monotone: all objectives are kept at %s, on the bad side", strings.Join(kept, ", "))
	}
}

// allKept reports whether all objectives are shown to be kept.
func (s *search) allKept(p *probe) bool {
	for i, o := range s.Objectives {
		if p.verdict(o, i) != Kept {
			return false
		}
	}
	return true
}
