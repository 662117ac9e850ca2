package plot

import (
	"errors"
	"fmt"
	"math"
)

// ErrEmpty says that a figure holds no value that can be drawn.
var ErrEmpty = errors.New("nothing to draw: there is no value")

// check returns an error if a figure cannot be drawn as it is meant.
func (f *Figure) check() error {
	if f.Heat != nil {
		return f.checkHeat()
	}
	drawn := false
	for _, s := range f.Series {
		if len(s.X) != len(s.Y) {
			return fmt.Errorf("series %q has %d values of X and %d of Y", s.Name, len(s.X), len(s.Y))
		}
		for _, ends := range [][]float64{s.Low, s.High, s.XLow, s.XHigh} {
			if ends != nil && len(ends) != len(s.X) {
				return fmt.Errorf("series %q has %d values and %d ends of intervals", s.Name, len(s.X), len(ends))
			}
		}
		for i := range s.X {
			drawn = drawn || f.X.shows(s.X[i]) && f.Y.shows(s.Y[i])
		}
	}
	if !drawn {
		return ErrEmpty
	}
	return nil
}

func (f *Figure) checkHeat() error {
	drawn := false
	if len(f.Heat.Values) != len(f.Y.Names) {
		return fmt.Errorf("the heat map has %d rows for %d names", len(f.Heat.Values), len(f.Y.Names))
	}
	for i, row := range f.Heat.Values {
		if len(row) != len(f.X.Names) {
			return fmt.Errorf("row %d of the heat map has %d columns for %d names", i, len(row), len(f.X.Names))
		}
		for _, v := range row {
			drawn = drawn || finite(v)
		}
	}
	if !drawn {
		return ErrEmpty
	}
	return nil
}

// shows reports whether an axis has a place for a value.
func (a *Axis) shows(v float64) bool {
	switch {
	case !finite(v):
		return false
	case a.Scale == Log:
		return v >= smallest
	case a.Scale == Tail:
		return v >= 0 && v < 1
	}
	return true
}

func finite(v float64) bool { return !math.IsNaN(v) && math.Abs(v) <= largest }

// Numbers beyond largest are not drawn, and differences below smallest count as
// none: between them, sums, differences and ratios stay numbers.
const (
	largest  = 1e200
	smallest = 1e-200
)
