package models

import "onepen/sim"

// A snowflake ID says when it was made, by which machine, and as the
// how-manieth of that machine in that tick of its clock (King 2010,
// "Announcing Snowflake"):
//
//	0 1 tick ... machine sequence      from the highest bit to the lowest
//
// The IDs of a tick are used up when the sequence is; the writer then waits
// for the next tick. Uniqueness rests on two promises, and either can be
// broken:
//
//   - clocks do not go back. The first writer's does when clock_offset is
//     raised. With the guard on it stalls until its clock has passed its last
//     tick; without, it goes through ticks and sequences a second time;
//   - machine numbers differ. same_machine gives writers the first one's.

// maxClockOffset bounds clock_offset.
const maxClockOffset = sim.Hour

// epoch is what clocks show at the start of a run: enough that none ever shows
// less than a tick, however far behind it is.
func (a *Allocator) epoch() sim.Time {
	return (maxClockOffset/a.Tick + 1) * a.Tick
}

// tickNow returns the tick that a writer's clock shows.
func (a *allocator) tickNow(number uint32) int64 {
	clock := a.epoch + a.y.sim.Now()
	if number == 0 {
		clock -= a.config.ClockOffset
	}
	return int64(clock / a.config.Tick)
}

// machine returns a writer's machine number.
func (a *allocator) machine(number uint32) uint64 {
	if int(number) <= a.config.SameMachine {
		return 0
	}
	return uint64(number)
}

// compose makes an ID of a writer's tick, as long as its sequence lasts and
// its clock can be trusted. Writes that wait come first.
func (a *allocator) compose(l *lane, number uint32, n *node) (id uint64, ok bool) {
	if n.stalled {
		return 0, false
	}
	tick := a.tickNow(number)
	if a.config.Guard && (tick < n.latest || tick == n.latest && tick != n.tick) {
		return 0, false
	}
	if tick != n.tick {
		n.tick, n.sequence = tick, 0
		n.latest = max(n.latest, tick)
	}
	if n.sequence>>a.config.SequenceBits != 0 {
		return 0, false
	}
	machine, sequence := a.machine(number), n.sequence
	n.sequence++
	if machine == 0 && a.memory.use(tick, sequence) {
		a.repeats(l)
	}
	return formSnowflake | (uint64(tick)<<a.config.MachineBits|machine)<<a.config.SequenceBits | uint64(sequence), true
}

// stall lets a writer wait for the first tick in which it can have IDs.
func (a *allocator) stall(number uint32, n *node) {
	tick := a.tickNow(number)
	if a.config.Guard {
		tick = max(tick, n.latest)
	}
	at := sim.Time(tick+1)*a.config.Tick - a.epoch
	if number == 0 {
		at += a.config.ClockOffset
	}
	n.stalled = true
	a.stalled++
	n.wake = a.y.sim.ScheduleTimer(at, a.ticked, number)
}

// tick wakes a writer that waited for a tick.
func (a *allocator) tick(number uint32) {
	n := &a.nodes[number]
	n.stalled = false
	a.stalled--
	a.drain(number, n)
}

// renumber follows a change of same_machine from an old value. A writer with
// a new machine number sits out the rest of its tick, so that its sequence
// under that number starts at 0.
func (a *allocator) renumber(old int) {
	first, last := min(old, a.config.SameMachine)+1, max(old, a.config.SameMachine)
	for i := first; i <= min(last, len(a.nodes)-1); i++ {
		a.nodes[i].sequence = 1 << a.config.SequenceBits
	}
}

// ticks remembers for each recent tick how many sequence numbers of it have
// been used under one machine number, whoever used them. Every writer uses the
// sequence numbers of a tick from 0 on, so those used are always the first
// ones, and a count tells them all.
//
// The memory is a table with the slot of a tick at its number modulo the size.
// It grows as long as ticks meet in a slot, up to maxTicks; from then on a tick
// displaces the one maxTicks before, whose repeats go unnoticed.
type ticks struct {
	tick []int64 // 0 in an empty slot
	used []uint32
}

// maxTicks is a bit over 17 minutes of ticks of 1 ms, in 12 MB.
const maxTicks = 1 << 20

// use notes the use of a sequence number in a tick and reports whether it had
// been used before.
func (m *ticks) use(tick int64, sequence uint32) (repeated bool) {
	if len(m.tick) == 0 {
		m.grow()
	}
	slot := tick & int64(len(m.tick)-1)
	for m.tick[slot] != tick && m.tick[slot] != 0 && len(m.tick) < maxTicks {
		m.grow()
		slot = tick & int64(len(m.tick)-1)
	}
	switch {
	case m.tick[slot] == tick:
		repeated = sequence < m.used[slot]
		m.used[slot] = max(m.used[slot], sequence+1)
	case m.tick[slot] < tick:
		m.tick[slot], m.used[slot] = tick, sequence+1
	}
	return repeated
}

// grow doubles the table. No two ticks meet in it that did not before.
func (m *ticks) grow() {
	size := max(1<<10, 2*len(m.tick))
	larger := ticks{make([]int64, size), make([]uint32, size)}
	for i, tick := range m.tick {
		if tick != 0 {
			slot := tick & int64(size-1)
			larger.tick[slot], larger.used[slot] = tick, m.used[i]
		}
	}
	*m = larger
}
