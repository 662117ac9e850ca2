package fit

import (
	"fmt"

	"onepen/experiments/plot"
)

// points is the number of quantiles in a Q-Q plot; the tail has its own.
const points = 200

// tail are the probabilities beyond the last of the points.
var tail = []float64{0.998, 0.999, 0.9995, 0.9999}

// Figure is the Q-Q plot of the best law, and of the next: quantiles of the
// samples over those of the law. It is empty if no law was fitted.
func (c *Choice) Figure() plot.Figure {
	f := plot.Figure{
		Title:    "Do the samples follow the law?",
		Subtitle: c.Samples.Column + " of " + c.Samples.File,
		X:        plot.Axis{Label: "quantile of the law", Unit: plot.Seconds, Scale: plot.Log},
		Y:        plot.Axis{Label: "quantile of the samples", Unit: plot.Seconds, Scale: plot.Log},
		Refs:     []plot.Reference{{Name: "equal", Slope: 1}},
		Notes:    []string{fmt.Sprintf("%d samples; on the line the law is right", len(c.Samples.Values))},
	}
	for i := range min(2, len(c.Laws)) {
		f.Series = append(f.Series, c.quantiles(&c.Laws[i]))
	}
	return f
}

// quantiles is the series of a law.
func (c *Choice) quantiles(l *Law) plot.Series {
	s := plot.Series{Name: l.Name, Form: plot.Points}
	n := len(c.Samples.Values)
	add := func(p float64) {
		if i := int(p * float64(n)); i < n {
			s.X = append(s.X, l.Dist.Quantile(p))
			s.Y = append(s.Y, c.Samples.Values[i])
		}
	}
	for i := range points {
		add((float64(i) + 0.5) / points)
	}
	for _, p := range tail {
		if (1-p)*float64(n) >= 1 {
			add(p)
		}
	}
	return s
}
