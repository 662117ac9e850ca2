package reality

import (
	"fmt"

	"onepen/experiments/plot"
)

// Figures draws measured and predicted throughput over clients, a figure for
// each workload that was measured at several numbers of them.
func Figures(predictions []Prediction) []Figure {
	var figures []Figure
	for i := 0; i < len(predictions); {
		w := predictions[i].Workload
		n := i
		for n < len(predictions) && predictions[n].Workload == w {
			n++
		}
		if n-i > 1 {
			figures = append(figures, Figure{w.Name, figure(w, predictions[i:n])})
		}
		i = n
	}
	return figures
}

// Figure is a figure about a workload.
type Figure struct {
	Workload string
	plot.Figure
}

func figure(w *Workload, points []Prediction) plot.Figure {
	f := plot.Figure{
		Title:    w.Name + ": " + w.About,
		Subtitle: "measured, and predicted from what one client sees",
		X:        plot.Axis{Label: "clients", Scale: plot.Log},
		Y:        plot.Axis{Label: "transactions", Unit: plot.PerSecond, Scale: plot.Linear},
		Notes:    []string{"PostgreSQL 15 on two cores, pgbench without think time, medians"},
		Series: []plot.Series{
			{Name: "measured", Form: plot.Line},
			{Name: "predicted", Form: plot.Line},
		},
	}
	for i := range points {
		p := &points[i]
		clients := float64(p.Measured.Clients)
		for j, y := range []float64{p.Measured.Throughput, p.Throughput} {
			f.Series[j].X = append(f.Series[j].X, clients)
			f.Series[j].Y = append(f.Series[j].Y, y)
		}
		if p.Measured.Clients > 1 && p.Measured.Clean == 0 {
			f.Notes = append(f.Notes, fmt.Sprintf("at %d clients no repetition was undisturbed", p.Measured.Clients))
		}
	}
	return f
}
