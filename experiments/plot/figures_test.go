package plot

import (
	"fmt"
	"math"
)

// rising returns n values of X from 1, and Y rising as 1/(1-x/limit).
func rising(name string, n int, limit float64) Series {
	s := Series{Name: name}
	for i := range n {
		x := float64(i + 1)
		y := 0.004 / (1 - x/limit)
		s.X, s.Y = append(s.X, 100*x), append(s.Y, y)
		s.Low, s.High = append(s.Low, y-y*x/(5*limit)), append(s.High, y+y*x/(5*limit))
	}
	return s
}

// examples are figures of all forms and of awkward data, by name.
func examples() map[string]Figure {
	load := Axis{Label: "offered load", Unit: PerSecond}
	latency := Axis{Label: "offer to ack: 99th percentile", Unit: Seconds}
	all := map[string]Figure{
		"line": {
			Title: "How much load until the promise breaks?", Subtitle: "url-shortener", X: load, Y: latency,
			Series: []Series{rising("4 partitions", 9, 10), rising("8 partitions", 9, 14)},
			Notes:  []string{"seed 42 · 5 replications"},
		},
		"forest": {
			Title: "Which move helps?", X: Axis{Label: "difference to the base", Unit: Seconds},
			Y: Axis{Names: []string{"ids range", "8 partitions", "a move with a name that is rather long"}},
			Series: []Series{{Form: Points, X: []float64{-0.023, -0.001, 0.004}, Y: []float64{0, 1, 2},
				XLow: []float64{-0.025, -0.003, 0.002}, XHigh: []float64{-0.021, 0.001, math.NaN()}}},
			Marks: []Mark{{0, "base"}},
		},
		"bars": {
			Title: "Partition heat", X: Axis{Label: "partition", Names: []string{"P00", "P01", "P02", "P03"}},
			Y:      Axis{Label: "share of the writes", Unit: Percent},
			Refs:   []Reference{{Name: "fair share", Level: 0.25}},
			Series: []Series{{Name: "links", Form: Bars, X: []float64{0, 1, 2, 3}, Y: []float64{0.5, 0.2, math.NaN(), 0.1}}},
		},
		"heat": {
			Title: "Heat", X: Axis{Label: "partition", Names: []string{"P00", "P01", "P02"}},
			Y:    Axis{Label: "skew", Names: []string{"0", "0.9"}},
			Heat: &Heat{Label: "utilization", Unit: Percent, Values: [][]float64{{0.3, 0.33, 0.31}, {0.9, math.NaN(), 0.05}}},
		},
		"steps": {
			Title: "Time", X: Axis{Label: "simulated time", Unit: Seconds}, Y: Axis{Label: "writes in flight", Unit: "writes"},
			Marks:  []Mark{{2, "allocators.codes.strategy = range"}, {3, "crash"}},
			Series: []Series{{Name: "in flight", Form: Steps, X: []float64{0, 1, 2, 3, 4}, Y: []float64{100, 5000, math.NaN(), 2e6, 10}}},
		},
		"equal": {
			Title: "Predicted against measured",
			X:     Axis{Label: "measured", Unit: PerSecond, Scale: Log}, Y: Axis{Label: "predicted", Unit: PerSecond, Scale: Log},
			Refs:   []Reference{{Name: "equal", Slope: 1}, {Name: "15 % more", Slope: 1.15}},
			Series: []Series{{Name: "hot row", Form: Points, X: []float64{90, 800, 4000}, Y: []float64{100, 700, 4100}}},
		},
		"one point":      {X: load, Y: latency, Series: []Series{{X: []float64{900}, Y: []float64{0.004}}}},
		"all equal":      {X: load, Y: latency, Series: []Series{{X: []float64{900, 900}, Y: []float64{0.004, 0.004}}}},
		"zeros":          {X: load, Y: latency, Series: []Series{{X: []float64{0, 0}, Y: []float64{0, 0}}}},
		"many points":    {X: load, Y: latency, Series: []Series{rising("a", 200, 201), rising("b", 200, 300)}},
		"huge":           {X: load, Y: latency, Series: []Series{{X: []float64{1, 1e200}, Y: []float64{-1e200, 1e200}}}},
		"tiny":           {X: load, Y: latency, Series: []Series{{X: []float64{0, 1e-300}, Y: []float64{5e-324, 1e-310}}}},
		"wide interval":  {X: load, Y: latency, Series: []Series{{X: []float64{1, 2}, Y: []float64{1, 2}, Low: []float64{-1e9, 1}, High: []float64{1e9, 3}}}},
		"marks in a row": {X: load, Y: latency, Series: []Series{rising("a", 9, 10)}, Marks: manyMarks(12)},
		"long names": {
			Title: "A question that takes more than one line of a picture of the usual width, as some questions simply do not fit",
			X:     load, Y: latency,
			Series: []Series{rising("stores.links.partitions = 4, allocators.codes.strategy = central, block = 1000", 9, 10), rising("b", 9, 14)},
		},
	}
	tail := Figure{Title: "Latency of a write", X: Axis{Label: "share of the writes", Scale: Tail}, Y: Axis{Label: "offer to ack", Unit: Seconds}}
	for k := range 12 {
		s := Series{Name: fmt.Sprintf("point %d", k)}
		for _, p := range []float64{0.5, 0.9, 0.99, 0.999, 1} {
			s.X, s.Y = append(s.X, p), append(s.Y, -math.Log(1-p)*0.003*float64(k+1))
		}
		tail.Series = append(tail.Series, s)
	}
	all["twelve"] = tail
	one := tail
	one.Series = tail.Series[:1]
	all["one tail"] = one
	return all
}

func manyMarks(n int) []Mark {
	var list []Mark
	for i := range n {
		list = append(list, Mark{float64(i * 70), fmt.Sprintf("a change of something, number %d", i)})
	}
	return list
}
