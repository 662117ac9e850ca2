package sim

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Empirical is the distribution of a file of samples, drawn uniformly with
// replacement: every sample is equally likely and nothing in between occurs.
// There is no interpolation, in samples or in quantiles. [ReadSamples] reads
// the file.
type Empirical struct {
	sorted []Time
	mean   float64 // [s]
	scv    float64

	source SampleSource
}

// SampleSource says where the samples of an empirical distribution come from.
type SampleSource struct {
	File   string // name of a CSV file
	Column string // header of the column; "" for the only one
	Unit   string // of bare numbers: s, ms, us, ns; "" as the header says, or s
}

// newEmpirical returns the distribution of samples, which must not be empty,
// and takes ownership of the slice.
func newEmpirical(samples []Time, source SampleSource) *Empirical {
	slices.Sort(samples)
	d := &Empirical{sorted: samples, source: source}
	d.mean, d.scv = moments(samples)
	return d
}

// moments returns the mean [s] and the SCV of sorted samples, with the
// variance of the whole population, divided by n. Two passes avoid the
// cancellation of a sum of squares.
func moments(sorted []Time) (mean, scv float64) {
	n := float64(len(sorted))
	for _, x := range sorted {
		mean += x.Seconds()
	}
	mean /= n
	if sorted[0] == sorted[len(sorted)-1] {
		return mean, 0
	}
	for _, x := range sorted {
		deviation := x.Seconds()/mean - 1
		scv += float64(deviation * deviation)
	}
	return mean, scv / n
}

// Mean returns the mean of the samples. [s]
func (d *Empirical) Mean() float64 { return d.mean }

// SCV returns the squared coefficient of variation of the samples as a whole
// population.
func (d *Empirical) SCV() float64 { return d.scv }

// Quantile returns the ⌈n·p⌉-th smallest of the n samples, the inverse of
// their distribution function (Hyndman and Fan 1996, "Sample quantiles in
// statistical packages", definition 1), and the smallest for p = 0. [s]
func (d *Empirical) Quantile(p float64) float64 {
	mustProbability(p)
	n := len(d.sorted)
	rank := int(math.Ceil(float64(n) * p))
	return d.sorted[min(max(rank, 1), n)-1].Seconds()
}

// Sample draws one of the samples.
func (d *Empirical) Sample(s *Stream) Time {
	return d.sorted[s.Uint64n(uint64(len(d.sorted)))]
}

// String returns text such as empirical(file=samples.csv, column=write,
// unit=us), which reads the file again.
func (d *Empirical) String() string {
	var b strings.Builder
	b.WriteString("empirical(file=")
	b.WriteString(quoteText(d.source.File))
	if d.source.Column != "" {
		b.WriteString(", column=" + quoteText(d.source.Column))
	}
	if d.source.Unit != "" {
		b.WriteString(", unit=" + d.source.Unit)
	}
	b.WriteString(")")
	return b.String()
}

// quoteText returns text as an argument: as it is if that reads back, else in
// double quotes.
func quoteText(text string) string {
	if text == "" || strings.ContainsAny(text, "\"`'(),=# \t\r\n\\") || strconv.Quote(text) != `"`+text+`"` {
		return strconv.Quote(text)
	}
	return text
}

// empiricalForm says how the distribution is written.
func empiricalForm() DistForm {
	return DistForm{
		Name: "empirical",
		Args: []DistArg{
			{Name: "file", Kind: TextArg, Meaning: "CSV file, one sample per line"},
			{Name: "column", Kind: TextArg, Optional: true, Meaning: "header of the column; default the only one"},
			{Name: "unit", Kind: TextArg, Optional: true, Meaning: "unit of bare numbers: s, ms, us, ns; default as the header's ending says, or s"},
		},
		Meaning: "samples of a file, drawn uniformly with replacement",
		Example: "empirical(file=samples.csv, column=write_us)",
		build:   buildEmpirical,
	}
}

// buildEmpirical opens and reads the file of an empirical distribution.
func buildEmpirical(a distArgs) (d Dist, err error) {
	source := SampleSource{File: a.text("file"), Column: a.text("column"), Unit: a.text("unit")}
	if a.open == nil {
		return nil, fmt.Errorf("empirical: %s: files cannot be read here", source.File)
	}
	file, err := a.open(source.File)
	if err != nil {
		return nil, fmt.Errorf("empirical: %w", err)
	}
	defer func() { err = firstError(err, file.Close()) }()
	return ReadSamples(file, source)
}
