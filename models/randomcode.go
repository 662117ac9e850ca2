package models

import "fmt"

// A random code is drawn from all M = alphabet^length codes, all alike. The
// codes that are taken need not be remembered one by one. Let them be numbered
// in the order in which they were taken, the population first:
//
//   - a draw hits one of the taken codes with probability taken/M, whichever
//     they are, and then each of them with probability 1/taken;
//   - otherwise it is a code not seen before, which becomes number taken.
//
// This is the law of draws from a set that is kept, exactly: with n draws into
// an empty set the expected number of hits is n - M(1-(1-1/M)^n), the birthday
// problem (Feller 1968, "An introduction to probability theory and its
// applications", vol. 1, § II.3), and a writer that draws until it finds a free
// code needs 1/(1-taken/M) draws on average. What the n-th code looks like is
// decided by a fixed permutation (scramble), so equal numbers give equal
// IDs and different ones different IDs.

// space returns the number of codes there are, M; exact below 2^53.
func (a *Allocator) space() float64 {
	m := 1.0
	for range a.Length {
		m *= float64(a.Alphabet)
	}
	return m
}

// hit draws a code and reports whether it is taken.
func (a *allocator) hit() bool {
	return a.codes.Float64() < float64(a.taken)/a.space
}

// register takes a code that was free.
func (a *allocator) register() (id uint64) {
	id = formCode | scramble(a.taken, a.key, codeBits)
	a.taken++
	return id
}

// overwrite draws a code and uses it without looking. If it was taken, the
// mapping that it stood for is lost.
func (a *allocator) overwrite(l *lane) (id uint64) {
	if !a.hit() {
		return a.register()
	}
	a.repeats(l)
	return formCode | scramble(a.codes.Uint64n(a.taken), a.key, codeBits)
}

// lookUp lets the counter find out whether the code drawn for a write is free,
// and if so take it.
func (a *allocator) lookUp(i uint32) {
	if float64(a.taken) >= a.space {
		a.y.halt(fmt.Sprintf("allocator %s: all %.0f codes are taken at %s", a.config.Name, a.space, rounded(a.y.sim.Now())))
		return
	}
	if a.hit() {
		a.tally.caught++
		return
	}
	a.y.writes.at(i).id = a.register()
}
