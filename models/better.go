package models

// Better says which way a measure is wished to go.
type Better uint8

// The ways a measure may be wished to go.
const (
	EitherWay  Better = iota // it describes, and is neither good nor bad
	BetterLow                // latencies, losses, what is wasted
	BetterHigh               // what is achieved
)

// low marks a measure of which less is better.
func low[T any](m Measure[T]) Measure[T] {
	m.Better = BetterLow
	return m
}

// high marks a measure of which more is better.
func high[T any](m Measure[T]) Measure[T] {
	m.Better = BetterHigh
	return m
}
