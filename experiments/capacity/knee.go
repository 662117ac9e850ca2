package capacity

import (
	"math"
	"slices"
	"strings"

	"onepen/experiments/response"
	"onepen/sim"
)

// kneeSteps is the number of loads, equally spaced up to the capacity, at which
// the latency curve is looked at.
const kneeSteps = 10

// knee returns the load at which the power of the lane whose rate is searched is
// greatest,
//
//	power(x) = x / T(x),
//
// with T the mean time to an ack. Below it, one per cent more load costs less
// than one per cent of latency, and above it more: d ln T / d ln x = 1 (Kleinrock
// 1979, "Power and deterministic rules of thumb for probabilistic problems in
// computer communications", Proc. ICC). M/M/1 has it at half its capacity. Other
// criteria, such as the point furthest from a chord (Satopaa et al. 2011, "Finding
// a 'kneedle' in a haystack"), depend on how far the curve was drawn.
//
// Each replication has a knee of its own, the vertex of a parabola through the
// logarithms of its three best loads; the interval is that of their mean. It is
// nil if the parameter is no lane's rate, or the power still grows at the
// capacity.
func (s *search) knee(capacity float64) (*sim.Interval, error) {
	component, isRate := strings.CutSuffix(s.Path, ".arrivals.rate")
	if !isRate || capacity <= 0 {
		return nil, nil
	}
	latency := slices.IndexFunc(s.responses, func(r response.Response) bool { return r.Name() == component+".ack_mean_s" })
	s.n = min(s.n, s.Replications)
	var curve []*probe
	for i := range kneeSteps {
		p, err := s.at(capacity * float64(i+1) / kneeSteps)
		if err != nil {
			return nil, err
		}
		curve = append(curve, p)
	}
	var vertices []float64
	for r := range s.n {
		var x, y []float64
		for _, p := range curve {
			values := p.samples[latency].Values()
			if len(values) != p.n {
				return nil, nil // some replication measured no latency
			}
			x, y = append(x, math.Log(p.x)), append(y, math.Log(p.x/values[r]))
		}
		vertex, ok := peak(x, y)
		if !ok {
			return nil, nil
		}
		vertices = append(vertices, math.Exp(vertex))
	}
	v := sim.StudentInterval(vertices, sim.Confidence)
	return &v, nil
}

// peak returns where the parabola through the highest point and its neighbours
// has its vertex; false if an end is highest.
func peak(x, y []float64) (float64, bool) {
	top := 0
	for i := range y {
		if y[i] > y[top] {
			top = i
		}
	}
	if top == 0 || top == len(y)-1 {
		return 0, false
	}
	// Newton's divided differences.
	a, b, c := top-1, top, top+1
	first := (y[b] - y[a]) / (x[b] - x[a])
	second := ((y[c]-y[b])/(x[c]-x[b]) - first) / (x[c] - x[a])
	return (x[a]+x[b])/2 - first/(2*second), true
}
