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
// After each run its rows are synced to disk, and then a line of journal.csv
// that says how long the files are by then. Whatever happens, the files up to
// the last line of the journal are whole: to go on, they are cut there, and what
// responses.csv says of finished runs is taken up again. When all is done,
// summary.csv is written and the journal removed. A sweep that was interrupted
// ends in the same bytes as one that was not, with any number of workers.
//
//   - sweep.go: a sweep from begin to end
//   - schedule.go: which run is next, and when a point has enough of them
//   - folder.go: files that are appended to; journal.go: how far they are
//   - resume.go: where an interrupted sweep goes on
//   - point.go: one run alone
//   - table.go: results for people
package sweep
