package theory

import "fmt"

// ErlangB returns the probability that all of c servers are busy in a system
// without waiting, offered a erlang: the share of writes lost in M/G/c/c,
// whatever the law of the service time (Erlang 1917). It uses the recursion
//
//	B(0) = 1,  B(k) = a·B(k-1) / (k + a·B(k-1))
//
// which neither overflows nor cancels. It panics for c < 0 or a < 0.
func ErlangB(c int, a float64) float64 {
	if c < 0 || !(a >= 0) {
		panic(fmt.Sprintf("theory: Erlang B of %d servers and %v erlang", c, a))
	}
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + float64(a*b))
	}
	return b
}

// ErlangC returns the probability that a write has to wait in M/M/c, offered a
// erlang (Erlang 1917; Gross, Shortle, Thompson and Harris 2008, "Fundamentals
// of Queueing Theory", 4th ed., eq. 2.35). With ρ = a/c and B as in ErlangB
//
//	C = B / (1 - ρ(1-B))
//
// It panics for c < 1 or a outside [0, c), where there is no steady state.
func ErlangC(c int, a float64) float64 {
	if c < 1 || !(a >= 0 && a < float64(c)) {
		panic(fmt.Sprintf("theory: Erlang C of %d servers and %v erlang", c, a))
	}
	b := ErlangB(c, a)
	return b / (1 - float64(a/float64(c)*(1-b)))
}
