// Package results reads result files back: the CSVs that runs, sweeps and
// comparisons write, recognised by their headers and not by their names.
//
//	table, err := results.Open("out/runs.csv")
//	p99, err := table.Numbers("ack_p99_s") // one for each row; NaN where the cell is empty
//
// What a column means comes from the declarations that the files were written
// by. Whatever is wrong with a file is told with its line and column, as an
// *experiments.InputError.
//
//   - table.go: a file in memory, its columns and rows
//   - read.go: from text to a table, and what is refused
//   - header.go: which file a header is of; factors of a sweep
//   - manifest.go: what is told of the runs beside the files
package results
