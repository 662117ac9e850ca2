package models

import (
	"testing"

	"onepen/sim"
)

// TestExactAnswers holds parts of the store and of the writers against models
// whose exact answers are known. Twenty replications must agree within three
// standard errors.
func TestExactAnswers(t *testing.T) {
	type measure struct {
		name string
		of   func(*Result) float64
		want float64
	}
	commitMean := func(r *Result) float64 { return r.Lanes[0].Commit.Mean() }
	perSecondOf := func(count func(*Counts) uint64) func(*Result) float64 {
		return func(r *Result) float64 { return perSecond(count(&r.Lanes[0].Counts), r.Lanes[0].Window) }
	}
	for _, c := range []struct {
		name     string
		set      []string
		measures []measure
	}{
		// Rényi 1953: the 2nd of 3 exponentials of mean m is m (1/2 + 1/3) on average.
		{"quorum of followers, 2 of 3", []string{"lanes.w.arrivals.rate", "1000/s", "stores.s.overhead", "0s",
			"stores.s.replicas", "4", "stores.s.quorum", "3", "stores.s.replication", "exponential(2ms)"},
			[]measure{
				{"latency [s]", commitMean, 1.6666666666666665e-3},
				{"p99 [s]", func(r *Result) float64 { return r.Lanes[0].Commit.Quantile(0.99) }, 5.663721901446293e-3},
			}},
		// Birth-death chain of (jobs, hot jobs): one key in five takes an exclusive lock for its whole service; four workers.
		{"key lock, one write in five hot", []string{"lanes.w.arrivals.rate", "1200/s", "lanes.w.keys.space", "1000000000", "lanes.w.keys.celebrity", "0.2",
			"stores.s.servers", "4", "stores.s.overhead", "exponential(2ms)", "stores.s.key_lock", "true"},
			[]measure{
				{"sojourn [s]", commitMean, 3.3375587865278042e-3},
				{"servers occupied", func(r *Result) float64 { return r.Stores[0].Partitions[0].Utilization }, 0.6729693601053802},
			}},
		// M/M/1+D (Baccelli, Boyer and Hébuterne 1984): a write whose writer has waited 5 ms when its turn comes is not served.
		{"fixed patience", []string{"lanes.w.arrivals.rate", "900/s", "lanes.w.timeout", "5ms", "lanes.w.expired", "discard", "stores.s.overhead", "exponential(1ms)"},
			[]measure{
				{"stored per second [1/s]", perSecondOf(func(c *Counts) uint64 { return c.Committed }), 803.4244118640455},
				{"utilization", func(r *Result) float64 { return r.Stores[0].Partitions[0].Utilization }, 0.8034244118640455},
			}},
		// M/M/1+M: the same with exponential patience of mean 10 ms.
		{"exponential patience", []string{"lanes.w.arrivals.rate", "600/s", "lanes.w.timeout", "exponential(10ms)", "lanes.w.expired", "discard", "stores.s.overhead", "exponential(2ms)"},
			[]measure{
				{"stored per second [1/s]", perSecondOf(func(c *Counts) uint64 { return c.Committed }), 421.15149043220623},
			}},
		// Bulk service with set-up: when the server is free it takes up to 32 of those that wait, for 2 ms + 0.1 ms each.
		// Embedded chain at the starts of batches.
		{"batches of whatever waits", []string{"lanes.w.arrivals.rate", "2000/s", "lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "1",
			"lanes.w.batch.size", "32", "lanes.w.batch.linger", "0s", "stores.s.overhead", "2ms", "stores.s.per_record", "100us"},
			[]measure{
				{"sojourn [s]", commitMean, 3.8624298231640486e-3},
				{"writes per operation", func(r *Result) float64 { return r.Lanes[0].BatchMean }, 5.009246396909913},
				{"utilization", func(r *Result) float64 { return r.Stores[0].Partitions[0].Utilization }, 0.9985233073117818},
			}},
		// Machine repairman, exact mean value analysis (Reiser and Lavenberg 1980): five writers that think 20 ms.
		{"closed loop", []string{"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", "5", "lanes.w.arrivals.think", "exponential(20ms)", "stores.s.overhead", "exponential(2ms)"},
			[]measure{
				{"throughput [1/s]", perSecondOf(func(c *Counts) uint64 { return c.Committed }), 218.02391157229866},
				{"response [s]", commitMean, 2.933264355923434e-3},
			}},
		// Burke 1956: the output of an M/M/1 is Poisson, so a consumer behind the store is an M/M/1 of its own.
		{"consumer behind the store", []string{"lanes.w.arrivals.rate", "100/s", "stores.s.overhead", "exponential(2ms)", "lanes.w.consumers.workers", "1", "lanes.w.consumers.service", "exponential(4ms)"},
			[]measure{
				{"visibility lag [s]", func(r *Result) float64 { return r.Lanes[0].Lag.Mean() }, 6.666666666666667e-3},
			}},
		// Two CPUs shared by eight partitions with room for four operations each are one M/M/2.
		{"CPUs shared by partitions", []string{"lanes.w.arrivals.rate", "1400/s", "stores.s.partitions", "8", "stores.s.servers", "1000", "stores.s.nodes", "1", "stores.s.cpus", "2", "stores.s.overhead", "exponential(1ms)"},
			[]measure{
				{"sojourn [s]", commitMean, 1e-3 + erlangC(2, 1.4)/600},
			}},
		// The same with all of the work before the locks, and a second step that takes no time.
		{"CPUs taken in steps", []string{"lanes.w.arrivals.rate", "1400/s", "stores.s.partitions", "8", "stores.s.servers", "1000", "stores.s.nodes", "1", "stores.s.cpus", "2",
			"stores.s.prepare", "exponential(1ms)", "stores.s.overhead", "0s"},
			[]measure{
				{"sojourn [s]", commitMean, 1e-3 + erlangC(2, 1.4)/600},
			}},
		// A sync of 2 ms serves whoever waits: an arrival in a sync waits for the rest of it and for all of the next.
		// With 2000 arrivals per second there is nearly always one under way: mean 3 ms less the rare idle start.
		{"group commit", []string{"lanes.w.arrivals.rate", "20000/s", "stores.s.servers", "100000", "stores.s.overhead", "0s", "stores.s.sync", "2ms"},
			[]measure{
				{"latency [s]", commitMean, 3e-3},
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := built(t, append([]string{"duration", "60s", "warmup", "5s"}, c.set...)...)
			replications := 20
			if testing.Short() {
				replications = 8
			}
			results := replicate(t, s, replications)
			for _, m := range c.measures {
				agree(t, m.name, of(results, m.of), m.want)
			}
		})
	}
}

// retrying is a store that answers after 150 ms to writers that wait 100 ms
// and try three times.
func retrying(t *testing.T, set ...string) Counts {
	t.Helper()
	s := built(t, append([]string{"duration", "60s", "lanes.w.arrivals.rate", "10/s", "lanes.w.timeout", "100ms",
		"lanes.w.retry.attempts", "3", "lanes.w.retry.backoff", "constant(10ms)", "lanes.w.retry.jitter", "none",
		"stores.s.servers", "1000", "stores.s.overhead", "150ms"}, set...)...)
	y := start(t, s, 0)
	y.RunUntil(s.Duration)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	// Let everything that is under way come to its end.
	if err := y.Apply([]Assignment{{"lanes.w.arrivals.rate", "0/s"}}); err != nil {
		t.Fatal(err)
	}
	y.RunUntil(s.Duration + sim.Minute)
	if err := y.Check(); err != nil {
		t.Fatal(err)
	}
	r := y.Result()
	if r.Lanes[0].InFlight != 0 {
		t.Errorf("%d attempts still in flight", r.Lanes[0].InFlight)
	}
	if clients := int(y.clients.used) - len(y.clients.free); clients != 0 {
		t.Errorf("%d clients are never forgotten", clients)
	}
	return r.Lanes[0].Counts
}

func TestTimedOutWritesMayStillCommit(t *testing.T) {
	c := retrying(t)
	n := c.Offered
	want := Counts{Offered: n, Retried: 2 * n, Admitted: 3 * n, Committed: n, Duplicates: 2 * n, TimedOut: 3 * n, Failed: n, Ambiguous: n, Visible: n}
	if c != want { // the first attempt is stored while the third waits: its writer gives up for all that
		t.Errorf("without idempotency keys\n got %+v\nwant %+v", c, want)
	}
	c = retrying(t, "lanes.w.retry.idempotent", "true")
	want.Offered = c.Offered
	want.Duplicates, want.Suppressed = 0, want.Duplicates
	if c != want {
		t.Errorf("with idempotency keys\n got %+v\nwant %+v", c, want)
	}
	c = retrying(t, "lanes.w.retry.attempts", "1")
	if c.Ambiguous != n || c.Failed != n || c.Committed != n || c.Good != 0 {
		t.Errorf("without retries every write fails and is stored all the same: %+v", c)
	}
	c = retrying(t, "lanes.w.retry.idempotent", "true", "lanes.w.retry.window", "50ms")
	if c.Duplicates != 2*n || c.Suppressed != 0 {
		t.Errorf("an idempotency key forgotten after 50 ms does not help retries that come 110 ms apart: %+v", c)
	}
}

func TestRetryBudget(t *testing.T) {
	c := retrying(t, "lanes.w.retry.budget", "0.1")
	// 100 retries saved up at the start, and one for each ten writes.
	limit := 100 + c.Offered/10 + 1
	if c.Retried > limit || c.Retried < limit-5 {
		t.Errorf("%d retries of %d writes, want about %d", c.Retried, c.Offered, limit)
	}
}

// TestPriority gives two lanes one overloaded partition: the line of the high
// one is that of an M/M/1 of its own, but for the operation in service
// (Cobham 1954: W = R / (1-ρ₁), R = λ E[S²] / 2 with everything served).
func TestPriority(t *testing.T) {
	s := built(t, "duration", "60s", "warmup", "5s", "lanes.w.arrivals.rate", "400/s", "lanes.w.priority", "high", "stores.s.overhead", "exponential(1ms)")
	if err := s.Add("lanes", "bulk"); err != nil {
		t.Fatal(err)
	}
	assign(t, s, "lanes.bulk.store", "s", "lanes.bulk.arrivals.rate", "2000/s", "lanes.bulk.priority", "low")
	results := replicate(t, s, 20)
	// The server is always busy; the residual service is E[S²]/(2 E[S]) = 1 ms.
	agree(t, "wait of the high lane [s]", of(results, func(r *Result) float64 { return r.Lanes[0].Parts[StageLine] }), 1e-3/(1-0.4))
}

func TestStallsStopThePartition(t *testing.T) {
	s := built(t, "duration", "20s", "lanes.w.arrivals.rate", "500/s", "stores.s.overhead", "100us",
		"stores.s.stall_after", "1000", "stores.s.stall", "500ms")
	r := finish(t, s)
	if p50, most := r.Lanes[0].Commit.Quantile(0.5), r.Lanes[0].Commit.Max(); p50 > 1e-3 || most < 0.49 || most > 0.6 {
		t.Errorf("median %v s and maximum %v s, want calm with stalls of 0.5 s", p50, most)
	}
}

func TestAckOnVisibleWaitsForConsumers(t *testing.T) {
	s := built(t, "duration", "20s", "lanes.w.arrivals.rate", "100/s", "lanes.w.ack", "visible", "stores.s.overhead", "1ms",
		"lanes.w.consumers.workers", "10", "lanes.w.consumers.service", "30ms")
	r := finish(t, s)
	if ack := r.Lanes[0].Ack.Quantile(0.01); ack < 31e-3 {
		t.Errorf("a writer had its answer after %v s, before readers could see the write at 31 ms", ack)
	}
	if visible, acked := r.Lanes[0].Counts.Visible, r.Lanes[0].Counts.Acked; visible != acked {
		t.Errorf("%d acked, %d visible", acked, visible)
	}
}
