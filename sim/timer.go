package sim

// Timer names an event that can be cancelled, for as long as the event is
// pending; afterwards it names none. The zero Timer names none either.
type Timer struct {
	slot       uint32
	generation uint32 // odd, but in the zero Timer
}

// timerBit marks the target of an event that is a timer. The argument of such
// an event is a slot of the timer table, where its target and argument are.
const timerBit Target = 1 << 31

// timerTable knows of every timer event in the pending set whether it is still
// wanted, so that cancelling need not search the set.
//
// A slot belongs to one event, from when it is scheduled until it leaves the
// set, and then to the next:
//
//	           arm            disarm             free
//	unused ──────────▶ armed ────────▶ disarmed ──────▶ unused
//	generation: even    odd             even
//
// A Timer keeps the generation that its event had when it was armed, so that it
// names no later event of the same slot, until the slot has been used 2³¹ times.
type timerTable struct {
	slots []timerSlot
	spare []uint32 // the unused slots
}

type timerSlot struct {
	generation uint32
	target     Target
	arg        uint32
}

// arm takes a slot for a timer event.
func (t *timerTable) arm(target Target, arg uint32) Timer {
	var slot uint32
	if n := len(t.spare); n > 0 {
		slot = t.spare[n-1]
		t.spare = t.spare[:n-1]
	} else {
		slot = uint32(len(t.slots))
		t.slots = append(t.slots, timerSlot{})
	}
	s := &t.slots[slot]
	s.generation++
	s.target, s.arg = target, arg
	return Timer{slot, s.generation}
}

// disarm makes sure that the event of timer does not happen and reports whether
// it was going to.
func (t *timerTable) disarm(timer Timer) bool {
	if timer.generation == 0 || t.slots[timer.slot].generation != timer.generation {
		return false
	}
	t.slots[timer.slot].generation++
	return true
}

// armed reports whether the event of a slot is going to happen.
func (t *timerTable) armed(slot uint32) bool {
	return t.slots[slot].generation%2 == 1
}

// free gives a slot back, disarmed.
func (t *timerTable) free(slot uint32) {
	t.spare = append(t.spare, slot)
}

// fire disarms and frees a slot whose event happens and reports its action.
func (t *timerTable) fire(slot uint32) (Target, uint32) {
	s := &t.slots[slot]
	s.generation++ // its Timer names nothing from here on
	t.free(slot)
	return s.target, s.arg
}
