package theory

import (
	"fmt"
	"math"
)

// Closed is a station fed by a population of writers that think, write and wait
// for the answer: the machine repairman M/M/c//N. The law of the think time
// does not matter (Baskett, Chandy, Muntz and Palacios 1975).
type Closed struct {
	Writers     int     // N >= 1
	Think       float64 // Z, mean [s], >= 0
	ServiceTime float64 // E[S] [s], > 0
	Servers     int     // c >= 1
}

// Knee returns the number of writers from which on they queue even if they
// never met by chance, N* = c (Z + E[S]) / E[S] (Denning and Buzen 1978, "The
// operational analysis of queueing network models", § 6).
func (q Closed) Knee() float64 {
	q.check()
	return float64(q.Servers) * (q.Think + q.ServiceTime) / q.ServiceTime
}

// ThroughputBound returns an upper bound of the throughput [1/s], the smaller
// of what the servers and what the writers can do (same source):
//
//	X <= min(c / E[S], N / (Z + E[S]))
func (q Closed) ThroughputBound() float64 {
	q.check()
	return math.Min(float64(q.Servers)/q.ServiceTime, float64(q.Writers)/(q.Think+q.ServiceTime))
}

// Throughput returns the writes per second of exponential servers [1/s], from
// the steady state of the birth-death chain of k writes at the station
// (Gross, Shortle, Thompson and Harris 2008, § 2.7):
//
//	p(k) = p(k-1) · (N-k+1) E[S] / (Z min(k, c)),  X = (N - Σ k p(k)) / Z
//
// and X = min(N, c)/E[S] without a think time.
func (q Closed) Throughput() float64 {
	q.check()
	if q.Think == 0 {
		return float64(min(q.Writers, q.Servers)) / q.ServiceTime
	}
	p, sum, there := 1.0, 1.0, 0.0
	for k := 1; k <= q.Writers; k++ {
		p *= float64(q.Writers-k+1) * q.ServiceTime / (q.Think * float64(min(k, q.Servers)))
		sum += p
		there += float64(float64(k) * p)
		if p > 1e200 {
			p, sum, there = p*1e-200, sum*1e-200, there*1e-200
		}
	}
	return (float64(q.Writers) - there/sum) / q.Think
}

// SojournTime returns the mean time from write to answer [s], N/X - Z.
func (q Closed) SojournTime() float64 { return float64(q.Writers)/q.Throughput() - q.Think }

func (q Closed) check() {
	if q.Writers < 1 || !(q.Think >= 0) || !(q.ServiceTime > 0) || q.Servers < 1 {
		panic(fmt.Sprintf("theory: no such closed loop: %+v", q))
	}
}
