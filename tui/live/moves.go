package live

import "slices"

// Moves returns the moves, in the order of their keys.
func Moves() []Move { return slices.Clone(moves) }

// moves are the four moves of a write path that backs up, and the two choices
// that decide what an answer to a writer promises and who owns a key.
var moves = []Move{
	{
		Key: '1', Name: "queue", Paths: []string{"lanes.{lane}.queue.mode"},
		Settings: []Setting{
			{"none", []string{"none"}, Effect{
				Gain:  "nothing accepted waits in front of the store, to be stored late or lost",
				Cost:  "bursts reach the store as they come",
				Price: "bursts reach the store",
			}},
			{"durable", []string{"durable"}, Effect{
				Gain:  "bursts wait in a log, and reach the store as a steady load",
				Cost:  "accepted is not stored: commits come later, after an append to the log; a permanent overload only waits longer",
				Price: "commits come later",
			}},
			{"memory", []string{"memory"}, Effect{
				Gain:  "bursts wait in memory, without an append, and reach the store as a steady load",
				Cost:  "accepted is not stored: what the queue holds dies with it; a permanent overload only waits longer",
				Price: "a crash loses what waits",
			}},
		},
	},
	{
		Key: '2', Name: "batch", Paths: []string{"lanes.{lane}.batch.size", "lanes.{lane}.batch.linger"},
		Settings: []Setting{
			{"off", []string{"1", ""}, Effect{
				Gain:  "no write waits for company",
				Cost:  "every write pays the overhead of a storage operation alone",
				Price: "an operation for every write",
			}},
			{"64 / 20ms", []string{"64", "20ms"}, Effect{
				Gain:  "up to 64 writes share the overhead of one storage operation",
				Cost:  "a write waits for company, up to 20 ms; a lost batch loses many writes",
				Price: "writes wait for company",
			}},
			{"512 / 50ms", []string{"512", "50ms"}, Effect{
				Gain:  "up to 512 writes share the overhead of one storage operation",
				Cost:  "a write waits for company, up to 50 ms; a lost batch loses hundreds of writes",
				Price: "writes wait for company",
			}},
		},
	},
	{
		Key: '3', Back: 'h', Name: "partitions", Paths: []string{"stores.{store}.partitions"}, Factor: 2,
		More: Effect{
			Gain:  "twice as many owners share the keys of a busy store",
			Cost:  "keys move to new owners; a read over many keys asks more of them; one hot key stays on one partition",
			Price: "keys move, reads ask more partitions",
		},
		Less: Effect{
			Gain:  "a read over many keys asks half as many partitions",
			Cost:  "keys move to fewer owners, each of which gets twice the writes",
			Price: "keys move, half as many owners",
		},
	},
	{
		Key: '4', Name: "route", Paths: []string{"stores.{store}.route"},
		Settings: []Setting{
			{"hash", []string{"hash"}, Effect{
				Gain:  "what happens now is spread over all partitions",
				Cost:  "a hash scatters neighbours in time, so a read of a time range asks every partition",
				Price: "a time range is on every partition",
			}},
			{"time_bucket", []string{"time_bucket"}, Effect{
				Gain:  "neighbours in time lie together: a read of a time range asks one partition",
				Cost:  "everything that happens now goes to one partition, however many there are",
				Price: "all of now goes to one partition",
			}},
		},
	},
	{
		Key: '5', Name: "ids", Paths: []string{"allocators.{ids}.strategy"},
		Settings: []Setting{
			{"central", []string{"central"}, Effect{
				Gain:  "IDs rise in the order of the writes, and none is wasted",
				Cost:  "every write waits for one counter",
				Price: "every write asks one counter",
			}},
			{"range", []string{"range"}, Effect{
				Gain:  "writers lease blocks of IDs, and ask the counter once a block instead of once a write",
				Cost:  "IDs no longer rise in the order of the writes; what is left of a block is wasted when its writer dies",
				Price: "IDs out of order",
			}},
			{"snowflake", []string{"snowflake"}, Effect{
				Gain:  "writers make IDs from time and machine number, and ask nobody",
				Cost:  "IDs rise only as far as clocks agree; a clock that steps back stalls its writer or repeats IDs",
				Price: "clocks must be right",
			}},
		},
	},
	{
		Key: '6', Name: "ack", Paths: []string{"lanes.{lane}.ack"},
		Settings: []Setting{
			{"commit", []string{"commit"}, Effect{
				Gain:  "an answer means that the write is stored",
				Cost:  "writers wait for the store",
				Price: "writers wait for the store",
			}},
			{"accept", []string{"accept"}, Effect{
				Gain:  "writers get their answer as soon as the write is accepted, without waiting for the store",
				Cost:  "the answer promises less: an accepted write can still be lost before it is stored",
				Price: "what was acked can be lost",
			}},
		},
	},
}

// asWritten is the effect of going back to a setting that only the scenario
// has.
var asWritten = Effect{
	Gain:  "it is set as the scenario was written",
	Cost:  "what the scenario was written to show",
	Price: "what the scenario shows",
}
