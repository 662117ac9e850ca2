// Package prediction sets what queueing theory expects of the stations of a
// write path beside what a run measured there: the time in line before central
// counters and before the servers of partitions.
//
//	scenario + result ──▶ Of ──▶ predictions: model, expected wait, measured wait,
//	                             and what the model assumes that is not so
//
// Where nothing assumed is wrong the two differ by chance alone. Where something
// is, the difference is what bursts, retries, batches and locks cost, and the
// formula says what would be without them.
package prediction
