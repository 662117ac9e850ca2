package sim

import (
	"fmt"
	"math"
)

// BatchMeansVariance estimates the variance of the mean of x, a stationary
// series whose elements depend on their neighbours, such as the waits of
// successive writes: it cuts x into batches of equal length, which hardly
// depend on each other if they are long, and returns
//
//	1/(b(b-1)) · Σ (mean of batch i - mean of batch means)²,  i = 1 … b
//
// (Law 2015, "Simulation Modeling and Analysis", 5th ed., § 9.5.3). Elements at
// the end that fill no batch are left out. The expectation is below the true
// variance by what neighbouring batches have in common. It is NaN if a batch
// would have no element. It panics for fewer than two batches.
func BatchMeansVariance(x []float64, batches int) float64 {
	if batches < 2 {
		panic(fmt.Sprintf("sim: %d batches, must be at least 2", batches))
	}
	length := len(x) / batches
	if length == 0 {
		return math.NaN()
	}
	var means Tally
	for i := range batches {
		means.Add(batchAverage(x[i*length : (i+1)*length]))
	}
	return means.Variance() / float64(batches)
}
