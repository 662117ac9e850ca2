package models

// The parameters that choose one of a few behaviours. The text of a choice is
// the same in YAML, CSV, screen and help.

// Process is the kind of an arrival process.
type Process uint8

const (
	Poisson       Process = iota // open loop, exponential gaps
	Deterministic                // open loop, equal gaps
	OnOff                        // open loop, Poisson at two rates in turn
	Renewal                      // open loop, gaps from a distribution
	Closed                       // closed loop: writers that think, write, and wait for the answer
	Trace                        // open loop, instants and keys from a file
)

var processes = []string{"poisson", "deterministic", "onoff", "renewal", "closed", "trace"}

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
	AckAccept  Ack = iota // when the write is accepted: by the queue, or without one by the store's line
	AckCommit             // when the write is stored, on a quorum if there are replicas
	AckVisible            // when readers can see it
)

var acks = []string{"accept", "commit", "visible"}

func (a Ack) String() string { return acks[a] }

// Order is the order of the writes of a lane that its writers rely on.
type Order uint8

const (
	OrderNone Order = iota // none: writes may overtake each other
	OrderKey               // writes of one key are stored in the order in which they were offered
)

var orders = []string{"none", "key"}

func (o Order) String() string { return orders[o] }

// Priority is a lane's rank in the lines of a store.
type Priority uint8

const (
	PriorityHigh   Priority = iota // before all others
	PriorityNormal                 // after the high ones
	PriorityLow                    // when nothing else waits
	numPriorities  = iota
)

var priorities = []string{"high", "normal", "low"}

func (p Priority) String() string { return priorities[p] }

// Expired says what a store does with an operation that nobody waits for any
// more, because all its writers' timeouts have passed when its turn comes.
type Expired uint8

const (
	ServeExpired   Expired = iota // store it all the same
	DiscardExpired                // drop it without work
)

var expiries = []string{"serve", "discard"}

func (e Expired) String() string { return expiries[e] }

// Jitter spreads the backoff d before a retry.
type Jitter uint8

const (
	JitterNone        Jitter = iota // d
	JitterFull                      // uniform on [0, d)
	JitterEqual                     // d/2 + uniform on [0, d/2)
	JitterExponential               // exponential of mean d
)

var jitters = []string{"none", "full", "equal", "exponential"}

func (j Jitter) String() string { return jitters[j] }

// Strategy is how an allocator hands out IDs.
type Strategy uint8

const (
	Unallocated Strategy = iota // no IDs
	Central                     // one counter, one request per ID
	Range                       // blocks of IDs leased from the counter
	Snowflake                   // time, machine and sequence number: no coordination
	Random                      // short random codes, against those already taken
	UUIDv4                      // 122 random bits
	UUIDv7                      // milliseconds, then 74 random bits: in the order of time
)

var strategies = []string{"none", "central", "range", "snowflake", "random", "uuid4", "uuid7"}

func (s Strategy) String() string { return strategies[s] }

// ordered reports whether IDs grow with time, so that new ones sort behind
// all others.
func (s Strategy) ordered() bool {
	return s == Central || s == Range || s == Snowflake || s == UUIDv7
}

// Route is how keys find their partition.
type Route uint8

const (
	RouteHash       Route = iota // by a hash of the key, modulo the number of partitions
	RouteModulo                  // by the number of the key, modulo the number of partitions: neighbours are spread evenly
	RouteRing                    // consistent hashing: the next virtual node on a ring
	RouteRange                   // by ranges of the sorted keys; another partition splits the hottest range
	RouteTimeBucket              // by the time of the write: all of now is one partition
	RouteTimeSource              // by time and key together
	RouteTenant                  // by the owner of the key
	RouteSalted                  // by hash, each hot key spread over sub-keys
	RouteTwoChoices              // the less loaded of two partitions that the key's hashes name
	RouteSticky                  // whatever comes goes to one partition until its batch is full
)

var routes = []string{"hash", "modulo", "ring", "range", "time_bucket", "time_source", "tenant", "salted", "two_choices", "sticky"}

func (r Route) String() string { return routes[r] }

// RouteBy says what a store sorts and spreads its writes by.
type RouteBy uint8

const (
	ByKey RouteBy = iota // the key
	ByID                 // the ID: the primary key of what is inserted
)

var routeBys = []string{"key", "id"}

func (r RouteBy) String() string { return routeBys[r] }

// Handover says how a key lock passes on when it is given back.
type Handover uint8

const (
	Direct  Handover = iota // to the first that waits for it
	Recheck                 // to the first that finds it free: all that wait look, one after another
)

var handovers = []string{"direct", "recheck"}

func (h Handover) String() string { return handovers[h] }
