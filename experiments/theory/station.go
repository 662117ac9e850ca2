package theory

import (
	"fmt"
	"math"
)

// Station is a line in front of equal servers, first come first served: an
// M/G/c queue if arrivals are Poisson.
type Station struct {
	ArrivalRate float64 // λ [1/s], >= 0
	ServiceTime float64 // E[S], mean [s], > 0
	ServiceSCV  float64 // squared coefficient of variation of S, >= 0
	ArrivalSCV  float64 // the same of the gaps between arrivals; 1 for Poisson
	Servers     int     // c >= 1
}

// OfferedLoad returns a = λ·E[S] [erlang].
func (q Station) OfferedLoad() float64 { return q.ArrivalRate * q.ServiceTime }

// Intensity returns a/c. The station has a steady state if it is below 1; it
// then equals the utilization.
func (q Station) Intensity() float64 { return q.OfferedLoad() / float64(q.Servers) }

// Stable reports whether the station has a steady state.
func (q Station) Stable() bool { return q.Intensity() < 1 }

// Exact reports whether WaitingTime is exact: M/M/c, or M/G/1.
func (q Station) Exact() bool {
	return q.ArrivalSCV == 1 && (q.Servers == 1 || q.ServiceSCV == 1)
}

// WaitingTime returns the mean time in line, Wq [s]; +Inf without a steady
// state.
//
//	Wq = C(c, a) · E[S] / (c - a) · (ca² + cs²)/2
//
// with ca² and cs² the SCV of gaps and services. The first two factors are
// M/M/c (Erlang 1917). For M/G/1 the product is the formula of Pollaczek (1930)
// and Khinchine (1932); for all others it is the approximation of Allen and
// Cunneen (Allen 1990, "Probability, Statistics and Queueing Theory", 2nd ed.,
// § 5.3.6), good to some per cent in heavy traffic.
func (q Station) WaitingTime() float64 {
	q.check()
	if !q.Stable() {
		return math.Inf(1)
	}
	a := q.OfferedLoad()
	return ErlangC(q.Servers, a) * q.ServiceTime / (float64(q.Servers) - a) * (q.ArrivalSCV + q.ServiceSCV) / 2
}

// SojournTime returns the mean time in line and in service, W [s].
func (q Station) SojournTime() float64 { return q.WaitingTime() + q.ServiceTime }

// QueueLength returns the mean number in line, Lq = λ·Wq (Little 1961).
func (q Station) QueueLength() float64 {
	if q.ArrivalRate == 0 {
		return 0
	}
	return q.ArrivalRate * q.WaitingTime()
}

// Relaxation returns the time in which a disturbance of the line fades by a
// factor of e [s]; +Inf without a steady state. A line that starts empty needs
// several of them to forget it, and measurements closer than that repeat each
// other. It is that of the reflected Brownian motion which the line resembles
// in heavy traffic (Abate and Whitt 1987, "Transient behavior of regulated
// Brownian motion, I", Adv. Appl. Prob. 19, § 1), to which one service is
// added for the stations of many servers:
//
//	τ = 2 (ca² + cs²) · E[S] / (c (1-ρ)²) + E[S]
//
// For M/M/1 the exact value is E[S]/(1-√ρ)², which is smaller (Cohen 1982, "The
// Single Server Queue", § III.7.3).
func (q Station) Relaxation() float64 {
	q.check()
	if !q.Stable() {
		return math.Inf(1)
	}
	idle := 1 - q.Intensity()
	return 2*(q.ArrivalSCV+q.ServiceSCV)*q.ServiceTime/(float64(q.Servers)*idle*idle) + q.ServiceTime
}

func (q Station) check() {
	if !(q.ArrivalRate >= 0 && q.ServiceTime > 0 && q.ServiceSCV >= 0 && q.ArrivalSCV >= 0 && q.Servers >= 1) {
		panic(fmt.Sprintf("theory: no such station: %+v", q))
	}
}
