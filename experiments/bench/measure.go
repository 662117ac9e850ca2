package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"onepen/sim/enginebench"
)

// Settings say how long to measure.
type Settings struct {
	Rounds int           // timed runs of each workload, 1 or more
	Span   time.Duration // of a timed run, about; more than 0
	Writes int           // in flight when the memory of one is measured, 1 or more

	// OnStep is called before each step with the number of steps done and of
	// all there are, if it is not nil.
	OnStep func(done, all int)
}

// Thorough returns settings for figures to be quoted; they take half a minute.
func Thorough() Settings {
	return Settings{Rounds: 10, Span: 200 * time.Millisecond, Writes: 1_000_000}
}

// Quick returns settings for a look of a second or two.
func Quick() Settings {
	return Settings{Rounds: 3, Span: 10 * time.Millisecond, Writes: 100_000}
}

// Report is what was measured.
type Report struct {
	Machine   Machine
	Rounds    int
	Span      time.Duration
	Results   []Result
	OverFloor Spread // time of M/M/1 in times of the Lindley recursion
}

// Result is what was measured of one workload.
type Result struct {
	Workload    string
	Operation   string  // what Time and Allocations are of: customer, event, …
	Time        Spread  // of an operation [s]
	Allocations float64 // in an operation, mean
	Holds       string  // what Bytes are of: pending event, write in flight; "" = not measured
	Bytes       float64 // memory of one of them
}

// Run measures all workloads. The error is the context's if it ended first, or
// says which model broke its own checks.
func Run(ctx context.Context, s Settings) (Report, error) {
	return measure(ctx, s, workloads(), time.Now)
}

// measure is Run for some workloads and with a watch.
func measure(ctx context.Context, s Settings, list []workload, now func() time.Time) (Report, error) {
	report := Report{Machine: thisMachine(), Rounds: s.Rounds, Span: s.Span}
	steps, done := len(list)*(1+s.Rounds), 0
	step := func() error {
		if s.OnStep != nil {
			s.OnStep(done, steps)
		}
		done++
		return ctx.Err()
	}
	subjects := make([]*subject, len(list))
	for i := range list {
		if err := step(); err != nil {
			return report, err
		}
		subjects[i] = newSubject(&list[i], s, now)
	}
	for range s.Rounds {
		for _, subject := range subjects {
			if err := step(); err != nil {
				return report, err
			}
			subject.time()
		}
	}
	for _, subject := range subjects {
		if err := subject.check(); err != nil {
			return report, fmt.Errorf("%s: %w", subject.workload.name, err)
		}
		report.Results = append(report.Results, subject.result())
	}
	report.OverFloor = ratio(subjects, oneServer, recursion)
	return report, nil
}

// subject is a workload that is being measured.
type subject struct {
	*workload
	model       model
	now         func() time.Time
	operations  int       // of a timed run
	times       []float64 // of an operation, by round [s]
	done        uint64    // operations timed
	allocations uint64
	bytes       float64
}

func newSubject(w *workload, s Settings, now func() time.Time) *subject {
	u := &subject{workload: w, now: now}
	before := enginebench.LiveBytes()
	u.model = w.make()
	switch {
	case w.holds != nil:
		u.bytes = perItem(before, w.holds(u.model))
	case w.stalled != nil:
		path := w.stalled(s.Writes)
		before := enginebench.LiveBytes()
		path.Run(s.Writes)
		u.bytes = perItem(before, path.InFlight())
		runtime.KeepAlive(path) // until its memory has been measured
	}
	u.calibrate(s.Span)
	return u
}

// perItem is the memory that was taken since before, for each of n items.
func perItem(before uint64, n int) float64 {
	return (float64(enginebench.LiveBytes()) - float64(before)) / float64(n)
}

// calibrate finds the number of operations that take a span of time, by
// doubling it until they take a tenth of that.
func (u *subject) calibrate(span time.Duration) {
	for n := 100; ; n *= 2 {
		begin := u.now()
		u.model.Run(n)
		if elapsed := u.now().Sub(begin); elapsed >= span/10 && elapsed > 0 {
			u.operations = max(1, int(float64(n)*span.Seconds()/elapsed.Seconds()))
			return
		}
	}
}

// time times one run. A few operations before it bring the model back into the
// caches, from which others have driven it.
func (u *subject) time() {
	u.model.Run(u.operations/20 + 1)
	var before, after runtime.MemStats
	first := u.model.Done()
	runtime.ReadMemStats(&before)
	begin := u.now()
	u.model.Run(u.operations)
	elapsed := u.now().Sub(begin)
	runtime.ReadMemStats(&after)
	done := u.model.Done() - first
	u.times = append(u.times, elapsed.Seconds()/float64(done))
	u.done += done
	u.allocations += after.Mallocs - before.Mallocs
}

// check lets a model that knows its invariants check them.
func (u *subject) check() error {
	if m, ok := u.model.(interface{ Check() error }); ok {
		return m.Check()
	}
	return nil
}

func (u *subject) result() Result {
	r := Result{
		Workload: u.name, Operation: u.operation, Time: spreadOf(u.times),
		Allocations: float64(u.allocations) / float64(u.done), Bytes: u.bytes,
	}
	switch {
	case u.holds != nil:
		r.Holds = "pending event"
	case u.stalled != nil:
		r.Holds = "write in flight"
	}
	return r
}
