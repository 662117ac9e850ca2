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
		choiceField("arrivals.process", "poisson", processes, "when writes are offered", func(l *T) *Process { return &l.Arrivals.Process }).fixed(),
		rateField("arrivals.rate", "100/s", 0, "mean offered load of an open loop", func(l *T) *float64 { return &l.Arrivals.Rate }),
		rateField("arrivals.peak", "0/s", 0, "rate in the on periods of onoff; 0 = all of the load falls in them", func(l *T) *float64 { return &l.Arrivals.Peak }),
		distField("arrivals.on", "1s", "length of an on period of onoff", func(l *T) *sim.Dist { return &l.Arrivals.On }),
		distField("arrivals.off", "1s", "length of an off period of onoff", func(l *T) *sim.Dist { return &l.Arrivals.Off }),
		countField("arrivals.writers", "writers", "1", 1, maxWriters, "app servers that issue the writes in turn, each with its own ID blocks; population of a closed loop", func(l *T) *int { return &l.Arrivals.Writers }).fixed(),
		distField("arrivals.think", "0s", "pause of a closed-loop writer between answer and next write", func(l *T) *sim.Dist { return &l.Arrivals.Think }),
		textField("arrivals.trace", "", "a CSV file with a column time_s and, if keys come from it, a column key", "file of a trace", func(l *T) *string { return &l.Arrivals.Trace }).fixed(),
		numberField("arrivals.speed", "", "1", 1e-6, 1e9, "how many times faster than recorded a trace is replayed", func(l *T) *float64 { return &l.Arrivals.Speed }),
		flagField("arrivals.repeat", "true", "start the trace again at its end", func(l *T) *bool { return &l.Arrivals.Repeat }),
		countField("keys.space", "keys", "1000000", 1, maxKeys, "number of different keys", func(l *T) *int { return &l.Keys.Space }),
		skewField(),
		textField("ids", noAllocator, "the name of an allocator, or none", "where each write gets its ID", func(l *T) *string { return &l.IDs }).fixed(),
		textField("store", "", "the name of a store", "where the writes end", func(l *T) *string { return &l.Store }).fixed(),
		choiceField("ack", "commit", acks, "when the writer gets its answer, and so what the answer promises", func(l *T) *Ack { return &l.Ack }),
		choiceField("queue.mode", "none", queueModes, "where accepted writes wait", func(l *T) *QueueMode { return &l.Queue.Mode }),
		choiceField("queue.lines", "shared", lineKinds, "one line for all partitions, or one for each", func(l *T) *Lines { return &l.Queue.Lines }),
		countField("queue.capacity", "writes", "100000", 1, maxCount, "accepted writes that may wait", func(l *T) *int { return &l.Queue.Capacity }),
		choiceField("queue.when_full", "reject", fullPolicies, "what becomes of a write that finds the queue full", func(l *T) *WhenFull { return &l.Queue.WhenFull }),
		countField("queue.workers", "workers", "8", 1, maxWriters, "operations that a line keeps at the store at once", func(l *T) *int { return &l.Queue.Workers }),
		distField("queue.append", "500us", "time of one append to the log of a durable queue, shared by the writes that waited for it", func(l *T) *sim.Dist { return &l.Queue.Append }),
		countField("batch.size", "writes", "1", 1, 1_000_000, "writes stored in one operation; 1 = no batching", func(l *T) *int { return &l.Batch.Size }),
		spanField("batch.linger", "10ms", 0, sim.Hour, "how long an open batch waits for company", func(l *T) *sim.Time { return &l.Batch.Linger }),
	)
}

func skewField() field[Lane] {
	return field[Lane]{
		Param: Param{Path: "keys.skew", Kind: KindSkew, Default: "uniform", Allowed: skewForms, Live: true, Help: "popularity of the keys"},
		text:  func(l *Lane) string { return l.Keys.Skew.String() },
		parse: func(l *Lane, text string, _ opener) error {
			skew, err := ParseSkew(text)
			if err == nil {
				l.Keys.Skew = skew
			}
			return err
		},
	}
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
	)
}

// storeParams declares the parameters of a store.
func storeParams() []Param {
	type T = Store
	return section(sectionStores, (*Scenario).Store,
		countField("partitions", "partitions", "1", 1, maxPartition, "owners among whom the keys are spread", func(s *T) *int { return &s.Partitions }),
		choiceField("route", "hash", routes, "how a key finds its partition", func(s *T) *Route { return &s.Route }),
		spanField("bucket", "1s", sim.Millisecond, 1000*sim.Hour, "time_bucket: width of a bucket", func(s *T) *sim.Time { return &s.Bucket }),
		countField("servers", "servers", "1", 1, 100_000, "operations that one partition works on at once", func(s *T) *int { return &s.Servers }),
		distField("overhead", "1ms", "time an operation costs, however many writes it stores", func(s *T) *sim.Dist { return &s.Overhead }),
		distField("per_record", "0s", "time that each write of an operation adds", func(s *T) *sim.Dist { return &s.PerRecord }),
		limitField("backlog", "writes", "unlimited", maxCount, "writes that may wait at one partition before it refuses", func(s *T) *int { return &s.Backlog }),
	)
}
