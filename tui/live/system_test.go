package live

import (
	"fmt"
	"strings"
	"testing"

	"onepen/models"
	"onepen/sim"
)

// penScenario is a write path with two lanes: orders wait for an ID from a
// counter that is nearly full, events are bursts without IDs.
func penScenario(t testing.TB) *models.Scenario {
	t.Helper()
	s := models.NewScenario("pen")
	s.Name = "pen"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Add("stores", "shelf"))
	must(s.Add("stores", "log"))
	must(s.Add("allocators", "counter"))
	must(s.Add("lanes", "orders"))
	must(s.Add("lanes", "events"))
	for _, a := range []models.Assignment{
		{Path: "seed", Value: "7"},
		{Path: "lanes.orders.arrivals.rate", Value: "950/s"},
		{Path: "lanes.orders.ids", Value: "counter"},
		{Path: "lanes.orders.store", Value: "shelf"},
		{Path: "lanes.events.arrivals.process", Value: "onoff"},
		{Path: "lanes.events.arrivals.rate", Value: "2000/s"},
		{Path: "lanes.events.store", Value: "log"},
		{Path: "lanes.events.batch.size", Value: "128"},
		{Path: "lanes.events.batch.linger", Value: "5ms"},
		{Path: "allocators.counter.service", Value: "exponential(1ms)"},
		{Path: "stores.shelf.partitions", Value: "4"},
		{Path: "stores.shelf.overhead", Value: "exponential(2ms)"},
		{Path: "stores.log.partitions", Value: "2"},
	} {
		must(s.Set(a.Path, a.Value))
	}
	return s
}

// numbers writes every measure of a result, as it is.
func numbers(r models.Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.From, r.To, r.Halted, r.Events)
	for i := range r.Lanes {
		for _, m := range models.LaneMeasures() {
			fmt.Fprintln(&b, r.Lanes[i].Name, m.Name, m.Of(&r.Lanes[i]))
		}
	}
	for i := range r.Allocators {
		for _, m := range models.AllocatorMeasures() {
			fmt.Fprintln(&b, r.Allocators[i].Name, m.Name, m.Of(&r.Allocators[i]))
		}
	}
	for i := range r.Stores {
		for k := range r.Stores[i].Partitions {
			for _, m := range models.PartitionMeasures() {
				fmt.Fprintln(&b, r.Stores[i].Name, k, m.Name, m.Of(&r.Stores[i].Partitions[k]))
			}
		}
	}
	return b.String()
}

// replayed runs a scenario in one go, with nobody watching.
func replayed(t testing.TB, s *models.Scenario) models.Result {
	t.Helper()
	y, err := models.New(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Error(err)
	}
	return y.Result()
}

const tenth = 100 * sim.Millisecond
