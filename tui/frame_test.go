package tui

import (
	"math"
	"testing"

	"onepen/experiments/breach"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// The frames below are made by hand, so that goldens change when the screen
// does and not when a model does.

// shopScenario is a write path with two lanes, as the screens show it.
func shopScenario(t testing.TB) *models.Scenario {
	t.Helper()
	s := models.NewScenario("shop")
	s.Name = "shop"
	s.About = "Orders wait for a number.\n\nYou see: one counter gives out the numbers,\nand it is nearly full.\nTry: ranges."
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Add("stores", "shelf"))
	must(s.Add("stores", "log"))
	must(s.Add("allocators", "numbers"))
	must(s.Add("lanes", "orders"))
	must(s.Add("lanes", "clicks"))
	for _, a := range []models.Assignment{
		{Path: "seed", Value: "7"},
		{Path: "lanes.orders.ids", Value: "numbers"},
		{Path: "lanes.orders.store", Value: "shelf"},
		{Path: "lanes.orders.queue.mode", Value: "durable"},
		{Path: "lanes.orders.batch.size", Value: "64"},
		{Path: "lanes.orders.batch.linger", Value: "20ms"},
		{Path: "lanes.clicks.store", Value: "log"},
		{Path: "stores.shelf.partitions", Value: "8"},
		{Path: "stores.log.partitions", Value: "256"},
	} {
		must(s.Set(a.Path, a.Value))
	}
	return s
}

// shopFrame is the shop 42.3 s after its start: the counter was left by ranges
// at 30 s, and since then one partition is hot.
func shopFrame(t testing.TB) *live.Frame {
	start := shopScenario(t)
	now := start.Clone()
	if err := now.Set("allocators.numbers.strategy", "range"); err != nil {
		t.Fatal(err)
	}
	f := &live.Frame{
		Scenario: now,
		Run:      1,
		Time:     42300 * sim.Millisecond,
		Sampled:  42300 * sim.Millisecond,
		Running:  true,
		Speed:    1,
		Pace:     1,
		Window:   chart.Range{Max: 60},
		Marks:    []chart.Mark{{X: 30, Label: "ids range"}},
		Event:    live.Event{At: 30 * sim.Second, Kind: live.EventChange, Text: "ids range  (allocators.numbers.strategy = range)"},
		Made: &live.Made{
			Name: "ids", Lane: "orders", From: "central", To: "range", At: 30 * sim.Second,
			Effect: live.Moves()[4].Settings[1].Effect,
			Before: live.Standing{AckP50: 0.041, AckP99: 0.123, InFlight: 700},
			Fought: live.Verdict{Place: live.PlaceAllocator, Name: "numbers", Partition: -1}, Rival: "the allocator `numbers`",
		},
		Allocators: []live.Allocator{
			{Name: "numbers", Strategy: models.Range, Utilization: 0.012, Rate: 12000, Wait: 2e-6, Reordered: 12043},
		},
	}
	for i := range 424 {
		f.Times = append(f.Times, float64(i)/10)
	}
	f.Lanes = []live.Lane{ordersLane(f.Times), clicksLane(f.Times)}
	f.Stores = []live.Store{shelf(), clickLog()}
	f.Predictions = []live.Prediction{{
		Section: "stores", Name: "shelf", Model: "M/G/1", Exact: true, Intensity: 1.4, Expected: math.Inf(1), Measured: 0.025,
		Not: []string{"the queue of orders lets through what its workers take"},
	}}
	for i := range f.Stores {
		f.Stores[i].Heat = heated(&f.Stores[i], f.Times)
	}
	for _, t := range f.Times {
		f.Allocators[0].BusyAt = append(f.Allocators[0].BusyAt, min(math.Max(0, 31-t), 1))
	}
	moves := live.Moves()
	for i := range now.Lanes {
		var choices []live.Choice
		for k := range moves {
			choices = append(choices, moves[k].Choose(now, start, now.Lanes[i].Name, false))
		}
		f.Choices = append(f.Choices, choices)
	}
	return f
}

// twinFrame is the shop beside one whose counter was not left.
func twinFrame(t testing.TB) *live.Frame {
	f := shopFrame(t)
	beside := shopFrame(t)
	beside.Scenario, beside.Made, beside.Marks = shopScenario(t), nil, nil
	l := &beside.Lanes[0]
	for i, x := range f.Times {
		slow := 1.0
		if x > 30 {
			slow = 1 + (x-30)/6
		}
		l.AckP50[i], l.AckP99[i] = 0.04*slow, 0.12*slow
		for stage := range l.Piled {
			l.Piled[stage][i] = 0
		}
		l.Piled[models.StageAllocator][i] = 700 * slow
	}
	interval := func(mean, half float64) sim.Interval { return sim.Interval{Mean: mean, HalfWidth: half, N: 31} }
	f.Twinned = live.WithoutLast
	f.Twin = &live.Twin{
		Frame: beside, Name: "ids central", Apart: 30 * sim.Second, Since: 30 * sim.Second,
		Differences: [][]live.Difference{
			{
				{Measure: "p50", Unit: chart.UnitSpan, Interval: interval(-0.0312, 0.0041)},
				{Measure: "p99", Unit: chart.UnitSpan, Interval: interval(-0.212, 0.03)},
				{Measure: "in flight", Unit: chart.UnitCount, Interval: interval(829, 1100)},
				{Measure: "committed", Unit: chart.UnitRate, More: true, Interval: interval(1210, 90)},
			},
			nil,
		},
	}
	return f
}

// brokenFrame is the shop with every promise broken, slow consumers, a burst
// beside a change, and the counter back.
func brokenFrame(t testing.TB) *live.Frame {
	f := shopFrame(t)
	f.Scenario.Lanes[0].Consume.Workers = 2
	l := &f.Lanes[0]
	l.Lag, l.Unseen = 1.2, 4300
	n := &l.Now.Totals
	n.AckedLost, n.Duplicates, n.Collided, n.Inversions, n.OutOfOrder = 31, 2, 3, 7, 7
	n.Rejected, n.TimedOut, n.Retried, n.Failed, n.Erred = 5, 11, 12, 4, 6
	f.Marks = append(f.Marks, chart.Mark{X: 33, Label: "burst ×5"}, chart.Mark{X: 38, Label: "over"})
	f.Breaches = []breach.Breach{
		{Kind: breach.HotKey, What: "key k42 in partition P07 of `shelf`", At: 20 * sim.Second},
		{Kind: breach.Durability, What: "the promise to keep what was acked of `orders`", At: 25 * sim.Second},
	}
	f.Made.From, f.Made.To, f.Made.Home = "range", "central", true
	f.Made.Effect = live.Moves()[4].Settings[0].Effect
	return f
}

// downFrame is the shop with a partition that has crashed and holds up the queue,
// and its counter crashed as well.
func downFrame(t testing.TB) *live.Frame {
	f := shopFrame(t)
	down := &f.Stores[0].Partitions[3]
	*down = live.Partition{Down: true, Servers: 1}
	f.Allocators[0].Down = true
	f.Marks = append(f.Marks, chart.Mark{X: 40, Label: "crash P03"})
	f.Event = live.Event{At: 40 * sim.Second, Kind: live.EventChange, Text: "crash P03  (crash stores.shelf.partitions.3 for 5s)"}
	return f
}

func ordersLane(times []float64) live.Lane {
	l := live.Lane{Name: "orders", Offered: 12000, Done: 9800, InFlight: 1529, Fill: 17.3, Busy: 1}
	l.Now.QueueMode, l.Now.InFlight = models.QueueDurable, 1529
	l.Now.Totals = models.Counts{Offered: 501762, Acked: 500233, Committed: 500233, Rejected: 0}
	l.Depth[models.StageQueue], l.Depth[models.StageLinger], l.Depth[models.StageLine], l.Depth[models.StageService] = 1204, 5, 310, 10
	l.Parts[models.StageQueue], l.Parts[models.StageLinger], l.Parts[models.StageLine], l.Parts[models.StageService] = 0.1, 0.002, 0.025, 0.004
	for _, t := range times {
		counter, hot := math.Max(0, 40*math.Min(t, 31-t)), math.Max(0, 100*(t-30))
		l.Piled[models.StageAllocator] = append(l.Piled[models.StageAllocator], counter)
		l.Piled[models.StageQueue] = append(l.Piled[models.StageQueue], hot)
		l.Piled[models.StageLine] = append(l.Piled[models.StageLine], hot/4)
		l.Piled[models.StageService] = append(l.Piled[models.StageService], 10)
		for _, stage := range []models.Stage{models.StageLinger, models.StageKeyLock, models.StageReplication, models.StageBackoff} {
			l.Piled[stage] = append(l.Piled[stage], 0)
		}
		p50 := 0.002 + (counter+hot)/12000
		l.AckP50 = append(l.AckP50, p50)
		l.AckP99 = append(l.AckP99, 3*p50)
		l.OfferedAt = append(l.OfferedAt, 12000)
		l.DoneAt = append(l.DoneAt, 12000-hot)
		l.LagAt = append(l.LagAt, 0.1+hot/1000)
		l.TimeIn[models.StageAllocator] = append(l.TimeIn[models.StageAllocator], counter/12000)
		l.TimeIn[models.StageQueue] = append(l.TimeIn[models.StageQueue], hot/12000)
		l.TimeIn[models.StageService] = append(l.TimeIn[models.StageService], 0.004)
	}
	l.RateScale = chart.NiceScale(chart.Scale{}, 12000)
	l.PiledScale = chart.NiceScale(chart.Scale{}, 1600)
	l.AckScale = chart.NiceLogScale(chart.Scale{}, 0.002, 0.35)
	return l
}

// clicksLane is a lane in which nothing has happened yet.
func clicksLane(times []float64) live.Lane {
	nan := math.NaN()
	l := live.Lane{Name: "clicks", Offered: nan, Done: nan, Fill: nan, Busy: nan}
	for stage := range l.Piled {
		l.Parts[stage] = nan
		l.Piled[stage] = make([]float64, len(times))
	}
	l.RateScale = chart.NiceScale(chart.Scale{}, 0)
	for range times {
		l.AckP50, l.AckP99 = append(l.AckP50, nan), append(l.AckP99, nan)
	}
	l.PiledScale = chart.NiceScale(chart.Scale{}, 0)
	l.AckScale = chart.NiceLogScale(chart.Scale{}, nan, nan)
	return l
}

func shelf() live.Store {
	s := live.Store{Name: "shelf", Active: 8, Skew: 2.4, Hot: 7, Partitions: make([]live.Partition, 8)}
	for i := range s.Partitions {
		s.Partitions[i] = live.Partition{Utilization: 0.2 + 0.05*float64(i), Waiting: float64(i), Rate: 1000, TopKey: uint32(i + 1), TopShare: 0.03}
	}
	s.Partitions[7] = live.Partition{
		Utilization: 1, Waiting: 310, Rate: 2900, TopKey: 42, TopShare: 0.38, Servers: 1,
		Most: [models.TopKeys]models.KeyShare{{Key: 42, Share: 0.38}, {Key: 7, Share: 0.04}},
	}
	return s
}

// heated is how a store came to the load it has: slowly, and the hot partition
// at 30 s.
func heated(s *live.Store, times []float64) [][]float64 {
	var heat [][]float64
	for _, t := range times {
		loads := make([]float64, len(s.Partitions))
		for i := range loads {
			if loads[i] = s.Partitions[i].Utilization * (0.8 + 0.2*math.Sin(t/7+float64(i))); i == s.Hot && t < 30 {
				loads[i] = 0.4
			}
		}
		heat = append(heat, loads)
	}
	return heat
}

func clickLog() live.Store {
	s := live.Store{Name: "log", Active: 256, Skew: 1.2, Hot: 100, Partitions: make([]live.Partition, 256)}
	for i := range s.Partitions {
		s.Partitions[i].Utilization = 0.45 + 0.4*math.Sin(float64(i))
	}
	s.Partitions[100].Utilization = 0.97
	return s
}

var shippedForTests = []Shipped{
	{Name: "shop", Gist: "Orders wait for a number."},
	{Name: "bazaar", Gist: "Everybody wants the same key, [red]and says so at such length that it does not fit[-] into a line.", About: "Everybody wants the same key.\n\nYou see: the same key."},
}
