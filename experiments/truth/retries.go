package truth

import (
	"strings"

	"onepen/experiments/theory"
	"onepen/models"
)

// retries puts attempts that fail, find no room or take too long to the
// simulator (family 14).
func retries(c *Case) plan {
	switch {
	case strings.Contains(c.Params, "attempt fails"):
		return feedback(c)
	case strings.Contains(c.Params, "blocked attempt retries"):
		return retrial(c)
	}
	return impatience(c)
}

// feedback is operations that fail with a fixed probability and are tried
// again.
func feedback(c *Case) plan {
	lambda, service := c.number("lambda"), c.law("attempt service")
	failure := c.find(`attempt fails w\.p\. ([0-9.]+)`)[0]
	limit, _ := c.optional("max attempts")
	attempts := 100 // so many fail with a probability that is nothing
	if limit != "unlimited" {
		attempts = int(real(limit))
	}
	pause, jitter := "constant(0s)", "none"
	if strings.Contains(c.Params, "exp backoff") {
		pause, jitter = "constant("+c.find(`exp backoff mean ([0-9]+ms)`)[0]+")", "exponential"
	}
	fails := real(failure)
	mean, again := 0.0, 1.0
	for range attempts {
		mean += again
		again *= fails
	}
	q := theory.Station{ArrivalRate: lambda * mean, ArrivalSCV: 1, ServiceTime: service.Mean(), ServiceSCV: 1, Servers: 1}
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.overhead", service.String(), "stores.s.failure", failure,
		"lanes.w.retry.attempts", text(attempts), "lanes.w.retry.backoff", pause, "lanes.w.retry.jitter", jitter,
	}
	p := plan{trials: []trial{{scenario: c.scenario(set, steady(lambda, 2*q.Relaxation()))}}, answers: map[string]answer{}}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.retryAnswer(r)
	}
	return p.knowsRate(lambda)
}

// retrial is a station without room for all, where some of those refused come
// again after a pause.
func retrial(c *Case) plan {
	q := theory.Loss{ArrivalRate: c.number("lambda"), ServiceTime: c.law("service").Mean(), Servers: c.count("c"), Room: c.count("K")}
	m := c.find(`retries w\.p\. ([0-9.]+) after exp backoff mean ([0-9]+ms)`)
	set := assignments{
		"lanes.w.arrivals.rate", rate(q.ArrivalRate), "stores.s.overhead", c.law("service").String(),
		"stores.s.backlog", text(q.Room - q.Servers), "lanes.w.retry.attempts", "100", "lanes.w.retry.persistence", m[0],
		"lanes.w.retry.backoff", "constant(" + m[1] + ")", "lanes.w.retry.jitter", "exponential",
	}
	relaxation := 10*spanOf(m[1]) + 4*float64(q.Room)*q.ServiceTime
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(q.ArrivalRate, relaxation)), collect: newAttempts}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		if r.Measure == "offered_rate_fixed_point_slow_retry_per_s" {
			p.answers[r.Measure] = computed(theory.SlowRetries(q, real(m[0])))
			continue
		}
		p.answers[r.Measure] = c.retryAnswer(r)
	}
	return p.knowsRate(q.ArrivalRate)
}

// impatience is writers that leave the line.
func impatience(c *Case) plan {
	lambda, service := c.number("lambda"), c.law("service")
	patience := law(c.find(`within tau \(([^)]*)\)`)[0])
	set := assignments{
		"lanes.w.arrivals.rate", rate(lambda), "stores.s.overhead", service.String(),
		"lanes.w.timeout", patience.String(), "lanes.w.expired", "discard",
	}
	p := plan{
		trials:  []trial{{scenario: c.scenario(set, steady(lambda, 10*patience.Mean()))}},
		answers: map[string]answer{},
	}
	for _, r := range c.Rows {
		p.answers[r.Measure] = c.retryAnswer(r)
	}
	return p.knowsRate(lambda)
}

// attempts collects the writes that are stored at the first attempt.
type attempts struct{ first float64 }

func newAttempts() collector { return &attempts{} }

func (a *attempts) see(p *models.Passage) {
	if p.Attempt == 0 {
		a.first++
	}
}

func (c *Case) retryAnswer(r Row) answer {
	counted := func(over, per func(*models.Counts) uint64) answer {
		return first(r, func(o *observation) reading {
			n := &o.lane().Counts
			return reading{over: float64(over(n)), per: float64(per(n))}
		})
	}
	offered := func(n *models.Counts) uint64 { return n.Offered }
	switch r.Measure {
	case "mean_attempts", "attempts_per_job":
		return counted((*models.Counts).Attempts, offered)
	case "attempt_rate_per_s":
		return first(r, func(o *observation) reading {
			return reading{over: float64(o.lane().Counts.Attempts()), per: o.seconds()}
		})
	case "success_prob":
		return counted(func(n *models.Counts) uint64 { return n.Committed }, offered)
	case "final_loss_prob":
		return counted(func(n *models.Counts) uint64 { return n.Failed }, offered)
	case "timeout_prob":
		return counted(func(n *models.Counts) uint64 { return n.Expired }, offered)
	case "P_block_any_attempt":
		return counted(func(n *models.Counts) uint64 { return n.Rejected }, (*models.Counts).Attempts)
	case "P_block_first_attempt":
		return first(r, func(o *observation) reading {
			n := float64(o.lane().Counts.Offered)
			return reading{over: n - o.seen.(*attempts).first, per: n}
		})
	case "mean_jobs_backing_off":
		return first(r, held(models.StageBackoff))
	case "mean_total_time_ms":
		// Until success or giving up, by Little's law.
		return first(r, func(o *observation) reading {
			inside := held(models.StageLine, models.StageService, models.StageBackoff)(o)
			return reading{over: inside.over, per: float64(o.lane().Counts.Offered)}
		})
	case "max_arrival_rate_per_s":
		return first(r, func(o *observation) reading {
			return reading{over: float64(o.lane().Counts.Offered), per: utilization(o).over}
		})
	}
	return c.stationAnswer(r)
}
