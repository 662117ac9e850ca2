package theory

import "math"

// USL is the Universal Scalability Law (Gunther 2007, "Guerrilla Capacity
// Planning", eq. 4.31): the capacity of n workers relative to that of one is
//
//	C(n) = n / (1 + σ (n-1) + κ n (n-1))
//
// For κ = 0 it is Amdahl's law.
type USL struct {
	Contention float64 // σ in [0,1]: the share of the work that is serial
	Crosstalk  float64 // κ >= 0: what each pair of workers costs
}

// Rounds returns the law of workers in lock-step rounds, for which it is
// exact: parallel work Z, a serial section S, and an exchange χ with each other
// worker inside it [s]. Then a round takes Z + n S + n (n-1) χ, and
//
//	σ = S / (Z + S),  κ = χ / (Z + S)
func Rounds(parallel, serial, exchange float64) USL {
	return USL{Contention: serial / (parallel + serial), Crosstalk: exchange / (parallel + serial)}
}

// Capacity returns C(n), n > 0.
func (u USL) Capacity(n float64) float64 {
	return n / (1 + u.Contention*(n-1) + u.Crosstalk*n*(n-1))
}

// Peak returns the number of workers of the largest capacity, √((1-σ)/κ); +Inf
// without crosstalk.
func (u USL) Peak() float64 { return math.Sqrt((1 - u.Contention) / u.Crosstalk) }
