package fit

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"onepen/sim"
)

// Trace is recorded arrivals.
type Trace struct {
	File  string
	Times []float64 // since the first, never falling [s]
	Keys  []string  // nil if the file has none
}

// IsTrace reports whether the content of a file is arrivals: CSV with a column
// time_s and none that holds latencies.
func IsTrace(content []byte) bool {
	p := parser{content: content}
	header := strings.Split(p.firstLine(), ",")
	return slices.Contains(header, "time_s") &&
		!slices.ContainsFunc(header, func(name string) bool { return strings.HasPrefix(name, "lat") })
}

// ReadArrivals reads the content of a CSV file with the columns time_s and, for
// the keys, key. The error is a *experiments.InputError with all that is wrong.
func ReadArrivals(file string, content []byte) (*Trace, error) {
	p := parser{file: file, content: content}
	t := &Trace{File: file}
	rows := csv.NewReader(bytes.NewReader(content))
	rows.Comment = '#'
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		p.problem(0, 0, "no arrivals: want CSV with a column time_s")
		return nil, p.error()
	}
	at, keyAt := slices.Index(header, "time_s"), slices.Index(header, "key")
	if at < 0 {
		p.problem(1, 1, "no column time_s (there are: %s)", strings.Join(header, ", "))
		return nil, p.error()
	}
	first, last := math.NaN(), math.Inf(-1)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			p.syntax(err)
			return nil, p.error()
		}
		x, err := strconv.ParseFloat(row[at], 64)
		line, col := rows.FieldPos(at)
		switch {
		case err != nil || math.IsNaN(x) || math.Abs(x) > longest:
			p.problem(line, col, "time_s must be a number of seconds, got %q", row[at])
			continue
		case x < last:
			p.problem(line, col, "time_s must not go back, got %g after %g", x, last)
			continue
		}
		if math.IsNaN(first) {
			first = x
		}
		last = x
		t.Times = append(t.Times, x-first)
		if keyAt >= 0 {
			t.Keys = append(t.Keys, strings.Clone(row[keyAt]))
		}
	}
	if len(p.problems) == 0 && len(t.Times) < fewest {
		p.problem(0, 0, "%d arrivals are too few, want at least %d", len(t.Times), fewest)
	}
	if len(p.problems) > 0 {
		return nil, p.error()
	}
	return t, nil
}

// Profile is what arrivals say of the process that made them. What cannot be
// told is NaN.
type Profile struct {
	Trace      *Trace
	Rate       float64 // [1/s]
	SCV        float64 // of the gaps; 1 for a Poisson process
	Dispersion float64 // index of dispersion of counts over windows; 1 for a Poisson process
	Window     float64 // [s]
	Keys       int     // different ones; 0 = the trace has none
	Zipf       float64 // exponent of their popularity
	TopShare   float64 // of the most frequent key
}

// windows is the number of windows that a trace is divided into to count in.
const windows = 100

// Arrivals measures a trace. Its index of dispersion is that of counts in
// hundredths of its length.
func Arrivals(t *Trace) Profile {
	n := len(t.Times)
	length := t.Times[n-1]
	p := Profile{Trace: t, Rate: math.NaN(), SCV: math.NaN(), Dispersion: math.NaN(), Zipf: math.NaN(), TopShare: math.NaN(), Window: length / windows}
	if length > 0 {
		p.Rate = float64(n-1) / length
		window := sim.FromSeconds(p.Window)
		d := sim.NewDispersion(0, max(window, 1))
		for _, at := range t.Times {
			d.Record(sim.FromSeconds(at))
		}
		p.SCV, p.Dispersion = d.SCV(), d.IndexOfDispersion(sim.FromSeconds(length))
	}
	if t.Keys != nil {
		counts := frequencies(t.Keys)
		p.Keys, p.Zipf, p.TopShare = len(counts), zipf(counts), float64(counts[0])/float64(n)
	}
	return p
}
