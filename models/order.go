package models

// keyOrder tells for every write that is stored whether a later one with the
// same key was stored before it: an order inversion, which leaves readers with
// the older value.
//
// Where there are not too many keys, the latest write stored of each is kept in
// a table by key. Else only keys of which a write is under way are remembered,
// for only then can it be overtaken. A write is under way from its offer to its
// end; if it has a client, until the client has done with it, pauses between
// attempts included.
type keyOrder struct {
	latest []uint32 // by key, from 0: number of the latest write stored, modulo 2^32; nil = too many keys
	crowds []crowd  // by hash of the key, for latest
	swept  uint64   // number of the write at the last sweep
	flying inFlightKeys
}

// crowd is the number of writes under way whose keys have one hash, doubled,
// and one more if latest was written for one of them since there were none.
//
// A write that is alone in its crowd can neither overtake another nor, if
// latest was not written, have been overtaken. That is so for nearly all writes but
// those of hot keys, and spares a look at the large table, which is seldom in
// the processor's cache.
type crowd uint32

// crowds is the number of hashes, a power of two.
const crowds = 1 << 14

func (k *keyOrder) crowdOf(key uint32) *crowd {
	return &k.crowds[key*0x9e3779b1>>18] // Fibonacci hashing: Knuth, § 6.4
}

// denseKeys is the number of keys up to which all are kept: 4 bytes each.
const denseKeys = 1 << 22

// sweepEvery is the number of writes after which old entries are brought
// forward, so that numbers modulo 2^32 can be compared.
const sweepEvery = 1 << 30

// newKeyOrder returns the order of keys from 1 to n.
func newKeyOrder(n int, writes *arena[write], clients *arena[client]) keyOrder {
	k := keyOrder{flying: inFlightKeys{writes: writes, clients: clients}}
	if n <= denseKeys {
		k.latest = make([]uint32, n+1)
		k.crowds = make([]crowd, crowds)
	}
	return k
}

// enter notes that a write of the key is under way: that with an index in the
// arena, or that of a client, marked by ofClient.
func (k *keyOrder) enter(i uint32, key uint32) {
	if k.latest == nil {
		k.flying.enter(i, key)
		return
	}
	*k.crowdOf(key) += 2
}

// entrust notes that a write under way has a client from now on.
func (k *keyOrder) entrust(i, client uint32, key uint32) {
	if k.latest != nil {
		return
	}
	if at := k.flying.place(key); k.flying.slots[at] == i+1 {
		k.flying.slots[at] = (ofClient | client) + 1
	}
}

// leave notes that a write of the key is no longer under way.
func (k *keyOrder) leave(key uint32) {
	if k.latest == nil {
		k.flying.leave(key)
		return
	}
	c := k.crowdOf(key)
	if *c -= 2; *c == 1 {
		*c = 0
	}
}

// store notes that the n-th write, from 0, is stored, and reports whether a
// later one of its key had been.
func (k *keyOrder) store(key uint32, n uint64) (inverted bool) {
	if k.latest == nil {
		return k.flying.store(key, n)
	}
	if n-k.swept >= sweepEvery && n > k.swept {
		k.sweep(n)
	}
	c := k.crowdOf(key)
	if *c == 2 {
		return false
	}
	*c |= 1
	if int32(uint32(n)-k.latest[key]) < 0 {
		return true
	}
	k.latest[key] = uint32(n)
	return false
}

// sweep brings entries forward that are so old that no write in flight can
// be before them.
func (k *keyOrder) sweep(n uint64) {
	oldest := uint32(n) - sweepEvery
	for key, latest := range k.latest {
		if int32(latest-oldest) < 0 {
			k.latest[key] = oldest
		}
	}
	k.swept = n
}

// keyGroup is what is remembered of a key with several writes under way.
type keyGroup struct {
	latest   uint64 // number, from 1, of the latest write stored; 0 = none yet
	key      uint32
	inFlight uint32 // writes
}

// What a slot names is a write, unless it is marked.
const (
	groupBit = 1 << 31
	ofClient = 1 << 30 // the write of a client
)

// inFlightKeys remembers the keys of which a write is under way: of each, its
// one write, or a group if there are more. It is a hash table with open
// addressing and linear probing, from which entries are deleted by moving back
// those behind (Knuth 1998, "The Art of Computer Programming" vol. 3, § 6.4,
// algorithms L and R). It takes a few bytes for each write.
type inFlightKeys struct {
	writes  *arena[write]
	clients *arena[client]
	groups  arena[keyGroup]
	slots   []uint32 // 0 = free; else what it names, plus 1
	used    int
}

// home returns the slot where the search for a key begins.
func (k *inFlightKeys) home(key uint32) int {
	return int(splitmix64(uint64(key)) >> 32 * uint64(len(k.slots)) >> 32)
}

// place returns the slot of a key, or the free one where it belongs.
func (k *inFlightKeys) place(key uint32) int {
	at := k.home(key)
	for k.slots[at] != 0 && k.keyOf(k.slots[at]-1) != key {
		at = k.after(at)
	}
	return at
}

// after returns the slot behind another, around the end.
func (k *inFlightKeys) after(at int) int {
	if at++; at == len(k.slots) {
		return 0
	}
	return at
}

// distance is the number of slots from one to another, around the end.
func (k *inFlightKeys) distance(from, to int) int {
	if to < from {
		to += len(k.slots)
	}
	return to - from
}

func (k *inFlightKeys) keyOf(entry uint32) uint32 {
	if entry&groupBit != 0 {
		return k.groups.at(entry &^ groupBit).key
	}
	if entry&ofClient != 0 {
		return k.clients.at(entry &^ ofClient).key
	}
	return k.writes.at(entry).key
}

// enter notes that a write of the key is under way.
func (k *inFlightKeys) enter(i uint32, key uint32) {
	if 5*(k.used+1) > 4*len(k.slots) {
		k.grow()
	}
	at := k.place(key)
	entry := k.slots[at] - 1
	switch {
	case k.slots[at] == 0:
		k.slots[at] = i + 1
		k.used++
	case entry&groupBit != 0:
		k.groups.at(entry&^groupBit).inFlight++
	default:
		group := k.groups.take()
		*k.groups.at(group) = keyGroup{key: key, inFlight: 2}
		k.slots[at] = (group | groupBit) + 1
	}
}

// store notes that the n-th write, from 0, is stored, and reports whether a
// later one of its key had been. A write that is alone has not been overtaken.
func (k *inFlightKeys) store(key uint32, n uint64) (inverted bool) {
	entry := k.slots[k.place(key)] - 1
	if entry&groupBit == 0 {
		return false
	}
	g := k.groups.at(entry &^ groupBit)
	n++
	inverted = n < g.latest
	g.latest = max(g.latest, n)
	return inverted
}

// leave notes that a write of the key is no longer under way.
func (k *inFlightKeys) leave(key uint32) {
	at := k.place(key)
	if entry := k.slots[at] - 1; entry&groupBit != 0 {
		g := k.groups.at(entry &^ groupBit)
		if g.inFlight--; g.inFlight > 0 {
			return
		}
		k.groups.put(entry &^ groupBit)
	}
	k.used--
	k.close(at)
}

// close frees a slot and moves back the entries behind it whose search would
// end there.
func (k *inFlightKeys) close(hole int) {
	k.slots[hole] = 0
	for at := k.after(hole); k.slots[at] != 0; at = k.after(at) {
		if k.distance(k.home(k.keyOf(k.slots[at]-1)), at) >= k.distance(hole, at) {
			k.slots[hole], k.slots[at] = k.slots[at], 0
			hole = at
		}
	}
}

func (k *inFlightKeys) grow() {
	old := k.slots
	k.slots = make([]uint32, max(64, len(old)+len(old)/4))
	for _, entry := range old {
		if entry != 0 {
			k.slots[k.place(k.keyOf(entry-1))] = entry
		}
	}
}
