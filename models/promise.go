package models

// Promise is something that writers rely on. It is broken by every write that
// its count counts.
type Promise struct {
	Name string // of the count of what broke it: acked_lost
	Unit string // of that count
	Help string // what broke it, in a line
	// Many and One are what stands behind the count where people read it: 2
	// duplicates, 1 duplicate.
	Many, One string
	Of        func(*Counts) uint64
}

// Noun is what stands behind a count of what broke the promise.
func (p *Promise) Noun(n uint64) string {
	if n == 1 {
		return p.One
	}
	return p.Many
}

// Promises lists the promises to the writers of a lane, the gravest first:
// what was acked is kept, and stored once, under an ID of its own, and in
// the order in which it came if the lane promises one.
func Promises() []Promise {
	return []Promise{
		{"acked_lost", "writes", "writes acked and then lost", "acked then lost", "acked then lost", func(c *Counts) uint64 { return c.AckedLost }},
		{"duplicates", "writes", "writes stored again by a further attempt", "duplicates", "duplicate", func(c *Counts) uint64 { return c.Duplicates }},
		{"id_collisions", "attempts", "attempts that were given an ID which another write has", "ID collisions", "ID collision", func(c *Counts) uint64 { return c.Collided }},
		{"out_of_order", "writes", "writes stored after a later one of the same key, in a lane that promises their order", "out of order", "out of order", func(c *Counts) uint64 { return c.OutOfOrder }},
	}
}

// Broken is the number of times that a promise was broken, whatever it was.
func (c *Counts) Broken() uint64 {
	n := uint64(0)
	for _, p := range Promises() {
		n += p.Of(c)
	}
	return n
}

// promiseMeasures declares a column for each promise.
func promiseMeasures[T any](counts func(*T) *Counts) []Measure[T] {
	var measures []Measure[T]
	for _, p := range Promises() {
		measures = append(measures, broken(p.Name, p.Unit, p.Help, func(r *T) uint64 { return p.Of(counts(r)) }))
	}
	return measures
}
