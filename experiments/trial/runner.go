package trial

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// Runner makes trials, several at a time. The zero Runner uses all processors.
type Runner struct {
	Workers int // runs at a time; 0 = as many as there are processors

	// Ahead is how many trials may be begun before the outcome of the first
	// one of them has been taken; 0 = four for each worker. More of them keep
	// the workers busy behind a long run, fewer waste less when a loop breaks off.
	// Each holds its result in memory, about 0.5 MB for a lane.
	Ahead int
}

// aheadOfWorker is the usual number of trials under way for each worker.
const aheadOfWorker = 4

// Run makes the trials and yields their outcomes in the order of the trials.
//
// A trial that fails is an outcome like any other. If the context ends, so does
// the sequence, without the outcomes of what was stopped. When the sequence is
// over, however it ended, all workers have come to rest.
func (r Runner) Run(ctx context.Context, trials iter.Seq[Trial]) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		c := newCrew(ctx, r.workers(), r.ahead())
		defer c.dismiss()
		next, stop := iter.Pull(trials)
		defer stop()
		for {
			for !c.full() {
				t, more := next()
				if !more {
					break
				}
				c.begin(t)
			}
			o, ok := c.first()
			if !ok || !yield(o) {
				return
			}
		}
	}
}

func (r Runner) workers() int {
	if r.Workers > 0 {
		return r.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (r Runner) ahead() int {
	if r.Ahead > 0 {
		return max(r.Ahead, r.workers())
	}
	return aheadOfWorker * r.workers()
}

// crew is the workers of one sequence, and what they have been given.
type crew struct {
	ctx    context.Context
	cancel context.CancelFunc
	work   chan job
	begun  []job // in the order of the trials; their outcomes are still to be taken
	rest   sync.WaitGroup
}

// job is a trial on its way to a worker, and its outcome on the way back.
type job struct {
	trial Trial
	done  chan Outcome // holds one
}

func newCrew(ctx context.Context, workers, ahead int) *crew {
	c := &crew{work: make(chan job, ahead), begun: make([]job, 0, ahead)}
	c.ctx, c.cancel = context.WithCancel(ctx)
	for range workers {
		c.rest.Go(func() {
			for j := range c.work {
				j.done <- Run(c.ctx, j.trial)
			}
		})
	}
	return c
}

// full reports whether as many trials are under way as may be.
func (c *crew) full() bool { return len(c.begun) == cap(c.work) }

// begin gives a trial to whoever is free next. It does not wait.
func (c *crew) begin(t Trial) {
	j := job{trial: t, done: make(chan Outcome, 1)}
	c.begun = append(c.begun, j)
	c.work <- j
}

// first waits for the outcome of the first of the trials under way; false if
// there is none, or if the context has ended.
func (c *crew) first() (Outcome, bool) {
	if len(c.begun) == 0 {
		return Outcome{}, false
	}
	select {
	case o := <-c.begun[0].done:
		if c.ctx.Err() != nil {
			return Outcome{}, false
		}
		c.begun = append(c.begun[:0], c.begun[1:]...)
		return o, true
	case <-c.ctx.Done():
		return Outcome{}, false
	}
}

// dismiss stops what is under way and waits for the workers.
func (c *crew) dismiss() {
	c.cancel()
	close(c.work)
	c.rest.Wait()
}
