package fit

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat"

	"onepen/experiments"
	"onepen/experiments/human"
)

// WriteReport writes for people which laws were fitted and which to take, with
// the line to paste under a store's or an allocator's parameter of that name.
func (c *Choice) WriteReport(w io.Writer, parameter string) error {
	var b strings.Builder
	s := c.Samples
	quantile := func(p float64) string { return human.Span(stat.Quantile(p, stat.Empirical, s.Values, nil)) }
	what := fmt.Sprintf("%s samples of %s: mean %s, cv %.3g, p50 %s, p99 %s, max %s.",
		human.Count(uint64(len(s.Values))), s.where(), human.Span(c.Mean), c.CV,
		quantile(0.5), quantile(0.99), quantile(1))
	b.WriteString(experiments.Wrap(what, 0, 0) + "\n")
	for _, remark := range c.remarks() {
		b.WriteString(experiments.Wrap(remark, 0, 0) + "\n")
	}
	b.WriteString("\n")
	if len(c.Laws) > 0 {
		grid := human.Grid{Left: []int{0, 3}}
		grid.Add("law", "AIC above the best", "KS distance", "fits")
		for i := range c.Laws {
			l := &c.Laws[i]
			grid.Add(l.Dist.String(), strconv.FormatFloat(l.AIC-c.Laws[0].AIC, 'f', 1, 64), fmt.Sprintf("%.4f", l.Distance), c.Of(l).String())
		}
		b.WriteString(grid.String() + "\n")
	}
	b.WriteString(experiments.Wrap(c.verdict(), 0, 0) + "\n\n")
	fmt.Fprintf(&b, "%s: %s\n", parameter, c.Text())
	_, err := io.WriteString(w, b.String())
	return err
}

// where says where samples are from.
func (s *Samples) where() string {
	if s.Column == "" {
		return s.File
	}
	return s.Column + " in " + s.File
}

// remarks says what was done to the samples.
func (c *Choice) remarks() []string {
	var remarks []string
	if n := c.Samples.Zeros; n > 0 {
		remarks = append(remarks, fmt.Sprintf("%d of them are 0 and are taken for half of the smallest other one.", n))
	}
	if n := c.Samples.Skipped; n > 0 {
		remarks = append(remarks, fmt.Sprintf("%d transactions have no latency: they were skipped or failed.", n))
	}
	return remarks
}

// verdict says in words how good the best law is.
func (c *Choice) verdict() string {
	switch {
	case len(c.Laws) == 0 && c.Quality == Fits:
		return "All samples are equal."
	case c.Quality == Fits:
		return fmt.Sprintf("The first law fits: samples drawn from it are as far off or more in %s.", human.Percent(Probability(c.Laws[0].Distance, len(c.Samples.Values))))
	case c.Quality == Close:
		return fmt.Sprintf("No law passes the Kolmogorov-Smirnov test. The first is close: it puts at most %s of the samples in the wrong place. Exact is %s.",
			human.Percent(c.Laws[0].Distance), c.exact())
	case c.Samples.Readable:
		return "No law fits: the samples themselves are the law."
	}
	return "No law fits: the samples themselves are the law, once they are written as CSV (--samples " + written + ")."
}

// exact is what stands for the samples without any error.
func (c *Choice) exact() string {
	if c.Samples.Readable {
		return c.Empirical()
	}
	return c.Empirical() + " (--samples " + written + " writes it)"
}

// WriteSamples writes samples as CSV with one column, which an empirical law
// reads.
func (s *Samples) WriteSamples(w io.Writer) error {
	var b strings.Builder
	b.WriteString(writtenColumn + "\r\n")
	for i, x := range s.Values {
		if i < s.Zeros {
			x = 0
		}
		b.WriteString(strconv.FormatFloat(x, 'g', -1, 64) + "\r\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// SCVs of gaps between which arrivals are taken for a Poisson process, and
// dispersions.
const (
	calm   = 0.8
	lively = 1.25
)

// WriteReport writes for people what a trace is like, with the lines to paste
// into a lane.
func (p *Profile) WriteReport(w io.Writer) error {
	t := p.Trace
	grid := human.Grid{Left: []int{0, 1, 2}}
	grid.Add("arrivals", human.Count(uint64(len(t.Times))), "over "+human.Span(t.Times[len(t.Times)-1]))
	grid.Add("rate", human.Rate(p.Rate), "")
	grid.Add("SCV of the gaps", figure(p.SCV), "1 for a Poisson process")
	grid.Add("index of dispersion", figure(p.Dispersion), "of counts in "+human.Span(p.Window)+"; 1 for a Poisson process")
	if p.Keys > 0 {
		grid.Add("keys", human.Count(uint64(p.Keys)), "different ones; the most frequent has "+human.Percent(p.TopShare))
		grid.Add("Zipf exponent", figure(p.Zipf), "by maximum likelihood over the keys seen")
	}
	var b strings.Builder
	b.WriteString(grid.String() + "\n" + experiments.Wrap(p.verdict(), 0, 0) + "\n\n")
	b.WriteString(p.yaml())
	_, err := io.WriteString(w, b.String())
	return err
}

func figure(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}

// poisson reports whether arrivals look like a Poisson process, gap by gap and
// over windows.
func (p *Profile) poisson() bool {
	return p.SCV >= calm && p.SCV <= lively && p.Dispersion >= calm && p.Dispersion <= lively
}

func (p *Profile) verdict() string {
	switch {
	case p.poisson():
		return "The arrivals are like those of a Poisson process."
	case p.Dispersion > lively*p.SCV:
		return "The arrivals are burstier over windows than from gap to gap: short gaps keep company. The recording is replayed as it is, as no process with independent gaps does that."
	}
	return "The arrivals are no Poisson process. The recording is replayed as it is."
}

// yaml is what to paste into a lane.
func (p *Profile) yaml() string {
	var b strings.Builder
	skew := ""
	if p.poisson() {
		fmt.Fprintf(&b, "arrivals: {process: poisson, rate: %.4g/s}\n", p.Rate)
	} else {
		fmt.Fprintf(&b, "arrivals: {process: trace, trace: %s}\n", quoted(p.Trace.File))
	}
	if p.Keys > 1 {
		skew = fmt.Sprintf("zipf(%.3g)", p.Zipf)
	} else if p.Keys == 1 {
		skew = "one"
	}
	if skew != "" {
		fmt.Fprintf(&b, "keys: {space: %d, skew: %s}\n", p.Keys, skew)
	}
	return b.String()
}
