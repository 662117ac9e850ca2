package plot

import "math"

// extents returns the ranges of all values of the series, by which Auto chooses
// a scale.
func (f *Figure) extents() (xs, ys extent) {
	xs, ys = nothing(), nothing()
	for _, s := range f.Series {
		xs.see(s.X...)
		ys.see(s.Y...)
		if s.Form == Bars {
			ys.see(0)
		}
	}
	return xs, ys
}

// positions returns the ranges that both axes must hold.
func (f *Figure) positions(scaleX, scaleY Scale) (xs, ys extent) {
	xs, ys = nothing(), nothing()
	for _, s := range f.Series {
		for i := range s.X {
			x, y := scaleX.place(s.X[i]), scaleY.place(s.Y[i])
			if math.IsNaN(x) || math.IsNaN(y) {
				continue
			}
			xs.see(x)
			ys.see(y)
		}
	}
	f.seeIntervals(scaleX, scaleY, &xs, &ys)
	for _, m := range f.Marks {
		xs.see(scaleX.place(m.X))
	}
	for _, r := range f.Refs {
		if r.Slope == 0 {
			ys.see(scaleY.place(r.Level))
		}
	}
	return xs, ys
}

// seeIntervals widens the ranges for intervals. Those of points are held whole.
// A band is held as far as the values go twice: where two replications of an
// overloaded system differ without bound, the line would else vanish at the
// foot of its own uncertainty. No room is given to what an interval says of less
// than nothing or of more than the whole.
func (f *Figure) seeIntervals(scaleX, scaleY Scale, xs, ys *extent) {
	bound := *ys
	if scaleY == Log {
		bound.lo, bound.hi = bound.lo/2, bound.hi*2
	} else {
		span := bound.hi - math.Min(bound.lo, 0)
		bound.lo, bound.hi = bound.lo-span, bound.hi+span
	}
	for _, s := range f.Series {
		for _, ends := range [][]float64{s.Low, s.High} {
			for _, v := range ends {
				if s.Form == Line {
					v = math.Min(math.Max(v, bound.lo), bound.hi)
				}
				if f.Y.Unit == Percent {
					v = math.Min(math.Max(v, 0), 1)
				}
				ys.see(scaleY.place(v))
			}
		}
		for _, ends := range [][]float64{s.XLow, s.XHigh} {
			for _, v := range ends {
				xs.see(scaleX.place(v))
			}
		}
	}
}

// fewPoints reports whether each point is drawn with its marker.
func (f *Figure) fewPoints() bool {
	for _, s := range f.Series {
		if len(s.X) > manyPoints && s.Form != Points {
			return false
		}
	}
	return true
}
