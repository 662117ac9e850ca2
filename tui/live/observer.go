package live

import (
	"math"

	"onepen/experiments/breach"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
)

// window is the simulated time that charts show at most.
const window = 60 * sim.Second

// The spacing of samples is that of the scenario's time series, within what a
// person can see: finer ones fall into one column of a chart, coarser ones
// make the numbers stand still.
const (
	minSpacing = 10 * sim.Millisecond
	maxSpacing = 500 * sim.Millisecond
)

// observer turns samples into the history and the averages that frames show.
type observer struct {
	spacing  sim.Time
	snapshot models.Snapshot
	breaches *breach.Watcher
	times    track[float64]
	lanes    []laneView
	counters []counterView
	stores   []storeView
}

type laneView struct {
	offered, done, late, refused average
	inFlight, busy, fill         average
	lag, unseen                  average
	depth, parts                 [models.NumStages]average
	p50, p99                     average

	ackP50, ackP99    track[float64]
	offeredAt, doneAt track[float64]
	lagAt             track[float64]
	piled, timeIn     [models.NumStages]track[float64]

	piledScale, ackScale, rateScale chart.Scale
}

type counterView struct {
	utilization, waiting, rate, wait average

	busyAt    track[float64]
	reordered uint64
}

type storeView struct {
	partitions []partitionView
	nodes      []nodeView
	heat       track[[]float64]
}

type nodeView struct{ utilization, waiting average }

// MaxHeat is the number of partitions up to which a store's heat is recorded: of
// more, a minute would take hundreds of megabytes.
const MaxHeat = 1024

type partitionView struct{ utilization, waiting, rate average }

func newObserver(s *models.Scenario) *observer {
	o := &observer{spacing: min(max(s.Sample, minSpacing), maxSpacing), breaches: breach.New(s)}
	keep := int((window+o.spacing-1)/o.spacing) + 2 // one sample left of the window, one at each end
	o.times.keep = keep
	o.lanes = make([]laneView, len(s.Lanes))
	for i := range o.lanes {
		l := &o.lanes[i]
		for _, t := range []*track[float64]{&l.ackP50, &l.ackP99, &l.offeredAt, &l.doneAt, &l.lagAt} {
			t.keep = keep
		}
		for stage := range l.piled {
			l.piled[stage].keep, l.timeIn[stage].keep = keep, keep
		}
	}
	o.counters = make([]counterView, len(s.Allocators))
	for i := range o.counters {
		o.counters[i].busyAt.keep = keep
	}
	o.stores = make([]storeView, len(s.Stores))
	for i := range o.stores {
		o.stores[i].heat.keep = keep
	}
	return o
}

// observe takes a sample. It does not influence the system.
func (o *observer) observe(y *models.System) {
	y.Sample(&o.snapshot)
	s := &o.snapshot
	if s.Span > 0 { // before the clock moves nothing can break
		o.breaches.See(y.Scenario(), s)
	}
	span, fade := s.Span.Seconds(), decay(s.Span)
	o.times.add(s.Time.Seconds())
	for i := range s.Lanes {
		o.lanes[i].observe(&s.Lanes[i], span, fade)
	}
	for i := range s.Allocators {
		a, v := &s.Allocators[i], &o.counters[i]
		v.utilization.add(a.Utilization, span, fade)
		v.waiting.add(float64(a.Waiting), span, fade)
		v.rate.add(a.Rate, span, fade)
		v.wait.add(a.Wait, a.Rate*span, fade)
		v.reordered += a.Reordered
		v.busyAt.add(v.utilization.fraction())
	}
	for i := range s.Stores {
		o.stores[i].observe(&s.Stores[i], span, fade)
	}
}

func (v *laneView) observe(l *models.LaneSample, span, fade float64) {
	v.offered.add(l.OfferedRate, span, fade)
	v.done.add(l.CommittedRate, span, fade)
	v.late.add(l.CommittedRate-l.GoodRate, span, fade)
	if span > 0 {
		v.refused.add(float64(l.Span.Rejected+l.Span.Dropped)/span, span, fade)
	}
	v.inFlight.add(float64(l.InFlight), span, fade)
	if l.Workers > 0 {
		v.busy.add(float64(l.Busy)/float64(l.Workers), span, fade)
	} else {
		v.busy = average{}
	}
	v.fill.add(l.BatchMean, float64(l.BatchCount), fade)
	committed := float64(l.Span.Committed)
	for stage := range v.depth {
		v.depth[stage].add(float64(l.Depth[stage]), span, fade)
		v.parts[stage].add(l.Parts[stage], committed, fade)
		v.piled[stage].add(float64(l.Depth[stage]))
		v.timeIn[stage].add(v.parts[stage].value())
	}
	v.offeredAt.add(v.offered.value())
	v.doneAt.add(v.done.value())
	v.lag.add(l.Lag.P99, float64(l.Lag.N), fade)
	v.lagAt.add(v.lag.value())
	v.unseen.add(float64(l.Unseen), span, fade)
	v.p50.add(l.Ack.P50, float64(l.Ack.N), fade)
	v.p99.add(l.Ack.P99, float64(l.Ack.N), fade)
	v.ackP50.add(v.p50.value())
	v.ackP99.add(v.p99.value())
}

func (v *storeView) observe(s *models.StoreSample, span, fade float64) {
	for len(v.partitions) < len(s.Partitions) {
		v.partitions = append(v.partitions, partitionView{})
	}
	v.partitions = v.partitions[:len(s.Partitions)]
	for i := range s.Partitions {
		p, view := &s.Partitions[i], &v.partitions[i]
		view.utilization.add(p.Utilization, span, fade)
		view.waiting.add(float64(p.Waiting), span, fade)
		view.rate.add(p.Rate, span, fade)
	}
	for len(v.nodes) < len(s.Nodes) {
		v.nodes = append(v.nodes, nodeView{})
	}
	for i := range s.Nodes {
		v.nodes[i].utilization.add(s.Nodes[i].Utilization, span, fade)
		v.nodes[i].waiting.add(float64(s.Nodes[i].Waiting), span, fade)
	}
	var loads []float64
	if len(v.partitions) <= MaxHeat {
		loads = make([]float64, len(v.partitions))
	}
	for i := range loads {
		loads[i] = v.partitions[i].utilization.fraction()
	}
	v.heat.add(loads)
}

// show writes what was observed into a frame.
func (o *observer) show(f *Frame) {
	s := &o.snapshot
	f.Sampled = s.Time
	f.Times = o.times.view()
	f.Window = windowAt(f.Time)
	f.Breaches = o.breaches.Breaches()
	f.Lanes = make([]Lane, len(s.Lanes))
	for i := range f.Lanes {
		o.lanes[i].show(&f.Lanes[i], &s.Lanes[i])
	}
	f.Allocators = make([]Allocator, len(s.Allocators))
	for i := range f.Allocators {
		a, v := &s.Allocators[i], &o.counters[i]
		f.Allocators[i] = Allocator{
			Name: a.Name, Strategy: a.Strategy, Down: a.Down,
			Utilization: v.utilization.fraction(),
			Waiting:     v.waiting.value(),
			Rate:        v.rate.value(),
			Wait:        v.wait.value(),
			Reordered:   v.reordered,
			BusyAt:      v.busyAt.view(),
		}
	}
	f.Stores = make([]Store, len(s.Stores))
	for i := range f.Stores {
		o.stores[i].show(&f.Stores[i], &s.Stores[i])
	}
}

func (v *laneView) show(l *Lane, now *models.LaneSample) {
	l.Name, l.Now = now.Name, *now
	l.Offered, l.Done, l.Late, l.Refused = v.offered.value(), v.done.value(), v.late.value(), v.refused.value()
	l.InFlight, l.Busy, l.Fill = v.inFlight.value(), v.busy.fraction(), v.fill.value()
	l.Lag, l.Unseen = v.lag.value(), v.unseen.value()
	l.AckP50, l.AckP99 = v.ackP50.view(), v.ackP99.view()
	l.OfferedAt, l.DoneAt, l.LagAt = v.offeredAt.view(), v.doneAt.view(), v.lagAt.view()
	for stage := range l.Depth {
		l.Depth[stage] = v.depth[stage].value()
		l.Parts[stage] = v.parts[stage].value()
		l.Piled[stage] = v.piled[stage].view()
		l.TimeIn[stage] = v.timeIn[stage].view()
	}
	v.piledScale = chart.NiceScale(v.piledScale, math.Max(highestPile(l), fewPiled))
	v.ackScale = ackScale(v.ackScale, l)
	v.rateScale = chart.NiceScale(v.rateScale, highestRate(l))
	l.PiledScale, l.AckScale, l.RateScale = v.piledScale, v.ackScale, v.rateScale
}

// highestRate returns the largest rate of the history.
func highestRate(l *Lane) float64 {
	highest := 0.0
	for _, rates := range [][]float64{l.OfferedAt, l.DoneAt} {
		if _, top, ok := chart.Extent(rates); ok {
			highest = math.Max(highest, top)
		}
	}
	return highest
}

// fewPiled is the least end of an axis of writes in flight: one of them does not
// fill the chart, and there are no ticks between whole numbers.
const fewPiled = 5

// highestPile returns the largest number of writes in flight of the history.
func highestPile(l *Lane) float64 {
	highest := 0.0
	for i := range l.Piled[0] {
		sum := 0.0
		for stage := range l.Piled {
			sum += l.Piled[stage][i]
		}
		highest = math.Max(highest, sum)
	}
	return highest
}

// ackScale returns the axis for the latencies of the history.
func ackScale(prev chart.Scale, l *Lane) chart.Scale {
	low, _, _ := chart.Extent(l.AckP50)
	_, high, ok := chart.Extent(l.AckP99)
	if !ok || low <= 0 {
		low = math.NaN() // an ack at the instant of the offer has no place on a log axis
	}
	return chart.NiceLogScale(prev, low, high)
}

func (v *storeView) show(s *Store, now *models.StoreSample) {
	s.Name, s.Route, s.Active, s.Short, s.Skew = now.Name, now.Route, now.Active, now.Short, math.NaN()
	s.Heat = v.heat.view()
	s.Nodes = make([]Node, len(now.Nodes))
	for i := range s.Nodes {
		s.Nodes[i] = Node{Utilization: v.nodes[i].utilization.fraction(), Waiting: v.nodes[i].waiting.value()}
	}
	s.Partitions = make([]Partition, len(now.Partitions))
	var sum, most, busiest float64
	for i := range s.Partitions {
		view := &v.partitions[i]
		p := Partition{
			Down:        now.Partitions[i].Down,
			Utilization: view.utilization.fraction(),
			Waiting:     view.waiting.value(),
			Rate:        view.rate.value(),
			TopKey:      now.Partitions[i].TopKey,
			TopShare:    now.Partitions[i].TopShare,
			Servers:     now.Partitions[i].Servers,
			Most:        now.Partitions[i].Most,
		}
		s.Partitions[i] = p
		if p.Utilization > busiest {
			busiest, s.Hot = p.Utilization, i
		}
		if i < s.Active {
			sum += p.Rate
			most = math.Max(most, p.Rate)
		}
	}
	if sum > 0 {
		s.Skew = most * float64(s.Active) / sum
	}
}

// windows are the lengths of history that a chart shows as the run grows into
// them [s]: a fixed minute would leave the first ten seconds in a corner.
var windows = [...]float64{10, 20, 30, 60}

// windowAt returns the part of the history that charts show at an instant.
func windowAt(now sim.Time) chart.Range {
	t := now.Seconds()
	for _, length := range windows {
		if t <= length {
			return chart.Range{Max: length}
		}
	}
	return chart.Range{Min: t - window.Seconds(), Max: t}
}
