package theory

import "math"

// MM1 is the M/M/1 queue, whose output process is known well enough to say how
// far the mean of a run strays from the mean: the variance of an average over
// n writes, or over a time H, is the asymptotic variance divided by n or H.
type MM1 struct {
	ArrivalRate float64 // λ [1/s]
	ServiceRate float64 // μ [1/s], > λ
}

func (q MM1) rho() float64 { return q.ArrivalRate / q.ServiceRate }

// WaitingTime returns the mean and the variance of the time in line [s, s²]:
// ρ/(μ-λ) and ρ(2-ρ)/(μ-λ)².
func (q MM1) WaitingTime() (mean, variance float64) {
	left := q.ServiceRate - q.ArrivalRate
	return q.rho() / left, q.rho() * (2 - q.rho()) / (left * left)
}

// SojournTime returns the mean and the variance of the time in the system
// [s, s²]: those of an exponential law of rate μ-λ.
func (q MM1) SojournTime() (mean, variance float64) {
	left := q.ServiceRate - q.ArrivalRate
	return 1 / left, 1 / (left * left)
}

// InSystem returns the mean number in the system, ρ/(1-ρ).
func (q MM1) InSystem() float64 { return q.rho() / (1 - q.rho()) }

// WaitAsymptoticVariance returns lim n·Var(mean of n waits) [s²] (Daley 1968,
// "The serial correlation coefficients of waiting times in a stationary single
// server queue", J. Austral. Math. Soc. 8):
//
//	ρ (2 + 5ρ - 4ρ² + ρ³) / ((1-ρ)⁴ μ²)
func (q MM1) WaitAsymptoticVariance() float64 {
	r := q.rho()
	return r * (2 + 5*r - 4*r*r + r*r*r) / (math.Pow(1-r, 4) * q.ServiceRate * q.ServiceRate)
}

// SojournAsymptoticVariance returns lim n·Var(mean of n sojourns) [s²],
//
//	(1+ρ)² / ((1-ρ)⁴ μ²)
func (q MM1) SojournAsymptoticVariance() float64 {
	r := q.rho()
	return (1 + r) * (1 + r) / (math.Pow(1-r, 4) * q.ServiceRate * q.ServiceRate)
}

// InSystemAsymptoticVariance returns lim H·Var(time average of the number in
// the system over H) [s] (Whitt 1989, "Planning queueing simulations",
// Management Science 35, table 1):
//
//	2ρ(1+ρ) / ((1-ρ)⁴ μ)
func (q MM1) InSystemAsymptoticVariance() float64 {
	r := q.rho()
	return 2 * r * (1 + r) / (math.Pow(1-r, 4) * q.ServiceRate)
}

// UtilizationAsymptoticVariance returns lim H·Var(share of H busy) [s], 2ρ/μ.
func (q MM1) UtilizationAsymptoticVariance() float64 { return 2 * q.rho() / q.ServiceRate }

// normal95 is the 0.975-quantile of the normal distribution.
const normal95 = 1.959963984540054

// RunLength returns how many observations give a 95 % half-width of share
// relative to the mean, if the variance of their average is asymptotic/n:
//
//	n = (1.96/share)² · asymptotic / mean²
func RunLength(asymptotic, mean, share float64) float64 {
	z := normal95 / share
	return z * z * asymptotic / (mean * mean)
}

// AutoregressiveVariance returns lim n·Var(mean of n values) of the series
// x(t) = φ x(t-1) + e(t) with e of variance 1: 1/(1-φ)² (Fuller 1996,
// "Introduction to Statistical Time Series", § 6.1).
func AutoregressiveVariance(phi float64) float64 { return 1 / ((1 - phi) * (1 - phi)) }

// HalfWidth returns the 95 % half-width of the average of n observations, if
// its variance is asymptotic/n.
func HalfWidth(asymptotic, n float64) float64 { return normal95 * math.Sqrt(asymptotic/n) }
