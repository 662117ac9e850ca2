package sim_test

import (
	"math"
	"testing"

	"onepen/sim"
)

func TestBatchMeansVariance(t *testing.T) {
	for _, c := range []struct {
		name    string
		x       []float64
		batches int
		want    float64
	}{
		// Batch means 1.5, 3.5, 5.5: sample variance 4, of the mean of three 4/3.
		{"three pairs", []float64{1, 2, 3, 4, 5, 6}, 3, 4.0 / 3},
		{"the rest is left out", []float64{1, 2, 3, 4, 5, 6, 100, 100}, 3, 4.0 / 3},
		{"batches of one are the sample", []float64{1, 3}, 2, 1},
		{"constant", []float64{7, 7, 7, 7}, 2, 0},
	} {
		if got := sim.BatchMeansVariance(c.x, c.batches); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%s: BatchMeansVariance(%v, %d) = %v, want %v", c.name, c.x, c.batches, got, c.want)
		}
	}
	if got := sim.BatchMeansVariance([]float64{1}, 2); !math.IsNaN(got) {
		t.Errorf("an empty batch gives %v, want NaN", got)
	}
}
