package fit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"onepen/sim"
)

// Quality is how well a law stands for samples.
type Quality uint8

const (
	None  Quality = iota // no law does: the samples are their own
	Close                // its distribution function is nowhere off by more than Near
	Fits                 // the samples may have been drawn from it
)

func (q Quality) String() string {
	switch q {
	case Fits:
		return "fits"
	case Close:
		return "close"
	}
	return "no"
}

const (
	// Level is the chance below which a law is refused as that of the samples.
	Level = 0.05

	// Near is the largest distance of a law that is close. Thousands of real
	// samples refuse every law of two parameters; one that puts no more than this
	// share of them in the wrong place serves all the same.
	Near = 0.05
)

// Choice is the laws fitted to samples, and which to take.
type Choice struct {
	Samples *Samples
	Mean    float64 // [s]
	CV      float64
	Laws    []Law // by AIC, the best first; empty if all samples are equal
	Quality Quality
}

// fewest is the number of samples from which laws are fitted.
const fewest = 10

// Latencies fits the candidate laws to samples.
func Latencies(samples *Samples) (*Choice, error) {
	if n := len(samples.Values); n < fewest {
		return nil, fmt.Errorf("%s: %d samples are too few to fit a law to, want at least %d", samples.File, n, fewest)
	}
	c := &Choice{Samples: samples}
	if samples.Values[len(samples.Values)-1] == 0 {
		return nil, fmt.Errorf("%s: all samples are 0", samples.File)
	}
	m := momentsOf(samples.Values)
	c.Mean, c.CV = m.mean, math.Sqrt(m.scv)
	if samples.Values[0] == samples.Values[len(samples.Values)-1] {
		c.Quality = Fits
		return c, nil
	}
	for _, candidate := range candidates {
		e, possible := candidate.fit(m)
		if !possible {
			continue
		}
		if law, ok := m.law(candidate.name, e); ok {
			c.Laws = append(c.Laws, law)
		}
	}
	slices.SortStableFunc(c.Laws, func(a, b Law) int { return cmp.Compare(a.AIC, b.AIC) })
	if len(c.Laws) > 0 {
		c.Quality = c.Of(&c.Laws[0])
	}
	return c, nil
}

// Of is how well one of the laws stands for the samples.
func (c *Choice) Of(l *Law) Quality {
	switch {
	case Probability(l.Distance, len(c.Samples.Values)) >= Level:
		return Fits
	case l.Distance <= Near:
		return Close
	}
	return None
}

// Text is the distribution to take, as a parameter reads it: the constant that
// all samples are, the best law, or the samples themselves.
func (c *Choice) Text() string {
	switch {
	case len(c.Laws) == 0:
		return sim.FromSeconds(c.Samples.Values[0]).String()
	case c.Quality != None:
		return c.Laws[0].Dist.String()
	}
	return c.Empirical()
}

// The file that samples are taken to be written to where sim cannot read their
// own, and the column that WriteSamples gives it.
const (
	written       = "samples.csv"
	writtenColumn = "latency_s"
)

// Empirical is the distribution of the samples themselves, read from their file
// or, if that is a log, from the one that they have to be written to.
func (c *Choice) Empirical() string {
	s := c.Samples
	if !s.Readable {
		return "empirical(" + written + ", column=" + writtenColumn + ")"
	}
	arguments := []string{quoted(s.File)}
	if s.Column != "" {
		arguments = append(arguments, "column="+quoted(s.Column))
	}
	if s.Unit != "" && s.Unit != unitIn(s.Column) {
		arguments = append(arguments, "unit="+s.Unit)
	}
	return "empirical(" + strings.Join(arguments, ", ") + ")"
}

// quoted puts a name in quotes if an argument of a distribution needs them.
func quoted(name string) string {
	if strings.ContainsAny(name, "(),=#{}[]: \t\"'\\") {
		return strconv.Quote(name)
	}
	return name
}
