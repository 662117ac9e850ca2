package experiments

import (
	"math"
	"testing"

	"onepen/models"
	"onepen/sim"
)

// The claims of the shipped scenarios, as their about texts make them. All
// runs share the seed of the scenario, so a move meets the same writes.

// outcome is the part of a result that the claims are about.
type outcome struct {
	mean, p99    float64 // offer to commit [s]
	allocator    float64 // share of the time that goes to the allocator
	counter      float64 // utilization of the counter
	inFlight     int
	hot, average float64 // utilization of the hottest partition, and mean of all
}

// outcomeOf runs a scenario with some values changed, and looks at one lane.
func outcomeOf(t *testing.T, name string, lane int, texts ...string) outcome {
	t.Helper()
	r := mustRun(t, loaded(t, name, texts...), Options{}).Result
	l := &r.Lanes[lane]
	o := outcome{mean: l.Commit.Mean(), p99: l.Commit.Quantile(0.99), inFlight: l.InFlight}
	o.allocator = l.Parts[models.StageAllocator] / o.mean
	if len(r.Allocators) > 0 {
		o.counter = r.Allocators[0].Utilization
	}
	for i := range r.Stores {
		hot, mean := hottest(&r.Stores[i])
		if i == 0 {
			o.hot, o.average = hot.Utilization, mean
		}
	}
	return o
}

// claim fails unless what a text claims is so.
func claim(t *testing.T, holds bool, what string, seen ...outcome) {
	t.Helper()
	if !holds {
		t.Errorf("does not hold: %s\n%+v", what, seen)
	}
}

func TestOnePen(t *testing.T) {
	base := outcomeOf(t, "one-pen", 0)
	claim(t, base.counter > 0.96 && base.counter < 0.995, "the counter is about 98 % busy", base)
	claim(t, base.mean > 10*0.002, "an answer takes more than ten times the 2 ms of storing", base)
	claim(t, base.allocator > 0.8, "most of that is the wait for an ID", base)
	claim(t, base.average > 0.2 && base.average < 0.3, "the store is a quarter busy", base)
	early := outcomeOf(t, "one-pen", 0, "duration=10s", "warmup=1s")
	claim(t, early.mean > 5*0.002 && early.allocator > 0.8, "the trouble shows within ten seconds", early)

	sharded := outcomeOf(t, "one-pen", 0, "stores.orders.partitions=16")
	claim(t, sharded.mean > 0.9*base.mean, "more partitions change nothing", base, sharded)
	leased := outcomeOf(t, "one-pen", 0, "allocators.counter.strategy=range")
	claim(t, leased.p99 < base.p99/5 && leased.allocator < 0.01, "with leased ranges the line is gone", base, leased)
}

func TestURLShortener(t *testing.T) {
	mapping, clicks := outcomeOf(t, "url-shortener", 0), outcomeOf(t, "url-shortener", 1)
	claim(t, mapping.counter > 0.92 && mapping.allocator > 0.7, "the counter is 95 % busy and makes the mappings wait", mapping)
	claim(t, clicks.p99 < 0.1, "clicks are stored soon, burst or not", clicks)
	calm := outcomeOf(t, "url-shortener", 0, "lanes.clicks.arrivals.rate=1/s", "lanes.clicks.arrivals.peak=1/s")
	claim(t, calm.mean == mapping.mean, "clicks never slow the mappings", calm, mapping)
	leased := outcomeOf(t, "url-shortener", 0, "allocators.codes.strategy=range")
	claim(t, leased.mean < mapping.mean/3, "leased ranges free the mappings", mapping, leased)
	mixed := outcomeOf(t, "url-shortener", 0, "allocators.codes.strategy=range", "lanes.clicks.store=links")
	claim(t, mixed.p99 > 3*leased.p99, "on one store, bursts of clicks slow the mappings", leased, mixed)
}

func TestAdClicks(t *testing.T) {
	const hash, batch = "stores.clicks.route=hash", "lanes.clicks.batch.size=64"
	base := outcomeOf(t, "ad-clicks", 0)
	claim(t, base.hot > 0.99 && base.average < 0.4, "one partition is full, the others idle", base)
	shorter := outcomeOf(t, "ad-clicks", 0, "duration=30s")
	claim(t, base.inFlight > shorter.inFlight+50_000, "its line grows without end", shorter, base)
	more := outcomeOf(t, "ad-clicks", 0, "stores.clicks.partitions=16")
	claim(t, more.mean > 0.9*base.mean, "more partitions do nothing", base, more)
	hashed, batched := outcomeOf(t, "ad-clicks", 0, hash), outcomeOf(t, "ad-clicks", 0, batch)
	for _, one := range []outcome{hashed, batched} {
		claim(t, one.p99 < 5 && one.p99 > 0.5, "one move alone leaves a line of seconds after each burst", one)
	}
	both := outcomeOf(t, "ad-clicks", 0, hash, batch)
	claim(t, both.p99 < 0.05, "both moves end it", both)
	queued := outcomeOf(t, "ad-clicks", 0, "lanes.clicks.queue.mode=durable", "lanes.clicks.ack=accept")
	claim(t, queued.inFlight > 100_000, "a queue alone moves the pile", queued)
}

// TestAdClicksMovedLate: a move does not store again what has piled up before
// it, so that it looks like no help for half a minute; made from the start it
// leaves a line of a second or two, and with both moves a click is stored in 16 ms.
func TestAdClicksMovedLate(t *testing.T) {
	const name, hash, batch = "ad-clicks", "stores.clicks.route=hash", "lanes.clicks.batch.size=64"
	late := watchWith(t, name, func(s *models.Scenario) {
		s.Timeline = []models.Change{{At: 6 * sim.Second, Set: []models.Assignment{{Path: "stores.clicks.route", Value: "hash"}}}}
	})
	inFlight := func(from, to sim.Time) float64 {
		return meanOf(late.samples("clicks", from*sim.Second, to*sim.Second), func(l *models.LaneSample) float64 { return float64(l.InFlight) })
	}
	late.claims("tens of thousands wait after six seconds", inFlight(5, 6) > 20_000)
	late.claims("and wait ever longer after the move", late.samples("clicks", 28*sim.Second, 30*sim.Second)[0].Ack.P99 > 20)
	late.claims("the pile is there half a minute later", inFlight(29, 31) > 10_000)
	early := watch(t, name, hash)
	early.claims("made from the start, a burst leaves a line of a second or two", early.p50("clicks") > 1 && early.p99("clicks") < 3)
	both := watch(t, name, hash, batch)
	both.claims("with both moves a click is stored in 16 ms, burst or not", math.Abs(both.p50("clicks")-0.016) < 0.001 && both.p99("clicks") < 0.03)
}

// TestAdClicksThroughABurst holds what time and source, a queue and batches
// promise together: even partitions, and answers that no burst delays, while
// readers lag behind it and catch up.
func TestAdClicksThroughABurst(t *testing.T) {
	const name, timeSource = "ad-clicks", "stores.clicks.route=time_source"
	skew := func(texts ...string) float64 {
		return watch(t, name, append(texts, "duration=30s")...).Result.Stores[0].Skew // a single bucket
	}
	if bucket, source := skew(), skew(timeSource); bucket < 0.95*8 || source > 1.5 {
		t.Errorf("skew %.2f of 8 partitions by time, %.2f by time and source", bucket, source)
	}
	burst := watch(t, name, timeSource, "lanes.clicks.batch.size=64", "lanes.clicks.queue.mode=durable", "lanes.clicks.ack=accept",
		"lanes.clicks.consumers.workers=8", "lanes.clicks.consumers.service=exponential(1ms)", "duration=40s",
		"lanes.clicks.arrivals.process=poisson", "lanes.clicks.arrivals.rate=3000/s", "lanes.clicks.arrivals.profile=steps(0s: 1, 10s: 5, 15s: 1)")
	worst := func(from, to sim.Time, of func(*models.LaneSample) float64) float64 {
		most := 0.0
		for _, s := range burst.samples("clicks", from*sim.Second, to*sim.Second) {
			most = max(most, of(&s))
		}
		return most
	}
	ack := func(s *models.LaneSample) float64 { return s.Ack.P99 }
	lag := func(s *models.LaneSample) float64 { return s.Lag.P99 }
	burst.claims("five times the clicks come", worst(11, 15, func(s *models.LaneSample) float64 { return s.OfferedRate }) > 4.5*3000)
	burst.claims("answers take a millisecond before, in and after the burst",
		worst(3, 10, ack) < 0.0012 && worst(10, 15, ack) < 1.1*worst(3, 10, ack) && worst(15, 40, ack) < 1.1*worst(3, 10, ack))
	burst.claims("readers lag behind by seconds", worst(3, 10, lag) < 0.05 && worst(14, 17, lag) > 2)
	burst.claims("and catch up", worst(30, 40, lag) < 0.05)
}

func TestWebClicks(t *testing.T) {
	short := outcomeOf(t, "web-clicks", 0, "duration=30s")
	base := outcomeOf(t, "web-clicks", 0)
	once, again := watch(t, "web-clicks", "lanes.requests.arrivals.repeat=false", "warmup=0s"), watch(t, "web-clicks")
	offered := func(w *watched, from, to sim.Time) float64 {
		return meanOf(w.samples("requests", from*sim.Second, to*sim.Second), func(l *models.LaneSample) float64 { return l.OfferedRate })
	}
	once.claims("there are 10 000 requests", once.lane("requests").Counts.Offered == 10_000)
	once.claims("they last ten seconds", offered(once, 9, 10) > 100 && offered(once, 11, 60) == 0)
	again.claims("and then come again, until the end", offered(again, 11, 60) > 900)
	// About a thousand a second arrive and half as many are stored.
	claim(t, short.inFlight > 10_000 && base.inFlight > short.inFlight+10_000, "one partition falls behind for ever", short, base)
	four := outcomeOf(t, "web-clicks", 0, "stores.pages.partitions=4")
	claim(t, four.inFlight < 100 && four.p99 < 0.1, "four keep up", four)
	claim(t, four.hot > 1.3*four.average, "but not evenly", four)
}
