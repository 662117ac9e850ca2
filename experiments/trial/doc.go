// Package trial makes the runs of an experiment: many, over several cores, and
// with the results in the order of the design whatever order they finish in.
//
// A Trial is one run: a scenario with everything decided, the number of its
// design point, and a replication. Trials of the same seed and replication meet
// the same random numbers at every point (common random numbers), so that
// differences between points are differences between systems.
//
//	trials ──▶ Runner.Run ──┬─▶ worker ─┬──▶ Outcome, Outcome, …  in the order of the trials
//	                        └─▶ worker ─┘
//
//	for outcome := range trial.Runner{Workers: 2}.Run(ctx, trials) {
//		if outcome.Err != nil { … } // this run failed; the others go on
//	}
//	err := ctx.Err() // why the loop ended early, if it did
//
// Trials are a sequence, which may be made up on the way: the runner asks for
// the next one in the goroutine of the loop, at most Runner.Ahead before its
// outcome is due. A loop that has seen enough breaks off; what was begun
// beyond that is stopped and thrown away, and neither the number of workers nor
// chance has a say in what the loop has seen.
//
// What to take from an outcome is the business of package response, which
// chooses measures by name and turns replications into means with intervals.
package trial
