package models

// lease is a range of IDs, from next up to but not including end.
type lease struct{ next, end uint64 }

func (l lease) left() uint64 { return l.end - l.next }

// take takes an ID from a writer's lease, and fetches the next lease while
// there is still some left: a writer that does so early enough never waits
// (double buffering).
func (a *allocator) take(number uint32, n *node) (id uint64, ok bool) {
	if n.lease.left() == 0 {
		n.lease, n.spare = n.spare, lease{}
		if n.lease.left() == 0 {
			return 0, false
		}
	}
	id = n.lease.next
	n.lease.next++
	if a.config.Strategy == Range && a.config.Prefetch > 0 && n.spare.left() == 0 && float64(n.lease.left()) <= a.config.Prefetch*float64(a.config.Block) {
		a.fetch(number, n)
	}
	return id, true
}

// fetch asks the counter for a block of IDs.
func (a *allocator) fetch(number uint32, n *node) {
	if n.fetching {
		return
	}
	n.fetching = true
	a.ask(forLease | number)
}

// receive gives a writer the block of IDs that it asked for.
func (a *allocator) receive(number uint32) {
	n := &a.nodes[number]
	n.fetching = false
	block := lease{a.counter, a.counter + uint64(a.config.Block)}
	a.counter = block.end
	if n.lease.left() == 0 {
		n.lease = block
	} else {
		n.spare = block
	}
	a.drain(number, n)
}

// abandon gives up what is left of a writer's leases: a gap in the IDs for
// each of them that was not used up.
func (a *allocator) abandon(n *node) {
	for _, l := range [...]lease{n.lease, n.spare} {
		if left := l.left(); left > 0 {
			a.tally.wasted += left
			a.tally.gaps++
		}
	}
	n.lease, n.spare = lease{}, lease{}
}
