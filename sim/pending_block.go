package sim

import "math/bits"

// blockEvents is the number of events in a block. Fewer make longer walks from
// block to block, more leave more room unused in buckets of a few events. With
// 15, a block is four lines of the processor's cache.
const blockEvents = 15

// block is a stretch of a chain.
type block struct {
	next   uint32 // the next block of the chain, the first after the last
	n      uint32
	total  uint32 // in the last block: events of the whole chain
	events [blockEvents]event
}

// noBlock is the number of a block that belongs to no chain. It counts as full,
// so that whatever is appended after it goes to another one.
const noBlock = 0

// held returns the events in b, valid until b is changed.
func (b *block) held() []event {
	return b.events[:b.n]
}

// chain is a list of events, first in, first out, in blocks of a pool that are
// linked in a circle. It is named by its last block, where the next event goes;
// the first one follows it. The zero chain is empty.
//
//	      ┌──────────────────────────────┐
//	      ▼                              │
//	first block ──▶ ⋯ ──▶ last block ────┘
//	                          ▲
//	                        chain
type chain struct{ last uint32 } // noBlock in the empty chain

// blockPool holds the blocks of all chains in one array, by number: it has no
// pointers for the garbage collector to follow, and memory that one bucket
// gives back is used by the next.
type blockPool struct {
	blocks []block
	spare  uint32 // the first of the unused blocks, linked by next
}

func newBlockPool() blockPool {
	return blockPool{blocks: []block{noBlock: {n: blockEvents}}}
}

// take returns the number of an empty block.
func (p *blockPool) take() uint32 {
	i := p.spare
	if i == noBlock {
		return p.grow()
	}
	b := &p.blocks[i]
	p.spare = b.next
	b.next, b.n, b.total = noBlock, 0, 0
	return i
}

// grow adds a block to the pool. It makes room in steps of an eighth of a power
// of two, where append would double a small array.
func (p *blockPool) grow() uint32 {
	n := len(p.blocks)
	if n == cap(p.blocks) {
		step := max(4, 1<<bits.Len(uint(n))/16)
		p.blocks = append(make([]block, 0, n/step*step+step), p.blocks...)
	}
	p.blocks = p.blocks[:n+1]
	return uint32(n)
}

// give returns a block to the pool.
func (p *blockPool) give(i uint32) {
	p.blocks[i].next = p.spare
	p.spare = i
}

// append adds e at the end of c.
func (p *blockPool) append(c *chain, e event) {
	b := &p.blocks[c.last]
	if b.n >= blockEvents {
		b = p.extend(c)
	}
	b.events[b.n] = e
	b.n++
	b.total++
}

// extend adds an empty block at the end of c.
func (p *blockPool) extend(c *chain) *block {
	i := p.take()
	b := &p.blocks[i]
	if c.last == noBlock {
		b.next = i
	} else {
		last := &p.blocks[c.last]
		b.next, last.next = last.next, i
		b.total = last.total
	}
	c.last = i
	return b
}

// prepend adds e at the front of c, in a block of its own.
func (p *blockPool) prepend(c *chain, e event) {
	var one chain
	p.append(&one, e)
	p.join(&one, *c)
	*c = one
}

// join moves all of other to the end of c.
func (p *blockPool) join(c *chain, other chain) {
	if other.last == noBlock {
		return
	}
	if c.last != noBlock {
		last, end := &p.blocks[c.last], &p.blocks[other.last]
		last.next, end.next = end.next, last.next
		end.total += last.total
	}
	*c = other
}

// size reports the number of events in c.
func (p *blockPool) size(c chain) int {
	return int(p.blocks[c.last].total)
}

// first reports the first block of c, which is not empty.
func (p *blockPool) first(c chain) uint32 { return p.blocks[c.last].next }

// release returns all blocks of c, which is not empty, to the pool.
func (p *blockPool) release(c chain) {
	last := &p.blocks[c.last]
	last.next, p.spare = p.spare, last.next
}

// releaseFirst removes the events of the first block of c, which is not the only
// one.
func (p *blockPool) releaseFirst(c *chain) {
	last := &p.blocks[c.last]
	i := last.next
	last.next = p.blocks[i].next
	last.total -= p.blocks[i].n
	p.give(i)
}

// spread reports the bits in which the times of the events of c differ.
func (p *blockPool) spread(c chain) Time {
	some := p.blocks[c.last].events[0].at
	var differ Time
	for i, end := p.first(c), false; !end; i = p.blocks[i].next {
		for _, e := range p.blocks[i].held() {
			differ |= e.at ^ some
		}
		end = i == c.last
	}
	return differ
}

// filter returns c without the events that keep refuses, closely packed.
func (p *blockPool) filter(c chain, keep func(event) bool) chain {
	var kept chain
	for i, end := p.first(c), false; !end; {
		b := p.blocks[i] // a copy: append may use the block again, or move all
		p.give(i)
		for _, e := range b.held() {
			if keep(e) {
				p.append(&kept, e)
			}
		}
		end = i == c.last
		i = b.next
	}
	return kept
}
