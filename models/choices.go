package models

// The parameters that choose one of a few behaviours. The text of a choice is
// the same in YAML, CSV, screen and help.

// Process is the kind of an arrival process.
type Process uint8

const (
	Poisson       Process = iota // open loop, exponential gaps
	Deterministic                // open loop, equal gaps
	OnOff                        // open loop, Poisson at two rates in turn
	Closed                       // closed loop: writers that think, write, and wait for the answer
	Trace                        // open loop, instants and keys from a file
)

var processes = []string{"poisson", "deterministic", "onoff", "closed", "trace"}

func (p Process) String() string { return processes[p] }

// QueueMode says where accepted writes wait.
type QueueMode uint8

const (
	QueueNone    QueueMode = iota // nowhere: writers call the store themselves
	QueueMemory                   // in memory: what it holds dies with it
	QueueDurable                  // in a log: accepted once the append is done
)

var queueModes = []string{"none", "memory", "durable"}

func (m QueueMode) String() string { return queueModes[m] }

// Lines says how many lines a queue has.
type Lines uint8

const (
	SharedLine       Lines = iota // one line for all partitions
	LinePerPartition              // one line, with workers of its own, for each partition
)

var lineKinds = []string{"shared", "per_partition"}

func (l Lines) String() string { return lineKinds[l] }

// WhenFull says what a queue at its capacity does with the next write.
type WhenFull uint8

const (
	Reject     WhenFull = iota // refuse it
	Block                      // let the writer wait for room
	DropOldest                 // take it and drop the one that waited longest
)

var fullPolicies = []string{"reject", "block", "drop_oldest"}

func (w WhenFull) String() string { return fullPolicies[w] }

// Ack is the moment at which the writer gets its answer, and so the promise
// that the answer makes.
type Ack uint8

const (
	AckAccept Ack = iota // when the write is accepted: by the queue, or without one by the store's line
	AckCommit            // when the write is stored
)

var acks = []string{"accept", "commit"}

func (a Ack) String() string { return acks[a] }

// Strategy is how an allocator hands out IDs.
type Strategy uint8

const (
	Unallocated Strategy = iota // no IDs
	Central                     // one counter, one request per ID
	Range                       // blocks of IDs leased from the counter
	Snowflake                   // time, machine and sequence number: no coordination
)

var strategies = []string{"none", "central", "range", "snowflake"}

func (s Strategy) String() string { return strategies[s] }

// Route is how keys find their partition.
type Route uint8

const (
	RouteHash       Route = iota // by a hash of the key
	RouteTimeBucket              // by the time of the write: all of now is one partition
)

var routes = []string{"hash", "time_bucket"}

func (r Route) String() string { return routes[r] }
