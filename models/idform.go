package models

import "onepen/sim"

// IDs have 64 bits, of which the highest tell their form, so that IDs of
// different strategies never meet:
//
//	0 0    counter: central and range, one counter for both
//	0 1    snowflake: tick, machine, sequence
//	1 0    random code: its number, scrambled, in 62 bits
//	1 1 0  UUID version 4: its number, scrambled, in 61 bits
//	1 1 1  UUID version 7: milliseconds in 33 bits, its number scrambled in 28
//
// A real UUID has 122 or 74 random bits and would not repeat in the life of
// any system: n of version 4 collide with probability n²/2^123. Here their
// numbers are scrambled by a permutation instead, which looks as random and
// cannot repeat: not at all in version 4, and in version 7 not within 2^28 IDs,
// which no millisecond of a run can hold. The milliseconds last for 99 days.
const (
	formSnowflake = 1 << 62
	formCode      = 1 << 63
	formUUIDv4    = 3 << 62
	formUUIDv7    = 7 << 61

	snowflakeBits = 62
	codeBits      = 62
	uuid4Bits     = 61
	uuid7Bits     = 28
)

// uuid4 makes a version 4 UUID: in no order.
func (a *allocator) uuid4() uint64 {
	a.serial++
	return formUUIDv4 | scramble(a.serial, a.key, uuid4Bits)
}

// uuid7 makes a version 7 UUID: in the order of the milliseconds, and within
// each in none (RFC 9562, § 5.7, without the optional counter).
func (a *allocator) uuid7() uint64 {
	a.serial++
	ms := uint64(a.y.sim.Now() / sim.Millisecond)
	return formUUIDv7 | ms<<uuid7Bits | scramble(a.serial, a.key, uuid7Bits)
}

// scramble is a permutation of the numbers of a given width, up to 62 bits, one
// for each key: neighbours land far apart. Each step can be undone: adding the
// key, folding the upper half onto the lower, multiplying by an odd number.
func scramble(x, key uint64, bits uint) uint64 {
	mask := uint64(1)<<bits - 1
	half := (bits + 1) / 2
	x = (x + key) & mask
	x ^= x >> half
	x = x * 0xbf58476d1ce4e5b9 & mask
	x ^= x >> half
	x = x * 0x94d049bb133111eb & mask
	return x ^ x>>half
}
