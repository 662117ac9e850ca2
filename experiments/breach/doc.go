// Package breach answers the question that a rising load poses: what breaks
// first? It watches the samples of a run, and notes when each part of the write
// path first could no longer do what it is there for:
//
//	allocator   the writes that wait for an ID pile up while its counter is full, or its writers' clocks are
//	queue       the writes in a queue pile up while all its workers are busy and the store has time to spare
//	storage     what was offered and not stored piles up while a partition, or the CPUs of a node, are full
//	hot_key     the same, and most of it is for one key; or it is key locks that the pile waits for
//	uniqueness  an ID was handed out that another write has
//	ordering    a write was stored after a later one of its key, in a lane that promises their order
//	duplication a write was stored again by a further attempt
//	durability  a write was acked and then lost
//	consumers   the writes that are stored and not visible pile up while the consumers are full
//
// Full is 95 % busy in every sample, for a second at least. A pile is one that chance does not
// explain: it has grown, since it was smallest, by 4 standard deviations of the
// difference of two Poisson counts of as many writes as came meanwhile,
//
//	growth ≥ 4 √(2 n g)        n writes, in groups of g that arrive together
//
// which is a CUSUM with the moment of the change as its by-product: it broke
// when the pile was smallest (Page 1954, "Continuous inspection schemes",
// Biometrika 41). What was refused or expired counts as piled up, so that a short
// line is not taken for a remedy.
//
// Instants are those of samples: what broke did so in the time of one sample up
// to the instant that is told.
package breach
