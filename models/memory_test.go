package models_test

import (
	"runtime"
	"testing"

	"onepen/models/pathbench"
	"onepen/sim/enginebench"
)

// maxBytes is what a write in flight may take of memory.
const maxBytes = 96

// TestMemoryOfAWriteInFlight lets writes pile up before a store that stands
// still, and looks at the memory of the process: slots, lines, whatever is
// remembered of a key, and spare room.
func TestMemoryOfAWriteInFlight(t *testing.T) {
	writes := 1_000_000
	if testing.Short() {
		writes = 100_000
	}
	// Slots come in pages of 1024: the last page of the writes, and that of the
	// operations, may hold one only. Each page has a pointer of 8 bytes to it, in
	// a table that has grown by doubling.
	pages := float64(writes)/1024 + 1
	spare := 1024*maxBytes + 2*pages*16
	for _, test := range []struct {
		name string
		path *pathbench.Path
	}{
		{"direct", pathbench.DirectStalled(writes)},
		{"full", pathbench.FullStalled(writes)},
	} {
		before := enginebench.LiveBytes()
		test.path.Run(writes)
		grown := float64(enginebench.LiveBytes()) - float64(before)
		n := test.path.InFlight() // the path lives until here
		if n < writes*99/100 {
			t.Fatalf("%s: %d writes are in flight, want about %d", test.name, n, writes)
		}
		t.Logf("%s: %.1f bytes each for %d writes in flight", test.name, grown/float64(n), n)
		if grown > float64(n)*maxBytes+spare {
			t.Errorf("%s: %.1f bytes for a write in flight, want at most %d", test.name, grown/float64(n), maxBytes)
		}
	}
}

// TestMemoryIsFlat runs paths in their steady state and then for ten times as
// long again. The longest line ever seen grows with the logarithm of time, and
// memory with that: no more than two pages of 1024 slots, on either path.
func TestMemoryIsFlat(t *testing.T) {
	writes := 200_000
	if testing.Short() {
		writes = 50_000
	}
	for _, test := range []struct {
		name string
		path *pathbench.Path
	}{
		{"direct", pathbench.Direct()},
		{"full", pathbench.Full()},
	} {
		test.path.Run(writes)
		before := enginebench.LiveBytes()
		test.path.Run(10 * writes)
		grown := int64(enginebench.LiveBytes() - before)
		runtime.KeepAlive(test.path)
		t.Logf("%s: memory grew by %d bytes in %d writes", test.name, grown, 10*writes)
		if grown > 2*1024*maxBytes {
			t.Errorf("%s: memory grew by %d bytes in %d writes", test.name, grown, 10*writes)
		}
	}
}

// TestSteadyStateDoesNotAllocate counts allocations over writes, not per call:
// a run of a path with random arrivals may meet a longest line once more.
func TestSteadyStateDoesNotAllocate(t *testing.T) {
	const writes = 100_000
	for _, test := range []struct {
		name string
		path *pathbench.Path
	}{
		{"direct", pathbench.Direct()},
		{"full", pathbench.Full()},
	} {
		test.path.Run(writes)
		if got := testing.AllocsPerRun(5, func() { test.path.Run(writes) }); got > 10 {
			t.Errorf("%s: %v allocations in %d writes", test.name, got, writes)
		}
	}
}
