package truth

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"onepen/models"
	"onepen/sim"
	"onepen/sim/names"
)

// Options says what of the suite to run, and how. The zero value runs all of
// it.
type Options struct {
	Family       string // only families of this name or number: "03-mg1", "03", "3"
	Case         string // only cases of this name, in which * stands for anything
	Seed         uint64 // of all scenarios
	Replications int    // runs of a usual case, others in proportion; 0 = UsualReplications
	Workers      int    // runs at a time; 0 = as many as there are processors
	Plant        Plant  // an error to make on purpose

	OnProgress func(done, of int) // called after each replication, by one goroutine at a time
}

// Run puts the cases to the simulator and returns an outcome for each row, in
// the order of the file. The outcomes do not depend on the number of workers.
//
// The error is the context's if it ended first, a *NoCaseError, or says which
// run broke what must hold in every run.
func Run(ctx context.Context, o Options) ([]Outcome, error) {
	selected, tested := choose(o)
	if len(selected) == 0 {
		return nil, &NoCaseError{o}
	}
	if err := runAll(ctx, selected, o); err != nil {
		return nil, err
	}
	level := perRow(familyError, tested)
	var outcomes []Outcome
	for _, w := range selected {
		for i, r := range w.c.Rows {
			outcomes = append(outcomes, judge(&w.c, r, w.plan.answers[r.Measure], w.sample(i, o.Plant), level))
		}
	}
	return outcomes, nil
}

// Tested returns the number of rows of the whole suite in which chance has a
// part, over which the family-wise error is spread.
func Tested() int {
	_, tested := choose(Options{})
	return tested
}

// work is a case with its plan and what its replications have said so far.
type work struct {
	c            Case
	plan         plan
	replications int

	mu       sync.Mutex
	readings [][]reading      // by row and replication
	known    [][]reading      // by what is known besides, and replication
	laws     []*sim.Histogram // by row, of all replications; nil where none is needed
}

// sample is what the case's replications say about a row.
func (w *work) sample(row int, plant Plant) sample {
	s := sample{readings: w.readings[row], law: w.laws[row], bent: 1}
	if plant.hits(w.c.Rows[row]) {
		s.bent += plantedP99
	}
	if controls(w.c.Rows[row]) {
		return s // the others are of no use for it, as they say the same
	}
	for i, r := range w.c.Rows {
		a := w.plan.answers[r.Measure]
		if !controls(r) || a.method != Sampled {
			continue
		}
		s.controls = append(s.controls, a.differences(w.readings[i]))
	}
	for i, a := range w.plan.known {
		s.controls = append(s.controls, a.differences(w.known[i]))
	}
	return s
}

// controls reports whether a row is one that helps others to be estimated: what
// a system was asked for in its window, and how much work that was.
func controls(r Row) bool {
	switch r.Measure {
	case "util", "throughput_per_s", "hottest_partition_util", "lock_util":
		return true
	}
	return false
}

// choose plans all cases and returns those asked for, with the number of
// tested rows in all.
func choose(o Options) (selected []*work, tested int) {
	usual := o.Replications
	if usual == 0 {
		usual = UsualReplications
	}
	for _, c := range Cases() {
		w := &work{c: c, plan: planFor(&c)}
		for _, r := range c.Rows {
			if w.plan.answers[r.Measure].method.tested() {
				tested++
			}
		}
		if !o.wants(&c) {
			continue
		}
		w.replications = w.plan.replications
		if w.replications == 0 {
			w.replications = UsualReplications
		}
		w.replications = max(w.replications*usual/UsualReplications, 2)
		if len(w.plan.trials) == 0 {
			w.replications = 0
		}
		w.laws = make([]*sim.Histogram, len(c.Rows))
		for range c.Rows {
			w.readings = append(w.readings, make([]reading, w.replications))
		}
		for range w.plan.known {
			w.known = append(w.known, make([]reading, w.replications))
		}
		selected = append(selected, w)
	}
	return selected, tested
}

// wants reports whether a case is asked for.
func (o *Options) wants(c *Case) bool {
	number, name, _ := strings.Cut(c.Family, "-")
	ofFamily := o.Family == "" || o.Family == c.Family || o.Family == name || strings.TrimLeft(o.Family, "0") == strings.TrimLeft(number, "0")
	matched, err := path.Match(o.Case, c.ID)
	return ofFamily && (o.Case == "" || err == nil && matched)
}

// NoCaseError says that no case is what Options ask for.
type NoCaseError struct{ Options Options }

func (e *NoCaseError) Error() string {
	var families, cases, parts []string
	for _, c := range Cases() {
		families, cases = append(families, c.Family), append(cases, c.ID)
	}
	families = slices.Compact(families)
	add := func(what, name string, known []string) {
		part := fmt.Sprintf("%s %q", what, name)
		if near := names.Nearest(name, known); near != "" && near != name {
			part += fmt.Sprintf(" (did you mean %s?)", near)
		}
		if name != "" {
			parts = append(parts, part)
		}
	}
	add("family", e.Options.Family, families)
	add("case", e.Options.Case, cases)
	return fmt.Sprintf("no case fits %s\nfamilies are: %s", strings.Join(parts, " and "), strings.Join(families, ", "))
}

// Scenarios returns the scenarios of the cases asked for, in their order. Some
// cases have several, those that are no run of a system have none.
func Scenarios(o Options) ([]*models.Scenario, error) {
	selected, _ := choose(o)
	if len(selected) == 0 {
		return nil, &NoCaseError{o}
	}
	var scenarios []*models.Scenario
	for _, w := range selected {
		for i := range w.plan.trials {
			if s := w.plan.trials[i].scenario; s != nil {
				s = s.Clone()
				s.Seed = o.Seed
				scenarios = append(scenarios, s)
			}
		}
	}
	return scenarios, nil
}

// runAll runs all replications of all cases on several workers. The first error
// stops the rest.
func runAll(ctx context.Context, all []*work, o Options) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type job struct {
		w           *work
		replication int
	}
	jobs := make(chan job)
	total := 0
	for _, w := range all {
		total += w.replications
	}
	workers := o.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range workers {
		group.Go(func() {
			for j := range jobs {
				if err := j.w.replicate(ctx, j.replication, o); err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				done++
				if o.OnProgress != nil {
					o.OnProgress(done, total)
				}
				mu.Unlock()
			}
		})
	}
	for _, w := range all {
		for r := range w.replications {
			jobs <- job{w, r}
		}
	}
	close(jobs)
	group.Wait()
	return context.Cause(ctx)
}

// replicate runs one replication of a case and notes what it says about each
// row.
func (w *work) replicate(ctx context.Context, replication int, o Options) error {
	observations := make([]observation, len(w.plan.trials))
	for i := range w.plan.trials {
		seen, err := w.plan.trials[i].run(ctx, replication, o)
		if err != nil {
			return fmt.Errorf("case %s: %w", w.c.ID, err)
		}
		observations[i] = seen
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, r := range w.c.Rows {
		a := w.plan.answers[r.Measure]
		if a.read == nil {
			continue
		}
		reading := o.Plant.bend(a, r, a.read(observations))
		if reading.law != nil {
			if w.laws[i] == nil {
				w.laws[i] = new(sim.Histogram)
			}
			w.laws[i].Merge(reading.law)
			reading.law = nil
		}
		w.readings[i][replication] = reading
	}
	for i, a := range w.plan.known {
		w.known[i][replication] = a.read(observations)
	}
	return nil
}

// steps is into how many pieces a run is cut, so that it can be interrupted.
const steps = 32

// run runs a trial once.
func (t *trial) run(ctx context.Context, replication int, o Options) (observation, error) {
	var seen observation
	if t.draw != nil {
		stream := sim.NewStream(o.Seed, replication, "truth", "estimator")
		seen.note = t.draw(&stream)
		return seen, ctx.Err()
	}
	scenario := t.scenario.Clone()
	scenario.Seed = o.Seed
	o.Plant.spoil(scenario)
	y, err := models.New(scenario, replication)
	if err != nil {
		return seen, err
	}
	if t.collect != nil {
		seen.seen = t.collect()
		y.Watch(func(p *models.Passage) {
			if p.Committed > scenario.Warmup {
				seen.seen.see(p)
			}
		})
	}
	if t.drive != nil {
		t.drive(y, &seen)
	} else {
		for i := range sim.Time(steps) {
			if ctx.Err() != nil {
				break
			}
			y.RunUntil(scenario.Duration / steps * (i + 1))
		}
		y.RunUntil(scenario.Duration)
		seen.Result = y.Result()
	}
	if err := context.Cause(ctx); err != nil {
		return seen, err
	}
	if y.Halted() != "" {
		return seen, fmt.Errorf("replication %d: %s", replication, y.Halted())
	}
	if err := y.Check(); err != nil {
		return seen, fmt.Errorf("replication %d broke what must hold in every run: %w", replication, err)
	}
	return seen, nil
}
