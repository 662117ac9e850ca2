package sim

// blockEvents is the number of events in a block. Fewer make longer walks from
// block to block, more leave more room unused in buckets of a few events.
const blockEvents = 16

// block is a stretch of a chain.
type block struct {
	next   uint32 // noBlock at the end
	n      uint32
	events [blockEvents]event
}

// noBlock is the number that no block has.
const noBlock = 0

// held returns the events in b, valid until b is changed.
func (b *block) held() []event {
	return b.events[:b.n]
}

// chain is a list of events, first in, first out, in blocks of a pool. The
// zero chain is empty.
type chain struct {
	head, tail uint32 // noBlock in the empty chain
	count      uint32
}

// blockPool holds the blocks of all chains in one array, by number: it has no
// pointers for the garbage collector to follow, and memory that one bucket
// gives back is used by the next.
type blockPool struct {
	blocks []block
	spare  uint32 // the first of the unused blocks, linked by next
}

func newBlockPool() blockPool {
	return blockPool{blocks: make([]block, 1)} // the block noBlock
}

// take returns the number of an empty block.
func (p *blockPool) take() uint32 {
	i := p.spare
	if i == noBlock {
		return p.grow()
	}
	b := &p.blocks[i]
	p.spare = b.next
	b.next, b.n = noBlock, 0
	return i
}

// grow adds a block to the pool. It makes room for a quarter more, where append
// would double a small array.
func (p *blockPool) grow() uint32 {
	n := len(p.blocks)
	if n == cap(p.blocks) {
		p.blocks = append(make([]block, 0, n+n/4+4), p.blocks...)
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
	if c.tail == noBlock {
		c.head = p.take()
		c.tail = c.head
	}
	b := &p.blocks[c.tail]
	if b.n == blockEvents {
		i := p.take()
		p.blocks[c.tail].next = i
		c.tail = i
		b = &p.blocks[i]
	}
	b.events[b.n%blockEvents] = e
	b.n++
	c.count++
}

// prepend adds e at the front of c, in a block of its own.
func (p *blockPool) prepend(c *chain, e event) {
	var one chain
	p.append(&one, e)
	rest := *c
	*c = one
	p.join(c, rest)
}

// join moves all of other to the end of c.
func (p *blockPool) join(c *chain, other chain) {
	switch {
	case other.head == noBlock:
		return
	case c.head == noBlock:
		*c = other
		return
	}
	p.blocks[c.tail].next = other.head
	c.tail = other.tail
	c.count += other.count
}

// release returns all blocks of c to the pool.
func (p *blockPool) release(c chain) {
	p.blocks[c.tail].next = p.spare
	p.spare = c.head
}

// releaseHead removes the events of the first block of c.
func (p *blockPool) releaseHead(c *chain) {
	i := c.head
	c.head = p.blocks[i].next
	c.count -= p.blocks[i].n
	p.give(i)
}

// spread reports the bits in which the times of the events of c differ.
func (p *blockPool) spread(c chain) Time {
	first := p.blocks[c.head].events[0].at
	var differ Time
	for i := c.head; i != noBlock; i = p.blocks[i].next {
		for _, e := range p.blocks[i].held() {
			differ |= e.at ^ first
		}
	}
	return differ
}

// filter returns c without the events that keep refuses, closely packed.
func (p *blockPool) filter(c chain, keep func(event) bool) chain {
	var kept chain
	for i := c.head; i != noBlock; {
		b := p.blocks[i] // a copy: append may use the block again, or move all
		p.give(i)
		for _, e := range b.held() {
			if keep(e) {
				p.append(&kept, e)
			}
		}
		i = b.next
	}
	return kept
}
