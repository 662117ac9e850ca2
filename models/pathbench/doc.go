// Package pathbench holds the write paths by which the speed and the memory of
// a simulated write are measured. The model does not use it: the benchmarks of
// package models do, and the command that runs them outside of go test.
//
//	Full     keys ─▶ leased IDs ─▶ durable queue ─▶ batches of 64 ─▶ 16 partitions
//	Direct   keys ─▶ central IDs ──────────────────────────────────▶ 16 partitions
//
// Both have Zipf keys, and all statistics on. They are scenarios like those of
// any user, run by the same calls. One operation is one write, from its offer
// to its end.
package pathbench
