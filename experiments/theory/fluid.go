package theory

// Burst is an overload taken as a flow: writes come at Rate for Length, then
// at Rest, and a station can serve Capacity, where Rest < Capacity < Rate. What
// chance adds is left out, so results lie below those of a random burst (Newell
// 1982, "Applications of Queueing Theory", ch. 2).
type Burst struct {
	Rate, Rest float64 // [1/s]
	Capacity   float64 // [1/s]
	Length     float64 // [s]
}

// Backlog returns the writes that wait when the burst ends.
func (b Burst) Backlog() float64 { return (b.Rate - b.Capacity) * b.Length }

// Drain returns how long after its end the burst is felt [s].
func (b Burst) Drain() float64 { return b.Backlog() / (b.Capacity - b.Rest) }

// LongestWait returns the wait of the last write of the burst [s].
func (b Burst) LongestWait() float64 { return b.Backlog() / b.Capacity }
