package sim

import "fmt"

// Deterministic is the distribution of a constant, written as the bare span:
// 2ms.
type Deterministic struct {
	value Time
}

// NewDeterministic returns the distribution that always yields value, which
// must be in [0, 73 years].
func NewDeterministic(value Time) (Deterministic, error) {
	if value < 0 || value > maxSpan {
		return Deterministic{}, fmt.Errorf("deterministic: value must be 0 to 73 years, got %v", value)
	}
	return Deterministic{value}, nil
}

// Mean returns the value. [s]
func (d Deterministic) Mean() float64 { return d.value.Seconds() }

// SCV returns 0, also for the constant 0, whose variance is 0 like any other.
func (d Deterministic) SCV() float64 { return 0 }

// Quantile returns the value for every p in [0,1]. [s]
func (d Deterministic) Quantile(p float64) float64 {
	mustProbability(p)
	return d.value.Seconds()
}

// Sample returns the value and draws nothing from s.
func (d Deterministic) Sample(*Stream) Time { return d.value }

// String returns the bare span, as in 2ms.
func (d Deterministic) String() string { return d.value.String() }

// deterministicForm says how the distribution is written.
func deterministicForm() DistForm {
	return DistForm{
		Name:    "deterministic",
		Args:    []DistArg{{Name: "value", Kind: SpanArg, Meaning: "the value, ≥ 0"}},
		Meaning: "always the same span; the bare span means the same",
		Example: "2ms",
		build:   func(a distArgs) (Dist, error) { return NewDeterministic(a.span("value")) },
	}
}
