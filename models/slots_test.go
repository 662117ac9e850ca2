package models

import (
	"testing"
	"unsafe"
)

// TestSlotsFitTheBudget adds up what the direct path keeps of a write in line:
// a slot for the write and one for the operation that is to store it. Lists run
// through the slots, and what is in line has no event pending. The budget is 96
// bytes, of which keys and spare room want a few.
func TestSlotsFitTheBudget(t *testing.T) {
	const budget = 96
	of, by := unsafe.Sizeof(write{}), unsafe.Sizeof(operation{})
	if of+by > budget {
		t.Errorf("a write takes %d bytes and its operation %d, together more than %d", of, by, budget)
	}
}
