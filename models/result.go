package models

import (
	"math"

	"onepen/sim"
)

// Result is what a run measured in its window, from the end of the warm-up to
// where the run stands.
type Result struct {
	From, To   sim.Time
	Halted     string // why the run ended early, or ""
	Events     uint64 // events run since the start
	Lanes      []LaneResult
	Allocators []AllocatorResult
	Stores     []StoreResult
}

// LaneResult is what a run measured of a lane in its window.
type LaneResult struct {
	Name     string
	Window   sim.Time
	Counts   Counts
	InFlight int                // at the end
	Ack      *sim.Histogram     // offer to ack
	Commit   *sim.Histogram     // offer to commit
	Lag      *sim.Histogram     // commit to visible
	Parts    [NumStages]float64 // mean time per committed write in each stage [s]; NaN if none
	Depth    [NumStages]float64 // time-averaged number of writes in each stage, whatever became of them

	QueueMean  float64 // time-averaged number of writes in the queue
	QueueMax   int
	BatchCount uint64  // operations sent to the store
	BatchMean  float64 // writes per operation
	Consumers  float64 // busy consumers over consumers, time-averaged; NaN without any
}

// loss returns the share of the writes offered that came to nothing: their
// writer gave up, or was told that they are kept when they were not. NaN if none
// was offered. Those that arrived before the window and failed in it count as
// well, as those do not that will fail after it.
func (r *LaneResult) loss() float64 {
	if r.Counts.Offered == 0 {
		return math.NaN()
	}
	return float64(r.Counts.Failed+r.Counts.AckedLost) / float64(r.Counts.Offered)
}

// AllocatorResult is what a run measured of an allocator in its window.
type AllocatorResult struct {
	Name        string
	Strategy    Strategy // at the end
	Window      sim.Time
	Issued      uint64
	Requests    uint64  // served by the central counter
	Utilization float64 // of the central counter
	WaitMean    float64 // from asking to having an ID [s]
	WaitP99     float64
	WaitP999    float64
	WaitMax     float64
	WaitingMean float64 // time-averaged number of writes waiting for an ID
	WaitingMax  int
	Wasted      uint64 // IDs leased and never to be used
	Gaps        uint64 // leases given up before they were used up
	Caught      uint64 // random codes found taken and drawn again
	Uncaught    uint64 // IDs handed out that had been handed out before
	Reordered   uint64 // IDs smaller than one handed out before, by a strategy whose IDs have an order
}

// StoreResult is what a run measured of a store in its window.
type StoreResult struct {
	Name       string
	Window     sim.Time
	Active     int     // partitions that own keys at the end
	Skew       float64 // largest over mean number of writes that reached them
	Migrations uint64  // begun
	MovedShare float64 // of all keys, those that the last change of owners moves or moved, 0 to 1
	KeysMoved  float64
	Moving     float64 // time in which keys moved [s]
	ReadWidth  float64 // partitions that a read must ask: mean over the keys of all writes
	Partitions []PartitionResult
	Nodes      []NodeResult // none if each partition has a machine of its own
}

// NodeResult is what a run measured of a node in its window.
type NodeResult struct {
	Node        int
	Window      sim.Time
	CPUs        int     // at the end
	Utilization float64 // busy CPUs over CPUs, time-averaged
	LineMean    float64 // time-averaged number of operations that wait for a CPU
	LineMax     int
	Syncs       uint64  // of its log, begun
	SyncBusy    float64 // share of time in which its log was being synced
}

// loads returns the mean and the largest utilization of the partitions that own
// keys; NaN if there are none.
func (r *StoreResult) loads() (mean, most float64) {
	var loads sim.Tally
	for i := range r.Partitions[:r.Active] {
		loads.Add(r.Partitions[i].Utilization)
	}
	return loads.Mean(), loads.Max()
}

// PartitionResult is what a run measured of a partition in its window.
type PartitionResult struct {
	Partition   int
	Window      sim.Time
	Writes      uint64  // committed
	Operations  uint64  // done
	Share       float64 // of the store's writes
	Utilization float64 // busy servers over servers, time-averaged
	LineMean    float64 // time-averaged number of writes in line
	LineMax     int     // writes
	TopKey      uint32  // most frequent key, 0 = none
	TopShare    float64 // its estimated share of the partition's writes
}
