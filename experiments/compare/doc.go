// Package compare holds moves against a base: what each does to chosen
// measures, with intervals that are narrow for their cost, and what it breaks.
//
//	move, err := compare.ParseMove(base, "allocators.codes.strategy=range")
//	study, err := compare.Run(ctx, base, []compare.Move{move}, compare.Options{})
//	err = compare.WriteText(os.Stdout, study)
//
// Each replication runs the base and every move under the same random numbers:
// the n-th write has the same gap, key and work under each. A busy minute is
// then busy for all of them and falls out of the difference,
//
//	d(r) = move(r) - base(r),  d̄ ± t · s/√n,
//
// which is exact for normal differences (Student 1908; Law 2015, "Simulation
// Modeling and Analysis", 5th ed., § 10.2.1 for the pairs, § 11.2 for common
// random numbers). Several moves share the confidence (Bonferroni). A difference
// whose interval holds zero is not shown, whatever its mean.
//
// With Options.Until, replications are added until the intervals are narrow
// enough. The number of runs then depends on what they said, which makes such
// intervals cover a little less than they claim: when the spread happens to
// look small, one stops. That fades as the precision rises (Chow and Robbins
// 1965, "On the asymptotic theory of fixed-width sequential confidence intervals
// for the mean", Ann. Math. Statist. 36), and is kept small by not looking
// before ten replications and by few looks; a test measures what remains.
//
//   - move.go: what a move is, and how it is written
//   - study.go: the runs, replication by replication, and the ranking
//   - pair.go: differences, and what they show
//   - precision.go: when to stop
//   - price.go: what is looked at unless asked otherwise, and what moves cost
//   - text.go, json.go, rows.go: studies for people and for programs
package compare
