// Package sweep carries out the design of an experiment and writes what it
// brings to a folder, so that it can be quoted, interrupted and gone on with.
//
//	design, err := experiments.LoadDesign("batch-size-against-linger")
//	result, err := sweep.Run(ctx, design, sweep.Options{Folder: "out"})
//
// Runs are made by package trial over several cores. Their rows are appended in
// the order of the design, whatever order they finish in:
//
//	schedule ──▶ trial.Runner ──▶ schedule ──▶ folder
//	which run    makes them       is the       runs.csv, stores.csv, partitions.csv,
//	is next                       point done?  allocators.csv, responses.csv
//
// After the rows of a run comes a line of journal.csv that says how long the
// files are by then, with a checksum of the rows; all of it is synced to disk as
// fast as the disk can. Whatever happens, to go on, the files are cut behind the
// last run whose rows are whole, and what responses.csv says of finished runs is
// taken up again. A run that was finished while one before it was not is made
// again: rows wait in memory for their turn, those of a few runs for each worker. When all is done,
// summary.csv is written and the journal removed. A sweep that was interrupted
// ends in the same bytes as one that was not, with any number of workers.
//
//   - sweep.go: a sweep from begin to end; progress.go: how far it is
//   - schedule.go: which run is next, and when a point has enough of them;
//     settling.go: whether its warm-up was long enough
//   - folder.go: files that are appended to; journal.go: how far they are;
//     syncer.go: until they are on the disk
//   - resume.go: where an interrupted sweep goes on
//   - point.go: one run alone
//   - table.go: results for people
package sweep
