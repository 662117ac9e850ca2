// Package response chooses measures by name and turns the replications of a
// design point into numbers that can be quoted: a mean, its 95 % interval, and
// what is to be held against it.
//
//	name ──▶ Response ──▶ Sample ──▶ Summary
//	         of a run     of a point  mean ± half-width, n, warnings
//
//	r, err := response.Find(scenario, "lanes.mapping.ack_p99_s")
//	sample := response.NewSample(r)
//	sample.Add(&outcome.Report)   // for each replication
//	fmt.Println(sample.Summary()) // what it says of the point
//
// Names are a component and a measure, as in the result files:
// lanes.mapping.ack_p99_s, stores.links.read_width,
// stores.links.partitions.2.utilization, allocators.codes.wasted. The measure
// alone will do where only one component has it, and without its unit; p99 is
// that of the time to an ack. All come from the declarations in models; there is
// no second list.
//
//   - response.go, find.go: what can be asked of a run, and by which name
//   - sample.go: replications, and what they say together
//   - warning.go: what is to be held against a number; it travels with it
package response
