package reality

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"onepen/experiments/human"
)

// The bounds within which predictions count as good.
const (
	WorstMedian = 0.15 // of the relative error of throughput
	WorstWorst  = 0.40
	LeastTails  = 0.5 // share of points whose 99th percentile is within a factor of two
)

// Good reports whether predictions keep within the bounds.
func (s Summary) Good() bool {
	return s.Median <= WorstMedian && s.Worst <= WorstWorst && float64(s.Tails) > LeastTails*float64(s.Points)
}

// WriteTable writes predictions for people, and how wrong they are.
func WriteTable(w io.Writer, predictions []Prediction) error {
	grid := human.Grid{Left: []int{0, 8}}
	grid.Add("workload", "clients", "measured", "predicted", "error", "p99", "predicted", "ratio", "")
	for i := range predictions {
		p := &predictions[i]
		m := &p.Measured
		grid.Add(p.Workload.Name, strconv.Itoa(m.Clients), human.Rate(m.Throughput), human.Rate(p.Throughput), percent(p.Error()),
			human.Span(m.P99), human.Span(p.P99), fmt.Sprintf("%.2f", p.TailRatio()), p.remark())
	}
	_, err := fmt.Fprintf(w, "%s\n%s", grid.String(), Summarize(predictions))
	return err
}

// remark says why a point is not judged.
func (p *Prediction) remark() string {
	switch {
	case p.Measured.Clients == 1:
		return "calibrated"
	case p.Measured.Clean == 0:
		return "disturbed"
	}
	return ""
}

func percent(x float64) string { return fmt.Sprintf("%+.0f %%", 100*x) }

// String tells how wrong predictions are, in sentences.
func (s Summary) String() string {
	if s.Points == 0 {
		return "No point is foretold: those of one client are what the scenarios are made of.\n"
	}
	return fmt.Sprintf("%d points foretold. Throughput: median error %.1f %%, mean %.1f %%, worst %.1f %%.\n"+
		"99th percentile within a factor of two at %d.\n",
		s.Points, 100*s.Median, 100*s.Mean, 100*s.Worst, s.Tails)
}

// column is a column of predictions.csv.
type column struct {
	name string
	cell func(*Prediction) string
}

// columns declares predictions.csv. Units are base units.
var columns = []column{
	{"workload", func(p *Prediction) string { return p.Workload.Name }},
	{"clients", func(p *Prediction) string { return strconv.Itoa(p.Measured.Clients) }},
	{"clean_repetitions", func(p *Prediction) string { return strconv.Itoa(p.Measured.Clean) }},
	{"foretold", func(p *Prediction) string { return strconv.FormatBool(p.Foretold()) }},
	{"measured_throughput_per_s", func(p *Prediction) string { return number(p.Measured.Throughput) }},
	{"predicted_throughput_per_s", func(p *Prediction) string { return number(p.Throughput) }},
	{"throughput_error", func(p *Prediction) string { return number(p.Error()) }},
	{"measured_mean_s", func(p *Prediction) string { return number(p.Measured.Mean) }},
	{"predicted_mean_s", func(p *Prediction) string { return number(p.Mean) }},
	{"measured_p50_s", func(p *Prediction) string { return number(p.Measured.P50) }},
	{"predicted_p50_s", func(p *Prediction) string { return number(p.P50) }},
	{"measured_p99_s", func(p *Prediction) string { return number(p.Measured.P99) }},
	{"predicted_p99_s", func(p *Prediction) string { return number(p.P99) }},
}

// number writes a value so that it reads back the same; absent is empty.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// WriteCSV writes predictions for programs, one row for each.
func WriteCSV(w io.Writer, predictions []Prediction) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	// What goes wrong on the way is kept by the writer until the flush.
	_ = out.Write(row)
	for i := range predictions {
		for j, c := range columns {
			row[j] = c.cell(&predictions[i])
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// WriteLeftOut writes for people how well each workload, or group of them, is
// predicted without having had a say.
func WriteLeftOut(w io.Writer, left []LeftOut) error {
	grid := human.Grid{Left: []int{0, 5}}
	grid.Add("left out", "points", "error without", "with", "ratio", "machine fitted without")
	for _, l := range left {
		grid.Add(l.Name, strconv.Itoa(l.Points), share(l.Without), share(l.With), fmt.Sprintf("%.2f", l.Without/l.With), l.Machine.String())
	}
	without, with := Overall(left)
	_, err := fmt.Fprintf(w, "%s\nMean error of what is left out %s, of the same with all in %s: ratio %.2f.\n",
		grid.String(), share(without), share(with), without/with)
	return err
}

func share(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }

// FileName turns the name of a workload into that of a file.
func FileName(workload string) string {
	return strings.ReplaceAll(strings.ToLower(workload), " ", "-")
}
