package models

import (
	"io"
	"slices"

	"onepen/sim"
)

// Scenario is the whole description of a run: the components of a write
// path, how long to watch them, and the changes to make on the way. It is plain
// data; New turns it into a running System. Every field is a parameter
// declared in Params, where its unit, range, default and help are stated.
type Scenario struct {
	Name  string
	About string // what one sees, what to try, what it costs

	Seed        uint64
	Duration    sim.Time
	Warmup      sim.Time // statistics begin here
	Sample      sim.Time // spacing of the time series
	MaxInFlight int      // writes in flight at which the run ends

	Lanes      []Lane
	Allocators []Allocator
	Stores     []Store
	Timeline   []Change // ordered by At

	// Open opens a file that a parameter names (a trace, a file of samples),
	// relative to where the scenario came from. Nil means no files.
	Open func(name string) (io.ReadCloser, error)
}

// Lane is a class of writes with one arrival process and one promise.
type Lane struct {
	Name     string
	Arrivals Arrivals
	Keys     Keys
	IDs      string // name of an allocator, or "none"
	Store    string // name of a store
	Preload  int    // writes offered at once at the start
	Ack      Ack
	Order    Order
	Priority Priority
	Timeout  sim.Dist // how long the writer waits for its answer; nil = for ever
	Expired  Expired
	Retry    Retry
	Queue    Queue
	Batch    Batch
	Consume  Consume
}

// Arrivals says when the writes of a lane are offered, and by whom.
type Arrivals struct {
	Process Process
	Rate    float64  // mean offered load [1/s]
	Peak    float64  // rate while on [1/s]; 0 = all of Rate falls in the on periods
	Gap     sim.Dist // between the writes of a renewal process
	Group   int      // writes that arrive together
	On, Off sim.Dist // lengths of the periods of an on-off process
	Writers int      // app servers that issue the writes; the population of a closed loop
	Think   sim.Dist // a closed-loop writer's pause between answer and next write
	Trace   string   // file of a trace
	Profile Profile  // how the load varies over the run
	Speed   float64  // how much faster than recorded a trace is replayed
	Repeat  bool     // start the trace again at its end
}

// Keys says which keys the writes of a lane carry. Keys are numbered from
// 1 in order of popularity: k1 is the most popular one.
type Keys struct {
	Space     int
	Skew      Skew
	Tenants   int     // owners among whom the keys are divided
	Tenancy   Skew    // popularity of the tenants
	Celebrity float64 // share of the writes that one key draws on top of its own
}

// Retry says what a writer does that was refused, or had no answer in time.
type Retry struct {
	Attempts    int     // in all; 1 = no retries
	Backoff     Backoff // pause before the next attempt
	Jitter      Jitter
	Persistence float64  // probability that a writer without an answer tries again
	Budget      float64  // retries allowed per first attempt, over time; math.Inf(1) = no limit
	Idempotent  bool     // attempts of a write carry one idempotency key
	Window      sim.Time // how long the store remembers an idempotency key
}

// Consume says how committed writes become visible to readers.
type Consume struct {
	Workers int      // 0 = visible when committed
	Service sim.Dist // time of one batch
	Batch   int      // writes made visible together
}

// Queue is the buffer between accepting a write and storing it.
type Queue struct {
	Mode      QueueMode
	Lines     Lines
	Capacity  int // accepted writes that may wait
	WhenFull  WhenFull
	Workers   int      // operations that the queue keeps at the store at once, per line
	Redeliver bool     // after a crash, a durable queue delivers again what had been delivered and not confirmed to be stored
	SyncEvery sim.Time // spacing of the syncs of a durable queue; 0 = each append is synced before its writes are accepted
	Append    sim.Dist // time of one append to the log of a durable queue, whatever the number of writes in it
}

// Batch says how many writes are stored in one operation.
type Batch struct {
	Size    int      // 1 = off
	Linger  sim.Time // how long an open batch waits for company
	Aligned bool     // batches close when the clock is at a multiple of Linger
}

// Allocator hands out IDs.
type Allocator struct {
	Name         string
	Strategy     Strategy
	Service      sim.Dist // time the central counter works on one request
	RoundTrip    sim.Time // network time of one request to the central counter
	Block        int      // IDs leased at once
	Prefetch     float64  // share of the block left at which the next one is fetched
	Tick         sim.Time // a machine's sequence starts anew with every tick
	SequenceBits int      // IDs per tick and machine: 2 to this power
	MachineBits  int      // machines: 2 to this power
	ClockOffset  sim.Time // how far the first writer's clock is behind the others'
	Guard        bool     // a clock that went back stalls its writer; unguarded it repeats IDs
	SameMachine  int      // writers that wrongly have the first writer's machine number
	Length       int      // characters of a random code
	Alphabet     int      // different characters of a random code
	Population   int      // codes taken before the run
	Checked      bool     // a code is looked up before it is used, and drawn again if taken
}

// Store keeps the writes, spread over partitions.
type Store struct {
	Name       string
	Partitions int
	Route      Route
	RouteBy    RouteBy
	Bucket     sim.Time // width of a time bucket
	Virtual    int      // virtual nodes of a partition on the ring
	Salt       int      // sub-keys of a hot key
	SaltAbove  float64  // share of the writes from which a key counts as hot
	MoveRate   float64  // keys moved per second when owners change [1/s]; math.Inf(1) = at once
	MoveCost   float64  // share of each partition's capacity that moving takes

	Servers   int      // operations that one partition works on at once
	Overhead  sim.Dist // time an operation costs, however many writes it stores
	PerRecord sim.Dist // time each write of an operation adds
	Backlog   int      // writes that may wait at one partition, or unlimited

	Nodes       int      // machines that host the partitions in turn; 0 = one for each partition
	CPUs        int      // operations that a node works on at once, whatever their partitions
	Sync        sim.Dist // time of a node's log sync, shared by the operations that waited for it; 0s = none
	SyncCPU     sim.Dist // time of a CPU that a sync takes before
	KeyLock     bool     // operations on one key exclude each other
	Handover    Handover // how a key lock passes on
	Prepare     sim.Dist // work of an operation before it asks for its locks
	PrepareSync bool     // the preparation ends with a sync of its own
	Steps       int      // parts of an operation's work, between which others get their turn at a CPU
	Cold        float64  // how many times longer work takes on a CPU that idled
	Wake        sim.Dist // time of a CPU that it takes to wake an operation that waited
	Contention  float64  // σ of the Universal Scalability Law
	Crosstalk   float64  // κ of the Universal Scalability Law
	Failure     float64  // probability that an operation fails at the end of its service
	StallAfter  int      // writes to a partition after which it stalls, or unlimited
	Stall       sim.Dist // length of a stall

	Replicas    int      // copies of a partition, the leader's included
	Quorum      int      // copies that must have an operation before it is committed
	Replication sim.Dist // time until a follower has confirmed
	Failover    sim.Time // until a follower takes over from a crashed leader
	SlowReplica float64  // how many times slower than the others the first follower is
}

// Change is what happens at one instant: parameters that take effect together,
// and a fault. If it is for a span, it is undone at the end of that: the
// parameters have the values again that they had before, and the fault is over.
type Change struct {
	At    sim.Time
	Set   []Assignment
	Fault Fault
	For   sim.Time // 0 = for good
}

// Assignment gives one parameter a value, both as text.
type Assignment struct {
	Path  string // lanes.clicks.batch.size
	Value string // 64
}

// Lane returns the lane of that name, or nil.
func (s *Scenario) Lane(name string) *Lane {
	return find(s.Lanes, func(l *Lane) bool { return l.Name == name })
}

// Allocator returns the allocator of that name, or nil.
func (s *Scenario) Allocator(name string) *Allocator {
	return find(s.Allocators, func(a *Allocator) bool { return a.Name == name })
}

// Store returns the store of that name, or nil.
func (s *Scenario) Store(name string) *Store {
	return find(s.Stores, func(st *Store) bool { return st.Name == name })
}

// Clone returns a copy that shares nothing that can change.
func (s *Scenario) Clone() *Scenario {
	c := *s
	c.Lanes = slices.Clone(s.Lanes)
	c.Allocators = slices.Clone(s.Allocators)
	c.Stores = slices.Clone(s.Stores)
	c.Timeline = slices.Clone(s.Timeline)
	for i := range c.Timeline {
		c.Timeline[i].Set = slices.Clone(c.Timeline[i].Set)
	}
	return &c
}

func find[T any](items []T, match func(*T) bool) *T {
	for i := range items {
		if match(&items[i]) {
			return &items[i]
		}
	}
	return nil
}
