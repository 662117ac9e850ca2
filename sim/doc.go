// Package sim is an engine for discrete-event simulation: a clock, the events
// still to come, random numbers and statistics. It knows nothing of writes,
// partitions or screens; what happens at an event is the caller's business.
//
// A simulation owns one clock and one totally ordered set of events. Events are
// ordered by time, and at the same instant by the order in which they were
// scheduled, so a run has exactly one course. The clock jumps from event to
// event: a simulated hour without events takes no time at all.
//
//	Schedule ──▶ ┌─ pending events ───────────┐
//	    ▲        │ 1.2s #7   1.2s #9   3s #4  │ ──▶ earliest ──▶ clock = 1.2s
//	    │        └────────────────────────────┘                     │
//	    └───────────────── actions schedule more ◀── action(arg) ◀──┘
//	                            │       ▲
//	              statistics ◀──┘       └── random streams
//
// To use it:
//
//  1. make a Sim with New and register what can happen: functions with On, the
//     events of a component, which is a Handler, with Register;
//  2. give every random decision a stream of its own with NewStream;
//  3. schedule the first events with Schedule, or with ScheduleTimer those
//     that may have to be cancelled;
//  4. call RunUntil, which runs every event at or before an instant, or Step,
//     which runs one;
//  5. read the statistics the actions have recorded. If the run starts empty,
//     reset them after the warm-up.
//
// Where things are:
//
//   - sim.go, timer.go: the clock and what moves it
//   - pending.go, pending_near.go, pending_far.go, pending_block.go: the events
//     and their order
//   - time.go: instants and spans, integers in nanoseconds
//   - trace.go: what ran when, as text for tests
//   - stream.go, ziggurat.go, zipf.go: random streams, the exponential and
//     normal draws made from them, keys of unequal popularity
//   - dist.go: distributions of a span, in files of their own: deterministic.go,
//     uniform.go, exponential.go, erlang.go, hyperexponential.go, lognormal.go,
//     pareto.go, empirical.go; distform.go, distparse.go, call.go: how they are written and read;
//     samples.go: a file of measurements as a distribution
//   - elementary.go: exp and log with the same bits on every machine
//   - tally.go, timeweighted.go: statistics of samples, and of levels weighted
//     by how long they lasted: two types, so that they cannot be confused
//   - histogram.go, histogramcopy.go: quantiles of latencies, over a run or
//     between two looks at it
//   - dispersion.go: how bursty a stream of instants is
//   - warmup.go: where the warm-up ends; interval.go: how sure a mean is;
//     batchmeans.go, section.go: the same where neighbours depend on each other
//   - uint128.go: sums that neither round nor overflow
//   - names: the name somebody meant who mistyped it
//   - enginebench: the models by which the speed of all this is measured
//
// Three promises hold for all of it.
//
// The same seed gives the same numbers, bit for bit, on every machine. Time is
// an integer; nothing reads the wall clock, a global source of randomness or
// the order of a map; a product that is added to something is rounded first,
// so that no machine may fuse the two. Exempt are figures for display, and they
// say so.
//
// A Sim, its streams and its statistics belong to one goroutine and share
// nothing with another Sim: two can run side by side, and a program uses
// several cores by running replications in parallel, never by splitting one.
//
// Nothing allocates in steady state. Events are values, timers are slots that
// are used again, histograms have a fixed size.
//
// A broken rule of the caller's, such as an event scheduled in the past, is a
// bug and panics. What a user may have typed, such as a span or the name of a
// distribution, comes back as an error that says what is allowed.
package sim
