// Package truth holds the simulator against models whose answers are known:
// queues, batches, partitions, closed loops, quorums, IDs, retries, locks, and
// what is known of the precision of simulations themselves.
//
//	outcomes, err := truth.Run(ctx, truth.Options{})
//	err = truth.WriteTable(os.Stdout, outcomes)
//
// The cases are data (cases.csv). Each states a model in words and the exact
// values of some of its measures. A planner per family makes an ordinary
// scenario of the words; models.System runs it like any other; a row is answered
// from the results, or from the passages of the writes where results hold no
// such measure. Nothing in the simulator knows that it is being examined, and
// how long a case runs follows from one rule for all.
//
//	cases.csv ──▶ plan ──▶ scenarios ──▶ replications ──▶ readings ──▶ judge ──▶ outcomes
//
// # When a row fails
//
// Every replication gives a sum and what it is to be divided by: time waited and
// writes, writes and seconds. With R the exact ratio, sum - R·divisor has
// expectation 0 whatever the length of the run, if the run begins in the steady
// state; that is tested with Student's t over the replications, corrected for
// their skewness (Hall 1992). Quantiles are tested by the share of the writes
// beyond the exact one, standard deviations by the mean square distance from the
// exact mean, what is once yes or no for a whole replication by the binomial law.
//
// What is known besides, such as the rate of the arrivals and the share of time
// that their work keeps servers busy, sharpens the rest as control variables: a
// run that happened to be busier than it should be on average has longer lines.
//
// All rows in which chance has a part share one error probability: a suite
// without a fault fails, in any row, for at most one seed in a hundred. A single
// row fails at 1-(0.99)^(1/m) (Šidák 1967), with m the rows of the whole suite
// even if only some are run. Outcome.Detects says how large an error of its
// measure a row would find with probability 0.9.
//
// Rows whose value is a bound are tested on one side. Rows that are the limit
// for infinitely many partitions are extrapolated from two finite numbers. Rows
// that no system answers hold a formula of package theory, or an estimator fed
// with random numbers, against the value, and say so. What cannot be expressed
// is skipped, counted, and says why.
//
// # What the first runs taught
//
//   - The mean of a ratio is biased, by more than the precision wanted where
//     the line is long: hence sums, divided last.
//   - The window of a system without chance must be a whole number of its
//     periods, or the phase at its end is taken for an error.
//   - Of 128 yes-or-no replications all may say yes: a variance estimated from
//     them is 0, the one that the exact value implies is not.
//   - A second moment of a heavy tail is far from normal over any number of
//     replications that one would wait for: its t statistic fell below -4.2 for
//     one seed in thirty. Hence the correction for skewness.
//
// Where things are:
//
//   - case.go, phrase.go: the cases, and what their words mean
//   - plan.go, answer.go, estimate.go, collect.go: what is run, what is read from it
//   - family.go: which words are of which family; station.go, batch.go, partition.go,
//     balance.go, closed.go, quorum.go, ids.go, codes.go, retries.go, lock.go, usl.go,
//     tandem.go, transient.go, drain.go, analysis.go: from words to scenarios
//   - run.go, judge.go, plant.go: replications, verdicts, errors made on purpose
//   - report.go: outcomes for people and for programs
package truth
