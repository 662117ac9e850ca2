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
			{"none", []string{"none"}},
			{"durable", []string{"durable"}},
			{"memory", []string{"memory"}},
		},
		Relieves: "bursts: writes wait in the queue and reach the store at a steady rate",
		Costs:    "accepted is not stored: commits come later; what a queue in memory holds dies with it; a permanent overload only waits longer",
	},
	{
		Key: '2', Name: "batch", Paths: []string{"lanes.{lane}.batch.size", "lanes.{lane}.batch.linger"},
		Settings: []Setting{
			{"off", []string{"1", ""}},
			{"64 / 20ms", []string{"64", "20ms"}},
			{"512 / 50ms", []string{"512", "50ms"}},
		},
		Relieves: "overhead: many small writes share one storage operation",
		Costs:    "a write waits for company, up to the linger; a lost batch loses many writes",
	},
	{
		Key: '3', Back: 'h', Name: "partitions", Paths: []string{"stores.{store}.partitions"}, Factor: 2,
		Relieves: "a store whose owners are all busy: twice as many share the keys",
		Costs:    "keys move to new owners; a read over many keys asks more of them; one hot key stays on one partition",
	},
	{
		Key: '4', Name: "route", Paths: []string{"stores.{store}.route"},
		Settings: []Setting{
			{"hash", []string{"hash"}},
			{"time_bucket", []string{"time_bucket"}},
		},
		Relieves: "a partition that gets everything that happens now: a hash spreads the keys over all",
		Costs:    "a hash scatters neighbours in time, so a read of a time range asks every partition",
	},
	{
		Key: '5', Name: "ids", Paths: []string{"allocators.{ids}.strategy"},
		Settings: []Setting{
			{"central", []string{"central"}},
			{"range", []string{"range"}},
			{"snowflake", []string{"snowflake"}},
		},
		Relieves: "one counter in front of every write: writers lease blocks of IDs, or make their own from time and machine number",
		Costs:    "IDs no longer rise in the order of the writes; leased ones may be wasted; machine numbers and clocks must be right",
	},
	{
		Key: '6', Name: "ack", Paths: []string{"lanes.{lane}.ack"},
		Settings: []Setting{
			{"commit", []string{"commit"}},
			{"accept", []string{"accept"}},
		},
		Relieves: "writers that wait for the store: they get their answer as soon as the write is accepted",
		Costs:    "the answer promises less: an accepted write can still be lost before it is stored",
	},
}
