package main_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
)

// Runs share nothing that changes: two replications of one scenario, each run
// twice and all four at once, measure what they measure alone. The race
// detector, under which the gate runs this package, sees what the numbers may
// not show.
func TestRunsSideBySide(t *testing.T) {
	for _, listing := range experiments.Shipped() {
		t.Run(listing.Name, func(t *testing.T) {
			s, err := experiments.Load(listing.Name)
			if err != nil {
				t.Fatal(err)
			}
			s.Duration, s.Warmup, s.Timeline = sim.Second, sim.Second/4, nil

			alone := [2]string{measured(t, s, 0), measured(t, s, 1)}
			if alone[0] == alone[1] {
				t.Error("two replications measured the same")
			}
			var beside [4]string
			var running sync.WaitGroup
			for i := range beside {
				running.Go(func() { beside[i] = measured(t, s, i%2) })
			}
			running.Wait()
			for i, got := range beside {
				if diff := cmp.Diff(alone[i%2], got); diff != "" {
					t.Errorf("replication %d, alone and beside others (-alone +beside):\n%s", i%2, diff)
				}
			}
		})
	}
}

// measured runs a replication of a scenario and returns all it measured. The
// replication's number is left out, so that only numbers drawn differ.
func measured(t *testing.T, s *models.Scenario, replication int) string {
	report, err := experiments.Run(t.Context(), s, experiments.Options{Replication: replication})
	if err != nil {
		t.Errorf("replication %d: %v", replication, err)
	}
	report.Replication = 0
	var text bytes.Buffer
	if err := experiments.WriteJSON(&text, experiments.Origin{}, report); err != nil {
		t.Error(err)
	}
	return text.String()
}
