package experiments

import (
	"testing"

	"onepen/models"
	"onepen/sim"
)

// TestIntervalsCover: of a thousand independent experiments on M/M/1 at ρ = 0.8,
// each of five replications, between 93 and 97 % have the exact mean sojourn,
// 1/(μ-λ) = 5 ms, in their 95 % interval. By the binomial law the share has a
// standard error of 0.7 %.
func TestIntervalsCover(t *testing.T) {
	experiments, low, high := 1000, 0.93, 0.97
	if testing.Short() {
		experiments, low, high = 200, 0.90, 1.0 // standard error 1.5 %
	}
	s, err := ReadScenario("mm1.yaml", []byte(`
duration: 5s
warmup: 1s
lanes: {writes: {arrivals: {rate: 800/s}, store: station}}
stores: {station: {overhead: exponential(1ms)}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	const replications = 5
	covered := 0
	for e := range experiments {
		means := make([]float64, replications)
		for r := range means {
			y, err := models.New(s, e*replications+r)
			if err != nil {
				t.Fatal(err)
			}
			y.RunUntil(s.Duration)
			result := y.Result()
			means[r] = result.Lanes[0].Commit.Mean()
		}
		if sim.StudentInterval(means, sim.Confidence).Contains(5e-3) {
			covered++
		}
	}
	t.Logf("%d of %d intervals have the exact mean", covered, experiments)
	if share := float64(covered) / float64(experiments); share < low || share > high {
		t.Errorf("%d of %d intervals of 95 %% have the exact mean, want %v to %v of them", covered, experiments, low, high)
	}
}
