// Package enginebench holds the models by which the speed of the engine is
// measured. The engine does not use it: the benchmarks of package sim do, and
// the command that runs them outside of go test.
//
// A model is made in its steady state and then run for a number of operations
// at a time, as often as the one who holds the watch likes:
//
//	model            one operation                     measures
//	Hold             an event                          the pending-event set
//	Requests         a request with a timeout          cancelling
//	Station          a customer: two events            events, draws, a statistic
//	Lindley          a customer: no event              the floor below Station
//
// Nothing here reads a clock: a model does the same work, from the same draws,
// on every machine.
package enginebench
