package sim

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

// bytes reports the memory of the set, backing arrays with their spare room
// included. [bytes]
func (p *pendingSet) bytes() int {
	return int(unsafe.Sizeof(*p)) +
		cap(p.far.pool.blocks)*int(unsafe.Sizeof(block{}))
}

// gap returns a draw that is exponential with mean 1 s.
func gap(draws *Stream) Time {
	return Time(draws.Exp() * float64(Second))
}

// BenchmarkHold is the hold model (Jones 1986, "An empirical comparison of
// priority-queue and event-set implementations", CACM 29): every event
// schedules one more, an exponential time later, so that the number of pending
// events stays the same. One operation is one event.
func BenchmarkHold(b *testing.B) {
	for _, pending := range []int{2, 10, 20, 100, 1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("pending=%d", pending), func(b *testing.B) {
			s := New()
			draws := NewStream(1, 0, "bench", "hold")
			var hold Target
			hold = s.On(func(uint32) {
				s.Schedule(s.Now()+gap(&draws), hold, 0)
			})
			for range pending {
				s.Schedule(gap(&draws), hold, 0)
			}
			for range 3 * pending { // into the steady state of the set
				s.Step()
			}
			b.ReportAllocs()
			b.ResetTimer()
			runEvents(s, b.N)
			b.ReportMetric(float64(s.pending.bytes())/float64(pending), "bytes/pending")
		})
	}
}

// BenchmarkHoldShape is the hold model with other spans than exponential ones,
// 100 000 events pending.
func BenchmarkHoldShape(b *testing.B) {
	const pending = 100_000
	for _, shape := range shapes {
		b.Run(strings.ReplaceAll(shape.name, " ", "-"), func(b *testing.B) {
			s := New()
			draws := NewStream(1, 0, "bench", shape.name)
			var hold Target
			hold = s.On(func(uint32) {
				s.Schedule(s.Now()+shape.span(&draws, s.Now()), hold, 0)
			})
			for range pending {
				s.Schedule(shape.span(&draws, 0), hold, 0)
			}
			for range pending {
				s.Step()
			}
			b.ReportAllocs()
			for b.Loop() {
				s.Step()
			}
			b.ReportMetric(float64(s.pending.bytes())/pending, "bytes/pending")
		})
	}
}

// runEvents runs n events through RunUntil, as a program does.
func runEvents(s *Sim, n int) {
	end := s.Events() + uint64(n)
	for s.Events() < end {
		// Some thousand events a call, or what is left of n.
		left := min(end-s.Events(), 4096)
		s.RunUntil(s.Now() + Time(left)*Second/Time(s.Pending()))
	}
}

// BenchmarkCancel schedules a request and its timeout, of which four in five
// are cancelled as the answer comes first. One operation is one request.
func BenchmarkCancel(b *testing.B) {
	const requests = 1000 // in flight
	s := New()
	draws := NewStream(1, 0, "bench", "cancel")
	timeouts := make([]Timer, requests)
	var answer, timeout Target
	send := func(request uint32) {
		timeouts[request] = s.ScheduleTimer(s.Now()+10*Second, timeout, request)
		if draws.Float64() < 0.8 {
			s.Schedule(s.Now()+gap(&draws), answer, request)
		}
	}
	answer = s.On(func(request uint32) {
		s.Cancel(timeouts[request])
		send(request)
	})
	timeout = s.On(send)
	for request := range uint32(requests) {
		send(request)
	}
	s.RunUntil(100 * Second)
	b.ReportAllocs()
	b.ResetTimer()
	runEvents(s, b.N)
	timers := cap(s.timers.slots)*int(unsafe.Sizeof(timerSlot{})) + 4*cap(s.timers.spare)
	b.ReportMetric(float64(s.pending.bytes()+timers)/float64(s.Pending()), "bytes/pending")
}

// station is a line before some servers, with Poisson arrivals and exponential
// service times: M/M/c.
type station struct {
	sim              *Sim
	draws            Stream
	interarrival     float64 // mean [ns]
	service          float64 // mean [ns]
	line             []Time  // ring of the instants of arrival of those that wait
	head, tail       uint32
	idle             []uint32 // servers
	since            []Time   // by server: arrival of the customer in service
	arrival, release Target
	sojourns         Histogram
	left             int // customers still to be served
}

func newStation(servers int, utilization float64, customers int) *station {
	q := &station{
		sim:          New(),
		draws:        NewStream(1, 0, "bench", "station"),
		interarrival: float64(Millisecond),
		service:      float64(Millisecond) * float64(servers) * utilization,
		line:         make([]Time, 1<<12),
		since:        make([]Time, servers),
		left:         customers,
	}
	for server := range uint32(servers) {
		q.idle = append(q.idle, server)
	}
	q.arrival = q.sim.On(q.arrive)
	q.release = q.sim.On(q.depart)
	q.sim.Schedule(0, q.arrival, 0)
	return q
}

func (q *station) arrive(uint32) {
	now := q.sim.Now()
	if n := len(q.idle); n > 0 {
		server := q.idle[n-1]
		q.idle = q.idle[:n-1]
		q.serve(server, now)
	} else {
		q.line[q.tail%uint32(len(q.line))] = now
		q.tail++
	}
	q.sim.Schedule(now+Time(q.draws.Exp()*q.interarrival), q.arrival, 0)
}

// serve begins the service of a customer that arrived at the given instant.
func (q *station) serve(server uint32, arrived Time) {
	q.since[server] = arrived
	q.sim.Schedule(q.sim.Now()+Time(q.draws.Exp()*q.service), q.release, server)
}

func (q *station) depart(server uint32) {
	q.sojourns.Record(q.sim.Now() - q.since[server])
	if q.left--; q.left == 0 {
		q.sim.Halt()
	}
	if q.head == q.tail {
		q.idle = append(q.idle, server)
		return
	}
	arrived := q.line[q.head%uint32(len(q.line))]
	q.head++
	q.serve(server, arrived)
}

func benchmarkStation(b *testing.B, servers int) {
	q := newStation(servers, 0.8, 10_000)
	q.sim.RunUntil(Never)
	q.left = b.N
	b.ReportAllocs()
	b.ResetTimer()
	q.sim.RunUntil(Never)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcustomers/s")
}

// BenchmarkMM1 serves customers one after the other and records the sojourn
// time of each. One operation is one customer: two events, two draws.
func BenchmarkMM1(b *testing.B) { benchmarkStation(b, 1) }

// BenchmarkMMc is BenchmarkMM1 with four servers.
func BenchmarkMMc(b *testing.B) { benchmarkStation(b, 4) }

// BenchmarkLindley is the floor below BenchmarkMM1: the same draws and records,
// without events, by the recursion of Lindley (1952) for the waiting time of
// the next customer,
//
//	Wₙ₊₁ = max(0, Wₙ + Sₙ − Aₙ)   S service time, A interarrival time
func BenchmarkLindley(b *testing.B) {
	draws := NewStream(1, 0, "bench", "station")
	sojourns := new(Histogram)
	var waiting Time
	b.ReportAllocs()
	for b.Loop() {
		service := Time(draws.Exp() * float64(Millisecond) * 0.8)
		sojourns.Record(waiting + service)
		waiting = max(0, waiting+service-Time(draws.Exp()*float64(Millisecond)))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcustomers/s")
}
