package experiments

import (
	"slices"
)

// maxPoints bounds the points of a design, those left out by constraints
// included.
const maxPoints = 10_000

// cross returns all combinations of the levels of factors, the last one varying
// fastest. Factors that are zipped vary together: tied has, for each factor,
// the number of the first one of its group, which is its own if it is tied to
// none before it.
func cross(factors []Factor, tied []int) []Point {
	points := []Point{make(Point, len(factors))}
	for i, f := range factors {
		if tied[i] != i {
			continue // the first of its group has filled it
		}
		var next []Point
		for _, p := range points {
			for level := range f.Levels {
				q := slices.Clone(p)
				for j := i; j < len(factors); j++ {
					if tied[j] == i {
						q[j] = factors[j].Levels[level]
					}
				}
				next = append(next, q)
			}
		}
		points = next
	}
	return points
}

// crossed returns the number of points that cross would make, or maxPoints + 1
// if there are more than maxPoints.
func crossed(factors []Factor, tied []int) int {
	n := 1
	for i, f := range factors {
		if tied[i] == i && n <= maxPoints {
			n *= len(f.Levels)
		}
	}
	return min(n, maxPoints+1)
}
