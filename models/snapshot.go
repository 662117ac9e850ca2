package models

import "onepen/sim"

// Stage is a part of a write's way, in the order in which the write passes
// them. The times it spends in them add up to its latency from offer to commit.
type Stage uint8

const (
	StageAllocator   Stage  = iota // waiting for an ID
	StageQueue                     // from the ID to leaving the queue, appends included
	StageLinger                    // in an open batch
	StageLine                      // waiting for a server of the partition
	StageKeyLock                   // waiting for the lock of the key
	StageService                   // being stored
	StageReplication               // waiting for the quorum
	StageBackoff                   // lost to earlier attempts and the pauses between them
	NumStages        = iota        // number of stages
)

var stages = []string{"allocator", "queue", "linger", "line", "key_lock", "service", "replication", "backoff"}

func (s Stage) String() string { return stages[s] }

// Snapshot is the state of a running system between two events, with what
// happened since the previous snapshot. It shares no memory with the system.
type Snapshot struct {
	Time       sim.Time // now
	Span       sim.Time // since the previous snapshot, or since the statistics were reset
	Lanes      []LaneSample
	Allocators []AllocatorSample
	Stores     []StoreSample
}

// LaneSample is the state of a lane. Measures over the span are NaN where
// nothing was measured.
type LaneSample struct {
	Name      string
	Totals    Counts         // since the start of the run
	Span      Counts         // since the previous snapshot
	InFlight  int            // writes
	Depth     [NumStages]int // writes in each stage now
	Ack       Quantiles      // latency from offer to ack over the span [s]
	Commit    Quantiles      // latency from offer to commit over the span [s]
	Lag       Quantiles      // from commit to visible, over the span [s]
	Unseen    int            // writes committed and not yet visible
	Consuming float64        // busy fraction of the consumers over the span, 0 to 1; NaN without any
	Parts     [NumStages]float64
	// Parts is the mean time in each stage of the writes committed in the span [s].
	// They add up to Commit.Mean.

	OfferedRate, AckedRate, CommittedRate, RejectedRate float64 // over the span [1/s]
	GoodRate                                            float64 // writes committed whose writer had not given up [1/s]

	QueueMode  QueueMode
	QueueDown  bool // crashed, and not yet back
	Workers    int  // of the queue, over all its lines
	Busy       int  // of them, keeping a batch or an operation
	OpenBatch  int  // writes in open batches
	BatchSize  int
	BatchCount uint64  // operations sent to the store over the span
	BatchMean  float64 // writes per operation over the span
}

// Quantiles summarises latencies [s]; NaN where there were none.
type Quantiles struct {
	N                              uint64
	Mean, P50, P90, P99, P999, Max float64
}

// AllocatorSample is the state of an allocator.
type AllocatorSample struct {
	Name        string
	Strategy    Strategy
	Down        bool    // its counter crashed, and is not yet back
	Waiting     int     // writes waiting for an ID, those being served included
	Requests    int     // requests at the central counter, in line or in service
	Utilization float64 // of the central counter over the span, 0 to 1
	Rate        float64 // IDs handed out over the span [1/s]
	Wait        float64 // mean time from asking to having an ID, over the span [s]
	Stalled     int     // writers that wait for a tick of their clock
	Caught      uint64  // random codes found taken and drawn again, over the span
	Uncaught    uint64  // IDs handed out that had been handed out before, over the span
	Reordered   uint64  // IDs smaller than one handed out before, over the span
}

// StoreSample is the state of a store.
type StoreSample struct {
	Name       string
	Route      Route
	Partitions []PartitionSample // those that own keys first, then those that still drain
	Nodes      []NodeSample      // none if each partition has a machine of its own
	Active     int               // number of partitions that own keys
	Short      bool              // writes wait for followers to come back: too few are up for the quorum
	Skew       float64           // largest over mean load of the active partitions, over the span
	Hot        int               // number of the partition with the largest load over the span
	Progress   float64           // of a migration: share of the keys on the move that have moved; 1 if none is
	MovedShare float64           // of all keys, those that the last change of owners moves, 0 to 1
	KeysMoved  float64           // over the span
	ReadWidth  float64           // partitions that a read must ask: mean over the keys of the writes of the span
}

// NodeSample is the state of a node.
type NodeSample struct {
	Waiting     int // operations that wait for a CPU
	CPUs        int
	Utilization float64 // of the CPUs over the span, 0 to 1
	Syncing     float64 // share of the span in which its log was being synced
}

// PartitionSample is the state of a partition.
type PartitionSample struct {
	Down        bool // crashed, and not yet back: it refuses all writes
	Waiting     int  // writes in line
	InService   int  // writes being stored
	Servers     int
	Utilization float64 // over the span, 0 to 1
	Rate        float64 // writes that arrived over the span [1/s]
	TopKey      uint32  // most frequent key among about the last hundred thousand writes; 0 = none
	TopShare    float64 // its estimated share of the partition's writes, 0 to 1
	Most        [TopKeys]KeyShare
	// Most are the most frequent keys, the first of them TopKey.
}

// TopKeys is the number of keys that a partition's sample names.
const TopKeys = 5

// KeyShare is a key and its estimated share of a partition's writes, 0 to 1; key 0 = none.
type KeyShare struct {
	Key   uint32
	Share float64
}
