package models

import "onepen/sim"

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
	Parts    [NumStages]float64 // mean time per committed write in each stage [s]; NaN if none

	QueueMean  float64 // time-averaged number of writes in the queue
	QueueMax   int
	BatchCount uint64  // operations sent to the store
	BatchMean  float64 // writes per operation
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
	WaitingMean float64 // time-averaged number of writes waiting for an ID
	WaitingMax  int
	Wasted      uint64 // IDs leased and never to be used
}

// StoreResult is what a run measured of a store in its window.
type StoreResult struct {
	Name       string
	Window     sim.Time
	Active     int // partitions that own keys at the end
	Skew       float64
	Partitions []PartitionResult
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
