package figures

import (
	"math"
	"slices"
	"strings"

	"onepen/experiments/response"
	"onepen/experiments/results"
	"onepen/sim"
)

// point is one place of a figure: what all its replications say.
type point struct {
	series  string  // key of its series
	x       float64 // mean over its rows
	xText   string
	summary response.Summary
}

// spot gathers the rows of a point.
type spot struct {
	point
	xs, ys []float64
	words  []string // of the warnings of its rows
}

// frame says which columns of a table make a figure.
type frame struct {
	table *results.Table
	x     string   // column of X; "" = none
	named bool     // X is texts
	y     string   // column of Y, or measure in long form
	by    []string // columns that make series
	apart []string // columns that make points besides
}

// The columns of files in long form.
const (
	measureColumn   = "measure"
	componentColumn = "component"
	meanColumn      = "mean"
	halfWidthColumn = "half_width"
	countColumn     = "n"
	valueColumn     = "value"
	warningsColumn  = "warnings"
)

// long reports whether a table has a row for each measure.
func long(t *results.Table) bool {
	return t.Has(measureColumn) && (t.Has(meanColumn) || t.Has(valueColumn))
}

// points gathers the rows of a frame into points, in the order met.
func (f *frame) points() ([]point, error) {
	t := f.table
	if long(t) {
		some, err := t.Where(measureColumn, func(text string) bool { return text == f.y })
		if err != nil {
			return nil, err
		}
		t = some
	}
	ys, halves, counts, err := f.values(t)
	if err != nil {
		return nil, err
	}
	xs, texts, err := f.places(t)
	if err != nil {
		return nil, err
	}
	keys := cellsOf(t, f.by)
	apart := cellsOf(t, f.apart)
	words := t.Texts(warningsColumn)
	var spots []*spot
	at := map[string]*spot{}
	for i := range t.Rows {
		key := strings.Join([]string{keys[i], apart[i], texts[i]}, "\x00")
		s := at[key]
		if s == nil {
			s = &spot{point: point{series: keys[i], xText: texts[i]}}
			at[key] = s
			spots = append(spots, s)
		}
		s.xs = append(s.xs, xs[i])
		if halves != nil {
			s.summary = response.Summary{Interval: sim.Interval{Mean: ys[i], HalfWidth: halves[i], N: int(counts[i])}}
		}
		if !math.IsNaN(ys[i]) {
			s.ys = append(s.ys, ys[i])
		}
		if words != nil {
			s.words = append(s.words, words[i])
		}
	}
	list := make([]point, len(spots))
	for i, s := range spots {
		list[i] = s.finish(halves == nil)
	}
	return list, nil
}

// finish turns the rows of a spot into one point.
func (s *spot) finish(replications bool) point {
	p := s.point
	p.x = sim.StudentInterval(s.xs, sim.Confidence).Mean
	if replications {
		p.summary = response.Summarize(s.ys)
	}
	p.summary.Warnings |= response.ParseWarnings(strings.Join(s.words, " "))
	return p
}

// values returns Y of each row, and its half-width and number where the rows
// are means already.
func (f *frame) values(t *results.Table) (ys, halves, counts []float64, err error) {
	switch {
	case !long(t):
		ys, err = t.Numbers(f.y)
		return ys, nil, nil, err
	case t.Has(valueColumn):
		ys, err = t.Numbers(valueColumn)
		return ys, nil, nil, err
	}
	if ys, err = t.Numbers(meanColumn); err != nil {
		return nil, nil, nil, err
	}
	if halves, err = t.Numbers(halfWidthColumn); err != nil {
		return nil, nil, nil, err
	}
	counts, err = t.Numbers(countColumn)
	return ys, halves, counts, err
}

// places returns X of each row, and the text that makes rows of one X one
// point: none where X was measured and differs from run to run.
func (f *frame) places(t *results.Table) (xs []float64, texts []string, err error) {
	xs, texts = make([]float64, len(t.Rows)), make([]string, len(t.Rows))
	if f.x == "" {
		return xs, texts, nil
	}
	if f.named {
		return xs, t.Texts(f.x), nil
	}
	if xs, err = t.Numbers(f.x); err != nil {
		return nil, nil, err
	}
	if !slices.Contains(f.apart, configColumn) {
		texts = t.Texts(f.x)
	}
	return xs, texts, nil
}

// cellsOf returns, for each row, the cells of some columns.
func cellsOf(t *results.Table, columns []string) []string {
	keys := make([]string, len(t.Rows))
	for i, c := range columns {
		for j, text := range t.Texts(c) {
			if i > 0 {
				keys[j] += "\x01"
			}
			keys[j] += text
		}
	}
	return keys
}
