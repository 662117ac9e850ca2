package sim_test

import (
	"fmt"

	"onepen/sim"
)

// A tally of batch sizes: every batch has the same weight.
func ExampleTally() {
	var sizes sim.Tally
	for _, n := range []float64{64, 64, 12, 64, 36} {
		sizes.Add(n)
	}
	fmt.Printf("%d batches, mean %.0f, SD %.1f, from %.0f to %.0f\n",
		sizes.N(), sizes.Mean(), sizes.SD(), sizes.Min(), sizes.Max())
	// Output: 5 batches, mean 48, SD 23.5, from 12 to 64
}

// A queue holds 4 writes for one second and none for three: on average one,
// though the mean of the levels set is two.
func ExampleTimeWeighted() {
	var queue sim.TimeWeighted
	queue.Set(0, 4)
	queue.Set(1*sim.Second, 0)
	now := 4 * sim.Second
	fmt.Printf("mean %.0f, greatest %d, area %.0f writes·s\n", queue.Mean(now), queue.Max(), queue.Area(now))
	// Output: mean 1, greatest 4, area 4 writes·s
}

// The p99 of 1 ms, 2 ms … 1000 ms, within 0.39 % of 990 ms.
func ExampleHistogram() {
	var latency sim.Histogram
	for i := range sim.Time(1000) {
		latency.Record((i + 1) * sim.Millisecond)
	}
	fmt.Printf("mean %.4f s, p99 %.2f s, max %.3f s\n", latency.Mean(), latency.Quantile(0.99), latency.Max())
	// Output: mean 0.5005 s, p99 0.99 s, max 1.000 s
}

// Throughput in five replications: t(4, 0.975) = 2.776, s = √2.5.
func ExampleStudentInterval() {
	v := sim.StudentInterval([]float64{98, 99, 100, 101, 102}, sim.Confidence)
	fmt.Printf("%.0f ± %.2f writes/s from %d replications\n", v.Mean, v.HalfWidth, v.N)
	// Output: 100 ± 1.96 writes/s from 5 replications
}
