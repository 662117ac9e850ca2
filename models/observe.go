package models

import (
	"math"

	"onepen/sim"
)

// Sample fills a snapshot with the state of the system now and with what
// happened since the previous call. The snapshot's memory is used again. Looking
// does not influence the run.
func (y *System) Sample(into *Snapshot) {
	now := y.sim.Now()
	span := now - y.sampledAt
	y.sampledAt = now
	into.Time, into.Span = now, span
	into.Lanes = resize(into.Lanes, len(y.lanes))
	for i, l := range y.lanes {
		l.sample(&into.Lanes[i], span)
	}
	into.Allocators = resize(into.Allocators, len(y.allocators))
	for i, a := range y.allocators {
		a.sample(&into.Allocators[i], span)
	}
	into.Stores = resize(into.Stores, len(y.stores))
	for i, s := range y.stores {
		s.sample(&into.Stores[i], span)
	}
}

func resize[T any](items []T, n int) []T {
	if cap(items) < n {
		items = append(items[:cap(items)], make([]T, n-cap(items))...)
	}
	return items[:n]
}

func (l *lane) sample(into *LaneSample, span sim.Time) {
	since := l.tally.minus(l.before)
	l.before = l.tally
	*into = LaneSample{
		Name:     l.config.Name,
		Totals:   l.whole().counts,
		Span:     since.counts,
		InFlight: l.inFlight,
		Ack:      l.y.quantiles(l.ack, l.sampledAck),
		Commit:   l.y.quantiles(l.commits, l.sampledCommits),
		Lag:      l.y.quantiles(l.visibility(), l.sampledLag),
		Unseen:   l.consumers.waiting.n(),

		Consuming: l.consumers.busy.sample(l.y.sim.Now()) / l.consumers.workers.sample(l.y.sim.Now()),

		OfferedRate:   perSecond(since.counts.Offered, span),
		AckedRate:     perSecond(since.counts.Acked, span),
		CommittedRate: perSecond(since.counts.Committed, span),
		RejectedRate:  perSecond(since.counts.Rejected, span),
		GoodRate:      perSecond(since.counts.Good, span),

		QueueMode:  l.config.Queue.Mode,
		QueueDown:  l.queueDown > 0,
		BatchSize:  l.config.Batch.Size,
		BatchCount: since.operations,
		BatchMean:  ratio(float64(since.batched), since.operations),
	}
	for stage := range into.Depth {
		into.Depth[stage] = l.stages[stage].n()
		into.Parts[stage] = ratio(since.parts[stage].seconds(), since.counts.Committed)
	}
	into.OpenBatch = into.Depth[StageLinger]
	lines := 1
	if l.config.Queue.Lines == LinePerPartition {
		lines = l.store.config.Partitions
	}
	into.Workers = lines * l.config.Queue.Workers
	for i := range l.queues {
		into.Busy += l.queues[i].busy
	}
}

// quantiles summarises what a histogram has recorded since the last sample,
// and notes that this one is now the last.
func (y *System) quantiles(all, sampled *sim.Histogram) Quantiles {
	window := y.sampleSpace
	window.CopyFrom(all)
	window.Sub(sampled)
	sampled.CopyFrom(all)
	return Quantiles{
		N: window.N(), Mean: window.Mean(), P50: window.Quantile(0.5), P90: window.Quantile(0.9),
		P99: window.Quantile(0.99), P999: window.Quantile(0.999), Max: window.Max(),
	}
}

func (a *allocator) sample(into *AllocatorSample, span sim.Time) {
	now, before := &a.tally, &a.before
	waited := a.waits.Sum()
	*into = AllocatorSample{
		Name:        a.config.Name,
		Strategy:    a.config.Strategy,
		Down:        a.down > 0,
		Waiting:     a.waiting,
		Requests:    int(a.requests.n),
		Utilization: a.busy.sample(a.y.sim.Now()) / span.Seconds(),
		Rate:        perSecond(now.issued-before.issued, span),
		Wait:        ratio(waited-a.sampled, now.issued-before.issued),
		Stalled:     a.stalled,
		Caught:      now.caught - before.caught,
		Uncaught:    now.uncaught - before.uncaught,
		Reordered:   now.reordered - before.reordered,
	}
	a.before, a.sampled = a.tally, waited
}

// waitingMean is the time-averaged number of writes that have no ID yet: those of
// its lanes.
func (a *allocator) waitingMean(now sim.Time) float64 {
	mean := 0.0
	for _, l := range a.y.lanes {
		if l.allocator == a {
			mean += l.stages[StageAllocator].window.Mean(now)
		}
	}
	return mean
}

func (s *store) sample(into *StoreSample, span sim.Time) {
	now := s.y.sim.Now()
	into.Name, into.Route, into.Active, into.Short = s.config.Name, s.config.Route, s.router.active(), len(s.short) > 0
	s.router.sample(into)
	into.Partitions = resize(into.Partitions, s.shown())
	var most, all uint64
	into.Hot = 0
	for i := range s.partitions {
		p := &s.partitions[i]
		arrived := p.tally.arrived - p.before.arrived
		p.before = p.tally
		if i < into.Active {
			all += arrived
			if arrived > most {
				most, into.Hot = arrived, i
			}
		}
		busy, servers := p.busy.sample(now), p.server.sample(now)
		if i >= len(into.Partitions) {
			continue
		}
		most := p.top.most()
		into.Partitions[i] = PartitionSample{
			Down:        p.down > 0,
			Waiting:     p.line.n(),
			InService:   p.stored,
			Servers:     s.config.Servers,
			Utilization: busy / servers,
			Rate:        perSecond(arrived, span),
			TopKey:      most[0].Key,
			TopShare:    most[0].Share,
			Most:        most,
		}
	}
	into.Nodes = resize(into.Nodes, len(s.nodesShown()))
	for i := range into.Nodes {
		n := &s.nodes[i]
		into.Nodes[i] = NodeSample{
			Waiting:     n.line.n,
			CPUs:        s.config.CPUs,
			Utilization: n.busy.sample(now) / n.cpus.sample(now),
			Syncing:     n.logging.sample(now) / span.Seconds(),
		}
	}
	into.Skew = float64(most) * float64(into.Active) / float64(all)
}

// nodesShown are the machines that partitions share.
func (s *store) nodesShown() []logNode {
	if !s.shared {
		return nil
	}
	return s.nodes
}

// shown is the number of partitions that own keys or still have work.
func (s *store) shown() int {
	n, active := len(s.partitions), s.router.active()
	for n > active && s.partitions[n-1].stored+s.partitions[n-1].line.n() == 0 {
		n--
	}
	return n
}

// Result returns what the run has measured in its window so far. It shares
// nothing with the system.
func (y *System) Result() Result {
	now := y.sim.Now()
	r := Result{From: y.windowFrom, To: now, Halted: y.halted, Events: y.sim.Events()}
	window := now - y.windowFrom
	for _, l := range y.lanes {
		r.Lanes = append(r.Lanes, l.result(window))
	}
	for _, a := range y.allocators {
		r.Allocators = append(r.Allocators, a.result(window))
	}
	for _, s := range y.stores {
		r.Stores = append(r.Stores, s.result(window))
	}
	return r
}

func (l *lane) result(window sim.Time) LaneResult {
	now := l.y.sim.Now()
	r := LaneResult{
		Name: l.config.Name, Window: window, Counts: l.tally.counts, InFlight: l.inFlight,
		Ack: l.ack.Clone(), Commit: l.commits.Clone(), Lag: l.visibility().Clone(),
		QueueMean:  l.stages[StageQueue].window.Mean(now),
		QueueMax:   int(l.stages[StageQueue].window.Max()),
		BatchCount: l.tally.operations,
		BatchMean:  ratio(float64(l.tally.batched), l.tally.operations),
		Consumers:  l.consumers.busy.window.Area(now) / l.consumers.workers.window.Area(now),
	}
	for stage := range r.Parts {
		r.Parts[stage] = ratio(l.tally.parts[stage].seconds(), l.tally.counts.Committed)
		r.Depth[stage] = l.stages[stage].window.Mean(now)
	}
	return r
}

func (a *allocator) result(window sim.Time) AllocatorResult {
	now := a.y.sim.Now()
	return AllocatorResult{
		Name: a.config.Name, Strategy: a.config.Strategy, Window: window,
		Issued: a.tally.issued, Requests: a.tally.requests, Wasted: a.tally.wasted,
		Utilization: a.busy.window.Mean(now),
		WaitMean:    ratio(a.waits.Sum(), a.tally.issued),
		WaitP99:     a.waitQuantile(0.99),
		WaitP999:    a.waitQuantile(0.999),
		WaitMax:     a.waitQuantile(1),
		Gaps:        a.tally.gaps,
		Caught:      a.tally.caught,
		Uncaught:    a.tally.uncaught,
		Reordered:   a.tally.reordered,
		WaitingMean: a.waitingMean(now),
		WaitingMax:  a.most,
	}
}

func (s *store) result(window sim.Time) StoreResult {
	now := s.y.sim.Now()
	r := StoreResult{Name: s.config.Name, Window: window, Active: s.router.active()}
	s.router.result(&r)
	var all, active, most uint64
	for i := range s.partitions {
		n := s.partitions[i].tally.arrived
		all += s.partitions[i].tally.writes
		if i < r.Active {
			active += n
			most = max(most, n)
		}
	}
	r.Skew = float64(most) * float64(r.Active) / float64(active)
	for i := range s.partitions {
		p := &s.partitions[i]
		key, share := p.top.top()
		r.Partitions = append(r.Partitions, PartitionResult{
			Partition: i, Window: window, Writes: p.tally.writes, Operations: p.tally.operations,
			Share:       ratio(float64(p.tally.writes), all),
			Utilization: p.busy.window.Area(now) / p.server.window.Area(now),
			LineMean:    p.line.window.Mean(now), LineMax: int(p.line.window.Max()),
			TopKey: key, TopShare: share,
		})
	}
	for i := range s.nodesShown() {
		n := &s.nodes[i]
		r.Nodes = append(r.Nodes, NodeResult{
			Node: i, Window: window, CPUs: s.config.CPUs,
			Utilization: n.busy.window.Area(now) / n.cpus.window.Area(now),
			LineMean:    n.waiting.window.Mean(now), LineMax: int(n.waiting.window.Max()),
			Syncs: n.syncs, SyncBusy: n.logging.window.Mean(now),
		})
	}
	return r
}

func (t laneTally) minus(u laneTally) laneTally {
	t.counts = t.counts.minus(u.counts)
	for i := range t.parts {
		t.parts[i] = t.parts[i].minus(u.parts[i])
	}
	t.operations -= u.operations
	t.batched -= u.batched
	return t
}

// ratio is x per n; NaN for no n.
func ratio(x float64, n uint64) float64 {
	if n == 0 {
		return math.NaN()
	}
	return x / float64(n)
}
