package verdict

import (
	"math"
	"strings"
	"testing"

	"onepen/models"
)

// calm is a path in which nothing is contended: an allocator, a queued lane
// and a plain one, a store of four partitions for each.
func calm() *Path {
	p := &Path{
		Lanes: []Lane{
			{Name: "orders", IDs: "counter", Store: "shelf", Done: 950},
			{Name: "events", Store: "log", Queued: true, Workers: 4, Busy: 0.2, Done: 2000},
		},
		Allocators: []Allocator{{Name: "counter", Utilization: 0.33}},
		Stores:     []Store{store("shelf", 0.3, 0.3, 0.3, 0.3), store("log", 0.3, 0.3)},
	}
	p.Lanes[0].Parts[models.StageService] = 0.002
	p.Lanes[1].Parts[models.StageService] = 0.001
	return p
}

// store returns a store whose partitions are busy as given.
func store(name string, busy ...float64) Store {
	s := Store{Name: name}
	for i, u := range busy {
		s.Partitions = append(s.Partitions, Partition{Utilization: u})
		if u > s.HotLoad {
			s.Hot, s.HotLoad = i, u
		}
	}
	return s
}

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(p *Path)
		want   string
	}{
		{"nothing", func(*Path) {}, "nothing: the path keeps up|`counter` is 33 % busy"},
		{"an allocator", func(p *Path) {
			p.Allocators[0] = Allocator{Name: "counter", Utilization: 0.98, Waiting: 18}
			p.Lanes[0].Parts[models.StageAllocator] = 0.018
		}, "the allocator `counter`: 98 % busy|18 writes wait|90 % of each write's time"},
		{"busy, but nobody waits", func(p *Path) { p.Allocators[0] = Allocator{Name: "counter", Utilization: 0.98, Waiting: 0.4} },
			"nothing: the path keeps up|`counter` is 98 % busy"},
		{"a hot key", func(p *Path) {
			p.Stores[0] = store("shelf", 0.3, 0.3, 0.99, 0.3)
			p.Stores[0].Partitions[2].TopKey, p.Stores[0].Partitions[2].TopShare = 7, 0.6
			p.Lanes[0].Depth[models.StageLine] = 310
		}, "partition P02 of `shelf`: 99 % busy|key k7 is 60 % of it|310 writes wait|0 % of each write's time"},
		{"the lock of a key, and servers with time to spare", func(p *Path) {
			p.Stores[0] = store("shelf", 0.3, 0.3, 0.6, 0.3)
			p.Stores[0].Partitions[2].TopKey, p.Stores[0].Partitions[2].TopShare = 7, 0.6
			p.Lanes[0].Depth[models.StageKeyLock], p.Lanes[0].Parts[models.StageKeyLock] = 2060, 0.038
		}, "the lock of key k7 in partition P02 of `shelf`: 2 060 writes wait|95 % of each write's time"},
		{"locks of many keys", func(p *Path) {
			p.Lanes[0].Depth[models.StageKeyLock], p.Lanes[0].Parts[models.StageKeyLock] = 1, 0.038
		}, "locks of keys of `shelf`: 1 write waits|95 % of each write's time"},
		{"locks that take the lesser part of the time", func(p *Path) {
			p.Lanes[0].Depth[models.StageKeyLock], p.Lanes[0].Parts[models.StageKeyLock] = 4, 0.0019
		}, "nothing: the path keeps up|`counter` is 33 % busy"},
		{"all of now", func(p *Path) {
			p.Stores[0] = store("shelf", 0, 1, 0, 0)
			p.Stores[0].Route = models.RouteTimeBucket
			p.Lanes[0].Depth[models.StageLine] = 1
		}, "partition P01 of `shelf`: 100 % busy|all of now goes there|1 write waits|0 % of each write's time"},
		{"all partitions alike", func(p *Path) {
			p.Stores[0] = store("shelf", 0.92, 0.9, 0.96, 0.94)
			p.Lanes[0].Depth[models.StageLine] = 40
		}, "all 4 partitions of `shelf`: 93 % busy|40 writes wait|0 % of each write's time"},
		{"too few workers", func(p *Path) {
			p.Lanes[1].Busy, p.Lanes[1].Depth[models.StageQueue] = 1, 5000
			p.Lanes[1].Parts[models.StageQueue] = 0.003
		}, "the 4 queue workers of `events`: 100 % busy|5 000 writes wait|75 % of each write's time"},
		{"workers that a partition holds up", func(p *Path) {
			p.Stores[1] = store("log", 0.2, 1)
			p.Lanes[1].Busy, p.Lanes[1].Depth[models.StageQueue], p.Lanes[1].Depth[models.StageLine] = 1, 5000, 8
			p.Lanes[1].Parts[models.StageQueue] = 0.003
		}, "partition P01 of `log`: 100 % busy|5 008 writes wait (5 000 queued)|75 % of each write's time"},
		{"a partition that drains is the busiest", func(p *Path) {
			p.Stores[0].Hot, p.Stores[0].HotLoad = 6, 0.99
			p.Lanes[0].Depth[models.StageLine] = 40
		}, "nothing: the path keeps up|`counter` is 33 % busy"},
		{"the CPUs of all nodes", func(p *Path) {
			p.Stores[0] = store("shelf", 0.99, 0.98, 0.99, 0.98)
			p.Stores[0].Nodes = []Node{{0.97, 8}, {0.95, 6}}
			p.Lanes[0].Parts[models.StageService] = 0.02
		}, "the CPUs of both nodes of `shelf`: 96 % busy|14 writes wait|100 % of each write's time"},
		{"the CPUs of one node", func(p *Path) {
			p.Stores[0].Nodes = []Node{{0.4, 0}, {0.95, 6}}
		}, "the CPUs of node 1 of `shelf`: 95 % busy|6 writes wait|100 % of each write's time"},
		{"CPUs without a line beside a full partition", func(p *Path) {
			p.Stores[0] = store("shelf", 0.3, 0.3, 0.99, 0.3)
			p.Stores[0].Nodes = []Node{{0.8, 0.4}}
			p.Lanes[0].Depth[models.StageLine] = 31
		}, "partition P02 of `shelf`: 99 % busy|31 writes wait|0 % of each write's time"},
		{"nothing is known", func(p *Path) {
			nan := math.NaN()
			*p = Path{Allocators: []Allocator{{Name: "counter", Utilization: nan, Waiting: nan}}, Stores: []Store{store("shelf", nan)}}
		}, "nothing yet"},
		{"batches that wait for company", func(p *Path) { p.Lanes[0].Parts[models.StageLinger] = 0.02 },
			"nothing: the path keeps up|linger takes 83 % of the time|`counter` is 33 % busy"}, // 19 of 22.9 s in each second
		{"most is stored too late", func(p *Path) {
			p.Stores[0] = store("shelf", 1)
			p.Lanes[0].Depth[models.StageLine], p.Lanes[0].Late = 4000, 760
		}, "the one partition of `shelf`: 100 % busy|80 % of it too late|4 000 writes wait|0 % of each write's time"},
		{"a partition is down, and another is busy", func(p *Path) {
			p.Stores[0] = store("shelf", 0, 0.99)
			p.Stores[0].Partitions[0].Down = true
			p.Lanes[0].Depth[models.StageLine] = 300 // of the other
		}, "partition P00 of `shelf` is down|what comes there is refused"},
		{"a partition that is down holds up a queue", func(p *Path) {
			p.Stores[1].Partitions[1].Down = true
			p.Lanes[1].Depth[models.StageQueue] = 5000
		}, "partition P01 of `log` is down|5 000 writes wait"},
		{"a node is down", func(p *Path) {
			for i := range 2 {
				p.Stores[0].Partitions[i].Down = true
			}
		}, "2 partitions of `shelf` are down|what comes there is refused"},
		{"a quorum is short of replicas", func(p *Path) {
			p.Stores[1].Short = true
			p.Lanes[1].Depth[models.StageReplication], p.Lanes[1].Depth[models.StageQueue] = 20, 3000
		}, "a replica that the quorum of `log` needs is down|3 020 writes wait"},
		{"the queue is down", func(p *Path) { p.Lanes[1].Down = true }, "the queue of `events` is down|what comes there is refused"},
		{"the counter is down", func(p *Path) { p.Allocators[0].Down, p.Allocators[0].Waiting = true, 900 },
			"the allocator `counter` is down|900 writes wait"},
		{"the counter is down, and nobody asks it", func(p *Path) { p.Allocators[0].Down = true },
			"nothing: the path keeps up|`counter` is 33 % busy"},
	} {
		p := calm()
		test.change(p)
		if got := strings.Join(p.Explain(p.Verdict()), "|"); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestVerdictFor: the way of the lane that is asked for comes first, however
// many writes wait on that of another.
func TestVerdictFor(t *testing.T) {
	p := calm()
	p.Lanes[1].Busy, p.Lanes[1].Depth[models.StageQueue] = 1, 5000
	if v := p.VerdictFor("orders"); v.Place != PlaceQueue || v.Name != "events" {
		t.Errorf("with a free way of its own a lane is told of %+v", v)
	}
	if v := p.VerdictOn("orders"); v.Place != PlaceNone {
		t.Errorf("on the free way of a lane stands %+v", v)
	}
	p.Allocators[0].Utilization, p.Allocators[0].Waiting = 0.98, 18
	if v := p.VerdictFor("orders"); v.Place != PlaceAllocator {
		t.Errorf("with writes that wait for IDs a lane is told of %+v", v)
	}
	if v := p.VerdictFor("events"); v.Place != PlaceQueue {
		t.Errorf("the lane whose queue is full is told of %+v", v)
	}
}
