package models

import (
	"fmt"
	"strconv"

	"onepen/sim"
)

// Bounds that several declarations share.
const (
	maxKeys      = 1_000_000_000
	maxWriters   = 1_000_000
	maxSpan      = 1000 * sim.Hour
	maxCount     = 1_000_000_000
	maxPartition = 1 << 16 // a partition's number takes 16 bits in a write
	maxAttempts  = 100     // their numbers take 8 bits, those of deliveries included

	noAllocator = "none"
)

// runParams declares what belongs to the run and to no component.
func runParams() []Param {
	type T = Scenario
	return section(sectionRun, func(s *Scenario, _ string) *T { return s },
		textField("name", "", "any text", "name of the scenario", func(s *T) *string { return &s.Name }).fixed(),
		textField("about", "", "any text", "what one sees, what to try, what it costs", func(s *T) *string { return &s.About }).fixed(),
		seedField(),
		spanField("duration", "60s", sim.Millisecond, maxSpan, "simulated time of a run", func(s *T) *sim.Time { return &s.Duration }).fixed(),
		spanField("warmup", "0s", 0, maxSpan, "time at the start that statistics leave out", func(s *T) *sim.Time { return &s.Warmup }).fixed(),
		spanField("sample", "100ms", sim.Millisecond, sim.Hour, "spacing of the time series", func(s *T) *sim.Time { return &s.Sample }).fixed(),
		countField("max_in_flight", "writes", "5000000", 1, maxCount, "writes in flight at which the run ends early, with its results kept", func(s *T) *int { return &s.MaxInFlight }).fixed(),
	)
}

func seedField() field[Scenario] {
	return field[Scenario]{
		Param: Param{Path: "seed", Kind: KindCount, Default: "1", Allowed: "0 to 18446744073709551615", Help: "the same seed and scenario give the same bytes"},
		text:  func(s *Scenario) string { return strconv.FormatUint(s.Seed, 10) },
		parse: func(s *Scenario, text string, _ opener) error {
			x, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				return fmt.Errorf("must be a whole number, 0 to 18446744073709551615, got %q", text)
			}
			s.Seed = x
			return nil
		},
	}
}

// laneParams declares the parameters of a lane, in the order of the flow.
func laneParams() []Param {
	type T = Lane
	return section(sectionLanes, (*Scenario).Lane,
		choiceField("arrivals.process", "poisson", processes, "when writes are offered; onoff with exponential periods is a two-state MMPP", func(l *T) *Process { return &l.Arrivals.Process }).fixed(),
		rateField("arrivals.rate", "100/s", 0, "mean offered load of an open loop", func(l *T) *float64 { return &l.Arrivals.Rate }),
		rateField("arrivals.peak", "0/s", 0, "rate in the on periods of onoff; 0 = all of the load falls in them", func(l *T) *float64 { return &l.Arrivals.Peak }),
		distField("arrivals.gap", "10ms", "time between the writes of a renewal process", func(l *T) *sim.Dist { return &l.Arrivals.Gap }),
		countField("arrivals.group", "writes", "1", 1, 1_000_000, "writes that arrive together in an open loop, each counted in the rate", func(l *T) *int { return &l.Arrivals.Group }),
		distField("arrivals.on", "1s", "length of an on period of onoff", func(l *T) *sim.Dist { return &l.Arrivals.On }),
		distField("arrivals.off", "1s", "length of an off period of onoff", func(l *T) *sim.Dist { return &l.Arrivals.Off }),
		profileField(),
		countField("arrivals.writers", "writers", "1", 1, maxWriters, "app servers that issue the writes in turn, each with its own ID blocks; population of a closed loop", func(l *T) *int { return &l.Arrivals.Writers }).fixed(),
		distField("arrivals.think", "0s", "pause of a closed-loop writer between answer and next write", func(l *T) *sim.Dist { return &l.Arrivals.Think }),
		textField("arrivals.trace", "", "a CSV file with a column time_s and, if keys come from it, a column key", "file of a trace", func(l *T) *string { return &l.Arrivals.Trace }).fixed(),
		numberField("arrivals.speed", "", "1", 1e-6, 1e9, "how many times faster than recorded a trace is replayed", func(l *T) *float64 { return &l.Arrivals.Speed }),
		flagField("arrivals.repeat", "true", "start the trace again at its end", func(l *T) *bool { return &l.Arrivals.Repeat }),
		countField("keys.space", "keys", "1000000", 1, maxKeys, "number of different keys", func(l *T) *int { return &l.Keys.Space }).fixed(),
		skewField("keys.skew", "popularity of the keys, among those of one tenant", func(l *T) *Skew { return &l.Keys.Skew }),
		countField("keys.tenants", "tenants", "1", 1, maxWriters, "owners among whom the keys are divided, each with an even share of them", func(l *T) *int { return &l.Keys.Tenants }),
		skewField("keys.tenancy", "popularity of the tenants", func(l *T) *Skew { return &l.Keys.Tenancy }),
		numberField("keys.celebrity", "", "0", 0, 1, "share of the writes that one key draws on top of its own: a hot key that comes and goes", func(l *T) *float64 { return &l.Keys.Celebrity }),
		textField("ids", noAllocator, "the name of an allocator, or none", "where each write gets its ID", func(l *T) *string { return &l.IDs }).fixed(),
		textField("store", "", "the name of a store", "where the writes end", func(l *T) *string { return &l.Store }).fixed(),
		countField("preload", "writes", "0", 0, maxCount, "writes offered at once at the start, to begin in a loaded state", func(l *T) *int { return &l.Preload }).fixed(),
		choiceField("ack", "commit", acks, "when the writer gets its answer, and so what the answer promises", func(l *T) *Ack { return &l.Ack }),
		choiceField("order", "none", orders, "order of the writes that is promised; key = those of one key are stored as they came, and one that is overtaken breaks a promise", func(l *T) *Order { return &l.Order }),
		choiceField("priority", "normal", priorities, "rank in the lines of the store", func(l *T) *Priority { return &l.Priority }),
		patienceField("timeout", "how long the writer waits for its answer", func(l *T) *sim.Dist { return &l.Timeout }),
		choiceField("expired", "serve", expiries, "what the store does with an operation all of whose writers have given up", func(l *T) *Expired { return &l.Expired }),
		countField("retry.attempts", "attempts", "1", 1, maxAttempts, "attempts at a write in all; 1 = no retries", func(l *T) *int { return &l.Retry.Attempts }),
		backoffField("retry.backoff", "exponential(50ms)", "pause before the next attempt", func(l *T) *Backoff { return &l.Retry.Backoff }),
		choiceField("retry.jitter", "full", jitters, "how the pause is spread", func(l *T) *Jitter { return &l.Retry.Jitter }),
		numberField("retry.persistence", "", "1", 0, 1, "probability that a writer tries again at all", func(l *T) *float64 { return &l.Retry.Persistence }),
		unboundedField("retry.budget", "", unlimitedText, 0, 100, "retries allowed per first attempt, over time", func(l *T) *float64 { return &l.Retry.Budget }),
		flagField("retry.idempotent", "false", "attempts carry an idempotency key, by which the store knows a write it has", func(l *T) *bool { return &l.Retry.Idempotent }),
		spanField("retry.window", "1h", 0, maxSpan, "how long the store remembers an idempotency key", func(l *T) *sim.Time { return &l.Retry.Window }),
		choiceField("queue.mode", "none", queueModes, "where accepted writes wait", func(l *T) *QueueMode { return &l.Queue.Mode }),
		choiceField("queue.lines", "shared", lineKinds, "one line for all partitions, or one for each", func(l *T) *Lines { return &l.Queue.Lines }),
		countField("queue.capacity", "writes", "100000", 1, maxCount, "accepted writes that may wait", func(l *T) *int { return &l.Queue.Capacity }),
		choiceField("queue.when_full", "reject", fullPolicies, "what becomes of a write that finds the queue full", func(l *T) *WhenFull { return &l.Queue.WhenFull }),
		countField("queue.workers", "workers", "8", 1, maxWriters, "operations that a line keeps at the store at once", func(l *T) *int { return &l.Queue.Workers }),
		spanField("queue.sync_every", "0s", 0, sim.Hour, "spacing of the syncs of a durable queue, and so what a crash may take; 0s = an append is synced before its writes are accepted", func(l *T) *sim.Time { return &l.Queue.SyncEvery }),
		flagField("queue.redeliver", "false", "after a crash a durable queue delivers again what it had delivered and whose storing had not been confirmed to it: stored twice, unless attempts carry idempotency keys", func(l *T) *bool { return &l.Queue.Redeliver }),
		distField("queue.append", "500us", "time of one append to the log of a durable queue, shared by the writes that waited for it", func(l *T) *sim.Dist { return &l.Queue.Append }),
		countField("batch.size", "writes", "1", 1, 1_000_000, "writes stored in one operation; 1 = no batching", func(l *T) *int { return &l.Batch.Size }),
		spanField("batch.linger", "10ms", 0, sim.Hour, "how long an open batch waits for company", func(l *T) *sim.Time { return &l.Batch.Linger }),
		flagField("batch.aligned", "false", "batches close when the clock is at a multiple of the linger, however long they have been open", func(l *T) *bool { return &l.Batch.Aligned }),
		countField("consumers.workers", "workers", "0", 0, maxWriters, "workers that make committed writes visible; 0 = visible when committed", func(l *T) *int { return &l.Consume.Workers }),
		distField("consumers.service", "1ms", "time a worker takes over one batch", func(l *T) *sim.Dist { return &l.Consume.Service }),
		countField("consumers.batch", "writes", "1", 1, 1_000_000, "writes that a worker makes visible together", func(l *T) *int { return &l.Consume.Batch }),
	)
}

// allocatorParams declares the parameters of an allocator.
func allocatorParams() []Param {
	type T = Allocator
	return section(sectionAllocators, (*Scenario).Allocator,
		choiceField("strategy", "central", strategies, "how IDs are handed out", func(a *T) *Strategy { return &a.Strategy }),
		distField("service", "1ms", "time the central counter works on one request, for an ID or for a block", func(a *T) *sim.Dist { return &a.Service }),
		spanField("round_trip", "0s", 0, sim.Hour, "network time of one request to the central counter", func(a *T) *sim.Time { return &a.RoundTrip }),
		countField("block", "IDs", "1000", 1, maxCount, "range: IDs that a writer leases at once", func(a *T) *int { return &a.Block }),
		numberField("prefetch", "", "0.5", 0, 1, "range: share of the block left at which the next one is fetched; 0 = when it is empty", func(a *T) *float64 { return &a.Prefetch }),
		spanField("tick", "1ms", sim.Microsecond, sim.Hour, "snowflake: a writer's sequence starts anew with every tick", func(a *T) *sim.Time { return &a.Tick }).fixed(),
		countField("sequence_bits", "bits", "12", 1, 30, "snowflake: a writer has 2 to this power IDs per tick", func(a *T) *int { return &a.SequenceBits }).fixed(),
		countField("machine_bits", "bits", "10", 1, 20, "snowflake: 2 to this power writers can be told apart", func(a *T) *int { return &a.MachineBits }).fixed(),
		spanField("clock_offset", "0s", 0, maxClockOffset, "snowflake: how far the first writer's clock is behind; raising it is a step back", func(a *T) *sim.Time { return &a.ClockOffset }),
		flagField("guard", "true", "snowflake: a clock that went back stalls its writer until it has passed its last tick; unguarded it repeats IDs", func(a *T) *bool { return &a.Guard }),
		countField("same_machine", "writers", "0", 0, maxWriters, "snowflake: writers that wrongly have the first writer's machine number", func(a *T) *int { return &a.SameMachine }),
		countField("length", "characters", "7", 1, 16, "random: characters of a code", func(a *T) *int { return &a.Length }).fixed(),
		countField("alphabet", "characters", "62", 2, 256, "random: different characters", func(a *T) *int { return &a.Alphabet }).fixed(),
		countField("population", "codes", "0", 0, 1_000_000_000_000_000, "random: codes taken before the run; when none is left, a run of checked codes ends", func(a *T) *int { return &a.Population }).fixed(),
		flagField("checked", "true", "random: a code is looked up before it is used, at the cost of a request, and drawn again if taken", func(a *T) *bool { return &a.Checked }),
	)
}

// storeParams declares the parameters of a store.
func storeParams() []Param {
	type T = Store
	return section(sectionStores, (*Scenario).Store,
		countField("partitions", "partitions", "1", 1, maxPartition, "owners among whom the keys are spread", func(s *T) *int { return &s.Partitions }),
		choiceField("route", "hash", routes, "how a key finds its partition", func(s *T) *Route { return &s.Route }),
		spanField("bucket", "1s", sim.Millisecond, 1000*sim.Hour, "time_bucket, time_source: width of a bucket", func(s *T) *sim.Time { return &s.Bucket }),
		choiceField("route_by", "key", routeBys, "what the store spreads and sorts its writes by; under range, IDs in the order of time all go to the last partition", func(s *T) *RouteBy { return &s.RouteBy }),
		countField("virtual_nodes", "nodes", "64", 1, 4096, "ring: virtual nodes of a partition", func(s *T) *int { return &s.Virtual }),
		countField("salt", "sub-keys", "8", 2, 4096, "salted: sub-keys of a hot key, in as many partitions, all of which a read must ask", func(s *T) *int { return &s.Salt }),
		numberField("salt_above", "", "0.01", 0, 1, "salted: share of the store's writes from which a key is hot, until it has less than half of it; 0 = all keys", func(s *T) *float64 { return &s.SaltAbove }),
		unboundedRateField("move_rate", unlimitedText, "keys that move to their new owners per second when owners change; until a key has moved its old owner takes its writes", func(s *T) *float64 { return &s.MoveRate }),
		numberField("move_cost", "", "0.2", 0, 0.99, "share of its capacity that a partition loses while it gives or takes keys", func(s *T) *float64 { return &s.MoveCost }),
		countField("servers", "servers", "1", 1, 100_000, "operations that one partition works on at once", func(s *T) *int { return &s.Servers }),
		distField("overhead", "1ms", "time an operation costs, however many writes it stores", func(s *T) *sim.Dist { return &s.Overhead }),
		distField("per_record", "0s", "time that each write of an operation adds", func(s *T) *sim.Dist { return &s.PerRecord }),
		limitField("backlog", "writes", unlimitedText, maxCount, "writes that may wait at one partition before it refuses", func(s *T) *int { return &s.Backlog }),
		countField("nodes", "nodes", "0", 0, maxPartition, "machines that host the partitions in turn; 0 = one for each partition, with room for all it does", func(s *T) *int { return &s.Nodes }).fixed(),
		countField("cpus", "CPUs", "4", 1, 100_000, "operations that a node works on at once, whatever their partitions", func(s *T) *int { return &s.CPUs }),
		distField("sync", "0s", "time of a node's log sync, shared by the operations that waited for it; 0s = none", func(s *T) *sim.Dist { return &s.Sync }),
		distField("sync_cpu", "0s", "time of a CPU that a sync takes before, to write the log", func(s *T) *sim.Dist { return &s.SyncCPU }).fixed(),
		distField("prepare", "0s", "work of an operation before it asks for its key locks: its writer's on the same machine, the protocol, planning", func(s *T) *sim.Dist { return &s.Prepare }).fixed(),
		flagField("prepare_sync", "false", "the preparation is a transaction of its own, durable before the operation asks for its key locks", func(s *T) *bool { return &s.PrepareSync }).fixed(),
		countField("steps", "steps", "1", 1, 1000, "parts of an operation's work, as the statements of a transaction, between which others get their turn at a CPU", func(s *T) *int { return &s.Steps }).fixed(),
		numberField("cold", "", "1", 1, 1000, "how many times longer work takes on a CPU of a node that idled, as it must be woken first", func(s *T) *float64 { return &s.Cold }).fixed(),
		distField("wake", "0s", "time of a CPU that it takes to wake an operation which waited for a key lock or for a sync that another led", func(s *T) *sim.Dist { return &s.Wake }).fixed(),
		flagField("key_lock", "false", "operations on one key exclude each other until they are stored", func(s *T) *bool { return &s.KeyLock }),
		choiceField("handover", "direct", handovers, "how a key lock passes on: to the first that waits for it, or to whoever of those that wait, woken one after another, finds it free", func(s *T) *Handover { return &s.Handover }).fixed(),
		numberField("contention", "", "0", 0, 1, "slow-down per further operation at work in a partition: σ of the Universal Scalability Law", func(s *T) *float64 { return &s.Contention }),
		numberField("crosstalk", "", "0", 0, 1, "slow-down per pair of operations at work in a partition: κ of the Universal Scalability Law", func(s *T) *float64 { return &s.Crosstalk }),
		numberField("failure", "", "0", 0, 1, "probability that an operation fails at the end of its service, and its writes are refused", func(s *T) *float64 { return &s.Failure }),
		limitField("stall_after", "writes", unlimitedText, maxCount, "writes to a partition after which it stalls, as for a compaction", func(s *T) *int { return &s.StallAfter }),
		distField("stall", "200ms", "length of a stall", func(s *T) *sim.Dist { return &s.Stall }),
		countField("replicas", "replicas", "1", 1, 99, "copies of a partition, the leader's included", func(s *T) *int { return &s.Replicas }),
		countField("quorum", "replicas", "1", 1, 99, "copies that must have an operation before it is committed", func(s *T) *int { return &s.Quorum }),
		distField("replication", "500us", "time until a follower has confirmed", func(s *T) *sim.Dist { return &s.Replication }),
		spanField("failover", "10s", sim.Millisecond, maxSpan, "time until a follower takes over from a crashed leader, where there are replicas", func(s *T) *sim.Time { return &s.Failover }),
		numberField("slow_replica", "", "1", 1, 1e6, "how many times slower than the others the first follower is", func(s *T) *float64 { return &s.SlowReplica }),
	)
}
