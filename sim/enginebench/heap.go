package enginebench

import "runtime"

// LiveBytes returns the memory of everything that the program still refers to
// [bytes], spare room included. The difference of two calls is what was kept
// between them. It collects garbage, so it is no part of what is timed.
func LiveBytes() uint64 {
	// What the first collection finds in pools and finalizers goes with the
	// second.
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
