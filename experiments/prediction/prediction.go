package prediction

import (
	"fmt"

	"onepen/experiments/theory"
	"onepen/models"
)

// Prediction is a station of a run with the mean time in line that theory
// expects there.
type Prediction struct {
	Section   string // "allocators" or "stores"
	Name      string
	Model     string   // in Kendall's notation: M/M/1, M/D/1, M/G/4, …
	Exact     bool     // the formula is exact if all it assumes is so
	Intensity float64  // offered load per server, of the partition that has most
	Expected  float64  // mean time in line [s]; +Inf = the line grows without end
	Measured  float64  // mean time in line [s]; NaN if nothing was measured
	Not       []string // what the formula assumes that is not so; empty if all is
}

// Of returns the predictions for all counters and stores of a run that
// something came to, in the order of the scenario. Loads are those measured,
// services those declared.
func Of(s *models.Scenario, r *models.Result) []Prediction {
	var list []Prediction
	for i := range r.Allocators {
		if p, ok := ofCounter(s, &s.Allocators[i], &r.Allocators[i]); ok {
			list = append(list, p)
		}
	}
	for i := range r.Stores {
		if p, ok := ofStore(s, &s.Stores[i], r, &r.Stores[i]); ok {
			list = append(list, p)
		}
	}
	return list
}

// ofCounter predicts the line before a central counter that is asked for each
// ID.
func ofCounter(s *models.Scenario, a *models.Allocator, r *models.AllocatorResult) (Prediction, bool) {
	if a.Strategy != models.Central || r.Issued == 0 || a.Service.Mean() == 0 {
		return Prediction{}, false
	}
	station := theory.Station{
		ArrivalRate: float64(r.Issued) / r.Window.Seconds(),
		ServiceTime: a.Service.Mean(), ServiceSCV: a.Service.SCV(), ArrivalSCV: 1, Servers: 1,
	}
	p := Prediction{
		Section: "allocators", Name: a.Name, Model: notation(station), Exact: station.Exact(),
		Intensity: station.Intensity(), Expected: station.WaitingTime(),
		Measured: r.WaitMean - a.RoundTrip.Seconds() - a.Service.Mean(),
		Not:      alreadyChanged(s),
	}
	for i := range s.Lanes {
		if l := &s.Lanes[i]; l.IDs == a.Name {
			p.Not = append(p.Not, notPoisson(l)...)
		}
	}
	return p, true
}

// ofStore predicts the lines before the partitions of a store: their mean over
// the writes. An operation of a batch counts as one arrival.
func ofStore(s *models.Scenario, st *models.Store, r *models.Result, of *models.StoreResult) (Prediction, bool) {
	var writes, expected, intensity float64
	station := theory.Station{ArrivalSCV: 1, Servers: st.Servers}
	for i := range of.Partitions {
		p := &of.Partitions[i]
		if p.Operations == 0 {
			continue
		}
		size := float64(p.Writes) / float64(p.Operations)
		station.ArrivalRate = float64(p.Operations) / p.Window.Seconds()
		station.ServiceTime, station.ServiceSCV = service(st, size)
		if station.ServiceTime == 0 {
			return Prediction{}, false
		}
		intensity = max(intensity, station.Intensity())
		writes += float64(p.Writes)
		expected += float64(p.Writes) * station.WaitingTime()
	}
	if writes == 0 {
		return Prediction{}, false
	}
	return Prediction{
		Section: "stores", Name: st.Name, Model: notation(station), Exact: station.Exact(),
		Intensity: intensity, Expected: expected / writes, Measured: measuredLine(s, st, r),
		Not: storeNot(s, st, r, of),
	}, true
}

// service returns mean [s] and SCV of an operation on so many writes.
func service(st *models.Store, size float64) (mean, scv float64) {
	mean = st.Overhead.Mean() + size*st.PerRecord.Mean()
	if mean == 0 {
		return 0, 0
	}
	square := func(x float64) float64 { return x * x }
	variance := st.Overhead.SCV()*square(st.Overhead.Mean()) + size*st.PerRecord.SCV()*square(st.PerRecord.Mean())
	return mean, variance / square(mean)
}

// measuredLine returns the mean time in line of the writes to a store [s].
func measuredLine(s *models.Scenario, st *models.Store, r *models.Result) float64 {
	var writes, sum float64
	for i := range r.Lanes {
		if n := float64(r.Lanes[i].Counts.Committed); s.Lanes[i].Store == st.Name && n > 0 {
			writes += n
			sum += n * r.Lanes[i].Parts[models.StageLine]
		}
	}
	return sum / writes
}

// notation names a model after Kendall (1953): arrivals, services, servers.
func notation(q theory.Station) string {
	law := "G"
	switch q.ServiceSCV {
	case 0:
		law = "D"
	case 1:
		law = "M"
	}
	return fmt.Sprintf("M/%s/%d", law, q.Servers)
}
