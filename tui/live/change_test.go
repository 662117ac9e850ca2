package live

import (
	"testing"

	"onepen/models"
	"onepen/sim"
)

// TestBrief: on charts a change is named without the sections of the scenario.
func TestBrief(t *testing.T) {
	for _, test := range []struct {
		change         models.Change
		full, onCharts string
	}{
		{
			models.Change{Set: []models.Assignment{{Path: "lanes.orders.arrivals.rate", Value: "9k/s"}, {Path: "stores.s.partitions", Value: "16"}}},
			"lanes.orders.arrivals.rate = 9k/s, stores.s.partitions = 16", "orders.arrivals.rate 9k/s, s.partitions 16",
		},
		{
			models.Change{Fault: models.Fault{Kind: models.Crash, Target: "lanes.orders.queue"}, For: 2 * sim.Second},
			"crash lanes.orders.queue for 2s", "crash orders.queue for 2s",
		},
	} {
		if got := describe(&test.change); got != test.full {
			t.Errorf("in full it is %q, want %q", got, test.full)
		}
		if got := brief(&test.change); got != test.onCharts {
			t.Errorf("on charts it is %q, want %q", got, test.onCharts)
		}
	}
}
