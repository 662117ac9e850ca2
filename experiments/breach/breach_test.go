package breach

import (
	"slices"
	"testing"

	"onepen/models"
	"onepen/sim"
)

// path is a run of one lane, one store and one allocator, sample by sample.
type path struct {
	scenario *models.Scenario
	x        models.Snapshot
	w        *Watcher
}

func newPath(t *testing.T) *path {
	t.Helper()
	s := models.NewScenario("test")
	for section, name := range map[string]string{"lanes": "events", "allocators": "counter", "stores": "log"} {
		if err := s.Add(section, name); err != nil {
			t.Fatal(err)
		}
	}
	s.Lanes[0].Store, s.Lanes[0].IDs = "log", "counter"
	return &path{scenario: s, w: New(s), x: models.Snapshot{
		Lanes:      []models.LaneSample{{Name: "events"}},
		Allocators: []models.AllocatorSample{{Name: "counter"}},
		Stores:     []models.StoreSample{{Name: "log", Active: 2, Partitions: make([]models.PartitionSample, 2)}},
	}}
}

// run takes samples for some seconds in which writes come and some are stored.
func (p *path) run(seconds, came, stored int) {
	l := &p.x.Lanes[0]
	for range 10 * seconds {
		p.x.Time += sim.Second / 10
		l.Totals.Offered += uint64(came / 10)
		l.Totals.Committed += uint64(stored / 10)
		p.w.See(p.scenario, &p.x)
	}
}

// kinds are what has broken.
func (p *path) kinds() []Kind {
	var found []Kind
	for _, b := range p.w.Breaches() {
		found = append(found, b.Kind)
	}
	return found
}

func TestBreaches(t *testing.T) {
	fill := func(p *path) { p.x.Stores[0].Partitions[1] = models.PartitionSample{Utilization: 1, Rate: 900} }
	for _, c := range []struct {
		name  string
		spoil func(p *path)
		came  int // a second; 1000 are stored
		want  []Kind
	}{
		{"all is well", func(p *path) {}, 1000, nil},
		{"a pile, and nothing is full: writes that wait for a quorum", func(p *path) {}, 1500, nil},
		{"full, and no pile", fill, 1000, nil},
		{"a pile that chance explains", fill, 1040, nil}, // 200 of 5200 in 5 s, 4 √10400 = 408
		{"a full partition", fill, 1500, []Kind{Storage}},
		{"a full partition, for one key", func(p *path) {
			fill(p)
			p.x.Stores[0].Partitions[1].TopKey, p.x.Stores[0].Partitions[1].TopShare = 7, 0.8
			p.x.Stores[0].Active = 4
		}, 1500, []Kind{HotKey}},
		{"full nodes beside full partitions", func(p *path) {
			fill(p)
			p.x.Stores[0].Nodes = []models.NodeSample{{Utilization: 0.99}, {Utilization: 0.4}}
		}, 1500, []Kind{Storage}},
		{"busy workers", func(p *path) {
			l := &p.x.Lanes[0]
			l.QueueMode, l.Workers, l.Busy = models.QueueMemory, 3, 3
		}, 1500, []Kind{Queue}},
		{"locks", func(p *path) {
			p.x.Stores[0].Partitions[0] = models.PartitionSample{InService: 5000, TopKey: 3}
			p.x.Lanes[0].Depth[models.StageKeyLock] = 5000
		}, 1500, []Kind{HotKey}},
		{"broken promises", func(p *path) {
			t := &p.x.Lanes[0].Totals
			t.Collided, t.OutOfOrder, t.Duplicates, t.AckedLost = 1, 1, 1, 1
		}, 1000, []Kind{Durability, Duplication, Uniqueness, Ordering}},
		{"overtaken where no order is promised", func(p *path) { p.x.Lanes[0].Totals.Inversions = 1 }, 1000, nil},
	} {
		p := newPath(t)
		p.run(5, 1000, 1000)
		c.spoil(p)
		p.run(5, c.came, 1000)
		if got := p.kinds(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v broke, want %v", c.name, got, c.want)
		}
	}
}

// TestPromisesAreTold: every promise that is declared is told of when it breaks,
// as a kind of its own.
func TestPromisesAreTold(t *testing.T) {
	kinds := map[Kind]string{}
	for _, p := range models.Promises() {
		tell, ok := told[p.Name]
		if other, taken := kinds[tell.kind]; !ok || taken {
			t.Errorf("%s is told as %v (%v), as is %q", p.Name, tell.kind, ok, other)
		}
		kinds[tell.kind] = p.Name
	}
}

// TestWhenItBroke: what breaks is told to have broken when its pile was
// smallest, and in the order in which things broke rather than were noticed.
func TestWhenItBroke(t *testing.T) {
	p := newPath(t)
	p.run(3, 1000, 1000)
	p.x.Stores[0].Partitions[0].Utilization = 1 // from 3.0 s on, and it holds its own for 2 s
	p.run(2, 1000, 1000)
	p.run(1, 1400, 1000) // from 5.0 s on it does not
	p.x.Lanes[0].Totals.OutOfOrder = 1
	p.run(1, 1400, 1000)
	if want := []Kind{Storage, Ordering}; !slices.Equal(p.kinds(), want) || p.w.Breaches()[0].At != 5*sim.Second {
		t.Errorf("broke: %+v; want %v, the first at 5 s", p.w.Breaches(), want)
	}
}

// TestShortBursts: what is full for less than a second is not broken.
func TestShortBursts(t *testing.T) {
	p := newPath(t)
	for range 20 {
		p.x.Stores[0].Partitions[0].Utilization = 0.3
		p.run(1, 1000, 1000)
		p.x.Stores[0].Partitions[0].Utilization = 1
		l := &p.x.Lanes[0]
		l.Totals.Offered += 5000
		for range 9 {
			p.x.Time += sim.Second / 10
			p.w.See(p.scenario, &p.x)
		}
		l.Totals.Committed += 5000
	}
	if got := p.kinds(); got != nil {
		t.Errorf("%v broke in bursts of 0.9 s", got)
	}
}
