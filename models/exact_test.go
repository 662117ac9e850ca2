package models

import (
	"fmt"
	"math"
	"testing"
)

// The tests of this file hold systems whose answers are known against those
// answers, each in twenty replications that must agree within three standard
// errors. Runs are long enough for a standard error of about 1 %.

// station returns a scenario of one partition with Poisson arrivals.
func station(tb testing.TB, rate float64, overhead, seconds string, set ...string) *Scenario {
	return built(tb, append([]string{"lanes.w.arrivals.rate", fmt.Sprintf("%g/s", rate), "stores.s.overhead", overhead,
		"duration", seconds, "warmup", "5s"}, set...)...)
}

func meanSojourn(r *Result) float64 { return r.Lanes[0].Commit.Mean() }

func utilization(r *Result) float64 { return r.Stores[0].Partitions[0].Utilization }

// lossShare is the share of the writes offered that were lost. [0,1]
func lossShare(r *Result) float64 { return r.Lanes[0].loss() }

// TestPollaczekKhinchine: the mean sojourn time in M/G/1 with FIFO order is
//
//	W = E[S] + λ E[S²] / (2(1-ρ)),  E[S²] = E[S]² (1 + SCV)
//
// (Pollaczek 1930; Khinchine 1932; Kleinrock 1975, "Queueing Systems" vol. 1,
// eq. 5.70). Overhead and records add up to the service time: a constant and an
// exponential of equal means have an SCV of 1/4.
func TestPollaczekKhinchine(t *testing.T) {
	for _, q := range []struct {
		name                string
		rate, mean, scv     float64 // [1/s], [s]
		overhead, perRecord string
		seconds             string
	}{
		{"M/D/1", 500, 1e-3, 0, "1ms", "0s", "60s"},
		{"M/D/1 under load", 450, 2e-3, 0, "2ms", "0s", "300s"},
		{"lognormal", 400, 2e-3, 0.25, "lognormal(mean=2ms, cv=0.5)", "0s", "150s"},
		{"wide lognormal", 600, 1e-3, 4, "lognormal(mean=1ms, cv=2)", "0s", "300s"},
		{"hyperexponential", 700, 1e-3, 5.5, "hyperexp(p=0.9, a=0.5ms, b=5.5ms)", "0s", "400s"},
		{"Erlang", 850, 1e-3, 0.25, "erlang(k=4, mean=1ms)", "0s", "150s"},
		{"overhead and record", 700, 1e-3, 0.25, "0.5ms", "exponential(0.5ms)", "60s"},
	} {
		t.Run(q.name, func(t *testing.T) {
			t.Parallel()
			s := station(t, q.rate, q.overhead, q.seconds, "stores.s.per_record", q.perRecord)
			results := replicate(t, s, replications())
			rho := q.rate * q.mean
			want := q.mean + q.rate*q.mean*q.mean*(1+q.scv)/(2*(1-rho))
			agree(t, "mean sojourn [s]", of(results, meanSojourn), want)
			agree(t, "utilization", of(results, utilization), rho)
		})
	}
}

// birthDeath returns the stationary law of M/M/c/K: p(n) ∝ a^n / (1·2···min(n,c)
// c^max(0,n-c)), the solution of the balance equations λ p(n) = min(n+1,c) μ
// p(n+1) (Gross, Shortle, Thompson and Harris 2008, § 2.5).
func birthDeath(a float64, servers, room int) []float64 {
	p := []float64{1}
	sum := 1.0
	for n := 1; n <= room; n++ {
		p = append(p, p[n-1]*a/float64(min(n, servers)))
		sum += p[n]
	}
	for n := range p {
		p[n] /= sum
	}
	return p
}

// TestFiniteBacklog: a partition with c servers and a backlog limit of b is
// M/M/c/K with K = c + b. By PASTA the share p(K) of the writes is refused, and
// those accepted are in the system for L / (λ (1 - p(K))), by Little's law.
func TestFiniteBacklog(t *testing.T) {
	for _, q := range []struct {
		rate             float64
		servers, backlog int
		seconds          string
	}{
		{900, 1, 4, "60s"},
		{1500, 1, 19, "60s"},
		{1800, 2, 3, "60s"},
		{3600, 4, 6, "40s"},
	} {
		t.Run(fmt.Sprintf("%g/s on %d with %d", q.rate, q.servers, q.backlog), func(t *testing.T) {
			t.Parallel()
			s := station(t, q.rate, "exponential(1ms)", q.seconds, "stores.s.servers", fmt.Sprint(q.servers), "stores.s.backlog", fmt.Sprint(q.backlog))
			results := replicate(t, s, replications())
			p := birthDeath(q.rate/1000, q.servers, q.servers+q.backlog)
			loss, inSystem := p[len(p)-1], 0.0
			for n := range p {
				inSystem += float64(n) * p[n]
			}
			agree(t, "share refused", of(results, lossShare), loss)
			agree(t, "mean sojourn of the accepted [s]", of(results, meanSojourn), inSystem/(q.rate*(1-loss)))
			agree(t, "utilization", of(results, utilization), q.rate/1000*(1-loss)/float64(q.servers))
		})
	}
}

// TestErlangLoss: without a backlog it is M/G/c/c, whose loss is Erlang's B
// formula whatever the law of the service time (Erlang 1917; insensitivity:
// Sevast'yanov 1957).
func TestErlangLoss(t *testing.T) {
	for _, q := range []struct {
		servers  int
		erlangs  float64
		overhead string
	}{
		{5, 3, "exponential(10ms)"},
		{10, 5, "10ms"},
		{10, 10, "lognormal(mean=10ms, cv=1.5)"},
		{20, 12, "hyperexp(mean=10ms, scv=4)"},
	} {
		t.Run(fmt.Sprintf("%g erlangs of %s on %d", q.erlangs, q.overhead, q.servers), func(t *testing.T) {
			t.Parallel()
			s := station(t, q.erlangs*100, q.overhead, "95s", "stores.s.servers", fmt.Sprint(q.servers), "stores.s.backlog", "0")
			p := birthDeath(q.erlangs, q.servers, q.servers)
			agree(t, "share refused", of(replicate(t, s, replications()), lossShare), p[q.servers])
		})
	}
}

// TestClosedLoop is the machine-repair model, M/M/c//N: N writers think for Z
// on average and wait for their answer. The number at the store has the law
//
//	p(n) = p(n-1) (N-n+1)/Z / (min(n,c) μ)
//
// whatever the law of the thinking; throughput is (N - L)/Z and the mean
// response time N/X - Z (Gross, Shortle, Thompson and Harris 2008, § 2.8).
func TestClosedLoop(t *testing.T) {
	for _, q := range []struct {
		writers, servers int
		think, service   float64 // [s]
		thinking         string  // its law
	}{
		{5, 1, 20e-3, 2e-3, "exponential(20ms)"},
		{20, 1, 20e-3, 1e-3, "exponential(20ms)"},
		{50, 4, 50e-3, 5e-3, "exponential(50ms)"},
		{12, 1, 10e-3, 1e-3, "10ms"},
	} {
		t.Run(fmt.Sprintf("%d writers on %d servers after %s", q.writers, q.servers, q.thinking), func(t *testing.T) {
			t.Parallel()
			s := built(t, "duration", "65s", "warmup", "5s", "lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", fmt.Sprint(q.writers),
				"lanes.w.arrivals.think", q.thinking, "stores.s.overhead", fmt.Sprintf("exponential(%gms)", q.service*1e3), "stores.s.servers", fmt.Sprint(q.servers))
			results := replicate(t, s, replications())
			p, sum, inSystem := 1.0, 1.0, 0.0
			for n := 1; n <= q.writers; n++ {
				p *= float64(q.writers-n+1) / q.think * q.service / float64(min(n, q.servers))
				sum += p
				inSystem += float64(n) * p
			}
			throughput := (float64(q.writers) - inSystem/sum) / q.think
			agree(t, "throughput [1/s]", of(results, func(r *Result) float64 {
				return float64(r.Lanes[0].Counts.Committed) / r.Lanes[0].Window.Seconds()
			}), throughput)
			agree(t, "mean response [s]", of(results, meanSojourn), float64(q.writers)/throughput-q.think)
			agree(t, "utilization", of(results, utilization), throughput*q.service/float64(q.servers))
		})
	}
}

// TestSaturatedClosedLoop: writers that do not think keep every server busy, so
// that the throughput is c/E[S] and the response time N E[S]/c.
func TestSaturatedClosedLoop(t *testing.T) {
	t.Parallel()
	s := built(t, "duration", "25s", "warmup", "5s", "lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", "16",
		"stores.s.overhead", "exponential(2ms)", "stores.s.servers", "4")
	results := replicate(t, s, replications())
	agree(t, "mean response [s]", of(results, meanSojourn), 16*2e-3/4)
}

// TestBatchFormation: a batch of Poisson arrivals that closes with its N-th
// write or after a linger of T has a mean size, counted over batches, and a mean
// time that a write lingers of
//
//	E[size]  = 1 + Σ k P(K=k), k < N-1, + (N-1) P(K ≥ N-1),   K ~ Poisson(λT)
//	E[delay] = Σ (1+k) G(k), k ≤ N-2, / E[size],              G(k) = P(Erlang(k+1, λ) ≤ T)/λ
//
// as the batch holds 1+k writes for a mean time G(k). With the store idle the
// delay is all there is.
func TestBatchFormation(t *testing.T) {
	for _, q := range []struct {
		rate   float64
		size   int
		linger string
		time   float64 // the linger [s]
	}{
		{1000, 100, "10ms", 10e-3}, // almost always closed by the linger
		{1000, 5, "50ms", 50e-3},   // almost always full
		{1000, 10, "10ms", 10e-3},  // both
		{200, 2, "5ms", 5e-3},
	} {
		t.Run(fmt.Sprintf("%g/s in batches of %d or %s", q.rate, q.size, q.linger), func(t *testing.T) {
			t.Parallel()
			s := station(t, q.rate, "0s", "65s", "lanes.w.batch.size", fmt.Sprint(q.size), "lanes.w.batch.linger", q.linger)
			results := replicate(t, s, replications())
			size, held := 1.0, 0.0
			p := math.Exp(-q.rate * q.time) // P(K=k)
			below := 0.0                    // P(K≤k)
			for k := 0; k <= q.size-2; k++ {
				if k > 0 {
					p *= q.rate * q.time / float64(k)
				}
				below += p
				size += 1 - below // E[min(K, N-1)] = Σ P(K>k)
				held += float64(k+1) * (1 - below) / q.rate
			}
			agree(t, "writes per batch", of(results, func(r *Result) float64 { return r.Lanes[0].BatchMean }), size)
			agree(t, "mean delay [s]", of(results, meanSojourn), held/size)
			agree(t, "batches per second", of(results, func(r *Result) float64 {
				return float64(r.Lanes[0].BatchCount) / r.Lanes[0].Window.Seconds()
			}), q.rate/size)
		})
	}
}

// TestCentralCounter: the central counter is M/D/1 in front of the store.
func TestCentralCounter(t *testing.T) {
	t.Parallel()
	const rate, service = 80_000.0, 10e-6
	s := station(t, rate, "0s", "3s", "lanes.w.ids", "a", "allocators.a.service", "10us", "allocators.a.round_trip", "200us", "warmup", "1s")
	results := replicate(t, s, replications())
	rho := rate * service
	wait := service + rate*service*service/(2*(1-rho))
	agree(t, "mean wait for an ID [s]", of(results, func(r *Result) float64 { return r.Allocators[0].WaitMean }), wait+200e-6)
	agree(t, "utilization", of(results, func(r *Result) float64 { return r.Allocators[0].Utilization }), rho)
}

// TestLeaseRate: every ID comes from a block, so that the counter serves λ/B
// requests a second, whatever the number of writers and however early they
// fetch, and is busy for a share λ E[S]/B of the time.
func TestLeaseRate(t *testing.T) {
	for _, prefetch := range []string{"0", "0.5"} {
		t.Run("prefetch "+prefetch, func(t *testing.T) {
			t.Parallel()
			s := station(t, 20_000, "0s", "9s", "warmup", "1s", "lanes.w.arrivals.writers", "8", "lanes.w.ids", "a",
				"allocators.a.strategy", "range", "allocators.a.block", "50", "allocators.a.service", "exponential(1ms)", "allocators.a.prefetch", prefetch)
			results := replicate(t, s, replications())
			agree(t, "utilization", of(results, func(r *Result) float64 { return r.Allocators[0].Utilization }), 0.4)
			agree(t, "requests per second", of(results, func(r *Result) float64 {
				return float64(r.Allocators[0].Requests) / r.Allocators[0].Window.Seconds()
			}), 400)
		})
	}
}

// TestLeaseOnDemand: one writer that fetches a block when a write finds none.
// With L the time of a lease, constant and so long after the last that at most
// one block is needed, a cycle of B writes has one that waits for L and λL on
// average that come meanwhile and wait for the rest of it:
//
//	mean wait = (L + λL²/2) / B
//
// It is exact as long as the λL writes hardly ever exhaust the block itself.
func TestLeaseOnDemand(t *testing.T) {
	t.Parallel()
	const rate, lease, block = 2000.0, 5e-3, 100
	s := station(t, rate, "0s", "105s", "lanes.w.ids", "a", "allocators.a.strategy", "range", "allocators.a.block", fmt.Sprint(block),
		"allocators.a.prefetch", "0", "allocators.a.service", "5ms")
	results := replicate(t, s, replications())
	agree(t, "mean wait for an ID [s]", of(results, func(r *Result) float64 { return r.Allocators[0].WaitMean }), (lease+rate*lease*lease/2)/block)
}

// TestZipfPartitions: by the splitting of Poisson processes each partition is
// an M/M/1 with its share of the load, the sum of the shares of the keys it
// owns, i^-s / H for the i-th; a key's owner is splitmix64(i) mod partitions.
func TestZipfPartitions(t *testing.T) {
	for _, q := range []struct {
		skew       float64
		partitions int
		rate       float64
	}{
		{0.8, 8, 4000},
		{0.99, 16, 5000},
	} {
		t.Run(fmt.Sprintf("zipf(%g) on %d", q.skew, q.partitions), func(t *testing.T) {
			t.Parallel()
			const keys, mu = 1000, 1000.0
			s := station(t, q.rate, "exponential(1ms)", "35s", "lanes.w.keys.skew", fmt.Sprintf("zipf(%g)", q.skew),
				"lanes.w.keys.space", fmt.Sprint(keys), "stores.s.partitions", fmt.Sprint(q.partitions))
			results := replicate(t, s, replications())
			share, sum := make([]float64, q.partitions), 0.0
			for i := uint64(1); i <= keys; i++ {
				weight := math.Pow(float64(i), -q.skew)
				share[hashOf(i)%uint64(q.partitions)] += weight
				sum += weight
			}
			sojourn, hot := 0.0, 0
			for j := range share {
				share[j] /= sum
				sojourn += share[j] / (mu - q.rate*share[j])
				if share[j] > share[hot] {
					hot = j
				}
			}
			agree(t, "mean sojourn [s]", of(results, meanSojourn), sojourn)
			agree(t, "share of the hot partition", of(results, func(r *Result) float64 { return r.Stores[0].Partitions[hot].Share }), share[hot])
			agree(t, "utilization of the hot partition", of(results, func(r *Result) float64 { return r.Stores[0].Partitions[hot].Utilization }), q.rate*share[hot]/mu)
			agree(t, "skew", of(results, func(r *Result) float64 { return r.Stores[0].Skew }), share[hot]*float64(q.partitions))
		})
	}
}

// hashOf is splitmix64 written a second time, from its definition (Steele, Lea
// and Flood 2014), to hold the first against.
func hashOf(x uint64) uint64 {
	z := x + 0x9E3779B97F4A7C15
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

// TestQueueWorkersAreServers: a queue with w workers before a store with more
// servers than that is M/M/w, its line in the queue.
func TestQueueWorkersAreServers(t *testing.T) {
	t.Parallel()
	const rate, workers = 3200.0, 4
	s := station(t, rate, "exponential(1ms)", "35s", "stores.s.servers", "16",
		"lanes.w.queue.mode", "memory", "lanes.w.queue.workers", fmt.Sprint(workers))
	results := replicate(t, s, replications())
	wait := erlangC(workers, rate/1000) / (workers*1000 - rate)
	agree(t, "mean sojourn [s]", of(results, meanSojourn), 1e-3+wait)
	agree(t, "writes in the queue", of(results, func(r *Result) float64 { return r.Lanes[0].QueueMean }), rate*wait)
	agree(t, "time in the queue [s]", of(results, func(r *Result) float64 { return r.Lanes[0].Parts[StageQueue] }), wait)
}

// TestQueueCapacityIsRoom: with a capacity of k that queue is M/M/w/(w+k).
func TestQueueCapacityIsRoom(t *testing.T) {
	t.Parallel()
	s := station(t, 1900, "exponential(1ms)", "35s", "stores.s.servers", "8",
		"lanes.w.queue.mode", "memory", "lanes.w.queue.workers", "2", "lanes.w.queue.capacity", "5")
	p := birthDeath(1.9, 2, 7)
	agree(t, "share refused", of(replicate(t, s, replications()), lossShare), p[7])
}

// TestDurableAppends: with a constant append time D the append is a server in
// bulk: it takes all that wait. While it is never idle for long a write waits
// for the rest of the append under way and for its own. For λD large the
// server is always busy; a write then comes at a uniform instant of an append
// and is accepted after D/2 + D on average.
func TestDurableAppends(t *testing.T) {
	t.Parallel()
	s := station(t, 10_000, "0s", "11s", "warmup", "1s", "lanes.w.ack", "accept",
		"lanes.w.queue.mode", "durable", "lanes.w.queue.append", "2ms", "lanes.w.queue.workers", "1000")
	agree(t, "mean time to ack [s]", of(replicate(t, s, replications()), func(r *Result) float64 { return r.Lanes[0].Ack.Mean() }), 3e-3)
}
