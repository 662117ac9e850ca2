package models

import (
	"math"

	"onepen/sim"
)

// Measure declares one column of results: the only place where its name, unit
// and meaning are stated. Names carry the base unit at their end. Of returns
// NaN for what was not measured.
type Measure[T any] struct {
	Name  string
	Unit  string // "s", "1/s", "writes", … or "" for a pure number
	Help  string
	Count bool // a whole number
	// Broken marks a count of broken promises: it is 0 while all are kept.
	Broken bool
	Better Better
	Of     func(*T) float64
	// Beyond is the number of observations above the percentile that Of
	// estimates; nil of what is no percentile.
	Beyond func(*T) float64
	// Law is what the percentile P is one of; nil of what is no percentile, or
	// where the law is not kept.
	Law func(*T) *sim.Histogram
	P   float64
}

func count[T any](name, unit, help string, of func(*T) uint64) Measure[T] {
	return Measure[T]{Name: name, Unit: unit, Help: help, Count: true, Of: func(r *T) float64 { return float64(of(r)) }}
}

// broken declares a count of broken promises.
func broken[T any](name, unit, help string, of func(*T) uint64) Measure[T] {
	m := count(name, unit, help+": a broken promise", of)
	m.Broken, m.Better = true, BetterLow
	return m
}

func number[T any](name, unit, help string, of func(*T) float64) Measure[T] {
	return Measure[T]{Name: name, Unit: unit, Help: help, Of: of}
}

// LaneMeasures declares the columns of a lane's result.
func LaneMeasures() []Measure[LaneResult] {
	type R = LaneResult
	measures := []Measure[R]{
		count("offered", "writes", "writes that arrived", func(r *R) uint64 { return r.Counts.Offered }),
		low(count("retried", "attempts", "further attempts at writes that were refused or timed out", func(r *R) uint64 { return r.Counts.Retried })),
		low(count("redelivered", "attempts", "attempts that a queue delivered again, as it had crashed before their storing was confirmed", func(r *R) uint64 { return r.Counts.Redelivered })),
		count("admitted", "attempts", "attempts accepted by the queue, or without one by the store's line", func(r *R) uint64 { return r.Counts.Admitted }),
		high(count("acked", "writes", "writes answered with a yes, in time", func(r *R) uint64 { return r.Counts.Acked })),
		high(count("committed", "writes", "writes stored", func(r *R) uint64 { return r.Counts.Committed })),
		low(count("rejected", "attempts", "attempts refused: queue full or backlog limit reached", func(r *R) uint64 { return r.Counts.Rejected })),
		low(count("dropped", "attempts", "attempts taken out of a full queue to make room", func(r *R) uint64 { return r.Counts.Dropped })),
		low(count("expired", "attempts", "attempts discarded by the store, as nobody waited for them", func(r *R) uint64 { return r.Counts.Expired })),
		low(count("erred", "attempts", "attempts that the store failed to store", func(r *R) uint64 { return r.Counts.Erred })),
		low(count("timed_out", "attempts", "attempts whose writer stopped waiting", func(r *R) uint64 { return r.Counts.TimedOut })),
		low(count("failed", "writes", "writes whose writer gave up", func(r *R) uint64 { return r.Counts.Failed })),
	}
	measures = append(measures, promiseMeasures(func(r *R) *Counts { return &r.Counts })...)
	measures = append(measures,
		inversions(func(r *R) *Counts { return &r.Counts }),
		count("suppressed", "attempts", "attempts recognised as stored already by their idempotency key", func(r *R) uint64 { return r.Counts.Suppressed }),
		low(count("ambiguous", "writes", "writes stored whose writer had given up", func(r *R) uint64 { return r.Counts.Ambiguous })),
		count("in_flight", "writes", "writes on their way at the end", func(r *R) uint64 { return uint64(r.InFlight) }),
		number("offered_per_s", "1/s", "offered load", func(r *R) float64 { return perSecond(r.Counts.Offered, r.Window) }),
		high(number("throughput_per_s", "1/s", "writes stored per second", func(r *R) float64 { return perSecond(r.Counts.Committed, r.Window) })),
		low(number("loss", "", "share of the writes offered whose writer gave up, or that were acked and then lost", (*LaneResult).loss)),
		high(number("goodput_per_s", "1/s", "writes stored per second whose writer had not given up", func(r *R) float64 { return perSecond(r.Counts.Good, r.Window) })),
	)
	measures = append(measures, latencies("ack", "offer to ack", func(r *R) *sim.Histogram { return r.Ack })...)
	measures = append(measures, latencies("commit", "offer to commit", func(r *R) *sim.Histogram { return r.Commit })...)
	measures = append(measures, latencies("visibility_lag", "commit to visible", func(r *R) *sim.Histogram { return r.Lag })...)
	for stage := Stage(0); stage < NumStages; stage++ {
		measures = append(measures, low(number("time_"+stage.String()+"_s", "s",
			"mean time of a committed write in stage "+stage.String()+"; the stages add up to commit_mean_s",
			func(r *R) float64 { return r.Parts[stage] })))
	}
	return append(measures,
		number("queue_mean", "writes", "time-averaged number of writes in the queue", func(r *R) float64 { return r.QueueMean }),
		number("consumers_utilization", "", "share of the consumers' time busy", func(r *R) float64 { return r.Consumers }),
		count("queue_max", "writes", "largest number of writes in the queue", func(r *R) uint64 { return uint64(r.QueueMax) }),
		count("operations", "operations", "operations sent to the store", func(r *R) uint64 { return r.BatchCount }),
		number("batch_mean", "writes", "writes per operation", func(r *R) float64 { return r.BatchMean }),
	)
}

// inversions declares the cost of writes that overtake each other, promised or
// not.
func inversions[T any](counts func(*T) *Counts) Measure[T] {
	return low(count("order_inversions", "writes", "writes stored after a later one of the same key", func(r *T) uint64 { return counts(r).Inversions }))
}

func latencies(name, of string, histogram func(*LaneResult) *sim.Histogram) []Measure[LaneResult] {
	type R = LaneResult
	quantile := func(column, help string, p float64) Measure[R] {
		m := low(number(name+"_"+column+"_s", "s", of+": "+help, func(r *R) float64 { return histogram(r).Quantile(p) }))
		m.Law, m.P = histogram, p
		return percentile(m, p, func(r *R) float64 { return float64(histogram(r).N()) })
	}
	return []Measure[R]{
		low(number(name+"_mean_s", "s", of+": mean", func(r *R) float64 { return histogram(r).Mean() })),
		quantile("p50", "median", 0.5),
		quantile("p90", "90th percentile", 0.9),
		quantile("p99", "99th percentile", 0.99),
		quantile("p999", "99.9th percentile", 0.999),
		low(number(name+"_max_s", "s", of+": largest", func(r *R) float64 { return histogram(r).Quantile(1) })),
	}
}

// percentile marks a measure as the p-quantile of a number of observations.
func percentile[T any](m Measure[T], p float64, observations func(*T) float64) Measure[T] {
	m.Beyond = func(r *T) float64 { return (1 - p) * observations(r) }
	return m
}

// SampleMeasures declares the columns of a lane's time series. Rates,
// latencies and times are over the sample, from the previous one to this.
func SampleMeasures() []Measure[LaneSample] {
	type S = LaneSample
	measures := []Measure[S]{
		number("offered_per_s", "1/s", "offered load", func(s *S) float64 { return s.OfferedRate }),
		number("acked_per_s", "1/s", "writes acked per second", func(s *S) float64 { return s.AckedRate }),
		number("throughput_per_s", "1/s", "writes stored per second", func(s *S) float64 { return s.CommittedRate }),
		number("rejected_per_s", "1/s", "writes refused per second", func(s *S) float64 { return s.RejectedRate }),
		count("in_flight", "writes", "writes on their way", func(s *S) uint64 { return uint64(s.InFlight) }),
	}
	for stage := Stage(0); stage < NumStages; stage++ {
		measures = append(measures, count("depth_"+stage.String(), "writes", "writes in stage "+stage.String(), func(s *S) uint64 { return uint64(s.Depth[stage]) }))
	}
	measures = append(measures,
		number("ack_mean_s", "s", "offer to ack: mean", func(s *S) float64 { return s.Ack.Mean }),
		number("ack_p50_s", "s", "offer to ack: median", func(s *S) float64 { return s.Ack.P50 }),
		number("ack_p99_s", "s", "offer to ack: 99th percentile", func(s *S) float64 { return s.Ack.P99 }),
		number("commit_mean_s", "s", "offer to commit: mean", func(s *S) float64 { return s.Commit.Mean }),
		number("commit_p50_s", "s", "offer to commit: median", func(s *S) float64 { return s.Commit.P50 }),
		number("commit_p99_s", "s", "offer to commit: 99th percentile", func(s *S) float64 { return s.Commit.P99 }),
	)
	for stage := Stage(0); stage < NumStages; stage++ {
		measures = append(measures, number("time_"+stage.String()+"_s", "s", "mean time of a committed write in stage "+stage.String(), func(s *S) float64 { return s.Parts[stage] }))
	}
	measures = append(measures,
		number("batch_mean", "writes", "writes per operation", func(s *S) float64 { return s.BatchMean }),
		number("goodput_per_s", "1/s", "writes stored per second whose writer had not given up", func(s *S) float64 { return s.GoodRate }),
		count("retried", "attempts", "further attempts", func(s *S) uint64 { return s.Span.Retried }),
		count("timed_out", "attempts", "attempts whose writer stopped waiting", func(s *S) uint64 { return s.Span.TimedOut }),
		count("unseen", "writes", "writes committed and not yet visible", func(s *S) uint64 { return uint64(s.Unseen) }),
		number("visibility_lag_p99_s", "s", "commit to visible: 99th percentile", func(s *S) float64 { return s.Lag.P99 }),
	)
	measures = append(measures, promiseMeasures(func(s *S) *Counts { return &s.Span })...)
	return append(measures, inversions(func(s *S) *Counts { return &s.Span }))
}

// AllocatorMeasures declares the columns of an allocator's result.
func AllocatorMeasures() []Measure[AllocatorResult] {
	type R = AllocatorResult
	issued := func(r *R) float64 { return float64(r.Issued) }
	return []Measure[R]{
		count("issued", "IDs", "IDs handed out", func(r *R) uint64 { return r.Issued }),
		number("issued_per_s", "1/s", "IDs handed out per second", func(r *R) float64 { return perSecond(r.Issued, r.Window) }),
		count("requests", "requests", "requests served by the central counter", func(r *R) uint64 { return r.Requests }),
		number("utilization", "", "share of time the central counter was busy", func(r *R) float64 { return r.Utilization }),
		low(number("wait_mean_s", "s", "mean time from asking to having an ID", func(r *R) float64 { return r.WaitMean })),
		low(percentile(number("wait_p99_s", "s", "time from asking to having an ID: 99th percentile", func(r *R) float64 { return r.WaitP99 }), 0.99, issued)),
		low(percentile(number("wait_p999_s", "s", "time from asking to having an ID: 99.9th percentile", func(r *R) float64 { return r.WaitP999 }), 0.999, issued)),
		low(number("wait_max_s", "s", "time from asking to having an ID: largest", func(r *R) float64 { return r.WaitMax })),
		low(number("waiting_mean", "writes", "time-averaged number of writes waiting for an ID", func(r *R) float64 { return r.WaitingMean })),
		low(count("waiting_max", "writes", "largest number of writes waiting for an ID", func(r *R) uint64 { return uint64(r.WaitingMax) })),
		low(count("wasted", "IDs", "IDs leased and never to be used", func(r *R) uint64 { return r.Wasted })),
		low(count("gaps", "leases", "leases given up before they were used up: gaps in the IDs", func(r *R) uint64 { return r.Gaps })),
		low(count("collisions_caught", "codes", "random codes found taken and drawn again", func(r *R) uint64 { return r.Caught })),
		broken("collisions_uncaught", "IDs", "IDs handed out that had been handed out before", func(r *R) uint64 { return r.Uncaught }),
		low(count("reordered", "IDs", "IDs smaller than one handed out before, where the strategy's IDs have an order", func(r *R) uint64 { return r.Reordered })),
	}
}

// StoreMeasures declares the columns of a store's result.
func StoreMeasures() []Measure[StoreResult] {
	type R = StoreResult
	return []Measure[R]{
		count("active", "partitions", "partitions that own keys at the end", func(r *R) uint64 { return uint64(r.Active) }),
		low(number("skew", "", "writes of the partition that got most over their mean", func(r *R) float64 { return r.Skew })),
		number("utilization_mean", "", "share of server time busy, mean over the partitions that own keys", func(r *R) float64 { mean, _ := r.loads(); return mean }),
		number("utilization_max", "", "share of server time busy of the busiest of them", func(r *R) float64 { _, most := r.loads(); return most }),
		low(number("read_width", "partitions", "partitions that a read must ask, mean over the keys of all writes", func(r *R) float64 { return r.ReadWidth })),
		count("migrations", "migrations", "changes of owners that moved keys", func(r *R) uint64 { return r.Migrations }),
		number("moved_share", "", "share of all keys that the last change of owners moves or moved", func(r *R) float64 { return r.MovedShare }),
		low(number("keys_moved", "keys", "keys moved to other partitions", func(r *R) float64 { return r.KeysMoved })),
		low(number("moving_s", "s", "time in which keys moved", func(r *R) float64 { return r.Moving })),
	}
}

// PartitionMeasures declares the columns of a partition's result.
func PartitionMeasures() []Measure[PartitionResult] {
	type R = PartitionResult
	return []Measure[R]{
		count("writes", "writes", "writes stored", func(r *R) uint64 { return r.Writes }),
		count("operations", "operations", "operations done", func(r *R) uint64 { return r.Operations }),
		number("throughput_per_s", "1/s", "writes stored per second", func(r *R) float64 { return perSecond(r.Writes, r.Window) }),
		number("share", "", "share of the store's writes", func(r *R) float64 { return r.Share }),
		number("utilization", "", "share of server time busy", func(r *R) float64 { return r.Utilization }),
		number("line_mean", "writes", "time-averaged number of writes in line", func(r *R) float64 { return r.LineMean }),
		count("line_max", "writes", "largest number of writes in line", func(r *R) uint64 { return uint64(r.LineMax) }),
		count("top_key", "", "most frequent key; 0 = none", func(r *R) uint64 { return uint64(r.TopKey) }),
		number("top_key_share", "", "its estimated share of the partition's writes", func(r *R) float64 { return r.TopShare }),
	}
}

// NodeMeasures declares the columns of a node's result.
func NodeMeasures() []Measure[NodeResult] {
	type R = NodeResult
	return []Measure[R]{
		count("cpus", "CPUs", "CPUs at the end", func(r *R) uint64 { return uint64(r.CPUs) }),
		number("utilization", "", "share of CPU time busy", func(r *R) float64 { return r.Utilization }),
		low(number("line_mean", "operations", "time-averaged number of operations waiting for a CPU", func(r *R) float64 { return r.LineMean })),
		low(count("line_max", "operations", "largest number of operations waiting for a CPU", func(r *R) uint64 { return uint64(r.LineMax) })),
		count("syncs", "syncs", "log syncs begun", func(r *R) uint64 { return r.Syncs }),
		number("sync_utilization", "", "share of time in which the log was being synced", func(r *R) float64 { return r.SyncBusy }),
	}
}

// perSecond is the rate of n events in a window; NaN over no time.
func perSecond(n uint64, window sim.Time) float64 {
	if window <= 0 {
		return math.NaN()
	}
	return float64(n) / window.Seconds()
}
