package theory

// SlowRetries returns the rate at which attempts reach a station that refuses
// some of them, where a refused write comes again with probability again, long
// after: λ' such that
//
//	λ' = λ / (1 - r·B(λ'))
//
// with B the share refused when attempts are Poisson of rate λ'. That is the
// limit of long pauses; with short ones refused writes find the state that
// refused them, and there are more attempts (Falin and Templeton 1997, "Retrial
// Queues", § 1.3). The fixed point is found by bisection between λ and
// λ/(1-r), so r < 1, or r = 1 where the station can serve λ.
func SlowRetries(q Loss, again float64) float64 {
	fresh := q.ArrivalRate
	// Attempts in excess of what would come if rate attempts were made.
	excess := func(rate float64) float64 {
		at := q
		at.ArrivalRate = rate
		return rate*(1-again*at.Refused()) - fresh
	}
	low, high := fresh, 2*fresh
	for excess(high) < 0 {
		high *= 2
	}
	for range 200 {
		if middle := (low + high) / 2; excess(middle) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
