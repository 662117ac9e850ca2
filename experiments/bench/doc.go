// Package bench measures how fast this machine runs the engine and the write
// path: the models of packages enginebench and pathbench, which go test -bench
// runs too, with a watch of its own and a report for people and programs.
//
// Machines have other things to do, and their clocks rise and fall. So every
// model is made once, and all are run in turn, round after round:
//
//	round 1   Lindley ─ M/M/1 ─ M/M/4 ─ hold … ─ full path ─ direct path
//	round 2   Lindley ─ M/M/1 ─ …
//
// A disturbance meets all of them alike, the median over the rounds counts, and
// the ratio of two models is that of neighbours in time.
//
// This is the one room of the laboratory that reads the wall clock: its figures
// are about a machine, and differ from run to run.
package bench
