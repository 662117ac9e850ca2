package sim_test

import (
	"fmt"

	"onepen/sim"
)

// An M/M/1 queue: customers come every 1 ms on average and are served one by
// one, in 0.8 ms on average. In the steady state W = E[S]/(1-ρ), which is 4 ms.
func Example() {
	const interarrival, service = 1 * sim.Millisecond, 800 * sim.Microsecond

	s := sim.New()
	gaps := sim.NewStream(42, 0, "door", "gap")
	works := sim.NewStream(42, 0, "clerk", "service")
	exponential := func(draws *sim.Stream, mean sim.Time) sim.Time {
		return sim.Time(draws.Exp() * float64(mean))
	}

	var line []sim.Time // instants of arrival; the first in line is in service
	var sojourn sim.Tally
	var arrive, depart sim.Target
	arrive = s.On(func(uint32) {
		if line = append(line, s.Now()); len(line) == 1 {
			s.Schedule(s.Now()+exponential(&works, service), depart, 0)
		}
		s.Schedule(s.Now()+exponential(&gaps, interarrival), arrive, 0)
	})
	depart = s.On(func(uint32) {
		sojourn.Add((s.Now() - line[0]).Seconds())
		if line = line[1:]; len(line) > 0 {
			s.Schedule(s.Now()+exponential(&works, service), depart, 0)
		}
	})

	s.Schedule(0, arrive, 0)
	s.RunUntil(10 * sim.Minute)

	fmt.Printf("%d customers by %v, %d in the line\n", sojourn.N(), s.Now(), len(line))
	fmt.Printf("mean sojourn time %.2f ms\n", 1000*sojourn.Mean())
	// Output:
	// 600705 customers by 10m, 2 in the line
	// mean sojourn time 4.05 ms
}

// lamp is a component with two kinds of event.
type lamp struct {
	sim        *sim.Sim
	lit, spent sim.Target
	brightness uint32
}

const (
	lampLit sim.Kind = iota
	lampSpent
)

func (l *lamp) Handle(kind sim.Kind, arg uint32) {
	switch kind {
	case lampLit:
		l.brightness = arg
		l.sim.Schedule(l.sim.Now()+sim.Hour, l.spent, 0)
	case lampSpent:
		l.brightness = 0
	}
	fmt.Printf("%v: brightness %d\n", l.sim.Now(), l.brightness)
}

// A component whose events are told apart by their kind.
func ExampleHandler() {
	s := sim.New()
	l := &lamp{sim: s}
	l.lit = s.Register(l, lampLit)
	l.spent = s.Register(l, lampSpent)

	s.Schedule(sim.Minute, l.lit, 60)
	s.RunUntil(2 * sim.Hour)
	// Output:
	// 1m: brightness 60
	// 61m: brightness 0
}

// A timeout is a timer that the answer cancels.
func ExampleSim_Cancel() {
	s := sim.New()
	var timeout sim.Timer
	expire := s.On(func(arg uint32) {
		fmt.Printf("%v: request %d timed out\n", s.Now(), arg)
	})
	answer := s.On(func(arg uint32) {
		fmt.Printf("%v: answer to request %d, in time: %t\n", s.Now(), arg, s.Cancel(timeout))
	})

	timeout = s.ScheduleTimer(500*sim.Millisecond, expire, 1)
	s.Schedule(20*sim.Millisecond, answer, 1)
	s.RunUntil(sim.Second)

	timeout = s.ScheduleTimer(s.Now()+500*sim.Millisecond, expire, 2)
	s.Schedule(s.Now()+700*sim.Millisecond, answer, 2)
	s.RunUntil(2 * sim.Second)
	// Output:
	// 20ms: answer to request 1, in time: true
	// 1.5s: request 2 timed out
	// 1.7s: answer to request 2, in time: false
}

func ExampleTrace() {
	s := sim.New()
	trace := sim.NewTrace(s)
	stop := trace.On("stop", nil)
	start := trace.On("start", func(arg uint32) {
		trace.Addf("disk", "busy for 2ms")
		s.Schedule(s.Now()+2*sim.Millisecond, stop, arg)
	})
	s.Schedule(0, start, 7)
	s.Schedule(1500*sim.Microsecond, start, 8)
	s.RunUntil(sim.Second)
	fmt.Print(trace)
	// Output:
	//        0  start      7
	//        0  disk       busy for 2ms
	//    1.5ms  start      8
	//    1.5ms  disk       busy for 2ms
	//      2ms  stop       7
	//    3.5ms  stop       8
}

func ExampleParseTime() {
	for _, text := range []string{"90s", "2m30s", "20µs", "5"} {
		fmt.Println(sim.ParseTime(text))
	}
	// Output:
	// 90s <nil>
	// 150s <nil>
	// 20us <nil>
	// 0 time "5": no unit after 5: want a number and a unit (h, m, s, ms, us, ns), as in 5ms, 1.5s or 2m30s
}
