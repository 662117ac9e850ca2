// Package fit turns measurements into parameters: a file of latencies into a
// service law, a file of arrivals into an arrival process and a popularity of
// keys.
//
//	samples, err := fit.ReadSamples("latencies.csv", data, fit.Source{})
//	choice := fit.Latencies(samples)
//	fmt.Println(choice.Text()) // lognormal(mean=123us, cv=0.42)
//
//	trace, err := fit.ReadArrivals("clicks.csv", data)
//	profile := fit.Arrivals(trace)
//
// The candidates are the laws of package sim, each fitted by maximum likelihood
// and ranked by Akaike's criterion. Whether the best of them is any good is
// another question, answered by its Kolmogorov-Smirnov distance; if none is,
// the samples themselves are the law.
//
// Where things are:
//
//   - source.go, read.go, pgbench.go: files, and what is wrong with them
//   - law.go with hyperexponential.go, pareto.go: laws fitted to samples
//   - choice.go, distance.go: which is best, and whether it is good
//   - arrivals.go, zipf.go: arrivals and their keys
//   - report.go, figure.go: for people, as a Q-Q plot
package fit
