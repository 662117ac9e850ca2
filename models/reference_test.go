package models

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// reference is a second, simple-minded simulation of a small part of the
// model: writes of a trace, constant service times, a queue in memory with
// workers, in one line or one for each partition. It shares no code with the
// first.
type reference struct {
	arrivals []arrivalOf

	partitions, servers int
	service             sim.Time
	workers, capacity   int
	perPartition        bool
}

// what happens at an instant in the reference, in the order planned.
type happening struct {
	at        sim.Time
	order     int
	write     int // number of the write that arrives or is stored
	completes bool
}

// run returns the instant at which each write is stored, -1 if it was refused.
func (r *reference) run() []sim.Time {
	stored := make([]sim.Time, len(r.arrivals))
	lines := make([][]int, r.partitions)   // before the store; all in line 0 if shared
	busy := make([]int, r.partitions)      // workers of each line
	inStore := make([][]int, r.partitions) // writes at each partition, those in service first
	var agenda []happening
	plans := 0
	plan := func(at sim.Time, write int, completes bool) {
		agenda = append(agenda, happening{at, plans, write, completes})
		plans++
		slices.SortFunc(agenda, func(a, b happening) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
		})
	}
	partitionOf := func(write int) int { return int(hashOf(uint64(r.arrivals[write].key)) % uint64(r.partitions)) }
	lineOf := func(write int) int {
		if r.perPartition {
			return partitionOf(write)
		}
		return 0
	}
	send := func(line int, now sim.Time) {
		for len(lines[line]) > 0 && busy[line] < r.workers {
			write := lines[line][0]
			lines[line] = lines[line][1:]
			busy[line]++
			p := partitionOf(write)
			inStore[p] = append(inStore[p], write)
			if len(inStore[p]) <= r.servers {
				plan(now+r.service, write, true)
			}
		}
	}
	plan(r.arrivals[0].at, 0, false)
	for len(agenda) > 0 {
		h := agenda[0]
		agenda = agenda[1:]
		line := lineOf(h.write)
		if h.completes {
			stored[h.write] = h.at
			p := partitionOf(h.write)
			inStore[p] = slices.DeleteFunc(inStore[p], func(w int) bool { return w == h.write })
			if len(inStore[p]) >= r.servers {
				plan(h.at+r.service, inStore[p][r.servers-1], true)
			}
			busy[line]--
			send(line, h.at)
			continue
		}
		if len(lines[line]) >= r.capacity {
			stored[h.write] = -1
		} else {
			lines[line] = append(lines[line], h.write)
			send(line, h.at)
		}
		if next := h.write + 1; next < len(r.arrivals) {
			plan(r.arrivals[next].at, next, false)
		}
	}
	return stored
}

// TestReference compares the system with the reference write by write.
func TestReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := reference{
			partitions:   rapid.IntRange(1, 4).Draw(t, "partitions"),
			servers:      rapid.IntRange(1, 3).Draw(t, "servers"),
			service:      sim.Time(rapid.IntRange(1, 9).Draw(t, "service")) * sim.Millisecond,
			workers:      rapid.IntRange(1, 5).Draw(t, "workers"),
			capacity:     rapid.SampledFrom([]int{1, 2, 5, 1000}).Draw(t, "capacity"),
			perPartition: rapid.Bool().Draw(t, "per partition"),
		}
		rows, at := "", 0
		for range rapid.IntRange(1, 200).Draw(t, "writes") {
			key := rapid.IntRange(0, 9).Draw(t, "key")
			rows += fmt.Sprintf("%d.%03d,%d\n", at/1000, at%1000, key)
			r.arrivals = append(r.arrivals, arrivalOf{sim.Time(at) * sim.Millisecond, uint32(key) + 1})
			at += rapid.IntRange(0, 6).Draw(t, "gap") // ms, so that instants coincide
		}
		want, got := r.run(), r.system(t, rows)
		for n := range want {
			if got[n] != want[n] {
				t.Fatalf("write %d, offered at %v: stored at %v, in the reference at %v (-1ns = refused)", n, r.arrivals[n].at, got[n], want[n])
			}
		}
	})
}

// system returns what the model makes of the same writes.
func (r *reference) system(t *rapid.T, rows string) []sim.Time {
	s := whole(t)
	s.Lanes, s.Stores = s.Lanes[:1], s.Stores[:1]
	s.Open = func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("time_s,key\n" + rows)), nil
	}
	lines := "shared"
	if r.perPartition {
		lines = "per_partition"
	}
	for path, value := range map[string]string{
		"lanes.mapping.arrivals.process": "trace", "lanes.mapping.arrivals.trace": "t.csv", "lanes.mapping.arrivals.repeat": "false",
		"lanes.mapping.keys.skew": "trace", "lanes.mapping.store": "links",
		"lanes.mapping.queue.mode": "memory", "lanes.mapping.queue.lines": lines,
		"lanes.mapping.queue.capacity": fmt.Sprint(r.capacity), "lanes.mapping.queue.workers": fmt.Sprint(r.workers),
		"stores.links.partitions": fmt.Sprint(r.partitions), "stores.links.servers": fmt.Sprint(r.servers),
		"stores.links.overhead": "500us", "stores.links.per_record": (r.service - 500*sim.Microsecond).String(),
	} {
		if err := s.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	y, err := New(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	stored := make([]sim.Time, len(r.arrivals))
	for n := range stored {
		stored[n] = -1
	}
	y.onCommit = func(w *write, _ *operation) { stored[w.n] = y.Now() }
	y.RunUntil(10 * sim.Second)
	mustHold(t, y)
	return stored
}
