package theory

import "fmt"

// Loss is a station of exponential service times that holds at most Room
// writes, those in service included, and refuses the others: M/M/c/K.
type Loss struct {
	ArrivalRate float64 // λ [1/s], > 0
	ServiceTime float64 // E[S] [s], > 0
	Servers     int     // c >= 1
	Room        int     // K >= c
}

// probabilities returns the steady state p(0) … p(K) of the birth-death chain
// (Gross, Shortle, Thompson and Harris 2008, § 2.5):
//
//	p(n) = p(n-1) · a / min(n, c)
//
// It is scaled by its largest term, lest it overflow.
func (q Loss) probabilities() []float64 {
	if !(q.ArrivalRate > 0 && q.ServiceTime > 0) || q.Servers < 1 || q.Room < q.Servers {
		panic(fmt.Sprintf("theory: no such station: %+v", q))
	}
	a := q.ArrivalRate * q.ServiceTime
	p := make([]float64, q.Room+1)
	p[0] = 1
	sum := 1.0
	for n := 1; n <= q.Room; n++ {
		p[n] = p[n-1] * a / float64(min(n, q.Servers))
		sum += p[n]
		if p[n] > 1e200 {
			for i := range n + 1 {
				p[i] *= 1e-200
			}
			sum *= 1e-200
		}
	}
	for n := range p {
		p[n] /= sum
	}
	return p
}

// Refused returns the share of the writes that is refused, p(K).
func (q Loss) Refused() float64 {
	p := q.probabilities()
	return p[q.Room]
}

// WaitingTime returns the mean time in line of the writes that are accepted
// [s], by Little's law over the line.
func (q Loss) WaitingTime() float64 {
	waiting := 0.0
	p := q.probabilities()
	for n := q.Servers + 1; n <= q.Room; n++ {
		waiting += float64(n-q.Servers) * p[n]
	}
	return waiting / (q.ArrivalRate * (1 - p[q.Room]))
}
