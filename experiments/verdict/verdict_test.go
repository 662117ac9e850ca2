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
			p.Allocators[0] = Allocator{"counter", 0.98, 18}
			p.Lanes[0].Parts[models.StageAllocator] = 0.018
		}, "the allocator `counter`: 98 % busy|18 writes wait|90 % of each write's time"},
		{"busy, but nobody waits", func(p *Path) { p.Allocators[0] = Allocator{"counter", 0.98, 0.4} },
			"nothing: the path keeps up|`counter` is 98 % busy"},
		{"a hot key", func(p *Path) {
			p.Stores[0] = store("shelf", 0.3, 0.3, 0.99, 0.3)
			p.Stores[0].Partitions[2].TopKey, p.Stores[0].Partitions[2].TopShare = 7, 0.6
			p.Lanes[0].Depth[models.StageLine] = 310
		}, "partition P02 of `shelf`: 99 % busy|key k7 is 60 % of it|310 writes wait|0 % of each write's time"},
		{"all of now", func(p *Path) {
			p.Stores[0] = store("shelf", 0, 1, 0, 0)
			p.Stores[0].Route = models.RouteTimeBucket
			p.Lanes[0].Depth[models.StageLine] = 1
		}, "partition P01 of `shelf`: 100 % busy|everything of now goes there|1 write waits|0 % of each write's time"},
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
		}, "the CPUs of all 2 nodes of `shelf`: 96 % busy|14 writes wait|100 % of each write's time"},
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
			*p = Path{Allocators: []Allocator{{"counter", nan, nan}}, Stores: []Store{store("shelf", nan)}}
		}, "nothing: the path keeps up"},
	} {
		p := calm()
		test.change(p)
		if got := strings.Join(p.Explain(p.Verdict()), "|"); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}
