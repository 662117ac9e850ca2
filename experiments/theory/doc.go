// Package theory holds formulas of queueing theory and of probability for
// systems simple enough to have one: what a simulated component should come
// to, and how far from it chance may take a run.
//
// Each formula names its symbols with their units and its source, and says for
// which system it is exact. Rates are in 1/s and times in s throughout, so that
// results compare with measures as they are. Functions panic for arguments
// outside the ranges they state: they are called with the parameters of a
// checked scenario.
//
//   - erlang.go, station.go: M/M/c, M/G/1 and approximations between them
//   - loss.go: finite lines
//   - closed.go: writers that wait for their answers
//   - usl.go: what concurrency costs
//   - birthday.go: collisions of random IDs
//   - retrial.go: refused writes that come again
//   - precision.go: how long to run
//   - fluid.go: bursts as flows
package theory
