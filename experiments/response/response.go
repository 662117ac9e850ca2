package response

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"onepen/models"
	"onepen/sim"
)

// Response is one number that a run of a scenario brings.
type Response struct {
	Component string // "lanes.mapping", "stores.links.partitions.2"
	Measure   string // "ack_p99_s": the name of the column
	Unit      string // "s", "1/s", "writes", … or "" for a pure number
	Help      string
	Broken    bool // a count of broken promises
	Better    models.Better
	of        func(*models.Result) float64
	beyond    func(*models.Result) float64 // observations above the percentile; nil of what is none
	law       func(*models.Result) *sim.Histogram
	p         float64
}

// Name is the full name, by which Find finds it.
func (r Response) Name() string { return r.Component + "." + r.Measure }

// OfPartition reports whether it is measured of one partition of a store.
func (r Response) OfPartition() bool { return strings.Contains(r.Component, "."+partitions+".") }

// Of returns the response of a run, of the scenario that it was found in; NaN
// if it was not measured.
func (r Response) Of(result *models.Result) float64 { return r.of(result) }

// Percentile returns the law of which the response is a percentile, and which
// one, p in (0,1); false if it is none or its law is not kept. The law belongs
// to the result.
func (r Response) Percentile(result *models.Result) (law *sim.Histogram, p float64, ok bool) {
	if r.law == nil {
		return nil, 0, false
	}
	return r.law(result), r.p, true
}

// Observe returns the response of a run, with what is to be held against it: what
// concerns the whole run, and a percentile beyond what it observed. The response
// is NaN, and nothing is held against it, if it was not measured.
func (r Response) Observe(run Run) (float64, Warnings) {
	result, warnings := run.Measured()
	x := r.Of(result)
	if math.IsNaN(x) {
		return x, 0
	}
	if r.beyond != nil && r.beyond(result) < enoughBeyond {
		warnings |= BeyondData
	}
	return x, warnings
}

// Sections of components, as in scenarios.
const (
	lanes      = "lanes"
	allocators = "allocators"
	stores     = "stores"
	partitions = "partitions"
)

// All returns what can be asked of a run of a scenario, in the order of the
// result files: of lanes, stores and allocators. Find knows partitions as well,
// of which there may be very many.
func All(s *models.Scenario) []Response {
	var all []Response
	for i := range s.Lanes {
		all = append(all, ofLane(s, i)...)
	}
	for i := range s.Stores {
		all = append(all, ofStore(s, i)...)
	}
	for i := range s.Allocators {
		all = append(all, ofAllocator(s, i)...)
	}
	return all
}

func ofLane(s *models.Scenario, i int) []Response {
	return declared(models.LaneMeasures(), lanes+"."+s.Lanes[i].Name,
		func(r *models.Result) *models.LaneResult { return &r.Lanes[i] })
}

func ofStore(s *models.Scenario, i int) []Response {
	return declared(models.StoreMeasures(), stores+"."+s.Stores[i].Name,
		func(r *models.Result) *models.StoreResult { return &r.Stores[i] })
}

func ofAllocator(s *models.Scenario, i int) []Response {
	return declared(models.AllocatorMeasures(), allocators+"."+s.Allocators[i].Name,
		func(r *models.Result) *models.AllocatorResult { return &r.Allocators[i] })
}

// ofPartition returns the responses of a partition, which a change of their
// number may bring or take away during the run.
func ofPartition(s *models.Scenario, i, p int) []Response {
	return declared(models.PartitionMeasures(), stores+"."+s.Stores[i].Name+"."+partitions+"."+strconv.Itoa(p),
		func(r *models.Result) *models.PartitionResult {
			at := slices.IndexFunc(r.Stores[i].Partitions, func(x models.PartitionResult) bool { return x.Partition == p })
			if at < 0 {
				return nil
			}
			return &r.Stores[i].Partitions[at]
		})
}

// declared makes responses of the declarations of measures. A component that a
// result does not have, nil, was not measured.
func declared[M any](measures []models.Measure[M], component string, at func(*models.Result) *M) []Response {
	all := make([]Response, len(measures))
	for i, m := range measures {
		all[i] = Response{
			Component: component, Measure: m.Name, Unit: m.Unit, Help: m.Help, Broken: m.Broken, Better: m.Better,
			of: present(at, m.Of),
		}
		if m.Beyond != nil {
			all[i].beyond = present(at, m.Beyond)
		}
		if m.Law != nil { // only lanes have laws, and every result has all lanes
			all[i].law, all[i].p = func(r *models.Result) *sim.Histogram { return m.Law(at(r)) }, m.P
		}
	}
	return all
}

func present[M any](at func(*models.Result) *M, of func(*M) float64) func(*models.Result) float64 {
	return func(r *models.Result) float64 {
		m := at(r)
		if m == nil {
			return math.NaN()
		}
		return of(m)
	}
}
