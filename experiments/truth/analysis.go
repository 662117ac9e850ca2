package truth

import (
	"math"
	"slices"
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// outputAnalysis holds what is known of the precision of simulations against
// runs, and our estimators against series whose moments are known (family 18).
func outputAnalysis(c *Case) plan {
	switch {
	case strings.HasPrefix(c.Params, "M/M/1"):
		return asymptotics(c)
	case strings.HasPrefix(c.Params, "AR(1)"):
		return autoregression(c)
	}
	return orderStatistics(c)
}

// asymptotics measures how far the averages of stationary runs stray.
func asymptotics(c *Case) plan {
	q := theory.MM1{ArrivalRate: c.number("lambda"), ServiceRate: 1 / c.law("service").Mean()}
	m := c.find(`n=([0-9]+) customers / H=([0-9]+ms)`)
	n, horizon := int(real(m[0])), spanOf(m[1])
	station := theory.Station{ArrivalRate: q.ArrivalRate, ArrivalSCV: 1, ServiceTime: 1 / q.ServiceRate, ServiceSCV: 1, Servers: 1}
	warmup := forgetting * station.Relaxation()
	s := c.scenario(assignments{
		"lanes.w.arrivals.rate", rate(q.ArrivalRate), "stores.s.overhead", c.law("service").String(),
		"warmup", span(warmup), "duration", span(warmup + horizon),
	})
	p := plan{
		// A variance needs many runs, and each is as long as the case says.
		replications: 2 * UsualReplications,
		trials: []trial{{scenario: s, collect: newSeries(n, q), drive: func(y *models.System, o *observation) {
			y.RunUntil(s.Duration)
			o.Result = y.Result()
			for c := o.seen.(*series); c.n < n && y.Halted() == ""; {
				y.RunUntil(y.Now() + sim.FromSeconds(horizon/100))
			}
		}}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = asymptoticAnswer(r, q, n)
	}
	return p
}

// asymptoticAnswer answers the rows about averages over n writes, or as long.
func asymptoticAnswer(r Row, q theory.MM1, n int) answer {
	wait, _ := q.WaitingTime()
	sojourn, _ := q.SojournTime()
	// scaled reads size · (average - exact)², whose expectation is the
	// asymptotic variance.
	scaled := func(size, average, exact float64) reading {
		return reading{over: size * (average - exact) * (average - exact), per: 1}
	}
	of := func(read func(*series) reading) answer {
		return first(r, func(o *observation) reading { return read(o.seen.(*series)) })
	}
	switch r.Measure {
	case "asym_var_mean_wait_ms2":
		return of(func(s *series) reading { return scaled(float64(n), s.wait.mean(n), wait) })
	case "asym_var_mean_sojourn_ms2":
		return of(func(s *series) reading { return scaled(float64(n), s.sojourn.mean(n), sojourn) })
	case "asym_var_time_avg_L_ms":
		return first(r, func(o *observation) reading {
			return scaled(o.seconds(), o.lane().Depth[models.StageLine]+o.lane().Depth[models.StageService], q.InSystem())
		})
	case "asym_var_time_avg_util_ms":
		return first(r, func(o *observation) reading {
			return scaled(o.seconds(), o.store().Partitions[0].Utilization, q.ArrivalRate/q.ServiceRate)
		})
	case "lag1_autocorr_wait":
		return of(func(s *series) reading { return reading{over: s.wait.products, per: s.wait.squares} })
	case "lag1_autocorr_sojourn":
		return of(func(s *series) reading { return reading{over: s.sojourn.products, per: s.sojourn.squares} })
	case "customers_for_1pct_ci_mean_wait":
		return computed(theory.RunLength(q.WaitAsymptoticVariance(), wait, 0.01))
	case "customers_for_1pct_ci_mean_sojourn":
		return computed(theory.RunLength(q.SojournAsymptoticVariance(), sojourn, 0.01))
	case "coverage_of_known_sigma_95ci_wait":
		half := theory.HalfWidth(q.WaitAsymptoticVariance(), float64(n))
		return of(func(s *series) reading {
			covered := 0.0
			if math.Abs(s.wait.mean(n)-wait) <= half {
				covered = 1
			}
			return reading{over: covered, per: 1}
		}).asked()
	}
	return unknown(r)
}

// series collects the first n waits and sojourns.
type series struct {
	limit, n      int
	wait, sojourn moments
}

func newSeries(n int, q theory.MM1) func() collector {
	wait, _ := q.WaitingTime()
	sojourn, _ := q.SojournTime()
	return func() collector {
		return &series{limit: n, wait: moments{exact: wait}, sojourn: moments{exact: sojourn}}
	}
}

func (s *series) see(p *models.Passage) {
	if s.n == s.limit {
		return
	}
	s.n++
	s.wait.add(before(p).Seconds())
	s.sojourn.add((p.Committed - p.Offered).Seconds())
}

// moments sums a series about a mean that is known.
type moments struct {
	exact             float64
	sum               float64
	squares, products float64 // of distances from the mean; of successive ones
	last              float64
	begun             bool
}

func (m *moments) add(x float64) {
	d := x - m.exact
	m.sum += x
	m.squares += d * d
	if m.begun {
		m.products += d * m.last
	}
	m.last, m.begun = d, true
}

func (m *moments) mean(n int) float64 { return m.sum / float64(n) }

// autoregression holds the variance of a sample mean and its estimate from
// batch means against a series of known correlation. No system is run: our
// normal draws and our estimators are what is tested.
func autoregression(c *Case) plan {
	m := c.find(`x_t=([0-9.]+) x_\{t-1\}.*n=([0-9]+);b=([0-9]+) batches`)
	phi, n, batches := real(m[0]), int(real(m[1])), int(real(m[2]))
	p := plan{
		replications: 16 * UsualReplications,
		trials: []trial{{draw: func(s *sim.Stream) []float64 {
			x := autoregressive(s, phi, n)
			var all sim.Tally
			for _, v := range x {
				all.Add(v)
			}
			return []float64{all.Mean() * all.Mean(), sim.BatchMeansVariance(x, batches)}
		}}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "var_of_sample_mean":
			p.answers[r.Measure] = noted(r, 0)
		case "expected_batch_means_variance_estimate":
			p.answers[r.Measure] = noted(r, 1)
		case "asymptotic_n_var":
			p.answers[r.Measure] = computed(theory.AutoregressiveVariance(phi))
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}

// noted answers a row by the mean of what an estimator says.
func noted(r Row, i int) answer {
	a := first(r, func(o *observation) reading { return reading{over: o.note[i], per: 1} })
	a.method = Estimator
	return a
}

// autoregressive draws n values of x(t) = phi x(t-1) + N(0,1) in its steady
// state.
func autoregressive(s *sim.Stream, phi float64, n int) []float64 {
	x := make([]float64, n)
	x[0] = s.Normal() / math.Sqrt(1-phi*phi)
	for t := 1; t < n; t++ {
		x[t] = phi*x[t-1] + s.Normal()
	}
	return x
}

// orderStatistics holds quantiles of samples against what is known of them: our
// exponential draws and our histogram are what is tested.
func orderStatistics(c *Case) plan {
	m := c.find(`n=([0-9]+) iid (exp\(mean [0-9]+ms\)).*CI=\[X_\(([0-9]+)\),X_\(([0-9]+)\)\];k=([0-9]+)`)
	n, low, high := int(real(m[0])), int(real(m[2])), int(real(m[3]))
	level := c.number("p")
	const mean = 1e-3 // [s]
	exact := -math.Log1p(-level) * mean
	d, err := sim.ParseDist("exponential(1ms)", nil)
	c.must(err)
	p := plan{
		replications: 64 * UsualReplications,
		trials: []trial{{draw: func(s *sim.Stream) []float64 {
			h := new(sim.Histogram)
			x := make([]float64, n)
			for i := range x {
				span := d.Sample(s)
				h.Record(span)
				x[i] = span.Seconds()
			}
			slices.Sort(x)
			covered := 0.0
			if x[low-1] <= exact && exact <= x[high-1] {
				covered = 1
			}
			return []float64{covered, h.Quantile(level)}
		}}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		switch r.Measure {
		case "coverage_of_order_stat_ci":
			p.answers[r.Measure] = noted(r, 0).asked()
		case "expected_X_k_ms":
			p.answers[r.Measure] = noted(r, 1)
		case "true_quantile_ms":
			p.answers[r.Measure] = computed(d.Quantile(level) * 1e3)
		default:
			p.answers[r.Measure] = unknown(r)
		}
	}
	return p
}
